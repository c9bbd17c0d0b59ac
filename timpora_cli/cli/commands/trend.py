"""`timpora trend`: the people present at each month's end, and those who arrived and departed between."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.filters import Facts
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.dates.months import months_up_to
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.model.terms import side_code
from timpora_cli.queries.counting.trend import SIDES
from timpora_cli.queries.counting.trend import trend as counted
from timpora_cli.render.answers.counting.trend import TREND, TRENDS
from timpora_cli.render.answers.counting.trend import trend as answer

MOST_MONTHS = 1200

Months = Annotated[
    str,
    typer.Option("--months", metavar="N", help=_("How many months, the running one included.")),
    Reads(lambda text, _desk: _number(text)),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="SIDE",
        help=_("A row for each month and value: one of {sides}.").format(sides=", ".join(SIDES)),
        autocompletion=lambda: list(SIDES),
    ),
    Reads(lambda text, _desk: side_code(text, SIDES)),
]


class NotANumberOfMonths(WrongUsage):
    """--months "{months}" is not a number of months. Write a whole number from 1 to {most}, as in --months 24."""


@command(
    Reading,
    Facts,
    OutputOptions,
    answer={"": TREND, **{f"--by {side}": table for side, table in TRENDS.items()}},
    examples=(
        "timpora trend --as-of 2020-09-17",
        "timpora trend --months 24 --by class --as-of 2020-09-17 --format csv",
    ),
)
def trend(ctx: typer.Context, months: Months = "12", by: By = None) -> None:
    """Count those present at the start and the end of each month, and who arrived and departed between.

    Start and arrived, less departed, are the end, and the end is what timpora counts says of the month's last day; the
    running month ends on the day asked about. Arrived is who is counted on a day and was not on the day before,
    departed the reverse: so who leaves and is back on one day is neither, and a stay of which nobody knows the first
    day has no arrival. With --by or a filter, who moves or is granted another class departs from one value and arrives
    in the other. For people there is a bar of the arrivals.
    """
    filters, output = Facts.of(ctx), OutputOptions.of(ctx)
    number, side = _number(months), None if by is None else side_code(by, SIDES)
    with reading(ctx) as view:
        rows = counted(view.connection, months_up_to(view.on, number), filters.where(view), side)
    output.write(answer(rows, side))


def _number(text: str) -> int:
    number = whole_number(text, MOST_MONTHS)
    if not number:
        raise NotANumberOfMonths(months=excerpt(text), most=MOST_MONTHS)
    return number
