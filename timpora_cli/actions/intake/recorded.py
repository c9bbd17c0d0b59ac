"""What the register holds of one person now, as rows of columns, to be compared with what a sheet says."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.model.people import Permit, Resident
from timpora_cli.queries.rows import day

Row = Mapping[str, str | int | None]

PERSON = """
SELECT
    resident.id, resident.full_name, resident.sex, resident.born, resident.birthplace, resident.nationality,
    resident.purpose_code, resident.occupation, resident.contact, resident.niora, resident.arrived, resident.departed,
    resident.sponsor_id, sponsor.name AS sponsor
FROM resident
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
WHERE resident.id = ?
"""
# The open residence, or of a departed person the last one.
RESIDENCE = """
SELECT id, village_code, district_code, address, rt, rw, from_on, until_on, count(*) OVER () AS residences
FROM residence
WHERE resident_id = ?
ORDER BY until_on IS NOT NULL, until_on DESC
LIMIT 1
"""
PASSPORTS = """
SELECT id, number, country, issued_on, expires_on, retired_on
FROM passport
WHERE resident_id = ?
ORDER BY retired_on IS NOT NULL, retired_on DESC, id
"""
PERMITS = """
SELECT
    id, resident_id, class_code, number, issued_on, starts_on, expires_on, ended_on, end_reason, follows_id,
    index_code, valid_from, office
FROM permit
WHERE resident_id = ?
ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, ended_on
"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One person: the resident's row with the sponsor's name, one residence, all passports and permits."""

    person: Row = field(repr=False)
    residence: Row = field(repr=False)
    passports: tuple[Row, ...] = field(repr=False)
    permits: tuple[Row, ...] = field(repr=False)

    @property
    def found(self) -> Resident:
        """The resident, as the actions take one."""
        return Resident(int(self.person["id"] or 0), str(self.person["full_name"]), _day(self.person, "departed"))

    @property
    def chain(self) -> tuple[Permit, ...]:
        """The permits as the actions take them, in the order of their beginning."""
        return tuple(_permit(row) for row in self.permits)

    @property
    def since(self) -> date | None:
        """The first day here that the facts tell: the arrival, else the first day of issue, else nobody knows."""
        issued = (held for held in (_day(row, "issued_on") for row in self.permits) if held)
        return _day(self.person, "arrived") or min(issued, default=None)


def recorded(connection: sqlite3.Connection, resident_id: int) -> Recorded:
    """Return what the register holds of the resident of an id."""
    (person,) = _rows(connection, PERSON, resident_id)
    (residence,) = _rows(connection, RESIDENCE, resident_id)
    return Recorded(
        person, residence, _rows(connection, PASSPORTS, resident_id), _rows(connection, PERMITS, resident_id)
    )


def _rows(connection: sqlite3.Connection, query: str, resident_id: int) -> tuple[Row, ...]:
    cursor = connection.execute(query, (resident_id,))
    columns = [column[0] for column in cursor.description]
    return tuple(dict(zip(columns, row, strict=True)) for row in cursor)


def _day(row: Row, column: str) -> date | None:
    value = row[column]
    return day(None if value is None else str(value))


def _permit(row: Row) -> Permit:
    number, follows = row["number"], row["follows_id"]
    return Permit(
        id=int(row["id"] or 0),
        resident_id=int(row["resident_id"] or 0),
        class_code=str(row["class_code"]),
        number=None if number is None else str(number),
        issued_on=_day(row, "issued_on"),
        starts_on=_day(row, "starts_on"),
        expires_on=_day(row, "expires_on"),
        ended_on=_day(row, "ended_on"),
        end_reason=None if row["end_reason"] is None else str(row["end_reason"]),
        follows_id=None if follows is None else int(follows),
    )
