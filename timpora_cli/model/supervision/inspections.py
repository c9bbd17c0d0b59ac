"""Inspections: who was looked for in the field, what was found of each, and what follows from the days.

Whether somebody counts as seen and how the letter of assignment stands are worked out here, on the day that is asked
about.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from timpora_cli.model.names import fold_name
from timpora_cli.model.notices import Notice
from timpora_cli.model.terms import NO_PERMIT

MATTERS = ("address", "class", "activity")
"""What is compared with the register."""


class Found(StrEnum):
    """What an inspection found of one matter of a person."""

    AS_REGISTERED = "AS_REGISTERED"
    """It is as the register said on that day."""
    DIFFERS = "DIFFERS"
    """It is something else, which is recorded in words."""
    NOT_CHECKED = "NOT_CHECKED"
    """Nobody looked."""


class Letter(StrEnum):
    """How the letter of assignment of an inspection stands on a day."""

    IN_TIME = "IN_TIME"
    """It was there before the inspection, or within the days that the rule gives an urgent one."""
    LATE = "LATE"
    """It is of a later day than that."""
    AWAITED = "AWAITED"
    """It is not there yet, and there is still time."""
    MISSING = "MISSING"
    """It is not there, and there is no more time."""


class Inspection(NamedTuple):
    """A visit in the field as of a day.

    `letter_due` is the last day for the letter of an urgent one, None for another, and where no rule says it.
    `looked_for`, `seen` and `differing` count people: all who were looked for, those met, those of whom anything
    differs from the register.
    """

    id: int
    on: date
    officers: str
    letter_number: str | None
    letter_on: date | None
    letter_due: date | None
    letter: Letter
    urgent: bool
    village: str | None
    district: str | None
    place: str | None
    finding: str | None
    case_id: int | None
    looked_for: int
    seen: int
    differing: int

    def __repr__(self) -> str:
        return f"<Inspection {self.id}>"


class LookedFor(NamedTuple):
    """A person who was looked for at an inspection: whether seen, and what was found of each of MATTERS.

    `words` has what was found, by matter, of those that differ.
    """

    resident_id: int
    name: str
    seen: bool
    found: Mapping[str, Found]
    words: Mapping[str, str]

    def __repr__(self) -> str:
        return f"<LookedFor of resident {self.resident_id}>"


class Registered(NamedTuple):
    """What the register says of a person on a day, to be compared with what was found in the field."""

    present: bool
    address: str | None
    village: str | None
    district: str | None
    permit_id: int | None
    class_code: str | None
    occupation: str | None

    def __repr__(self) -> str:
        return "<Registered>"

    def says(self, matter: str) -> str | None:
        """Return what the register says of one of MATTERS, None where it says nothing."""
        if matter == "address":
            return ", ".join(part for part in (self.address, self.village, self.district) if part) or None
        return self.class_code if matter == "class" else self.occupation

    def is_same(self, matter: str, found: str) -> bool:
        """Return whether what was found of one of MATTERS is what the register says, in whatever spelling."""
        if matter == "class":
            return found == (self.class_code or NO_PERMIT)
        if matter == "activity":
            return fold_name(found) == fold_name(self.occupation or "")
        parts = [self.address or "", self.village or "", self.district or ""]
        ways = ([parts[0]], parts[1:2], parts[:2], parts[1:], parts)
        return fold_name(found) in {fold_name(" ".join(filter(None, way))) for way in ways if way[0]}


class Difference(NamedTuple):
    """One matter of a person in which an inspection found something else than the register says.

    `command` corrects the register; None where the register says by now what was found.
    """

    resident_id: int
    name: str
    matter: str
    registered: str | None
    found: str
    command: str | None

    def __repr__(self) -> str:
        return f"<Difference of resident {self.resident_id}>"


class Recorded(NamedTuple):
    """What a change recorded of an inspection: its number in the log, None where nothing was changed."""

    change: int | None
    inspection: Inspection
    people: tuple[LookedFor, ...]
    differences: tuple[Difference, ...]
    notices: tuple[Notice, ...]


def seen_since(on: date, days: int) -> date:
    """Return the first day on which one has to have been seen, to be seen within `days` days of the day `on`."""
    return date.fromordinal(max(on.toordinal() - days, 1))


def last_day_for_letter(inspected: date, days: int) -> date:
    """Return the last day for the letter of an urgent inspection, which it needs within `days` days."""
    return date.fromordinal(min(inspected.toordinal() + days, date.max.toordinal()))


def letter_on_day(letter_on: date | None, due: date | None, on: date) -> Letter:
    """Return how the letter of an inspection stands on the day `on`; `due` is its last day, None where there is none.

    A letter of a later day than `on` is not there yet.
    """
    if letter_on is not None and letter_on <= on:
        return Letter.LATE if due is not None and letter_on > due else Letter.IN_TIME
    return Letter.MISSING if due is not None and on > due else Letter.AWAITED
