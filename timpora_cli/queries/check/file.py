"""What is wrong with the register's file itself."""

import shlex
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

from timpora_cli.files import all_may
from timpora_cli.language import _
from timpora_cli.model.log import Concern
from timpora_cli.queries.check.found import NOBODY, Accepted

FILE = "SELECT file FROM pragma_database_list WHERE name = 'main'"


def open_to_all(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield that everybody on this machine may read the register, where its mode says so."""
    (named,) = connection.execute(FILE).fetchone()
    if named and all_may(Path(named), stat.S_IROTH | stat.S_IWOTH):
        mend = f"chmod o= {shlex.quote(named)}"
        yield accepted.concern("OPEN_FILE", (), NOBODY, _("everybody may read the register"), mend, facts=(named,))
