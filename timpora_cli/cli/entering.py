"""`timpora resident add` and `edit`: the two commands that take everything there is to say about a person."""

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.actions import residents
from timpora_cli.cli import complete, talk
from timpora_cli.cli.entry import (
    FamilyOptions,
    HomeOptions,
    PassportOptions,
    PersonOptions,
    Why,
    asked_for,
    mrz_of,
    past_day,
    refuse_alone,
)
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import Work, working
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.people import Resident
from timpora_cli.model.terms import sponsor_kind
from timpora_cli.queries import find
from timpora_cli.queries.countries import country_code
from timpora_cli.queries.counts import present_in
from timpora_cli.queries.dossier import dossier
from timpora_cli.queries.places import district_of

ResidentArgument = Annotated[
    str,
    typer.Argument(
        metavar="RESIDENT",
        help=_("An id, or a NIORA, passport or permit number."),
        autocompletion=complete.residents,
        show_default=False,
    ),
]
Mrz = Annotated[
    list[str] | None,
    typer.Option("--mrz", metavar="LINE", help=_("A passport's two machine-readable lines: give it twice.")),
]
Sponsor = Annotated[
    str | None,
    typer.Option("--sponsor", metavar="NAME", help=_("Who answers for the person."), autocompletion=complete.sponsors),
]
SponsorKind = Annotated[
    str | None,
    typer.Option("--sponsor-kind", metavar="KIND", help=_("company or person."), autocompletion=complete.sponsor_kinds),
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help=_("Since when the person lives there."))]


class NothingToChange(WrongUsage):
    """Nothing was given to change. See the options with: timpora resident edit --help"""


class NoPassport(Refused):
    """Resident {resident} has no passport on record. Record one with --passport NUMBER."""


@takes_records
def add(
    ctx: typer.Context,
    *,
    person: PersonOptions,
    passport: PassportOptions,
    home: HomeOptions,
    family: FamilyOptions,
    why: Why,
    mrz: Mrz = None,
    since: Since = None,
    sponsor: Sponsor = None,
    kind: SponsorKind = None,
) -> None:
    """Record a resident who is present.

    Name and nationality are needed, from the options or from the passport's two lines (--mrz), whose check digits are
    verified. On a terminal what is missing is asked for. A village that is not known can be left out.
    """
    with working(ctx, why.reason) as work:
        person, passport = _with_mrz(person, passport, mrz, work)
        person = _complete(person, work)
        facts = person.facts(work)
        arrived = facts.get("arrived")
        began = past_day(since, work.today) if since else date.fromisoformat(str(arrived)) if arrived else None
        new = residents.NewResident(
            facts,
            home.new(work, began),
            passport.new(work, str(facts["nationality"])),
            _tidy(sponsor) or None,
            _sponsor_kind(sponsor, kind),
            family.relatives(work),
        )
        identity = residents.add(work.change, new)
        said = _("Resident {id} recorded: {name}.").format(id=identity, name=facts["full_name"])
        said += tally(work, new.residence)
    render.write_line(said)


@takes_records
def edit(
    ctx: typer.Context,
    reference: ResidentArgument,
    *,
    person: PersonOptions,
    passport: PassportOptions,
    home: HomeOptions,
    family: FamilyOptions,
    why: Why,
    since: Since = None,
    sponsor: Sponsor = None,
    kind: SponsorKind = None,
    ended: Annotated[
        str | None, typer.Option("--marriage-ended", metavar="DATE", help=_("The day the present marriage ended."))
    ] = None,
) -> None:
    """Correct or complete what is recorded about a resident; an empty value ("") empties it.

    A new passport number takes the place of the present passport, which is kept. --village and --address correct the
    present residence; for somebody who has moved, use: timpora resident move. Earlier versions are always kept.
    """
    with working(ctx, why.reason) as work:
        found = find.resident(work.connection, reference)
        facts = person.facts(work)
        given = _sponsor_kind(sponsor, kind)
        if sponsor is not None:
            by = _tidy(sponsor)
            facts["sponsor_id"] = residents.sponsor_id(work.change, by, given) if by else None
        if facts:
            residents.edit(work.change, found, facts)
        _correct_passport(work, found, passport, facts.get("nationality"))
        _correct_residence(work, found, home, since)
        _correct_family(work, found, family, ended)
        if not work.change.touched:
            raise NothingToChange
        name = facts.get("full_name") or found.name
    render.write_line(_("Resident {id} corrected: {name}.").format(id=found.id, name=name))


def _complete(person: PersonOptions, work: Work) -> PersonOptions:
    needed = {"--name": person.name, "--nationality": person.nationality}
    missing = [option for option, text in needed.items() if not text]
    if missing and not talk.can_ask():
        raise talk.missing(missing)
    return replace(
        person,
        name=asked_for(person.name or None, "--name", _("Full name, as in the passport"), str),
        nationality=asked_for(
            person.nationality or None,
            "--nationality",
            _("Nationality (a code such as AUS, or a name)"),
            lambda text: country_code(work.connection, text),
        ),
    )


def _tidy(name: str | None) -> str:
    return " ".join((name or "").split())


def _sponsor_kind(sponsor: str | None, kind: str | None) -> str | None:
    if not sponsor:
        refuse_alone({"--sponsor-kind": kind}, "--sponsor")
    return sponsor_kind(kind) if kind else None


def _with_mrz(
    person: PersonOptions, passport: PassportOptions, mrz: list[str] | None, work: Work
) -> tuple[PersonOptions, PassportOptions]:
    read = mrz_of(mrz, work.today)
    if read is None:
        return person, passport
    return (
        replace(
            person,
            name=person.name or read.full_name,
            nationality=person.nationality or read.nationality,
            sex=person.sex or read.sex,
            born=person.born or read.born.isoformat(),
        ),
        replace(
            passport,
            passport=passport.passport or read.number,
            country=passport.country or read.issuing_country,
            expires=passport.expires or read.expires.isoformat(),
        ),
    )


def _correct_passport(work: Work, found: Resident, passport: PassportOptions, nationality: object) -> None:
    if passport.passport:
        country = str(nationality) if nationality else dossier(work.connection, found.id, work.today).nationality
        new = passport.new(work, country)
        if new is not None:
            residents.renew_passport(work.change, found, new, work.today)
        return
    corrections = passport.corrections(work)
    if corrections and not residents.correct_passport(work.change, found, corrections):
        raise NoPassport(resident=found.id)


def _correct_residence(work: Work, found: Resident, home: HomeOptions, since: str | None) -> None:
    values = home.corrections(work)
    if since is not None:
        values["from_on"] = past_day(since, work.today).isoformat() if since else None
    if values:
        residents.correct_residence(work.change, found, values)


def _correct_family(work: Work, found: Resident, family: FamilyOptions, ended: str | None) -> None:
    for relative in family.relatives(work):
        residents.add_relative(work.change, found.id, relative)
    if ended:
        residents.end_marriage(work.change, found, past_day(ended, work.today))


def tally(work: Work, home: residents.NewResidence) -> str:
    """Return, as a sentence to follow another, how many people the district of a residence counts now."""
    district = district_of(work.connection, home.village_code, home.district_code)
    number = present_in(work.connection, work.today, district.code if district else None)
    place = district.name if district else _("No region")
    return " " + _("{place} now counts {number}.").format(place=place, number=number)
