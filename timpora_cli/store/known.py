"""What the register knew at an earlier moment: temporary views, named like the tables, which stand before them.

A row version was known from the change that wrote it up to the change that replaced or removed it. The public views
are made again on top, so that no query is written twice; nothing is written to the file.
"""

import sqlite3

from timpora_cli.store.tables import versioned_tables

LAST_CHANGE = "SELECT coalesce(max(id), 0) FROM change WHERE at <= ?"
PUBLIC_VIEWS = "SELECT sql FROM main.sqlite_master WHERE type = 'view' ORDER BY rowid"
AS_KNOWN = """
CREATE TEMP VIEW {table} AS
SELECT {columns} FROM main.{table} WHERE change_id <= {change}
UNION ALL
SELECT {columns} FROM main.{table}_version WHERE change_id <= {change} AND until_change > {change}
"""
LOG_AS_KNOWN = "CREATE TEMP VIEW change AS SELECT * FROM main.change WHERE id <= {change}"


def look_back(connection: sqlite3.Connection, moment: str) -> int:
    """Let every later query of `connection` read the rows as they stood at `moment` (UTC, as in `change.at`).

    Returns the number of the last change that was known by then; 0 where there was none.
    """
    (change,) = connection.execute(LAST_CHANGE, (moment,)).fetchone()
    for table in versioned_tables(connection):
        view = AS_KNOWN.format(table=table.name, columns=table.listed, change=int(change))
        connection.execute(view)
    connection.execute(LOG_AS_KNOWN.format(change=int(change)))
    for (statement,) in connection.execute(PUBLIC_VIEWS).fetchall():
        connection.execute(statement.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
    return int(change)
