"""Changes of the log: who, when, why, and each field before and after."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timpora_cli.language import _
from timpora_cli.model.log import ChangeMade, FieldChange, RowChange, RowKey, Whose
from timpora_cli.render.answer import Answer, Column, Kind, Table
from timpora_cli.render.text import office_time

SECRET = {"passport": "number", "permit": "number", "resident": "niora"}


class Line(NamedTuple):
    """One field that a change changed, with its row; without them, a change or a row that changed no field.

    `at` is the time of the change, as the office's clock shows it; where that was corrected, `recorded` is what the log
    has. `person` is whose the row is.
    """

    change: ChangeMade
    at: str
    row: RowChange | None = None
    field: FieldChange | None = None
    person: Whose | None = None
    recorded: str | None = None

    def __repr__(self) -> str:
        return f"<Line of change {self.change.number}>"


def _is_secret(line: Line) -> bool:
    return line.row is not None and line.field is not None and SECRET.get(line.row.table) == line.field.name


TABLE: Column[Line] = Column("table", "Record", lambda line: line.row.table if line.row else None)
KEY: Column[Line] = Column(
    "key", "Id", lambda line: " ".join(str(part) for part in line.row.key) if line.row else None, Kind.REFERENCE
)
FIELD: Column[Line] = Column("field", "Field", lambda line: line.field.name if line.field else None)
HISTORY: Table[Line] = Table(
    (
        Column("change", "Change", lambda line: line.change.number, Kind.ID, always=True),
        Column(
            "at",
            "When",
            lambda line: line.at,
            always=True,
            says="the office's own time, as in 2020-09-17 08:30:00.000+07:00",
        ),
        Column(
            "recorded_at",
            "Recorded as",
            lambda line: line.recorded,
            rank=3,
            says="what a wrong clock had said, where timpora clock correct put another moment in its place",
        ),
        Column("officer", "Officer", lambda line: line.change.officer, always=True),
        Column("host", "Host", lambda line: line.change.host, rank=3, always=True),
        Column("command", "Command", lambda line: line.change.command, rank=2, always=True),
        Column("reason", "Why", lambda line: line.change.reason, rank=2),
        TABLE,
        KEY,
        Column(
            "did",
            "Did",
            lambda line: line.row.did if line.row else "nothing",
            Kind.WORD,
            always=True,
            codes=("added", "changed", "removed", "nothing"),
        ),
        FIELD,
        Column(
            "before", "Before", lambda line: line.field.before if line.field else None, Kind.VALUE, secret=_is_secret
        ),
        Column("after", "After", lambda line: line.field.after if line.field else None, Kind.VALUE, secret=_is_secret),
    )
)


def _taking_back(after: str) -> Table[Line]:
    """Return the table of a change to be taken back: each field as it is, and as it would be `after` that."""
    return Table(
        (
            TABLE,
            KEY,
            Column("person", "Person", lambda line: f"{line.person.name} ({line.person.id})" if line.person else None),
            FIELD,
            Column("now", "Now", lambda line: line.field.after if line.field else None, Kind.VALUE),
            Column("then", after, lambda line: line.field.before if line.field else None, Kind.VALUE),
        )
    )


UNDO = _taking_back("After undo")
REDO = _taking_back("After redo")
# Which changes are taken back is the register's own book-keeping, and is said in a sentence.
UNSEEN = "undone"


def history(changes: Sequence[ChangeMade], zone: str) -> Answer[Line]:
    """Return a list with a line for each field that a change changed; times are the office's own, in `zone`."""
    office = ZoneInfo(zone)
    lines = (line for change in changes for line in _lines(change, office_time(change.at, office)))
    return HISTORY.of([line._replace(recorded=_recorded(line.change, office)) for line in lines])


def _recorded(change: ChangeMade, office: ZoneInfo) -> str | None:
    return None if change.recorded_at is None else office_time(change.recorded_at, office)


def taken_back(change: ChangeMade, people: Mapping[RowKey, Whose], table: Table[Line]) -> Answer[Line]:
    """Return what taking back the change does (`table` is UNDO or REDO): each field as it is, and as it would be."""
    return table.of(
        [
            line._replace(person=people.get((line.row.table, line.row.key)))
            for line in _lines(change, "")
            if line.row is not None and line.row.table != UNSEEN and line.field is not None
        ]
    )


def who_and_when(change: ChangeMade, zone: str) -> str:
    """Return who made a change, where, when by the office's clock in `zone`, with which command, and why."""
    sentence = _("Change {number}, by {officer} on {host}, {at}: {command}")
    said = sentence.format(
        number=change.number,
        officer=change.officer,
        host=change.host,
        at=office_time(change.at, ZoneInfo(zone)),
        command=change.command,
    )
    return said if change.reason is None else f"{said} ({change.reason})"


def _lines(change: ChangeMade, at: str) -> Iterator[Line]:
    if not change.rows:
        yield Line(change, at)
    for row in change.rows:
        if not row.fields:  # written again with what it held: a correction that corrected nothing
            yield Line(change, at, row)
        for field in row.fields:
            yield Line(change, at, row, field)
