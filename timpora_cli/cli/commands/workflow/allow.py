"""`timpora workflow allow`: say that a state may follow another."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import StateArgument
from timpora_cli.language import _
from timpora_cli.queries.supervision.procedures import state_code, workflow
from timpora_cli.render import write


@command(Writing, Why, examples=("timpora workflow allow followed-up returned",))
def allow(ctx: typer.Context, state: StateArgument, after: StateArgument) -> None:
    """Say that a state may follow another: AFTER may follow STATE from now on."""
    from timpora_cli.actions.supervision import procedures

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        flow = workflow(work.connection)
        one, other = state_code(flow, state), state_code(flow, after)
        procedures.allow(work.change, one, other)
    write.line(_("{after} may follow {state}.").format(state=one, after=other))
