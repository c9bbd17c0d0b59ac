"""`timpora holiday list`: list the holidays that were loaded."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.language import _
from timpora_cli.model.dates.months import parse_year
from timpora_cli.queries.law import holidays
from timpora_cli.render.answers.law import HOLIDAYS

Text = str | None


@command(Reading, OutputOptions, answer=HOLIDAYS, examples=("timpora holiday list", "timpora holiday list --year 2020"))
def list_(
    ctx: typer.Context,
    year: Annotated[
        Text,
        typer.Option("--year", metavar="YEAR", help=_("Only of this year.")),
        Reads(lambda text, _desk: parse_year(text)),
    ] = None,
) -> None:
    """List the holidays that were loaded."""
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = HOLIDAYS.of(holidays(view.connection, None if year is None else parse_year(year).text))
    output.write(listing)
