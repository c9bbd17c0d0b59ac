"""Changes of the log to read: who, when, why, and each field before and after."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from timpora_cli.language import _
from timpora_cli.model.log import ChangeMade
from timpora_cli.render.listing import Cell, Column, Kind, Listing

HISTORY = (
    Column("change", "Change", Kind.ID),
    Column("at", "When"),
    Column("officer", "Officer"),
    Column("host", "Host", rank=3),
    Column("command", "Command", rank=2),
    Column("reason", "Why", rank=2),
    Column("table", "Record"),
    Column("key", "Id", Kind.ID),
    Column("did", "Did", Kind.WORD),
    Column("field", "Field"),
    Column("before", "Before"),
    Column("after", "After"),
)
UNDONE = (*HISTORY[6:8], HISTORY[9], Column("now", "Now"), Column("after_undo", "After undo"))
SECRET = {"passport": "number", "permit": "number"}


def history(changes: Sequence[ChangeMade], zone: str, mask: bool) -> Listing:
    """Return a list with a row for each field that a change changed; times are the office's own, in `zone`.

    With `mask`, passport and permit numbers are hidden but their last three characters.
    """
    return Listing(HISTORY, list(_rows(changes, ZoneInfo(zone), mask)))


def taken_back(change: ChangeMade) -> Listing:
    """Return what an undo of the change does: each field as it is, and as it would be again."""
    rows: list[tuple[Cell, ...]] = [
        (row.table, " ".join(str(part) for part in row.key), one.name, one.after, one.before)
        for row in change.rows
        for one in row.fields
    ]
    return Listing(UNDONE, rows)


def _rows(changes: Sequence[ChangeMade], zone: ZoneInfo, mask: bool) -> Iterator[tuple[Cell, ...]]:
    for change in changes:
        at = datetime.fromisoformat(change.at).astimezone(zone).isoformat(sep=" ", timespec="milliseconds")
        head: tuple[Cell, ...] = (change.number, at, change.officer, change.host, change.command, change.reason)
        if not change.rows:
            yield (*head, None, None, _("nothing"), None, None, None)
        for row in change.rows:
            key = " ".join(str(part) for part in row.key)
            if not row.fields:  # written again with what it held: a correction that corrected nothing
                yield (*head, row.table, key, row.did, None, None, None)
            for one in row.fields:
                hide = mask and SECRET.get(row.table) == one.name
                before, after = (_hidden(one.before), _hidden(one.after)) if hide else (one.before, one.after)
                yield (*head, row.table, key, row.did, one.name, before, after)


def _hidden(value: Cell) -> Cell:
    from timpora_cli.render.listing import masked

    return masked(value)
