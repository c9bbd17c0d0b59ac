"""`timpora check`: what in the data wants an officer's eye."""

import typer

from timpora_cli.cli.options import OutputOptions
from timpora_cli.cli.plain import Reading, command_app, examples
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import reading
from timpora_cli.queries.check import concerns
from timpora_cli.render import verdict

app = command_app()


@app.command(cls=Reading, epilog=examples("timpora check", "timpora check --format json"))
@takes_records
def check(ctx: typer.Context, output: OutputOptions) -> None:
    """Look through the data for what is likely wrong or missing: a line each, with the command that mends it.

    Overlaps, gaps, an expiry before its issue, a permit beyond its passport, unknown villages and last days, likely
    duplicates, people without a permit or a sponsor. Exits with 1 when anything was found.
    """
    with reading(ctx) as view:
        found = concerns(view.connection)
    output.deliver(verdict.concerns(found))
    if found:
        raise typer.Exit(1)
