"""Meetings as typed: what is recorded of one, and how each part is read.

A value left out is None; an empty one ("") empties what is on record, where a command corrects.
"""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import Work
from timpora_cli.cli.options.person import DAY
from timpora_cli.cli.talk import ask, say
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import tidy
from timpora_cli.model.supervision.meetings import time_of_day
from timpora_cli.model.terms import level_code
from timpora_cli.queries.supervision.meetings import meeting_named
from timpora_cli.store.change import Value

Text = str | None
Texts = list[str] | None
LEVEL = Reads(lambda text, _desk: level_code(text))
TIME = Reads(lambda text, _desk: time_of_day(text))

MeetingArgument = Annotated[
    str,
    typer.Argument(
        metavar="MEETING", help=_("An id, or the day of one."), autocompletion=supervision.meetings, show_default=False
    ),
    Reads(lambda text, desk: meeting_named(desk.connection, text)),
]
Removed = Annotated[
    Texts,
    typer.Option("--remove", metavar="LINE", help=_("Take out the line of this number, as show lists it; repeat it.")),
]


class NothingForMeeting(WrongUsage):
    """Nothing was given to record. See the options with: timpora meeting {command} --help"""


class EmptyOfMeeting(WrongUsage):
    """{option} is empty, and a meeting has one. Give it, or leave the option out."""


class EmptyText(WrongUsage):
    """{what} is empty. Write it, or leave it out."""


class MeetingFacts(Options):
    """What is recorded of a meeting itself."""

    level: Annotated[
        Text,
        typer.Option(
            "--level",
            metavar="LEVEL",
            help=_("district, regency, province or national."),
            autocompletion=supervision.levels,
        ),
        LEVEL,
    ] = None
    on: Annotated[Text, typer.Option("--on", metavar="DATE", help=_("Its day, which may be to come.")), DAY] = None
    begins: Annotated[Text, typer.Option("--begins", metavar="TIME", help=_("When it begins, as 09:00.")), TIME] = None
    ends: Annotated[Text, typer.Option("--ends", metavar="TIME", help=_("When it ends, as 12:00.")), TIME] = None
    place: Annotated[Text, typer.Option("--place", metavar="TEXT", help=_("The house and the town."))] = None
    theme: Annotated[Text, typer.Option("--theme", metavar="TEXT", help=_("What it is about."))] = None
    opened_by: Annotated[Text, typer.Option("--opened-by", metavar="TEXT", help=_("Who opens it."))] = None
    chair: Annotated[Text, typer.Option("--chair", metavar="TEXT", help=_("Who leads it."))] = None
    secretary: Annotated[Text, typer.Option("--secretary", metavar="TEXT", help=_("Its secretary."))] = None
    note_taker: Annotated[Text, typer.Option("--note-taker", metavar="TEXT", help=_("Who takes the notes."))] = None
    letter_number: Annotated[
        Text, typer.Option("--letter-number", metavar="TEXT", help=_("The number (Nomor) of the invitation."))
    ] = None
    letter_on: Annotated[
        Text, typer.Option("--letter-on", metavar="DATE", help=_("The day of the invitation.")), DAY
    ] = None
    nature: Annotated[Text, typer.Option("--nature", metavar="TEXT", help=_("Its nature (Sifat), as in Penting."))] = (
        None
    )
    attachments: Annotated[
        Text, typer.Option("--attachments", metavar="TEXT", help=_("Its attachments (Lampiran), as in 1 lembar."))
    ] = None
    signer: Annotated[Text, typer.Option("--signer", metavar="NAME", help=_("Who signs the pages."))] = None
    signer_office: Annotated[
        Text, typer.Option("--signer-office", metavar="TEXT", help=_("The office of who signs."))
    ] = None
    signer_number: Annotated[
        Text, typer.Option("--signer-number", metavar="NIP", help=_("The number (NIP) of who signs."))
    ] = None

    def refuse_missing(self) -> None:
        """Raise the error that names what a meeting cannot be without."""
        needed = {"--level": self.level, "--on": self.on, "--place": self.place, "--theme": self.theme}
        ask.refuse_missing(needed)

    def row(self, work: Work) -> dict[str, Value]:
        """Return the columns that were typed, read into values; an empty text is None. Raises EmptyOfMeeting."""

        def day(text: str) -> str:
            return say.day_read(text, work.today).isoformat()

        readers: dict[str, tuple[Text, Callable[[str], str]]] = {
            "level": (self.level, level_code),
            "on_day": (self.on, day),
            "begins_at": (self.begins, time_of_day),
            "ends_at": (self.ends, time_of_day),
            "letter_on": (self.letter_on, day),
            **{column: (getattr(self, column), tidy) for column in TEXTS},
        }
        needed = {"level": self.level, "on": self.on, "place": self.place, "theme": self.theme}
        for option, text in needed.items():
            if text is not None and not text.strip():
                raise EmptyOfMeeting(option=f"--{option}")
        return {
            column: read(text) if text.strip() else None for column, (text, read) in readers.items() if text is not None
        }


TEXTS = (
    *("place", "theme", "opened_by", "chair", "secretary", "note_taker"),
    *("letter_number", "nature", "attachments", "signer", "signer_office", "signer_number"),
)
"""The columns of a meeting that are a text of one line, each under the name of its option."""


def tidied(texts: Sequence[str] | None, what: str) -> list[str]:
    """Return texts with single blanks, none where none was typed. Raises EmptyText, which says `what` is empty."""
    found = [tidy(text) for text in texts or ()]
    if not all(found):
        raise EmptyText(what=what)
    return found
