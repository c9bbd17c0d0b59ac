"""A copy of the register that is consistent while others write, compact, and complete before it has a name.

The copy is taken at one moment, while nobody can write; it is compacted afterwards, when others may go on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from timpora_cli.errors import TimporaError
from timpora_cli.files import scratch_in
from timpora_cli.model.backups import Held

HELD = """
SELECT first.digest, last.id, last.at, last.digest, (SELECT count(*) FROM resident)
FROM (SELECT digest FROM change ORDER BY id LIMIT 1) AS first, (SELECT * FROM change ORDER BY id DESC LIMIT 1) AS last
"""
DIGEST_OF = "SELECT digest FROM change WHERE id = ?"
LAST_NUMBER = "SELECT coalesce(max(id), 0) FROM change"
OF_OFFICERS = "SELECT count(*) FROM change WHERE id > ? AND command NOT LIKE 'upgrade %'"
# What SQLite says where the copy cannot be written; anything else is a failure of the register that is copied.
OF_THE_COPY = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")
OF_THE_SOURCE = ("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ")


class NoBackup(TimporaError):
    """No backup was made in {folder}: {reason}. The register and earlier backups are as they were."""


def held(connection: sqlite3.Connection) -> Held:
    """Return which history a register of this version holds."""
    row = connection.execute(HELD).fetchone()
    return Held(None, 0, None, None, 0) if row is None else Held(*row)


def digest_of(connection: sqlite3.Connection, change: int) -> str | None:
    """Return the digest of a change; None where there is no such change."""
    row = connection.execute(DIGEST_OF, (change,)).fetchone()
    return None if row is None else str(row[0])


def last_number(connection: sqlite3.Connection) -> int:
    """Return the number of the last change, in a register of any version."""
    (number,) = connection.execute(LAST_NUMBER).fetchone()
    return int(number)


def changes_of_officers(connection: sqlite3.Connection, after: int) -> int:
    """Return how many changes after the one of this number are not the program's own upgrades."""
    (number,) = connection.execute(OF_OFFICERS, (after,)).fetchone()
    return int(number)


@contextmanager
def compact(source: Path, folder: Path) -> Iterator[Path]:
    """Give a file in `folder` (mode 0600) with the register at `source`, which nobody is writing to, made compact.

    It is removed at the end of the block where it is still there. Raises NoBackup.
    """
    with scratch_in(folder) as scratch:
        with copy_faults_named(folder), closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(scratch),))
        yield scratch


def copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy what `source` reads, as of one moment, into an empty file or memory that nobody else knows of."""
    # The copy is written once, and synced before it is put anywhere; no journal is needed for it.
    target.execute("PRAGMA journal_mode = OFF")
    target.execute("PRAGMA synchronous = OFF")
    source.backup(target)


@contextmanager
def copy_faults_named(folder: Path) -> Iterator[None]:
    """Turn what SQLite says of a copy in `folder` that cannot be written into NoBackup; other errors stay as they are.

    An OSError of the block becomes NoBackup too.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorname", "")
        if not code.startswith(OF_THE_COPY) or code.startswith(OF_THE_SOURCE):
            raise
        raise NoBackup(folder=folder, reason=error) from error
    except OSError as error:
        raise NoBackup(folder=folder, reason=error.strerror or error) from error
