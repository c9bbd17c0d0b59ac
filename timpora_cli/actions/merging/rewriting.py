"""The rows of one life, written in the place of those of two records, and what refers to a row that goes."""

import sqlite3
from collections.abc import Mapping

from timpora_cli.actions.merging.life import Life
from timpora_cli.model.names import fold_number
from timpora_cli.queries.rows import Stored, rows
from timpora_cli.store.change import Change

REFERS = """
SELECT child.name AS refers, link."from" AS by_column, link."table" AS refers_to
FROM sqlite_schema AS child JOIN pragma_foreign_key_list(child.name) AS link
WHERE child.type = 'table' AND link."table" IN ('resident', 'permit')
    AND child.name NOT IN ('permit', 'residence', 'stay')
"""


def rewrite(change: Change, table: str, life: Life) -> None:
    """Write the rows of a life in the place of those that were there. Rows that stay as they are, are not touched.

    All others are removed first: rules between rows, such as no two permits at a time, hold at every step. Permits with
    one number must belong to one person at every step, also when an undo takes the merge back: they get new ids.
    """
    was = {row["id"]: row for row in life.was[table]}
    same = {row["id"] for row in life.rows[table] if "id" in row and was[row["id"]] == row}
    moving = {_number(row) for key, row in was.items() if key not in same and _number(row)}
    same = {key for key in same if _number(was[key]) not in moving}
    gone = [row for key, row in was.items() if key not in same]
    for row in gone:
        change.remove(table, row["id"])
    shared = {number for number in moving if sum(_number(row) == number for row in gone) > 1}
    renamed: dict[int, int] = {}
    for row in life.rows[table]:
        columns = {column: row[column] for column in change.tables[table].columns if column in row}
        if row.get("follows_id") in renamed:
            columns["follows_id"] = renamed[row["follows_id"]]
        if "id" not in row:
            change.insert(table, columns)
        elif _number(row) in shared:
            del columns["id"]
            renamed[row["id"]] = change.insert(table, columns)
        elif row["id"] not in same:
            change.bring_row_back(change.tables[table], columns)
        elif row.get("follows_id") in renamed:
            change.update(table, row["id"], {"follows_id": columns["follows_id"]})
    if renamed:
        life.twins.update(renamed)
        life.twins.update({other: renamed[own] for other, own in life.twins.items() if own in renamed})


def _number(row: Stored) -> str:
    return fold_number(row.get("number") or "")


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
