"""Which letters are to be made for the people on an expiry list, and which were made."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from timpora_cli.model.people import Person
from timpora_cli.model.supervision.letters import SPONSOR, SPOUSE, Addressee, Letter, LetterListed, Letters
from timpora_cli.queries.expiring import end_of
from timpora_cli.queries.rows import Stored, dated, iso, rows

# Of several running marriages with an Indonesian the one that began last counts.
ADDRESSEES = """
SELECT
    resident.id AS resident_id,
    sponsor.id AS sponsor_id, sponsor.name AS sponsor, sponsor.address,
    family_link.id AS family_link_id, family_link.citizen_name AS spouse
FROM resident
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
LEFT JOIN family_link ON family_link.id = (
    SELECT link.id
    FROM family_link AS link
    WHERE link.resident_id = resident.id
        AND link.relation = 'SPOUSE'
        AND link.citizen_name IS NOT NULL
        AND (link.from_on IS NULL OR link.from_on <= :on)
        AND (link.until_on IS NULL OR link.until_on > :on)
    ORDER BY link.from_on DESC, link.id DESC
    LIMIT 1
)
WHERE resident.id IN (SELECT value FROM json_each(:residents))
"""
# The last letter about each permit: SQLite takes the end from the row that has the greatest id.
REMINDED = """
SELECT permit_id, until_on, max(id) AS last
FROM letter_person
WHERE permit_id IN (SELECT value FROM json_each(:permits))
GROUP BY permit_id
"""
MADE = """
SELECT
    letter.id AS letter_id,
    letter.on_day AS day,
    letter.addressee,
    CASE WHEN letter.sponsor_id IS NULL THEN 'SPOUSE' ELSE 'SPONSOR' END AS kind,
    permit.resident_id,
    resident.full_name AS name,
    permit.class_code,
    letter_person.until_on AS until
FROM letter
JOIN letter_person ON letter_person.letter_id = letter.id
LEFT JOIN permit ON permit.id = letter_person.permit_id
LEFT JOIN resident ON resident.id = permit.resident_id
WHERE letter.on_day <= :on
ORDER BY letter.id DESC, letter_person.id
"""


def letters_for(connection: sqlite3.Connection, on: date, listed: Sequence[Person], *, again: bool) -> Letters:
    """Return the letters to be made on the day `on` for the people `listed`, who all hold a permit.

    One letter for each addressee, in the order of the list. A person is left out where the last letter about the same
    permit was made for the end that it has now, unless letters are to be made `again`.
    """
    told = {} if again else _told(connection, listed)
    due = [person for person in listed if _permit_and_end(person) not in told.items()]
    known = _addressees(connection, on, due)
    by_addressee: dict[tuple[str, int], tuple[Addressee, list[Person]]] = {}
    for person in due:
        if to := known.get(person.resident_id):
            by_addressee.setdefault((to.kind, to.id), (to, []))[1].append(person)
    letters = tuple(Letter(to, tuple(people)) for to, people in by_addressee.values())
    without = tuple(person for person in due if person.resident_id not in known)
    return Letters(letters, without, len(listed) - len(due))


def letters_made(connection: sqlite3.Connection, on: date) -> Iterator[LetterListed]:
    """Yield the people in the letters that were made up to the day `on`, those of the last letter first."""
    for row in rows(connection, MADE, {"on": on.isoformat()}):
        yield LetterListed(**dated(row, "day", "until"))


def _told(connection: sqlite3.Connection, listed: Sequence[Person]) -> Mapping[int, str | None]:
    """Return the end for which the last letter about each permit was made, by the ids of the permits."""
    asked = {"permits": str([_permit_and_end(person)[0] for person in listed])}
    return {row["permit_id"]: row["until_on"] for row in rows(connection, REMINDED, asked)}


def _permit_and_end(person: Person) -> tuple[int, str | None]:
    """Return the id of the permit that a person on an expiry list holds, and its effective end as it is stored."""
    permit_id, end = end_of(person)
    return permit_id, iso(end)


def _addressees(connection: sqlite3.Connection, on: date, people: Sequence[Person]) -> dict[int, Addressee]:
    """Return to whom the letter about each person is, by resident id; those with nobody to write to are left out."""
    asked = {"on": on.isoformat(), "residents": str([person.resident_id for person in people])}
    found = {row["resident_id"]: _addressee(row) for row in rows(connection, ADDRESSEES, asked)}
    return {resident: to for resident, to in found.items() if to is not None}


def _addressee(row: Stored) -> Addressee | None:
    """Return the sponsor, else the spouse, else None."""
    if row["sponsor_id"] is not None:
        return Addressee(SPONSOR, row["sponsor_id"], row["sponsor"], row["address"])
    if row["family_link_id"] is not None:
        return Addressee(SPOUSE, row["family_link_id"], row["spouse"])
    return None
