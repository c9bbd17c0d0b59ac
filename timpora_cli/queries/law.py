"""The law in rows: which reliefs, rules and holidays are on record, and how each relief bears on one permit."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from timpora_cli.errors import NotFound
from timpora_cli.model.law import Holiday, Relief, ReliefStep, Rule
from timpora_cli.model.names import did_you_mean
from timpora_cli.model.people import Person
from timpora_cli.queries.people import day

RELIEFS = """
SELECT
    relief.code, relief.name, relief.legal_basis, relief.issued_on, relief.effective_until,
    relief.expired_from, relief.expired_until, relief.entered_from, relief.entered_until,
    relief.in_country_only, relief.extendable, relief.action_required, relief.supersedes, relief.ended_on,
    relief.source_url, relief.verified, relief_span.speaks_from, relief_span.speaks_until, relief_span.expired_from,
    (SELECT group_concat(class_code, ' ') FROM (
        SELECT relief_class.class_code FROM relief_class
        JOIN permit_class ON permit_class.code = relief_class.class_code
        WHERE relief_class.relief_code = relief.code
        ORDER BY permit_class.position
    ))
FROM relief
JOIN relief_span ON relief_span.code = relief.code
ORDER BY relief.effective_from, relief.code
"""
RULES = """
SELECT id, kind, subject, value, valid_from, valid_until, legal_basis, source, verified
FROM rule
ORDER BY kind, subject, valid_from IS NOT NULL, valid_from, id
"""
HOLIDAYS = "SELECT day, name, source FROM holiday WHERE :year IS NULL OR substr(day, 1, 4) = :year ORDER BY day"
COVERED = "SELECT relief_code FROM relief_coverage WHERE permit_id = ?"
RULE = "SELECT 1 FROM rule WHERE id = ?"


class NoRelief(NotFound):
    """There is no relief {code}.{hint} See them with: timpora relief list"""


class NoRule(NotFound):
    """There is no rule {rule}. See them with: timpora rule list"""


def reliefs(connection: sqlite3.Connection) -> list[Relief]:
    """Return all reliefs on record, in the order in which they began to speak."""
    return [_relief(row)[0] for row in connection.execute(RELIEFS)]


def relief_named(connection: sqlite3.Connection, code: str) -> Relief:
    """Return the relief of a code in any letter case; NoRelief, with the nearest code, otherwise."""
    known = {relief.code.casefold(): relief for relief in reliefs(connection)}
    if code.strip().casefold() not in known:
        hint = did_you_mean(code, [relief.code for relief in known.values()], limit=1)
        raise NoRelief(code=code, hint=hint)
    return known[code.strip().casefold()]


def rules(connection: sqlite3.Connection, on: date) -> list[Rule]:
    """Return all rule rows, those of one kind and subject together; `in_force` is as of the day `on`."""
    found = []
    for identity, kind, subject, value, since, until, basis, source, verified in connection.execute(RULES):
        first, last = day(since), day(until)
        in_force = (first is None or first <= on) and (last is None or last >= on)
        found.append(
            Rule(identity, kind, subject, value, first, last, basis, source, bool(verified), in_force=in_force)
        )
    return found


def refuse_no_rule(connection: sqlite3.Connection, rule: int) -> None:
    """Raise NoRule unless there is a rule of that id."""
    if connection.execute(RULE, (rule,)).fetchone() is None:
        raise NoRule(rule=rule)


def holidays(connection: sqlite3.Connection, year: str | None = None) -> list[Holiday]:
    """Return the holidays that officers have loaded: of one year, or all."""
    rows = connection.execute(HOLIDAYS, {"year": year})
    return [Holiday(date.fromisoformat(when), name, source) for when, name, source in rows]


def relief_steps(connection: sqlite3.Connection, person: Person, on: date) -> list[ReliefStep]:
    """Return how each relief on record bears on the permit that `person` holds on the day `on`, in order of time.

    The view relief_coverage decides what is covered; the conditions that fail are named from the same columns.
    """
    permit = person.permit
    if permit is None:
        return []
    covered = {code for (code,) in connection.execute(COVERED, (permit.permit_id,))}
    found = [_relief(row) for row in connection.execute(RELIEFS)]
    steps = []
    for relief, expired_from in found:
        speaks = relief.speaks_from <= on and (relief.speaks_until is None or on < relief.speaks_until)
        covers = relief.code in covered
        fails = () if covers else tuple(_fails(relief, expired_from, person))
        steps.append(
            ReliefStep(
                relief,
                covers,
                fails,
                speaks,
                decides=covers and relief.name == permit.relief,
                covers_from=expired_from,
            )
        )
    return steps


def _fails(relief: Relief, expired_from: date | None, person: Person) -> Iterator[str]:
    permit = person.permit
    if permit is None:
        return
    if permit.class_code not in relief.classes:
        yield "CLASS"
    if permit.expires_on is None:
        yield "NO_PRINTED_END"
        return
    if expired_from is not None and permit.expires_on < expired_from:
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


def _relief(row: tuple[str | int | None, ...]) -> tuple[Relief, date | None]:
    texts = [None if cell is None else str(cell) for cell in row]
    (code, name, basis, issued, until, expired_from, expired_until, entered_from, entered_until) = texts[:9]
    (in_country, extendable, action, supersedes, ended, source, verified, speaks_from, speaks_until) = texts[9:18]
    speaks_until_day = day(speaks_until)
    relief = Relief(
        code=str(code),
        name=str(name),
        legal_basis=str(basis),
        classes=tuple((texts[19] or "").split()),
        issued_on=day(issued),
        speaks_from=date.fromisoformat(str(speaks_from)),
        speaks_until=None if speaks_until_day is None or speaks_until_day == date.max else speaks_until_day,
        effective_until=day(until),
        expired_from=day(expired_from),
        expired_until=day(expired_until),
        entered_from=day(entered_from),
        entered_until=day(entered_until),
        in_country_only=in_country == "1",
        extendable=str(extendable),
        action_required=action,
        supersedes=supersedes,
        ended_on=day(ended),
        source=str(source),
        verified=verified == "1",
    )
    return relief, day(texts[18])
