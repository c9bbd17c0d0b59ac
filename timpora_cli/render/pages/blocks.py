"""What a printed page is made of, in order, whatever it is written as: one block here is one piece of the page."""

from typing import NamedTuple


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
    """A table: its headings, its rows of texts, and the columns of numbers, by their place from 0.

    A column without a heading and without a text is empty, to be filled in by hand; `by_hand` says which are.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    by_hand: tuple[int, ...] = ()


class Signature(NamedTuple):
    """The place to sign: the lines above it, then the name and the number of who signs."""

    above: tuple[str, ...]
    name: str
    number: str = ""


class NewSheet(NamedTuple):
    """What follows begins on a sheet of its own."""


Block = Letterhead | Title | Facts | Heading | Paragraph | Items | Grid | Signature | NewSheet
