"""`timpora procedure end`: let a step hold up to and on a day."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import DAY, Why
from timpora_cli.cli.options.supervision.procedure import StepArgument
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.queries.supervision.procedures import any_step
from timpora_cli.render import write


@command(Writing, Why, examples=("timpora procedure end BIRTH_PERMIT --until 2026-12-31",))
def end(
    ctx: typer.Context,
    reference: StepArgument,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=_("Its last day; without it, today.")), DAY
    ] = None,
) -> None:
    """Let a step hold up to and on a day: after it, cases of its kind are done without it."""
    from timpora_cli.actions.supervision import procedures

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        step = any_step(work.connection, reference)
        day = say.day_read(until, work.today) if until else work.today
        procedures.end_step(work.change, step.code, day)
    write.line(_("Step {code} holds until {day}.").format(code=step.code, day=day.isoformat()))
