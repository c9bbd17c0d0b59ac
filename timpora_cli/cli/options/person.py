"""What officers type about people and permits, as records of options, and how each is read into a value.

A value left out is None; an empty one ("") empties what is on record, where a command corrects.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from timpora_cli.actions.passports import NewPassport
from timpora_cli.actions.stays import NewResidence
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.mistakes import Desk
from timpora_cli.cli.frame.options import Options, Reads, refuse_alone
from timpora_cli.cli.frame.register import Work
from timpora_cli.cli.talk import say
from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.mrz import Passport, read_mrz, split_mrz
from timpora_cli.model.terms import purpose_code, sex
from timpora_cli.queries import find
from timpora_cli.queries.counting.counts import present_in
from timpora_cli.queries.countries import country_code
from timpora_cli.queries.places import (
    DistrictOfAnotherDay,
    VillageOfAnotherDay,
    district_named,
    district_of,
    village_named,
)
from timpora_cli.store.change import Value

Text = str | None

PAST_DAY = Reads(lambda text, desk: past_day(text, desk.today))
DAY = Reads(lambda text, desk: say.day_read(text, desk.today))
COUNTRY = Reads(lambda text, desk: country_code(desk.connection, text))

ResidentArgument = Annotated[
    str,
    typer.Argument(
        metavar="RESIDENT",
        help=_("An id, or a NIORA, passport or permit number."),
        autocompletion=values.residents,
        show_default=False,
    ),
    Reads(lambda text, desk: find.resident(desk.connection, text)),
]
Since = Annotated[Text, typer.Option("--since", metavar="DATE", help=_("Since when the person lives there.")), PAST_DAY]
On = Annotated[Text, typer.Option("--on", metavar="DATE", help=_("On which day; without it, today.")), PAST_DAY]


class PersonOptions(Options):
    """Who somebody is."""

    name: Annotated[Text, typer.Option("--name", metavar="NAME", help=_("The full name, as in the passport."))] = None
    nationality: Annotated[
        Text,
        typer.Option(
            "--nationality",
            metavar="COUNTRY",
            help=_("A code such as AUS, or a name."),
            autocompletion=values.nationalities,
        ),
        COUNTRY,
    ] = None
    sex: Annotated[
        Text,
        typer.Option("--sex", metavar="L|P", help=_("L or P (M or F in English)."), autocompletion=lambda: ["L", "P"]),
        Reads(lambda text, _desk: sex(text)),
    ] = None
    born: Annotated[Text, typer.Option("--born", metavar="DATE", help=_("The day of birth.")), PAST_DAY] = None
    birthplace: Annotated[Text, typer.Option("--birthplace", metavar="PLACE", help=_("The place of birth."))] = None
    purpose: Annotated[
        Text,
        typer.Option(
            "--purpose",
            metavar="PURPOSE",
            help=_("Why the person stays, as in work or family."),
            autocompletion=values.purposes,
        ),
        Reads(lambda text, _desk: purpose_code(text)),
    ] = None
    occupation: Annotated[Text, typer.Option("--occupation", metavar="TEXT", help=_("What the person does."))] = None
    contact: Annotated[Text, typer.Option("--contact", metavar="TEXT", help=_("Telephone or e-mail."))] = None
    niora: Annotated[
        Text,
        typer.Option("--niora", metavar="NUMBER", help=_("The NIORA; it names the person.")),
        Reads(lambda text, _desk: names.niora(text)),
    ] = None
    arrived: Annotated[
        Text, typer.Option("--arrived", metavar="DATE", help=_("The day of entry into Indonesia.")), PAST_DAY
    ] = None
    note: Annotated[Text, typer.Option("--note", metavar="TEXT", help=_("Anything else worth keeping."))] = None

    def facts(self, work: Work) -> dict[str, Value]:
        """Return the columns that were typed, read into values."""
        today = work.today
        readers: dict[str, tuple[Text, Callable[[str], Value]]] = {
            "full_name": (self.name, names.full_name),
            "nationality": (self.nationality, lambda text: country_code(work.connection, text)),
            "sex": (self.sex, sex),
            "born": (self.born, lambda text: past_day(text, today).isoformat()),
            "birthplace": (self.birthplace, str.strip),
            "purpose_code": (self.purpose, purpose_code),
            "occupation": (self.occupation, str.strip),
            "contact": (self.contact, str.strip),
            "niora": (self.niora, names.niora),
            "note": (self.note, str.strip),
        }
        return {column: read(text) if text else None for column, (text, read) in readers.items() if text is not None}


class PassportOptions(Options):
    """The passport."""

    passport: Annotated[
        Text,
        typer.Option("--passport", metavar="NUMBER", help=_("The passport's number.")),
        Reads(lambda text, _desk: names.passport_number(text)),
    ] = None
    country: Annotated[
        Text,
        typer.Option(
            "--passport-country",
            metavar="COUNTRY",
            help=_("Who issued it, if not the nationality's country."),
            autocompletion=values.nationalities,
        ),
        Reads(lambda text, desk: says_same(text) or country_code(desk.connection, text)),
    ] = None
    issued: Annotated[Text, typer.Option("--passport-issued", metavar="DATE", help=_("Its day of issue.")), DAY] = None
    expires: Annotated[Text, typer.Option("--passport-expires", metavar="DATE", help=_("Its last valid day.")), DAY] = (
        None
    )

    def new(self, work: Work, nationality: str | None) -> NewPassport | None:
        """Return the passport that was typed, or None; its country is the nationality's where none was typed."""
        if not self.passport:
            parts = {"country": self.country, "issued": self.issued, "expires": self.expires}
            refuse_alone({f"--passport-{part}": text for part, text in parts.items()}, "--passport")
            return None
        issuer = country_code(work.connection, self.country) if self.country else nationality
        return NewPassport(
            names.passport_number(self.passport),
            issuer or "XXX",
            self._day(self.issued, work),
            self._day(self.expires, work),
        )

    def corrections(self, work: Work) -> dict[str, Value]:
        """Return what was typed for the passport on record, read into values."""
        days = {"issued_on": self.issued, "expires_on": self.expires}
        corrected: dict[str, Value] = {
            column: say.day_read(text, work.today).isoformat() if text else None
            for column, text in days.items()
            if text is not None
        }
        return {**corrected, "country": country_code(work.connection, self.country)} if self.country else corrected

    def _day(self, text: Text, work: Work) -> date | None:
        return say.day_read(text, work.today) if text else None


