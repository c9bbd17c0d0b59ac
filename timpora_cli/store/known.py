"""What the register knew at an earlier moment: temporary tables with the same names, which queries read instead.

A row version was known from the change that wrote it up to the change that replaced or removed it. The public views
are made again over these tables, so that no query is written twice. Nothing is written to any file.
"""

import re
import sqlite3

from timpora_cli.store.versions import Versioned, versioned_tables

LAST_CHANGE = "SELECT coalesce(max(id), 0) FROM change WHERE at <= ?"
NEWER = "SELECT EXISTS (SELECT 1 FROM change WHERE id > ?)"
PUBLIC_VIEWS = "SELECT sql FROM main.sqlite_master WHERE type = 'view' ORDER BY rowid"
INDEXES = "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
# The rows are copied, so that they can have indexes: of a view, every query would read all rows.
AS_KNOWN = """
CREATE TEMP TABLE {table} AS
SELECT {columns} FROM main.{table} WHERE change_id <= {change}
UNION ALL
SELECT {columns} FROM main.{table}_version WHERE change_id <= {change} AND until_change > {change}
"""
BY_KEY = "CREATE INDEX temp.{table}_by_key ON {table} ({key})"
# Before stays were recorded, a resident's row had the one arrival and departure that was known, for all days alike.
# What was printed then is printed so again.
BEFORE_STAYS = """
INSERT INTO temp.stay (resident_id, arrived, departed, departed_how, change_id)
SELECT id, arrived, departed, departed_how, change_id FROM temp.resident
WHERE NOT EXISTS (SELECT 1 FROM temp.stay WHERE stay.resident_id = resident.id)
"""
LOG_AS_KNOWN = "CREATE TEMP VIEW change AS SELECT * FROM main.change WHERE id <= {change}"


def look_back(connection: sqlite3.Connection, moment: str) -> int:
    """Let every later query of `connection` read the rows as they stood at `moment` (UTC, as in `change.at`).

    Returns the number of the last change that was known by then; 0 where there was none.
    """
    (change,) = connection.execute(LAST_CHANGE, (moment,)).fetchone()
    if connection.execute(NEWER, (change,)).fetchone() == (1,):
        connection.execute("PRAGMA temp_store = MEMORY")
        for table in versioned_tables(connection):
            _stand_before(connection, table, int(change))
        connection.execute(BEFORE_STAYS)
        connection.execute(LOG_AS_KNOWN.format(change=int(change)))
        for (statement,) in connection.execute(PUBLIC_VIEWS).fetchall():
            connection.execute(statement.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
    return int(change)


def _stand_before(connection: sqlite3.Connection, table: Versioned, change: int) -> None:
    connection.execute(AS_KNOWN.format(table=table.name, columns=table.listed, change=change))
    connection.execute(BY_KEY.format(table=table.name, key=", ".join(table.key)))
    for (statement,) in connection.execute(INDEXES, (table.name,)).fetchall():
        connection.execute(re.sub(r"^CREATE (UNIQUE )?INDEX ", "CREATE INDEX temp.", statement))
