"""The rows by which cases go: kinds, states and what may follow them, limits, and the steps of each kind."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from timpora_cli.language import _
from timpora_cli.model.supervision.case_files import StepHeld
from timpora_cli.model.supervision.cases import CaseState, CaseStep, StateListed, Workflow
from timpora_cli.model.terms import Term, code_of, one_of
from timpora_cli.queries.law import dated_rules
from timpora_cli.queries.rows import Stored, dated, rows

KINDS = "SELECT code, name_id, name_en FROM case_kind ORDER BY position, code"
STATES = "SELECT code, name_id, name_en, is_closed, needs, source FROM case_state ORDER BY position, code"
FOLLOWS = "SELECT state_code, next_code FROM case_follow"
STEPS = """
SELECT code, kind_code AS kind, position, text_id, text_en, papers_id, papers_en, is_needed, counted_from, rule_kind,
    rule_subject, valid_from, valid_until, source, verified
FROM case_step
ORDER BY kind_code, position, code
"""


def kinds(connection: sqlite3.Connection) -> Mapping[str, Term]:
    """Return the kinds of cases by code, in their order."""
    return {row["code"]: Term(**row) for row in rows(connection, KINDS)}


def kind_code(connection: sqlite3.Connection, text: str) -> str:
    """Return the kind of case of a code, or of a name in one of the two languages. Raises UnknownTerm."""
    return code_of(text, kinds(connection).values(), _("kind of case"))


def workflow(connection: sqlite3.Connection) -> Workflow:
    """Return the rows by which cases go."""
    states = {row["code"]: _state(row) for row in rows(connection, STATES)}
    follows = defaultdict(set)
    for row in rows(connection, FOLLOWS):
        follows[row["state_code"]].add(row["next_code"])
    steps = defaultdict(list)
    for row in rows(connection, STEPS):
        flags = {flag: bool(row[flag]) for flag in ("is_needed", "verified")}
        steps[row["kind"]].append(CaseStep(**dated(row, "valid_from", "valid_until") | flags))
    return Workflow(states, follows, dated_rules(connection, "CASE_LIMIT_HOURS"), steps)


def state_code(flow: Workflow, text: str, among: Iterable[str] | None = None) -> str:
    """Return the state of a code, or of a name in one of the two languages, `among` some codes. Raises UnknownTerm."""
    codes = flow.states if among is None else among
    return code_of(text, [flow.states[code].term for code in codes], _("state of a case"))


def in_case_named(flow: Workflow, kind: str, text: str, on: date) -> CaseState | CaseStep:
    """Return what can happen in an open case of a kind: a state in which it is open, by its code or a name; or a step,
    by its code or by its number among those in force on the day `on`. Raises UnknownTerm.
    """
    steps = {step.code: step for step in flow.numbered(kind, on).values()}
    numbered = {str(number): code for number, code in enumerate(steps, 1)}
    states = [state.term for state in flow.states.values() if not state.is_closed]
    known = [*states, *(Term(code, code, code) for code in steps)]
    code = code_of(numbered.get(text.strip(), text), known, _("state or step of this case"))
    return steps[code] if code in steps else flow.states[code]


def any_step(connection: sqlite3.Connection, text: str) -> CaseStep:
    """Return the step of a code, of any kind of case and of any day. Raises UnknownTerm."""
    known = {step.code: step for steps in workflow(connection).steps.values() for step in steps}
    return known[one_of(text, known, _("step of a case"))]


def states(connection: sqlite3.Connection, on: date) -> list[StateListed]:
    """Return the states of a case in their order, each with what may follow, and its limit on the day `on`."""
    flow = workflow(connection)
    return [StateListed(state, flow.following(code), flow.limit(code, on)) for code, state in flow.states.items()]


def steps_of(connection: sqlite3.Connection, kind: str | None, on: date) -> list[StepHeld]:
    """Return the steps of a kind of case, or of all; those in force on the day `on` have their numbers."""
    flow, found = workflow(connection), []
    for code, steps in flow.steps.items():
        numbers = {step.code: number for number, step in flow.numbered(code, on).items()}
        found += [StepHeld(numbers.get(step.code), step, None, None) for step in steps if kind in (None, code)]
    return found


def _state(row: Stored) -> CaseState:
    term = Term(row["code"], row["name_id"], row["name_en"])
    return CaseState(term, bool(row["is_closed"]), row["needs"], row["source"])
