"""The records of a case, and what its events mean: the state that it is in, and what has been settled.

No state is stored. It is worked out from the events in the order in which they happened, so a late answer, a changed
row or an undone step is right at once (manual: cases).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from timpora_cli.language import chosen
from timpora_cli.model.law import DatedRule, rule_in_force
from timpora_cli.model.rules import in_force
from timpora_cli.model.terms import Term

NOTHING, TEXT, STEPS, CASE = "NOTHING", "TEXT", "STEPS", "CASE"
"""What a state may need: see the table case_state."""


class Moment(NamedTuple):
    """A day and a time of the office's clock; `is_day` where only the day is known, which then counts from its start.

    Moments are in the order of their times.
    """

    at: datetime
    is_day: bool = False

    @classmethod
    def read(cls, stored: str) -> "Moment":
        """Return the moment of a stored text: 2020-09-17T10:00, or 2020-09-17."""
        return cls(datetime.fromisoformat(stored), is_day=len(stored) == len("2020-09-17"))

    def __str__(self) -> str:
        return self.at.date().isoformat() if self.is_day else self.at.isoformat(" ", "minutes")


class CaseState(NamedTuple):
    """A state of a case: its names, whether nobody has to do anything more in it, and what it needs."""

    term: Term
    is_closed: bool
    needs: str
    source: str


class CaseStep(NamedTuple):
    """A step of a kind of case, in force from its first day to its last. Texts are in Indonesian and in English.

    `counted_from` and the rule's kind and subject say how its day is worked out; all are None where it has none.
    """

    code: str
    kind: str
    position: int
    text_id: str
    text_en: str
    papers_id: str | None
    papers_en: str | None
    is_needed: bool
    counted_from: str | None
    rule_kind: str | None
    rule_subject: str | None
    valid_from: date | None
    valid_until: date | None
    source: str
    verified: bool

    @property
    def text(self) -> str:
        """The text in the language in force."""
        return self.text_id if chosen() == "id" else self.text_en

    @property
    def papers(self) -> str | None:
        """What is to be brought, in the language in force."""
        return self.papers_id if chosen() == "id" else self.papers_en

    def holds(self, on: date) -> bool:
        """Return whether the step is in force on the day `on`."""
        return in_force(self.valid_from, self.valid_until, on)


class StateListed(NamedTuple):
    """A state, the states that may follow it, and the limit that is in force on a day."""

    state: CaseState
    following: Sequence[str]
    limit: DatedRule | None


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened in a case after the report: it came into a state, a step was settled, or a note."""

    event_id: int
    case_id: int
    at: Moment
    state: str | None
    other_case: int | None
    step: str | None
    settled: str | None
    note: str | None = field(repr=False)
    officer: str = ""
    change: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it was reported. The place is a village, a district or words; whom it is about may not be known."""

    case_id: int
    kind: str
    reported: Moment
    reporter: str = field(repr=False)
    happened_on: date | None
    village: str | None
    village_code: str | None
    district: str | None
    district_code: str | None
    place: str | None = field(repr=False)
    report: str = field(repr=False)
    owner: str
    resident_id: int | None
    name: str | None = field(repr=False)


class Workflow(NamedTuple):
    """The rows by which cases go: states in their order, the states that may follow each, limits and steps by kind."""

    states: Mapping[str, CaseState]
    follows: Mapping[str, Collection[str]]
    limits: Sequence[DatedRule]
    steps: Mapping[str, Sequence[CaseStep]]

    @property
    def first(self) -> str:
        """The state of a case that has just been reported."""
        return next(iter(self.states))

    def following(self, state: str, *, closed: bool | None = None) -> list[str]:
        """Return the states that may follow one, in their order: all, or those that are `closed`, or that are not."""
        return [
            code
            for code, one in self.states.items()
            if code in self.follows.get(state, ()) and closed in (None, one.is_closed)
        ]

    @property
    def closings(self) -> list[str]:
        """The states in which a case is closed by itself, and not as the same as another."""
        return [code for code, state in self.states.items() if state.is_closed and state.needs != CASE]

    def numbered(self, kind: str, on: date) -> dict[int, CaseStep]:
        """Return the steps of a kind of case that are in force on the day `on`, in their order, numbered from 1."""
        return dict(enumerate((step for step in self.steps.get(kind, ()) if step.holds(on)), 1))

    def needed(self, kind: str, on: date) -> list[CaseStep]:
        """Return the steps that have to be settled before a case of a kind is done, those in force on the day `on`."""
        return [step for step in self.numbered(kind, on).values() if step.is_needed]

    def limit(self, state: str, on: date) -> DatedRule | None:
        """Return the rule that says for how many hours a case may be in a state, as in force on the day `on`."""
        return rule_in_force([one for one in self.limits if one.subject == state], on)


@dataclass(slots=True)
class Course:
    """How a case has gone: the state it is in and since when, and by event what was settled and what did not count.

    `same_as` is the case that it is a duplicate of. An event does not count where its state may not follow the one
    before, or where what that state needs was missing at that moment.
    """

    state: str
    since: Moment
    settled: dict[str, CaseEvent] = field(default_factory=dict)
    counted: list[CaseEvent] = field(default_factory=list)
    not_counted: list[CaseEvent] = field(default_factory=list)
    same_as: int | None = None


def course(kind: str, reported: Moment, events: Sequence[CaseEvent], workflow: Workflow) -> Course:
    """Return how a case of a kind has gone, from the moment of the report and its events, given in any order."""
    gone = Course(workflow.first, reported)
    for event in sorted(events, key=lambda one: (one.at.at, one.event_id)):
        if event.step is not None:
            gone.settled[event.step] = event
        elif event.state is not None and not _may(gone, kind, event, workflow):
            gone.not_counted.append(event)
            continue
        elif event.state is not None:
            gone.state, gone.since, gone.same_as = event.state, event.at, event.other_case
        gone.counted.append(event)
    return gone


def _may(gone: Course, kind: str, event: CaseEvent, workflow: Workflow) -> bool:
    """Return whether a case that has `gone` so far may come into the state of an event."""
    return (
        event.at.at >= gone.since.at
        and event.state in workflow.follows.get(gone.state, ())
        and lacks(gone, kind, event, workflow) is None
    )


def lacks(gone: Course, kind: str, event: CaseEvent, workflow: Workflow) -> str | None:
    """Return what the state of an event needs and a case that has `gone` so far does not have; None where nothing is
    lacking. A case of which no step was settled is not done, whatever steps there are by now.
    """
    needs = workflow.states[event.state].needs if event.state else NOTHING
    has = {
        NOTHING: True,
        TEXT: bool(event.note and event.note.strip()),
        STEPS: bool(gone.settled) and not unsettled(gone, kind, event.at.at.date(), workflow),
        CASE: event.other_case is not None,
    }
    return None if has[needs] else needs


def unsettled(gone: Course, kind: str, on: date, workflow: Workflow) -> list[CaseStep]:
    """Return the steps that a case of a kind needs on the day `on`, and that are not settled."""
    return [step for step in workflow.needed(kind, on) if step.code not in gone.settled]
