"""Registers of version 1 and 2 from before the first migration had its last form.

Until version 3 was finished, columns were still added in 0001_register.sql itself: the way of departure, the district
of a residence without a village, the change that wrote a province or a regency. A register made before that is laid out
anew when it is upgraded. Its rows stay as they are; what it could not hold is empty.
"""

import sqlite3
from collections.abc import Callable

from timpora_cli.store.connect import STEPS
from timpora_cli.store.facts import REFERENCE, VERSION

TABLES = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
IS_DRAFT = "SELECT NOT EXISTS (SELECT 1 FROM pragma_table_info('province') WHERE name = 'change_id')"
TRIGGERS = "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'"
COLUMNS = "SELECT name FROM pragma_table_info(?, ?) ORDER BY cid"
KEEP = "CREATE TEMP TABLE kept_{table} AS SELECT * FROM main.{table}"
PUT_BACK = "INSERT INTO main.{table} ({columns}) SELECT {values} FROM temp.kept_{table}"
FIRST_CHANGE = "(SELECT min(id) FROM temp.kept_change)"


def is_draft(connection: sqlite3.Connection) -> bool:
    """Return whether a register of version 1 or 2 was made before 0001_register.sql had its last form."""
    (draft,) = connection.execute(IS_DRAFT).fetchone()
    return bool(draft)


def lay_out_anew(connection: sqlite3.Connection, make_tables: Callable[[], None]) -> None:
    """Put the rows into tables that `make_tables` makes, inside the transaction that the upgrade has begun."""
    ours = {"change", *REFERENCE, *STEPS["0002_versions"]}
    tables = [name for (name,) in connection.execute(TABLES).fetchall() if name.removesuffix(VERSION) in ours]
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in ("sqlite_sequence", *tables):
        connection.execute(KEEP.format(table=table))
    for table in tables:
        connection.execute(f"DROP TABLE main.{table}")
    make_tables()
    triggers = connection.execute(TRIGGERS).fetchall()
    for name, _statement in triggers:  # the rows keep these rules already, in whatever order they come
        connection.execute(f"DROP TRIGGER {name}")
    for table in tables:
        _put_back(connection, table)
    connection.execute("DELETE FROM main.sqlite_sequence")
    _put_back(connection, "sqlite_sequence")
    for table in ("sqlite_sequence", *tables):
        connection.execute(f"DROP TABLE temp.kept_{table}")
    for _name, statement in triggers:
        connection.execute(statement)


def _put_back(connection: sqlite3.Connection, table: str) -> None:
    """Copy the rows that were kept; a column that they did not have is empty, but each row names a change."""
    kept = {name for (name,) in connection.execute(COLUMNS, (f"kept_{table}", "temp"))}
    values = {
        name: name if name in kept else FIRST_CHANGE if name == "change_id" else "NULL"
        for (name,) in connection.execute(COLUMNS, (table, "main"))
    }
    connection.execute(PUT_BACK.format(table=table, columns=", ".join(values), values=", ".join(values.values())))
