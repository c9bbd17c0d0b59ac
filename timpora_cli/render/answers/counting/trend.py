"""A trend: a row a month, and for people the arrivals as a bar of text, to the same scale in every row."""

from collections.abc import Sequence

from timpora_cli.language import _
from timpora_cli.model.counting.counts import TrendRow
from timpora_cli.model.terms import CLASSES
from timpora_cli.render.answer import Answer, Column, Kind, Table
from timpora_cli.render.answers.people import SEX_WORDS

# With the longest name of a district beside it, a row still fits 80 columns.
LONGEST_BAR = 16
# It is in every encoding, so a mail shows it as well as a terminal does.
MARK = "#"
MONTH: Column[TrendRow] = Column("month", "Month", lambda row: row.month, Kind.REFERENCE, always=True)
NUMBERS: tuple[Column[TrendRow], ...] = (
    Column(
        "at_start",
        "Start",
        lambda row: row.at_start,
        Kind.NUMBER,
        rank=2,
        always=True,
        says="present on the last day of the month before",
    ),
    Column("arrived", "Arrived", lambda row: row.arrived, Kind.NUMBER, always=True),
    Column("departed", "Departed", lambda row: row.departed, Kind.NUMBER, always=True),
    Column(
        "at_end",
        "End",
        lambda row: row.at_end,
        Kind.NUMBER,
        always=True,
        says="present on the last day of the month; of the running month, on the day asked about",
    ),
    Column("bar", "Arrivals", lambda row: row.bar, rank=3, people_only=True),
)
SIDES: dict[str, tuple[Column[TrendRow], ...]] = {
    "class": (Column("class", "Class", lambda row: row.code, Kind.CLASS, empty="(none)"),),
    "sex": (Column("sex", "Sex", lambda row: row.code, Kind.WORD, empty="(not recorded)", codes=tuple(SEX_WORDS)),),
    "district": (
        Column("district", "District", lambda row: row.name, empty="(no region)"),
        Column("district_code", "Code", lambda row: row.code, by_name=True),
    ),
    "nationality": (
        Column("nationality", "Code", lambda row: row.code, always=True),
        Column(
            "country",
            "Nationality",
            lambda row: row.name,
            always=True,
            by_name=True,
            says="the name, in the language of the call",
        ),
    ),
}
WORDS = {**SEX_WORDS, **{kind.term.code: kind.term.code for kind in CLASSES}}
TREND: Table[TrendRow] = Table((MONTH, *NUMBERS))
TRENDS: dict[str, Table[TrendRow]] = {by: Table((MONTH, *side, *NUMBERS), words=WORDS) for by, side in SIDES.items()}
"""The table of a trend by each side."""
# Only of these does a person's value change while the person is here.
CHANGING = ("class", "district")


def trend(rows: Sequence[TrendRow], by: str | None) -> Answer[TrendRow]:
    """Return the trend of these rows, by one of SIDES or of all people; for people with bars, and what they mean."""
    a_mark = -(-max((row.arrived for row in rows), default=0) // LONGEST_BAR)
    drawn = [row._replace(bar=_bar(row.arrived, a_mark)) for row in rows]
    closing = []
    if by in CHANGING:
        closing.append(_("Who goes from one row to another departs from one and arrives in the other."))
    if a_mark:
        each = _("Each {mark} is one arrival.") if a_mark == 1 else _("Each {mark} is up to {number} arrivals.")
        closing.append(each.format(mark=MARK, number=a_mark))
    table = TREND if by is None else TRENDS[by]
    return table.of(drawn, closing=tuple(closing))


def _bar(arrived: int, a_mark: int) -> str:
    """Return a bar in which each mark stands for `a_mark` people, the last one also for fewer."""
    return MARK * -(-arrived // a_mark) if arrived else ""
