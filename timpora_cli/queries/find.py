"""Which resident or permit a reference names: the register's own number, or a number printed on a document."""

import sqlite3
from datetime import date

from timpora_cli.errors import NotFound, WrongUsage
from timpora_cli.model.names import excerpt, fold_number, whole_number
from timpora_cli.model.people import Permit, Resident
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.queries.rows import Stored, day, first, folded, iso, rows

RESIDENTS = """
SELECT resident.id, resident.full_name, last_stay.departed
FROM resident LEFT JOIN last_stay ON last_stay.resident_id = resident.id
WHERE {condition}
ORDER BY resident.id
"""
RESIDENT = RESIDENTS.format(condition="resident.id = :id")
RESIDENTS_BY_DOCUMENT = RESIDENTS.format(
    condition=f"""resident.id IN (
    SELECT id FROM resident WHERE niora IS NOT NULL AND {folded("niora")} = :number
    UNION
    SELECT resident_id FROM passport WHERE number = :passport
    UNION
    SELECT resident_id FROM permit WHERE {folded("number")} = :number
)"""
)
# The change that took a record out, and the moment of the one before it, which still knew the record.
TAKEN_OUT = """
SELECT change.id AS change, change.command,
    (SELECT at FROM change_moment WHERE change_id < change.id ORDER BY change_id DESC LIMIT 1) AS known_at
FROM resident_version
JOIN change ON change.id = resident_version.until_change
WHERE resident_version.id = :id
ORDER BY change.id DESC
LIMIT 1
"""
PERMIT = "SELECT * FROM permit WHERE id = :id"
PERMITS_BY_NUMBER = f"""
SELECT * FROM permit
WHERE {folded("number")} = :number
ORDER BY ended_on IS NOT NULL, starts_on DESC
"""
CURRENT_PERMIT = "SELECT * FROM permit WHERE resident_id = :resident AND ended_on IS NULL"
PERMIT_AFTER = """
SELECT * FROM permit
WHERE resident_id = :resident AND starts_on > :on
ORDER BY starts_on, ended_on IS NULL, ended_on
LIMIT 1
"""
FOLLOWER = "SELECT id FROM permit WHERE follows_id = :permit"


class NoResident(NotFound):
    """There is no resident {reference}. Find one with: timpora resident list --name NAME"""


class TakenOut(NoResident):
    """There is no resident {reference} any more: change {change} ({command}) took the record out.
    As it stood before, it is shown with: --known-at {known_at}
    """


class NoPermit(NotFound):
    """There is no permit {reference}. Find one with: timpora permit list"""


class SeveralResidents(WrongUsage):
    """{reference} is a document number of several residents: {identities}. Give the resident's id."""


def resident(connection: sqlite3.Connection, reference: str) -> Resident:
    """Return the resident of an id, a NIORA, a passport number or a permit number.

    Raises NoResident, which says where a record of that id was taken out, or SeveralResidents where several people have
    a document of that number.
    """
    text = reference.strip()
    passport = "".join(character for character in text.upper() if character.isalnum())
    named = list(rows(connection, RESIDENT, {"id": whole_number(text)}))
    named = named or list(rows(connection, RESIDENTS_BY_DOCUMENT, {"number": fold_number(text), "passport": passport}))
    if not named:
        if gone := first(connection, TAKEN_OUT, {"id": whole_number(text)}):
            raise TakenOut(
                reference=excerpt(reference), change=gone["change"], command=gone["command"], known_at=gone["known_at"]
            )
        raise NoResident(reference=excerpt(reference))
    if len(named) > 1:
        raise SeveralResidents(reference=excerpt(reference), identities=", ".join(str(row["id"]) for row in named))
    return resident_in(named[0])


def permit(connection: sqlite3.Connection, reference: str) -> Permit:
    """Return the permit of an id or a permit number; of several grants with one number, the current one.

    Raises NoPermit.
    """
    text = reference.strip()
    row = first(connection, PERMIT, {"id": whole_number(text)})
    row = row or first(connection, PERMITS_BY_NUMBER, {"number": fold_number(text)})
    if row is None:
        raise NoPermit(reference=excerpt(reference))
    return permit_in(row)


def permit_of_id(connection: sqlite3.Connection, permit_id: int) -> Permit:
    """Return the permit of an id. Raises NoPermit."""
    return permit(connection, str(permit_id))


def follower_of(connection: sqlite3.Connection, permit_id: int) -> int | None:
    """Return the id of the grant that follows a permit, or None."""
    row = first(connection, FOLLOWER, {"permit": permit_id})
    return None if row is None else int(row["id"])


def current_permit_of(connection: sqlite3.Connection, resident_id: int) -> Permit | None:
    """Return the resident's permit that has not ended, or None."""
    row = first(connection, CURRENT_PERMIT, {"resident": resident_id})
    return None if row is None else permit_in(row)


def permit_after(connection: sqlite3.Connection, resident_id: int, on: date | None) -> Permit | None:
    """Return the resident's first permit that begins after the day `on`, or None; None too where there is no day."""
    row = first(connection, PERMIT_AFTER, {"resident": resident_id, "on": iso(on)})
    return None if row is None else permit_in(row)


def resident_in(row: Stored) -> Resident:
    """Return the resident of a row with `id`, `full_name` and `departed`. Other columns in the row are passed over."""
    return Resident(row["id"], row["full_name"], day(row["departed"]))


def permit_in(row: Stored) -> Permit:
    """Return the permit of a row of the table `permit`. Other columns in the row are passed over."""
    return Permit(
        id=row["id"],
        resident_id=row["resident_id"],
        class_code=row["class_code"],
        number=row["number"],
        issued_on=day(row["issued_on"]),
        starts_on=day(row["starts_on"]),
        expires_on=day(row["expires_on"]) if row["unlimited"] is None else OPEN_ENDED,
        ended_on=day(row["ended_on"]),
        end_reason=row["end_reason"],
        follows_id=row["follows_id"],
    )
