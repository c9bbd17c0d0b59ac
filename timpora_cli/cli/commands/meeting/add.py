"""`timpora meeting add`: record a meeting, held or still to come."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.meeting import MeetingFacts
from timpora_cli.language import _
from timpora_cli.model.dates import in_words
from timpora_cli.queries.supervision.meetings import meeting_named
from timpora_cli.render import write


@command(
    Writing,
    MeetingFacts,
    Why,
    examples=(
        (
            "timpora meeting add --level district --on 2020-09-17 --begins 09:00"
            ' --place "Hotel La Lucia, Tanjungpandan" --theme "Rapat koordinasi Timpora Kecamatan Tanjungpandan"'
        ),
        (
            'timpora meeting add --level kabupaten --on 2020-12-08 --place "Kantor Imigrasi" --theme "Rapat akhir'
            ' tahun" --letter-number W7.IMI.2-GR.03.02-0001 --letter-on 2020-12-01 --nature Penting'
        ),
    ),
)
def add(ctx: typer.Context) -> None:
    """Record a meeting of the Timpora, held or still to come, with what its letter and its minutes say.

    Needed are level, day, place and theme. Who is invited, who came, what was said and what was decided follow, each
    with a command of its own.
    """
    from timpora_cli.actions.supervision import meetings

    typed, why = MeetingFacts.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        typed.refuse_missing()
        identity = meetings.add(work.change, typed.row(work))
        meeting = meeting_named(work.connection, str(identity))
    said = _("Meeting {id} added: {day}, {place}.")
    write.line(said.format(id=meeting.id, day=in_words(meeting.on_day), place=meeting.place))
