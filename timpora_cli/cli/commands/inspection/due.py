"""`timpora inspection due`: list everyone present who was not seen in the field for so many days."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.cli.options.supervision.inspection import DueOptions
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.queries.people import present
from timpora_cli.queries.supervision.inspections import NoDaysToBeSeen, days_to_be_seen, not_seen
from timpora_cli.render.answers.supervision.inspections import NOT_SEEN, due


@command(
    Reading,
    DueOptions,
    Filters,
    OutputOptions,
    answer=NOT_SEEN,
    examples=("timpora inspection due --as-of 2020-09-17", "timpora inspection due --days 365 --district Sijuk"),
)
def due_(ctx: typer.Context) -> None:
    """List everyone present who was not seen in the field for so many days, whatever the class of the permit.

    First those who were never seen, by id, then those unseen for longest. One who was looked for and not found was not
    seen. The rule not-seen says for how many days; --days says it in its place.
    """
    typed, filters, output = DueOptions.of(ctx), Filters.of(ctx), OutputOptions.of(ctx)
    with reading(ctx) as view:
        days = typed.number() or days_to_be_seen(view.connection, view.on)
        if days is None:
            raise NoDaysToBeSeen(on=view.on.isoformat())
        people = not_seen(view.connection, view.on, filters.where(view), days)
        here = present(view.connection, view.on, EVERYONE).everyone
    output.write(due(people, here, days, view.on))
