"""The rows by which cases go, changed by an officer: the steps of each kind, the states, and what may follow what."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from timpora_cli.errors import Refused
from timpora_cli.model.supervision.cases import CaseEvent, Workflow
from timpora_cli.queries.rows import first
from timpora_cli.queries.supervision.cases import Asked, cases
from timpora_cli.queries.supervision.procedures import workflow
from timpora_cli.store.change import Change, Value

STEP = "SELECT code FROM case_step WHERE code = :code"
STATE = "SELECT code FROM case_state WHERE code = :code"
LAST_STEP = "SELECT coalesce(max(position), 0) + 1 AS position FROM case_step WHERE kind_code = :kind"
LAST_STATE = "SELECT coalesce(max(position), 0) + 1 AS position FROM case_state"
FOLLOWS = "SELECT 1 FROM case_follow WHERE state_code = :state AND next_code = :next"


class StepThere(Refused):
    """There is a step {code} already. Correct it with: timpora procedure edit {code}"""


class StateThere(Refused):
    """There is a state {code} already. See it with: timpora workflow list"""


class FollowsAlready(Refused):
    """{next} may follow {state} already. Nothing was changed."""


class DoesNotFollowYet(Refused):
    """{next} does not follow {state}, so there is nothing to forbid. Nothing was changed."""


class WentThatWay(Refused):
    """Case {case} went from {state} to {next}: what is on record would no longer fit. Nothing was changed."""


def add_step(change: Change, kind: str, code: str, facts: Mapping[str, Value], today: date) -> None:
    """Record a step of a kind of case, behind the others; it holds from the day in `facts`, or from today."""
    if first(change.connection, STEP, {"code": code}):
        raise StepThere(code=code)
    place = first(change.connection, LAST_STEP, {"kind": kind})
    usual: dict[str, Value] = {"is_needed": 1, "verified": 0, "valid_from": today.isoformat()}
    change.insert("case_step", {**usual, **facts, "code": code, "kind_code": kind, **(place or {})})


def edit_step(change: Change, code: str, facts: Mapping[str, Value]) -> None:
    """Correct a step."""
    change.update("case_step", code, facts)


def end_step(change: Change, code: str, last_day: date) -> None:
    """Make `last_day` the last day on which a step holds."""
    change.update("case_step", code, {"valid_until": last_day.isoformat()})


def add_state(change: Change, facts: Mapping[str, Value], before: list[str], after: list[str]) -> None:
    """Record a state of a case, which may follow the states `before` and be followed by those `after`."""
    code = str(facts["code"])
    if first(change.connection, STATE, {"code": code}):
        raise StateThere(code=code)
    place = first(change.connection, LAST_STATE)
    change.insert("case_state", {**facts, **(place or {})})
    for state in before:
        change.insert("case_follow", {"state_code": state, "next_code": code})
    for state in after:
        change.insert("case_follow", {"state_code": code, "next_code": state})


def allow(change: Change, state: str, after: str) -> None:
    """Let the state `after` follow a state. Raises FollowsAlready."""
    if first(change.connection, FOLLOWS, {"state": state, "next": after}):
        raise FollowsAlready(state=state, next=after)
    change.insert("case_follow", {"state_code": state, "next_code": after})


def forbid(change: Change, state: str, after: str) -> None:
    """Let the state `after` no longer follow a state. Raises WentThatWay where a case has gone so."""
    flow = workflow(change.connection)
    if after not in flow.follows.get(state, ()):
        raise DoesNotFollowYet(state=state, next=after)
    for one in cases(change.connection, date.max, Asked(all=True)):
        went = _states(flow, one.course.counted)
        if (state, after) in pairwise(went):
            raise WentThatWay(case=one.case.case_id, state=state, next=after)
    table = change.tables["case_follow"]
    change.take_row_away(table, (state, after))


def _states(flow: Workflow, events: list[CaseEvent]) -> list[str]:
    return [flow.first, *(event.state for event in events if event.state is not None)]
