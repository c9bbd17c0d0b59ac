"""Which resident or permit a reference names: the register's own number, or a number printed on a document."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.errors import NotFound, WrongUsage
from timpora_cli.model.names import excerpt
from timpora_cli.queries.people import day

RESIDENT = "SELECT id, full_name, departed FROM resident WHERE id = ?"
BY_DOCUMENT = """
SELECT id, full_name, departed FROM resident WHERE niora = :text
UNION
SELECT resident.id, resident.full_name, resident.departed
FROM passport JOIN resident ON resident.id = passport.resident_id
WHERE passport.number = :passport
UNION
SELECT resident.id, resident.full_name, resident.departed
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.number = :text COLLATE NOCASE
"""
PERMIT = """
SELECT id, resident_id, class_code, number, issued_on, starts_on, expires_on, ended_on, end_reason, follows_id
FROM permit
WHERE id = ?
"""
PERMITS_BY_NUMBER = """
SELECT id, resident_id, class_code, number, issued_on, starts_on, expires_on, ended_on, end_reason, follows_id
FROM permit
WHERE number = ? COLLATE NOCASE
ORDER BY ended_on IS NOT NULL, starts_on DESC
"""
FOLLOWER = "SELECT id FROM permit WHERE follows_id = ?"
CURRENT = "SELECT id FROM permit WHERE resident_id = ? AND ended_on IS NULL"


class NoResident(NotFound):
    """There is no resident {reference}. Find one with: timpora resident list --name NAME"""


class NoPermit(NotFound):
    """There is no permit {reference}. Find one with: timpora permit list"""


class SeveralResidents(WrongUsage):
    """{reference} is a document number of several residents: {identities}. Give the resident's id."""


@dataclass(frozen=True, slots=True)
class ResidentFound:
    """A resident as the register holds it now."""

    id: int
    name: str = field(repr=False)
    departed: date | None


@dataclass(frozen=True, slots=True)
class PermitFound:
    """A grant as the register holds it now."""

    id: int
    resident_id: int
    class_code: str
    number: str | None = field(repr=False)
    issued_on: date | None
    starts_on: date | None
    expires_on: date | None
    ended_on: date | None
    end_reason: str | None
    follows_id: int | None


def resident_found(connection: sqlite3.Connection, reference: str) -> ResidentFound:
    """Return the resident of an id, a NIORA, a passport number or a permit number."""
    text = reference.strip()
    rows: list[tuple[int, str, str | None]] = []
    if text.isascii() and text.isdigit() and len(text) < 19:
        rows = connection.execute(RESIDENT, (int(text),)).fetchall()
    if not rows:
        passport = "".join(character for character in text.upper() if character.isalnum())
        rows = connection.execute(BY_DOCUMENT, {"text": text, "passport": passport}).fetchall()
    if not rows:
        raise NoResident(reference=excerpt(reference))
    if len(rows) > 1:
        raise SeveralResidents(reference=excerpt(reference), identities=", ".join(str(row[0]) for row in rows))
    identity, name, departed = rows[0]
    return ResidentFound(identity, name, day(departed))


def permit_found(connection: sqlite3.Connection, reference: str) -> PermitFound:
    """Return the permit of an id or a permit number; of several grants under one number, the current one."""
    text = reference.strip()
    row = None
    if text.isascii() and text.isdigit() and len(text) < 19:
        row = connection.execute(PERMIT, (int(text),)).fetchone()
    row = row or connection.execute(PERMITS_BY_NUMBER, (text,)).fetchone()
    if row is None:
        raise NoPermit(reference=excerpt(reference))
    identity, resident_id, class_code, number, issued, starts, expires, ended, reason, follows = row
    return PermitFound(
        identity, resident_id, class_code, number, day(issued), day(starts), day(expires), day(ended), reason, follows
    )


def permit_of_id(connection: sqlite3.Connection, identity: int) -> PermitFound:
    """Return the permit of an id; NoPermit where there is none."""
    return permit_found(connection, str(identity))


def follower_of(connection: sqlite3.Connection, permit_id: int) -> int | None:
    """Return the id of the grant that follows a permit, or None."""
    row = connection.execute(FOLLOWER, (permit_id,)).fetchone()
    return None if row is None else int(row[0])


def current_permit_of(connection: sqlite3.Connection, resident_id: int) -> PermitFound | None:
    """Return the resident's permit that has not ended, or None."""
    row = connection.execute(CURRENT, (resident_id,)).fetchone()
    return None if row is None else permit_of_id(connection, int(row[0]))
