"""Which tables the register keeps versions of, with their columns and keys, as the file itself says."""

import sqlite3
from dataclasses import dataclass

VERSION = "_version"
# Another program's tables may be named as it likes: ours are those whose rows name the change that wrote them.
VERSIONED = """
WITH kept (name, made) AS (
    SELECT substr(name, 1, length(name) - length('_version')), rowid
    FROM main.sqlite_master
    WHERE type = 'table' AND name LIKE '%\\_version' ESCAPE '\\'
)
SELECT name FROM kept
WHERE EXISTS (SELECT 1 FROM pragma_table_info(kept.name, 'main') AS here WHERE here.name = 'change_id')
ORDER BY made
"""
COLUMNS = "SELECT name, pk FROM pragma_table_info(?, 'main') ORDER BY cid"


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


def versioned_tables(connection: sqlite3.Connection) -> list[Versioned]:
    """Return the tables of facts, in the order in which they were made (a table stands after what it refers to)."""
    return [_described(connection, name) for (name,) in connection.execute(VERSIONED).fetchall()]


def _described(connection: sqlite3.Connection, name: str) -> Versioned:
    described = connection.execute(COLUMNS, (name,)).fetchall()
    keyed = sorted((place, column) for column, place in described if place)
    return Versioned(name, tuple(column for column, _place in described), tuple(column for _place, column in keyed))
