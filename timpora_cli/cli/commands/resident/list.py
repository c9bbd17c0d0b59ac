"""`timpora resident list`: list the residents who are present."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.people import people
from timpora_cli.render.answers.people import PEOPLE


@command(
    Reading,
    Filters,
    OutputOptions,
    answer=PEOPLE,
    examples=("timpora resident list --district Tanjungpandan", "timpora resident list --name wu --format json"),
)
def list_(ctx: typer.Context) -> None:
    """List the residents who are present, by id.

    Those who have departed are found with --as-of a day on which they were here, or shown by id or passport number.
    """
    filters, output = Filters.of(ctx), OutputOptions.of(ctx)
    with reading(ctx) as view:
        present = people(view.connection, view.on, filters.where(view))
        listing = PEOPLE.of(list(present))
    output.write(listing)
