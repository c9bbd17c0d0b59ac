"""Numbers that name two things: no rule lets them in now, and an older register may have them."""

import sqlite3
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from timpora_cli.language import _
from timpora_cli.model.log import Concern
from timpora_cli.queries.check.found import Accepted, Who
from timpora_cli.queries.rows import folded

# Grants of one resident may have one number, each with another end: an extension often keeps it.
PERMITS = f"""
WITH twice (number) AS (
    SELECT {folded("number")} FROM permit
    WHERE number IS NOT NULL
    GROUP BY 1
    HAVING min(resident_id) <> max(resident_id) OR count(*) <> count(DISTINCT coalesce(expires_on, ''))
)
SELECT twice.number, permit.id, permit.resident_id, resident.full_name, permit.expires_on, permit.number
FROM twice
JOIN permit ON {folded("permit.number")} = twice.number
JOIN resident ON resident.id = permit.resident_id
ORDER BY permit.id
"""
NIORA = f"""
WITH twice (number) AS (
    SELECT {folded("niora")} FROM resident WHERE niora IS NOT NULL GROUP BY 1 HAVING count(*) > 1
)
SELECT twice.number, resident.id, resident.full_name, resident.niora
FROM twice JOIN resident ON resident.niora IS NOT NULL AND {folded("resident.niora")} = twice.number
ORDER BY resident.id
"""
PASSPORTS = """
WITH twice (number) AS (
    SELECT number FROM passport GROUP BY number HAVING min(resident_id) <> max(resident_id)
)
SELECT twice.number, passport.resident_id, resident.full_name, passport.country
FROM twice
JOIN passport ON passport.number = twice.number
JOIN resident ON resident.id = passport.resident_id
ORDER BY passport.resident_id, passport.id
"""

Row = tuple[Any, ...]


def permits(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the permits whose number another permit has, of another resident or with the same end."""
    for one, other in _pairs(connection, PERMITS):
        (permit, resident, *_name, expires, number), (later, holder, name, until, again) = one, other
        if resident == holder and expires != until:
            continue
        text = _("permit {later} has the number of permit {permit}").format(later=later, permit=permit)
        mend = f"timpora permit edit {later} --number NUMBER"
        facts = (resident, expires, number, holder, until, again)
        who = Who(holder, name)
        yield accepted.concern("SAME_PERMIT_NUMBER", (permit, later), who, text, mend, facts=facts)


def niora(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the residents with the NIORA of another."""
    for (first, *_name, number), (resident, name, again) in _pairs(connection, NIORA):
        text = _("has the NIORA of resident {first}").format(first=first)
        mend = f"timpora resident merge {first} {resident}"
        who = Who(resident, name)
        yield accepted.concern("SAME_NIORA", (first, resident), who, text, mend, facts=(number, again))


def passports(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the residents with a passport whose number another resident's passport has, of another country."""
    for (first, *_name, country), (resident, name, other) in _pairs(connection, PASSPORTS):
        if first == resident:
            continue
        text = _("has a passport of the number that resident {first} has one of, of {country} and {other}").format(
            first=first, country=country, other=other
        )
        mend = f"timpora resident merge {first} {resident}"
        who = Who(resident, name)
        yield accepted.concern("SAME_PASSPORT", (first, resident), who, text, mend, facts=(country, other))


def _pairs(connection: sqlite3.Connection, query: str) -> Iterator[tuple[Row, Row]]:
    """Yield each two rows that a query finds for one number, without that number."""
    alike: dict[str, list[Row]] = {}
    for number, *row in connection.execute(query):
        alike.setdefault(number, []).append(tuple(row))
    for rows in alike.values():
        yield from combinations(rows, 2)
