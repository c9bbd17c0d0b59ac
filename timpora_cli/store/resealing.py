"""Sealing changes anew, after a purge has written rows over in place (manual: personal-data)."""

import sqlite3
from typing import NamedTuple

from timpora_cli.store.facts import Sums, all_sums, chained

LOG = """
SELECT id, at, officer, host, command, reason, reference_digest, digest FROM change WHERE id < ? ORDER BY id
"""
SEAL = "UPDATE change SET digest = ? WHERE id = ?"


class Sealed(NamedTuple):
    """A change with the digest that it had, and the one that fits what its rows hold now."""

    number: int
    before: str | None
    now: str


def not_fitting(connection: sqlite3.Connection, before: int) -> list[Sealed]:
    """Return the changes with a lower number than `before` whose digest does not fit what they say and wrote.

    Where one does not fit, none of the later ones does. Where nothing was altered, the list is empty.
    """
    sums, digest, found = all_sums(connection), None, []
    for *said, reference, had in connection.execute(LOG, (before,)).fetchall():
        digest = chained(digest, said, reference, sums.get(said[0], Sums()))
        if digest != had:
            found.append(Sealed(said[0], had, digest))
    return found


def reseal(connection: sqlite3.Connection, before: int) -> list[Sealed]:
    """Seal the changes with a lower number than `before` for what their rows hold now; return those that changed."""
    found = not_fitting(connection, before)
    connection.executemany(SEAL, [(one.now, one.number) for one in found])
    return found
