"""Who is present on a day, where, and on which permit: the one join that every list and count stands on."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from timpora_cli.model.people import PermitHeld, Person, Place
from timpora_cli.model.rules import RulesInForce, standing
from timpora_cli.queries.filters import Where
from timpora_cli.queries.rules import rules_on

# A person's columns, whatever says which permit and which residence are meant, and as of which day.
PERSON = """
SELECT
    resident.id AS resident_id,
    resident.full_name,
    resident.sex,
    resident.born,
    resident.nationality,
    resident.purpose_code,
    resident.sponsor_id,
    resident.arrived,
    village.code AS village_code,
    village.name AS village,
    district.code AS district_code,
    district.name AS district,
    district.regency_code,
    permit.id AS permit_id,
    permit.class_code,
    coalesce(permit_class.group_code, 'NONE') AS group_code,
    permit.number AS permit_number,
    permit.issued_on,
    permit.expires_on{more}
FROM residence
JOIN resident ON resident.id = residence.resident_id
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(village.district_code, residence.district_code)
{permit}
LEFT JOIN permit_class ON permit_class.code = permit.class_code
WHERE {residence}
"""

PERMIT_ON_DAY = """
LEFT JOIN permit
    ON permit.resident_id = resident.id
    AND (permit.starts_on IS NULL OR permit.starts_on <= :on)
    AND (permit.ended_on IS NULL OR permit.ended_on > :on)
"""
RESIDENCE_ON_DAY = """
(residence.from_on IS NULL OR residence.from_on <= :on)
    AND (residence.until_on IS NULL OR residence.until_on > :on)
"""
# Periods are half-open, so nobody stands twice in it: one residence and at most one permit hold on any day.
PERSON_ON_DAY = PERSON.format(more="", permit=PERMIT_ON_DAY.strip(), residence=RESIDENCE_ON_DAY.strip())

# The relief that reaches furthest of those that speak on the day or have spoken before it, each as far as it kept a
# permit valid; of two that reach equally far, the later one.
RELIEF_ON_DAY = """
SELECT {column}
FROM (
    SELECT
        relief_coverage.relief_name,
        relief_coverage.speaks_from,
        iif(
            relief_coverage.speaks_until > {day}, relief_coverage.keeps_valid_until, relief_coverage.kept_until
        ) AS reaches
    FROM relief_coverage
    WHERE relief_coverage.permit_id = person.permit_id AND relief_coverage.speaks_from <= {day}
)
WHERE reaches > person.expires_on
ORDER BY reaches DESC, speaks_from DESC
LIMIT 1
"""

# The passport in use on a day: of several on record, the one that was retired soonest after it.
PASSPORT_ON_DAY = """
SELECT used.id
FROM passport AS used
WHERE used.resident_id = {resident}
    AND (used.issued_on IS NULL OR used.issued_on <= :on)
    AND (used.retired_on IS NULL OR used.retired_on > :on)
ORDER BY coalesce(used.retired_on, '9999-12-31'), used.issued_on DESC
LIMIT 1
"""

PEOPLE = """
WITH person AS ({person})
SELECT
    person.*,
    sponsor.name AS sponsor,
    ({relief_until}) AS relief_until,
    ({relief_name}) AS relief_name
FROM person
LEFT JOIN sponsor ON sponsor.id = person.sponsor_id
WHERE {conditions}
ORDER BY person.resident_id
"""

PRESENT = """
WITH person AS ({person_on_day})
SELECT
    count(*),
    count(*) FILTER (WHERE {conditions}),
    count(*) FILTER (WHERE {conditions} AND person.permit_id IS NULL)
