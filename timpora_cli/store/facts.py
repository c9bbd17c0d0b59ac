"""The tables of facts: which they are, which of their rows a change has written, and the digest of a change.

A digest is over the row of the log, the rows that the change wrote, the rows it ended, and the digest before it. So
when the log or a row is altered afterwards, a digest no longer fits. The hashes of rows are added up, so the order of
the rows does not matter.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

VERSION = "_version"
KEPT = """
WITH kept (name, made) AS (
    SELECT substr(name, 1, length(name) - length('_version')), rowid
    FROM main.sqlite_master
    WHERE type = 'table' AND name LIKE '%\\_version' ESCAPE '\\'
)
SELECT kept.name, here.name, here.type, here.pk FROM kept JOIN pragma_table_info(kept.name, 'main') AS here
ORDER BY made, here.cid
"""
COLUMNS = "SELECT name, type, pk FROM pragma_table_info(?, 'main') ORDER BY cid"
IS_KEPT = "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = ? || '_version'"
REFERENCE = ("country", "country_alias", "permit_group", "permit_class", "purpose")
CHANGE = "SELECT id, at, officer, host, command, reason FROM change WHERE id = ?"
DIGEST_BEFORE = "SELECT digest FROM change WHERE id < ? ORDER BY id DESC LIMIT 1"
REFERENCE_BEFORE = "SELECT reference_digest FROM change WHERE id < ? ORDER BY id DESC LIMIT 1"
WRITE_DIGEST = "UPDATE change SET reference_digest = ?, digest = ? WHERE id = ?"
WIDTH = 2**256
LAST_ROWID = 2**62

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Versioned:
    """A table of facts: its name, its columns in order, and those of its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def listed(self) -> str:
        """The columns as SQL lists them."""
        return ", ".join(self.columns)

    @property
    def by_key(self) -> str:
        """The condition that finds one row by its whole primary key."""
        return " AND ".join(f"{column} = ?" for column in self.key)

    @property
    def versions(self) -> str:
        """The name of the table that keeps what was changed or removed."""
        return self.name + VERSION

    @property
    def content(self) -> str:
        """What is hashed of a row, in SQL: a list of "+", the name of the table, and an object of the columns that have
        a value, as the bytes of its JSON.
        """
        facts = (
            f"""iif({column} IS NULL, '', ',"{column}":' || json_quote({column}))""" for column in sorted(self.columns)
        )
        return f"""CAST('["+","{self.name}",{{' || ltrim({" || ".join(facts)}, ',') || '}}]' AS BLOB)"""

    @property
    def ending(self) -> str:
        """What is added up of a version, in SQL: which changes it began and ended with, its content and its key."""
        return f"change_id, until_change, {self.content}, {', '.join(self.key)}"

    def key_of(self, row: tuple[object, ...]) -> tuple[object, ...]:
        """Return the primary key of a row of all columns."""
        return tuple(row[self.columns.index(column)] for column in self.key)


