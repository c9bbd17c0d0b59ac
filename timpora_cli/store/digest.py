"""The digest of a change: over its row of the log, the rows it wrote, the rows it ended, and the digest before it.

Each digest includes the one before. So when the log or a row is altered afterwards, a digest no longer fits. The hashes
of rows are added up, so the order of the rows does not matter.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from timpora_cli.store.versions import Tables, Versioned, versioned_tables

REFERENCE = ("country", "country_alias", "permit_group", "permit_class", "purpose")
CHANGE = "SELECT id, at, officer, host, command, reason FROM change WHERE id = ?"
DIGEST_BEFORE = "SELECT digest FROM change WHERE id < ? ORDER BY id DESC LIMIT 1"
REFERENCE_BEFORE = "SELECT reference_digest FROM change WHERE id < ? ORDER BY id DESC LIMIT 1"
WRITE_DIGEST = "UPDATE change SET reference_digest = ?, digest = ? WHERE id = ?"
WIDTH = 2**256
LAST_ROWID = 2**62

Row = Sequence[object]


@dataclass(slots=True)
class Sums:
    """The rows of one change, added up: those it wrote and those it ended."""

    written: int = 0
    ended: int = 0
    rows: int = 0

    def write(self, table: Versioned, row: Row) -> None:
        """Add a row version that the change wrote."""
        facts = {column: value for column, value in zip(table.columns, row, strict=True) if value is not None}
        self.written = (self.written + _number(["+", table.name, facts])) % WIDTH
        self.rows += 1

    def end(self, table: Versioned, row: Row) -> None:
        """Add a row version, with its `until_change` last, that the change replaced or removed."""
        written_by, until = row[table.columns.index("change_id")], row[-1]
        ended = ["-", table.name, table.key_of(tuple(row)), written_by, until]
        self.ended = (self.ended + _number(ended)) % WIDTH
        self.rows += 1


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
    return hashlib.sha256(_bytes(content)).hexdigest()


def all_sums(connection: sqlite3.Connection) -> Mapping[int, Sums]:
    """Return the rows of every change, added up, in one pass over the register."""
    sums: dict[int, Sums] = {}
    for table in versioned_tables(connection):
        wrote = table.columns.index("change_id")
        for row in connection.execute(f"SELECT {table.listed} FROM {table.name}"):
            sums.setdefault(row[wrote], Sums()).write(table, row)
        for row in connection.execute(f"SELECT {table.listed}, until_change FROM {table.versions}"):
            # A version that another program wrote may name no change at all; no change is number 0.
            sums.setdefault(row[wrote] or 0, Sums()).write(table, row[:-1])
            sums.setdefault(row[-1], Sums()).end(table, row)
    return sums


def reference_digest(connection: sqlite3.Connection) -> str:
    """Return the digest of the reference tables, which have no versions of their own."""
    digest = hashlib.sha256()
    for table in REFERENCE:
        digest.update(_bytes([table, connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()]))
    return digest.hexdigest()


def _sums_of(connection: sqlite3.Connection, number: int, tables: Tables, trail: Trail) -> Sums:
    sums = Sums()
    for table in (tables[name] for name in trail.tables):
        for row in written(connection, table, number, trail):
            sums.write(table, row)
        for row in ended(connection, table, number, trail):
            if row[table.columns.index("change_id")] == number:
                sums.write(table, row[:-1])
            if row[-1] == number:
                sums.end(table, row)
    return sums


def written(connection: sqlite3.Connection, table: Versioned, number: int, trail: Trail) -> Iterator[Row]:
    """Yield the rows that the change under way has written and that stand now, found by its trail."""
    first = trail.first_rowid.get(table.name)
    if first is not None:
        yield from connection.execute(
            f"SELECT {table.listed} FROM {table.name} WHERE rowid >= ? AND change_id = ?", (first, number)
        )
    by_key = f"SELECT {table.listed} FROM {table.name} WHERE {table.key[0]} = ? AND change_id = ? AND rowid < ?"
    for key in trail.keys.get(table.name, ()):
        yield from connection.execute(by_key, (key, number, LAST_ROWID if first is None else first))


def ended(connection: sqlite3.Connection, table: Versioned, number: int, trail: Trail) -> Iterable[Row]:
    """Return the versions, each with `until_change` last, that the change under way has replaced or removed."""
    kept = f"SELECT {table.listed}, until_change FROM {table.versions}"
    if trail.first_rowid.get(table.name) == 0:
        return connection.execute(f"{kept} WHERE until_change = ?", (number,))
    return (
        row
        for key in trail.keys.get(table.name, ())
        for row in connection.execute(f"{kept} WHERE {table.key[0]} = ? AND until_change = ?", (key, number))
    )


def _number(content: Sequence[object]) -> int:
    return int.from_bytes(hashlib.sha256(_bytes(content)).digest())


def _bytes(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode(
        "utf-8", errors="surrogatepass"
    )
