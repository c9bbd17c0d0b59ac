"""`timpora district list`: list the districts of the office's own area."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.language import _
from timpora_cli.queries.places import district_rows
from timpora_cli.render.answers.places import DISTRICTS

Everywhere = Annotated[bool, typer.Option("--all", help=_("Also those outside the office's own area."))]


@command(
    Reading, OutputOptions, answer=DISTRICTS, examples=("timpora district list", "timpora district list --format csv")
)
def list_(ctx: typer.Context, everywhere: Everywhere = False) -> None:
    """List the districts of the office's own area that are there on the day, by code."""
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = DISTRICTS.of(district_rows(view.connection, ours=not everywhere, on=view.on))
    output.write(listing)
