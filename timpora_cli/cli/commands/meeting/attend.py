"""`timpora meeting attend`: record who came to a meeting, for which institution and in whose place."""

from typing import Annotated

import typer

from timpora_cli.actions.supervision.meetings import lines
from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.meeting import MeetingArgument, Removed, Text
from timpora_cli.cli.talk import ask
from timpora_cli.language import _, counted
from timpora_cli.model import names
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.render import write


class Came(Options):
    """Who came."""

    name: Annotated[Text, typer.Option("--name", metavar="NAME", help=_("Who came."))] = None
    office: Annotated[Text, typer.Option("--office", metavar="TEXT", help=_("The office of who came."))] = None
    stands_in_for: Annotated[
        Text, typer.Option("--for", metavar="TEXT", help=_("In whose place (mewakili): an office or a name."))
    ] = None
    uninvited: Annotated[bool, typer.Option("--uninvited", help=_("The institution was not invited."))] = False

    def new(self, institution: str | None) -> lines.NewPresent:
        """Return who came, as typed. Raises MissingOptions."""
        ask.refuse_missing({"INSTITUTION": names.name(institution or ""), "--name": names.name(self.name or "")})
        office, stands_in_for = names.name(self.office or ""), names.name(self.stands_in_for or "")
        return lines.NewPresent(
            names.name(institution or ""),
            names.name(self.name or ""),
            office or None,
            stands_in_for or None,
            self.uninvited,
        )


WHO = ("name", "office", "stands_in_for", "uninvited")


@command(
    Writing,
    Came,
    Why,
    examples=(
        'timpora meeting attend 1 "Polsek Tanjungpandan" --name "Contoh Satu" --office "Kanit Intelkam" --for Kapolsek',
        'timpora meeting attend 1 "Radio Contoh" --name "Contoh Dua" --uninvited',
    ),
)
def attend(
    ctx: typer.Context,
    reference: MeetingArgument,
    institution: Annotated[
        str | None,
        typer.Argument(
            metavar="INSTITUTION",
            help=_("One that is invited, by name or by its line."),
            autocompletion=supervision.institutions,
            show_default=False,
        ),
    ] = None,
    removed: Removed = None,
) -> None:
    """Record who came to a meeting, for which institution and in whose place, from the day of the meeting on.

    An institution that was not invited is refused unless --uninvited says so: it may be misspelt.
    """
    typed = Came.of(ctx)
    with working(ctx, Why.of(ctx).reason) as work:
        came = typed.new(institution) if institution or typed.given(*WHO) or not removed else None
        connection = work.change.connection
        meeting = meeting_named(connection, reference)
        record = meeting_record(connection, meeting, work.today)
        lines.remove(work.change, record, "meeting_present", removed or ())
        if came is not None:
            lines.attend(work.change, record, came, work.today)
        record = meeting_record(connection, meeting, work.today)
    people = counted("{number} person", "{number} people", len(record.present))
    said = _("Meeting {id}: {present} of {invited} institutions present, {people}.")
    numbers = {"present": record.institutions_present, "invited": len(record.invited)}
    write.line(said.format(id=meeting.id, people=people, **numbers))
