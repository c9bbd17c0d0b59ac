"""What people have to do by a day: the dated duties that follow from the facts on record and the rule rows."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from timpora_cli.model.law import DatedRule, rule_in_force
from timpora_cli.model.people import Person
from timpora_cli.model.rules import RulesInForce, act_by
from timpora_cli.model.supervision.duties import (
    ABG_CHOICE,
    ABG_STATEMENT,
    ADDRESS,
    BIRTH,
    KITAP_REPORT,
    MARRIAGE,
    PHOTO,
    SKTT,
    Duty,
    DutyKind,
    due_on,
)
from timpora_cli.queries.expiring import Window, expiring, reports_due
from timpora_cli.queries.filters import Where
from timpora_cli.queries.law import dated_rules
from timpora_cli.queries.people import people, rules_on
from timpora_cli.queries.rows import iso, rows, stored_day
from timpora_cli.queries.supervision.cases import Asked, cases

# Each question gives whose duty it is, the day of the fact, and the name of a relative. :first and :last are the days
# between which the fact has to lie for the duty to fall into the window.
MARRIAGES = """
SELECT resident_id, from_on AS fact_on, NULL AS about FROM family_link
WHERE relation = 'SPOUSE' AND from_on BETWEEN :first AND :last
UNION
SELECT relative_id, from_on, NULL FROM family_link
WHERE relation = 'SPOUSE' AND relative_id IS NOT NULL AND from_on BETWEEN :first AND :last
UNION
SELECT resident_id, happened_on, NULL FROM case_file
WHERE kind_code = 'MARRIAGE' AND resident_id IS NOT NULL AND happened_on BETWEEN :first AND :last
    AND substr(reported_at, 1, 10) <= :on
"""
CHILDREN = """
SELECT link.resident_id, coalesce(link.born, child.born) AS fact_on,
    coalesce(link.citizen_name, child.full_name) AS about
FROM family_link AS link
LEFT JOIN resident AS child ON child.id = link.relative_id
WHERE link.relation = 'CHILD' AND coalesce(link.born, child.born) BETWEEN :first AND :last
"""
BIRTHS = f"""
{CHILDREN.strip()}
UNION
SELECT resident_id, happened_on, NULL FROM case_file
WHERE kind_code = 'BIRTH' AND resident_id IS NOT NULL AND happened_on BETWEEN :first AND :last
    AND substr(reported_at, 1, 10) <= :on
"""
# A child with one Indonesian parent: it is recorded as an Indonesian citizen, or the other parent is.
CHILDREN_OF_TWO_NATIONALITIES = f"""
{CHILDREN.strip()}
    AND (
        link.citizen_name IS NOT NULL
        OR EXISTS (
            SELECT 1 FROM family_link AS spouse
            WHERE spouse.resident_id = link.resident_id AND spouse.relation = 'SPOUSE'
                AND spouse.citizen_name IS NOT NULL
        )
    )
"""
NEW_KITAS = """
SELECT resident_id, issued_on AS fact_on, NULL AS about FROM permit
WHERE class_code = 'KITAS' AND granted_as IN ('NEW', 'CONVERSION') AND issued_on BETWEEN :first AND :last
    AND (ended_on IS NULL OR ended_on > :on)
"""
# A home whose place nobody knows is no place that somebody moves from.
MOVES = """
SELECT home.resident_id, home.from_on AS fact_on, NULL AS about FROM residence AS home
WHERE home.from_on BETWEEN :first AND :last
    AND EXISTS (
        SELECT 1 FROM residence AS before
        WHERE before.resident_id = home.resident_id AND before.until_on = home.from_on AND before.id <> home.id
            AND coalesce(before.village_code, before.district_code, before.address) IS NOT NULL
    )
