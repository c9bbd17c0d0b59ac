"""A case as it stands on a day: until when it may be in its state, by when each step is due, and what is to be done.

No deadline is stored: a changed rule or a holiday that is recorded later is right at once (manual: cases).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from timpora_cli.model.law import DatedRule
from timpora_cli.model.people import PermitHeld, Resident
from timpora_cli.model.rules import years_after
from timpora_cli.model.supervision.cases import Case, CaseEvent, CaseState, CaseStep, Course, Moment, Workflow
from timpora_cli.model.terms import Term

A_DAY = timedelta(days=1)


class DayLeftOut(NamedTuple):
    """A day that does not count: a Saturday, a Sunday, or the holiday of that name."""

    day: date
    holiday: str | None


class Deadline(NamedTuple):
    """Until when a case may be in its state: so many `hours` after `since`, by `limit`.

    `left_out` are the days between that do not count, because nobody works on them.
    """

    at: datetime
    since: Moment
    limit: DatedRule
    left_out: tuple["DayLeftOut", ...]

    @property
    def day(self) -> date:
        """The last day: midnight is the end of a day, and not the beginning of the next."""
        return (self.at - timedelta.resolution).date()

    def late(self, on: date) -> int:
        """Return how many days before the day `on` the last day was; 0 on that day and before."""
        return max((on - self.day).days, 0)

    def __str__(self) -> str:
        if self.since.is_day:
            return self.day.isoformat()
        ends = self.at.time().isoformat("minutes") if self.at.time() != time() else "24:00"
        return f"{self.day.isoformat()} {ends}"


def deadline(gone: Course, workflow: Workflow, holidays: Mapping[date, str]) -> Deadline | None:
    """Return until when a case may be in the state that it is in, None where no rule row limits it.

    The rule of the day on which it came into the state counts. Hours are those of working days: Monday to Friday, less
    `holidays` (names by day). Which days count no source says, so the sum is printed (`case show --why`).
    """
    limit = workflow.limit(gone.state, gone.since.at.date())
    if limit is None or workflow.states[gone.state].is_closed:
        return None
    at, left = gone.since.at, timedelta(hours=limit.value)
    left_out: list[DayLeftOut] = []
    while True:
        day_ends = datetime.combine(at.date() + A_DAY, time())
        if at.weekday() >= 5 or at.date() in holidays:
            left_out.append(DayLeftOut(at.date(), holidays.get(at.date())))
        elif left <= day_ends - at:
            return Deadline(at + left, gone.since, limit, tuple(left_out))
        else:
            left -= day_ends - at
        at = day_ends


class StepDays(NamedTuple):
    """The days of a step for one person: not before `since`, and by `until`; None where it has none.

    `counted_from` is the day from which the rule counts, `number` its days or years, `basis` what it rests on.
    """

    since: date | None
    until: date | None
    counted_from: date
    number: int
    basis: str


def step_days(step: CaseStep, counted_from: date, rule: DatedRule) -> StepDays:
    """Return the days of a step by the rule that counts it from a day.

    REPORTING_DAYS: within so many days after it. APPLY_BEFORE_DAYS: so many days before it at the latest.
    CONVERSION_WINDOW_DAYS: from so many days before it up to it. AFTER_YEARS: not before so many years after it.
    AT_AGE_YEARS: by so many years after it.
    """
    days, counted = timedelta(days=rule.value), (counted_from, rule.value, rule.basis)
    if step.rule_kind in {"AFTER_YEARS", "AT_AGE_YEARS"}:
        day = years_after(counted_from, rule.value)
        first, last = (day, None) if step.rule_kind == "AFTER_YEARS" else (None, day)
        return StepDays(first, last, *counted)
    if step.rule_kind == "CONVERSION_WINDOW_DAYS":
        return StepDays(counted_from - days, counted_from, *counted)
    last = counted_from - days if step.rule_kind == "APPLY_BEFORE_DAYS" else counted_from + days
    return StepDays(None, last, *counted)


class Task(NamedTuple):
    """Something that is due in an open case and not done: a state to come into, or a step to settle.

    `code` is that of the state that the case is in, or of the step. `due` is None where no rule gives a day. `text` is
    the step's, or names the states that may follow.
    """

    kind: str
    code: str
    due: date | None
    text: str


@dataclass(frozen=True, slots=True)
class CaseListed:
    """A case as it stands on a day: how it has gone, how long it has been in its state, and until when it may be."""

    case: Case
    kind: Term
    state: CaseState
    course: Course
    on: date
    deadline: Deadline | None

    @property
    def days(self) -> int:
        """For how many days the case has been in its state."""
        return (self.on - self.course.since.at.date()).days

    @property
    def late(self) -> int:
        """How many days ago the deadline passed; 0 where it has not, or where there is none."""
        return self.deadline.late(self.on) if self.deadline else 0


@dataclass(frozen=True, slots=True)
class StepHeld:
    """A step of a case: its number, the days by which it is due for the person, and the event that settled it.

    One that is no longer in force, and was settled before, has no number.
    """

    number: int | None
    step: CaseStep
    days: StepDays | None
    event: CaseEvent | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that is known of a case on a day: as it is listed, its steps and its events.

    `following` are the names of the states that may follow.
    """

    listed: CaseListed
    steps: Sequence[StepHeld]
    events: Sequence[CaseEvent]
    following: Sequence[str]
    names: Mapping[str, str]
    """What people read for the kind and for each state."""

    @property
    def tasks(self) -> Iterator[Task]:
        """What is due in the case and not done: the next state where a limit runs, then the steps to settle."""
        if self.listed.state.is_closed:
            return
        if self.listed.deadline is not None:
            due = self.listed.deadline.day
            yield Task("STATE", self.listed.state.term.code, due, ", ".join(self.following))
        for held in self.steps:
            if held.event is None and held.step.is_needed:
                yield Task("STEP", held.step.code, held.days.until if held.days else None, held.step.text)


@dataclass(frozen=True, slots=True)
class Explained:
    """The steps of a kind of case as the office explains them on a day, with their days for a resident.

    `happened_on` is the day from which they are counted, `permit` what the resident holds; each None where not known.
    """

    kind: Term
    resident: Resident | None
    permit: PermitHeld | None
    happened_on: date | None
    on: date
    steps: Sequence[StepHeld]
