"""Who is present on a day, where, and on which permit (the one join behind every list and count), and a day's rules."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from timpora_cli.model.people import PermitHeld, Person, Place
from timpora_cli.model.rules import Rate, RulesInForce, standing
from timpora_cli.model.terms import PERMANENT
from timpora_cli.queries.filters import Where
from timpora_cli.queries.rows import Stored, dated, day, region_on_day, rows, stored_day

# The columns of a person. {permit}, {residence} and {stay} say which of each are meant, and as of which day. The
# village and the district are called as on {day}.
PERSON = f"""
SELECT
    resident.id AS resident_id,
    resident.full_name,
    resident.sex,
    resident.born,
    resident.nationality,
    resident.purpose_code,
    resident.sponsor_id,
    stay.arrived,
    village.code AS village_code,
    {region_on_day("village", "name", "{day}")} AS village,
    district.code AS district_code,
    {region_on_day("district", "name", "{day}")} AS district,
    {region_on_day("district", "regency_code", "{day}")} AS regency_code,
    permit.id AS permit_id,
    permit.class_code,
    coalesce(permit_class.group_code, 'NONE') AS group_code,
    permit.number AS permit_number,
    permit.issued_on,
    permit.expires_on,
    permit.unlimited{{more}}
FROM residence
JOIN resident ON resident.id = residence.resident_id
{{permit}}
{{stay}}
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(
    {region_on_day("village", "district_code", "{day}")}, residence.district_code
)
LEFT JOIN permit_class ON permit_class.code = permit.class_code
WHERE {{residence}}
"""

PERMIT_ON_DAY = """
LEFT JOIN permit
    ON permit.resident_id = resident.id
    AND (permit.starts_on IS NULL OR permit.starts_on <= {day})
    AND (permit.ended_on IS NULL OR permit.ended_on > {day})
"""
STAY_ON_DAY = """
LEFT JOIN stay
    ON stay.resident_id = resident.id
    AND (stay.from_on IS NULL OR stay.from_on <= {day})
    AND (stay.departed IS NULL OR stay.departed > {day})
"""
RESIDENCE_ON_DAY = """
(residence.from_on IS NULL OR residence.from_on <= {day})
    AND (residence.until_on IS NULL OR residence.until_on > {day})
"""
# Periods do not contain their end day, so nobody is in it twice: on any day there is one residence in one stay, and at
# most one permit. {day} is the SQL of the day, and {asked} joins the table that it is from.
PERSON_ON = PERSON.format(
    day="{day}", more="{more}", permit=f"{{asked}}{PERMIT_ON_DAY}", residence=RESIDENCE_ON_DAY, stay=STAY_ON_DAY
)
PERSON_ON_DAY = PERSON_ON.format(day=":on", more="", asked="")

# A condition of a relief on the day of entry is met only by a day that is recorded: the arrival of the stay of the day.
ENTERED = """
(relief_offer.entered_from IS NULL OR {entered} >= relief_offer.entered_from)
    AND (relief_offer.entered_until IS NULL OR {entered} <= relief_offer.entered_until)
"""
# Of the reliefs that are in force on the day or were before it, the one that keeps the permit valid longest: up to its
# own last day, or up to the day on which it stopped being in force. Of two that reach equally far, the later one. It is
# one text, of that day and the relief's name: two subqueries would be planned and run twice for each person.
RELIEF_ON_DAY = """
SELECT reaches || ' ' || relief_name
FROM (
    SELECT
        relief_offer.relief_name,
        relief_offer.speaks_from,
        iif(relief_offer.speaks_until > {day}, relief_offer.keeps_valid_until, relief_offer.kept_until) AS reaches
    FROM relief_offer
    WHERE relief_offer.permit_id = person.permit_id AND relief_offer.speaks_from <= {day} AND {entered}
)
WHERE reaches > person.expires_on
ORDER BY reaches DESC, speaks_from DESC
LIMIT 1
"""

# Which of several passports that are valid on a day is the one that lists show: the one that an officer has named last,
# else the latest by its issue. Where that is not known: the one that was retired first after that day, then by its end,
# then by its id.
PASSPORTS_FIRST = """
    (
        SELECT max(printf('%s %012d', named.on_day, named.id))
        FROM passport_named AS named
        WHERE named.passport_id = used.id AND named.on_day <= :on
    ) DESC,
    used.issued_on DESC,
    coalesce(
        (
            SELECT min(named.retired_on)
            FROM passport_named AS named
            WHERE named.passport_id = used.id AND named.retired_on > :on
        ),
        used.retired_on,
        '9999-12-31'
    ),
    used.expires_on DESC,
    used.id DESC
"""
# One that was retired, and made current again on a later day, was not valid between the two.
VALID_ON_DAY = """
(used.issued_on IS NULL OR used.issued_on <= :on)
    AND (used.retired_on IS NULL OR used.retired_on > :on)
    AND NOT EXISTS (
        SELECT 1 FROM passport_named AS named
        WHERE named.passport_id = used.id AND named.retired_on <= :on AND named.on_day > :on
    )
"""
PASSPORT_ON_DAY = f"""
SELECT used.id
FROM passport AS used
WHERE used.resident_id = {{resident}} AND {VALID_ON_DAY.strip()}
ORDER BY {PASSPORTS_FIRST.strip()}
LIMIT 1
"""

IN_USE = f"""
SELECT resident.value AS resident_id, passport.number
FROM json_each(:residents) AS resident
JOIN passport ON passport.id = ({PASSPORT_ON_DAY.format(resident="resident.value").strip()})
"""

PEOPLE = """
WITH person AS ({person})
SELECT
    person.*,
    sponsor.name AS sponsor,
    ({relief}) AS relief
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

