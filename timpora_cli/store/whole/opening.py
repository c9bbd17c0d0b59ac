"""What a command that shows or changes people checks of a register before it does so."""

import sqlite3
from pathlib import Path

from timpora_cli.errors import RegisterUnusable
from timpora_cli.model.checked import CHECKED_KB, MOST_KB
from timpora_cli.model.names import whole_number
from timpora_cli.store.whole.schema import strange

CHECKED = "SELECT value FROM setting WHERE key = 'checked_kb'"


class AlteredRegister(RegisterUnusable):
    """The register {path} is not as timpora left it: {fault}. Nothing was shown or changed.
    See all of it with: timpora verify. Put back the last good copy with: timpora restore FILE
    """


def refuse_altered_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise AlteredRegister where the tables, rules or views of the register at `path` are not timpora's."""
    fault = strange(connection)
    if fault is not None:
        raise AlteredRegister(path=path, fault=fault)


def refuse_altered_rows(connection: sqlite3.Connection, path: Path) -> None:
    """Raise AlteredRegister where rows of the register at `path` are not those of its history, or its file is damaged.

    All is looked at, so a row that is missing is found too. Of a file over the size of the setting, nothing is.
    """
    if not _is_small(connection):
        return
    from timpora_cli.store.whole.history import fault, read_any_text

    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if said == "ok":
        read_any_text(connection)
        _number, said = fault(connection)
        connection.text_factory = str
    if said is not None:
        raise AlteredRegister(path=path, fault=said)


def _is_small(connection: sqlite3.Connection) -> bool:
    row = connection.execute(CHECKED).fetchone()
    known = None if row is None else whole_number(row[0], MOST_KB)
    most = CHECKED_KB if known is None else known
    return bool(most) and _size(connection) <= most * 1000


def _size(connection: sqlite3.Connection) -> int:
    ((pages,), (bytes_,)) = (connection.execute(f"PRAGMA page_{one}").fetchone() for one in ("count", "size"))
    return int(pages) * int(bytes_)
