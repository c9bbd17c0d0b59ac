"""`timpora procedure edit`: correct a step of a kind of case."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.procedure import StepArgument, StepOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.queries.supervision.procedures import any_step
from timpora_cli.render import write


class NothingToCorrectOfStep(WrongUsage):
    """Nothing was given to correct. See the options with: timpora procedure edit --help"""


@command(
    Writing,
    StepOptions,
    Why,
    examples=('timpora procedure edit MARRIAGE_SKTT --papers-en "passport, ITAS, KK" --verified',),
)
def edit(ctx: typer.Context, reference: StepArgument) -> None:
    """Correct a step: its texts, what is to be brought, how its day is counted, its source.

    A step that changes by a new rule is ended, and another is added: old days keep what they said.
    """
    from timpora_cli.actions.supervision import procedures

    typed, why = StepOptions.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        facts = typed.facts(work)
        if not facts:
            raise NothingToCorrectOfStep
        step = any_step(work.connection, reference)
        procedures.edit_step(work.change, step.code, facts)
    write.line(_("Step {code} corrected.").format(code=step.code))
