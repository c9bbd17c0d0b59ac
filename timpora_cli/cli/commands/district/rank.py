"""`timpora district rank`: the districts in the order in which to look."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.language import _
from timpora_cli.queries.supervision.ranking import districts_ranked
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.ranking import RANKING, reasons


@command(
    Reading,
    OutputOptions,
    answer=RANKING,
    examples=("timpora district rank", "timpora district rank --why --as-of 2020-09-17"),
)
def rank(
    ctx: typer.Context,
    why: Annotated[bool, typer.Option("--why", help=_("Say below the list how each place comes about."))] = False,
) -> None:
    """List the office's districts in the order in which to look: those with the most people present first.

    Each has its terms: people present, the change since the last meeting, overstays, permits due within 30 days, people
    not seen, and open cases. The order is a sum of weighted terms. The weights are a setting, rank_weights; districts
    of one score share their rank.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        found = districts_ranked(view.connection, view.on)
    rows = output.deliver(RANKING.of(found))
    if why and output.chosen().for_people and output.output is None:
        write.line("")
        write.lines(reasons(found))
    output.end(rows)
