"""`timpora relief list`: list the reliefs."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.law import reliefs
from timpora_cli.render.answers.law import RELIEFS


@command(Reading, OutputOptions, answer=RELIEFS, examples=("timpora relief list", "timpora relief list --format json"))
def list_(ctx: typer.Context) -> None:
    """List the reliefs, in the order in which they came into force, each with its legal basis and source."""
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = RELIEFS.of(reliefs(view.connection))
    output.write(listing)