class PlaceOptions(Options):
    """A village, or a district where the village is not known."""

    village: Annotated[
        Text,
        typer.Option(
            "--village",
            metavar="NAME",
            help=_('A name or a code; "Dukong, Tanjungpandan" names the district too.'),
            autocompletion=values.villages,
        ),
        Reads(lambda text, desk: _village_of(desk, text)),
    ] = None
    district: Annotated[
        Text,
        typer.Option(
            "--district",
            metavar="NAME",
            help=_("The district: where the village is not known, or its name is not enough."),
            autocompletion=values.districts,
        ),
        Reads(lambda text, desk: _district_of(desk, text)),
    ] = None

    def codes(self, work: Work, on: date | None = None) -> tuple[str | None, str | None]:
        """Return the code of the village that was typed, or else that of the district: as of the day `on`, or today."""
        on = on or work.today
        district = district_named(work.connection, self.district, on).code if self.district else None
        if not self.village:
            return None, district
        return village_named(work.connection, self.village, [district] if district else [], on).code, None


class HomeOptions(PlaceOptions):
    """Where somebody lives."""

    address: Annotated[Text, typer.Option("--address", metavar="TEXT", help=_("Street and house."))] = None
    rt: Annotated[Text, typer.Option("--rt", metavar="RT", help=_("Rukun tetangga."))] = None
    rw: Annotated[Text, typer.Option("--rw", metavar="RW", help=_("Rukun warga."))] = None

    def new(self, work: Work, since: date | None) -> NewResidence:
        """Return the residence that was typed, beginning on `since`."""
        village, district = self.codes(work)
        return NewResidence(village, self.address or None, self.rt or None, self.rw or None, since, district)

    def corrections(self, work: Work) -> dict[str, Value]:
        """Return the columns of a residence that were typed, read into values."""
        typed: dict[str, Text] = {"address": self.address, "rt": self.rt, "rw": self.rw}
        corrected: dict[str, Value] = {
            column: text.strip() or None for column, text in typed.items() if text is not None
        }
        if self.village is not None or self.district is not None:
            corrected["village_code"], corrected["district_code"] = self.codes(work)
        return corrected


class Why(Options):
    """Why a change is made, for the history."""

    reason: Annotated[
        Text, typer.Option("--reason", metavar="TEXT", help=_("Why, for the history; no personal data."))
    ] = None


def past_day(text: str, today: date) -> date:
    """Return the day that `text` names, which has to have come already."""
    day = say.day_read(text, today)
    if day > today:
        from timpora_cli.actions.stays import InFuture

        raise InFuture(on=day, today=today)
    return day


def mrz_of(typed: list[str] | None, today: date) -> Passport | None:
    """Return the passport of the two machine-readable lines that were typed, or None."""
    if not typed:
        return None
    first, second = typed if len(typed) == 2 else split_mrz("\n".join(typed))
    return read_mrz(first, second, today)


def says_same(text: str) -> bool:
    """Return whether a country is given as the one that is on record, in a word."""
    return text.strip().casefold() in {"same", "sama", "tetap"}


def _district_of(desk: Desk, text: str) -> object:
    try:
        return district_named(desk.connection, text)
    except DistrictOfAnotherDay:
        return None  # whether it was there on the day that the command is about is for the command to say


def _village_of(desk: Desk, text: str) -> object:
    """Return the village, within the district of the line where that one is known; None for one of other days."""
    typed = desk.typed.get("district")
    try:
        within = [district_named(desk.connection, typed).code] if isinstance(typed, str) and typed.strip() else []
    except TimporaError:
        within = []  # told by itself
    try:
        return village_named(desk.connection, text, within)
    except VillageOfAnotherDay:
        return None


def tally(work: Work, home: NewResidence) -> str:
    """Return, as a sentence to follow another, how many people the district of a residence counts now."""
    district = district_of(work.connection, home.village_code, home.district_code, work.today)
    number = present_in(work.connection, work.today, district.code if district else None)
    place = district.name if district else _("No region")
    return " " + _("{place} now counts {number}.").format(place=place, number=number)
