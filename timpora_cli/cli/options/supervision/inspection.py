"""An inspection in the field as typed: when, by whom, with which letter, where, and what was found of each person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated

import typer

from timpora_cli.actions.supervision.inspections import Visited
from timpora_cli.cli.completion import supervision, values
from timpora_cli.cli.frame.options import Options, Reads, caught
from timpora_cli.cli.frame.register import Work
from timpora_cli.cli.options.person import PAST_DAY, PlaceOptions, past_day
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.model.people import Resident
from timpora_cli.model.supervision.inspections import MATTERS
from timpora_cli.model.terms import NO_PERMIT, class_code, one_of
from timpora_cli.queries import find
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.inspections import inspection_of
from timpora_cli.store.change import Value

Text = str | None
Texts = list[str] | None
MOST_DAYS = 10**9 - 1
EVERYTHING = "all"
WITHOUT = ("none", "tanpa")
"""The words for the class of somebody who shows no permit."""

InspectionArgument = Annotated[
    str,
    typer.Argument(
        metavar="INSPECTION", help=_("An inspection's id."), autocompletion=supervision.inspections, show_default=False
    ),
    Reads(lambda text, desk: inspection_of(desk.connection, text, desk.today)),
]
PEOPLE_SEEN = Annotated[
    Texts,
    typer.Argument(
        metavar="[RESIDENT]...",
        help=_("Who was seen: met, or found to live there; each an id, or a NIORA, passport or permit number."),
        autocompletion=values.residents,
        show_default=False,
    ),
    Reads(lambda text, desk: find.resident(desk.connection, text)),
]


class OfWhom(WrongUsage):
    """{option} "{text}" does not say of whom. Write RESIDENT=TEXT, with one of those who were looked for."""


class NothingSaid(WrongUsage):
    """{option} "{text}" does not say what was found. Write it behind the sign =, or leave the option out."""


class FoundTwice(WrongUsage):
    """{option} is given twice for resident {resident}. Give it once."""


class NotDays(WrongUsage):
    """--days "{days}" is not a number of days. Write a whole number from 1, as in --days 180."""


class InspectionOptions(Options):
    """When, by whom, with which letter, about what and with what result."""

    on: Annotated[
        Text,
        typer.Option("--on", metavar="DATE", help=_("The day of the visit; of a new one, today without it.")),
        PAST_DAY,
    ] = None
    officers: Annotated[Text, typer.Option("--officers", metavar="NAMES", help=_("Who went there."))] = None
    letter: Annotated[
        Text, typer.Option("--letter", metavar="NUMBER", help=_("The number of the letter of assignment."))
    ] = None
    letter_on: Annotated[
        Text, typer.Option("--letter-on", metavar="DATE", help=_("The day of that letter.")), PAST_DAY
    ] = None
    urgent: Annotated[bool, typer.Option("--urgent", help=_("It could not wait for its letter."))] = False
    place: Annotated[Text, typer.Option("--place", metavar="TEXT", help=_("A place in words: a beach, a hotel."))] = (
        None
    )
    finding: Annotated[Text, typer.Option("--finding", metavar="TEXT", help=_("What was found, in words."))] = None
    case: Annotated[
        Text,
        typer.Option(
            "--case", metavar="CASE", help=_("The case that follows from it."), autocompletion=supervision.cases
        ),
        Reads(lambda text, desk: case_file(desk.connection, text, desk.today)),
    ] = None

    def day(self, work: Work) -> date | None:
        """Return the day that was typed, None where none was. Raises InFuture."""
        return past_day(self.on, work.today) if self.on else None

    def facts(self, work: Work, where: PlaceOptions, on: date) -> dict[str, Value]:
        """Return the columns that were typed, read into values; an empty text is None. `on` is the day of the visit."""
        texts = {"letter_number": self.letter, "place": self.place, "finding": self.finding, "officers": self.officers}
        typed: dict[str, Value] = {column: text.strip() or None for column, text in texts.items() if text is not None}
        if self.letter_on is not None:
            typed["letter_on"] = past_day(self.letter_on, work.today).isoformat() if self.letter_on else None
        if self.case is not None:
            typed["case_id"] = (
                case_file(work.connection, self.case, work.today).listed.case.case_id if self.case else None
            )
        if where.village is not None or where.district is not None:
            typed["village_code"], typed["district_code"] = where.codes(work, on)
        if self.urgent:
            typed["is_urgent"] = 1
        if self.on:
            typed["on_day"] = on.isoformat()
        return typed


class FoundOptions(Options):
    """What was found of the people, where more than one was looked for each as RESIDENT=TEXT."""

    not_found: Annotated[
        Texts,
        typer.Option(
            "--not-found",
            metavar="RESIDENT",
            help=_("Who was looked for and not found; repeat it."),
            autocompletion=values.residents,
        ),
        Reads(lambda text, desk: find.resident(desk.connection, text)),
    ] = None
    as_registered: Annotated[
        Texts,
        typer.Option(
            "--as-registered",
            metavar="WHAT",
            help=_("What is as registered of all who were seen: address, class, activity, or all."),
            autocompletion=values.matters,
        ),
        Reads(lambda text, _desk: matters(text)),
    ] = None
    address: Annotated[
        Texts,
        typer.Option("--address-found", metavar="[RESIDENT=]TEXT", help=_("Where a person lives, if that differs.")),
    ] = None
    class_shown: Annotated[
        Texts,
        typer.Option(
            "--class-found",
            metavar="[RESIDENT=]CLASS",
            help=_("The class of the permit shown, if that differs, or none."),
            autocompletion=values.classes,
        ),
        Reads(lambda text, _desk: class_found(text.rpartition("=")[2])),
    ] = None
    activity: Annotated[
        Texts,
        typer.Option("--activity-found", metavar="[RESIDENT=]TEXT", help=_("What a person does, if that differs.")),
    ] = None

    def people(self, work: Work, references: Sequence[str]) -> list[Visited]:
        """Return those who were looked for: those seen, by what names them, then those of --not-found."""
        seen = [find.resident(work.connection, text) for text in references]
        missed = [find.resident(work.connection, text) for text in self.not_found or ()]
        checked = [matter for text in self.as_registered or () for matter in matters(text)]
        found = self._found(work, [*seen, *missed])
        return [
            *(Visited(one, seen=True, found=found.get(one.id, {}), checked=checked) for one in seen),
            *(Visited(one, seen=False, found=found.get(one.id, {})) for one in missed),
        ]

    def _found(self, work: Work, people: Sequence[Resident]) -> Mapping[int, Mapping[str, str]]:
        """Return what was found to differ, by resident and matter. Raises OfWhom, NothingSaid or FoundTwice."""
        typed = {"address": self.address, "class": self.class_shown, "activity": self.activity}
        found: dict[int, dict[str, str]] = {}
        for matter, texts in typed.items():
            option = f"--{matter}-found"
            for text in texts or ():
                resident, words = _whose(work, option, text, people)
                if not words.strip():
                    raise NothingSaid(option=option, text=excerpt(text))
                if matter in found.setdefault(resident, {}):
                    raise FoundTwice(option=option, resident=resident)
                found[resident][matter] = class_found(words) if matter == "class" else words.strip()
        return found


class DueOptions(Options):
    """Within how many days everybody is to be seen."""

    days: Annotated[
        Text, typer.Option("--days", metavar="N", help=_("Not seen for so many days; without it, the rule not-seen."))
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that it is no number of days."""
        yield from caught(self.number)

    def number(self) -> int | None:
        """Return the number of days that was typed, None where none was. Raises NotDays."""
        if self.days is None:
            return None
        number = whole_number(self.days, MOST_DAYS)
        if not number:
            raise NotDays(days=excerpt(self.days))
        return number


def matters(text: str) -> list[str]:
    """Return those of MATTERS that are named, with commas between. Raises UnknownTerm."""
    named = [one_of(word, (*MATTERS, EVERYTHING), _("matter")) for word in text.split(",")]
    return list(MATTERS) if EVERYTHING in named else named


def class_found(text: str) -> str:
    """Return the code of the class that is named, NONE for the word none. Raises UnknownTerm."""
    return NO_PERMIT if text.strip().casefold() in WITHOUT else class_code(text)


def _whose(work: Work, option: str, text: str, people: Sequence[Resident]) -> tuple[int, str]:
    """Return whose a finding is, and its words: a person is named before the sign =, or is the only one there is."""
    before, equals, after = text.partition("=")
    named = None
    if equals:
        try:
            named = find.resident(work.connection, before).id
        except TimporaError:
            named = None  # the sign is a part of the words
    if named is not None and named in {one.id for one in people}:
        return named, after
    if named is None and len(people) == 1:
        return people[0].id, text
    raise OfWhom(option=option, text=excerpt(text))
