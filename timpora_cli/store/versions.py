"""Versions of rows: what a change replaces or removes moves to a second table, with the number of that change.

Each table of facts (facts.py) has such a table, named `<table>_version`. It and its two triggers are made here from the
columns of the table of facts. Triggers move the rows, so that a change by any other program is kept too. An insert
costs nothing extra: each row carries the number of the change that wrote it.
"""

import sqlite3

from timpora_cli.store.facts import COLUMNS, described

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


def keep_versions(connection: sqlite3.Connection, table: str) -> None:
    """Make the version table and the triggers of `table`, or bring them up to date with its columns.

    The table has a primary key and a column change_id. A column that was added to it later is added to the version
    table too, at its end, so a statement that writes versions must always name the columns.
    """
    columns = connection.execute(COLUMNS, (table,)).fetchall()
    here, types = described(table, columns), {column: kind for column, kind, _place in columns}
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
