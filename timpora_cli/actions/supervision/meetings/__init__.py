"""Meetings: added, corrected and closed. Once it is closed, nothing of a meeting changes, but how its decisions end."""

from collections.abc import Mapping
from datetime import date

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.supervision.meetings import Meeting, MeetingRecord
from timpora_cli.store.change import Change, Value


class MeetingClosed(Refused):
    """Meeting {meeting} was closed on {day}, and its minutes stay as they are. Nothing was changed.
    Where it was closed by mistake, take the closing back: timpora undo {change}
    """


class MeetingToCome(Refused):
    """Meeting {meeting} is on {day}, and today is {today}: {what} is recorded from its day on. Nothing was changed."""


class NotYetToClose(Refused):
    """Meeting {meeting} cannot be closed: {missing}. Nothing was changed.
    Record it with: {commands}
    """


class DecisionsThere(WrongUsage):
    """--without-decisions: meeting {meeting} has decisions ({number}). Leave the option out."""


class AttendanceThere(Refused):
    """Meeting {meeting} has people who came, so its day cannot be {day}, which is to come. Nothing was changed."""


class DueBeforeMeeting(Refused):
    """Decision {decision} is due by {due}, before {day}. Nothing was changed."""


def add(change: Change, facts: Mapping[str, Value]) -> int:
    """Record a meeting, whose day may be still to come, and return its id."""
    return change.insert("meeting", facts)


def edit(change: Change, record: MeetingRecord, facts: Mapping[str, Value], today: date) -> None:
    """Correct the facts of a meeting. Raises MeetingClosed, and what stands against another day."""
    meeting = record.meeting
    refuse_closed(meeting)
    if isinstance(on_day := facts.get("on_day"), str):
        day = date.fromisoformat(on_day)
        if record.present and day > today:
            raise AttendanceThere(meeting=meeting.id, day=day)
        for one in record.decisions:
            if one.decision.due_on < day:
                raise DueBeforeMeeting(decision=one.decision.id, due=one.decision.due_on, day=day)
    change.update("meeting", meeting.id, facts)


def close(change: Change, record: MeetingRecord, today: date, no_decisions: str | None) -> None:
    """Close a meeting on the day `today`; its figures are from now on those that the register knows now.

    `no_decisions` says why it has none. Raises MeetingClosed, MeetingToCome, NotYetToClose with all that is missing,
    and DecisionsThere.
    """
    meeting = record.meeting
    refuse_closed(meeting)
    refuse_to_come(meeting, today, _("its closing"))
    if no_decisions is not None and record.decisions:
        raise DecisionsThere(meeting=meeting.id, number=len(record.decisions))
    missing = {}
    if not record.present:
        missing[_("nobody is recorded as present")] = f"timpora meeting attend {meeting.id}"
    if not record.decisions and no_decisions is None:
        without = f"timpora meeting close {meeting.id} --without-decisions --reason TEXT"
        missing[_("no decision is recorded")] = f"timpora meeting decide {meeting.id}" + _(" or ") + without
    if missing:
        raise NotYetToClose(meeting=meeting.id, missing=", ".join(missing), commands="; ".join(missing.values()))
    closing: dict[str, Value] = {"closed_on": today.isoformat(), "closed_change": change.number}
    change.update("meeting", meeting.id, {**closing, "no_decisions": no_decisions})


def refuse_closed(meeting: Meeting) -> None:
    """Raise MeetingClosed where a meeting is closed."""
    if meeting.closed_on is not None:
        raise MeetingClosed(meeting=meeting.id, day=meeting.closed_on, change=meeting.closed_change)


def refuse_to_come(meeting: Meeting, today: date, what: str) -> None:
    """Raise MeetingToCome where the day of a meeting has not come; `what` is what was to be recorded."""
    if meeting.on_day > today:
        raise MeetingToCome(meeting=meeting.id, day=meeting.on_day, today=today, what=what)
