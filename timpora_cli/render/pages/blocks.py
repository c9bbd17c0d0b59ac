"""What a printed page is made of, in order, whatever it is written as: one block here is one piece of the page."""

from typing import NamedTuple

from timpora_cli.model.names import visible

MOST_BARS = 15
LONGEST_LABEL = 40


class Letterhead(NamedTuple):
    """The lines at the head of the page."""

    lines: tuple[str, ...]


class Title(NamedTuple):
    """What the page is, and the line below it; either may stand alone."""

    text: str
    under: str = ""


class Facts(NamedTuple):
    """Labels with their values, one below the other; `beside` stands on the right, on the line of the first one."""

    rows: tuple[tuple[str, str], ...]
    beside: str = ""


class Heading(NamedTuple):
    """The heading of a section."""

    text: str


class Paragraph(NamedTuple):
    """A text."""

    text: str


class Items(NamedTuple):
    """Texts with their numbers, from 1; `heading` stands above them where there is one."""

    texts: tuple[str, ...]
    heading: str = ""


class Grid(NamedTuple):
    """A table: its headings, its rows of texts, the columns of numbers, by their place from 0, and a line above it.

    The columns in `by_hand` are empty, to be filled in with a pen. Texts of the columns in `whole` (days, numbers of
    documents) are broken at blanks alone.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    by_hand: tuple[int, ...] = ()
    caption: str = ""
    whole: tuple[int, ...] = ()


class Bar(NamedTuple):
    """A bar of a chart: what it is of, its number, and how long it is, in percent of the longest."""

    label: str
    number: int
    percent: float


class Chart(NamedTuple):
    """A chart of bars: what it shows, a sentence for those who do not see it, and the numbers by their labels.

    The table beside it has every number: a chart of many has the greatest, and the rest as one bar called `rest`. In a
    `row` of months each has its bar, in its place, also where the number is 0.
    """

    title: str
    description: str
    numbers: tuple[tuple[str, int], ...]
    rest: str = ""
    row: bool = False

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars from the top; but in a row those of nobody are left out, and long labels are cut."""
        drawn = [(label, number) for label, number in self.numbers if number or self.row]
        if len(drawn) > MOST_BARS and not self.row:
            drawn = [*drawn[: MOST_BARS - 1], (self.rest, sum(number for _label, number in drawn[MOST_BARS - 1 :]))]
        most = max((number for _label, number in drawn), default=1) or 1
        return tuple(Bar(_cut(label), number, round(100 * number / most, 1)) for label, number in drawn)


class Signature(NamedTuple):
    """The place to sign: the lines above it, then the name and the number of who signs."""

    above: tuple[str, ...]
    name: str
    number: str = ""


class NewSheet(NamedTuple):
    """What follows begins on a sheet of its own."""


class InLanguage(NamedTuple):
    """What follows, up to the end of the page, is in another language: its code, as in en."""

    code: str


def _cut(label: str) -> str:
    seen = visible(label)
    return seen if len(seen) <= LONGEST_LABEL else f"{seen[: LONGEST_LABEL - 1]}…"


Block = Letterhead | Title | Facts | Heading | Paragraph | Items | Grid | Chart | Signature | NewSheet | InLanguage
