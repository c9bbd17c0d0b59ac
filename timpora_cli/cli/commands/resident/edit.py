"""`timpora resident edit`: correct or complete what is recorded about a resident."""

from typing import Annotated

import typer

from timpora_cli.actions import family, passports, residents, sponsors
from timpora_cli.actions.stays import corrections
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import Work, working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.family import FamilyOptions
from timpora_cli.cli.options.person import (
    PAST_DAY,
    HomeOptions,
    PassportOptions,
    PersonOptions,
    ResidentArgument,
    Since,
    Why,
    past_day,
    says_same,
)
from timpora_cli.cli.options.sponsor import SponsorOptions
from timpora_cli.cli.talk import ask
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.people import Resident
from timpora_cli.queries import find
from timpora_cli.queries.countries import country_code
from timpora_cli.queries.personal.dossier import dossier
from timpora_cli.render.answers.done import DONE
from timpora_cli.store.change import Value


class Marriages(Options):
    """What ended, and whom a relative who is given corrects."""

    ended: Annotated[
        str | None,
        typer.Option("--marriage-ended", metavar="DATE", help=_("The day the present marriage ended.")),
        PAST_DAY,
    ] = None
    instead_of: Annotated[
        str | None,
        typer.Option(
            "--instead-of",
            metavar="NAME|ID",
            help=_("The relative on record whom the one that is given with --spouse, --child or --parent corrects."),
        ),
    ] = None


class WhichRelative(WrongUsage):
    """--instead-of says whom one relative corrects. Give one of --spouse, --child and --parent with it."""


class NothingToChange(WrongUsage):
    """Nothing was given to change. See the options with: timpora resident edit --help"""


class NoPassport(Refused):
    """Resident {resident} has no passport on record. Record one with --passport NUMBER."""


class PassportCountryOpen(WrongUsage):
    """The nationality becomes {new}, and the passport in use is of {old}, the nationality until now.
    Say who issued it: --passport-country same, or --passport-country {new}.
    """


@command(
    Writing,
    PersonOptions,
    PassportOptions,
    HomeOptions,
    FamilyOptions,
    Marriages,
    Why,
    SponsorOptions,
    DoneOptions,
    answer=DONE,
    examples=(
        'timpora resident edit 1 --occupation "Guru" --reason "typing mistake"',
        "timpora resident edit 1 --passport X0000099 --passport-expires 2030-01-31",
    ),
)
def edit(ctx: typer.Context, reference: ResidentArgument, since: Since = None) -> None:
    """Correct or complete what is recorded about a resident; an empty value ("") empties it.

    A new passport number takes the place of the present passport, which is kept; more: timpora resident passport.
    --village and --address correct the present residence; for somebody who has moved: timpora resident move. --spouse
    corrects the spouse of a marriage that has not ended; with --marriage-ended it is the next marriage.
    """
    person, passport, home = PersonOptions.of(ctx), PassportOptions.of(ctx), HomeOptions.of(ctx)
    relatives, sponsor, why = FamilyOptions.of(ctx), SponsorOptions.of(ctx), Why.of(ctx)
    answer = DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        resident = find.resident(work.connection, reference)
        facts = person.facts(work)
        passport = _with_country(work, resident, passport, facts.get("nationality"))
        kind, by = sponsor.kind_code(), sponsor.name()
        if by is not None:
            facts["sponsor_id"] = sponsors.sponsor_id(work.change, by, kind) if by else None
        if facts:
            residents.edit(work.change, resident, facts)
        _correct_passport(work, resident, passport, facts.get("nationality"))
        _correct_presence(work, resident, person.arrived, since)
        _correct_home(work, resident, home)
        _correct_family(work, resident, relatives, Marriages.of(ctx))
        if not work.change.touched:
            raise NothingToChange
        did = done(work, resident.id, look=True)
    answer.write(did, _("Resident {id} corrected: {name}.").format(id=did.resident_id, name=did.name))


def _with_country(work: Work, resident: Resident, typed: PassportOptions, nationality: Value) -> PassportOptions:
    """Return the options with the country of the passport in use, where a corrected nationality leaves it open.

    Raises PassportCountryOpen where nobody is there to be asked.
    """
    if typed.country is not None:
        return typed.but(country=None) if says_same(typed.country) else typed
    held = dossier(work.connection, resident.id, work.today)
    in_use = next((one for one in held.passports if one.in_use), None)
    if (
        nationality in (None, held.nationality)
        or typed.passport
        or in_use is None
        or in_use.country != held.nationality
    ):
        return typed
    if not ask.can_ask():
        raise PassportCountryOpen(new=nationality, old=held.nationality)
    question = _("The passport in use is of {old}, the nationality until now. Who issued it: same ({old}), or {new}?")
    answer = ask.until_read(
        None,
        "--passport-country",
        question.format(old=held.nationality, new=nationality),
        lambda text: says_same(text) or country_code(work.connection, text),
    )
    return typed if says_same(answer) else typed.but(country=answer)


def _correct_passport(work: Work, resident: Resident, passport: PassportOptions, nationality: object) -> None:
    if passport.passport:
        country = str(nationality) if nationality else dossier(work.connection, resident.id, work.today).nationality
        new = passport.new(work, country)
        if new is not None:
            passports.record(work.change, resident, new, work.today)
        return
    corrections = passport.corrections(work)
    if corrections and not passports.correct(work.change, resident, corrections, work.today):
        raise NoPassport(resident=resident.id)


def _correct_presence(work: Work, resident: Resident, arrived: str | None, since: str | None) -> None:
    if arrived is not None:
        day = past_day(arrived, work.today) if arrived else None
        corrections.correct_arrival(work.change, resident, day, moves_home=bool(since))
    if since is not None:
        corrections.correct_since(work.change, resident, past_day(since, work.today) if since else None)


def _correct_home(work: Work, resident: Resident, home: HomeOptions) -> None:
    values = home.corrections(work)
    if values:
        corrections.correct_residence(work.change, resident, values)


def _correct_family(work: Work, resident: Resident, typed: FamilyOptions, more: Marriages) -> None:
    relatives = typed.relatives(work)
    ended = past_day(more.ended, work.today) if more.ended else None
    if more.instead_of is not None:
        if len(relatives) != 1:
            raise WhichRelative
        family.correct(work.change, resident.id, relatives[0], more.instead_of)
        return
    for relative in relatives:
        family.record(work.change, resident.id, relative, ended)
    if ended is not None and typed.spouse is None:
        family.end_marriage(work.change, resident.id, ended)
