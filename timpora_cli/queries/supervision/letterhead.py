"""The letterhead of a day: the office's own lines, or those that it has while it says nothing."""

import sqlite3
from datetime import date

from timpora_cli import data
from timpora_cli.queries.rows import day, rows
from timpora_cli.queries.settings import office_name

LINES = """
SELECT text FROM letterhead
WHERE valid_from = (SELECT max(valid_from) FROM letterhead WHERE valid_from <= :on)
ORDER BY position
"""
LINES_FROM = "SELECT id, text FROM letterhead WHERE valid_from = :from_day ORDER BY position"


def letterhead(connection: sqlite3.Connection, on: date) -> tuple[str, ...]:
    """Return the lines of the letterhead of the day `on`: the ministry and the office's name where there are none."""
    return own_letterhead(connection, on) or _default(connection, on)


def own_letterhead(connection: sqlite3.Connection, on: date) -> tuple[str, ...]:
    """Return the lines that the office has set for the day `on`; none where it has set none."""
    return tuple(row["text"] for row in rows(connection, LINES, {"on": on.isoformat()}))


def lines_from(connection: sqlite3.Connection, from_day: date) -> dict[int, str]:
    """Return the lines of the letterhead that begins on a day, in their order, by their ids."""
    found = rows(connection, LINES_FROM, {"from_day": from_day.isoformat()})
    return {row["id"]: row["text"] for row in found}


def _default(connection: sqlite3.Connection, on: date) -> tuple[str, ...]:
    """Return the ministry of the day, and the office's name where one is set."""
    ministries = [row for row in data.rows("letterheads.csv") if (day(row["valid_from"] or None) or date.min) <= on]
    ministry = max(ministries, key=lambda row: row["valid_from"])["text"]
    return tuple(filter(None, (ministry, office_name(connection))))
