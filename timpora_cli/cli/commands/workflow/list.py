"""`timpora workflow list`: list the states of a case."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.supervision.procedures import states
from timpora_cli.render.answers.supervision.procedure import WORKFLOW


@command(
    Reading, OutputOptions, answer=WORKFLOW, examples=("timpora workflow list", "timpora workflow list --format csv")
)
def list_(ctx: typer.Context) -> None:
    """List the states of a case, what each needs, which may follow it, and for how many hours a case may be in it.

    A state needs nothing, a text, every needed step settled, or the other case that it is the same as.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = WORKFLOW.of(states(view.connection, view.on))
    output.write(listing)
