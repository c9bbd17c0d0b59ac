"""What a command checks of a register before it shows or changes anything: the tables, rules and views, then the rows.

The schema that the migrations make is kept as text in `schema.sql`, so that a register is compared with it without
making a new one. Whether the rows are those of the history: history.py.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from timpora_cli.errors import RegisterUnusable
from timpora_cli.language import _
from timpora_cli.model.checked import CHECKED_KB, MOST_KB
from timpora_cli.model.names import whole_number

KNOWN = Path(__file__).with_name("schema.sql")
# A name that begins so hides nothing: only what SQLite itself makes under such a name is left out.
SCHEMA = """
SELECT type || ' ' || name, sql FROM main.sqlite_master
WHERE NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4', '_sqlite_migrations'))
    AND NOT (type = 'index' AND sql IS NULL AND name LIKE 'sqlite\\_autoindex\\_%' ESCAPE '\\')
"""
CHECKED = "SELECT value FROM setting WHERE key = 'checked_kb'"
ONE = "--- %s\n%s;\n\n"
EACH = r"^--- (.+)\n((?s:.+?));\n\n(?=--- |\Z)"
WORDS = r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\w+|[^\w\s]"""
HARMLESS = ("table", "view", "index")
"""What another program may add without changing an answer of ours. A trigger may change what we write."""


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


def schema_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the statement that made each table, trigger, index and view of a register, by kind and name."""
    return {name: sql or "" for name, sql in connection.execute(SCHEMA)}


def as_text(schema: Mapping[str, str]) -> str:
    """Return a schema as the text that `schema.sql` holds."""
    return "".join(map(ONE.__mod__, sorted(schema.items())))


def known() -> dict[str, str]:
    """Return how the tables, rules and views of a register of this version are meant to be, as `schema_of` does."""
    return dict(re.findall(EACH, KNOWN.read_text(encoding="utf-8"), re.MULTILINE))


def strange(connection: sqlite3.Connection) -> str | None:
    """Return what of the schema may change an answer or a row and is not as timpora made it; None where all is.

    A table, a view or an index that another program added is no fault here, unless its name is one of SQLite's own.
    """
    found = schema_of(connection)
    if as_text(found) == KNOWN.read_text(encoding="utf-8"):
        return None
    return next((said for name, said in differences(found) if not _is_harmless(name, found)), None)


def differences(found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the kind and name of each part of a schema that is not as it is meant to be, with a sentence."""
    made = known()
    for name in sorted(made.keys() | found.keys()):
        if name not in found:
            yield name, _("{name} is missing").format(name=name)
        elif name not in made:
            yield name, _("{name} is not of timpora's making").format(name=name)
        elif made[name] != found[name] and _words(made[name]) != _words(found[name]):
            yield name, _("{name} was altered").format(name=name)


def _is_harmless(name: str, found: Mapping[str, str]) -> bool:
    kind, _blank, own = name.partition(" ")
    return name in found and name not in known() and kind in HARMLESS and not own.casefold().startswith("sqlite_")


def _words(sql: str) -> list[str]:
    """Return a statement as its words and signs.

    Blanks and comments are left out: a register that an earlier version made has the same rules in another layout.
    """
    return [word for word in re.findall(WORDS, sql) if not word.startswith("--")]
