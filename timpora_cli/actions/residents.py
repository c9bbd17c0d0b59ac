"""People: recorded, corrected, moved, departed, and removed when they were entered by mistake."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions.counting import refuse_before_start
from timpora_cli.actions.sponsors import sponsor_id
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Resident
from timpora_cli.queries.find import current_permit_of
from timpora_cli.queries.rows import day, first, folded, iso, rows
from timpora_cli.store.change import Change, Value

PASSPORT_HOLDER = "SELECT resident_id FROM passport WHERE number = :number AND country = :country"
NIORA_HOLDER = f"SELECT id FROM resident WHERE niora IS NOT NULL AND {folded('niora')} = :niora AND id IS NOT :mine"
CURRENT_PASSPORT = "SELECT id, issued_on FROM passport WHERE resident_id = :resident AND retired_on IS NULL"
OPEN_RESIDENCE = "SELECT id, from_on FROM residence WHERE resident_id = :resident AND until_on IS NULL"
OPEN_MARRIAGE = """
SELECT id FROM family_link
WHERE relation = 'SPOUSE' AND until_on IS NULL AND (resident_id = :resident OR relative_id = :resident)
ORDER BY from_on DESC
LIMIT 1
"""
PERMITS_NEWEST_FIRST = """
SELECT id FROM permit
WHERE resident_id = :resident
ORDER BY starts_on IS NULL, starts_on DESC, ended_on IS NOT NULL, ended_on DESC, id DESC
"""
DEPARTED_HOW = "SELECT departed_how FROM resident WHERE id = :resident"
ROWS_OF_RESIDENT: Mapping[str, str] = {
    "permit": PERMITS_NEWEST_FIRST,
    "passport": "SELECT id FROM passport WHERE resident_id = :resident",
    "residence": "SELECT id FROM residence WHERE resident_id = :resident",
    "family_link": "SELECT id FROM family_link WHERE resident_id = :resident OR relative_id = :resident",
}
FOR_EVER = ("DIED", "NATURALISED")  # ways of leaving after which nobody is a foreigner here again


class PassportTaken(Refused):
    """Passport {number} of {country} is already recorded for resident {resident}. Nothing was changed.
    See it with: timpora resident show {resident}
    """


class NioraTaken(Refused):
    """NIORA {niora} is already recorded for resident {resident}. Nothing was changed."""


class AlreadyDeparted(Refused):
    """Resident {resident} departed on {departed}. A return is recorded with: timpora resident move {resident}"""


class GoneForEver(Refused):
    """Resident {resident} is recorded as {how}, and does not return. Take back a mistake with: timpora undo"""


class NotYetArrived(Refused):
    """The day {on} is before {since}, the day this residence or permit began. Nothing was changed."""


class InFuture(Refused):
    """The day {on} is after today ({today}). Record it when it has happened."""


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
class NewResidence:
    """Where somebody lives, from `since` on; a day or a place that is not known is None.

    `district_code` is given only where the village is not known: a village has one district.
    """

    village_code: str | None = None
    address: str | None = field(default=None, repr=False)
    rt: str | None = None
    rw: str | None = None
    since: date | None = None
    district_code: str | None = None


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


def add(change: Change, new: NewResident) -> int:
    """Record a person who is present, with passport, residence, sponsor and family, and return the id."""
    if new.passport:
        refuse_passport_taken(change, new.passport)
    _refuse_niora_taken(change, new.facts.get("niora"), None)
    sponsor = {"sponsor_id": sponsor_id(change, new.sponsor, new.sponsor_kind)} if new.sponsor else {}
    resident = change.insert("resident", {**new.facts, **sponsor})
    if new.passport:
        _insert_passport(change, resident, new.passport)
    _insert_residence(change, resident, new.residence)
    for relative in new.relatives:
        add_relative(change, resident, relative)
    return resident


def edit(change: Change, resident: Resident, facts: Mapping[str, Value]) -> None:
    """Correct columns of the resident's own row; the register keeps the version that is replaced."""
    _refuse_niora_taken(change, facts.get("niora"), resident.id)
    change.update("resident", resident.id, facts)


def correct_residence(change: Change, resident: Resident, values: Mapping[str, Value]) -> None:
    """Correct the present residence, where it was recorded wrongly; `move` is for somebody who has moved."""
    identity, _since = _open_residence(change, resident)
    change.update("residence", identity, values)


def move(change: Change, resident: Resident, to: NewResidence, on: date) -> None:
    """Begin a new residence on the day `on`, which ends the present one; for a departed resident it is the return."""
    if resident.departed is not None:
        if on < resident.departed:
            raise NotYetArrived(on=on, since=resident.departed)
        _refuse_gone_for_ever(change, resident)
        returned: dict[str, Value] = {"departed": None, "departed_how": None, "arrived": on.isoformat()}
        change.update("resident", resident.id, returned)
    else:
        identity, since = _open_residence(change, resident)
        if since is not None and on < since:
            raise NotYetArrived(on=on, since=since)
        change.update("residence", identity, {"until_on": on.isoformat()})
    _insert_residence(change, resident.id, to, on)


def depart(change: Change, resident: Resident, on: date, how: str, today: date) -> int | None:
    """Record that somebody left for good on the day `on`: permit and residence end that day.

    `how` is DEPARTED, DEPORTED, DIED or NATURALISED. Returns the id of the permit that it ended, if there was one.
    """
    if on > today:
        raise InFuture(on=on, today=today)
    identity, since = _open_residence(change, resident)
    permit = current_permit_of(change.connection, resident.id)
    began = max((start for start in (since, permit.issued_on if permit else None) if start), default=None)
    if began is not None and on < began:
        raise NotYetArrived(on=on, since=began)
    if permit is not None:
        refuse_before_start(change, permit, on)
        change.update("permit", permit.id, {"ended_on": on.isoformat(), "end_reason": how})
    change.update("residence", identity, {"until_on": on.isoformat()})
    change.update("resident", resident.id, {"departed": on.isoformat(), "departed_how": how})
    return permit.id if permit else None


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


def _refuse_gone_for_ever(change: Change, resident: Resident) -> None:
    (row,) = rows(change.connection, DEPARTED_HOW, {"resident": resident.id})
    if row["departed_how"] in FOR_EVER:
        raise GoneForEver(resident=resident.id, how=row["departed_how"])


def _open_residence(change: Change, resident: Resident) -> tuple[int, date | None]:
    residence = first(change.connection, OPEN_RESIDENCE, {"resident": resident.id})
    if residence is None:
        raise AlreadyDeparted(resident=resident.id, departed=resident.departed)
    return residence["id"], day(residence["from_on"])


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


def _insert_residence(change: Change, resident: int, residence: NewResidence, on: date | None = None) -> None:
    change.insert(
        "residence",
        {
            "resident_id": resident,
            "village_code": residence.village_code,
            "district_code": residence.district_code,
            "address": residence.address,
            "rt": residence.rt,
            "rw": residence.rw,
            "from_on": iso(on or residence.since),
        },
    )
