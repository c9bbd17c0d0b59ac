"""Versions of rows: what a change replaces or removes moves to a second table, with the number of that change.

Each table of facts has such a table, named `<table>_version`. It and its two triggers are made here from the columns of
the table of facts. Triggers move the rows, so that a change by any other program is kept too. An insert costs nothing
extra: each row carries the number of the change that wrote it.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
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

MAKE = "CREATE TABLE {table}_version ({columns}, until_change INTEGER NOT NULL) STRICT"
MAKE_INDEX = "CREATE INDEX {table}_version_by_key ON {table}_version ({key})"
ADD_COLUMN = "ALTER TABLE {table}_version ADD COLUMN {column}"
TRIGGERS_OF = "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
DROP_TRIGGER = "DROP TRIGGER IF EXISTS {table}_keeps_what_was_{name}"
MAKE_TRIGGER = """
CREATE TRIGGER {table}_keeps_what_was_{name} AFTER {event} ON {table}
BEGIN
    INSERT INTO {table}_version ({columns}, until_change) VALUES ({old}, {until});
END
"""
# The event, the end of the trigger's name, and the change that the version lasted until.
TRIGGERS = (
    ("UPDATE", "changed", "NEW.change_id"),
    ("DELETE", "removed", "(SELECT max(id) FROM change)"),
)


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
            table = _described(name, self._connection.execute(COLUMNS, (name,)).fetchall())
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
        _described(name, [column for _name, *column in columns])
        for name, columns in groupby(connection.execute(KEPT).fetchall(), key=itemgetter(0))
    ]
    # Tables of other programs may have any name: ours are those whose rows name the change that wrote them.
    return [table for table in tables if "change_id" in table.columns]


def keep_versions(connection: sqlite3.Connection, table: str) -> None:
    """Make the version table and the triggers of `table`, or bring them up to date with its columns.

    The table has a primary key and a column change_id. A column that was added to it later is added to the version
    table too, at its end, so a statement that writes versions must always name the columns.
    """
    columns = connection.execute(COLUMNS, (table,)).fetchall()
    here, types = _described(table, columns), {column: kind for column, kind, _place in columns}
    if kept := {column for column, _kind, _place in connection.execute(COLUMNS, (here.versions,))}:
        for column in (column for column in types if column not in kept):
            connection.execute(ADD_COLUMN.format(table=table, column=f"{column} {types[column]}"))
    else:
        listed = ", ".join(f"{column} {kind}" for column, kind in types.items())
        connection.execute(MAKE.format(table=table, columns=listed))
        connection.execute(MAKE_INDEX.format(table=table, key=", ".join(here.key)))
    old = ", ".join(f"OLD.{column}" for column in here.columns)
    there = dict(connection.execute(TRIGGERS_OF, (table,)))
    for event, name, until in TRIGGERS:
        made = MAKE_TRIGGER.format(table=table, name=name, event=event, columns=here.listed, old=old, until=until)
        if there.get(f"{table}_keeps_what_was_{name}") != made.strip():
            connection.execute(DROP_TRIGGER.format(table=table, name=name))
            connection.execute(made)


def _described(table: str, columns: Sequence[Sequence[Any]]) -> Versioned:
    keyed = sorted((place, column) for column, _kind, place in columns if place)
    return Versioned(table, tuple(column for column, *_rest in columns), tuple(column for _place, column in keyed))
