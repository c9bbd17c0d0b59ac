"""`timpora meeting list`: list the meetings, held and still to come."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.cli.options.supervision.meeting import LEVEL
from timpora_cli.language import _
from timpora_cli.model.terms import level_code
from timpora_cli.queries.supervision.meetings import meetings
from timpora_cli.render.answers.supervision.meetings import MEETINGS


@command(
    Reading,
    OutputOptions,
    answer=MEETINGS,
    examples=("timpora meeting list", "timpora meeting list --level district --format json"),
)
def list_(
    ctx: typer.Context,
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="LEVEL", help=_("Those of one level."), autocompletion=supervision.levels),
        LEVEL,
    ] = None,
) -> None:
    """List the meetings, the latest first, those still to come among them.

    Planned, held or closed is said of the day that is asked about, and so is how many decisions are open.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = MEETINGS.of(meetings(view.connection, view.on, level_code(level) if level else None))
    output.write(listing)