FROM person
"""

Row = Mapping[str, str | int | None]

ONE = "person.resident_id = CAST(:resident AS INTEGER)"
IN_STATE = "person.resident_id IN (SELECT value FROM json_each(:in_state))"


def people(
    connection: sqlite3.Connection, on: date, where: Where, also: str = "1", **parameters: str
) -> Iterator[Person]:
    """Yield those present on the day `on` who meet `where`, by resident id, each with the permit then in force.

    `also` is one more SQL condition over the columns of PERSON_ON_DAY, with `parameters` of its own.
    """
    query = persons(PERSON_ON_DAY, ":on", f"{where.conditions} AND {also}")
    rules = rules_on(connection, on)
    for row in rows(connection, query, {"on": on.isoformat(), **where.parameters, **parameters}):
        person = person_in(row, on, rules)
        if where.admits(person):
            yield person


def persons(person: str, day: str, conditions: str) -> str:
    """Return the query for the rows that `person_in` reads: those of `person` (PERSON, filled in) meeting `conditions`.

    `day` is the SQL of the day as of which each is asked about: a parameter, or a column of `person`.
    """
    return PEOPLE.format(
        person=person,
        relief_until=RELIEF_ON_DAY.format(column="reaches", day=day),
        relief_name=RELIEF_ON_DAY.format(column="relief_name", day=day),
        conditions=conditions,
    )


def rows(connection: sqlite3.Connection, query: str, parameters: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of a query by the names of its columns."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def person_of(connection: sqlite3.Connection, on: date, resident_id: int) -> Person | None:
    """Return the resident of an id as of the day `on`, or None where that resident is not present then."""
    return next(people(connection, on, Where(ONE, {"resident": str(resident_id)})), None)


class Present(NamedTuple):
    """How many people are present on a day, how many of them meet the filters, and how many of those lack a permit."""

    everyone: int
    matching: int
    without_permit: int


def present(connection: sqlite3.Connection, on: date, where: Where) -> Present:
    """Return how many are present on the day `on`, whatever the states that `where` asks for."""
    query = PRESENT.format(person_on_day=PERSON_ON_DAY, conditions=where.conditions)
    return Present(*connection.execute(query, {"on": on.isoformat(), **where.parameters}).fetchone())


def by_state(connection: sqlite3.Connection, on: date, where: Where) -> Where:
    """Return `where` with the states that it asks for as a condition on ids, for a query that knows no states."""
    if not where.states:
        return where
    found = str([person.resident_id for person in people(connection, on, where)])
    return Where(f"{where.conditions} AND {IN_STATE}", {**where.parameters, "in_state": found})


def day(text: str | None) -> date | None:
    """Return the date of a stored ISO day, or None where the day is not known."""
    return None if text is None else date.fromisoformat(text)


def iso(known: date | None) -> str | None:
    """Return a day as it is stored, or None where it is not known."""
    return None if known is None else known.isoformat()


def person_in(row: Row, on: date, rules: RulesInForce) -> Person:
    """Return the person of a row of `persons`, as of the day `on` and under the rules in force on it."""
    return Person(
        resident_id=_int(row["resident_id"]),
        name=str(row["full_name"]),
        sex=_text(row["sex"]),
        born=day(_text(row["born"])),
        nationality=str(row["nationality"]),
        purpose=_text(row["purpose_code"]),
        sponsor=_text(row["sponsor"]),
        arrived=day(_text(row["arrived"])),
        place=Place(
            _text(row["village_code"]), _text(row["village"]), _text(row["district_code"]), _text(row["district"])
        ),
        permit=None if row["permit_id"] is None else _permit(row, on, rules),
    )


def _permit(row: Row, on: date, rules: RulesInForce) -> PermitHeld:
    expires_on = day(_text(row["expires_on"]))
    relief_until = day(_text(row["relief_until"]))
    effective_until = expires_on if expires_on is None or relief_until is None else max(expires_on, relief_until)
    class_code = str(row["class_code"])
    return PermitHeld(
        permit_id=_int(row["permit_id"]),
        class_code=class_code,
        number=_text(row["permit_number"]),
        issued_on=day(_text(row["issued_on"])),
        expires_on=expires_on,
        effective_until=effective_until,
        relief=_text(row["relief_name"]),
        standing=standing(on, class_code, expires_on, effective_until, rules),
    )


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _int(value: str | int | None) -> int:
    return int(value or 0)
