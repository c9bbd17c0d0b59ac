"""One row into the register, by the actions that people use: the person, the residence, the passport, the permit.

- A cell that is blank overwrites nothing, and another spelling of what is on record changes nothing.
- A cell that differs is a correction; a village that differs is a move on the day of the import, because a sheet does
  not say when somebody moved, and where people lived until then stays on record. Only a residence that began on that
  very day is corrected. Another address in the same village, or a village where none was known, is a correction too.
- A residence begins on the day of arrival, else on the first day of issue, else nobody knows when; it follows these
  facts when an import brings them, until somebody has said otherwise.
- Somebody who has departed keeps what is on record and takes corrections, but a later permit or another place would be
  a return, and that is for an officer to record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from timpora_cli.actions import permits, residents
from timpora_cli.actions.intake import passports
from timpora_cli.actions.intake.identity import LikelyDuplicate, Namesakes
from timpora_cli.actions.intake.plan import fold_number, placed
from timpora_cli.actions.intake.recorded import Recorded, Row, recorded
from timpora_cli.actions.intake.stage import Entry
from timpora_cli.actions.intake.statements import Difference, Statements
from timpora_cli.actions.permits import Grant
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.names import fold_name
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Change, Value

Kind = Literal["new", "renewed", "changed", "unchanged"]

PERSON: Mapping[Field, str] = {
    "name": "full_name",
    "sex": "sex",
    "born": "born",
    "birthplace": "birthplace",
    "nationality": "nationality",
    "purpose": "purpose_code",
    "occupation": "occupation",
    "contact": "contact",
    "niora": "niora",
    "arrived": "arrived",
}
RESIDENCE: Mapping[Field, str] = {"village": "village_code", "address": "address", "rt": "rt", "rw": "rw"}
UNPLACED: Mapping[Field, str] = {**RESIDENCE, "district": "district_code"}
PERMIT: Mapping[Field, str] = {
    "class": "class_code",
    "index": "index_code",
    "permit_number": "number",
    "issued": "issued_on",
    "valid_from": "valid_from",
    "expires": "expires_on",
    "office": "office",
}
PRINTED: tuple[Field, ...] = ("permit_number", "issued", "expires")
DUPLICATES_KEPT = 100
SPONSOR_NAMES = "SELECT name FROM sponsor ORDER BY id DESC"
SPONSOR_KIND = "SELECT sponsor_id, kind FROM resident JOIN sponsor ON sponsor.id = sponsor_id WHERE resident.id = ?"


class NoNationality(Refused):
    """This person is new, and the row names no nationality. Give it in a column such as Kewarganegaraan."""


class NoClass(Refused):
    """The row names a permit without its class, and it is not the one on record. Give the class in a column such as
    Jenis Izin Tinggal.
    """


class ElsewhereOnRecord(Refused):
    """Resident {resident} is recorded in village {village}, which does not lie in the district of this row. Name the
    village too.
    """


@dataclass(slots=True)
class Load:
    """The sheet under way: the change that it is part of, and what its rows have said so far."""

    change: Change
    today: date
    said: Statements
    namesakes: Namesakes
    duplicates: list[LikelyDuplicate] = field(default_factory=list)  # the first of them
    duplicated: int = 0
    sponsors: dict[str, str] = field(default_factory=dict, repr=False)


def begun(change: Change, today: date) -> Load:
    """Return a load with nothing in it yet."""
    load = Load(change, today, Statements(change.connection), Namesakes(change.connection))
    load.sponsors = {fold_name(name): name for (name,) in change.connection.execute(SPONSOR_NAMES)}
    return load


def bring(load: Load, entry: Entry, resident: int | None) -> Kind:
    """Record what a row says of a resident, or of a person who is new (None), and return what came of it.

    Call it within a savepoint: it raises the refusals of the actions, and of the database, halfway.
    """
    touched = load.change.touched
    identity = _create(load, entry) if resident is None else resident
    held = recorded(load.change.connection, identity)
    _bring_person(load, entry, held)
    _bring_residence(load, entry, held)
    passports.bring(load.change, load.said, entry, held, load.today)
    renewed = _bring_permit(load, entry, held)
    if resident is None:
        _note_duplicate(load, load.namesakes.noted(entry, identity))
        return "new"
    if load.change.touched == touched:
        return "unchanged"
    _follow_facts(load, held)
    return "renewed" if renewed else "changed"


def keep(load: Load, entry: Entry) -> None:
    """Remember, once a row is in, how it spells its sponsor: another spelling is the same sponsor from now on."""
    if "sponsor" in entry.values:
        load.sponsors.setdefault(fold_name(entry.values["sponsor"]), entry.values["sponsor"])


def _note_duplicate(load: Load, duplicate: LikelyDuplicate | None) -> None:
    if duplicate is None:
        return
    load.duplicated += 1
    if len(load.duplicates) < DUPLICATES_KEPT:
        load.duplicates.append(duplicate)


def _create(load: Load, entry: Entry) -> int:
    values = entry.values
    if "nationality" not in values:
        raise NoNationality
    facts: dict[str, Value] = {column: values[name] for name, column in PERSON.items() if name in values}
    residence = _there(entry, entry.day("arrived") or entry.day("issued"))
    passport = passports.new_passport(entry, values["nationality"])
    sponsor = _sponsor(load, values["sponsor"]) if "sponsor" in values else None
    new = residents.NewResident(facts, residence, passport, sponsor, values.get("sponsor_kind"))
    identity = residents.add(load.change, new)
    owner = _("resident {id}").format(id=identity)
    load.said.show(Difference(entry.line, owner, "name", None, values["name"]))
    return identity


def _there(entry: Entry, since: date | None) -> residents.NewResidence:
    values = entry.values
    return residents.NewResidence(
        values.get("village"), values.get("address"), values.get("rt"), values.get("rw"), since, values.get("district")
    )


def _sponsor(load: Load, name: str) -> str:
    return load.sponsors.get(fold_name(name), name)


def _bring_person(load: Load, entry: Entry, held: Recorded) -> None:
    owner = _("resident {id}").format(id=held.found.id)
    changes = load.said.compared(owner, entry, held.person, {**PERSON, "sponsor": "sponsor"})
    name = changes.pop("sponsor", None)
    if name is not None:
        kind = entry.values.get("sponsor_kind")
        changes["sponsor_id"] = residents.sponsor_id(load.change, _sponsor(load, str(name)), kind)
    if changes:
        residents.edit(load.change, held.found, changes)
    if "sponsor_kind" in entry.values:
        _bring_sponsor_kind(load, entry, held.found.id)


def _bring_sponsor_kind(load: Load, entry: Entry, resident: int) -> None:
    row = load.change.connection.execute(SPONSOR_KIND, (resident,)).fetchone()
    if row is None:
        return
    owner = _("sponsor {id}").format(id=row[0])
    changes = load.said.compared(owner, entry, {"kind": row[1]}, {"sponsor_kind": "kind"})
    if changes:
        load.change.update("sponsor", row[0], changes)


def _bring_residence(load: Load, entry: Entry, held: Recorded) -> None:
    resident, residence = held.found, held.residence
    village = residence["village_code"]
    if village is not None and not str(village).startswith(entry.values.get("district", "")):
        raise ElsewhereOnRecord(resident=resident.id, village=village)
    owner = _("residence of resident {id}").format(id=resident.id)
    changes = load.said.compared(owner, entry, residence, UNPLACED if village is None else RESIDENCE)
    if not changes:
        return
    if resident.departed is not None:
        raise residents.AlreadyDeparted(resident=resident.id, departed=resident.departed)
    if not _moved(residence, changes) or residence["from_on"] == load.today.isoformat():
        if "village_code" in changes:
            changes["district_code"] = None
        residents.correct_residence(load.change, resident, changes)
        return
    residents.move(load.change, resident, _there(entry, None), load.today)


def _moved(residence: Row, changes: Mapping[str, Value]) -> bool:
    """Return whether the changes name another place than the one on record, and do not only say it more exactly."""
    if "district_code" in changes:
        return residence["district_code"] is not None
    if "village_code" not in changes:
        return False
    if residence["village_code"] is not None:
        return True
    district = residence["district_code"]
    return district is not None and not str(changes["village_code"]).startswith(f"{district}.")


def _bring_permit(load: Load, entry: Entry, held: Recorded) -> bool:
    """Record what a row says of a permit; return whether it is a renewal."""
    grant = _grant(entry, held)
    if grant is None:
        return False
    place = placed(grant, held.chain)
    if place.kind == "same" and place.beside:
        beside = place.beside
        row = next(row for row in held.permits if row["id"] == beside.id)
        changes = load.said.compared(_("permit {id}").format(id=beside.id), entry, row, PERMIT)
        if changes:
            permits.edit(load.change, beside, changes, load.today)
        return False
    if "class" not in entry.values:
        raise NoClass
    if place.kind == "after" and place.beside:
        begins = None if grant.issued_on else permits.day_counted_from(place.beside, load.today)
        granted = permits.follow(load.change, place.beside, grant, load.today, begins)
    else:
        _refuse_departed(grant, held)
        granted = permits.add(load.change, held.found.id, grant, load.today)
    owner = _("permit {id}").format(id=granted)
    before = place.beside.expires_on.isoformat() if place.beside and place.beside.expires_on else None
    load.said.show(Difference(entry.line, owner, "expires", before, entry.values.get("expires")))
    load.said.note(owner, entry, PERMIT)
    return place.kind in {"after", "anew"} and _is_last(grant, held)


def _grant(entry: Entry, held: Recorded) -> Grant | None:
    """Return the permit that a row speaks of, or None; without a class it can only be one on record."""
    values = entry.values
    class_code = values.get("class")
    if class_code is None:
        if values.keys().isdisjoint(PRINTED):
            return None
        class_code = _class_on_record(values.get("permit_number"), held)
    return Grant(
        class_code,
        values.get("permit_number"),
        entry.day("issued"),
        entry.day("expires"),
        values.get("index"),
        entry.day("valid_from"),
        values.get("office"),
    )


def _class_on_record(number: str | None, held: Recorded) -> str:
    for permit in reversed(held.chain):
        if permit.ended_on is None if number is None else fold_number(permit.number) == fold_number(number):
            return permit.class_code
    raise NoClass


def _is_last(grant: Grant, held: Recorded) -> bool:
    return all(
        not (grant.issued_on and permit.starts_on and permit.starts_on > grant.issued_on) for permit in held.chain
    )


def _refuse_departed(grant: Grant, held: Recorded) -> None:
    resident = held.found
    if resident.departed is not None and _is_last(grant, held):
        raise residents.AlreadyDeparted(resident=resident.id, departed=resident.departed)


def _follow_facts(load: Load, held: Recorded) -> None:
    """Let a residence that began when the facts said so begin when they say so now."""
    now = recorded(load.change.connection, held.found.id)
    since, residence = now.since, now.residence
    followed = held.residence["from_on"] == (held.since.isoformat() if held.since else None)
    alone = residence["residences"] == 1 and residence["until_on"] is None
    if followed and alone and since is not None and since != held.since:
        residents.correct_residence(load.change, now.found, {"from_on": since.isoformat()})
