"""The rows of one life, written in the place of those of two records, and what refers to a row that goes."""

import sqlite3
from collections.abc import Mapping

from timpora_cli.actions.merging.life import Life
from timpora_cli.queries.rows import rows
from timpora_cli.store.change import Change

REFERS = """
SELECT child.name AS refers, link."from" AS by_column, link."table" AS refers_to
FROM sqlite_schema AS child JOIN pragma_foreign_key_list(child.name) AS link
WHERE child.type = 'table' AND link."table" IN ('resident', 'permit')
    AND child.name NOT IN ('permit', 'residence', 'stay')
"""


def rewrite(change: Change, table: str, life: Life) -> None:
    """Write the rows of a life in the place of those that were there. Rows that stay as they are, are not touched.

    All others are removed first, then written oldest first, under their own ids: rules between rows, such as no two
    permits at a time, hold at every step.
    """
    was = {row["id"]: row for row in life.was[table]}
    same = {row["id"] for row in life.rows[table] if "id" in row and was[row["id"]] == row}
    for key in was.keys() - same:
        change.remove(table, key)
    for row in life.rows[table]:
        columns = {column: row[column] for column in change.tables[table].columns if column in row}
        if "id" not in row:
            change.insert(table, columns)
        elif row["id"] not in same:
            change.bring_row_back(change.tables[table], columns)


def refer_elsewhere(change: Change, becomes: Mapping[str, Mapping[int, int]]) -> None:
    """Let every row of another table that refers to a row that goes refer to the one that takes its place."""
    for link in list(rows(change.connection, REFERS)):
        table, column = link["refers"], link["by_column"]
        for old, new in becomes[link["refers_to"]].items():
            found = change.connection.execute(f"SELECT rowid FROM {table} WHERE {column} = ?", (old,)).fetchall()
            for (key,) in found if table in change.tables else ():
                try:
                    change.update(table, key, {column: new})
                except sqlite3.IntegrityError as error:
                    if error.sqlite_errorname != "SQLITE_CONSTRAINT_UNIQUE" or link["refers_to"] == "resident":
                        raise
                    change.remove(table, key)  # the row that stays has the same
