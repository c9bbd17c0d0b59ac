"""What is known of a person before a row is written: what the register holds, and what earlier rows of the sheet gave.

The second is needed to find two rows that contradict each other. Without it the later row would overwrite the earlier
one at every import.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_name, fold_number
from timpora_cli.model.people import Permit, Resident
from timpora_cli.queries.find import permit_in, resident_in
from timpora_cli.queries.people import PASSPORTS_FIRST
from timpora_cli.queries.rows import Stored, day, iso, rows
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Value

# The resident's own columns of arrival and departure are from before there were stays; the last stay's stand for them.
PERSON = """
SELECT resident.*, sponsor.name AS sponsor, last_stay.arrived, last_stay.departed
FROM resident
JOIN last_stay ON last_stay.resident_id = resident.id
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
WHERE resident.id = :resident
"""
# The open residence, or of a departed person the last one.
RESIDENCE = """
SELECT *, count(*) OVER () AS residences
FROM residence
WHERE resident_id = :resident
ORDER BY until_on IS NOT NULL, until_on DESC
LIMIT 1
"""
ARRIVALS = "SELECT arrived FROM stay WHERE resident_id = :resident AND arrived IS NOT NULL"
# The valid ones first, in the order in which lists would show them: the day is after all that are recorded.
PASSPORTS = f"""
SELECT used.* FROM passport AS used
WHERE used.resident_id = :resident
ORDER BY used.retired_on IS NOT NULL, used.retired_on DESC, {PASSPORTS_FIRST}
"""
# `ends` is the last day as a sheet has it: a day, or the word for there being none.
PERMITS = """
SELECT *, iif(unlimited, 'unlimited', expires_on) AS ends FROM permit
WHERE resident_id = :resident
ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, ended_on
"""

SHOWN = 20  # differences that are kept to be shown
# A temporary table and not a dict: it grows with the sheet, and SQLite moves it to the disk when it is large.
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
class Recorded:
    """One person: the resident's row with the sponsor's name, one residence, all passports and permits."""

    person: Stored = field(repr=False)
    residence: Stored = field(repr=False)
    passports: tuple[Stored, ...] = field(repr=False)
    permits: tuple[Stored, ...] = field(repr=False)
    arrivals: tuple[str, ...]

    @property
    def resident(self) -> Resident:
        """The resident, as the actions take one."""
        return resident_in(self.person)

    @property
    def chain(self) -> tuple[Permit, ...]:
        """The permits as the actions take them, in the order of their beginning."""
        return tuple(permit_in(row) for row in self.permits)

    def person_as(self, arrived: str | None) -> Stored:
        """Return the resident's row. An arrival of an earlier stay, which a sheet may still give, is on record too."""
        return self.person | {"arrived": arrived} if arrived in self.arrivals else self.person

    @property
    def home_follows(self) -> bool:
        """Whether the residence begins on the day that the facts give."""
        return bool(self.residence["from_on"] == iso(self.since))

    @property
    def since(self) -> date | None:
        """The first day of residence that the facts give: the arrival, else the first day of issue, else None."""
        issued = (row["issued_on"] for row in self.permits if row["issued_on"])
        return day(self.person["arrived"] or min(issued, default=None))


def recorded(connection: sqlite3.Connection, resident_id: int) -> Recorded:
    """Return what the register holds of the resident of an id."""
    whose = {"resident": resident_id, "on": date.max.isoformat()}
    (person,), (residence,) = rows(connection, PERSON, whose), rows(connection, RESIDENCE, whose)
    passports, permits = rows(connection, PASSPORTS, whose), rows(connection, PERMITS, whose)
    arrivals = tuple(row["arrived"] for row in rows(connection, ARRIVALS, whose))
    return Recorded(person, residence, tuple(passports), tuple(permits), arrivals)


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a row brings: of whom or what, which field, and the value before, None where none was known."""

    line: int
    owner: str
    what: Field
    before: Value = field(repr=False)
    after: Value = field(repr=False)


class Statements:
    """What the rows of one sheet have given so far for each owner, as in "resident 7" or "permit 12"."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.differences: list[Difference] = []
        self._connection = connection
        connection.execute(DISCARD)
        connection.execute(MAKE)

    def compared(self, owner: str, entry: Entry, row: Stored, columns: Mapping[Field, str]) -> dict[str, Value]:
        """Return the columns of `row` that the entry fills in or corrects, with their new values.

        `columns` gives the column of each field. A blank cell changes nothing, and neither does another spelling of
        the same. Raises SaidOtherwise where an earlier line gave the value that would be corrected.
        """
        changes: dict[str, Value] = {}
        for name, column in columns.items():
            before, after = row[column], entry.values.get(name)
            if after is None or (before is not None and same(name, str(before), after)):
                continue
            if before is not None:
                self._refuse_contradiction(owner, name)
            changes[column] = after
            self.show(Difference(entry.line, owner, name, before, after))
        self.note(owner, entry, columns)
        return changes

    def note(self, owner: str, entry: Entry, fields: Iterable[Field]) -> None:
        """Remember which of `fields` the entry gives for `owner`."""
        given = " ".join(name for name in fields if name in entry.values)
        if given:
            self._connection.execute(NOTE, (owner, entry.line, f" {given} "))

    def show(self, difference: Difference) -> None:
        """Keep a difference to be shown, if it is one of the first."""
        if len(self.differences) < SHOWN:
            self.differences.append(difference)

    def _refuse_contradiction(self, owner: str, name: Field) -> None:
        (line,) = self._connection.execute(EARLIER, (owner, name)).fetchone()
        if line is not None:
            raise SaidOtherwise(line=line, field=name, owner=owner)


def same(name: Field, one: str, other: str) -> bool:
    """Return whether two values of a field are spellings of the same."""
    if one == other:
        return True
    fold = FOLDED.get(name)
    return fold is not None and fold(one) == fold(other)


def _fold_lot(text: str) -> str:
    """Return an RT or RW as a number: 003 is 3."""
    return text.lstrip("0") or "0"


FOLDED: Mapping[Field, Callable[[str], str]] = {
    **dict.fromkeys(
        ("name", "birthplace", "occupation", "contact", "address", "office", "sponsor", "index"), fold_name
    ),
    "permit_number": fold_number,
    "niora": fold_number,
    "rt": _fold_lot,
    "rw": _fold_lot,
}
