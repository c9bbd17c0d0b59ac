"""`timpora holiday`: the days on which nobody works."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.cli import talk
from timpora_cli.cli.entry import Why
from timpora_cli.cli.options import OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import reading, working
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.dates import in_words
from timpora_cli.queries.law import holidays
from timpora_cli.render import law

app = group_app(_("Load and list the days on which nobody works; the day to act by passes them over."))

Text = str | None


class NotAYear(WrongUsage):
    """--year {year} is not a year. Write four digits, as in --year 2020."""


@app.command("list", cls=Reading, epilog=examples("timpora holiday list", "timpora holiday list --year 2020"))
@takes_records
def list_(
    ctx: typer.Context,
    output: OutputOptions,
    year: Annotated[Text, typer.Option("--year", metavar="YEAR", help=_("Only of this year."))] = None,
) -> None:
    """List the holidays that were loaded."""
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise NotAYear(year=year)
    with reading(ctx) as view:
        listing = law.holidays(holidays(view.connection, year))
    output.write(listing)


@app.command("add", cls=Writing, epilog=examples('timpora holiday add 2020-09-18 "Contoh cuti bersama"'))
@takes_records
def add(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help=_("The day."))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("What it is."))],
    why: Why,
    source: Annotated[Text, typer.Option("--source", metavar="TEXT", help=_("The decree."))] = None,
) -> None:
    """Record a holiday."""
    from timpora_cli.actions import law as acting

    with working(ctx, why.reason) as work:
        when = talk.day_read(day, work.today)
        new = acting.add_holiday(work.change, when, name, source)
    said = _("Holiday recorded: {day}, {name}.") if new else _("That holiday was already recorded: {day}, {name}.")
    render.write_line(said.format(day=in_words(when), name=name))


@app.command("import", cls=Writing, epilog=examples("timpora holiday import libur.csv"))
@takes_records
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A CSV file with the columns tanggal and nama."))],
    why: Why,
) -> None:
    """Record the holidays of a year from a CSV file; those already on record stay."""
    from timpora_cli.actions import law as acting

    with working(ctx, why.reason) as work:
        new = acting.import_holidays(work.change, Path(file), work.today)
    render.write_line(_("{number} holidays new.").format(number=new))
