"""The records that queries hand to rendering and actions: plain facts, frozen, with names and numbers kept out of
`repr` so that no log or traceback can hold them.
"""

from dataclasses import dataclass, field
from datetime import date

from timpora_cli.model.rules import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """A village with its district, or a district alone, or nothing known."""

    village_code: str | None
    village: str | None
    district_code: str | None
    district: str | None


@dataclass(frozen=True, slots=True)
class PermitHeld:
    """The permit in force on a day, and what the law makes of it on that day."""

    permit_id: int
    class_code: str
    number: str | None = field(repr=False)
    issued_on: date | None
    expires_on: date | None
    effective_until: date | None
    relief: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Person:
    """A resident as of a day: who, where, on which permit. `permit` is None for one without a permit in force."""

    resident_id: int
    name: str = field(repr=False)
    sex: str | None
    born: date | None
    nationality: str
    purpose: str | None
    sponsor: str | None = field(repr=False)
    arrived: date | None
    place: Place
    permit: PermitHeld | None


@dataclass(frozen=True, slots=True)
class Account:
    """Where everyone known on a day is in relation to an expiry list; the parts add up to `known`."""

    listed: int
    not_due: int
    earlier: int
    without: int
    departed: int
    filtered_out: int

    @property
    def known(self) -> int:
        """All people known on that day."""
        return self.listed + self.not_due + self.earlier + self.without + self.departed + self.filtered_out


@dataclass(frozen=True, slots=True)
class Expiring:
    """An expiry list: the holders, soonest first, and the account of everyone else."""

    people: tuple[Person, ...]
    account: Account


@dataclass(frozen=True, slots=True)
class PassportDue:
    """A current passport that runs out, with its holder and where the holder lives."""

    resident_id: int
    name: str = field(repr=False)
    nationality: str
    number: str = field(repr=False)
    country: str
    expires_on: date | None
    days_left: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of a count: what it is of (code, name and what that lies in), and how many people by group."""

    code: str | None
    name: str | None
    within_code: str | None
    within: str | None
    groups: tuple[int, ...]

    @property
    def total(self) -> int:
        """All people of the row."""
        return sum(self.groups)


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan. `ours` says whether it lies in the office's working area."""

    code: str
    name: str
    regency_code: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Village:
    """A desa or kelurahan, in its district. `ours` says whether it lies in the office's working area."""

    code: str
    name: str
    kind: str
    district_code: str
    district: str
    ours: bool
