"""The records of a calendar of expiries: the days to act by, and the events that are taken back."""

from datetime import date, datetime
from typing import NamedTuple

from timpora_cli.model.people import PermitHeld, Person


class Entry(NamedTuple):
    """One permit, or one report, as an all-day event on `act_by`; or that event taken back, because the permit ended on
    `ended_on`, or the report was made on that day.

    `uid` is the same for one permit in every calendar. `sequence` never gets smaller as days pass and changes are
    recorded; it gets greater whenever `act_by` changes, or the event is taken back or is there again. `until` is the
    effective end, or the day by which the holder reports (`person.reporting`). `person` is as of the day that is asked
    about, or of the day before `ended_on`; `permit` is the person's.
    """

    uid: str
    sequence: int
    act_by: date
    until: date
    person: Person
    permit: PermitHeld
    ended_on: date | None = None


class Calendar(NamedTuple):
    """The entries: first those that hold, then those taken back, each kind by the day and then by permit.

    `undated` are the residents on the list whose permit has no day to act by: its last day is not known, or a relief
    without an end keeps it valid. `changed_at` is the moment (UTC) of the last change that is known to the register.
    `subject` is PERMIT or REPORT.
    """

    entries: tuple[Entry, ...]
    undated: tuple[int, ...]
    changed_at: datetime
    subject: str = "PERMIT"
