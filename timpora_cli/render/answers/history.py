"""Changes of the log to read: who, when, why, and each field before and after."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from timpora_cli.model.log import ChangeMade
from timpora_cli.render.answer import Cell, Column, Kind, Listing
from timpora_cli.render.text import office_time

HISTORY = (
    Column("change", "Change", Kind.ID, always=True),
    Column("at", "When", always=True, says="the office's own time, as in 2020-09-17 08:30:00.000+07:00"),
    Column("officer", "Officer", always=True),
    Column("host", "Host", rank=3, always=True),
    Column("command", "Command", rank=2, always=True),
    Column("reason", "Why", rank=2),
    Column("table", "Record"),
    Column("key", "Id", Kind.REFERENCE),
    Column("did", "Did", Kind.WORD, always=True, codes=("added", "changed", "removed", "nothing")),
    Column("field", "Field"),
    Column("before", "Before", Kind.VALUE),
    Column("after", "After", Kind.VALUE),
)
UNDONE = (
    *HISTORY[6:8],
    HISTORY[9],
    Column("now", "Now", Kind.VALUE),
    Column("after_undo", "After undo", Kind.VALUE),
)
SECRET = {"passport": "number", "permit": "number", "resident": "niora"}


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
        at = office_time(change.at, zone)
        head: tuple[Cell, ...] = (change.number, at, change.officer, change.host, change.command, change.reason)
        if not change.rows:
            yield (*head, None, None, "nothing", None, None, None)
        for row in change.rows:
            key = " ".join(str(part) for part in row.key)
            if not row.fields:  # written again with what it held: a correction that corrected nothing
                yield (*head, row.table, key, row.did, None, None, None)
            for one in row.fields:
                hide = mask and SECRET.get(row.table) == one.name
                before, after = (_hidden(one.before), _hidden(one.after)) if hide else (one.before, one.after)
                yield (*head, row.table, key, row.did, one.name, before, after)


def _hidden(value: Cell) -> Cell:
    from timpora_cli.render.answer import masked

    return masked(value)
