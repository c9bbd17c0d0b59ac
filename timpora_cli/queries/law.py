"""The law as rows: which reliefs, rules and holidays are on record, and what each relief does for one permit."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from timpora_cli.errors import NotFound
from timpora_cli.model.law import DatedRule, Holiday, Relief, ReliefStep, Rule
from timpora_cli.model.names import did_you_mean
from timpora_cli.model.people import PermitHeld, Person
from timpora_cli.queries.people import ENTERED
from timpora_cli.queries.rows import Stored, dated, day, first, iso, rows

RELIEFS = """
SELECT
    relief.code, relief.name, relief.legal_basis, relief.issued_on, relief.effective_from, relief.effective_until,
    relief.expired_from, relief.expired_until, relief.entered_from, relief.entered_until, relief.in_country_only,
    relief.extendable, relief.action_required, relief.supersedes, relief.ended_on, relief.source_url AS source,
    relief.verified, relief_span.speaks_from, relief_span.speaks_until, relief_span.expired_from AS covers_from,
    (SELECT group_concat(class_code, ' ') FROM (
        SELECT relief_class.class_code FROM relief_class
        JOIN permit_class ON permit_class.code = relief_class.class_code
        WHERE relief_class.relief_code = relief.code
        ORDER BY permit_class.position
    )) AS classes
FROM relief
LEFT JOIN relief_span ON relief_span.code = relief.code
ORDER BY relief.effective_from, relief.code
"""
RULES = """
SELECT id AS rule_id, kind, subject, value, valid_from, valid_until, legal_basis, source, verified,
    (valid_from IS NULL OR valid_from <= :on) AND (valid_until IS NULL OR valid_until >= :on) AS in_force
FROM rule
ORDER BY kind, subject, valid_from IS NOT NULL, valid_from, id
"""
DATED_RULES = """
SELECT id AS rule_id, subject, value, valid_from AS since, valid_until AS until, legal_basis AS basis, source
FROM rule
WHERE kind = :kind AND (:subject IS NULL OR subject = :subject)
ORDER BY valid_from IS NOT NULL, valid_from, id
"""
HOLIDAYS = "SELECT day, name, source FROM holiday WHERE :year IS NULL OR substr(day, 1, 4) = :year ORDER BY day"
RELIEF_DAYS = (
    "issued_on", "effective_from", "speaks_from", "speaks_until", "effective_until", "expired_from", "expired_until",
    "entered_from", "entered_until", "ended_on",
)  # fmt: skip
COVERED = f"SELECT relief_code FROM relief_offer WHERE permit_id = :permit AND {ENTERED.format(entered=':entered')}"
RULE = "SELECT 1 FROM rule WHERE id = :rule"


class NoRelief(NotFound):
    """There is no relief {code}.{hint} See them with: timpora relief list"""


class NoRule(NotFound):
    """There is no rule {rule}. See them with: timpora rule list"""


def reliefs(connection: sqlite3.Connection) -> list[Relief]:
    """Return all reliefs on record, by the first day on which each was in force."""
    return [_relief(row) for row in rows(connection, RELIEFS)]


def reliefs_on(connection: sqlite3.Connection, on: date) -> list[Relief]:
    """Return the reliefs that are in force on the day `on`, by the first day on which each was."""
    return [relief for relief in reliefs(connection) if relief.speaks(on)]


def in_force(connection: sqlite3.Connection) -> set[str]:
    """Return the codes of the reliefs that are in force on some day."""
    return {relief.code for relief in reliefs(connection) if relief.speaks_from is not None}


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


def dated_rules(connection: sqlite3.Connection, kind: str, subject: str | None = None) -> list[DatedRule]:
    """Return the rows of a kind of rule, for a subject or for all, of two the one that began later behind the other."""
    asked = {"kind": kind, "subject": subject}
    return [DatedRule(**dated(row, "since", "until")) for row in rows(connection, DATED_RULES, asked)]


def refuse_no_rule(connection: sqlite3.Connection, rule: int) -> None:
    """Raise NoRule unless there is a rule of that id."""
    if first(connection, RULE, {"rule": rule}) is None:
        raise NoRule(rule=rule)


def holidays(connection: sqlite3.Connection, year: str | None = None) -> list[Holiday]:
    """Return the holidays that officers have loaded: of one year, or all."""
    return [Holiday(**dated(row, "day")) for row in rows(connection, HOLIDAYS, {"year": year})]


def relief_steps(connection: sqlite3.Connection, person: Person, on: date) -> list[ReliefStep]:
    """Return the reliefs that bear on the permit that `person` holds on the day `on`, in order of time.

    They keep a permit of this class and printed end valid longer, or kept it so while they were in force. The view
    relief_offer and the arrival of the stay of that day decide what is covered; the conditions on the entry that fail
    are named from the same columns.
    """
    permit = person.permit
    if permit is None:
        return []
    asked = {"permit": permit.permit_id, "entered": iso(person.arrived)}
    covered = {row["relief_code"] for row in rows(connection, COVERED, asked)}
    found = []
    for row in rows(connection, RELIEFS):
        relief = _relief(row)
        if _bears_on(relief, day(row["covers_from"]), permit, on):
            covers = relief.code in covered
            fails = () if covers else tuple(_fails(relief, person))
            decides = covers and relief.name == permit.relief
            found.append(ReliefStep(relief, covers, fails, relief.speaks(on), decides))
    return found


def _bears_on(relief: Relief, covers_from: date | None, permit: PermitHeld, on: date) -> bool:
    """Return whether by the day `on` a relief reaches past a permit's printed end, whoever holds the permit."""
    printed, until = permit.expires_on, relief.speaks_until
    if relief.speaks_from is None or relief.speaks_from > on or printed is None:
        return False
    reaches = relief.effective_until or date.max
    if until is not None and until <= on:
        reaches = min(reaches, until - timedelta(days=1))
    return (
        permit.class_code in relief.classes
        and (covers_from or date.min) <= printed <= (relief.expired_until or date.max)
        and printed < reaches
    )


def _fails(relief: Relief, person: Person) -> Iterator[str]:
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
