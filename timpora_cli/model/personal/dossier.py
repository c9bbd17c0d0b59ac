"""The records of one resident's dossier: everything about a person; facts that repeat are lists of records."""

from dataclasses import dataclass, field
from datetime import date

from timpora_cli.model.people import PermitHeld, Reporting


@dataclass(frozen=True, slots=True)
class StayHeld:
    """One presence: its day of entry, and the departure for good, where there was one by the day asked about."""

    arrived: date | None
    departed: date | None
    how: str | None


@dataclass(frozen=True, slots=True)
class ResidenceHeld:
    """One residence of the address history."""

    since: date | None
    until: date | None
    village: str | None
    district: str | None
    village_code: str | None
    address: str | None = field(repr=False)
    rt: str | None
    rw: str | None
    held: bool
    """Whether this is the residence on the day that was asked about."""


@dataclass(frozen=True, slots=True)
class GrantHeld:
    """One grant of the permit chain, as printed and as it ended."""

    permit_id: int
    class_code: str
    index_code: str | None
    number: str | None = field(repr=False)
    issued_on: date | None
    valid_from: date | None
    expires_on: date | None
    unlimited: bool
    office: str | None
    granted_as: str
    follows_id: int | None
    ended_on: date | None
    end_reason: str | None
    note: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReportMade:
    """One report that the holder of a KITAP made to the office, and for which permit."""

    permit_id: int
    on_day: date


@dataclass(frozen=True, slots=True)
class PassportHeld:
    """One passport, in use or retired."""

    number: str = field(repr=False)
    country: str
    issued_on: date | None
    expires_on: date | None
    retired_on: date | None
    in_use: bool
    """Whether this is the passport in use on the day that was asked about."""


@dataclass(frozen=True, slots=True)
class RelativeHeld:
    """One relative: what they are to the resident, the resident id where they have one, and since when."""

    relation: str
    resident_id: int | None
    name: str = field(repr=False)
    nationality: str
    born: date | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A resident with everything on record, as of the day that was asked about.

    `permit` is the one in force on it. `arrived` and `departed` are of the stay of that day, or of the last one before.
    `reporting` is of the permit, and None where it is no KITAP.
    """

    resident_id: int
    name: str = field(repr=False)
    sex: str | None
    born: date | None
    birthplace: str | None
    nationality: str
    purpose: str | None
    occupation: str | None = field(repr=False)
    contact: str | None = field(repr=False)
    niora: str | None = field(repr=False)
    arrived: date | None
    departed: date | None
    departed_how: str | None
    note: str | None = field(repr=False)
    sponsor: str | None = field(repr=False)
    sponsor_kind: str | None
    permit: PermitHeld | None
    stays: tuple[StayHeld, ...]
    reporting: Reporting | None
    residences: tuple[ResidenceHeld, ...]
    grants: tuple[GrantHeld, ...]
    reports: tuple[ReportMade, ...]
    passports: tuple[PassportHeld, ...]
    family: tuple[RelativeHeld, ...]
