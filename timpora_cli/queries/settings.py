"""The office's own settings."""

import sqlite3

from timpora_cli.model.rules import DEFAULT_WINDOW_DAYS
from timpora_cli.store.clock import DEFAULT_TIME_ZONE

SETTING = "SELECT value FROM setting WHERE key = ?"


def time_zone(connection: sqlite3.Connection) -> str:
    """Return the office's time zone, as in Asia/Jakarta."""
    row = connection.execute(SETTING, ("time_zone",)).fetchone()
    return str(row[0]) if row else DEFAULT_TIME_ZONE


def default_window(connection: sqlite3.Connection) -> str:
    """Return how far an expiry list reaches when nobody says otherwise, as in 30d."""
    row = connection.execute(SETTING, ("default_window",)).fetchone()
    return str(row[0]) if row else f"{DEFAULT_WINDOW_DAYS}d"
