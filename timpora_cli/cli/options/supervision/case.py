"""A case as typed: which one, where and when it was reported, and when something happened in it."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision, values
from timpora_cli.cli.frame.mistakes import Desk
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import Work, now_of
from timpora_cli.cli.options.person import DAY, PlaceOptions, past_day
from timpora_cli.cli.talk import ask
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.supervision.cases import Moment
from timpora_cli.queries import find
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.procedures import kind_code, state_code, workflow
from timpora_cli.store.change import Value
from timpora_cli.store.clock import local_moment

Text = str | None

CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE", help=_("The number of a case."), autocompletion=supervision.cases, show_default=False
    ),
    Reads(lambda text, desk: case_file(desk.connection, text, desk.today)),
]
KIND = Reads(lambda text, desk: kind_code(desk.connection, text))
KindArgument = Annotated[
    str,
    typer.Argument(
        metavar="KIND",
        help=_("What happened, as in marriage or overstay."),
        autocompletion=supervision.case_kinds,
        show_default=False,
    ),
    KIND,
]
StateArgument = Annotated[
    str,
    typer.Argument(
        metavar="STATE", help=_("A state of a case."), autocompletion=supervision.case_states, show_default=False
    ),
    Reads(lambda text, desk: state_code(workflow(desk.connection), text)),
]
RESIDENT = Reads(lambda text, desk: find.resident(desk.connection, text))


class NotYet(Refused):
    """{at} has not come yet: in the office it is {now}. Nothing was changed."""


def past_moment(text: str, desk: Desk | Work) -> Moment:
    """Return the moment that `text` names, a day with or without a time, which has to have come. Raises NotYet."""
    moment, now = Moment.read(local_moment(text, desk.connection)), Moment.read(now_of(desk.connection))
    if moment.at > now.at:
        raise NotYet(at=moment, now=now)
    return moment


MOMENT = Reads(past_moment)


class WhenOptions(Options):
    """When it happened, and what is to be said of it."""

    on: Annotated[
        Text,
        typer.Option("--on", metavar="WHEN", help=_("When it happened: a day, or a day and a time; without it, now.")),
        MOMENT,
    ] = None
    note: Annotated[Text, typer.Option("--note", metavar="TEXT", help=_("What is to be said of it."))] = None

    def at(self, work: Work) -> Moment:
        """Return the moment that was typed, or now."""
        return past_moment(self.on, work) if self.on else Moment.read(now_of(work.connection))

    @property
    def text(self) -> str | None:
        """What was said, without blanks around it; None where nothing was."""
        return (self.note or "").strip() or None


class KnownOptions(Options):
    """What becomes known of a case: whom it is about, and who has to see to it."""

    resident: Annotated[
        Text,
        typer.Option(
            "--resident",
            metavar="RESIDENT",
            help=_("Whom it is about, where that is known."),
            autocompletion=values.residents,
        ),
        RESIDENT,
    ] = None
    owner: Annotated[Text, typer.Option("--owner", metavar="NAME", help=_("The officer who has to see to it."))] = None
    happened: Annotated[
        Text, typer.Option("--happened", metavar="DATE", help=_("The day on which it happened.")), DAY
    ] = None

    def facts(self, work: Work) -> dict[str, Value]:
        """Return the columns that were typed, read into values."""
        facts: dict[str, Value] = {}
        if self.resident:
            facts["resident_id"] = find.resident(work.connection, self.resident).id
        if self.owner and self.owner.strip():
            facts["owner"] = self.owner.strip()
        if self.happened:
            facts["happened_on"] = past_day(self.happened, work.today).isoformat()
        return facts


class ReportOptions(PlaceOptions):
    """Where a case is, who reported it and what."""

    place: Annotated[
        Text, typer.Option("--place", metavar="TEXT", help=_("The place in words, as in a beach or a hotel."))
    ] = None
    reporter: Annotated[
        Text,
        typer.Option(
            "--by", metavar="OFFICE", help=_("Who reports it: the office held, as in Kepala Desa Air Merbau.")
        ),
    ] = None
    reported: Annotated[
        Text,
        typer.Option(
            "--reported", metavar="WHEN", help=_("When the office heard of it; without it, now."), show_default=False
        ),
        MOMENT,
    ] = None
    report: Annotated[Text, typer.Option("--text", metavar="TEXT", help=_("What was reported."))] = None

    def refuse_missing(self) -> None:
        """Raise the error that names what a report cannot be without."""
        ask.refuse_missing(
            {
                "--village": self.village or self.district or (self.place or "").strip(),
                "--by": (self.reporter or "").strip(),
                "--text": (self.report or "").strip(),
            }
        )

    def facts(self, work: Work) -> dict[str, Value]:
        """Return the columns of a report, read into values."""
        from timpora_cli.actions.supervision.cases import stored_moment

        village, district = self.codes(work)
        reported = past_moment(self.reported, work) if self.reported else Moment.read(now_of(work.connection))
        return {
            "village_code": village,
            "district_code": district,
            "place": (self.place or "").strip() or None,
            "reporter": names.name(self.reporter or ""),
            "reported_at": stored_moment(reported),
            "report": (self.report or "").strip(),
        }
