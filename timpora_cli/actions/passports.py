"""Passports: recorded, corrected, retired, and made current again. A person may hold several that are valid.

A new one takes the place of the valid one of its country, else of the one that lists show; or it is kept beside it.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.errors import NotFound, Refused
from timpora_cli.model.people import Resident
from timpora_cli.queries.people import PASSPORTS_FIRST
from timpora_cli.queries.rows import Stored, day, first, iso, rows
from timpora_cli.store.change import Change, Value

HOLDER = "SELECT resident_id FROM passport WHERE number = :number AND country = :country"
LAST_NAMED = "SELECT max(on_day) FROM passport_named WHERE passport_id = ?"
OF_RESIDENT = f"""
SELECT used.* FROM passport AS used
WHERE used.resident_id = :resident
ORDER BY used.retired_on IS NOT NULL, {PASSPORTS_FIRST}
"""


class PassportTaken(Refused):
    """Passport {number} of {country} is already recorded for resident {resident}. Nothing was changed.
    See it with: timpora resident show {resident}
    """


class NoSuchPassport(NotFound):
    """Resident {resident} has no passport {number} on record. See them with: timpora resident show {resident}"""


@dataclass(frozen=True, slots=True)
class NewPassport:
    """A passport as printed; a day that is not known is None.

    `current_from` is the day from which an officer has named it the one that lists show.
    """

    number: str = field(repr=False)
    country: str
    issued_on: date | None = None
    expires_on: date | None = None
    current_from: date | None = None


def insert(change: Change, resident: int, passport: NewPassport, *, retired: str | None = None) -> None:
    """Record a passport beside those that the resident has; `retired` is the day from which it is not valid."""
    recorded = change.insert(
        "passport",
        {
            "resident_id": resident,
            "number": passport.number,
            "country": passport.country,
            "issued_on": iso(passport.issued_on),
            "expires_on": iso(passport.expires_on),
            "retired_on": retired,
        },
    )
    if passport.current_from is not None:
        _name(change, resident, recorded, passport.current_from)


def refuse_taken(change: Change, passport: NewPassport) -> None:
    """Raise PassportTaken where this number of this country is on record."""
    taken = first(change.connection, HOLDER, {"number": passport.number, "country": passport.country})
    if taken is not None:
        raise PassportTaken(number=passport.number, country=passport.country, resident=taken["resident_id"])


def valid(connection: sqlite3.Connection, resident: Resident, today: date) -> list[Stored]:
    """Return the resident's passports that are not retired, the one that lists show today first."""
    return [row for row in _of(connection, resident, today) if row["retired_on"] is None]


def record(
    change: Change, resident: Resident, passport: NewPassport, today: date, *, keep_old: bool = False
) -> Stored | None:
    """Record a new passport; unless `keep_old`, it takes the place of another on its day of issue, or today if unknown.

    Returns the passport that is retired by it, or None. Raises PassportTaken.
    """
    replaced = None if keep_old else replaced_by(passport.country, valid(change.connection, resident, today))
    succeed(change, resident, replaced, passport, today)
    return replaced


def succeed(change: Change, resident: Resident, replaced: Stored | None, passport: NewPassport, today: date) -> None:
    """Record a new passport in the place of `replaced`, or beside all that are valid. Raises PassportTaken."""
    refuse_taken(change, passport)
    if replaced is not None:
        _retire(change, replaced, passport.issued_on or today)
    insert(change, resident.id, passport)


def replaced_by(country: str, valid_ones: Sequence[Stored]) -> Stored | None:
    """Return the one of the valid passports whose place one of `country` takes: that of the country, else the first."""
    of_country = [row for row in valid_ones if row["country"] == country]
    return next(iter([*of_country, *valid_ones]), None)


def make_current(
    change: Change, resident: Resident, number: str, today: date, *, keep_old: bool = False
) -> Stored | None:
    """Let a passport on record be the one that lists show from today on, also where it was retired.

    Unless `keep_old`, it takes the place of another, which is returned. Past days keep what they said. Raises
    NoSuchPassport.
    """
    named = of_number(change.connection, resident, number, today)
    if named is None:
        raise NoSuchPassport(resident=resident.id, number=number)
    others = [row for row in valid(change.connection, resident, today) if row["id"] != named["id"]]
    replaced = None if keep_old else replaced_by(named["country"], others)
    if replaced is not None:
        _retire(change, replaced, today)
    _name(change, resident.id, named["id"], today, retired=named["retired_on"])
    if named["retired_on"] is not None:
        change.update("passport", named["id"], {"retired_on": None})
    return replaced


def name_from(change: Change, passport: Stored, on: date) -> str | None:
    """Let a passport on record be the one that lists show from the day `on`, where that is not on record already.

    Returns the day that it was last named on; None where it never was.
    """
    ((before,),) = change.connection.execute(LAST_NAMED, (passport["id"],)).fetchall()
    if before != on.isoformat():
        _name(change, passport["resident_id"], passport["id"], on)
    return None if before is None else str(before)


def of_number(connection: sqlite3.Connection, resident: Resident, number: str, today: date) -> Stored | None:
    """Return the resident's passport of a canonical number, of several a valid one; None where there is none."""
    return next((row for row in _of(connection, resident, today) if row["number"] == number), None)


def correct(change: Change, resident: Resident, values: Mapping[str, Value], today: date) -> bool:
    """Correct the passport that lists show today; return whether there is one."""
    present = next(iter(valid(change.connection, resident, today)), None)
    if present is not None:
        change.update("passport", present["id"], values)
    return present is not None


def _of(connection: sqlite3.Connection, resident: Resident, today: date) -> list[Stored]:
    return list(rows(connection, OF_RESIDENT, {"resident": resident.id, "on": today.isoformat()}))


def _name(change: Change, resident: int, passport: int, on: date, *, retired: str | None = None) -> None:
    naming: dict[str, Value] = {
        "resident_id": resident,
        "passport_id": passport,
        "on_day": on.isoformat(),
        "retired_on": retired,
    }
    change.insert("passport_named", naming)


def _retire(change: Change, passport: Stored, on: date) -> None:
    retired = max(on, day(passport["issued_on"]) or on)
    change.update("passport", passport["id"], {"retired_on": retired.isoformat()})
