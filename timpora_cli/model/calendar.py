"""The records of a calendar of expiries: the days to act by, and the events that are taken back."""

from datetime import date, datetime
from typing import NamedTuple

from timpora_cli.model.people import PermitHeld, Person


class Entry(NamedTuple):
    """One permit as an all-day event on `act_by`, or, where it has ended on `ended_on`, that event taken back.

    `uid` is the same for one permit in every calendar. `sequence` never gets smaller as days pass and changes are
    recorded; it gets greater whenever `act_by` changes, or the event is taken back or is there again. `until` is the
    effective end. `person` is as of the day that is asked about, or of the permit's last; `permit` is the person's.
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
    """

    entries: tuple[Entry, ...]
    undated: tuple[int, ...]
    changed_at: datetime
