"""People: recorded, corrected, and removed when they were entered by mistake. Their presence is in stays.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions.sponsors import sponsor_id
from timpora_cli.actions.stays import NewResidence, begin, refuse_born_later
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Resident
from timpora_cli.queries.rows import day, first, folded, iso, rows
from timpora_cli.store.change import Change, Value

PASSPORT_HOLDER = "SELECT resident_id FROM passport WHERE number = :number AND country = :country"
NIORA_HOLDER = f"SELECT id FROM resident WHERE niora IS NOT NULL AND {folded('niora')} = :niora AND id IS NOT :mine"
CURRENT_PASSPORT = "SELECT id, issued_on FROM passport WHERE resident_id = :resident AND retired_on IS NULL"
OPEN_MARRIAGE = """
SELECT id FROM family_link
WHERE relation = 'SPOUSE' AND until_on IS NULL AND (resident_id = :resident OR relative_id = :resident)
ORDER BY from_on DESC LIMIT 1
"""
PERMITS_NEWEST_FIRST = """
SELECT id FROM permit
WHERE resident_id = :resident
ORDER BY starts_on IS NULL, starts_on DESC, ended_on IS NOT NULL, ended_on DESC, id DESC
"""
ROWS_OF_RESIDENT: Mapping[str, str] = {
    "permit_report": (
        "SELECT id FROM permit_report WHERE permit_id IN (SELECT id FROM permit WHERE resident_id = :resident)"
    ),
    "permit": PERMITS_NEWEST_FIRST,
    "passport": "SELECT id FROM passport WHERE resident_id = :resident",
    "residence": "SELECT id FROM residence WHERE resident_id = :resident",
    "stay": "SELECT id FROM stay WHERE resident_id = :resident",
    "family_link": "SELECT id FROM family_link WHERE resident_id = :resident OR relative_id = :resident",
}


class PassportTaken(Refused):
    """Passport {number} of {country} is already recorded for resident {resident}. Nothing was changed.
    See it with: timpora resident show {resident}
    """


class NioraTaken(Refused):
    """NIORA {niora} is already recorded for resident {resident}. Nothing was changed."""


class NotMarried(Refused):
    """Resident {resident} has no marriage on record that has not ended."""


@dataclass(frozen=True, slots=True)
class NewPassport:
    """A passport as printed; a day that is not known is None."""

    number: str = field(repr=False)
    country: str
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """One family link: SPOUSE, CHILD or PARENT of the resident; another resident, or an Indonesian citizen by name."""

    relation: str
    relative_id: int | None = None
    citizen_name: str | None = field(default=None, repr=False)
    born: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class NewResident:
    """A person as entered: `facts` are columns of the resident's own row, the rest are rows of their own."""

    facts: Mapping[str, Value] = field(repr=False)
    residence: NewResidence
    passport: NewPassport | None = None
    sponsor: str | None = field(default=None, repr=False)
    sponsor_kind: str | None = None
    relatives: tuple[Relative, ...] = ()
    arrived: date | None = None


def add(change: Change, new: NewResident) -> int:
    """Record a person who is present, with passport, residence, sponsor and family, and return the id."""
    if new.passport:
        refuse_passport_taken(change, new.passport)
    _refuse_niora_taken(change, new.facts.get("niora"), None)
    sponsor = {"sponsor_id": sponsor_id(change, new.sponsor, new.sponsor_kind)} if new.sponsor else {}
    resident = change.insert("resident", {**new.facts, **sponsor})
    if new.passport:
        _insert_passport(change, resident, new.passport)
    begin(change, resident, new.residence, new.arrived)
    refuse_born_later(change, resident)
    for relative in new.relatives:
        add_relative(change, resident, relative)
    return resident


def edit(change: Change, resident: Resident, facts: Mapping[str, Value]) -> None:
    """Correct columns of the resident's own row; the register keeps the version that is replaced."""
    _refuse_niora_taken(change, facts.get("niora"), resident.id)
    change.update("resident", resident.id, facts)
    refuse_born_later(change, resident.id)


def remove(change: Change, resident: Resident) -> int:
    """Remove a resident who was entered by mistake, with all rows that belong to it; return how many rows.

    The register keeps the last version of each row, so the mistake can be looked up later.
    """
    gone = change.touched
    for table, query in ROWS_OF_RESIDENT.items():
        for row in list(rows(change.connection, query, {"resident": resident.id})):
            change.remove(table, row["id"])
    change.remove("resident", resident.id)
    return change.touched - gone


def renew_passport(change: Change, resident: Resident, passport: NewPassport, today: date) -> None:
    """Record a new passport, which takes the place of the present one on its day of issue, or today if unknown."""
    refuse_passport_taken(change, passport)
    present = first(change.connection, CURRENT_PASSPORT, {"resident": resident.id})
    if present is not None:
        retired = passport.issued_on or today
        retired = max(retired, day(present["issued_on"]) or retired)
        change.update("passport", present["id"], {"retired_on": retired.isoformat()})
    _insert_passport(change, resident.id, passport)


def correct_passport(change: Change, resident: Resident, values: Mapping[str, Value]) -> bool:
    """Correct the days of the present passport; return whether there is one."""
    present = first(change.connection, CURRENT_PASSPORT, {"resident": resident.id})
    if present is not None:
        change.update("passport", present["id"], values)
    return present is not None


def add_relative(change: Change, resident: int, relative: Relative) -> None:
    """Record one family link."""
    change.insert(
        "family_link",
        {
            "resident_id": resident,
            "relation": relative.relation,
            "relative_id": relative.relative_id,
            "citizen_name": relative.citizen_name,
            "born": iso(relative.born),
            "from_on": iso(relative.since),
        },
    )


def end_marriage(change: Change, resident: Resident, on: date) -> None:
    """Record that the present marriage ended on the day `on`, by divorce or death."""
    marriage = first(change.connection, OPEN_MARRIAGE, {"resident": resident.id})
    if marriage is None:
        raise NotMarried(resident=resident.id)
    change.update("family_link", marriage["id"], {"until_on": on.isoformat()})


def refuse_passport_taken(change: Change, passport: NewPassport) -> None:
    """Raise PassportTaken where this number of this country is on record."""
    printed = {"number": passport.number, "country": passport.country}
    taken = first(change.connection, PASSPORT_HOLDER, printed)
    if taken is not None:
        raise PassportTaken(number=passport.number, country=passport.country, resident=taken["resident_id"])


def _refuse_niora_taken(change: Change, niora: Value, mine: int | None) -> None:
    asked = {"niora": fold_number(str(niora)), "mine": mine}
    holder = first(change.connection, NIORA_HOLDER, asked) if niora else None
    if holder is not None:
        raise NioraTaken(niora=niora, resident=holder["id"])


def _insert_passport(change: Change, resident: int, passport: NewPassport) -> None:
    change.insert(
        "passport",
        {
            "resident_id": resident,
            "number": passport.number,
            "country": passport.country,
            "issued_on": iso(passport.issued_on),
            "expires_on": iso(passport.expires_on),
        },
    )
