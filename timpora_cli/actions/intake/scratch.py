"""The rows of a sheet while it is imported, in temporary tables that SQLite takes away itself: what each row says, the
numbers by which it names a person, and whom on record they name. They grow with the sheet, and the memory does not.
"""

import json
import marshal
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, get_args

from timpora_cli.actions.intake.planning.links import Links
from timpora_cli.actions.intake.planning.who import assumed_keys, keys_of
from timpora_cli.actions.intake.recorded import HOLDERS, Person, recorded
from timpora_cli.sheets.facts import Entry, Values
from timpora_cli.sheets.headers import COMPOUND, Field

VALUES: tuple[Field, ...] = tuple(name for name in get_args(Field) if name not in COMPOUND)
LISTED = ", ".join(f'"{name}"' for name in VALUES)
TABLES: Mapping[str, str] = {
    "staged": f"line INTEGER PRIMARY KEY, cells BLOB NOT NULL, fault TEXT, {LISTED}",
    "key": "kind TEXT NOT NULL, number TEXT NOT NULL, country TEXT, line INTEGER NOT NULL",
    "known": "line INTEGER NOT NULL, resident INTEGER NOT NULL, PRIMARY KEY (line, resident)",
    "grouped": "line INTEGER PRIMARY KEY, first INTEGER NOT NULL",
}
STAGE = f"INSERT INTO temp.staged (line, cells, fault, {LISTED}) VALUES (?, ?, ?{', ?' * len(VALUES)})"
ADD_KEY = "INSERT INTO temp.key (kind, number, country, line) VALUES (?, ?, ?, ?)"
INDEX = "CREATE INDEX IF NOT EXISTS temp.key_by_number ON key (kind, number)"
MATCH = """
INSERT OR IGNORE INTO temp.known
SELECT key.line, held.resident
FROM ({holders}) AS held
JOIN temp.key ON key.kind = '{kind}' AND key.number = held.number
WHERE held.country IS NULL OR key.country IS NULL OR held.country = key.country
"""
NUMBERS = "SELECT number FROM temp.key WHERE kind = '{kind}'"
# A number without a country is compared with every country's, so the number alone tells whether it is shared.
SHARED = """
SELECT line, kind || ' ' || number AS link FROM temp.key
WHERE (kind, number) IN (SELECT kind, number FROM temp.key GROUP BY kind, number HAVING min(line) <> max(line))
UNION ALL
SELECT line, resident FROM temp.known
WHERE resident IN (SELECT resident FROM temp.known GROUP BY resident HAVING min(line) <> max(line))
"""
ADD_GROUPED = "INSERT INTO temp.grouped (line, first) VALUES (?, ?)"
GROUPS = f"""
SELECT coalesce(grouped.first, staged.line) AS first, staged.line, staged.fault, {LISTED}
FROM temp.staged LEFT JOIN temp.grouped USING (line)
WHERE staged.line NOT IN (SELECT line FROM temp.newcomer) AND staged.line NOT IN (SELECT line FROM temp.unchanged)
ORDER BY first, staged.line
"""
ROW = f"SELECT line, fault, {LISTED} FROM temp.staged WHERE line = ?"
RESIDENTS = "SELECT line, resident FROM temp.known WHERE line IN (SELECT value FROM json_each(?))"
REFUSE = "UPDATE temp.staged SET fault = ? WHERE line = ?"
REFUSED = "SELECT line, fault, cells FROM temp.staged WHERE fault IS NOT NULL ORDER BY line"
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
    """The rows of one import: one at a time on a connection, which takes them away when it is closed.

    They are in temporary tables of the register's connection, so they are compared with the register by set, and its
    file is neither written nor locked.
    """

    register: sqlite3.Connection
    told: Mapping[Field, str]
    fields: set[Field] = field(default_factory=set)
    """What any row says."""
    _staged: list[tuple[int | bytes | str | None, ...]] = field(default_factory=list, repr=False)
    _keys: list[tuple[str, str, str | None, int]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        """Make the tables, or empty those of an import before: one that failed may still be reading them."""
        for table, columns in TABLES.items():
            self.register.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
            self.register.execute(f"DELETE FROM temp.{table}")

    def stage(self, entry: Entry, cells: tuple[str, ...], fault: str | None = None) -> None:
        """Keep a row: what it says, its cells as written, and why it cannot be read, where it cannot."""
        line, values = entry.line, entry.values
        self.fields.update(values)
        # Only this process reads it again, so the form that Python writes fastest will do.
        self._staged.append((line, marshal.dumps(cells), fault, *map(values.get, VALUES)))
        keys = [*keys_of(values, self.told), *assumed_keys(values, self.told)] if "name" in values else []
        self._keys += [(key.kind, key.number, key.country, line) for key in keys]
        if not keys and fault is None:
            whole = json.dumps(values, sort_keys=True)
            self._keys.append(("whole", whole, None, line))  # only the same row again is the same person
        if len(self._staged) >= AT_ONCE:
            self._put()

    def match(self) -> None:
        """Find the rows that belong together, and the people of the register whom they name."""
        self._put()
        self.register.execute(INDEX)
        for table in ("known", "grouped"):
            self.register.execute(f"DELETE FROM temp.{table}")
        for kind, query in HOLDERS.items():
            self.register.execute(MATCH.format(kind=kind, holders=query.format(numbers=NUMBERS.format(kind=kind))))
        self.register.executemany(ADD_GROUPED, list(_firsts(self.register.execute(SHARED))))

    def together(self) -> Iterator[Together]:
        """Yield the rows that need a plan in the order of their lines, those that belong together with the first."""
        groups = groupby(self.register.execute(GROUPS), key=itemgetter(0))
        rows = ([row[1:] for row in group] for _first, group in groups)
        while chunk := list(islice(rows, AT_ONCE)):
            yield from self._together(chunk)

    def lone(self, line: int) -> Together:
        """Return a row that shares no number with anybody, by its line."""
        (together,) = self._together([self.register.execute(ROW, (line,)).fetchall()])
        return together

    def _together(self, groups: Sequence[Sequence[tuple[Any, ...]]]) -> Iterator[Together]:
        lines = json.dumps([row[0] for group in groups for row in group])
        known: defaultdict[int, set[int]] = defaultdict(set)
        for line, resident in self.register.execute(RESIDENTS, (lines,)):
            known[line].add(resident)
        people = recorded(self.register, {resident for held in known.values() for resident in held})
        for group in groups:
            named = {resident for line, *_said in group for resident in known[line]}
            entries = [Entry(line, _values(said)) for line, _fault, *said in group]
            unread = frozenset(line for line, fault, *_said in group if fault is not None)
            yield Together(entries, unread, {resident: people[resident] for resident in named})

    def refuse(self, line: int, fault: str) -> None:
        """Note why a row is refused."""
        self.register.execute(REFUSE, (fault, line))

    def refused(self) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Yield the line, the reason and the cells of each refused row, in the order of the sheet."""
        for line, fault, cells in self.register.execute(REFUSED):
            yield line, fault, marshal.loads(cells)  # noqa: S302 our own, of above

    def _put(self) -> None:
        # One transaction, also within another one; it is over at once, so nothing of the register's file stays locked.
        self.register.execute("SAVEPOINT staged")
        self.register.executemany(STAGE, self._staged)
        self.register.executemany(ADD_KEY, self._keys)
        self.register.execute("RELEASE staged")
        self._staged.clear()
        self._keys.clear()


def _values(said: Sequence[str | None]) -> Values:
    return {name: value for name, value in zip(VALUES, said, strict=True) if value is not None}


def _firsts(shared: Iterable[tuple[int, int | str]]) -> Iterator[tuple[int, int]]:
    """Yield each line that shares a link with another one, with the first line that it is joined to by links."""
    joined, lines = Links(), set()
    for line, link in shared:
        lines.add(line)
        joined.join(("line", line), link)
    first: dict[object, int] = {}
    for line in sorted(lines):
        yield line, first.setdefault(joined.of(("line", line)), line)
