"""`timpora check`: look through the data for what is likely wrong or missing."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.errors import Exit
from timpora_cli.queries.check import concerns
from timpora_cli.render.answers.verdict import CONCERNS


@command(Reading, OutputOptions, answer=CONCERNS, examples=("timpora check", "timpora check --format json"))
def check(ctx: typer.Context) -> None:
    """Look through the data for what is likely wrong or missing: a line each, with the command that mends it.

    Overlaps, gaps, an expiry before its issue, a permit beyond its passport, unknown villages and last days, likely
    duplicates, people without a permit or a sponsor. Exits with 1 when anything was found.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listed = concerns(view.connection)
    output.deliver(CONCERNS.of(listed))
    if listed:
        raise typer.Exit(Exit.REFUSED)
