"""`timpora procedure add`: record a step of a kind of case."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import KindArgument
from timpora_cli.cli.options.supervision.procedure import StepOptions
from timpora_cli.cli.talk.ask import refuse_missing
from timpora_cli.language import _
from timpora_cli.queries.supervision.procedures import kind_code
from timpora_cli.render import write


@command(
    Writing,
    StepOptions,
    Why,
    examples=(
        'timpora procedure add death DEATH_2 --text-id "Lapor." --text-en "Report it." --source example.invalid',
    ),
)
def add(
    ctx: typer.Context,
    kind: KindArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A new code: letters, digits and underscores."))],
) -> None:
    """Record a step of a kind of case, behind its other steps. It is needed from today on, or from --from.

    Cases that were closed before that day stay as they are. With --counted-from and --rule it has a day of its own,
    which the rules on record give: timpora rule list
    """
    from timpora_cli.actions.supervision import procedures

    typed, why = StepOptions.of(ctx), Why.of(ctx)
    refuse_missing({"--text-id": typed.text_id, "--text-en": typed.text_en, "--source": typed.source})
    with working(ctx, why.reason) as work:
        of = kind_code(work.connection, kind)
        new = code.strip().upper().replace("-", "_")
        procedures.add_step(work.change, of, new, typed.facts(work), work.today)
    write.line(_("Step {code} recorded for {kind}.").format(code=new, kind=of))
