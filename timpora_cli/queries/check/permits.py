"""What is wrong or missing in permits, alone and beside the passport."""

import sqlite3
from collections.abc import Iterator

from timpora_cli.language import _, n_
from timpora_cli.model.log import Concern
from timpora_cli.queries.check.found import Accepted, Who
from timpora_cli.queries.noticing import LATE_GRANTS, permits_beyond_passports
from timpora_cli.queries.rows import stored_day
from timpora_cli.queries.verify import OVERLAPPING_PERMITS

HOLDER = """
SELECT resident.id, resident.full_name, permit.starts_on, permit.ended_on
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.id = :permit
"""
EXPIRES_BEFORE_ISSUE = """
SELECT permit.id, permit.resident_id, resident.full_name, permit.expires_on, permit.issued_on
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.expires_on < permit.issued_on
ORDER BY permit.resident_id
"""
WITHOUT_PERMIT = """
SELECT residence.resident_id, resident.full_name,
    (SELECT max(permit.id) FROM permit WHERE permit.resident_id = residence.resident_id)
FROM residence
JOIN resident ON resident.id = residence.resident_id
WHERE residence.until_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM permit WHERE permit.resident_id = residence.resident_id AND permit.ended_on IS NULL
)
ORDER BY residence.resident_id
"""
UNKNOWN_END = """
SELECT permit.id, permit.resident_id, resident.full_name
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.ended_on IS NULL AND permit.expires_on IS NULL AND permit.unlimited IS NULL
ORDER BY permit.resident_id
"""


def impossible(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the permits whose days cannot be: two at once, or an end before the beginning."""
    for one, other in connection.execute(OVERLAPPING_PERMITS).fetchall():
        (*who, starts, ends), (*_who, began, ended) = (
            connection.execute(HOLDER, {"permit": permit}).fetchone() for permit in (other, one)
        )
        text = _("permits {one} and {other} overlap").format(one=one, other=other)
        mend = f"timpora permit edit {other} --issued DATE"
        facts = (began, ended, starts, ends)
        yield accepted.concern("OVERLAP", (one, other), Who(*who), text, mend, facts=facts)
    for permit, resident, name, expires, issued in connection.execute(EXPIRES_BEFORE_ISSUE):
        text = _("permit {permit} expires {expires}, before its issue {issued}").format(
            permit=permit, expires=expires, issued=issued
        )
        mend = f"timpora permit edit {permit} --expires DATE"
        who = Who(resident, name)
        yield accepted.concern("EXPIRY_BEFORE_ISSUE", (permit,), who, text, mend, facts=(expires, issued))


def missing(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the permits without a last day, and the people present without a permit."""
    for permit, resident, name in connection.execute(UNKNOWN_END):
        text = _("nobody recorded the last day of permit {permit}").format(permit=permit)
        mend = f"timpora permit edit {permit} --expires DATE"
        yield accepted.concern("UNKNOWN_END", (permit,), Who(resident, name), text, mend, facts=())
    for resident, name, last in connection.execute(WITHOUT_PERMIT):
        text = _("is present without a current permit")
        mend = f"timpora permit add {resident} --class CLASS --number NUMBER --issued DATE --expires DATE"
        yield accepted.concern("WITHOUT_PERMIT", (resident,), Who(resident, name), text, mend, facts=(last,))


def beyond_passports(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the permits that run on when the passport has ended."""
    for permit, resident, name, expires, passport, until in permits_beyond_passports(connection, "1", {}):
        text = _("permit {permit} runs to {expires}, the passport only to {passport}").format(
            permit=permit, expires=expires, passport=until
        )
        mend = f"timpora resident passport {resident} NUMBER --expires DATE"
        facts = (expires, passport, until)
        yield accepted.concern("BEYOND_PASSPORT", (permit,), Who(resident, name), text, mend, facts=facts)


def gaps(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the current permits that were issued when the one before had ended: the days between were overstay."""
    current = LATE_GRANTS.format(which="permit.ended_on IS NULL")
    for permit, resident, name, ended, began in connection.execute(current):
        days = (stored_day(began) - stored_day(ended)).days - 1
        text = n_(
            "{days} day without a valid permit before permit {permit} was issued on {began}",
            "{days} days without a valid permit before permit {permit} was issued on {began}",
            days,
        ).format(days=days, permit=permit, began=began)
        mend = f"timpora permit edit {permit} --issued DATE"
        yield accepted.concern("GAP", (permit,), Who(resident, name), text, mend, facts=(ended, began))
