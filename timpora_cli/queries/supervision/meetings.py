"""The meetings of the Timpora: which one a reference names, and all that is recorded of it."""

import sqlite3
from datetime import date

from timpora_cli.errors import NotFound
from timpora_cli.model.dates import NotADate, parse_date
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.model.supervision.meetings import (
    Decision,
    DecisionOnDay,
    DecisionState,
    Invited,
    Item,
    ItemKind,
    Meeting,
    MeetingListed,
    MeetingRecord,
    Present,
)
from timpora_cli.queries.rows import Stored, day, first, rows, stored_day

MEETING = """
SELECT id, level, on_day, begins_at, ends_at, place, theme, opened_by, chair, secretary, note_taker, letter_number,
    letter_on, nature, attachments, signer, signer_office, signer_number, closed_on, closed_change, no_decisions
FROM meeting
"""
MEETINGS = f"{MEETING} WHERE :level IS NULL OR level = :level ORDER BY on_day DESC, id DESC"
BY_ID_OR_DAY = f"{MEETING} WHERE id = :id OR on_day = :on_day ORDER BY on_day, id"
BEFORE_DAY = f"{MEETING} WHERE on_day < :on ORDER BY on_day DESC, id DESC LIMIT 1"
AFTER_DAY = f"{MEETING} WHERE on_day > :on ORDER BY on_day, id LIMIT 1"
# How many lines of the invitation somebody has come for, and how many came without one, each institution once.
PRESENT = """
SELECT meeting_id, count(DISTINCT coalesce(CAST(invited_id AS TEXT), 'x' || institution))
FROM meeting_present
GROUP BY 1
"""
INVITED = "SELECT meeting_id, count(*) FROM meeting_invited GROUP BY 1"
OF_MEETING = {
    "invited": "SELECT id, institution, office FROM meeting_invited WHERE meeting_id = :meeting ORDER BY id",
    "present": """
        SELECT meeting_present.id, meeting_present.invited_id,
            coalesce(meeting_invited.institution, meeting_present.institution) AS institution,
            meeting_invited.office AS office_invited, meeting_present.name, meeting_present.office,
            meeting_present.stands_in_for
        FROM meeting_present LEFT JOIN meeting_invited ON meeting_invited.id = meeting_present.invited_id
        WHERE meeting_present.meeting_id = :meeting
        ORDER BY meeting_present.invited_id IS NULL, meeting_present.invited_id, meeting_present.id
    """,
    "items": """
        SELECT id, kind, position, row_number() OVER (PARTITION BY kind ORDER BY position, id) AS number, text
        FROM meeting_item WHERE meeting_id = :meeting ORDER BY kind, position, id
    """,
}
DECISIONS = """
SELECT decision.id, decision.meeting_id, meeting.on_day AS meeting_day, decision.text, decision.owner, decision.due_on,
    decision.ended_on, decision.ended_as, decision.ended_reason
FROM decision JOIN meeting ON meeting.id = decision.meeting_id
{where}
ORDER BY meeting.on_day, meeting.id, decision.id
"""
ALL_DECISIONS = DECISIONS.format(where="")
OWN_DECISIONS = DECISIONS.format(where="WHERE decision.meeting_id = :meeting")
DECISION_OF_ID = DECISIONS.format(where="WHERE decision.id = :decision")
# One that ended on the day of the meeting is said in it.
CARRIED = DECISIONS.format(
    where="""WHERE (meeting.on_day, meeting.id) < (:on_day, :meeting)
    AND (decision.ended_on IS NULL OR decision.ended_on >= :on_day)"""
)
UP_TO_DAY = DECISIONS.format(where="WHERE meeting.on_day <= :on")
OPEN = (DecisionState.OPEN, DecisionState.LATE)


class NoMeeting(NotFound):
    """There is no meeting {reference}. See them with: timpora meeting list"""


class SeveralMeetings(NotFound):
    """On {day} there are the meetings {ids}. Give the number of one; see them with: timpora meeting list"""


class NoDecision(NotFound):
    """There is no decision {reference}. See them with: timpora meeting show MEETING"""


