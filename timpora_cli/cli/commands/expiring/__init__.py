"""`timpora expiring`: list who holds a current permit that ends before a day."""

from typing import Annotated

import typer

from timpora_cli.cli.commands.expiring import due
from timpora_cli.cli.commands.expiring.monitor import Watched, refuse_others, watched
from timpora_cli.cli.frame.base import command
from timpora_cli.cli.options.expiry import CALENDAR, ExpiryOutput, Span, Telling, Watching
from timpora_cli.cli.options.lists import Filters
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.queries.filters import resolved
from timpora_cli.render.answers.people import EXPIRING, PASSPORTS

Passports = Annotated[bool, typer.Option("--passports", help=_("List passports that run out instead of permits."))]


@command(
    Watched,
    Span,
    Filters,
    Telling,
    Watching,
    ExpiryOutput,
    answer={"": EXPIRING, "--passports": PASSPORTS},
    examples=(
        "timpora expiring --before 2020-09-21 --as-of 2020-09-17",
        "timpora expiring --within 30d --district Tanjungpandan --format csv",
        'timpora expiring --within 30d --new --mark --title "Stay permits that end within 30 days"',
        "timpora expiring --monitor --warning 30d --critical 7d",
        "timpora expiring --within 3m --output expiries.ics",
    ),
)
def expiring(ctx: typer.Context, passports: Passports = False) -> None:
    """List who holds a current permit that ends before a day.

    The end is the later of the printed day and the end of a relief policy that covers the permit. Overstays are listed
    too, unless --from drops them, and so are permits whose end nobody knows. Soonest first, then by name, then by id.
    Without --before or --within, the next 30 days (TIMPORA_WITHIN, then the setting default_window).

    With --new --mark a cron job tells each permit once for each reach (30d, 7d, …), whatever the filters: after missed
    runs too, and again after a renewal, a correction or a relief that moves the end. A date that is another one every
    day is another reach every day: for cron, write --within 30d.

    A calendar (--format ics) holds an all-day event on each act_by, and takes back those of permits that have ended.
    """
    span, where, telling, watching, output = (
        Span.of(ctx),
        Filters.of(ctx),
        Telling.of(ctx),
        Watching.of(ctx),
        ExpiryOutput.of(ctx),
    )
    if watching.monitor:
        refuse_others(span, telling, output)
        raise typer.Exit(watched(ctx, span, where, watching, passports=passports))
    with telling.opened(ctx) as (view, change):
        window, filters = span.window(view), resolved(view.connection, where.asked())
        found = due.found(view, window, filters, passports=passports, accounted=output.chosen().for_people)
        if telling.new:
            found = found.untold(view, span.threshold(view))
        answer = (
            found.calendar(view, window, filters, whole=not telling.new)
            if output.written == CALENDAR
            else found.listing(view.on)
        )
        if change is not None:
            rows = output.deliver(answer)
            said = found.mark(change, span.threshold(view), view.on, found.printed(answer, output.chosen()))
    if change is None:
        rows = output.deliver(answer)
    else:
        say.remark(said)
    output.end(rows)
