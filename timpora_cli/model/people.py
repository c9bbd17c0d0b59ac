"""The records of people, permits and places. Names and numbers are kept out of `repr`, so no log or traceback has them.

They are named tuples: a frozen dataclass with slots takes eight times as long to define when a command starts.
"""

from datetime import date
from typing import NamedTuple

from timpora_cli.model.rules import Standing, State


class Place(NamedTuple):
    """A village with its district, or a district alone, or nothing known."""

    village_code: str | None
    village: str | None
    district_code: str | None
    district: str | None


class Resident(NamedTuple):
    """A resident as the register has it now, on whatever day. `departed` is None for somebody who is present."""

    id: int
    name: str
    departed: date | None

    def __repr__(self) -> str:
        return f"<Resident {self.id}>"


class Permit(NamedTuple):
    """A grant as the register has it now, on whatever day; current where `ended_on` is None.

    `expires_on` is OPEN_ENDED (model/rules) where it is unlimited, so that it is later than every day.
    """

    id: int
    resident_id: int
    class_code: str
    number: str | None
    issued_on: date | None
    starts_on: date | None
    expires_on: date | None
    ended_on: date | None
    end_reason: str | None
    follows_id: int | None

    def __repr__(self) -> str:
        return f"<Permit {self.id}>"


class Sponsor(NamedTuple):
    """A company or a person that answers for residents."""

    id: int
    name: str
    kind: str | None
    address: str | None
    contact: str | None

    def __repr__(self) -> str:
        return f"<Sponsor {self.id}>"


class SponsorListed(NamedTuple):
    """A sponsor with how many `people` it answers for on a day, and how many on record at all."""

    sponsor: Sponsor
    people: int
    on_record: int


class PermitHeld(NamedTuple):
    """The permit in force on a day, and what the law makes of it on that day."""

    permit_id: int
    class_code: str
    number: str | None
    issued_on: date | None
    expires_on: date | None
    effective_until: date | None
    relief: str | None
    standing: Standing
    unlimited: bool = False

    def __repr__(self) -> str:
        return f"<PermitHeld {self.permit_id}>"


class Reporting(NamedTuple):
    """When the holder of a KITAP last reported, and by which day the next report is due; None where there is none.

    `since` is the first day of the permit, None where it is not known. `days_left` and `act_by` are of the next report,
    as a permit has them of its end.
    """

    since: date | None
    last: date | None
    next: date | None
    days_left: int | None
    act_by: date | None


class Seen(NamedTuple):
    """When somebody was last seen at an inspection, and how many days ago; None for one who never was."""

    last: date | None
    days: int | None


class Person(NamedTuple):
    """A resident as of a day: who, where, on which permit. `permit` is None for one without a permit in force.

    `passport`, the number of the one in use, is read only for expiry lists, `reporting` only for lists of reports, and
    `seen` only for the list of who was not seen.
    """

    resident_id: int
    name: str
    sex: str | None
    born: date | None
    nationality: str
    purpose: str | None
    sponsor: str | None
    arrived: date | None
    place: Place
    permit: PermitHeld | None
    reporting: Reporting | None = None
    passport: str | None = None
    seen: Seen | None = None

    def __repr__(self) -> str:
        return f"<Person of resident {self.resident_id}>"

    @property
    def overstays(self) -> bool:
        """Whether the effective end of the permit has passed."""
        return self.permit is not None and self.permit.standing.state is State.OVERSTAY


class Account(NamedTuple):
    """Where everyone known on a day is in relation to an expiry list; the parts add up to all people known.

    `told` are those whom the list left out because an earlier run has marked them.
    """

    listed: int
    not_due: int
    earlier: int
    without: int
    departed: int
    filtered_out: int
    told: int = 0


class PassportDue(NamedTuple):
    """A current passport that runs out, with its holder and where the holder lives."""

    passport_id: int
    resident_id: int
    name: str
    nationality: str
    number: str
    country: str
    expires_on: date | None
    days_left: int | None
    place: Place

    def __repr__(self) -> str:
        return f"<PassportDue of resident {self.resident_id}>"
