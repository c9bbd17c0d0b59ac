"""What a person reads in place of a value: grouped money, a state in their language, a name that cannot act.

Machine formats never come here: there the codes, the numbers and every byte of a text stay as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from timpora_cli.language import _, chosen
from timpora_cli.model.names import visible
from timpora_cli.render.answer import Arranged, Cell, Column, Kind

ON_THE_RIGHT = (Kind.NUMBER, Kind.MONEY)
WITH_WORDS = (Kind.STATE, Kind.CLASS, Kind.WORD, Kind.MONEY)


class Strip(NamedTuple):
    """One column as people read it, from top to bottom."""

    column: Column
    heading: str
    right: bool
    body: list[str]
    foot: list[str]

    def __repr__(self) -> str:
        return f"<Strip {self.column.key}>"

    @property
    def texts(self) -> list[str]:
        """Every text of the column: the heading, the rows, the foot."""
        return [self.heading, *self.body, *self.foot]


def strips(arranged: Arranged) -> list[Strip]:
    """Return the columns of a list as people read them, without those that are empty and were not asked for."""
    rows = list(arranged.rows)
    found = []
    for place, column in enumerate(arranged.columns):
        cells = [row[place] for row in rows]
        said = speaker(column.kind, arranged.words)
        nothing = sentence(column.empty)
        strip = Strip(
            column=column,
            heading=sentence(column.title),
            right=_stands_right(column.kind, cells),
            body=[nothing if cell is None else said(cell) for cell in cells],
            foot=[said(row[place]) for row in arranged.foot],
        )
        if arranged.named or any(strip.body) or any(strip.foot):
            found.append(strip)
    return found


def speaker(kind: Kind, words: Mapping[str, str]) -> Callable[[Cell], str]:
    """Return the function that says a cell of this kind; `words` has the English sentence of each code.

    date.max is the end of a relief that has none yet.
    """

    def said(cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return visible(sentence(words.get(cell, cell)) if kind in WITH_WORDS else cell)
        if isinstance(cell, bool):
            return _("yes") if cell else _("no")
        if isinstance(cell, date):
            return _("open") if cell == date.max else cell.isoformat()
        return money(cell) if kind is Kind.MONEY else str(cell)

    return said


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
    """Return `text` in the language in force; an empty one stays empty (gettext keeps its own header there)."""
    return _(text) if text else ""


def _stands_right(kind: Kind, cells: Sequence[Cell]) -> bool:
    if kind is Kind.ID:
        return all(isinstance(cell, int) for cell in cells if cell is not None)
    return kind in ON_THE_RIGHT
