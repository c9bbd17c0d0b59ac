"""What a row says beside what the register holds: what it fills in and what it corrects. And which line of the sheet
has already said what, so that two rows that contradict each other are noticed, instead of the later one overwriting
the earlier one at every import.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from timpora_cli.actions.intake.plan import fold_number
from timpora_cli.actions.intake.recorded import Row
from timpora_cli.actions.intake.stage import Entry
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_name
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Value

SHOWN = 20  # differences that are kept to be shown
# Kept by SQLite, not in a dict: it grows with the sheet, and spills to the disk.
MAKE = """
CREATE TEMP TABLE stated (
    owner TEXT NOT NULL,
    line INTEGER NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (owner, line)
) WITHOUT ROWID
"""
DISCARD = "DROP TABLE IF EXISTS temp.stated"
NOTE = "INSERT INTO temp.stated (owner, line, fields) VALUES (?, ?, ?)"
EARLIER = "SELECT min(line) FROM temp.stated WHERE owner = ? AND instr(fields, ' ' || ? || ' ')"


class SaidOtherwise(Refused):
    """Line {line} of this sheet says otherwise: {field} of {owner}. One of the two lines is wrong."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a row brings: of whom or what, which field, and the value before, None where none was known."""

    line: int
    owner: str
    what: Field
    before: Value = field(repr=False)
    after: Value = field(repr=False)


class Statements:
    """What the rows of one sheet have said so far of each owner, as in "resident 7" or "permit 12"."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.differences: list[Difference] = []
        self._connection = connection
        connection.execute(DISCARD)
        connection.execute(MAKE)

    def compared(self, owner: str, entry: Entry, row: Row, columns: Mapping[Field, str]) -> dict[str, Value]:
        """Return the columns of `row` that the entry fills in or corrects, with their new values.

        `columns` says which field stands in which. A blank cell changes nothing, and neither does another spelling of
        the same. Raises SaidOtherwise where an earlier line gave the value that would be corrected.
        """
        changes: dict[str, Value] = {}
        for name, column in columns.items():
            before, after = row[column], entry.values.get(name)
            if after is None or (before is not None and _same(name, str(before), after)):
                continue
            if before is not None:
                self._refuse_contradiction(owner, name)
            changes[column] = after
            self.show(Difference(entry.line, owner, name, before, after))
        self.note(owner, entry, columns)
        return changes

    def note(self, owner: str, entry: Entry, fields: Iterable[Field]) -> None:
        """Remember which of `fields` the entry gives of `owner`."""
        said = " ".join(name for name in fields if name in entry.values)
        if said:
            self._connection.execute(NOTE, (owner, entry.line, f" {said} "))

    def show(self, difference: Difference) -> None:
        """Keep a difference to be shown, if it is one of the first."""
        if len(self.differences) < SHOWN:
            self.differences.append(difference)

    def _refuse_contradiction(self, owner: str, name: Field) -> None:
        (line,) = self._connection.execute(EARLIER, (owner, name)).fetchone()
        if line is not None:
            raise SaidOtherwise(line=line, field=name, owner=owner)


def _same(name: Field, one: str, other: str) -> bool:
    if one == other:
        return True
    fold = FOLDED.get(name)
    return fold is not None and fold(one) == fold(other)


def _fold_lot(text: str) -> str:
    """Return an RT or RW as a number: 003 is 3."""
    return text.lstrip("0") or "0"


FOLDED: Mapping[Field, Callable[[str], str | None]] = {
    **dict.fromkeys(
        ("name", "birthplace", "occupation", "contact", "address", "office", "sponsor", "index"), fold_name
    ),
    "permit_number": fold_number,
    "rt": _fold_lot,
    "rw": _fold_lot,
}
