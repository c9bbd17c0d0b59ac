"""Decisions of a meeting: taken, and ended. One that has not ended is carried over to every later meeting."""

from datetime import date
from typing import NamedTuple

from timpora_cli.actions.stays import InFuture
from timpora_cli.actions.supervision.meetings import refuse_closed, refuse_to_come
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.supervision.meetings import Decision, Meeting
from timpora_cli.store.change import Change, Value


class DueBeforeDecided(Refused):
    """{due} is before {day}, the day of meeting {meeting}. Nothing was changed. Give a day by which it can be done."""


class EndedAlready(Refused):
    """Decision {decision} ended on {day} ({how}). Nothing was changed."""


class EndedBeforeDecided(Refused):
    """Decision {decision} was taken on {day}, so it did not end on {on}. Nothing was changed."""


class NewDecision(NamedTuple):
    """What is to be done, by whom, and by which day."""

    text: str
    owner: str
    due_on: date


class Ending(NamedTuple):
    """How and when a decision ended: DONE, or DROPPED with a reason."""

    how: str
    on: date
    reason: str | None


def decide(change: Change, meeting: Meeting, new: NewDecision, today: date) -> int:
    """Record a decision of a meeting, and return its id. Raises MeetingClosed, MeetingToCome or DueBeforeDecided."""
    refuse_closed(meeting)
    refuse_to_come(meeting, today, _("a decision"))
    if new.due_on < meeting.on_day:
        raise DueBeforeDecided(due=new.due_on, day=meeting.on_day, meeting=meeting.id)
    row: dict[str, Value] = {
        "meeting_id": meeting.id,
        "text": new.text,
        "owner": new.owner,
        "due_on": new.due_on.isoformat(),
    }
    return change.insert("decision", row)


def end(change: Change, decision: Decision, ending: Ending, today: date) -> None:
    """Record that a decision was done, or dropped, also where its meeting is closed.

    Raises EndedAlready, EndedBeforeDecided, or InFuture.
    """
    if decision.ended_on is not None:
        raise EndedAlready(decision=decision.id, day=decision.ended_on, how=decision.ended_as)
    if ending.on > today:
        raise InFuture(on=ending.on, today=today)
    if ending.on < decision.meeting_day:
        raise EndedBeforeDecided(decision=decision.id, day=decision.meeting_day, on=ending.on)
    row = {"ended_on": ending.on.isoformat(), "ended_as": ending.how, "ended_reason": ending.reason}
    change.update("decision", decision.id, row)
