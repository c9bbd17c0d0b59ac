"""`timpora workflow add`: record a state of a case."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk.ask import refuse_missing
from timpora_cli.language import _
from timpora_cli.model.terms import one_of
from timpora_cli.queries.supervision.procedures import state_code, workflow
from timpora_cli.render import write

Text = str | None
Texts = list[str] | None
NEEDS = ("nothing", "text", "steps")
STATE = Reads(lambda text, desk: state_code(workflow(desk.connection), text))


class StateOptions(Options):
    """What is recorded of a state."""

    name_id: Annotated[Text, typer.Option("--name-id", metavar="NAME", help=_("The name in Indonesian."))] = None
    name_en: Annotated[Text, typer.Option("--name-en", metavar="NAME", help=_("The name in English."))] = None
    after: Annotated[
        Texts,
        typer.Option(
            "--after",
            metavar="STATE",
            help=_("It may follow this state; repeat it."),
            autocompletion=supervision.case_states,
        ),
        STATE,
    ] = None
    before: Annotated[
        Texts,
        typer.Option(
            "--before",
            metavar="STATE",
            help=_("It may be followed by this state; repeat it."),
            autocompletion=supervision.case_states,
        ),
        STATE,
    ] = None
    needs: Annotated[
        str,
        typer.Option(
            "--needs",
            metavar="WHAT",
            help=_("What a case needs to come into it: nothing, text or steps."),
            autocompletion=lambda: list(NEEDS),
        ),
        Reads(lambda text, _desk: one_of(text, NEEDS, _("need"))),
    ] = "nothing"
    closed: Annotated[bool, typer.Option("--closed", help=_("Nobody has to do anything more in it."))] = False
    source: Annotated[Text, typer.Option("--source", metavar="URL", help=_("Where this was read."))] = None


@command(
    Writing,
    StateOptions,
    Why,
    examples=("timpora workflow add DUKCAPIL --name-id Dukcapil --name-en Dukcapil --after verified --source ours",),
)
def add(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A new code: letters, digits and underscores."))],
) -> None:
    """Record a state of a case, and say after which states it may come and which may follow it.

    How long a case may be in it is a rule: timpora rule add case-limit HOURS --for CODE
    """
    from timpora_cli.actions.supervision import procedures

    typed, why = StateOptions.of(ctx), Why.of(ctx)
    refuse_missing(
        {
            "--name-id": typed.name_id,
            "--name-en": typed.name_en,
            "--after": typed.after,
            "--source": typed.source,
        }
    )
    with working(ctx, why.reason) as work:
        flow = workflow(work.connection)
        new = code.strip().upper().replace("-", "_")
        facts = {
            "code": new,
            "name_id": typed.name_id,
            "name_en": typed.name_en,
            "needs": one_of(typed.needs, NEEDS, _("need")).upper(),
            "is_closed": int(typed.closed),
            "source": typed.source,
        }
        after, before = ([state_code(flow, text) for text in texts or ()] for texts in (typed.after, typed.before))
        procedures.add_state(work.change, facts, after, before)
    write.line(_("State {code} recorded.").format(code=new))