"""
SETTLED = """
SELECT case_file.resident_id, case_event.step_code, max(substr(case_event.at, 1, 10)) AS at
FROM case_event
JOIN case_file ON case_file.id = case_event.case_id
WHERE case_event.step_code IS NOT NULL AND case_file.resident_id IS NOT NULL AND substr(case_event.at, 1, 10) <= :on
GROUP BY case_file.resident_id, case_event.step_code
"""
FACTS: Sequence[tuple[DutyKind, str]] = (
    (MARRIAGE, MARRIAGES),
    (BIRTH, BIRTHS),
    (SKTT, NEW_KITAS),
    (ADDRESS, MOVES),
    (ABG_CHOICE, CHILDREN_OF_TWO_NATIONALITIES),
    (ABG_STATEMENT, CHILDREN_OF_TWO_NATIONALITIES),
)
NO_DAY = "UU 6/2011 art 71(a): changes of address are reported; the article has no days"
NOT_EXTENDED = {"BVK", "ITKT", "PERALIHAN", "DIPLOMATIK", "DINAS"}
"""The classes that this office does not extend, so that nobody comes for photo and interview."""
BACK = timedelta(days=60)
"""How long before the day a list of duties begins where nobody says otherwise."""


class _Known(NamedTuple):
    """What all duties of one list are worked out with."""

    connection: sqlite3.Connection
    on: date
    window: Window
    people: Mapping[int, Person]
    rules: RulesInForce
    settled: Mapping[tuple[int, str], str]
    open_cases: Mapping[tuple[int, str], int]

    def duty(
        self, kind: DutyKind, person: Person, fact_on: date | None, rule: DatedRule, due: date, **more: str
    ) -> Duty:
        """Return a duty with its day, and the open case about it."""
        case = self.open_cases.get((person.resident_id, kind.case or ""))
        left = (due - self.on).days
        working = act_by(due, self.rules.holidays)
        return Duty(kind, person, fact_on, more.get("about"), due, working, left, rule.basis, rule.source, case)

    def is_settled(self, kind: DutyKind, resident: int, fact_on: date) -> bool:
        """Return whether a step of a case about the person has settled it since the day of the fact."""
        return any(self.settled.get((resident, step), "") >= fact_on.isoformat() for step in kind.steps)


def duties(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> list[Duty]:
    """Return what the people present on the day `on` who meet `where` have to do by a day in `window`, soonest first.

    What is settled by then is not among them. Those without a day come last: their facts lie in the window up to `on`.
    """
    here = {person.resident_id: person for person in people(connection, on, where)}
    settled = {
        (row["resident_id"], row["step_code"]): row["at"] for row in rows(connection, SETTLED, {"on": on.isoformat()})
    }
    opened = {
        (one.case.resident_id, one.case.kind): one.case.case_id
        for one in cases(connection, on, Asked())
        if one.case.resident_id is not None
    }
    known = _Known(connection, on, window, here, rules_on(connection, on), settled, opened)
    found = [*_reports(known, where), *_of_facts(known), *_photos(known, where)]
    return sorted(found, key=lambda duty: (duty.due_on or date.max, duty.person.name, duty.person.resident_id))


def _reports(known: _Known, where: Where) -> Iterator[Duty]:
    rules = _rules(known.connection, KITAP_REPORT)
    for person in reports_due(known.connection, known.on, known.window, where).listed:
        reporting, rule = person.reporting, rule_in_force(rules, known.on)
        if reporting is not None and reporting.next is not None and rule is not None:
            yield known.duty(KITAP_REPORT, person, reporting.last or reporting.since, rule, reporting.next)


def _of_facts(known: _Known) -> Iterator[Duty]:
    for kind, question in FACTS:
        rules = _rules(known.connection, kind)
        for row in rows(known.connection, question, _between(known, kind, rules)):
            person, fact_on = known.people.get(row["resident_id"]), stored_day(row["fact_on"])
            if person is None or known.is_settled(kind, person.resident_id, fact_on):
                continue
            if kind.rule_kind is None:
                case = known.open_cases.get((person.resident_id, kind.case or ""))
                yield Duty(kind, person, fact_on, row["about"], None, None, None, NO_DAY, NO_DAY, case)
                continue
            rule = rule_in_force(rules, fact_on) or rule_in_force(rules, known.on)
            due = None if rule is None else due_on(kind, rule, fact_on)
            if rule is not None and due is not None and known.window.holds(due):
                yield known.duty(kind, person, fact_on, rule, due, about=row["about"])


def _photos(known: _Known, where: Where) -> Iterator[Duty]:
    """Yield the days by which holders come for photo and interview, so many days before their permit ends."""
    rule = rule_in_force(_rules(known.connection, PHOTO), known.on)
    if rule is None:
        return
    days = timedelta(days=rule.value)
    ends = Window(known.window.before + days, known.window.since and known.window.since + days)
    for person in expiring(known.connection, known.on, ends, where).people:
        until = person.permit.effective_until if person.permit else None
        if until is not None and person.permit and person.permit.class_code not in NOT_EXTENDED:
            yield known.duty(PHOTO, person, until, rule, until - days)


def _rules(connection: sqlite3.Connection, kind: DutyKind) -> list[DatedRule]:
    return dated_rules(connection, kind.rule_kind, kind.subject) if kind.rule_kind else []


def _between(known: _Known, kind: DutyKind, rules: Sequence[DatedRule]) -> Mapping[str, str | None]:
    """Return the days between which the fact of a duty lies, for its day to be able to fall into the window."""
    since = known.window.since or date.min
    a_unit = 366 if kind.rule_kind == "AT_AGE_YEARS" else 1
    most = max((rule.value for rule in rules), default=0) * a_unit
    first = since - timedelta(days=most) if (since - date.min).days > most else date.min
    return {
        "first": iso(first),
        "last": iso(known.on if kind.rule_kind != "AT_AGE_YEARS" else known.window.before),
        "on": iso(known.on),
    }
