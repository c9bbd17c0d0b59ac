"""`timpora meeting close`: close a meeting, so that its minutes and its figures stay as they are."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.meeting import MeetingArgument
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _, counted
from timpora_cli.model.names import tidy
from timpora_cli.queries.supervision.figures import figures
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.render import write


class ClosedForNothing(WrongUsage):
    """--without-decisions needs the reason why nothing was decided. Give it with --reason TEXT."""


@command(
    Writing,
    Why,
    examples=(
        "timpora meeting close 1",
        'timpora meeting close 2 --without-decisions --reason "the meeting was to inform"',
    ),
)
def close(
    ctx: typer.Context,
    reference: MeetingArgument,
    without_decisions: Annotated[
        bool, typer.Option("--without-decisions", help=_("Nothing was decided; --reason says why."))
    ] = False,
) -> None:
    """Close a meeting: its minutes, and the figures in them, are from then on the same whenever they are printed.

    It is refused where nobody is recorded as present, or no decision. The figures are those of the day of the meeting,
    as the register knows them at the closing. A closing by mistake is taken back with undo.
    """
    from timpora_cli.actions.supervision import meetings

    reason = tidy(Why.of(ctx).reason or "")
    if without_decisions and not reason:
        raise ClosedForNothing
    with working(ctx, Why.of(ctx).reason) as work:
        connection = work.change.connection
        meeting = meeting_named(connection, reference)
        record = meeting_record(connection, meeting, work.today)
        meetings.close(work.change, record, work.today, reason if without_decisions else None)
        people = figures(connection, meeting).total
    said = _("Meeting {id} closed: {present} of {invited} institutions, {decisions}. Its figures: {people} on {day}.")
    values = {
        "present": record.institutions_present,
        "invited": len(record.invited),
        "decisions": counted("{number} decision", "{number} decisions", len(record.decisions)),
        "people": counted("{number} foreign resident", "{number} foreign residents", people),
        "day": meeting.on_day.isoformat(),
    }
    write.line(said.format(id=meeting.id, **values))
