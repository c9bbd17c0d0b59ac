"""People: recorded, corrected, and removed when they were entered by mistake. Their presence is in stays.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions import family, passports
from timpora_cli.actions.sponsors import sponsor_id
from timpora_cli.actions.stays import NewResidence, begin, refuse_born_later
from timpora_cli.actions.supervision.inspections import refuse_inspected
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Resident
from timpora_cli.queries.rows import PERMITS_NEWEST_FIRST, first, folded, rows
from timpora_cli.store.change import Change, Value

NIORA_HOLDER = f"SELECT id FROM resident WHERE niora IS NOT NULL AND {folded('niora')} = :niora AND id IS NOT :mine"
ROWS_OF_RESIDENT: Mapping[str, str] = {
    "permit_report": (
        "SELECT id FROM permit_report WHERE permit_id IN (SELECT id FROM permit WHERE resident_id = :resident)"
    ),
    "permit": f"SELECT id FROM permit WHERE resident_id = :resident {PERMITS_NEWEST_FIRST}",
    "passport_named": "SELECT id FROM passport_named WHERE resident_id = :resident",
    "passport": "SELECT id FROM passport WHERE resident_id = :resident",
    "residence": "SELECT id FROM residence WHERE resident_id = :resident",
    "stay": "SELECT id FROM stay WHERE resident_id = :resident",
    "family_link": "SELECT id FROM family_link WHERE resident_id = :resident OR relative_id = :resident",
}


CASES_OF = "SELECT group_concat(id, ', ') AS numbers FROM case_file WHERE resident_id = :resident"


class NioraTaken(Refused):
    """NIORA {niora} is already recorded for resident {resident}. Nothing was changed."""


class HasCases(Refused):
    """Resident {resident} cannot be removed: these cases are about them: {cases}. Nothing was changed.
    If it is another person, say so first: timpora case note CASE --resident RESIDENT
    """


@dataclass(frozen=True, slots=True)
class NewResident:
    """A person as entered: `facts` are columns of the resident's own row, the rest are rows of their own."""

    facts: Mapping[str, Value] = field(repr=False)
    residence: NewResidence
    passport: passports.NewPassport | None = None
    sponsor: str | None = field(default=None, repr=False)
    sponsor_kind: str | None = None
    relatives: tuple[family.Relative, ...] = ()
    arrived: date | None = None


def add(change: Change, new: NewResident) -> int:
    """Record a person who is present, with passport, residence, sponsor and family, and return the id."""
    if new.passport:
        passports.refuse_taken(change, new.passport)
    _refuse_niora_taken(change, new.facts.get("niora"), None)
    sponsor = {"sponsor_id": sponsor_id(change, new.sponsor, new.sponsor_kind)} if new.sponsor else {}
    resident = change.insert("resident", {**new.facts, **sponsor})
    if new.passport:
        passports.insert(change, resident, new.passport)
    begin(change, resident, new.residence, new.arrived)
    refuse_born_later(change, resident)
    for relative in new.relatives:
        family.record(change, resident, relative)
    return resident


def edit(change: Change, resident: Resident, facts: Mapping[str, Value]) -> None:
    """Correct columns of the resident's own row; the register keeps the version that is replaced."""
    _refuse_niora_taken(change, facts.get("niora"), resident.id)
    change.update("resident", resident.id, facts)
    refuse_born_later(change, resident.id)


def remove(change: Change, resident: Resident) -> int:
    """Remove a resident who was entered by mistake, with all rows that belong to it; return how many rows.

    The register keeps the last version of each row, so the mistake can be looked up later. Raises HasCases, or
    WasInspected for somebody who was looked for at an inspection.
    """
    refuse_inspected(change, resident)
    gone = change.touched
    found = first(change.connection, CASES_OF, {"resident": resident.id})
    if found is not None and found["numbers"]:
        raise HasCases(resident=resident.id, cases=found["numbers"])
    for table, query in ROWS_OF_RESIDENT.items():
        for row in list(rows(change.connection, query, {"resident": resident.id})):
            change.remove(table, row["id"])
    change.remove("resident", resident.id)
    return change.touched - gone


def _refuse_niora_taken(change: Change, niora: Value, mine: int | None) -> None:
    asked = {"niora": fold_number(str(niora)), "mine": mine}
    holder = first(change.connection, NIORA_HOLDER, asked) if niora else None
    if holder is not None:
        raise NioraTaken(niora=niora, resident=holder["id"])
