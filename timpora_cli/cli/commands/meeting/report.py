"""`timpora meeting report`: print the invitation, the attendance list or the minutes of a meeting."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import View, reading
from timpora_cli.cli.options.page import PageOutput
from timpora_cli.cli.options.supervision.meeting import MeetingArgument
from timpora_cli.errors import Refused, TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.terms import one_of
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record

if TYPE_CHECKING:
    from timpora_cli.model.supervision.meetings import Meeting, MeetingPage

INVITATION, ATTENDANCE, MINUTES = PAGES = ("invitation", "attendance", "minutes")


class ToSignAlone(WrongUsage):
    """--to-sign is for --page attendance. Leave one of them out."""


class NoMinutesYet(Refused):
    """Meeting {meeting} is on {day}, and there are no minutes of it on {on}. Print another page: --page invitation"""


class PageOptions(PageOutput):
    """Which page is printed, and where."""

    page: Annotated[
        str,
        typer.Option(
            "--page",
            metavar="PAGE",
            help=_("invitation, attendance or minutes; without it, minutes."),
            autocompletion=lambda: list(PAGES),
        ),
        Reads(lambda text, _desk: _page(text)),
    ] = MINUTES
    to_sign: Annotated[
        bool, typer.Option("--to-sign", help=_("The attendance list to sign, also after people were recorded."))
    ] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:
        """Yield what is wrong with the file, and options that do not go together."""
        yield from super().faults(answer)
        if self.to_sign and self.page.casefold() in {INVITATION, MINUTES}:
            yield ToSignAlone()


@command(
    Reading,
    PageOptions,
    examples=(
        "timpora meeting report 1 --page invitation --lang id",
        "timpora meeting report 1 --page attendance --to-sign --output hadir.html",
        "timpora meeting report 1 --page minutes --output notula.html --lang id",
    ),
)
def report(ctx: typer.Context, reference: MeetingArgument) -> None:
    """Print a page about a meeting, in Indonesian or English (--lang): on stdout as text, in a file as text or html.

    The page has the letterhead of its own day. The figures in the minutes are those of the day of the meeting. Of a
    closed meeting everything is as the register knew it at the closing, so it is the same page whenever it is printed.
    """
    typed = PageOptions.of(ctx)
    name = _page(typed.page)
    with reading(ctx) as view:
        meeting = meeting_named(view.connection, reference)
        if name == MINUTES and meeting.on_day > view.on:
            raise NoMinutesYet(meeting=meeting.id, day=meeting.on_day, on=view.on)
        page = _made(view, meeting, figures=name == MINUTES, to_sign=typed.to_sign)
    _deliver(name, page, typed)


def _page(text: str) -> str:
    return one_of(text, PAGES, _("page"))


def _made(view: View, meeting: "Meeting", *, figures: bool, to_sign: bool) -> "MeetingPage":
    from timpora_cli.model.supervision.meetings import MeetingPage
    from timpora_cli.queries.settings import office_town
    from timpora_cli.queries.supervision import figures as counted
    from timpora_cli.queries.supervision.letterhead import letterhead

    letter_on = meeting.letter_day(view.on)
    head = letterhead(view.connection, meeting.on_day if figures else letter_on)
    town = office_town(view.connection)
    counted.know_as_when_closed(view.connection, meeting)
    record = meeting_record(view.connection, meeting, meeting.on_day)
    found = counted.figures(view.connection, meeting) if figures else None
    return MeetingPage(record, head, town, letter_on, found, to_sign)


def _deliver(name: str, page: "MeetingPage", typed: PageOptions) -> None:
    from timpora_cli.render import pages

    printed = pages.of_meeting(name, page)
    typed.deliver(name, printed.text, printed.html)
