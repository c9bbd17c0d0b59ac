"""`timpora expiring`: who holds a permit (or a passport) that ends before a day."""

from datetime import date, timedelta
from typing import Annotated

import typer

from timpora_cli.cli import talk
from timpora_cli.cli.options import Filters, OptionRecord, OutputOptions, takes_records
from timpora_cli.cli.plain import Reading, command_app, examples
from timpora_cli.cli.register import View, reading
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.dates import parse_date, parse_duration
from timpora_cli.queries.expiring import Window, account
from timpora_cli.queries.expiring import expiring as ending
from timpora_cli.queries.filters import resolved
from timpora_cli.queries.settings import default_window
from timpora_cli.render import listings

app = command_app()


class BothEnds(WrongUsage):
    """--before and --within both say where the list ends. Give one of them."""


class EmptyWindow(WrongUsage):
    """The list would be empty whatever the register holds: it starts on {since}, and ends before {before}."""


class Span(OptionRecord):
    """Which ends are listed, as typed."""

    before: Annotated[
        str | None, typer.Option("--before", metavar="DATE", help=_("Valid until a day strictly before this one."))
    ] = None
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="SPAN", help=_("Valid until this far from the day, at most: 30d, 2w, 3m.")),
    ] = None
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("Leave out what ended before this day."))
    ] = None

    def window(self, view: View) -> Window:
        """Return the span as days, counted from the day that is asked about; without any, the office's own window."""
        if self.before is not None and self.within is not None:
            raise BothEnds
        since = None if self.since is None else parse_date(self.since, view.on)
        if self.since is not None and since is not None:
            talk.echo_date(_("from"), self.since, since)
        before = self._before(view)
        if since is not None and since >= before:
            raise EmptyWindow(since=since, before=before)
        return Window(before, since)

    def _before(self, view: View) -> date:
        if self.before is not None:
            before = parse_date(self.before, view.on)
            talk.echo_date(_("before"), self.before, before)
            return before
        within = self.within if self.within is not None else default_window(view.connection)
        return parse_duration(within).after(view.on) + timedelta(days=1)


Passports = Annotated[bool, typer.Option("--passports", help=_("List passports that run out instead of permits."))]


@app.command(
    cls=Reading,
    epilog=examples(
        "timpora expiring --before 2020-09-21 --as-of 2020-09-17",
        "timpora expiring --within 30d --district Tanjungpandan --format csv",
    ),
)
@takes_records
def expiring(
    ctx: typer.Context, span: Span, where: Filters, output: OutputOptions, passports: Passports = False
) -> None:
    """List who holds a current permit that ends before a day.

    The end is the later of the printed day and the end of a relief policy that covers the permit. Overstays are listed
    too, unless --from drops them, and so are permits whose end nobody knows. Soonest first, then by name, then by id.
    Without --before or --within, the next 30 days.
    """
    with reading(ctx) as view:
        window, chosen = span.window(view), output.chosen()
        filters = resolved(view.connection, where.asked())
        if passports:
            from timpora_cli.queries.passports import passports_due

            listing = listings.passports(*passports_due(view.connection, view.on, window, filters), view.on)
        else:
            found = ending(view.connection, view.on, window, filters)
            known = account(view.connection, view.on, found, filters) if chosen.for_people else None
            listing = listings.expiring(found.people, known, view.on)
    output.write(listing)
