"""How the refused rows of a sheet are written: under headers that are read again as these were, with no option.

A column that is read has the name of its field. What its old header said beside that stands there too: the class of a
permit, as in "permit_number KITAS", and the order of days, as in "born (mm/dd/yyyy)". The new headers are read at once
as an import would; a column that would be read otherwise keeps its own header.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timpora_cli.sheets.headers import Column, Columns, Order, Unread, assigned
from timpora_cli.sheets.seal import is_seal
from timpora_cli.sheets.sheet import Sheet

LINE, REASON = "line", "reason"
WRITTEN: dict[Order, str] = {"DMY": "dd/mm/yyyy", "MDY": "mm/dd/yyyy", "YMD": "yyyy/mm/dd"}


@dataclass(frozen=True, slots=True)
class Retitled:
    """The headers of the columns that are kept of a sheet, their places in it, and how many columns it has.

    The columns that an earlier file of rejects had of its own are left out.
    """

    header: tuple[str, ...]
    places: tuple[int, ...]
    width: int

    def row(self, cells: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the cells under the headers, blank where the row is short; and those beyond the sheet's header."""
        return [cells[place] if place < len(cells) else "" for place in self.places], list(cells[self.width :])


def retitled(sheet: Sheet, columns: Columns) -> Retitled:
    """Return how the rows of a sheet are written that is read as `columns` say."""
    own = _own(sheet.header)
    every: list[Column | Unread] = sorted((*columns.read, *columns.unread), key=lambda column: column.place)
    kept = [column for column in every if column.place not in own]
    choices = [_choices(column, sheet.header[column.place]) for column in kept]
    chosen = [0] * len(kept)
    while True:
        header = tuple(several[at] for several, at in zip(choices, chosen, strict=True))
        wrong = [
            at
            for at in _read_otherwise(kept, replace(sheet, header=(*header, LINE, REASON)))
            if chosen[at] + 1 < len(choices[at])
        ]
        if not wrong:
            return Retitled(header, tuple(column.place for column in kept), len(sheet.header))
        # What is not to be read goes first: it may be the reason why another column is not read as it was.
        for at in [at for at in wrong if isinstance(kept[at], Unread)] or wrong:
            chosen[at] += 1


def _own(header: Sequence[str]) -> frozenset[int]:
    """Return the places of the columns that a file of rejects has of its own: the line, the reason and the seal."""
    seals = [place for place, text in enumerate(header) if is_seal(text)]
    end = seals[0] if seals else len(header)
    told = range(end - 2, end) if tuple(header[:end][-2:]) == (LINE, REASON) else ()
    return frozenset((*told, *seals))


def _choices(column: Column | Unread, own: str) -> list[str]:
    """Return the headers that a column may have, the one that is wanted first."""
    if isinstance(column, Unread):
        return [own, f"ignored ({re.sub(r'[][()]', ' ', own)})"]
    words = [column.meaning.field, column.meaning.implies or "", f"({WRITTEN[column.dates]})" if column.dates else ""]
    return [" ".join(filter(None, words)), own]


def _read_otherwise(kept: Sequence[Column | Unread], sheet: Sheet) -> list[int]:
    """Return which of the columns of `kept`, counted from 0, the new headers of `sheet` would not give again."""
    columns = assigned(sheet, {})
    new: dict[int, Column | Unread] = {column.place: column for column in columns.read}
    new |= {column.place: column for column in columns.unread}
    return [at for at, column in enumerate(kept) if not _alike(column, new[at])]


def _alike(old: Column | Unread, new: Column | Unread) -> bool:
    if isinstance(old, Unread) or isinstance(new, Unread):
        return isinstance(old, Unread) and isinstance(new, Unread) and new.known >= old.known
    said, says = old.meaning, new.meaning
    return replace(said, words="") == replace(says, words="") and old.dates == new.dates
