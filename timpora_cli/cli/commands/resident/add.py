"""`timpora resident add`: record a resident who is present."""

from typing import Annotated

import typer

from timpora_cli.actions import residents
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import Work, working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.family import FamilyOptions
from timpora_cli.cli.options.person import (
    HomeOptions,
    PassportOptions,
    PersonOptions,
    Since,
    Why,
    mrz_of,
    past_day,
    tally,
)
from timpora_cli.cli.options.sponsor import SponsorOptions
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.queries.countries import country_code
from timpora_cli.render.answers.done import DONE

Mrz = Annotated[
    list[str] | None,
    typer.Option("--mrz", metavar="LINE", help=_("A passport's two machine-readable lines: give it twice.")),
]


@command(
    Writing,
    PersonOptions,
    PassportOptions,
    HomeOptions,
    FamilyOptions,
    Why,
    SponsorOptions,
    DoneOptions,
    answer=DONE,
    examples=(
        'timpora resident add --name "Contoh Orang" --nationality AUS --passport X0000001 --village "Air Merbau"',
        "timpora resident add --village Dukong --district 'Simpang Pesak' --mrz LINE1 --mrz LINE2",
    ),
)
def add(ctx: typer.Context, mrz: Mrz = None, since: Since = None) -> None:
    """Record a resident who is present.

    Name and nationality are needed, from the options or from the passport's two lines (--mrz), whose check digits are
    verified. On a terminal what is missing is asked for. A village that is not known can be left out.
    """
    person, passport, home = PersonOptions.of(ctx), PassportOptions.of(ctx), HomeOptions.of(ctx)
    family, sponsor, why = FamilyOptions.of(ctx), SponsorOptions.of(ctx), Why.of(ctx)
    answer = DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        person, passport = _with_mrz(person, passport, mrz, work)
        person = _complete(person, work)
        facts = person.facts(work)
        new = residents.NewResident(
            facts,
            home.new(work, past_day(since, work.today) if since else None),
            passport.new(work, str(facts["nationality"])),
            sponsor.name() or None,
            sponsor.kind_code(),
            family.relatives(work),
            past_day(person.arrived, work.today) if person.arrived else None,
        )
        identity = residents.add(work.change, new)
        said = _("Resident {id} recorded: {name}.").format(id=identity, name=facts["full_name"])
        said += tally(work, new.residence)
        did = done(work, identity, look=True)
    answer.write(did, said)


def _complete(person: PersonOptions, work: Work) -> PersonOptions:
    needed = {"--name": person.name, "--nationality": person.nationality}
    ask.refuse_unasked(needed)
    return person.but(
        name=ask.until_read(person.name or None, "--name", _("Full name, as in the passport"), str),
        nationality=ask.until_read(
            person.nationality or None,
            "--nationality",
            _("Nationality (a code such as AUS, or a name)"),
            lambda text: country_code(work.connection, text),
        ),
    )


def _with_mrz(
    person: PersonOptions, passport: PassportOptions, mrz: list[str] | None, work: Work
) -> tuple[PersonOptions, PassportOptions]:
    read = mrz_of(mrz, work.today)
    if read is None:
        return person, passport
    return (
        person.but(
            name=person.name or read.full_name,
            nationality=person.nationality or read.nationality,
            sex=person.sex or read.sex,
            born=person.born or read.born.isoformat(),
        ),
        passport.but(
            passport=passport.passport or read.number,
            country=passport.country or read.issuing_country,
            expires=passport.expires or read.expires.isoformat(),
        ),
    )
