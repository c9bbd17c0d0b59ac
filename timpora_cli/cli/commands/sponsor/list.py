"""`timpora sponsor list`: list the sponsors, and for how many people each answers."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.sponsors import sponsors
from timpora_cli.render.answers.sponsors import SPONSORS


@command(
    Reading, OutputOptions, answer=SPONSORS, examples=("timpora sponsor list", "timpora sponsor list --sort -people")
)
def list_(ctx: typer.Context) -> None:
    """List the sponsors by name, and for how many people each answers.

    Present are those here on the day that is asked about; on record are all, those who have departed too.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = SPONSORS.of(sponsors(view.connection, view.on))
    output.write(listing)
