"""Inspections in the field: the list of them, the people of one, and who was not seen for so many days."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from timpora_cli.errors import NotFound, Refused
from timpora_cli.model.law import DatedRule, rule_in_force
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.model.people import Person, Seen
from timpora_cli.model.supervision.inspections import (
    MATTERS,
    Found,
    Inspection,
    LookedFor,
    last_day_for_letter,
    letter_on_day,
    seen_since,
)
from timpora_cli.queries.filters import Where
from timpora_cli.queries.law import dated_rules
from timpora_cli.queries.people import people
from timpora_cli.queries.rows import Stored, day, first, region_on_day, rows, stored_day

# A place is called as on the day of the inspection.
INSPECTIONS = f"""
SELECT
    inspection.id, inspection.on_day, inspection.officers, inspection.letter_number, inspection.letter_on,
    inspection.is_urgent, inspection.place, inspection.finding, inspection.case_id,
    {region_on_day("village", "name", "inspection.on_day")} AS village,
    {region_on_day("district", "name", "inspection.on_day")} AS district,
    coalesce(people.looked_for, 0) AS looked_for,
    coalesce(people.seen, 0) AS seen,
    coalesce(people.differing, 0) AS differing
FROM inspection
LEFT JOIN village ON village.code = inspection.village_code
LEFT JOIN district ON district.code = coalesce(
    {region_on_day("village", "district_code", "inspection.on_day")}, inspection.district_code
)
LEFT JOIN (
    SELECT
        inspection_id,
        count(*) AS looked_for,
        sum(is_seen) AS seen,
        sum('DIFFERS' IN (address, class, activity)) AS differing
    FROM inspection_resident
    GROUP BY inspection_id
) AS people ON people.inspection_id = inspection.id
WHERE {{condition}}
ORDER BY inspection.on_day DESC, inspection.id DESC
"""
UP_TO = "inspection.on_day <= :on"
OF_ID = "inspection.id = :id"
OF_RESIDENT = (
    f"{UP_TO} AND inspection.id IN (SELECT inspection_id FROM inspection_resident WHERE resident_id = :resident)"
)
LOOKED_FOR = """
SELECT
    looked_for.resident_id, resident.full_name AS name, looked_for.is_seen, looked_for.address,
    looked_for.address_found, looked_for.class, looked_for.class_found, looked_for.activity, looked_for.activity_found
FROM inspection_resident AS looked_for
JOIN resident ON resident.id = looked_for.resident_id
WHERE looked_for.inspection_id = :inspection
ORDER BY looked_for.is_seen DESC, looked_for.id
"""
# Somebody who was looked for and not found was not seen. {since} and the day of `on` are days on which one was.
IS_SEEN = """
person.resident_id IN (
    SELECT looked_for.resident_id
    FROM inspection_resident AS looked_for
    JOIN inspection ON inspection.id = looked_for.inspection_id
    WHERE looked_for.is_seen = 1 AND inspection.on_day BETWEEN :seen_since AND :on
)
"""
LAST_SEEN = """
SELECT looked_for.resident_id, max(inspection.on_day) AS on_day
FROM inspection_resident AS looked_for
JOIN inspection ON inspection.id = looked_for.inspection_id
WHERE looked_for.is_seen = 1 AND inspection.on_day <= :on
GROUP BY looked_for.resident_id
"""


class NoInspection(NotFound):
    """There is no inspection {reference}. See them with: timpora inspection list"""


class NoDaysToBeSeen(Refused):
    """No rule says on {on} within how many days everybody has to be seen. Give --days N, or add one with:
    timpora rule add not-seen 180 --basis TEXT --source URL
    """


def inspections(connection: sqlite3.Connection, on: date, resident_id: int | None = None) -> list[Inspection]:
    """Return the inspections up to the day `on`, the latest first; with a resident, those at which that one was
    looked for.
    """
    query = INSPECTIONS.format(condition=UP_TO if resident_id is None else OF_RESIDENT)
    asked = {"on": on.isoformat(), "resident": resident_id}
    letter = _letter_rules(connection)
    return [_inspection(row, on, letter) for row in rows(connection, query, asked)]


def inspection_of(connection: sqlite3.Connection, reference: str, on: date) -> Inspection:
    """Return the inspection of an id, as of the day `on`, or of its own day where that is later.

    Raises NoInspection.
    """
    row = first(connection, INSPECTIONS.format(condition=OF_ID), {"id": whole_number(reference.strip())})
    if row is None:
        raise NoInspection(reference=excerpt(reference))
    return _inspection(row, on, _letter_rules(connection))


def looked_for(connection: sqlite3.Connection, inspection_id: int) -> tuple[LookedFor, ...]:
    """Return the people who were looked for at an inspection: those seen, then those not found, as recorded."""
    return tuple(_looked_for(row) for row in rows(connection, LOOKED_FOR, {"inspection": inspection_id}))


def days_to_be_seen(connection: sqlite3.Connection, on: date) -> int | None:
    """Return within how many days everybody has to be seen, by the rule in force on the day `on`; None without one."""
    rule = rule_in_force(dated_rules(connection, "NOT_SEEN_DAYS"), on)
    return None if rule is None else rule.value


def not_seen(connection: sqlite3.Connection, on: date, where: Where, days: int) -> Sequence[Person]:
    """Return those present on the day `on` who meet `where` and were not seen within `days` days of it.

    Each has in `seen` when that was last: first those who never were, then the longest unseen, then by id.
    """
    since = seen_since(on, days).isoformat()
    due = list(people(connection, on, where, f"NOT {IS_SEEN.strip()}", seen_since=since))
    last = {row["resident_id"]: day(row["on_day"]) for row in rows(connection, LAST_SEEN, {"on": on.isoformat()})}
    told = [person._replace(seen=_seen(last.get(person.resident_id), on)) for person in due]
    return sorted(told, key=lambda person: (last.get(person.resident_id) or date.min, person.resident_id))


def _seen(last: date | None, on: date) -> Seen:
    return Seen(last, None if last is None else (on - last).days)


def _letter_rules(connection: sqlite3.Connection) -> Sequence[DatedRule]:
    """Return the rules that say within how many days an urgent inspection has its letter."""
    return dated_rules(connection, "REPORTING_DAYS", "URGENT_INSPECTION")


def _inspection(row: Stored, on: date, letter: Sequence[DatedRule]) -> Inspection:
    inspected, letter_on = stored_day(row["on_day"]), day(row["letter_on"])
    on = max(on, inspected)
    rule = rule_in_force(letter, inspected) if row["is_urgent"] else None
    due = None if rule is None else last_day_for_letter(inspected, rule.value)
    return Inspection(
        id=row["id"],
        on=inspected,
        officers=row["officers"],
        letter_number=row["letter_number"],
        letter_on=letter_on,
        letter_due=due,
        letter=letter_on_day(letter_on, due, on),
        urgent=bool(row["is_urgent"]),
        village=row["village"],
        district=row["district"],
        place=row["place"],
        finding=row["finding"],
        case_id=row["case_id"],
        looked_for=row["looked_for"],
        seen=row["seen"],
        differing=row["differing"],
    )


def _looked_for(row: Stored) -> LookedFor:
    return LookedFor(
        resident_id=row["resident_id"],
        name=row["name"],
        seen=bool(row["is_seen"]),
        found={matter: Found(row[matter]) for matter in MATTERS},
        words={matter: row[f"{matter}_found"] for matter in MATTERS if row[matter] == Found.DIFFERS},
    )
