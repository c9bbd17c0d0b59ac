"""One change: one immediate transaction with one row in the change log, written whole or not at all.

Rows are written through `Change`, which puts the change's number on each. It checks no rule: the constraints of the
register do that, and `constraints.py` has a sentence for each. What holds between the rows of one person is checked
before the commit (`presence.py`).
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timpora_cli.errors import TimporaError
from timpora_cli.store import clock
from timpora_cli.store.constraints import refusal
from timpora_cli.store.facts import Tables, Trail, Versioned, recorded_reference, seal
from timpora_cli.store.presence import refuse_difference

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

Value = str | int | None
DIGEST = "SELECT digest FROM change WHERE id = ?"
AT_ONCE = 50  # rows to one INSERT: SQLite prepares the checks of a table once for all of them
Key = int | str


class RecordedInDoubt(TimporaError):
    """Recorded as change {number}, but the disk did not confirm that it keeps it: SQLite reports {fault}.
    Look after the disk, and see what is on record with: timpora history
    """


class NoSuchTable(LookupError):
    """A name that is no table of facts: a mistake of the program's own."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, from where, with which command (names of options only, no personal values), and why.

    `hear` is called with the number of the change once it is recorded.
    """

    officer: str
    host: str
    command: str
    reason: str | None = None
    hear: Callable[[int], None] = field(default=lambda _number: None, compare=False)


@dataclass(slots=True)
class Change:
    """A change under way.

    `number` is its row in the log, `tables` are the tables of facts by name, `touched` counts the rows it has written.
    """

    number: int
    connection: sqlite3.Connection
    database: "Database"
    tables: Tables
    touched: int = 0
    trail: Trail = field(default_factory=Trail)

    def insert(self, table: str, row: Mapping[str, Value]) -> int:
        """Write one new row and return its rowid."""
        self.touched += 1
        rowid = self._insert(self._known(table), {**row, "change_id": self.number})
        self.trail.inserted(table, rowid)
        return rowid

    def insert_many(self, table: str, rows: Sequence[Mapping[str, Value]]) -> int:
        """Write new rows, many by one statement, and return the rowid of the first; the others follow it.

        The register gives the ids: call it for tables that count them.
        """
        columns = [column for column in self.tables[table].columns if column not in {"id", "change_id"}]
        listed = ", ".join((*columns, "change_id"))
        place, first = f"({'?, ' * len(columns)}{self.number})", 0
        for begin in range(0, len(rows), AT_ONCE):
            some = rows[begin : begin + AT_ONCE]
            inserted = f"INSERT INTO {table} ({listed}) VALUES {', '.join([place] * len(some))}"
            values = [value for row in some for value in map(row.get, columns)]
            last = int(self.connection.execute(inserted, values).lastrowid or 0)
            first = first or last - len(some) + 1
        if rows:
            self.touched += len(rows)
            self.trail.inserted(table, first)
        return first

    def insert_from(self, table: str, columns: Mapping[str, str], rows: str, parameters: Mapping[str, Value]) -> int:
        """Write new rows by one statement, and return the rowid of the first, 0 if there is none; the others follow it.

        `columns` are the columns with their values in SQL, `rows` is where they come from, from its FROM on. As with
        `insert_many`, the register gives the ids.
        """
        listed, values = ", ".join((*columns, "change_id")), ", ".join((*columns.values(), str(self.number)))
        inserted = f"INSERT INTO {self._known(table)} ({listed}) SELECT {values} {rows}"
        cursor = self.connection.execute(inserted, parameters)
        if not cursor.rowcount:
            return 0
        first = int(cursor.lastrowid or 0) - cursor.rowcount + 1
        self.touched += cursor.rowcount
        self.trail.inserted(table, first)
        return first

    def update(self, table: str, key: Key, values: Mapping[str, Value]) -> None:
        """Write `values` over the row of `key`; the version they replace is kept by the register."""
        self.touched += 1
        self.trail.rewrote(table, key)
        self._table(table).update(key, {**values, "change_id": self.number})

    def remove(self, table: str, key: Key) -> None:
        """Remove the row of `key`; its last version is kept by the register."""
        self.touched += 1
        self.trail.rewrote(table, key)
        self._table(table).delete(key)

    def take_row_away(self, table: Versioned, key: Sequence[Key]) -> None:
        """Remove the row of a whole primary key."""
        self._rewrites(table, key)
        self.connection.execute(f"DELETE FROM {table.name} WHERE {table.by_key}", key)

    def write_row_back(self, table: Versioned, key: Sequence[Key], row: Mapping[str, Value]) -> None:
        """Write values, such as those of an earlier version, over the row of a whole primary key."""
        self._rewrites(table, key)
        row = {**row, "change_id": self.number}
        columns = ", ".join(f"{column} = ?" for column in row)
        self.connection.execute(f"UPDATE {table.name} SET {columns} WHERE {table.by_key}", (*row.values(), *key))

    def bring_row_back(self, table: Versioned, row: Mapping[str, Value]) -> None:
        """Write a row that was removed again, under its own key, for an undo."""
        row = {**row, "change_id": self.number}
        self._rewrites(table, [row[column] or "" for column in table.key])
        self._insert(table.name, row)

    def wrote_anywhere(self, table: str, rows: int) -> None:
        """Note that an action wrote `rows` rows of a table by its own SQL, so that the digest finds them."""
        self.touched += rows
        self.trail.anywhere(table)

    def _insert(self, table: str, row: Mapping[str, Value]) -> int:
        # sqlite-utils asks for the names of all tables, and again for the columns, with each row.
        places = ", ".join("?" for _column in row)
        inserted = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"
        return int(self.connection.execute(inserted, tuple(row.values())).lastrowid or 0)

    def _table(self, name: str) -> "Table":
        return self.database.table(self._known(name))

    def _known(self, name: str) -> str:
        # A row of any other table would have no versions and no place in the digest.
        if name not in self.tables:
            raise NoSuchTable(name)
        return name

    def _rewrites(self, table: Versioned, key: Sequence[Key]) -> None:
        self.touched += 1
        self.trail.rewrote(table.name, key[0])


@contextmanager
def changing(connection: sqlite3.Connection, author: Author, *, corrects_clock: bool = False) -> Iterator[Change]:
    """Run the block as one change: committed with its log row at the end, rolled back whole if anything is raised.

    An upgrade of an older register that is under way is part of it, and is committed or rolled back with it. A block
    that writes nothing leaves no log row. A broken constraint is raised as the refusal that explains it. Where
    the machine's clock stands before the last change, only what `corrects_clock` is let in.
    """
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE")
    try:
        if not corrects_clock:
            clock.refuse_behind(connection)
        change = begun(connection, author, as_the_clock_says=corrects_clock)
        yield change
        if change.touched:
            refuse_difference(connection, change.number, change.tables, change.trail)
            reference = recorded_reference(connection, change.number)
            seal(connection, change.number, change.tables, change.trail, reference)
            _commit(connection, change.number)
        else:
            connection.rollback()
    except sqlite3.IntegrityError as error:
        connection.rollback()
        raise refusal(error) from error
    except BaseException:
        connection.rollback()
        raise
    if change.touched:
        author.hear(change.number)


def _commit(connection: sqlite3.Connection, number: int) -> None:
    """Commit a sealed change. Raises RecordedInDoubt where SQLite reports a failure although it is on record."""
    digest = connection.execute(DIGEST, (number,)).fetchone()
    try:
        connection.commit()
    except sqlite3.OperationalError as error:
        connection.rollback()
        # The journal is gone by then where only syncing the folder, or giving up the lock, has failed.
        if connection.execute(DIGEST, (number,)).fetchone() == digest:
            raise RecordedInDoubt(number=number, fault=error.sqlite_errorname) from error
        raise


def begun(connection: sqlite3.Connection, author: Author, *, as_the_clock_says: bool = False) -> Change:
    """Return a change with its row in the log, inside the transaction that the caller has begun and will seal.

    `as_the_clock_says` lets it be recorded at a moment before the last change.
    """
    number = _log(connection, author, as_the_clock_says=as_the_clock_says)
    return Change(number, connection, wrapped(connection), Tables(connection))


def wrapped(connection: sqlite3.Connection) -> "Database":
    """Return our connection as sqlite-utils takes it: no plug-ins of others, triggers as SQLite has them."""
    from sqlite_utils import Database

    return Database(connection, execute_plugins=False, recursive_triggers=True)


def _log(connection: sqlite3.Connection, author: Author, *, as_the_clock_says: bool) -> int:
    cursor = connection.execute(
        "INSERT INTO change (at, officer, host, command, reason) VALUES (?, ?, ?, ?, ?)",
        (
            clock.written(_moment(connection, as_the_clock_says=as_the_clock_says)),
            author.officer,
            author.host,
            author.command,
            author.reason,
        ),
    )
    return int(cursor.lastrowid or 0)


def _moment(connection: sqlite3.Connection, *, as_the_clock_says: bool) -> datetime:
    # Two changes never share a moment, and a clock set back never puts a change before an earlier one:
    # "what was known at WHEN" must name one state of the register.
    now, last = clock.now(), clock.last_change(connection)
    if last is None or (as_the_clock_says and clock.later_than_now(connection)):
        return now
    return max(now, last.at + timedelta(milliseconds=1))