def meeting_named(connection: sqlite3.Connection, reference: str) -> Meeting:
    """Return the meeting of an id, or of a day that has one alone. Raises NoMeeting or SeveralMeetings."""
    text = reference.strip()
    number = whole_number(text)
    try:
        on_day = parse_date(text, date.min).isoformat() if number is None else None
    except NotADate:
        on_day = None
    found = [_meeting(row) for row in rows(connection, BY_ID_OR_DAY, {"id": number, "on_day": on_day})]
    if not found:
        raise NoMeeting(reference=excerpt(reference))
    if len(found) > 1:
        raise SeveralMeetings(day=on_day, ids=", ".join(str(one.id) for one in found))
    return found[0]


def decision_named(connection: sqlite3.Connection, reference: str) -> Decision:
    """Return the decision of an id. Raises NoDecision."""
    row = first(connection, DECISION_OF_ID, {"decision": whole_number(reference.strip())})
    if row is None:
        raise NoDecision(reference=excerpt(reference))
    return _decision(row)


def meetings(connection: sqlite3.Connection, on: date, level: str | None = None) -> list[MeetingListed]:
    """Return the meetings, the latest day first, as they stand on the day `on`; of one level, where one is asked for.

    A meeting whose day is still to come is among them.
    """
    invited, present = (dict(connection.execute(query).fetchall()) for query in (INVITED, PRESENT))
    decided: dict[int, list[DecisionState]] = {}
    for row in rows(connection, ALL_DECISIONS):
        decided.setdefault(row["meeting_id"], []).append(_decision(row).state(on))
    return [
        MeetingListed(
            meeting,
            meeting.state(on),
            invited.get(meeting.id, 0),
            present.get(meeting.id, 0),
            len(decided.get(meeting.id, [])),
            sum(state in OPEN for state in decided.get(meeting.id, [])),
        )
        for meeting in (_meeting(row) for row in rows(connection, MEETINGS, {"level": level}))
    ]


def last_meeting(connection: sqlite3.Connection, on: date) -> Meeting | None:
    """Return the latest meeting before the day `on`, or None."""
    row = first(connection, BEFORE_DAY, {"on": on.isoformat()})
    return None if row is None else _meeting(row)


def next_meeting(connection: sqlite3.Connection, on: date) -> Meeting | None:
    """Return the first meeting after the day `on`, or None."""
    row = first(connection, AFTER_DAY, {"on": on.isoformat()})
    return None if row is None else _meeting(row)


def meeting_record(connection: sqlite3.Connection, meeting: Meeting, on: date) -> MeetingRecord:
    """Return a meeting with all that is recorded of it; the states are those of the day `on`.

    Decisions of earlier meetings that are open on the day of this meeting are carried over to it, whatever `on` is.
    """
    found = {name: list(rows(connection, query, {"meeting": meeting.id})) for name, query in OF_MEETING.items()}
    return MeetingRecord(
        meeting,
        meeting.state(on),
        tuple(Invited(**row) for row in found["invited"]),
        tuple(Present(**row) for row in found["present"]),
        tuple(Item(**{**row, "kind": ItemKind(row["kind"])}) for row in found["items"]),
        _decisions(connection, OWN_DECISIONS, meeting, on),
        _decisions(connection, CARRIED, meeting, on),
    )


def open_decisions(connection: sqlite3.Connection, on: date) -> list[DecisionOnDay]:
    """Return the decisions of the meetings up to the day `on` that are open or late on it, the earliest meeting first.

    A meeting of that very day is among them.
    """
    found = (_decision(row) for row in rows(connection, UP_TO_DAY, {"on": on.isoformat()}))
    return [DecisionOnDay(one, one.state(on)) for one in found if one.state(on) in OPEN]


def _decisions(connection: sqlite3.Connection, query: str, meeting: Meeting, on: date) -> tuple[DecisionOnDay, ...]:
    values = {"meeting": meeting.id, "on_day": meeting.on_day.isoformat()}
    found = (_decision(row) for row in rows(connection, query, values))
    return tuple(DecisionOnDay(one, one.state(on)) for one in found)


def _meeting(row: Stored) -> Meeting:
    days = {column: day(row[column]) for column in ("letter_on", "closed_on")}
    return Meeting(**{**row, **days, "on_day": stored_day(row["on_day"])})


def _decision(row: Stored) -> Decision:
    days = {column: stored_day(row[column]) for column in ("meeting_day", "due_on")}
    return Decision(**{**row, **days, "ended_on": day(row["ended_on"])})
