"""The lists of people, permits, passports and reports, and the line that closes an expiry list.

Keys are promised (manual: scripts): they are English and never change with the language, and none is used again for
something else.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from timpora_cli.language import _, n_
from timpora_cli.model.people import Account, PassportDue, PermitHeld, Person
from timpora_cli.model.rules import FineTerm, State
from timpora_cli.model.terms import PURPOSES
from timpora_cli.render.answer import Answer, Cell, Column, Kind, Table

if TYPE_CHECKING:
    from typing import Protocol

    class HasPermit(Protocol):
        """Any record that holds the permit in force on a day, or None."""

        @property
        def permit(self) -> PermitHeld | None:
            """The permit, if any."""


STATES = {state.value: state.value for state in State}
PURPOSE_WORDS = {purpose.code: purpose.name_en for purpose in PURPOSES}
SEX_WORDS = {"M": "male", "F": "female"}

PRINTED_END = "the last valid day, as printed; none where it is unlimited, or not known"
NO_END_YET = "9999-12-31 where a relief has no end yet; none where it is unlimited, or not known"
WITHOUT_END = "whether the permit is granted without an end"
PAST_IS_NEGATIVE = "negative once the end has passed"

Holder = Person | PassportDue
"""Who holds a permit or a passport: both records name them alike."""


def of_permit(get: Callable[[PermitHeld], Cell]) -> "Callable[[HasPermit], Cell]":
    """Return the getter that reads a value of the permit of a record, None where there is no permit."""

    def of_record(record: "HasPermit") -> Cell:
        permit = record.permit
        return None if permit is None else get(permit)

    return of_record


def sum_of(terms: Sequence[FineTerm]) -> str | None:
    """Return the terms of a fine as a sum that anybody can work out: 32 x 300000 + 1 x 1000000."""
    return " + ".join(f"{term.days} x {'?' if term.rate is None else term.rate}" for term in terms) or None


def no_end(record: "HasPermit") -> str:
    """Return what people read where there is no last day: that the permit is unlimited, or nothing."""
    return "unlimited" if record.permit is not None and record.permit.unlimited else ""


RESIDENT: "Column[Holder]" = Column("resident_id", "Id", lambda one: one.resident_id, Kind.ID, rank=2, always=True)
NAME: "Column[Holder]" = Column("name", "Name", lambda one: one.name, always=True)
NATIONALITY: "Column[Holder]" = Column(
    "nationality", "Nat.", lambda one: one.nationality, rank=3, always=True, says="a country's code, as in a passport"
)
PASSPORT_NUMBER: "Column[Person]" = Column(
    "passport_number",
    "Passport",
    lambda one: one.passport,
    Kind.REFERENCE,
    rank=3,
    secret=True,
    says="of the passport in use, where one is on record",
)
CLASS: "Column[Person]" = Column("class", "Class", of_permit(lambda permit: permit.class_code), Kind.CLASS, always=True)
PERMIT_NUMBER: "Column[Person]" = Column(
    "permit_number", "Permit no.", of_permit(lambda permit: permit.number), Kind.REFERENCE, rank=3, secret=True
)
EXPIRES: "Column[HasPermit]" = Column(
    "expires_on",
    "Expires",
    of_permit(lambda permit: permit.expires_on),
    Kind.DATE,
    rank=2,
    empty=no_end,
    says=PRINTED_END,
)
EFFECTIVE: "Column[HasPermit]" = Column(
    "effective_until",
    "Valid until",
    of_permit(lambda permit: permit.effective_until),
    Kind.DATE,
    empty=no_end,
    says=NO_END_YET,
)
ACT_BY: "Column[HasPermit]" = Column(
    "act_by",
    "Act by",
    of_permit(lambda permit: permit.standing.act_by),
    Kind.DATE,
    rank=2,
    says="the last working day",
)
UNLIMITED: "Column[HasPermit]" = Column(
    "unlimited",
    "Unlimited",
    of_permit(lambda permit: permit.unlimited),
    Kind.FLAG,
    rank=3,
    for_programs=True,
    always=True,
    says=WITHOUT_END,
)
STATE: "Column[Person]" = Column(
    "state", "State", of_permit(lambda permit: permit.standing.state), Kind.STATE, always=True
)
DAYS_LEFT: "Column[Person]" = Column(
    "days_left", "Days", of_permit(lambda permit: permit.standing.days_left), Kind.NUMBER, says=PAST_IS_NEGATIVE
)
FINE: "Column[HasPermit]" = Column(
    "fine",
    "Fine",
    of_permit(lambda permit: permit.standing.fine),
    Kind.MONEY,
    rank=3,
    says="by the rate of each day of overstay",
)
OVER_LIMIT: "Column[HasPermit]" = Column(
    "over_limit",
    "Limit",
    of_permit(lambda permit: permit.standing.over_limit),
    Kind.OVER,
    rank=3,
    says="the days that the overstay is over; then there is no fine, and the officer decides",
)
FINE_TERMS: "Column[HasPermit]" = Column(
    "fine_terms",
    "Fine is",
    of_permit(lambda permit: sum_of(permit.standing.fine_terms)),
    rank=3,
    by_name=True,
    says="days x rupiah, for each rate that the overstay passed through",
)
RELIEF: "Column[Person]" = Column("relief", "Relief", of_permit(lambda permit: permit.relief), rank=3)
VILLAGE: "Column[Holder]" = Column("village", "Village", lambda one: one.place.village, rank=2)
DISTRICT: "Column[Holder]" = Column("district", "District", lambda one: one.place.district, rank=2)
SPONSOR: "Column[Person]" = Column("sponsor", "Sponsor", lambda one: one.sponsor, rank=3)

EXPIRING: "Table[Person]" = Table(
    (
        RESIDENT,
        NAME,
        NATIONALITY,
        PASSPORT_NUMBER,
        CLASS,
        PERMIT_NUMBER,
        EXPIRES,
        EFFECTIVE,
        ACT_BY,
        RELIEF,
        STATE,
        DAYS_LEFT,
        Column(
            "overstay_days", "Overstay", of_permit(lambda permit: permit.standing.overstay_days), Kind.NUMBER, rank=2
        ),
        FINE,
        OVER_LIMIT,
        FINE_TERMS,
        UNLIMITED,
        VILLAGE,
        DISTRICT,
        SPONSOR,
    ),
    words=STATES,
)
PASSPORTS: "Table[PassportDue]" = Table(
    (
        RESIDENT,
        NAME,
        NATIONALITY,
        Column("passport_number", "Passport", lambda one: one.number, Kind.REFERENCE, secret=True, always=True),
        Column("passport_country", "Issued by", lambda one: one.country, rank=3, always=True),
        Column("expires_on", "Expires", lambda one: one.expires_on, Kind.DATE),
        Column("days_left", "Days", lambda one: one.days_left, Kind.NUMBER, says=PAST_IS_NEGATIVE),
        VILLAGE,
        DISTRICT,
    )
)
PEOPLE: "Table[Person]" = Table(
    (
        RESIDENT,
        NAME,
        Column("sex", "Sex", lambda one: one.sex, rank=3, codes=tuple(SEX_WORDS)),
        Column("born", "Born", lambda one: one.born, Kind.DATE, rank=3),
        NATIONALITY,
        Column("purpose", "Purpose", lambda one: one.purpose, Kind.WORD, rank=3, codes=tuple(PURPOSE_WORDS)),
        CLASS._replace(always=False),
        PERMIT_NUMBER,
        EFFECTIVE,
        STATE._replace(always=False),
        UNLIMITED._replace(always=False),
        VILLAGE,
        DISTRICT,
        SPONSOR,
    ),
    words={**STATES, **PURPOSE_WORDS},
)
PERMITS: "Table[Person]" = Table(
    (
        Column("permit_id", "Permit", of_permit(lambda permit: permit.permit_id), Kind.ID, always=True),
        RESIDENT,
        NAME,
        CLASS,
        PERMIT_NUMBER,
        Column("issued_on", "Issued", of_permit(lambda permit: permit.issued_on), Kind.DATE, rank=3),
        EXPIRES,
        EFFECTIVE,
        ACT_BY,
        STATE,
        DAYS_LEFT,
        UNLIMITED,
        VILLAGE,
        DISTRICT,
    ),
    words=STATES,
)


def expiring(
    people: Sequence[Person], account: Account | None, on: date, no_holidays: Sequence[int] = ()
) -> Answer[Person]:
    """Return the expiry list; `account` (for people's formats) closes it with where everyone else is.

    `no_holidays` are the years of its days to act by of which no holiday is on record; a line says so.
    """
    return EXPIRING.of(people, closing=closing(account, on, _("without a permit"), no_holidays))


def holidays_missing(years: Sequence[int]) -> str:
    """Return the line that says which years have no holidays on record, so that only weekends are passed over."""
    return _("No holidays of {years} are on record: Act by passes over weekends only.").format(
        years=", ".join(map(str, years))
    )


def passports(due: Sequence[PassportDue], account: Account | None, on: date) -> Answer[PassportDue]:
    """Return the list of passports that run out; `account` closes it as with permits."""
    return PASSPORTS.of(due, closing=closing(account, on, _("without a passport on record")))


def closing(account: Account | None, on: date, without: str, no_holidays: Sequence[int] = ()) -> tuple[str, ...]:
    """Return the lines that close a list: where its days to act by lack holidays, and where everyone else is."""
    said = (holidays_missing(no_holidays),) if no_holidays else ()
    return said if account is None else (*said, account_line(account, on, without))


def permits(people: Sequence[Person], no_holidays: Sequence[int] = ()) -> Answer[Person]:
    """Return the list of the permits that these people hold; `no_holidays` as for an expiry list."""
    held = [person for person in people if person.permit is not None]
    return PERMITS.of(held, closing=(holidays_missing(no_holidays),) if no_holidays else ())


def account_line(account: Account, on: date, without: str) -> str:
    """Return the line that accounts for everyone: listed + not due + without + departed = all people known."""
    known = sum(account)
    parts = [
        (account.listed, _("listed"), True),
        (account.told, _("told before"), account.told > 0),
        (account.earlier, _("earlier than --from"), account.earlier > 0),
        (account.not_due, _("not due"), True),
        (account.without, without, True),
        (account.departed, _("departed"), True),
        (account.filtered_out, _("outside the filters"), account.filtered_out > 0),
    ]
    terms = " + ".join(f"{number} {what}" for number, what, shown in parts if shown)
    line = n_("{terms} = {known} person known on {day}.", "{terms} = {known} people known on {day}.", known)
    return line.format(terms=terms, known=known, day=on.isoformat())
