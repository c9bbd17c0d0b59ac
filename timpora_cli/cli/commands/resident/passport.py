"""`timpora resident passport`: record another passport, correct one, or make one on record the current one."""

from datetime import date
from typing import Annotated

import typer

from timpora_cli.actions import passports
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import Work, working
from timpora_cli.cli.options.person import ResidentArgument, Why
from timpora_cli.cli.talk import ask, say
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.people import Resident
from timpora_cli.queries import find
from timpora_cli.queries.countries import country_code
from timpora_cli.queries.personal.dossier import dossier
from timpora_cli.queries.rows import Stored, iso
from timpora_cli.render import write
from timpora_cli.store.change import Value

Text = str | None
Number = Annotated[
    Text,
    typer.Argument(
        metavar="NUMBER", help=_("The number of the passport: a new one, or one to correct."), show_default=False
    ),
]
DAYS = ("issued_on", "expires_on")


class PassportFacts(Options):
    """What is printed in a passport, and what becomes of the others."""

    country: Annotated[
        Text,
        typer.Option(
            "--country",
            metavar="COUNTRY",
            help=_("Who issued it, if not the nationality's country."),
            autocompletion=values.nationalities,
        ),
    ] = None
    issued: Annotated[Text, typer.Option("--issued", metavar="DATE", help=_("Its day of issue."))] = None
    expires: Annotated[Text, typer.Option("--expires", metavar="DATE", help=_("Its last valid day."))] = None
    keep_old: Annotated[
        bool, typer.Option("--keep-old", help=_("The passports that are valid now stay valid beside it."))
    ] = False
    current: Annotated[
        Text,
        typer.Option(
            "--current", metavar="NUMBER", help=_("Make this passport on record, also a retired one, the current one.")
        ),
    ] = None

    def corrections(self, work: Work) -> dict[str, Value]:
        """Return the columns that were typed, read into values; an empty day is None."""
        facts: dict[str, Value] = {}
        if self.country:
            facts["country"] = country_code(work.connection, self.country)
        for column, text in (("issued_on", self.issued), ("expires_on", self.expires)):
            if text is not None:
                facts[column] = iso(say.day_read(text, work.today)) if text.strip() else None
        return facts


class OneNumber(WrongUsage):
    """--current names a passport on record, and NUMBER a new one. Give one of the two, and no facts with --current."""


class KnownAlready(Refused):
    """Passport {number} is on record for resident {resident} already. Nothing was changed.
    To make it the current one: timpora resident passport {resident} --current {number}
    To correct it, give --issued, --expires or --country, and no --keep-old.
    """


@command(
    Writing,
    PassportFacts,
    Why,
    examples=(
        "timpora resident passport 1 X0000099 --issued 2020-01-31 --expires 2030-01-31",
        "timpora resident passport 1 X0000099 --country NZL --keep-old",
    ),
)
def passport(ctx: typer.Context, reference: ResidentArgument, number: Number = None) -> None:
    """Record another passport of a resident; correct the facts of one on record; or make one on record current.

    A new passport takes the place of the valid one of its country, else of the one that lists show; with --keep-old
    that one stays valid. Of several that are valid, lists show the one made current, else the latest by its issue.
    """
    typed, why = PassportFacts.of(ctx), Why.of(ctx)
    if typed.current is None:
        ask.refuse_missing({"NUMBER": number})
    elif number is not None or typed.given("country", "issued", "expires"):
        raise OneNumber
    with working(ctx, why.reason) as work:
        resident = find.resident(work.connection, reference)
        named = names.passport_number(typed.current or number or "")
        if typed.current is not None:
            replaced = passports.make_current(work.change, resident, named, work.today, keep_old=typed.keep_old)
            said = _("Passport {number} is the current one of resident {id}, {name}.")
        else:
            said, replaced = _recorded(work, resident, named, typed)
    said = said.format(number=named, id=resident.id, name=resident.name)
    if replaced is not None:
        said += " " + _("It takes the place of {number}.").format(number=replaced["number"])
    write.line(said)


def _recorded(work: Work, resident: Resident, number: str, typed: PassportFacts) -> tuple[str, Stored | None]:
    """Record a new passport, or correct the one of that number; return what to say, and the one that it replaced."""
    facts = typed.corrections(work)
    known = passports.of_number(work.connection, resident, number, work.today)
    if known is not None:
        if typed.keep_old or not facts:
            raise KnownAlready(number=number, resident=resident.id)
        work.change.update("passport", known["id"], facts)
        return _("Passport {number} of resident {id}, {name}, corrected."), None
    country = facts.get("country") or dossier(work.connection, resident.id, work.today).nationality
    issued, expires = (date.fromisoformat(str(facts[day])) if facts.get(day) else None for day in DAYS)
    printed = passports.NewPassport(number, str(country), issued, expires)
    replaced = passports.record(work.change, resident, printed, work.today, keep_old=typed.keep_old)
    return _("Passport {number} recorded for resident {id}, {name}."), replaced
