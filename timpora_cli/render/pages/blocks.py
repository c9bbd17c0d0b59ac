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
    """A table: its headings, its rows of texts, the columns of numbers, by their place from 0, and a line above it.

    The columns in `by_hand` are empty, to be filled in with a pen.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    by_hand: tuple[int, ...] = ()
    caption: str = ""


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


Block = Letterhead | Title | Facts | Heading | Paragraph | Items | Grid | Signature | NewSheet | InLanguage