class Tables:
    """The tables of facts by name. Each is described when it is first asked for: a change writes few of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._described: dict[str, Versioned] = {}

    def __getitem__(self, name: str) -> Versioned:
        if name not in self._described:
            table = described(name, self._connection.execute(COLUMNS, (name,)).fetchall())
            if "change_id" not in table.columns or self._connection.execute(IS_KEPT, (name,)).fetchone() is None:
                raise KeyError(name)
            self._described[name] = table
        return self._described[name]

    def __contains__(self, name: str) -> bool:
        try:
            return bool(self[name])
        except KeyError:
            return False


def versioned_tables(connection: sqlite3.Connection) -> list[Versioned]:
    """Return the tables of facts, in the order in which they were made (a table stands after what it refers to)."""
    tables = [
        described(name, [column for _name, *column in columns])
        for name, columns in groupby(connection.execute(KEPT).fetchall(), key=itemgetter(0))
    ]
    # Tables of other programs may have any name: ours are those whose rows name the change that wrote them.
    return [table for table in tables if "change_id" in table.columns]


def described(table: str, columns: Sequence[Sequence[Any]]) -> Versioned:
    """Return the table of facts of this name; each of its `columns` has a name, a type, and a place in the key or 0."""
    keyed = sorted((place, column) for column, _kind, place in columns if place)
    return Versioned(table, tuple(column for column, *_rest in columns), tuple(column for _place, column in keyed))


@dataclass(slots=True)
class Trail:
    """Which rows a change has written, so that they are found without reading the whole register."""

    first_rowid: dict[str, int] = field(default_factory=dict)
    keys: dict[str, set[int | str]] = field(default_factory=dict)

    @property
    def tables(self) -> set[str]:
        """The names of the tables that the change has written."""
        return self.first_rowid.keys() | self.keys.keys()

    def inserted(self, table: str, rowid: int) -> None:
        """Note that a row was inserted."""
        self.first_rowid[table] = min(rowid, self.first_rowid.get(table, rowid))

    def rewrote(self, table: str, key: int | str) -> None:
        """Note that the row of `key` was changed or removed."""
        self.keys.setdefault(table, set()).add(key)

    def anywhere(self, table: str) -> None:
        """Note that any row of the table may have been written."""
        self.first_rowid[table] = 0


def written(connection: sqlite3.Connection, table: Versioned, number: int, trail: Trail, what: str) -> Iterator[Row]:
    """Yield `what`, in SQL, of the rows that the change under way has written and that stand now, by its trail."""
    first = trail.first_rowid.get(table.name)
    if first is not None:
        yield from connection.execute(
            f"SELECT {what} FROM {table.name} WHERE rowid >= ? AND change_id = ?", (first, number)
        )
    by_key = f"SELECT {what} FROM {table.name} WHERE {table.key[0]} = ? AND change_id = ? AND rowid < ?"
    for key in trail.keys.get(table.name, ()):
        yield from connection.execute(by_key, (key, number, LAST_ROWID if first is None else first))


def ended(connection: sqlite3.Connection, table: Versioned, number: int, trail: Trail, what: str) -> Iterable[Row]:
    """Return `what`, in SQL, of the versions that the change under way has replaced or removed."""
    kept = f"SELECT {what} FROM {table.versions}"
    if trail.first_rowid.get(table.name) == 0:
        return connection.execute(f"{kept} WHERE until_change = ?", (number,))
    return (
        row
        for key in trail.keys.get(table.name, ())
        for row in connection.execute(f"{kept} WHERE {table.key[0]} = ? AND until_change = ?", (key, number))
    )


@dataclass(slots=True)
class Sums:
    """The rows of one change, added up: those it wrote and those it ended."""

    written: int = 0
    ended: int = 0
    rows: int = 0

    def write(self, content: bytes) -> None:
        """Add a row version that the change wrote: its `Versioned.content`."""
        self.written = (self.written + int.from_bytes(_sha256()(content))) % WIDTH
        self.rows += 1

    def end(self, table: Versioned, written_by: object, until: object, key: Row) -> None:
        """Add a row version that the change replaced or removed: its key, and the changes that began and ended it."""
        ended = ["-", table.name, key, written_by, until]
        self.ended = (self.ended + int.from_bytes(_hash(ended))) % WIDTH
        self.rows += 1

    def without(self, some: "Sums") -> "Sums":
        """Return the sums of the rows that are not among `some`, which are part of these."""
        written, ended = (self.written - some.written) % WIDTH, (self.ended - some.ended) % WIDTH
        return Sums(written, ended, self.rows - some.rows)


def recorded_reference(connection: sqlite3.Connection, number: int) -> str | None:
    """Return the digest of the reference tables that the change before `number` recorded; None where none did."""
    before = connection.execute(REFERENCE_BEFORE, (number,)).fetchone()
    return before[0] if before else None


def seal(connection: sqlite3.Connection, number: int, tables: Tables, trail: Trail, reference: str | None) -> None:
    """Write the digest of the change under way into its row of the log. `tables` are the tables of facts.

    `reference` is the digest of the reference tables to record: that of the change before, since only an upgrade
    writes them. So a change does not confirm what another program altered there. None takes them as they are.
    """
    reference = reference or reference_digest(connection)
    sums = _sums_of(connection, number, tables, trail)
    before = connection.execute(DIGEST_BEFORE, (number,)).fetchone()
    said = connection.execute(CHANGE, (number,)).fetchone()
    sealed = chained(before[0] if before else None, said, reference, sums)
    connection.execute(WRITE_DIGEST, (reference, sealed, number))


def seal_all(connection: sqlite3.Connection) -> None:
    """Write the digest of every change in the log, for the rows as they are now: for a register without any digest."""
    sums = all_sums(connection)
    reference = reference_digest(connection)
    before = None
    for (number,) in connection.execute("SELECT id FROM change ORDER BY id").fetchall():
        said = connection.execute(CHANGE, (number,)).fetchone()
        before = chained(before, said, reference, sums.get(number, Sums()))
        connection.execute(WRITE_DIGEST, (reference, before, number))


def chained(before: str | None, said: Row, reference: str, sums: Sums) -> str:
    """Return the digest of a change: `said` is its row of the log, `before` the digest before it."""
    content = [before, list(said), reference, f"{sums.written:064x}", f"{sums.ended:064x}", sums.rows]
    return _hash(content).hex()


def all_sums(connection: sqlite3.Connection) -> Mapping[int, Sums]:
    """Return the rows of every change, added up, in one pass over the register."""
    sums: dict[int, Sums] = {}
    for table in versioned_tables(connection):
        for number, content in connection.execute(f"SELECT change_id, {table.content} FROM {table.name}"):
            sums.setdefault(number, Sums()).write(content)
        for number, until, content, *key in connection.execute(f"SELECT {table.ending} FROM {table.versions}"):
            # A version that another program wrote may name no change at all; no change is number 0.
            sums.setdefault(number or 0, Sums()).write(content)
            sums.setdefault(until, Sums()).end(table, number, until, key)
    return sums


def reference_digest(connection: sqlite3.Connection) -> str:
    """Return the digest of the reference tables, which have no versions of their own."""
    tables = ([table, connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()] for table in REFERENCE)
    return _hash(*tables).hex()


def _sums_of(connection: sqlite3.Connection, number: int, tables: Tables, trail: Trail) -> Sums:
    sums = Sums()
    for table in (tables[name] for name in trail.tables):
        for (content,) in written(connection, table, number, trail, table.content):
            sums.write(content)
        for began, until, content, *key in ended(connection, table, number, trail, table.ending):
            if began == number:
                sums.write(content)
            if until == number:
                sums.end(table, began, until, key)
    return sums


@cache
def _sha256() -> Callable[[bytes], bytes]:
    """Return the function that gives SHA-256. Who only asks what the tables are (history) does not load it."""
    from hashlib import sha256

    return lambda content: sha256(content).digest()


def _hash(*values: object) -> bytes:
    """Return the SHA-256 of values, each as JSON."""
    from json import JSONEncoder

    encode = JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
    content = b"".join(encode(value).encode("utf-8", errors="surrogatepass") for value in values)
    return _sha256()(content)
