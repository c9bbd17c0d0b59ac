"""The cases as they stand on a day, the rows by which they go, and the days of a step for one person."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from timpora_cli.errors import NotFound
from timpora_cli.model.law import RULE_KINDS, For, rule_in_force
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.model.people import PermitHeld, Resident
from timpora_cli.model.rules import years_without
from timpora_cli.model.supervision.case_files import (
    CaseFile,
    CaseListed,
    Deadline,
    Explained,
    StepDays,
    StepHeld,
    deadline,
    step_days,
)
from timpora_cli.model.supervision.cases import (
    Case,
    CaseEvent,
    CaseStep,
    Moment,
    Workflow,
    course,
)
from timpora_cli.queries import law
from timpora_cli.queries.people import holidays, person_of
from timpora_cli.queries.rows import Stored, dated, day, first, region_on_day, rows
from timpora_cli.queries.supervision.procedures import kinds, workflow

REPORTED_ON = "substr(case_file.reported_at, 1, 10)"
CASES = f"""
SELECT case_file.id AS case_id, case_file.kind_code AS kind, case_file.reported_at, case_file.reporter,
    case_file.happened_on, {region_on_day("village", "name", REPORTED_ON)} AS village, village.code AS village_code,
    {region_on_day("district", "name", REPORTED_ON)} AS district, district.code AS district_code, case_file.place,
    case_file.report, case_file.owner, case_file.resident_id, resident.full_name AS name
FROM case_file
LEFT JOIN village ON village.code = case_file.village_code
LEFT JOIN district ON district.code = coalesce(
    {region_on_day("village", "district_code", REPORTED_ON)}, case_file.district_code
)
LEFT JOIN resident ON resident.id = case_file.resident_id
WHERE {REPORTED_ON} <= :on AND (:case IS NULL OR case_file.id = :case)
ORDER BY case_file.id
"""
EVENTS = """
SELECT case_event.id AS event_id, case_event.case_id, case_event.at, case_event.state_code AS state,
    case_event.other_case_id AS other_case, case_event.step_code AS step, case_event.settled, case_event.note,
    change.officer, change.id AS change
