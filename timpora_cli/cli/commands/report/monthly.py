"""`timpora report monthly`: what the office did in a month or a year, and who was present at its end."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.cli.talk import say
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.language import _, n_
from timpora_cli.model.dates.months import Period, month_with, parse_month, parse_year
from timpora_cli.queries.counting.report import Report
from timpora_cli.queries.counting.report import report as reported
from timpora_cli.render.answers.counting.monthly import REPORT
from timpora_cli.render.answers.counting.monthly import report as answer


class NoPeriod(WrongUsage):
    """Nothing says of which month the report is. Give --month 2020-09, or --year 2020."""


class MonthAndYear(WrongUsage):
    """--month and --year both say of what the report is. Give one of them."""


class NotYetBegun(WrongUsage):
    """{period} has not begun on {on}, so there is nothing to report. The latest month is --month {month}."""


class EmptyOffice(WrongUsage):
    """--office is empty. Give a name, or leave the option out."""


class PeriodOptions(Options):
    """Of which month or year the report is, as typed."""

    month: Annotated[
        str | None,
        typer.Option("--month", metavar="YYYY-MM", help=_("Of this month, as in 2020-09.")),
        Reads(lambda text, _desk: parse_month(text)),
    ] = None
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="YYYY", help=_("Of this whole year.")),
        Reads(lambda text, _desk: parse_year(text)),
    ] = None
    office: Annotated[
        str | None,
        typer.Option(
            "--office", metavar="NAME", help=_("Only grants by this office (a part of its name), or without an office.")
        ),
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that no period is given, or two, or an office without a name."""
        if self.month is None and self.year is None:
            yield NoPeriod()
        if self.month is not None and self.year is not None:
            yield MonthAndYear()
        if self.office is not None and not self.office.strip():
            yield EmptyOffice()

    def period(self, on: date) -> Period:
        """Return the period up to the day `on`. Raises NotAMonth, NotAYear, or NotYetBegun where it comes after it."""
        whole = parse_month(self.month) if self.month is not None else parse_year(str(self.year))
        if whole.first > on:
            raise NotYetBegun(period=whole.text, on=on, month=month_with(on).text)
        return whole.until(on)


@command(
    Reading,
    PeriodOptions,
    OutputOptions,
    answer=REPORT,
    examples=(
        "timpora report monthly --month 2020-03 --as-of 2020-09-17",
        "timpora report monthly --year 2019 --as-of 2020-09-17 --output report.xlsx",
    ),
)
def monthly(ctx: typer.Context) -> None:
    """Report what the office did in a month, and who was present at its end, in the words of the office's sheets.

    A row a line: the label is as printed on the sheet, the number is to be put beside it (--columns label,number); a
    script reads item, which never changes. A grant counts in the month of its issue: a new one, an extension by its
    place in the chain, or a conversion. Grants by every office on record count; --office narrows them. Those of
    DIPLOMATIK and DINAS are the Foreign Ministry's, and are in no line. ABG, EPO, IMK and SKIM have no number, since
    the register does not know them. How many extensions are the first, second and so on of their chain: --columns
    label,number,first,second,third,fourth,fifth,later.
    """
    asked, output = PeriodOptions.of(ctx), OutputOptions.of(ctx)
    with reading(ctx) as view:
        done = reported(view.connection, asked.period(view.on), asked.office)
    _say_what_has_no_day(done)
    output.write(answer(done.lines, done.period, done.by_office))


def _say_what_has_no_day(done: Report) -> None:
    """Say which grants count by another day than that of issue, and which that may be of the period are in no line."""
    if done.without_issue:
        sentence = n_(
            "{number} grant has no day of issue, and counts on the day since when it holds.",
            "{number} grants have no day of issue, and count on the day since when they hold.",
            done.without_issue,
        )
        say.note(sentence.format(number=done.without_issue))
    if done.undated:
        sentence = n_(
            "{number} grant that may be of {period} has no day of issue, and is not counted.",
            "{number} grants that may be of {period} have no day of issue, and are not counted.",
            done.undated,
        )
        say.note(sentence.format(number=done.undated, period=done.period.text))
