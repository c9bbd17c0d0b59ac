"""`timpora duties`: list what people have to do by a day."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.expiry import Span
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.queries.supervision.duties import BACK
from timpora_cli.queries.supervision.duties import duties as due
from timpora_cli.render.answers.supervision.duties import DUTIES


@command(
    Reading,
    Span,
    Filters,
    OutputOptions,
    answer=DUTIES,
    examples=("timpora duties --within 60d --as-of 2020-09-17", "timpora duties --before 2020-12-31 --district Damar"),
)
def duties(ctx: typer.Context) -> None:
    """List what people have to do by a day: reports, the SKTT, choices of children, photo and interview.

    Each follows from a fact on record and a rule row, and is gone once it is settled: by a step of a case about the
    person, a report on record, or a new end of the permit. Only what is due in the window is listed, from 60 days
    before the day (--from) to --before or --within. A new address has no day in the law: it is listed without one.
    """
    span, filters, output = Span.of(ctx), Filters.of(ctx), OutputOptions.of(ctx)
    with reading(ctx) as view:
        window = span.window(view)
        window = window if window.since else window._replace(since=view.on - BACK)
        listing = DUTIES.of(due(view.connection, view.on, window, filters.where(view)))
    output.write(listing)
