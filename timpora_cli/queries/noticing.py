"""What a change accepted and says: a permit or passport that has ended, a gap before a grant, a permit beyond its
passport, a term longer than the class allows, a name and birth day already known. It refuses nothing.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from timpora_cli.language import _, n_
from timpora_cli.model.names import fold_name
from timpora_cli.model.notices import Notice
from timpora_cli.queries.people import PASSPORT_ON_DAY
from timpora_cli.queries.rows import Stored, day, rows, stored_day

if TYPE_CHECKING:
    from timpora_cli.store.change import Change

# Until when the reliefs that had begun by a day kept a permit valid, as far as they spoke on that day.
KEPT_UNTIL = """
SELECT max(iif(speaks_until > {day}, keeps_valid_until, kept_until)) FROM relief_coverage
WHERE relief_coverage.permit_id = {permit}.id AND relief_coverage.speaks_from <= {day}
"""
# The last day to which any relief keeps, or kept, any permit valid.
LAST_DAY_KEPT = """
SELECT max(iif(speaks_until > :today, keeps_valid_until, min(keeps_valid_until, date(speaks_until, '-1 day'))))
FROM relief_span
WHERE code IN (SELECT relief_code FROM relief_class)
"""
PERMITS_ENDED = f"""
WITH held AS (
    SELECT
        permit.id,
        permit.resident_id,
        permit.expires_on,
        ({KEPT_UNTIL.format(permit="permit", day=":today").strip()}) AS relief_until
    FROM permit
    WHERE {{permits}} AND permit.expires_on < :today AND (permit.ended_on IS NULL OR permit.ended_on > :today)
)
SELECT id, max(expires_on, coalesce(relief_until, expires_on)) AS last_day
FROM held
WHERE relief_until IS NULL OR relief_until < :today
ORDER BY resident_id
"""
# How many these are. No permit is looked at one by one after the last day to which any relief keeps one valid.
COUNT_PERMITS_ENDED = f"""
SELECT count(*) FROM permit
WHERE {{permits}} AND permit.expires_on < :today AND (permit.ended_on IS NULL OR permit.ended_on > :today)
    AND (
        :today > ({LAST_DAY_KEPT.strip()})
        OR coalesce(({KEPT_UNTIL.format(permit="permit", day=":today").strip()}), '') < :today
    )
"""
PASSPORTS_ENDED = "SELECT expires_on FROM passport WHERE {passports} AND retired_on IS NULL AND expires_on < :today"
# The valid days end with the printed end, or with the reliefs that were in force before the next grant was issued.
LATE_GRANTS = f"""
WITH follower AS (
    SELECT
        permit.id,
        permit.resident_id,
        permit.starts_on,
        before.expires_on,
        ({KEPT_UNTIL.format(permit="before", day="date(permit.starts_on, '-1 day')").strip()}) AS relief_until
    FROM permit
    JOIN permit AS before ON before.id = permit.follows_id
    WHERE {{which}} AND permit.issued_on > date(before.expires_on, '+1 day')
)
SELECT
    follower.id, follower.resident_id, resident.full_name,
    max(follower.expires_on, coalesce(follower.relief_until, follower.expires_on)), follower.starts_on
FROM follower
JOIN resident ON resident.id = follower.resident_id
WHERE follower.relief_until IS NULL OR date(follower.relief_until, '+1 day') < follower.starts_on
ORDER BY follower.resident_id
"""
# A grant that begins anew after one that was revoked, with the days between; who left and came back had no gap.
ANEW = """
SELECT permit.id, permit.resident_id, NULL, max(before.ended_on), permit.issued_on
FROM permit
JOIN permit AS before ON before.resident_id = permit.resident_id AND before.ended_on <= permit.starts_on
WHERE {permits} AND permit.follows_id IS NULL AND permit.issued_on IS NOT NULL AND before.id <> permit.id
GROUP BY permit.id
HAVING before.end_reason = 'REVOKED' AND before.ended_on < permit.issued_on
"""
# {which} says of which permits: all of them (timpora check), or those that a change is asked about.
PERMIT_BEYOND_PASSPORT = """
SELECT permit.id, permit.resident_id, resident.full_name, permit.expires_on, passport.id, passport.expires_on
FROM permit
JOIN resident ON resident.id = permit.resident_id
JOIN passport ON passport.id = ({in_use})
WHERE {which} AND permit.ended_on IS NULL AND permit.expires_on > passport.expires_on
ORDER BY permit.resident_id
"""
GRANTED = """
SELECT
    permit.id, permit.class_code, permit.issued_on, permit.valid_from, permit.expires_on,
    before.class_code AS class_before, before.expires_on AS end_before
