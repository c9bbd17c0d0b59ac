"""`timpora check`: look through the data for what is likely wrong or missing."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.errors import Exit
from timpora_cli.language import _, n_
from timpora_cli.model.log import ERROR
from timpora_cli.queries.check import concerns
from timpora_cli.render.answers.verdict import CONCERNS

COMMANDS = ("accept",)

Settled = Annotated[bool, typer.Option("--accepted", help=_("Show the findings that were accepted, with the reason."))]


@command(
    Reading,
    OutputOptions,
    answer=CONCERNS,
    examples=("timpora check", "timpora check --accepted", "timpora check --format json"),
)
def check(ctx: typer.Context, accepted: Settled = False) -> None:
    """Look through the data for what is likely wrong or missing: a line each, with the command that mends it.

    An error cannot be right, or leaves open whether somebody may be here; with one, the exit code is 1. A remark may
    well be true. What is true is settled with timpora check accept KEY, and is shown again when its facts change.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        found = concerns(view.connection)
    settled = [one for one in found if one.accepted is not None]
    if accepted:
        output.write(CONCERNS.of(settled))
        return
    standing = [one for one in found if one.accepted is None]
    rows = output.deliver(CONCERNS.of(standing, closing=_closing(len(settled))))
    if any(one.level == ERROR for one in standing):
        raise typer.Exit(Exit.REFUSED)
    output.end(rows)


def _closing(settled: int) -> tuple[str, ...]:
    if not settled:
        return ()
    line = n_(
        "{number} accepted finding is not shown; see it with: timpora check --accepted",
        "{number} accepted findings are not shown; see them with: timpora check --accepted",
        settled,
    )
    return (line.format(number=settled),)
