"""What a backup is: its name, which history it holds, and how that stands to the history of the register."""

import re
from typing import Literal, NamedTuple

NAME = re.compile(r"timpora-(\d{8}T\d{6})(?:-(\d+))?\.db(\.age)?", re.ASCII)
SEALED = ".age"
FOLDER = "backups"
"""The folder beside the register that backups go to, where nobody names another."""

Relation = Literal["SAME", "NEWER", "OLDER", "APART", "OTHER"]
"""How the history of a backup stands to that of the register. SAME: the same changes. NEWER: all of the register's, and
later ones. OLDER: the register's, without its last. APART: the two begin alike and then differ. OTHER: it is of another
register."""


def name_of(stamp: str, number: int, *, sealed: bool) -> str:
    """Return the name of a backup made at the moment `stamp` (20200917T100000); `number` tells those of one second."""
    again = f"-{number}" if number else ""
    return f"timpora-{stamp}{again}.db{SEALED if sealed else ''}"


def place_of(name: str) -> tuple[str, int] | None:
    """Return what puts the backup of this name in order among others; None where it is no name of a backup."""
    found = NAME.fullmatch(name)
    return None if found is None else (found[1], int(found[2] or 0))


class Held(NamedTuple):
    """Which history a register holds: the digest of its first change, and the last one with its digest, the head.

    `at` is UTC, as it is stored. `people` are the residents on record.
    """

    origin: str | None
    change: int
    at: str | None
    head: str | None
    people: int


class Backup(NamedTuple):
    """One backup as it is remembered: its file with its SHA-256, when it was made (UTC), and which history it holds.

    `origin` is the digest of its first change, `change` the last one, with its digest `head`.
    """

    file: str
    at: str
    change: int
    head: str | None
    origin: str | None
    sha256: str


class Drill(NamedTuple):
    """A drill that was passed: of which file, and when (UTC)."""

    file: str
    at: str


class Remembered(NamedTuple):
    """What is remembered of the backups of a register: those made, the earliest first, and the last drill passed."""

    backups: tuple[Backup, ...] = ()
    drill: Drill | None = None

    @property
    def last(self) -> Backup | None:
        """The backup that was made last, or None."""
        return max(self.backups, key=lambda one: one.at, default=None)


class Made(NamedTuple):
    """What a backup did: the new file, the history in it, its size in bytes, and the files that were pruned."""

    file: str
    held: Held
    size: int
    pruned: tuple[str, ...]


class Compared(NamedTuple):
    """One thing that a drill asked both files: what it is, and how many of it there are in the backup."""

    what: str
    number: int


class Drilled(NamedTuple):
    """A drill that was passed: the file, the history in it, and what was the same as in the register."""

    file: str
    held: Held
    compared: tuple[Compared, ...]


class Restored(NamedTuple):
    """What a restore did: the file, the history that the register holds now, and that which it held before, if known.

    `kept` is the file that holds the register as it was before; None where there was none.
    """

    file: str
    held: Held
    before: Held | None
    relation: Relation | None
    kept: str | None
