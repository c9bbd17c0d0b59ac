"""`timpora rule list`: list the rules."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.law import rules
from timpora_cli.render.answers.law import RULES


@command(Reading, OutputOptions, answer=RULES, examples=("timpora rule list", "timpora rule list --as-of 2018-01-01"))
def list_(ctx: typer.Context) -> None:
    """List the rules, and which of them are in force on the day, each with its legal basis and source."""
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = RULES.of(rules(view.connection, view.on))
    output.write(listing)
