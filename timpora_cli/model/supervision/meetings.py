"""The records of meetings, and what their days make of them: the state of a meeting and of a decision on a day.

Names of people are kept out of `repr`, as in `model/people.py`.
"""

import re
from datetime import date
from enum import Enum
from typing import NamedTuple

from timpora_cli.errors import WrongUsage
from timpora_cli.model.counting.counts import CountRow
from timpora_cli.model.names import excerpt

TIME = r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])"


class NotATimeOfDay(WrongUsage):
    """ "{text}" is no time of day. Write it as 09:00 or 9.00, from 00:00 to 23:59."""  # noqa: D210 the sentence opens with what was typed


class MeetingState(Enum):
    """How far a meeting is on a day."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    """Its day has come, and it is not closed."""
    CLOSED = "CLOSED"


class DecisionState(Enum):
    """How far a decision is on a day."""

    OPEN = "OPEN"
    LATE = "LATE"
    """It is open, and the day by which it was to be done has passed."""
    DONE = "DONE"
    DROPPED = "DROPPED"


class ItemKind(Enum):
    """What a text of a meeting is."""

    AGENDA = "AGENDA"
    RISK = "RISK"
    FINDING = "FINDING"
    OBSTACLE = "OBSTACLE"
    COPY = "COPY"
    """Somebody who gets a copy of the invitation."""


class Meeting(NamedTuple):
    """A meeting as the register has it. `closed_change` is the last change that was known when it was closed."""

    id: int
    level: str
    on_day: date
    begins_at: str | None
    ends_at: str | None
    place: str
    theme: str
    opened_by: str | None
    chair: str | None
    secretary: str | None
    note_taker: str | None
    letter_number: str | None
    letter_on: date | None
    nature: str | None
    attachments: str | None
    signer: str | None
    signer_office: str | None
    signer_number: str | None
    closed_on: date | None
    closed_change: int | None
    no_decisions: str | None

    def __repr__(self) -> str:
        return f"<Meeting {self.id}>"

    def state(self, on: date) -> MeetingState:
        """Return how far the meeting is on the day `on`."""
        if self.closed_on is not None and self.closed_on <= on:
            return MeetingState.CLOSED
        return MeetingState.PLANNED if self.on_day > on else MeetingState.HELD

    def letter_day(self, on: date) -> date:
        """Return the day of the invitation: the recorded one; else `on`, at the latest the day of the meeting."""
        return self.letter_on or min(on, self.on_day)


class Invited(NamedTuple):
    """An institution that is invited, and the office of it that the invitation is for."""

    id: int
    institution: str
    office: str | None


class Present(NamedTuple):
    """Somebody who came: of which institution, in answer to which invitation, and in whose place."""

    id: int
    invited_id: int | None
    institution: str
    office_invited: str | None
    name: str
    office: str | None
    stands_in_for: str | None

    def __repr__(self) -> str:
        return f"<Present {self.id}>"


class Item(NamedTuple):
    """A text of a meeting; `number` is its place among those of its kind, from 1; `position` gives the order."""

    id: int
    kind: ItemKind
    position: int
    number: int
    text: str


class Decision(NamedTuple):
    """A decision, with the day of the meeting that took it."""

    id: int
    meeting_id: int
    meeting_day: date
    text: str
    owner: str
    due_on: date
    ended_on: date | None
    ended_as: str | None
    ended_reason: str | None

    def state(self, on: date) -> DecisionState:
        """Return how far the decision is on the day `on`."""
        if self.ended_on is not None and self.ended_on <= on:
            return DecisionState(self.ended_as)
        return DecisionState.LATE if self.due_on < on else DecisionState.OPEN


class DecisionOnDay(NamedTuple):
    """A decision, and how far it is on the day that is asked about."""

    decision: Decision
    state: DecisionState

    @property
    def has_ended(self) -> bool:
        """Whether it was done or dropped by then."""
        return self.state in {DecisionState.DONE, DecisionState.DROPPED}


class MeetingListed(NamedTuple):
    """A meeting in a list: how far it is on a day, and how many institutions, people and decisions it has."""

    meeting: Meeting
    state: MeetingState
    invited: int
    present: int
    decisions: int
    open: int


class MeetingRecord(NamedTuple):
    """A meeting with all that is recorded of it; `carried` are the decisions of earlier meetings, open on its day."""

    meeting: Meeting
    state: MeetingState
    invited: tuple[Invited, ...]
    present: tuple[Present, ...]
    items: tuple[Item, ...]
    decisions: tuple[DecisionOnDay, ...]
    carried: tuple[DecisionOnDay, ...]

    def __repr__(self) -> str:
        return f"<MeetingRecord {self.meeting.id}>"

    @property
    def closed(self) -> date | None:
        """The day on which the meeting was closed; None where it is not closed on the day that is asked about."""
        return self.meeting.closed_on if self.state is MeetingState.CLOSED else None

    def of_kind(self, kind: ItemKind) -> list[Item]:
        """Return the texts of one kind, in their order."""
        return [item for item in self.items if item.kind is kind]

    @property
    def institutions_present(self) -> int:
        """How many of the invited institutions somebody came from, each line of the invitation counted."""
        return len({one.invited_id for one in self.present if one.invited_id is not None})


class Figures(NamedTuple):
    """The people present on a day, counted for the minutes; `known` is the moment of the register that was counted.

    `deported` is how many were deported in the year before.
    """

    on: date
    known: str | None
    by_class: tuple[CountRow, ...]
    by_nationality: tuple[CountRow, ...]
    by_district: tuple[CountRow, ...]
    by_purpose: tuple[CountRow, ...]
    deported: int

    @property
    def total(self) -> int:
        """All people present."""
        return sum(row.total for row in self.by_class)


class MeetingPage(NamedTuple):
    """What a page about a meeting is made of. `letter_on` is the day of the invitation."""

    record: MeetingRecord
    letterhead: tuple[str, ...]
    town: str
    letter_on: date
    figures: Figures | None
    to_sign: bool

    def __repr__(self) -> str:
        return f"<MeetingPage {self.record.meeting.id}>"


def time_of_day(text: str) -> str:
    """Return a time of day in its one written form, as in 09:00 for "9.00". Raises NotATimeOfDay."""
    read = re.fullmatch(TIME, text.strip())
    if read is None:
        raise NotATimeOfDay(text=excerpt(text))
    return f"{read[1]:0>2}:{read[2]}"
