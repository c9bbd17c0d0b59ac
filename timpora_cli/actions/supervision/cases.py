"""Cases: a report is opened, comes into another state, its steps are settled, and what is known of it is noted."""

from collections.abc import Mapping
from typing import NamedTuple

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.supervision.case_files import CaseFile
from timpora_cli.model.supervision.cases import (
    CASE,
    TEXT,
    CaseEvent,
    CaseStep,
    Course,
    Moment,
    Workflow,
    course,
    lacks,
    unsettled,
)
from timpora_cli.store.change import Change, Value

LAST = 2**62


class BeforeTheReport(Refused):
    """Case {case} was reported at {reported}; it cannot be {state} at {at}. Nothing was changed."""


class DoesNotFollow(Refused):
    """Case {case} was {state} at {at}; after that it may become: {following}. Nothing was changed."""


class SaysNothing(Refused):
    """A case becomes {state} with a text that says why: --note TEXT. Nothing was changed."""


class StepsLeft(Refused):
    """Case {case} is not done: these steps are not settled yet: {steps}.
    Settle each with: timpora case step {case} STEP, or say with --not-needed why it is not needed. Nothing was changed.
    """


class NothingSettled(Refused):
    """Case {case} is not done: none of its steps was settled.
    Settle one with: timpora case step {case} STEP. A report that leads to nothing is closed with: --as REJECTED
    """


class LaterOnes(Refused):
    """What was recorded of case {case} for {later} does not fit after this. Nothing was changed.
    Take it back first: timpora undo {change}
    """


class SameAsItself(Refused):
    """Case {other} is the same as case {case} by what is on record. Nothing was changed."""


class Happening(NamedTuple):
    """What is to be recorded of a case: at which moment, and what; the rest is None."""

    at: Moment
    state: str | None = None
    other_case: int | None = None
    step: str | None = None
    settled: str | None = None
    note: str | None = None

    def __repr__(self) -> str:
        return f"<Happening at {self.at}>"


def open_case(change: Change, facts: Mapping[str, Value]) -> int:
    """Record a case as it was reported, `facts` being columns of case_file, and return its number."""
    return change.insert("case_file", facts)


def settle(change: Change, file: CaseFile, flow: Workflow, step: CaseStep, happening: Happening) -> None:
    """Record that a step of a case was done, or is not needed. Raises LaterOnes."""
    record(change, file, flow, happening._replace(step=step.code))


def record(change: Change, file: CaseFile, flow: Workflow, happening: Happening) -> None:
    """Record what happened in a case. Raises the refusals above where it cannot have happened so.

    It may have happened before what is on record already, if that still fits after it.
    """
    case = file.listed.case
    event = CaseEvent(LAST, case.case_id, **happening._asdict())
    gone = file.listed.course
    if event.state is not None and event.at.at < case.reported.at:
        state = flow.states[event.state].term.name
        raise BeforeTheReport(case=case.case_id, reported=case.reported, state=state, at=event.at)
    then = course(case.kind, case.reported, [*file.events, event], flow)
    if event in then.not_counted:
        earlier = [one for one in file.events if one.at.at <= event.at.at]
        raise _refusal(file, flow, event, course(case.kind, case.reported, earlier, flow))
    if later := [one for one in then.not_counted if one not in gone.not_counted]:
        raise LaterOnes(case=case.case_id, later=later[0].at, change=later[0].change)
    stored: dict[str, Value] = {
        "case_id": case.case_id,
        "at": stored_moment(event.at),
        "state_code": event.state,
        "other_case_id": event.other_case,
        "step_code": event.step,
        "settled": event.settled,
        "note": event.note,
    }
    change.insert("case_event", stored)


def correct(change: Change, file: CaseFile, facts: Mapping[str, Value]) -> None:
    """Write what became known of a case over columns of case_file: whom it is about, its owner, its place."""
    change.update("case_file", file.listed.case.case_id, facts)


def refuse_circle(file: CaseFile, other: CaseFile) -> None:
    """Raise SameAsItself where `other` is the same as the case of `file` by what is on record."""
    case = file.listed.case.case_id
    if case in (other.listed.course.same_as, other.listed.case.case_id):
        raise SameAsItself(other=other.listed.case.case_id, case=case)


def stored_moment(moment: Moment) -> str:
    """Return a moment as the register has it."""
    return moment.at.date().isoformat() if moment.is_day else moment.at.strftime("%Y-%m-%dT%H:%M")


def _refusal(file: CaseFile, flow: Workflow, event: CaseEvent, before: Course) -> Refused:
    """Return why a case that had gone so far `before` an event could not come into its state."""
    case = file.listed.case
    state = flow.states[event.state or flow.first].term.name
    lacking = lacks(before, case.kind, event, flow)
    if event.state not in flow.follows.get(before.state, ()):
        following = ", ".join(flow.states[code].term.code for code in flow.following(before.state)) or _("nothing")
        was = flow.states[before.state].term.name
        return DoesNotFollow(case=case.case_id, state=was, at=event.at, following=following)
    if lacking in {TEXT, CASE}:
        return SaysNothing(state=state)
    left = unsettled(before, case.kind, event.at.at.date(), flow)
    steps = ", ".join(step.code for step in left)
    return StepsLeft(case=case.case_id, steps=steps) if left else NothingSettled(case=case.case_id)
