"""The card of one resident and of one permit: who, where, on which permit, and what is on record beside that."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from timpora_cli.language import _
from timpora_cli.model.people import PermitHeld, Reporting
from timpora_cli.model.personal.dossier import (
    Dossier,
    GrantHeld,
    PassportHeld,
    ReportMade,
    ResidenceHeld,
)
from timpora_cli.model.rules import FineTerm, age
from timpora_cli.model.terms import DEPARTURES, SPONSOR_KINDS
from timpora_cli.render.answer import Card, Column, Kind, Part, Table
from timpora_cli.render.answers import standing
from timpora_cli.render.answers.fine import TERMS
from timpora_cli.render.answers.people import (
    EXPIRES,
    PRINTED_END,
    PURPOSE_WORDS,
    SEX_WORDS,
    STATES,
    WITHOUT_END,
    of_permit,
)
from timpora_cli.render.answers.personal.dossier import FAMILY, PASSPORTS, RELATION_WORDS, RESIDENCES, STAYS
from timpora_cli.render.answers.reports import LAST_REPORT, MADE, NEXT_REPORT

GRANT_WORDS = {"NEW": "new", "EXTENSION": "extension", "CONVERSION": "conversion"}
END_WORDS = {
    "EXTENDED": "extended",
    "CONVERTED": "converted",
    "REVOKED": "revoked",
    **{way.code: way.name_en for way in DEPARTURES},
}
WORDS = {
    **STATES,
    **PURPOSE_WORDS,
    **SEX_WORDS,
    **RELATION_WORDS,
    **GRANT_WORDS,
    **END_WORDS,
    **{kind.code: kind.name_en for kind in SPONSOR_KINDS},
}


class ResidentCard(NamedTuple):
    """A resident with all that is on record, as of the day `on`; `country` is the name of the nationality."""

    dossier: Dossier
    country: str
    on: date

    @property
    def permit(self) -> PermitHeld | None:
        """The permit in force on the day."""
        return self.dossier.permit

    @property
    def reporting(self) -> Reporting | None:
        """When the holder of a KITAP reports."""
        return self.dossier.reporting

    @property
    def home(self) -> ResidenceHeld | None:
        """The residence on the day."""
        return next((one for one in self.dossier.residences if one.held), None)

    @property
    def passport(self) -> PassportHeld | None:
        """The passport in use on the day."""
        return next((one for one in self.dossier.passports if one.in_use), None)

    def __repr__(self) -> str:
        return f"<ResidentCard {self.dossier.resident_id}>"


class PermitCard(NamedTuple):
    """One grant of a permit with its holder, as of the day `on`."""

    grant: GrantHeld
    holder: Dossier
    on: date

    @property
    def permit(self) -> PermitHeld | None:
        """What the law makes of the grant on the day, where it is the one in force."""
        held = self.holder.permit
        return held if held is not None and held.permit_id == self.grant.permit_id else None

    @property
    def fine_terms(self) -> tuple[FineTerm, ...]:
        """What the fine of an overstay is the sum of."""
        return self.permit.standing.fine_terms if self.permit else ()

    @property
    def reporting(self) -> Reporting | None:
        """When the holder reports, where the grant is a KITAP in force on the day."""
        return self.holder.reporting if self.permit is not None else None

    @property
    def reports(self) -> Sequence[ReportMade]:
        """The reports that were made for this grant."""
        return [one for one in self.holder.reports if one.permit_id == self.grant.permit_id]

    def __repr__(self) -> str:
        return f"<PermitCard {self.grant.permit_id}>"


def _no_end(grant: GrantHeld) -> str:
    return "unlimited" if grant.unlimited else ""


GRANTS: Table[GrantHeld] = Table(
    (
        Column("permit_id", "Permit", lambda one: one.permit_id, Kind.ID, always=True),
        Column("class", "Class", lambda one: one.class_code, Kind.CLASS, always=True),
        Column("index", "Index", lambda one: one.index_code, rank=2),
        Column("permit_number", "Number", lambda one: one.number, Kind.REFERENCE, secret=True),
        Column("issued_on", "Issued", lambda one: one.issued_on, Kind.DATE),
        Column("valid_from", "Valid from", lambda one: one.valid_from, Kind.DATE, rank=3),
        Column("expires_on", "Expires", lambda one: one.expires_on, Kind.DATE, empty=_no_end, says=PRINTED_END),
        Column(
            "granted_as",
            "Granted as",
            lambda one: one.granted_as,
            Kind.WORD,
            rank=2,
            always=True,
            codes=tuple(GRANT_WORDS),
        ),
        Column("follows", "Follows", lambda one: one.follows_id, Kind.ID, rank=3),
        Column("ended_on", "Ended", lambda one: one.ended_on, Kind.DATE),
        Column("end_reason", "How", lambda one: one.end_reason, Kind.WORD, codes=tuple(END_WORDS)),
        Column("office", "Office", lambda one: one.office, rank=3),
        Column("note", "Note", lambda one: one.note, rank=3),
        Column(
            "unlimited",
            "Unlimited",
            lambda one: one.unlimited,
            Kind.FLAG,
            for_programs=True,
            always=True,
            says=WITHOUT_END,
        ),
    ),
    words=WORDS,
)

RESIDENT: Card[ResidentCard] = Card(
    (
        Column("resident_id", "Resident", lambda one: one.dossier.resident_id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.dossier.name, always=True),
        Column("nationality", "Nationality", lambda one: one.dossier.nationality, always=True),
        Column(
            "country", "Country", lambda one: one.country, always=True, says="the name, in the language of the call"
        ),
        Column("sex", "Sex", lambda one: one.dossier.sex, Kind.WORD, codes=tuple(SEX_WORDS)),
        Column("born", "Born", lambda one: one.dossier.born, Kind.DATE),
        Column("age", "Age", lambda one: age(one.dossier.born, one.on) if one.dossier.born else None, Kind.NUMBER),
        Column("birthplace", "Birthplace", lambda one: one.dossier.birthplace),
        Column("niora", "NIORA", lambda one: one.dossier.niora, Kind.REFERENCE, secret=True),
        Column(
            "passport_number",
            "Passport",
            lambda one: one.passport.number if one.passport else None,
            Kind.REFERENCE,
            secret=True,
        ),
        Column("village", "Village", lambda one: one.home.village if one.home else None),
        Column("district", "District", lambda one: one.home.district if one.home else None),
        Column("address", "Address", lambda one: one.home.address if one.home else None),
        Column("arrived", "Arrived", lambda one: one.dossier.arrived, Kind.DATE),
        Column("departed", "Departed", lambda one: one.dossier.departed, Kind.DATE),
        Column(
            "departed_how",
            "How",
            lambda one: one.dossier.departed_how,
            Kind.WORD,
            codes=tuple(way.code for way in DEPARTURES),
        ),
        Column("purpose", "Purpose", lambda one: one.dossier.purpose, Kind.WORD, codes=tuple(PURPOSE_WORDS)),
        Column("occupation", "Occupation", lambda one: one.dossier.occupation),
        Column("sponsor", "Sponsor", lambda one: one.dossier.sponsor),
        Column(
            "sponsor_kind",
            "Sponsor is",
            lambda one: one.dossier.sponsor_kind,
            Kind.WORD,
            codes=tuple(kind.code for kind in SPONSOR_KINDS),
        ),
        Column("contact", "Contact", lambda one: one.dossier.contact),
        Column("class", "Class", of_permit(lambda permit: permit.class_code), Kind.CLASS),
        Column("permit_number", "Permit no.", of_permit(lambda permit: permit.number), Kind.REFERENCE, secret=True),
        EXPIRES,
        *standing.STANDING,
        NEXT_REPORT,
        LAST_REPORT,
        Column("note", "Note", lambda one: one.dossier.note),
    ),
    (
        Part("permits", "Permits", GRANTS, lambda one: one.dossier.grants),
        Part("reports", "Reports", MADE, lambda one: one.dossier.reports),
        Part("passports", "Passports", PASSPORTS, lambda one: one.dossier.passports),
        Part("stays", "Stays", STAYS, lambda one: one.dossier.stays, least=2),
        Part("residences", "Residences", RESIDENCES, lambda one: one.dossier.residences),
        Part("family", "Family", FAMILY, lambda one: one.dossier.family),
    ),
    words=WORDS,
    title=lambda one: f"{one.dossier.name} - {standing.sentence(one.dossier, one.on)}",
)


def _permit_title(one: PermitCard) -> str:
    if one.permit is not None:
        return standing.sentence(one.holder, one.on)
    not_now = _("{kind}, not in force on {day}")
    return not_now.format(kind=one.grant.class_code, day=one.on.isoformat())


PERMIT: Card[PermitCard] = Card(
    (
        Column("permit_id", "Permit", lambda one: one.grant.permit_id, Kind.ID, always=True),
        Column("resident_id", "Resident", lambda one: one.holder.resident_id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.holder.name, always=True),
        Column("class", "Class", lambda one: one.grant.class_code, Kind.CLASS, always=True),
        Column("index", "Index", lambda one: one.grant.index_code),
        Column("permit_number", "Number", lambda one: one.grant.number, Kind.REFERENCE, secret=True),
        Column("issued_on", "Issued", lambda one: one.grant.issued_on, Kind.DATE),
        Column("valid_from", "Valid from", lambda one: one.grant.valid_from, Kind.DATE),
        Column(
            "expires_on",
            "Expires",
            lambda one: one.grant.expires_on,
            Kind.DATE,
            empty=lambda one: _no_end(one.grant),
            says=PRINTED_END,
        ),
        *standing.STANDING,
        NEXT_REPORT,
        LAST_REPORT,
        Column("office", "Office", lambda one: one.grant.office),
        Column(
            "granted_as",
            "Granted as",
            lambda one: one.grant.granted_as,
            Kind.WORD,
            always=True,
            codes=tuple(GRANT_WORDS),
        ),
        Column("follows", "Follows", lambda one: one.grant.follows_id, Kind.ID),
        Column("ended_on", "Ended", lambda one: one.grant.ended_on, Kind.DATE),
        Column("end_reason", "How", lambda one: one.grant.end_reason, Kind.WORD, codes=tuple(END_WORDS)),
        Column("note", "Note", lambda one: one.grant.note),
    ),
    (
        Part("fine_terms", "The fine is the sum of", TERMS, lambda one: one.fine_terms),
        Part("permits", "Permits", GRANTS, lambda one: one.holder.grants),
        Part("reports", "Reports", MADE, lambda one: one.reports),
    ),
    words=WORDS,
    title=_permit_title,
)
