"""The columns of each list: which keys machines get and which headings people read, and the lines that close a list.

Keys are promised (contract §5): they are English, they never change with the language, and none is ever reused.
"""

from collections.abc import Sequence
from datetime import date

from timpora_cli.language import _, n_
from timpora_cli.model.people import Account, District, PassportDue, Person, Village
from timpora_cli.model.rules import State
from timpora_cli.model.terms import PURPOSES
from timpora_cli.render.listing import Cell, Column, Kind, Listing

STATES = {state.value: state.value for state in State}
PURPOSE_WORDS = {purpose.code: purpose.name_en for purpose in PURPOSES}
SEX_WORDS = {"M": "male", "F": "female"}

VILLAGE_KINDS = ("kelurahan", "desa", "desa adat")
PRINTED_END = "the last valid day, as printed"
NO_END_YET = "9999-12-31 where a relief has no end yet"
PAST_IS_NEGATIVE = "negative once the end has passed"

RESIDENT = Column("resident_id", "Id", Kind.ID, rank=2, always=True)
NAME = Column("name", "Name", always=True)
NATIONALITY = Column("nationality", "Nat.", rank=3, always=True, says="a country's code, as in a passport")
CLASS = Column("class", "Class", Kind.CLASS, always=True)
PERMIT_NUMBER = Column("permit_number", "Permit no.", Kind.REFERENCE, rank=3, secret=True)
EXPIRES = Column("expires_on", "Expires", Kind.DATE, rank=2, says=PRINTED_END)
EFFECTIVE = Column("effective_until", "Valid until", Kind.DATE, says=NO_END_YET)
STATE = Column("state", "State", Kind.STATE, always=True)
DAYS_LEFT = Column("days_left", "Days", Kind.NUMBER, says=PAST_IS_NEGATIVE)
VILLAGE = Column("village", "Village", rank=2)
DISTRICT = Column("district", "District", rank=2)
SPONSOR = Column("sponsor", "Sponsor", rank=3)

EXPIRING = (
    RESIDENT,
    NAME,
    NATIONALITY,
    CLASS,
    PERMIT_NUMBER,
    EXPIRES,
    EFFECTIVE,
    Column("act_by", "Act by", Kind.DATE, rank=2, says="the last working day"),
    Column("relief", "Relief", rank=3),
    STATE,
    DAYS_LEFT,
    Column("overstay_days", "Overstay", Kind.NUMBER, rank=2),
    Column("fine", "Fine", Kind.MONEY, rank=3),
    VILLAGE,
    DISTRICT,
    SPONSOR,
)
PASSPORTS = (
    RESIDENT,
    NAME,
    NATIONALITY,
    Column("passport_number", "Passport", Kind.REFERENCE, secret=True, always=True),
    Column("passport_country", "Issued by", rank=3, always=True),
    Column("expires_on", "Expires", Kind.DATE),
    DAYS_LEFT,
    VILLAGE,
    DISTRICT,
)
PEOPLE = (
    RESIDENT,
    NAME,
    Column("sex", "Sex", rank=3, codes=tuple(SEX_WORDS)),
    Column("born", "Born", Kind.DATE, rank=3),
    NATIONALITY,
    Column("purpose", "Purpose", Kind.WORD, rank=3, codes=tuple(PURPOSE_WORDS)),
    Column("class", "Class", Kind.CLASS),
    PERMIT_NUMBER,
    EFFECTIVE,
    Column("state", "State", Kind.STATE),
    VILLAGE,
    DISTRICT,
    SPONSOR,
)
PERMITS = (
    Column("permit_id", "Permit", Kind.ID, always=True),
    RESIDENT,
    NAME,
    CLASS,
    PERMIT_NUMBER,
    Column("issued_on", "Issued", Kind.DATE, rank=3),
    EXPIRES,
    EFFECTIVE,
    STATE,
    DAYS_LEFT,
    VILLAGE,
    DISTRICT,
)
DISTRICTS = (
    Column("district_code", "Code", always=True),
    Column("district", "District", always=True),
    Column("regency", "Regency", rank=2, always=True),
    Column("villages", "Villages", Kind.NUMBER, always=True, says="how many there are on record"),
    Column("ours", "Ours", Kind.FLAG, rank=3, always=True, says="whether it lies in the office's own area"),
)
VILLAGES = (
    Column("village_code", "Code", always=True),
    Column("village", "Village", always=True),
    Column("kind", "Kind", Kind.WORD, always=True, codes=VILLAGE_KINDS),
    Column("district", "District", always=True),
    Column("district_code", "District code", rank=3, always=True),
)


