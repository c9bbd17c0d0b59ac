"""The law as rows: which reliefs, rules and holidays are on record, and what each relief does for one permit."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from timpora_cli.errors import NotFound
from timpora_cli.model.law import Holiday, Relief, ReliefStep, Rule
from timpora_cli.model.names import did_you_mean
from timpora_cli.model.people import PermitHeld, Person
from timpora_cli.queries.rows import Stored, dated, day, first, rows

RELIEFS = """
SELECT
    relief.code, relief.name, relief.legal_basis, relief.issued_on, relief.effective_until, relief.expired_from,
    relief.expired_until, relief.entered_from, relief.entered_until, relief.in_country_only, relief.extendable,
    relief.action_required, relief.supersedes, relief.ended_on, relief.source_url AS source, relief.verified,
    relief_span.speaks_from, relief_span.speaks_until, relief_span.expired_from AS covers_from,
    (SELECT group_concat(class_code, ' ') FROM (
        SELECT relief_class.class_code FROM relief_class
        JOIN permit_class ON permit_class.code = relief_class.class_code
        WHERE relief_class.relief_code = relief.code
        ORDER BY permit_class.position
    )) AS classes
FROM relief
JOIN relief_span ON relief_span.code = relief.code
ORDER BY relief.effective_from, relief.code
"""
RULES = """
SELECT id AS rule_id, kind, subject, value, valid_from, valid_until, legal_basis, source, verified,
    (valid_from IS NULL OR valid_from <= :on) AND (valid_until IS NULL OR valid_until >= :on) AS in_force
FROM rule
ORDER BY kind, subject, valid_from IS NOT NULL, valid_from, id
"""
HOLIDAYS = "SELECT day, name, source FROM holiday WHERE :year IS NULL OR substr(day, 1, 4) = :year ORDER BY day"
RELIEF_DAYS = (
    "issued_on", "speaks_from", "speaks_until", "effective_until", "expired_from", "expired_until", "entered_from",
    "entered_until", "ended_on",
)  # fmt: skip
COVERED = "SELECT relief_code FROM relief_coverage WHERE permit_id = :permit"
RULE = "SELECT 1 FROM rule WHERE id = :rule"


class NoRelief(NotFound):
    """There is no relief {code}.{hint} See them with: timpora relief list"""


class NoRule(NotFound):
    """There is no rule {rule}. See them with: timpora rule list"""


def reliefs(connection: sqlite3.Connection) -> list[Relief]:
    """Return all reliefs on record, by the first day on which each was in force."""
    return [_relief(row) for row in rows(connection, RELIEFS)]


def relief_named(connection: sqlite3.Connection, code: str) -> Relief:
    """Return the relief of a code in any letter case; NoRelief, with the nearest code, otherwise."""
    known = {relief.code.casefold(): relief for relief in reliefs(connection)}
    if code.strip().casefold() not in known:
        hint = did_you_mean(code, [relief.code for relief in known.values()], limit=1)
        raise NoRelief(code=code, hint=hint)
    return known[code.strip().casefold()]


def rules(connection: sqlite3.Connection, on: date) -> list[Rule]:
    """Return all rule rows, those of one kind and subject together; `in_force` is as of the day `on`."""
    return [
        Rule(**dated(row, "valid_from", "valid_until") | {flag: bool(row[flag]) for flag in ("verified", "in_force")})
        for row in rows(connection, RULES, {"on": on.isoformat()})
    ]


def refuse_no_rule(connection: sqlite3.Connection, rule: int) -> None:
    """Raise NoRule unless there is a rule of that id."""
    if first(connection, RULE, {"rule": rule}) is None:
        raise NoRule(rule=rule)


def holidays(connection: sqlite3.Connection, year: str | None = None) -> list[Holiday]:
    """Return the holidays that officers have loaded: of one year, or all."""
    return [Holiday(**dated(row, "day")) for row in rows(connection, HOLIDAYS, {"year": year})]


def relief_steps(connection: sqlite3.Connection, person: Person, on: date) -> list[ReliefStep]:
    """Return what each relief on record does for the permit that `person` holds on the day `on`, in order of time.

    The view relief_coverage decides what is covered; the conditions that fail are named from the same columns.
    """
    permit = person.permit
    if permit is None:
        return []
    covered = {row["relief_code"] for row in rows(connection, COVERED, {"permit": permit.permit_id})}
    return [_step(row, person, permit, on, covers=row["code"] in covered) for row in rows(connection, RELIEFS)]


def _step(row: Stored, person: Person, permit: PermitHeld, on: date, *, covers: bool) -> ReliefStep:
    relief, covers_from = _relief(row), day(row["covers_from"])
    return ReliefStep(
        relief,
        covers,
        fails=() if covers else tuple(_fails(relief, covers_from, person, permit)),
        speaks=relief.speaks_from <= on and (relief.speaks_until is None or on < relief.speaks_until),
        decides=covers and relief.name == permit.relief,
        covers_from=covers_from,
    )


def _fails(relief: Relief, covers_from: date | None, person: Person, permit: PermitHeld) -> Iterator[str]:
    if permit.class_code not in relief.classes:
        yield "CLASS"
    if permit.expires_on is None:
        yield "NO_PRINTED_END"
        return
    if covers_from is not None and permit.expires_on < covers_from:
        yield "ENDED_BEFORE"
    if relief.expired_until is not None and permit.expires_on > relief.expired_until:
        yield "ENDED_AFTER"
    if relief.effective_until is not None and permit.expires_on >= relief.effective_until:
        yield "NOT_NEEDED"
    if relief.entered_from is not None or relief.entered_until is not None:
        if person.arrived is None:
            yield "ENTRY_UNKNOWN"
        elif not (relief.entered_from or date.min) <= person.arrived <= (relief.entered_until or date.max):
            yield "ENTRY"


def _relief(row: Stored) -> Relief:
    facts = dated(row, *RELIEF_DAYS)
    del facts["covers_from"]
    facts["classes"] = tuple((row["classes"] or "").split())
    facts["speaks_until"] = None if facts["speaks_until"] == date.max else facts["speaks_until"]
    facts |= {flag: bool(row[flag]) for flag in ("in_country_only", "verified")}
    return Relief(**facts)
