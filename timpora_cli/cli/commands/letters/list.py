"""`timpora letters list`: list the letters that were made, with the people that they are about."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.supervision.letters import letters_made
from timpora_cli.render.answers.supervision.letters import MADE


@command(
    Reading,
    OutputOptions,
    answer=MADE,
    examples=("timpora letters list", "timpora letters list --sort addressee --format csv"),
)
def list_(ctx: typer.Context) -> None:
    """List the letters that were made: to whom, on which day, about whom, and for which end. The last one comes first.

    A letter about several people has a row for each of them.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = MADE.of(list(letters_made(view.connection, view.on)))
    output.write(listing)
