"""One row into the register, by the same actions that people use: the person, the residence, the passport, the permit.

- A blank cell changes nothing, and neither does another spelling of what is on record.
- A cell that differs is a correction; another village is a move (homes.py).
- A residence begins on the day of arrival, else on the first day of issue, else on a day that is not known. It follows
  these facts when an import brings them, unless somebody has recorded another day.
- The facts of a departed person may be corrected. A later permit or another place would be a return, and an officer
  must record that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from timpora_cli.actions import permits, residents, sponsors, stays
from timpora_cli.actions.intake import passport, plan
from timpora_cli.actions.intake.homes import home_of, write_home
from timpora_cli.actions.intake.identity import Namesakes
from timpora_cli.actions.intake.recorded import Difference, Recorded, Statements, recorded
from timpora_cli.actions.intake.reported import write_report
from timpora_cli.actions.permits import Grant, printed_end
from timpora_cli.actions.permits.corrections import edit as edit_permit
from timpora_cli.actions.stays import corrections
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.names import fold_name
from timpora_cli.queries.rows import iso
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Change, Value

Came = Literal["new", "renewed", "changed", "unchanged"]

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
}
PERMIT: Mapping[Field, str] = {
    "class": "class_code",
    "index": "index_code",
    "permit_number": "number",
    "issued": "issued_on",
    "valid_from": "valid_from",
    "expires": "ends",
    "office": "office",
}
SPONSOR_NAMES = "SELECT name FROM sponsor ORDER BY id DESC"
SPONSOR_KIND = "SELECT sponsor_id, kind FROM resident JOIN sponsor ON sponsor.id = sponsor_id WHERE resident.id = ?"


class NoNationality(Refused):
    """This person is new, and the row names no nationality. Give it in a column such as Kewarganegaraan."""


@dataclass(slots=True)
class Load:
    """The sheet that is being imported: the change that it is part of, and what its rows have given so far.

    `on` is the day of the sheet, if it is known.
    """

    change: Change
    today: date
    on: date | None
    statements: Statements
    namesakes: Namesakes
    passports: passport.Load
    sponsors: dict[str, str] = field(default_factory=dict, repr=False)


def begun(change: Change, today: date, on: date | None = None) -> Load:
    """Return a load with nothing in it yet."""
    statements = Statements(change.connection)
    passports = passport.Load(change, today, statements)
    load = Load(change, today, on, statements, Namesakes(change.connection), passports)
    load.sponsors = {fold_name(name): name for (name,) in change.connection.execute(SPONSOR_NAMES)}
    return load


def write(load: Load, entry: Entry, resident: int | None) -> Came:
    """Record what a row says of a resident, or of a new person (None), and return what came of it.

    Call it within a savepoint: it raises the refusals of the actions, and of the database, halfway.
    """
    touched = load.change.touched
    identity = _create(load, entry) if resident is None else resident
    held = recorded(load.change.connection, identity)
    _write_person(load, entry, held)
    write_home(load, entry, held)
    passport.write(load.passports, entry, held)
    renewed = _write_permit(load, entry, held)
    if resident is None:
        load.namesakes.add(entry, identity)
        return "new"
    if load.change.touched == touched:
        return "unchanged"
    _follow_facts(load, held)
    return "renewed" if renewed else "changed"


def keep(load: Load, entry: Entry) -> None:
    """Remember, once a row is written, how it spells its sponsor: another spelling is the same sponsor from now on."""
    if "sponsor" in entry.values:
        load.sponsors.setdefault(fold_name(entry.values["sponsor"]), entry.values["sponsor"])


def _create(load: Load, entry: Entry) -> int:
    values = entry.values
    if "nationality" not in values:
        raise NoNationality
    facts: dict[str, Value] = {column: values[name] for name, column in PERSON.items() if name in values}
    arrived = entry.day("arrived")
    residence = home_of(entry, arrived or entry.day("issued"))
    printed = plan.passport_of(entry, values["nationality"])
    sponsor = _sponsor(load, values["sponsor"]) if "sponsor" in values else None
    new = residents.NewResident(facts, residence, printed, sponsor, values.get("sponsor_kind"), arrived=arrived)
    identity = residents.add(load.change, new)
    owner = _("resident {id}").format(id=identity)
    load.statements.show(Difference(entry.line, owner, "name", None, values["name"]))
    return identity


def _sponsor(load: Load, name: str) -> str:
    return load.sponsors.get(fold_name(name), name)


def _write_person(load: Load, entry: Entry, held: Recorded) -> None:
    owner = _("resident {id}").format(id=held.resident.id)
    columns: Mapping[Field, str] = {**PERSON, "sponsor": "sponsor", "arrived": "arrived"}
    changes = load.statements.compared(owner, entry, held.person_as(entry.values.get("arrived")), columns)
    arrived = changes.pop("arrived", None)
    if arrived is not None:
        day = date.fromisoformat(str(arrived))
        corrections.correct_arrival(load.change, held.resident, day, moves_home=held.home_follows)
    name = changes.pop("sponsor", None)
    if name is not None:
        kind = entry.values.get("sponsor_kind")
        changes["sponsor_id"] = sponsors.sponsor_id(load.change, _sponsor(load, str(name)), kind)
    if changes:
        residents.edit(load.change, held.resident, changes)
    if "sponsor_kind" in entry.values:
        _write_sponsor_kind(load, entry, held.resident.id)


def _write_sponsor_kind(load: Load, entry: Entry, resident: int) -> None:
    row = load.change.connection.execute(SPONSOR_KIND, (resident,)).fetchone()
    if row is None:
        return
    sponsor, known = row
    owner = _("sponsor {id}").format(id=sponsor)
    if load.statements.compared(owner, entry, {"kind": known}, {"sponsor_kind": "kind"}):
        sponsors.know_kind(load.change, sponsor, known, entry.values["sponsor_kind"])


def _write_permit(load: Load, entry: Entry, held: Recorded) -> bool:
    """Record what a row says of a permit; return whether it is a renewal."""
    grant = plan.grant_of(entry, held)
    if grant is None:
        current = next((permit for permit in held.chain if permit.ended_on is None), None)
        write_report(load.change, load.statements, entry, load.today, current.id if current else None)
        return False
    beside = (slot := plan.placed(grant, held.chain)).beside
    if slot.kind == "same" and beside:
        row = next(row for row in held.permits if row["id"] == beside.id)
        changes = load.statements.compared(_("permit {id}").format(id=beside.id), entry, row, PERMIT)
        if changes:
            if changes.pop("ends", None):
                changes.update(printed_end(grant.expires_on))
            edit_permit(load.change, beside, changes, load.today)
        write_report(load.change, load.statements, entry, load.today, beside.id)
        return False
    if "class" not in entry.values:
        raise plan.NoClass
    if slot.kind == "after" and beside:
        granted = permits.follow(load.change, beside, grant, load.today)
    else:
        _refuse_departed(grant, held)
        granted = permits.add(load.change, held.resident.id, grant, load.today)
    owner, known = _("permit {id}").format(id=granted), {row["id"]: row["ends"] for row in held.permits}
    before = known[beside.id] if beside else None
    load.statements.show(Difference(entry.line, owner, "expires", before, entry.values.get("expires")))
    load.statements.note(owner, entry, PERMIT)
    write_report(load.change, load.statements, entry, load.today, granted)
    return slot.kind in {"after", "anew"} and plan.is_last(grant, held)


def _refuse_departed(grant: Grant, held: Recorded) -> None:
    resident = held.resident
    if resident.departed is not None and plan.is_last(grant, held):
        raise stays.AlreadyDeparted(resident=resident.id, departed=resident.departed)


def _follow_facts(load: Load, held: Recorded) -> None:
    """Change the first day of a residence along with the facts that it was taken from."""
    now = recorded(load.change.connection, held.resident.id)
    alone = now.residence["residences"] == 1 and now.residence["until_on"] is None
    if held.home_follows and alone and now.since is not None and iso(now.since) != now.residence["from_on"]:
        corrections.correct_since(load.change, now.resident, now.since)
