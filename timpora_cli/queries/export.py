"""Everyone present on a day with every grant they have held: one row a grant, as an import takes it in again."""

import sqlite3
from collections.abc import Iterator
from datetime import date

from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PASSPORT_ON_DAY, PERSON_ON_DAY, by_state

# The oldest grant first, so that each later row is a renewal of what stands there by then.
EXPORT = """
WITH person AS ({person_on_day})
SELECT
    resident.full_name, resident.nationality, resident.sex, resident.born, resident.birthplace,
    passport.number, passport.country, passport.issued_on, passport.expires_on, resident.niora,
    resident.purpose_code, resident.occupation, resident.contact, sponsor.name, sponsor.kind, resident.arrived,
    residence.village_code, residence.district_code, residence.address, residence.rt, residence.rw,
    held.class_code, held.index_code, held.number, held.issued_on, held.valid_from, held.expires_on, held.office
FROM person
JOIN resident ON resident.id = person.resident_id
JOIN residence
    ON residence.resident_id = resident.id
    AND (residence.from_on IS NULL OR residence.from_on <= :on)
    AND (residence.until_on IS NULL OR residence.until_on > :on)
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
LEFT JOIN passport ON passport.id = ({in_use})
LEFT JOIN permit AS held
    ON held.resident_id = resident.id
    AND (held.starts_on IS NULL OR held.starts_on <= :on)
WHERE {conditions}
ORDER BY person.resident_id, held.starts_on IS NOT NULL, held.starts_on, held.ended_on IS NULL, held.ended_on
"""

Row = tuple[str | None, ...]


def grants_held(connection: sqlite3.Connection, on: date, where: Where) -> Iterator[Row]:
    """Yield, as of the day `on`, a row for each grant of those who meet `where`, and one for who never had any.

    The cells are as they are stored: codes, ISO days and texts, in the order of render.exports.IMPORT.
    """
    where = by_state(connection, on, where)
    in_use = PASSPORT_ON_DAY.format(resident="person.resident_id")
    query = EXPORT.format(person_on_day=PERSON_ON_DAY, in_use=in_use, conditions=where.conditions)
    yield from connection.execute(query, {"on": on.isoformat(), **where.parameters})
