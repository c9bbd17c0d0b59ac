"""Which column of a sheet is which field, as an officer has said it once, for sheets with the same header row."""

import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import sha256

from timpora_cli.language import _
from timpora_cli.sheets.naming import fold_header
from timpora_cli.store.change import Change

REMEMBERED = "SELECT column_named, field, change_id FROM remembered_mapping WHERE header_row = ? ORDER BY rowid"
DAY_OF_CHANGE = "SELECT substr(at, 1, 10) FROM change WHERE id = ?"
TABLE = "remembered_mapping"


def mapping_of(
    connection: sqlite3.Connection, header: Sequence[str], given: Mapping[str, str]
) -> tuple[Mapping[str, str], str | None]:
    """Return the mapping that is given, else the one that is kept for a header row; and what is said of its use."""
    return (given, None) if given else remembered(connection, header)


def remembered(connection: sqlite3.Connection, header: Sequence[str]) -> tuple[dict[str, str], str | None]:
    """Return the mapping that is kept for sheets with this header row, and what is said of its use; {} if none is."""
    rows = connection.execute(REMEMBERED, (_digest(header),)).fetchall()
    if not rows:
        return {}, None
    number = rows[0][2]
    (day,) = connection.execute(DAY_OF_CHANGE, (number,)).fetchone()
    mapping = {column: field for column, field, _change in rows}
    sentence = _("Columns are read as change {number} of {day} keeps it for this header row: {mapping}. Else: --map")
    listed = ", ".join(f"{column}={field}" for column, field in mapping.items())
    return mapping, sentence.format(number=number, day=day, mapping=listed)


def remember(change: Change, header: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Keep a mapping for sheets with this header row, in place of what was kept for them."""
    row = _digest(header)
    kept, _said = remembered(change.connection, header)
    if kept == {**mapping}:
        return
    for column in kept:
        change.take_row_away(change.tables[TABLE], (row, column))
    for column, field in mapping.items():
        change.insert(TABLE, {"header_row": row, "column_named": column, "field": field})


def _digest(header: Sequence[str]) -> str:
    return sha256("\x1f".join(map(fold_header, header)).encode("utf-8", errors="surrogatepass")).hexdigest()
