"""The access log: to whom the register's people were shown, and how many of them an answer shows."""

import sqlite3
from datetime import date

from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import by_state, present


def how_many(connection: sqlite3.Connection, on: date, where: Where) -> int:
    """Return how many of those who are present on the day `on` meet `where`."""
    return present(connection, on, by_state(connection, on, where)).matching
