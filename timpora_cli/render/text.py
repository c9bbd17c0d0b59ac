"""What people read in place of a value, and aligned text: two blanks between columns, nothing cut or wrapped.

The machine formats never come here: they write codes, numbers and every byte of a text as the register has them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any
from unicodedata import category

from timpora_cli.language import _, chosen
from timpora_cli.model.names import visible
from timpora_cli.render.answer import Arranged, Cell, Column, Kind

ON_THE_RIGHT = (Kind.NUMBER, Kind.MONEY, Kind.OVER)
WITH_WORDS = (Kind.STATE, Kind.CLASS, Kind.WORD)
GAP = "  "
# Below the first combining mark every printable character is one cell wide. Up to the first letter of a script that is
# written from right to left, and in the later blocks of Latin and Greek, every character is, but for marks (width 0).
FIRST_COMBINING_MARK = "\u0300"
FIRST_FROM_THE_RIGHT = "\u0590"
MORE_LATIN, MORE_GREEK_END = "\u1e00", "\u2000"
MARKS = ("Mn", "Me")


class TextColumn:
    """One column as people read it, from top to bottom: on the right side, if `right`."""

    def __init__(self, column: Column[Any], *, right: bool, body: list[str], foot: list[str]) -> None:
        self.column = column
        self.heading = sentence(column.heading)
        self.right = right
        self.body = body
        self.foot = foot

    @property
    def texts(self) -> list[str]:
        """Every text of the column: the heading, the rows, the foot."""
        return [self.heading, *self.body, *self.foot]


def text_columns(arranged: Arranged) -> list[TextColumn]:
    """Return the columns of a list as people read them, without those that are empty and were not asked for."""
    rows = list(arranged.rows)
    columns = []
    for place, column in enumerate(arranged.columns):
        cells = [row[place] for row in rows]
        shown = text_of(column.kind, arranged.words)
        nothing = sentence(column.empty) if isinstance(column.empty, str) else ""
        text_column = TextColumn(
            column,
            right=_is_on_the_right(column.kind, cells),
            body=[nothing if cell is None else shown(cell) for cell in cells],
            foot=[shown(row[place]) for row in arranged.foot],
        )
        if arranged.named or any(text_column.body) or any(text_column.foot):
            columns.append(text_column)
    return columns


def text_of(kind: Kind, words: Mapping[str, str]) -> Callable[[Cell], str]:
    """Return the function that gives the text of a value of this kind; `words` has the English sentence of each code.

    The date date.max is the end of a relief that has no end yet.
    """

    def text(cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return visible(sentence(words.get(cell, cell)) if kind in WITH_WORDS else cell)
        if isinstance(cell, bool):
            return _("yes") if cell else _("no")
        if isinstance(cell, date):
            return _("open") if cell == date.max else cell.isoformat()
        if kind is Kind.OVER:
            return _("over {limit}").format(limit=cell)
        return money(cell) if kind is Kind.MONEY else str(cell)

    return text


def money(rupiah: int) -> str:
    """Return an amount of whole rupiah as the language in force writes it: Rp1.500.000 or Rp1,500,000."""
    digits = f"{abs(rupiah):,}"
    if chosen() == "id":
        digits = digits.replace(",", ".")
    return f"{'-' if rupiah < 0 else ''}Rp{digits}"


def office_time(at: str, zone: tzinfo) -> str:
    """Return a moment of the log, which is UTC, as the office's clock shows it, to the millisecond."""
    return datetime.fromisoformat(at).astimezone(zone).isoformat(sep=" ", timespec="milliseconds")


def sentence(text: str) -> str:
    """Return `text` in the language in force. An empty one stays empty: gettext keeps its own header under it."""
    return _(text) if text else ""


def lines(columns: Sequence[TextColumn]) -> Iterator[str]:
    """Yield the heading line, the rows and the foot rows, aligned, without blanks at the end."""
    filled = [aligned(column.texts, right=column.right) for column in columns]
    for cells in zip(*filled, strict=True):
        yield GAP.join(cells).rstrip(" ")


def aligned(texts: Sequence[str], *, right: bool = False) -> list[str]:
    """Return the texts filled with blanks to the width of the widest, in terminal cells."""
    widths = [width(text) for text in texts]
    widest = max(widths, default=0)
    if right:
        return [" " * (widest - wide) + text for wide, text in zip(widths, texts, strict=True)]
    return [text + " " * (widest - wide) for wide, text in zip(widths, texts, strict=True)]


def width(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    if text.isascii() or max(text) < FIRST_COMBINING_MARK:
        return len(text)
    if all(each < FIRST_FROM_THE_RIGHT or MORE_LATIN <= each < MORE_GREEK_END for each in text):
        return sum(category(each) not in MARKS for each in text)
    # The tables for all other scripts and for emoji are large, and are loaded only where they are needed.
    from wcwidth import wcswidth

    cells = wcswidth(text)
    return cells if cells >= 0 else len(text)


def _is_on_the_right(kind: Kind, cells: Sequence[Cell]) -> bool:
    if kind is Kind.ID:
        return all(isinstance(cell, int) for cell in cells if cell is not None)
    return kind in ON_THE_RIGHT
