"""`timpora holiday list`: list the holidays that were loaded."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.queries.law import holidays
from timpora_cli.render.answers.law import HOLIDAYS

Text = str | None


class NotAYear(WrongUsage):
    """--year {year} is not a year. Write four digits, as in --year 2020."""


@command(Reading, OutputOptions, answer=HOLIDAYS, examples=("timpora holiday list", "timpora holiday list --year 2020"))
def list_(
    ctx: typer.Context,
    year: Annotated[Text, typer.Option("--year", metavar="YEAR", help=_("Only of this year."))] = None,
) -> None:
    """List the holidays that were loaded."""
    output = OutputOptions.of(ctx)
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise NotAYear(year=year)
    with reading(ctx) as view:
        listing = HOLIDAYS.of(holidays(view.connection, year))
    output.write(listing)
