"""What is wrong with the register's file itself."""

import os
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from timpora_cli.language import _
from timpora_cli.model.log import Concern
from timpora_cli.queries.check.found import NOBODY, Accepted

FILE = "SELECT file FROM pragma_database_list WHERE name = 'main'"


def open_to_all(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield that everybody on this machine may read the register, where its mode says so."""
    (named,) = connection.execute(FILE).fetchone()
    if named and _is_for_all(Path(named)):
        mend = f"chmod o= {shlex.quote(named)}"
        yield accepted.concern("OPEN_FILE", (), NOBODY, _("everybody may read the register"), mend, facts=(named,))


def _is_for_all(path: Path) -> bool:
    """Return whether everybody may read or write a file; False on a system whose modes do not tell it."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
