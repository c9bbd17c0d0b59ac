"""Inspections: recorded with the people who were looked for, and corrected, as when the letter of assignment comes.

What was found of a person is not corrected here: the change that recorded it is taken back, and recorded anew.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.model.people import Resident
from timpora_cli.model.supervision.inspections import MATTERS, Found
from timpora_cli.queries.rows import Stored, first
from timpora_cli.queries.supervision.differences import registered
from timpora_cli.store.change import Change, Value

INSPECTION = """
SELECT on_day, officers, letter_number, letter_on, is_urgent, village_code, district_code, place, finding, case_id
FROM inspection
WHERE id = :id
"""
ANYBODY = "SELECT 1 FROM inspection_resident WHERE inspection_id = :id LIMIT 1"
INSPECTED = """
SELECT inspection_id FROM inspection_resident WHERE resident_id = :resident ORDER BY inspection_id LIMIT 1
"""


class NoOfficers(WrongUsage):
    """An inspection names the officers who went there. Give --officers NAMES."""


class NoLetter(WrongUsage):
    """An inspection needs its letter of assignment. Give --letter NUMBER and --letter-on DATE.
    Where it could not wait for the letter, give --urgent, and the letter later with: timpora inspection edit
    """


class HalfALetter(WrongUsage):
    """A letter of assignment has a number and a day. Give both --letter NUMBER and --letter-on DATE."""


class LetterTooLate(Refused):
    """The letter of assignment is of {letter_on}, after the inspection of {on}. Nothing was changed.
    Where the inspection could not wait for the letter, give --urgent.
    """


class NowhereAndNobody(WrongUsage):
    """An inspection is of a resident or of a place. Name a RESIDENT, or give --village, --district or --place."""


class NothingFoundThere(WrongUsage):
    """An inspection that names nobody says what was found. Give --finding TEXT."""


class NamedTwice(WrongUsage):
    """Resident {resident} is named twice. Name each person once, as seen or with --not-found."""


class NoPermitShown(WrongUsage):
    """Resident {resident} was not found, so no permit was shown. Leave --class-found out for this one."""


class WasInspected(Refused):
    """Resident {resident} was looked for at inspection {inspection}. Nothing was removed.
    Where one person is on record twice: timpora resident merge KEPT {resident}
    A mistaken inspection is taken back first, with: timpora undo CHANGE
    """


@dataclass(frozen=True, slots=True)
class Visited:
    """A person who was looked for, as entered: whether seen, and what was found where it is not as registered.

    `checked` are those of MATTERS that were compared with the register and found the same, unless `found` has them.
    """

    resident: Resident
    seen: bool
    found: Mapping[str, str] = field(default_factory=dict, repr=False)
    checked: Collection[str] = ()


def add(change: Change, facts: Mapping[str, Value], people: Sequence[Visited]) -> int:
    """Record an inspection with the people who were looked for, and return its id. `facts` are columns of its row."""
    _refuse(facts, anybody=bool(people))
    named = [one.resident.id for one in people]
    for resident in named:
        if named.count(resident) > 1:
            raise NamedTwice(resident=resident)
    for one in people:
        if not one.seen and "class" in one.found:
            raise NoPermitShown(resident=one.resident.id)
    inspection = change.insert("inspection", facts)
    on = date.fromisoformat(str(facts["on_day"]))
    for one in people:
        whose: dict[str, Value] = {"inspection_id": inspection, "resident_id": one.resident.id}
        change.insert("inspection_resident", whose | {"is_seen": int(one.seen)} | _matters(change, one, on))
    return inspection


def edit(change: Change, inspection: int, facts: Mapping[str, Value]) -> None:
    """Correct columns of an inspection's row; the register keeps the version that is replaced."""
    asked = {"id": inspection}
    recorded = first(change.connection, INSPECTION, asked) or {}
    _refuse({**recorded, **facts}, anybody=first(change.connection, ANYBODY, asked) is not None)
    change.update("inspection", inspection, facts)


def refuse_inspected(change: Change, resident: Resident) -> None:
    """Raise WasInspected for somebody who was looked for at an inspection: what the officers did stays on record."""
    row = first(change.connection, INSPECTED, {"resident": resident.id})
    if row is not None:
        raise WasInspected(resident=resident.id, inspection=row["inspection_id"])


def _matters(change: Change, one: Visited, on: date) -> dict[str, Value]:
    """Return the columns of what was found of a person; what is found as the register says does not differ."""
    says = registered(change.connection, one.resident.id, on)
    columns: dict[str, Value] = {}
    for matter in MATTERS:
        words = one.found.get(matter)
        if words is not None and not says.is_same(matter, words):
            columns |= {matter: Found.DIFFERS, f"{matter}_found": words}
        else:
            is_checked = words is not None or matter in one.checked
            columns[matter] = Found.AS_REGISTERED if is_checked else Found.NOT_CHECKED
    return columns


def _refuse(row: Stored | Mapping[str, Value], *, anybody: bool) -> None:
    """Raise what is wrong with the row of an inspection, if anything is."""
    if not row.get("officers"):
        raise NoOfficers
    _refuse_letter(row)
    if not anybody:
        if not any(row.get(column) for column in ("village_code", "district_code", "place")):
            raise NowhereAndNobody
        if not row.get("finding"):
            raise NothingFoundThere


def _refuse_letter(row: Stored | Mapping[str, Value]) -> None:
    number, letter_on, on = row.get("letter_number"), row.get("letter_on"), row["on_day"]
    if (number is None) != (letter_on is None):
        raise HalfALetter
    if row["is_urgent"]:
        return
    if letter_on is None:
        raise NoLetter
    if str(letter_on) > str(on):
        raise LetterTooLate(letter_on=letter_on, on=on)