FROM permit
LEFT JOIN permit AS before ON before.id = permit.follows_id
WHERE {permits} AND permit.issued_on IS NOT NULL AND permit.expires_on IS NOT NULL
"""
TERMS = """
SELECT kind, value, legal_basis FROM rule
WHERE kind IN ('TERM_DAYS', 'TERM_MONTHS') AND subject = :class
    AND (valid_from IS NULL OR valid_from <= :on) AND (valid_until IS NULL OR valid_until >= :on)
ORDER BY valid_from DESC, id DESC
LIMIT 1
"""
BORN_ALIKE = """
SELECT other.id, other.full_name, mine.full_name AS own
FROM resident AS mine
JOIN resident AS other ON other.born = mine.born AND other.id <> mine.id
WHERE mine.id = :resident
ORDER BY other.id
"""
IN_THE_END = date.max.isoformat()  # the passports as they stand, whatever day it is

Given = dict[str, int | str | None]


class _Scope(NamedTuple):
    """Of which rows something is to be noticed: conditions on permit (None: of none) and passport, and parameters."""

    permits: str | None
    passports: str
    parameters: Given


def noticed(change: "Change", today: date, resident: int, permit: int | None = None) -> tuple[Notice, ...]:
    """Return what a change accepted of a resident's own row and passport, and of the permit `permit`."""
    asked: Given = {"change": change.number, "resident": resident, "permit": permit}
    whose = "passport.resident_id = :resident AND passport.change_id = :change"
    scope = _Scope("permit.id = :permit" if permit is not None else None, whose, {**asked, "today": today.isoformat()})
    return (*_noticed(change.connection, scope), *_known_already(change.connection, change.number, resident))


def counted_of_all(change: "Change", today: date) -> Counter[str]:
    """Count what a change accepted of all current permits and passports that it wrote, by the kind of a notice."""
    written = "permit.change_id = :change AND permit.ended_on IS NULL"
    parameters: Given = {"change": change.number, "today": today.isoformat()}
    scope = _Scope(written, "passport.change_id = :change", parameters)
    ended = change.connection.execute(COUNT_PERMITS_ENDED.format(permits=written), parameters).fetchone()[0]
    kinds = Counter(notice.kind for notice in _noticed_beside_ended(change.connection, written, scope))
    return Counter({"PERMIT_ENDED": ended}) + kinds


def _noticed(connection: sqlite3.Connection, scope: _Scope) -> Iterator[Notice]:
    permits, passports, given = scope
    if permits is None:
        yield from _passport_ended(connection, passports, given)
        yield from _beyond_passport(connection, passports, given)
        return
    yield from _permit_ended(connection, permits, given)
    yield from _noticed_beside_ended(connection, permits, scope)


def _noticed_beside_ended(connection: sqlite3.Connection, permits: str, scope: _Scope) -> Iterator[Notice]:
    """Yield all notices but those of permits that have ended."""
    _permits, passports, given = scope
    yield from _passport_ended(connection, passports, given)
    yield from _gaps(connection, permits, given)
    yield from _beyond_passport(connection, f"(({permits}) OR ({passports}))", given)
    terms: dict[tuple[str, str], Stored | None] = {}
    for row in rows(connection, GRANTED.format(permits=permits), given):
        asked = row["class_code"], row["issued_on"]
        if asked not in terms:
            terms[asked] = next(rows(connection, TERMS, {"class": asked[0], "on": asked[1]}), None)
        yield from _too_long(row, terms[asked])


def _permit_ended(connection: sqlite3.Connection, permits: str, given: Given) -> Iterator[Notice]:
    for permit, last_day in connection.execute(PERMITS_ENDED.format(permits=permits), given):
        sentence = _("Permit {permit} has already ended: its last day was {day}.")
        yield Notice("PERMIT_ENDED", sentence.format(permit=permit, day=last_day))


