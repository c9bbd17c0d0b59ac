"""The report of a month or a year: a row a line of the office's sheet, and for people what it is of and leaves out."""

from collections.abc import Callable, Mapping

from timpora_cli.language import _, n_
from timpora_cli.model.counting.report import AT_END, DONE, IN_PERIOD, PLACES, STOCK, ReportLine
from timpora_cli.model.dates.months import Period
from timpora_cli.model.names import excerpt
from timpora_cli.render.answer import Answer, Column, Kind, Table

MOST_OFFICES = 3
WORDS = {IN_PERIOD: "In the period", AT_END: "At its end"}


def _place(place: int) -> Callable[[ReportLine], int | None]:
    return lambda line: None if line.places is None else line.places[place]


def _in_place(place: int, key: str) -> Column[ReportLine]:
    says = "of an extension: how many in this place of their chain"
    return Column(key, key.capitalize(), _place(place), Kind.NUMBER, by_name=True, says=says)


REPORT: Table[ReportLine] = Table(
    (
        Column("period", "Period", lambda line: line.period, Kind.REFERENCE, for_programs=True, always=True),
        Column("part", "Part", lambda line: line.part, Kind.WORD, codes=(IN_PERIOD, AT_END), always=True),
        Column(
            "item",
            "Item",
            lambda line: line.line.item,
            Kind.REFERENCE,
            for_programs=True,
            always=True,
            codes=tuple(line.item for line in (*DONE, *STOCK)),
        ),
        Column("label", "Line", lambda line: line.line.label, always=True, says="the word on the office's own sheet"),
        Column("number", "Number", lambda line: line.number, Kind.NUMBER, says="null where the register cannot know"),
        *(_in_place(place, key) for place, key in enumerate(PLACES)),
    ),
    words=WORDS,
)


def report(lines: tuple[ReportLine, ...], period: Period, by_office: Mapping[str | None, int]) -> Answer[ReportLine]:
    """Return the report of these lines; below it for people, of which days it is, and whose grants are in it."""
    of = _("{period}: from {first} to {last}, and those present on {last}.")
    number = sum(by_office.values())
    grants = n_("{number} grant is in these lines", "{number} grants are in these lines", number).format(number=number)
    offices = [
        f"{_('no office recorded') if name is None else excerpt(name)} {count}" for name, count in by_office.items()
    ]
    more = [_("others {number}").format(number=sum(list(by_office.values())[MOST_OFFICES:]))]
    named = ", ".join(offices if len(offices) <= MOST_OFFICES else offices[:MOST_OFFICES] + more)
    return REPORT.of(
        lines,
        closing=(
            of.format(period=period.in_words, first=period.first, last=period.last),
            f"{grants}: {named}." if named else f"{grants}.",
            _("A line without a number: the register does not know it."),
        ),
    )