RULES_ON_DAY = """
SELECT kind, subject, value
FROM rule
WHERE (valid_from IS NULL OR valid_from <= :on)
    AND (valid_until IS NULL OR valid_until >= :on)
ORDER BY valid_from, id
"""
# The rates of all days: of two in force on a day, the one that began later, and of those the one recorded later.
RATES = """
SELECT valid_from AS since, valid_until AS until, value AS rupiah, legal_basis AS basis
FROM rule
WHERE kind = 'OVERSTAY_RUPIAH_A_DAY'
ORDER BY valid_from, id
"""
HOLIDAYS = "SELECT day FROM holiday"

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
        if in_states(person, where.states):
            yield person


def in_states(person: Person, states: Collection[str]) -> bool:
    """Return whether the person's permit is in one of these states; where none is asked for, everybody is meant."""
    return not states or (person.permit is not None and person.permit.standing.state in states)


def with_passports(connection: sqlite3.Connection, on: date, found: Iterable[Person]) -> tuple[Person, ...]:
    """Return these people, each with the number of the passport that is in use on the day `on`."""
    holders = tuple(found)
    asked = {"on": on.isoformat(), "residents": str([person.resident_id for person in holders])}
    numbers = {row["resident_id"]: row["number"] for row in rows(connection, IN_USE, asked)}
    return tuple(person._replace(passport=numbers.get(person.resident_id)) for person in holders)


def persons(person: str, as_of: str, conditions: str) -> str:
    """Return the query for the rows that `person_in` reads: those of `person` (PERSON, filled in) meeting `conditions`.

    `as_of` is the SQL of the day that each is asked about: a parameter, or a column of `person`.
    """
    entered = ENTERED.format(entered="person.arrived").strip()
    return PEOPLE.format(
        person=person,
        relief=RELIEF_ON_DAY.format(day=as_of, entered=entered),
        conditions=conditions,
    )


def person_of(connection: sqlite3.Connection, on: date, resident_id: int) -> Person | None:
    """Return the resident of an id as of the day `on`, or None where that resident is not present then."""
    return next(people(connection, on, Where(ONE, {"resident": str(resident_id)})), None)


class Present(NamedTuple):
    """How many people are present on a day, how many of them meet the filters, and how many of those lack a permit."""

    everyone: int
    matching: int
    without_permit: int


def present(connection: sqlite3.Connection, on: date, where: Where) -> Present:
    """Return how many are present on the day `on`. The states in `where` are not looked at."""
    query = PRESENT.format(person_on_day=PERSON_ON_DAY, conditions=where.conditions)
    return Present(*connection.execute(query, {"on": on.isoformat(), **where.parameters}).fetchone())


def by_state(connection: sqlite3.Connection, on: date, where: Where) -> Where:
    """Return `where` with its states as a condition on ids, for SQL: states are computed, not stored."""
    if not where.states:
        return where
    residents = str([person.resident_id for person in people(connection, on, where)])
    return Where(f"{where.conditions} AND {IN_STATE}", {**where.parameters, "in_state": residents})


def holidays(connection: sqlite3.Connection) -> frozenset[date]:
    """Return the holidays on record, of all years."""
    return frozenset(stored_day(day) for (day,) in connection.execute(HOLIDAYS))


def rules_on(connection: sqlite3.Connection, on: date) -> RulesInForce:
    """Return the rules in force on the day `on` (of two for one thing, the later), and the rates of all days."""
    values = {
        (kind, subject): int(value) for kind, subject, value in connection.execute(RULES_ON_DAY, {"on": on.isoformat()})
    }
    return RulesInForce(
        windows={subject: value for (kind, subject), value in values.items() if kind == "RENEWAL_WINDOW_DAYS"},
        overstay_rates=tuple(Rate(**dated(row, "since", "until")) for row in rows(connection, RATES)),
        overstay_limit=values.get(("OVERSTAY_LIMIT_DAYS", "")),
        holidays=holidays(connection),
        report_years=values.get(("REPORT_EVERY_YEARS", PERMANENT)),
    )


def person_in(row: Stored, on: date, rules: RulesInForce) -> Person:
    """Return the person of a row of `persons`, as of the day `on` and under the rules in force on it."""
    return Person(
        resident_id=row["resident_id"],
        name=row["full_name"],
        sex=row["sex"],
        born=day(row["born"]),
        nationality=row["nationality"],
        purpose=row["purpose_code"],
        sponsor=row["sponsor"],
        arrived=day(row["arrived"]),
        place=Place(row["village_code"], row["village"], row["district_code"], row["district"]),
        permit=None if row["permit_id"] is None else _permit(row, on, rules),
    )


def _permit(row: Stored, on: date, rules: RulesInForce) -> PermitHeld:
    expires_on = day(row["expires_on"])
    until, _blank, relief = (row["relief"] or "").partition(" ")
    effective_until = day(until or None) or expires_on
    unlimited = row["unlimited"] is not None
    return PermitHeld(
        permit_id=row["permit_id"],
        class_code=row["class_code"],
        number=row["permit_number"],
        issued_on=day(row["issued_on"]),
        expires_on=expires_on,
        effective_until=effective_until,
        relief=relief or None,
        standing=standing(on, row["class_code"], expires_on, effective_until, rules, unlimited=unlimited),
        unlimited=unlimited,
    )