def _passport_ended(connection: sqlite3.Connection, passports: str, given: Given) -> Iterator[Notice]:
    for row in rows(connection, PASSPORTS_ENDED.format(passports=passports), given):
        sentence = _("The passport has already ended: its last day was {day}.")
        yield Notice("PASSPORT_ENDED", sentence.format(day=row["expires_on"]))


def _gaps(connection: sqlite3.Connection, permits: str, given: Given) -> Iterator[Notice]:
    late = LATE_GRANTS.format(which=permits)
    for query, first in ((late, 1), (ANEW.format(permits=permits), 0)):
        for permit, _resident, _name, ended, began in connection.execute(query, given):
            days = (stored_day(began) - stored_day(ended)).days - first
            sentence = n_(
                "Before permit {permit} there is {days} day without a valid permit.",
                "Before permit {permit} there are {days} days without a valid permit.",
                days,
            )
            yield Notice("GAP", sentence.format(permit=permit, days=days))


def permits_beyond_passports(
    connection: sqlite3.Connection, which: str, parameters: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    """Return the permits that run on when the passport in use has ended; `which` is a condition in SQL on both."""
    in_use = PASSPORT_ON_DAY.format(resident="permit.resident_id")
    query = PERMIT_BEYOND_PASSPORT.format(in_use=in_use, which=which)
    return connection.execute(query, {**parameters, "on": IN_THE_END}).fetchall()


def _beyond_passport(connection: sqlite3.Connection, which: str, given: Given) -> Iterator[Notice]:
    for permit, _resident, _name, expires, _passport, until in permits_beyond_passports(connection, which, given):
        sentence = _("Permit {permit} runs to {expires}, the passport only to {passport}.")
        yield Notice("BEYOND_PASSPORT", sentence.format(permit=permit, expires=expires, passport=until))


def _too_long(row: Stored, rule: Stored | None) -> Iterator[Notice]:
    """Yield the notice of a term that the class does not allow by the rule row of the day of issue.

    It counts from the day of issue, or the printed start, or the day after the end that it extends: the last of them.
    """
    start, expires = day(row["issued_on"]), day(row["expires_on"])
    if rule is None or start is None or expires is None:
        return
    extended = day(row["end_before"]) if row["class_before"] == row["class_code"] else None
    start = max(filter(None, (start, day(row["valid_from"]), extended and extended + timedelta(days=1))))
    months = rule["kind"] == "TERM_MONTHS"
    if expires <= (_months_after(start, rule["value"]) if months else start + timedelta(days=rule["value"])):
        return
    length = (
        n_("{number} month", "{number} months", rule["value"])
        if months
        else n_("{number} day", "{number} days", rule["value"])
    ).format(number=rule["value"])
    sentence = _("Permit {permit} runs from {start} to {expires}; the longest term of {kind} is {length} ({basis}).")
    yield Notice(
        "LONGER_THAN_TERM",
        sentence.format(
            permit=row["id"],
            start=start,
            expires=expires,
            kind=row["class_code"],
            length=length,
            basis=rule["legal_basis"],
        ),
    )


@lru_cache(maxsize=4096)  # many permits of a sheet begin on one day
def _months_after(start: date, months: int) -> date:
    from dateutil.relativedelta import relativedelta

    return start + relativedelta(months=months)


def _known_already(connection: sqlite3.Connection, change: int, resident: int) -> Iterator[Notice]:
    ((written,),) = connection.execute("SELECT change_id FROM resident WHERE id = ?", (resident,)).fetchall()
    if written != change:
        return
    for row in rows(connection, BORN_ALIKE, {"resident": resident}):
        if _parts(row["full_name"]) == _parts(row["own"]):
            sentence = _(
                "Resident {other} has the same name and birth day. If they are one person: "
                "timpora resident merge {other} {id}"
            )
            yield Notice("KNOWN_ALREADY", sentence.format(other=row["id"], id=resident))


def _parts(name: str) -> list[str]:
    return sorted(fold_name(name).split())
