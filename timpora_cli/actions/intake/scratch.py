"""The rows of a sheet while it is imported, in a private database that SQLite takes away itself: what each row says,
the numbers by which it names a person, and whom on record they name. It grows with the sheet, and the memory does not.
"""

import json
import marshal
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter

from timpora_cli.actions.intake.links import Links
from timpora_cli.actions.intake.recorded import HOLDERS, Person, holders, recorded
from timpora_cli.actions.intake.who import assumed_keys, keys_of
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE staged (line INTEGER PRIMARY KEY, said BLOB NOT NULL, cells BLOB NOT NULL, fault TEXT);
CREATE TABLE key (kind TEXT NOT NULL, number TEXT NOT NULL, country TEXT, line INTEGER NOT NULL);
CREATE TABLE held (kind TEXT NOT NULL, number TEXT NOT NULL, country TEXT, resident INTEGER NOT NULL);
CREATE TABLE known (line INTEGER NOT NULL, resident INTEGER NOT NULL, PRIMARY KEY (line, resident)) WITHOUT ROWID;
CREATE TABLE grouped (line INTEGER PRIMARY KEY, first INTEGER NOT NULL);
"""
STAGE = "INSERT INTO staged (line, said, cells, fault) VALUES (?, ?, ?, ?)"
ADD_KEY = "INSERT INTO key (kind, number, country, line) VALUES (?, ?, ?, ?)"
ADD_HELD = "INSERT INTO held (kind, number, country, resident) VALUES (?, ?, ?, ?)"
NUMBERS = "SELECT DISTINCT number FROM key WHERE kind = ? ORDER BY number"
MATCH = (
    "CREATE INDEX key_by_number ON key (kind, number)",
    "CREATE INDEX held_by_number ON held (kind, number)",
    """
    INSERT OR IGNORE INTO known
    SELECT line, resident FROM key JOIN held USING (kind, number)
    WHERE held.country IS NULL OR key.country IS NULL OR held.country = key.country
    """,
)
# A number without a country is compared with every country's, so the number alone tells whether it is shared.
SHARED = """
SELECT line, kind || ' ' || number AS link FROM key
WHERE (kind, number) IN (SELECT kind, number FROM key GROUP BY kind, number HAVING min(line) <> max(line))
UNION ALL
SELECT line, resident FROM known
WHERE resident IN (SELECT resident FROM known GROUP BY resident HAVING min(line) <> max(line))
"""
ADD_GROUPED = "INSERT INTO grouped (line, first) VALUES (?, ?)"
GROUP_THE_REST = "INSERT INTO grouped SELECT line, line FROM staged WHERE line NOT IN (SELECT line FROM grouped)"
GROUPS = """
SELECT grouped.first, staged.line, staged.said, staged.fault
FROM grouped JOIN staged USING (line)
ORDER BY grouped.first, staged.line
"""
RESIDENTS = "SELECT line, resident FROM known WHERE line IN (SELECT value FROM json_each(?))"
REFUSE = "UPDATE staged SET fault = ? WHERE line = ?"
REFUSED = "SELECT line, fault, cells FROM staged WHERE fault IS NOT NULL ORDER BY line"
AT_ONCE = 500  # rows, numbers and groups that are handed to SQLite together


@dataclass(frozen=True, slots=True)
class Together:
    """Rows that share a number, or alone, with the people on record whom their numbers name.

    `unread` are the lines whose cells have a fault: they tell who is who, and no more.
    """

    rows: Sequence[Entry]
    unread: frozenset[int]
    people: Mapping[int, Person]


@dataclass(slots=True)
class Scratch:
    """The private database of one import. Close it with `close`."""

    told: Mapping[Field, str]
    connection: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect("", isolation_level=None))
    _staged: list[tuple[int, bytes, bytes, str | None]] = field(default_factory=list, repr=False)
    _keys: list[tuple[str, str, str | None, int]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        """Make the tables."""
        self.connection.executescript(SCHEMA)
        self.connection.execute("BEGIN")

    def close(self) -> None:
        """Take the database away."""
        self.connection.close()

    def stage(self, entry: Entry, cells: tuple[str, ...], fault: str | None = None) -> None:
        """Keep a row: what it says, its cells as written, and why it cannot be read, where it cannot."""
        line, values = entry.line, entry.values
        # Only this process reads it again, so the form that Python writes fastest will do.
        self._staged.append((line, marshal.dumps(dict(values)), marshal.dumps(cells), fault))
        keys = [*keys_of(values, self.told), *assumed_keys(values, self.told)] if "name" in values else []
        self._keys += [(key.kind, key.number, key.country, line) for key in keys]
        if not keys and fault is None:
            whole = json.dumps(values, sort_keys=True)
            self._keys.append(("whole", whole, None, line))  # only the same row again is the same person
        if len(self._staged) >= AT_ONCE:
            self._put()

    def match(self, register: sqlite3.Connection) -> None:
        """Find the rows that belong together, and the people of the register whom they name."""
        self._put()
        for kind in HOLDERS:
            numbers = (number for (number,) in self.connection.execute(NUMBERS, (kind,)).fetchall())
            while chunk := list(islice(numbers, AT_ONCE)):
                held = holders(register, kind, chunk)
                self.connection.executemany(ADD_HELD, ((kind, *row) for row in held))
        for statement in MATCH:
            self.connection.execute(statement)
        self.connection.executemany(ADD_GROUPED, _firsts(self.connection.execute(SHARED)))
        self.connection.execute(GROUP_THE_REST)

    def together(self, register: sqlite3.Connection) -> Iterator[Together]:
        """Yield the rows in the order of their lines, those that belong together with the first of them."""
        groups = groupby(self.connection.execute(GROUPS), key=itemgetter(0))
        rows = ([row[1:] for row in group] for _first, group in groups)
        while chunk := list(islice(rows, AT_ONCE)):
            lines = json.dumps([row[0] for group in chunk for row in group])
            known: defaultdict[int, set[int]] = defaultdict(set)
            for line, resident in self.connection.execute(RESIDENTS, (lines,)):
                known[line].add(resident)
            people = recorded(register, {resident for held in known.values() for resident in held})
            for group in chunk:
                named = {resident for line, _said, _fault in group for resident in known[line]}
                entries = [Entry(line, marshal.loads(said)) for line, said, _fault in group]  # noqa: S302 our own, of above
                unread = frozenset(line for line, _said, fault in group if fault is not None)
                yield Together(entries, unread, {resident: people[resident] for resident in named})

    def refuse(self, line: int, fault: str) -> None:
        """Note why a row is refused."""
        self.connection.execute(REFUSE, (fault, line))

    def refused(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Yield the line, the reason and the cells of each refused row, in the order of the sheet."""
        for line, fault, cells in self.connection.execute(REFUSED):
            yield line, fault, marshal.loads(cells)  # noqa: S302 our own, of above

    def _put(self) -> None:
        self.connection.executemany(STAGE, self._staged)
        self.connection.executemany(ADD_KEY, self._keys)
        self._staged.clear()
        self._keys.clear()


def _firsts(shared: Iterable[tuple[int, int | str]]) -> Iterator[tuple[int, int]]:
    """Yield each line that shares a link with another one, with the first line that it is joined to by links."""
    joined, lines = Links(), set()
    for line, link in shared:
        lines.add(line)
        joined.join(("line", line), link)
    first: dict[object, int] = {}
    for line in sorted(lines):
        yield line, first.setdefault(joined.of(("line", line)), line)