def expiring(people: Sequence[Person], account: Account | None, on: date) -> Listing:
    """Return the expiry list; `account` (for people's formats) closes it with where everyone else is."""
    closing = () if account is None else (account_line(account, on, _("without a permit")),)
    return Listing(EXPIRING, [_expiring(person) for person in people], closing=closing, words=STATES)


def passports(due: Sequence[PassportDue], account: Account | None, on: date) -> Listing:
    """Return the list of passports that run out; `account` (for people's formats) closes it as with permits."""
    rows = [
        (
            passport.resident_id,
            passport.name,
            passport.nationality,
            passport.number,
            passport.country,
            passport.expires_on,
            passport.days_left,
            passport.place.village,
            passport.place.district,
        )
        for passport in due
    ]
    closing = () if account is None else (account_line(account, on, _("without a passport on record")),)
    return Listing(PASSPORTS, rows, closing=closing)


def account_line(account: Account, on: date, without: str) -> str:
    """Return the line that accounts for everyone: listed + not due + without + departed = all people known."""
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
    line = n_("{terms} = {known} person known on {day}.", "{terms} = {known} people known on {day}.", account.known)
    return line.format(terms=terms, known=account.known, day=on.isoformat())


def people(persons: Sequence[Person]) -> Listing:
    """Return a list of residents."""
    rows = [
        (
            person.resident_id,
            person.name,
            person.sex,
            person.born,
            person.nationality,
            person.purpose,
            person.permit.class_code if person.permit else None,
            person.permit.number if person.permit else None,
            person.permit.effective_until if person.permit else None,
            person.permit.standing.state if person.permit else None,
            person.place.village,
            person.place.district,
            person.sponsor,
        )
        for person in persons
    ]
    return Listing(PEOPLE, rows, words={**STATES, **PURPOSE_WORDS})


def permits(persons: Sequence[Person]) -> Listing:
    """Return a list of the permits that people hold."""
    rows: list[tuple[Cell, ...]] = [
        (
            permit.permit_id,
            person.resident_id,
            person.name,
            permit.class_code,
            permit.number,
            permit.issued_on,
            permit.expires_on,
            permit.effective_until,
            permit.standing.state,
            permit.standing.days_left,
            person.place.village,
            person.place.district,
        )
        for person in persons
        if (permit := person.permit) is not None
    ]
    return Listing(PERMITS, rows, words=STATES)


def districts(rows: Sequence[tuple[District, str, int]]) -> Listing:
    """Return the list of districts."""
    return Listing(
        DISTRICTS, [(one.code, one.name, regency, villages, bool(one.ours)) for one, regency, villages in rows]
    )


def villages(rows: Sequence[Village]) -> Listing:
    """Return the list of villages."""
    return Listing(VILLAGES, [(one.code, one.name, one.kind, one.district, one.district_code) for one in rows])


def _expiring(person: Person) -> tuple[Cell, ...]:
    permit = person.permit
    if permit is None:
        message = "an expiry list holds permits"
        raise ValueError(message)
    standing = permit.standing
    return (
        person.resident_id,
        person.name,
        person.nationality,
        permit.class_code,
        permit.number,
        permit.expires_on,
        permit.effective_until,
        standing.act_by,
        permit.relief,
        standing.state,
        standing.days_left,
        standing.overstay_days,
        f"over {standing.over_limit}" if standing.over_limit else standing.fine,
        person.place.village,
        person.place.district,
        person.sponsor,
    )