FROM case_event
JOIN change ON change.id = case_event.change_id
WHERE substr(case_event.at, 1, 10) <= :on AND (:case IS NULL OR case_event.case_id = :case)
ORDER BY case_event.id
"""
# The day on which it happened, as the newest case of the kind says it, else as the family on record says it.
HAPPENED = """
SELECT day FROM (
    SELECT happened_on AS day, 0 AS place, reported_at AS newest FROM case_file
    WHERE resident_id = :resident AND kind_code = :kind AND happened_on <= :on
    UNION ALL
    SELECT iif(relation = 'CHILD', born, from_on), 1, from_on FROM family_link
    WHERE (resident_id = :resident OR (relative_id = :resident AND relation = 'SPOUSE'))
        AND relation = iif(:kind = 'MARRIAGE', 'SPOUSE', iif(:kind IN ('BIRTH', 'ABG'), 'CHILD', NULL))
        AND iif(relation = 'CHILD', born, from_on) <= :on
)
WHERE day IS NOT NULL
ORDER BY place, newest DESC, day DESC
LIMIT 1
"""


OF_A_CLASS = {kind.code for kind in RULE_KINDS if kind.subject is For.CLASS}


class NoCase(NotFound):
    """There is no case {reference}. See them with: timpora case list --all"""


class Asked(NamedTuple):
    """Which cases are asked for; what is not said is None. Without `all`, only those in which somebody has to act."""

    kind: str | None = None
    state: str | None = None
    village: str | None = None
    district: str | None = None
    owner: str | None = None
    resident: int | None = None
    all: bool = False

    def fits(self, listed: CaseListed) -> bool:
        """Return whether a case is one of those that are asked for."""
        case = listed.case
        wanted = (
            (self.kind, case.kind),
            (self.state, listed.course.state),
            (self.village, case.village_code),
            (self.district, case.district_code),
            (self.owner, case.owner),
            (self.resident, case.resident_id),
        )
        open_or_asked = self.all or self.state is not None or not listed.state.is_closed
        return open_or_asked and all(want is None or want == has for want, has in wanted)


class Basis(NamedTuple):
    """From which days the steps are counted for one person: the day it happened, and the permit that is held."""

    happened_on: date | None = None
    permit: PermitHeld | None = None


def cases(connection: sqlite3.Connection, on: date, asked: Asked) -> list[CaseListed]:
    """Return the cases that are asked for, as they stand on the day `on`: those with the nearest deadline first."""
    listed = (one for one in _listed(connection, workflow(connection), on) if asked.fits(one))
    return sorted(listed, key=lambda one: (one.deadline is None, one.deadline and one.deadline.at, one.case.case_id))


def case_file(connection: sqlite3.Connection, reference: str, on: date) -> CaseFile:
    """Return all that is known on the day `on` of the case of a number. Raises NoCase."""
    number = whole_number(reference.strip().removeprefix("#"))
    flow = workflow(connection)
    listed = [] if number is None else _listed(connection, flow, on, number)
    if not listed:
        raise NoCase(reference=excerpt(reference))
    return _file(connection, flow, listed[0])


def case_files(connection: sqlite3.Connection, listed: Iterable[CaseListed]) -> Iterator[CaseFile]:
    """Yield all that is known of each of these cases, on the day on which they are listed."""
    flow = workflow(connection)
    return (_file(connection, flow, one) for one in listed)


def _file(connection: sqlite3.Connection, flow: Workflow, one: CaseListed) -> CaseFile:
    basis = Basis(one.case.happened_on, _permit(connection, one.on, one.case.resident_id))
    held = [
        StepHeld(number, step, days_of(connection, step, basis, one.on), one.course.settled.get(step.code))
        for number, step in _steps(flow, one)
    ]
    events = sorted((*one.course.counted, *one.course.not_counted), key=lambda event: (event.at.at, event.event_id))
    names = {code: state.term.name for code, state in flow.states.items()}
    following = tuple(names[code] for code in flow.following(one.state.term.code))
    return CaseFile(one, held, events, following, {**names, one.kind.code: one.kind.name})


def _steps(flow: Workflow, one: CaseListed) -> Iterator[tuple[int | None, CaseStep]]:
    """Yield the steps of a case with their numbers: those in force on its day, then others that were settled."""
    numbered = flow.numbered(one.case.kind, one.on)
    yield from numbered.items()
    for step in flow.steps.get(one.case.kind, ()):
        if step.code in one.course.settled and step not in numbered.values():
            yield None, step


def explained(
    connection: sqlite3.Connection, kind: str, resident: Resident | None, happened_on: date | None, on: date
) -> Explained:
    """Return the steps of a kind of case that are in force on the day `on`, with their days for a resident.

    They are counted from `happened_on`, or from what is on record of the resident.
    """
    if resident is not None and happened_on is None:
        asked = {"resident": resident.id, "kind": kind, "on": on.isoformat()}
        found = first(connection, HAPPENED, asked)
        happened_on = day(found["day"]) if found else None
    permit = _permit(connection, on, resident.id if resident else None)
    basis = Basis(happened_on, permit)
    steps = workflow(connection).numbered(kind, on).items()
    held = [StepHeld(number, step, days_of(connection, step, basis, on), None) for number, step in steps]
    return Explained(kinds(connection)[kind], resident, permit, happened_on, on, held)


def alike(connection: sqlite3.Connection, listed: CaseListed, on: date) -> list[CaseListed]:
    """Return the other open cases that may have the same cause: one kind, and one village or one person."""
    case = listed.case

    def same(other: Case) -> bool:
        person = case.resident_id is not None and other.resident_id == case.resident_id
        return person or (case.village_code is not None and other.village_code == case.village_code)

    found = cases(connection, on, Asked(kind=case.kind))
    return [one for one in found if one.case.case_id != case.case_id and same(one.case)]


def days_of(connection: sqlite3.Connection, step: CaseStep, basis: Basis, on: date) -> StepDays | None:
    """Return the days of a step by the rule in force on the day `on`, counted from what is known.

    None where it has no rule, where that day is not known, and where the rule is for another class than is held.
    """
    permit = basis.permit
    known: Mapping[str, date | None] = {
        "HAPPENED": basis.happened_on,
        "PERMIT_ISSUED": permit.issued_on if permit else None,
        "PERMIT_ENDS": permit.effective_until if permit else None,
    }
    counted_from = known[step.counted_from] if step.counted_from else None
    subject = step.rule_subject or (permit.class_code if permit else None)
    of_another_class = step.rule_kind in OF_A_CLASS and permit is not None and permit.class_code != subject
    if counted_from is None or subject is None or of_another_class:
        return None
    rule = rule_in_force(law.dated_rules(connection, str(step.rule_kind), subject), on)
    return None if rule is None else step_days(step, counted_from, rule)


def years_without_holidays(connection: sqlite3.Connection, until: Deadline | None) -> list[int]:
    """Return the years of which no holiday is on record, of those over which a deadline runs."""
    years = range(until.since.at.year, until.day.year + 1) if until else ()
    return years_without(years, holidays(connection))


def _listed(connection: sqlite3.Connection, flow: Workflow, on: date, case: int | None = None) -> list[CaseListed]:
    """Return all cases that were reported by the day `on`, or the one of a number, as they stand on that day."""
    asked = {"on": on.isoformat(), "case": case}
    known = kinds(connection)
    names = {holiday.day: holiday.name for holiday in law.holidays(connection)}
    events: defaultdict[int, list[CaseEvent]] = defaultdict(list)
    for row in rows(connection, EVENTS, asked):
        events[row["case_id"]].append(CaseEvent(**row | {"at": Moment.read(row["at"])}))
    found = []
    for row in rows(connection, CASES, asked):
        one = _case(row)
        gone = course(one.kind, one.reported, events[one.case_id], flow)
        until = deadline(gone, flow, names)
        found.append(CaseListed(one, known[one.kind], flow.states[gone.state], gone, on, until))
    return found


def _case(row: Stored) -> Case:
    reported = Moment.read(row.pop("reported_at"))
    return Case(**dated(row, "happened_on"), reported=reported)


def _permit(connection: sqlite3.Connection, on: date, resident: int | None) -> PermitHeld | None:
    person = None if resident is None else person_of(connection, on, resident)
    return person.permit if person else None
