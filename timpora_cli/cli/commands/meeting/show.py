"""`timpora meeting show`: show all that is recorded of a meeting."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.supervision.meeting import MeetingArgument
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.meetings import MEETING


@command(
    Reading,
    CardOptions,
    answer=MEETING,
    examples=("timpora meeting show 1", "timpora meeting show 2020-09-17 --format json"),
)
def show(ctx: typer.Context, reference: MeetingArgument) -> None:
    """Show all that is recorded of a meeting, line by line, and the decisions that are carried over to it.

    Carried over are decisions of earlier meetings that had not ended before the day of this one. How far each decision
    is, is said of the day that is asked about. The figures stand in the minutes: timpora meeting report.
    """
    output = CardOptions.of(ctx)
    with reading(ctx) as view:
        card = meeting_record(view.connection, meeting_named(view.connection, reference), view.on)
    write.card(MEETING, card, output.chosen())
