"""`timpora permit list`: list the permits in force."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.expiring import years_without_holidays
from timpora_cli.queries.people import people
from timpora_cli.render.answers.people import PERMITS, permits


@command(
    Reading,
    Filters,
    OutputOptions,
    answer=PERMITS,
    examples=("timpora permit list --state OVERSTAY", "timpora permit list --class KITAP --sort -expires_on"),
)
def list_(ctx: typer.Context) -> None:
    """List the permits in force, by the holder's id; the whole chain of one holder is in: timpora resident show."""
    filters, output = Filters.of(ctx), OutputOptions.of(ctx)
    with reading(ctx) as view:
        present = tuple(people(view.connection, view.on, filters.where(view)))
        no_holidays = years_without_holidays(view.connection, present) if output.chosen().for_people else ()
    output.write(permits(present, no_holidays))
