"""`timpora meeting edit`: correct what is recorded of a meeting itself, such as its day or its letter."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.meeting import MeetingArgument, MeetingFacts, NothingForMeeting
from timpora_cli.language import _
from timpora_cli.model.dates import in_words
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.render import write


@command(
    Writing,
    MeetingFacts,
    Why,
    examples=(
        "timpora meeting edit 1 --on 2020-09-18 --begins 13:00",
        'timpora meeting edit 1 --letter-number W7.IMI.2-GR.03.02-0001 --letter-on 2020-09-10 --attachments ""',
    ),
)
def edit(ctx: typer.Context, reference: MeetingArgument) -> None:
    """Correct what is recorded of a meeting itself, such as its day, its place or its letter.

    An empty value ("") empties what is on record. A closed meeting stays as it is.
    """
    from timpora_cli.actions.supervision import meetings

    typed, why = MeetingFacts.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        facts = typed.row(work)
        if not facts:
            raise NothingForMeeting(command="edit")
        connection = work.change.connection
        meeting = meeting_named(connection, reference)
        meetings.edit(work.change, meeting_record(connection, meeting, work.today), facts, work.today)
        corrected = meeting_named(connection, str(meeting.id))
    said = _("Meeting {id} corrected: {day}, {place}.")
    write.line(said.format(id=corrected.id, day=in_words(corrected.on_day), place=corrected.place))
