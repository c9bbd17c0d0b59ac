"""`timpora expiring`: list who holds a current permit that ends before a day."""

from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from timpora_cli.cli.commands.expiring.monitor import UNKNOWN, failures_are_unknown, refuse_others, watched
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import View, reading, working
from timpora_cli.cli.options.expiry import CALENDAR, ExpiryOutput, Span, Telling, Watching, What
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.streams import fail_with, keep
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.queries.expiring import Due, Window, due_in, end_of, years_without_holidays
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import with_passports
from timpora_cli.render.answer import Answer, Wanted, chosen_rows
from timpora_cli.render.answers import people as answers
from timpora_cli.render.answers.reports import REPORTS, reports

if TYPE_CHECKING:
    from typer._click.core import Context

    from timpora_cli.model.calendar import Calendar
    from timpora_cli.store.change import Change


class NoPassports(WrongUsage):
    """A calendar is of permits and reports. Leave --passports out, or list them in another format."""


class Watched(Reading):
    """The command `expiring`: with --monitor, every failure of its line is the state UNKNOWN."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: "Context | None" = None, **extra: object
    ) -> "Context":
        """Read the words behind the command."""
        words = args[: args.index("--")] if "--" in args else args
        if "--monitor" not in words:
            return super().make_context(info_name, args, parent, **extra)
        with failures_are_unknown():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: "Context") -> object:
        """Run the command."""
        if not ctx.params["monitor"]:
            return super().invoke(ctx)
        fail_with(UNKNOWN)
        with failures_are_unknown():
            return super().invoke(ctx)


@command(
    Watched,
    Span,
    Filters,
    Telling,
    Watching,
    ExpiryOutput,
    What,
    answer={"": answers.EXPIRING, "--passports": answers.PASSPORTS, "--reports": REPORTS},
    examples=(
        "timpora expiring --before 2020-09-21 --as-of 2020-09-17",
        "timpora expiring --within 30d --district Tanjungpandan --format csv",
        'timpora expiring --within 30d --new --mark --title "Stay permits that end within 30 days"',
        "timpora expiring --monitor --warning 30d --critical 7d",
        "timpora expiring --within 3m --output expiries.ics",
        "timpora expiring --reports --within 6m",
    ),
)
def expiring(ctx: typer.Context) -> None:
    """List who holds a current permit that ends before a day.

    The end is the later of the printed day and the end of a relief policy that covers the permit. Overstays are listed
    too, unless --from drops them, and so are permits whose end nobody knows. Soonest first, then by name, then by id.
    Without --before or --within, the next 30 days (TIMPORA_WITHIN, then the setting default_window).

    With --new --mark a cron job tells each permit once for each reach (30d, 7d, …), whatever the filters: after missed
    runs too, and again whenever its end has become another day, whatever moved it, also where it has come back since. A
    date that is another one every day is another reach every day: for cron, write --within 30d.

    A calendar (--format ics) holds an all-day event on each act_by, and takes back those of permits that have ended.

    A KITAP without an end is on no list for its end: what its holder owes is a report every five years. --reports lists
    those that fall due, also the overdue ones unless --from drops them, with the same options.
    """
    what, span, filters, telling = What.of(ctx), Span.of(ctx), Filters.of(ctx), Telling.of(ctx)
    watching, output = Watching.of(ctx), ExpiryOutput.of(ctx)
    if watching.monitor:
        refuse_others(span, telling, output)
        raise typer.Exit(watched(ctx, what, span, filters, watching))
    with telling.alone(ctx):
        with reading(ctx) as view:
            reach = span.threshold(view) if telling.new or telling.mark else ""
            due, answer = _listed(
                view, what, span.window(view), filters.where(view), output, reach if telling.new else ""
            )
        rows = output.deliver(answer)
        if telling.mark:
            keep()  # of what is marked nothing may be lost
            with working(ctx) as work:
                said = _mark(work.change, due.subject, reach, view.on, _printed(due, answer, output.chosen()))
            say.remark(said)
    output.end(rows)


def _listed(
    view: View, what: What, window: Window, where: Where, output: ExpiryOutput, untold_by: str
) -> "tuple[Due[Any], Answer[Any] | Calendar]":
    """Return what is due, and the answer with it; where `untold_by` is a threshold, only what it has not told yet."""
    accounted = output.chosen().for_people
    due = due_in(view.connection, view.on, window, where, what.subject, accounted=accounted)
    if untold_by:
        due = _untold(view, due, untold_by)
    if output.written == CALENDAR:
        return due, _calendar(view, window, where, due, whole=not untold_by)
    if what.passports:
        return due, answers.passports(due.listed, due.account, view.on)
    no_holidays = years_without_holidays(view.connection, due.listed) if accounted else ()
    made = reports if what.reports else answers.expiring
    return due, made(with_passports(view.connection, view.on, due.listed), due.account, view.on, no_holidays)


def _untold(view: View, due: Due[Any], threshold: str) -> Due[Any]:
    """Return what is still to be told with this threshold."""
    from timpora_cli.queries.told import untold

    notices = untold(view.connection, due.subject, threshold, due.ends, view.on)
    return due.only({notice.subject_id for notice in notices})


def _calendar(view: View, window: Window, where: Where, due: Due[Any], *, whole: bool) -> "Calendar":
    """Return the list as a calendar; a `whole` one takes back the events of permits that have ended, too."""
    from timpora_cli.queries.calendar import calendar

    if due.subject == "PASSPORT":
        raise NoPassports
    made = calendar(view.connection, view.on, window, where, due)
    return made if whole else made._replace(entries=tuple(one for one in made.entries if one.ended_on is None))


def _printed(due: Due[Any], answer: "Answer[Any] | Calendar", wanted: Wanted) -> dict[int, date | None]:
    """Return the ends of those that `answer` has once it is written as `wanted` asks.

    A calendar has all of them: those without a day are named beside it.
    """
    return dict(map(end_of, chosen_rows(answer, wanted))) if isinstance(answer, Answer) else due.ends


def _mark(change: "Change", subject: str, threshold: str, on: date, printed: dict[int, date | None]) -> str:
    """Record the run and mark what was printed; return the sentence that says so, for a person at a terminal."""
    from timpora_cli.actions.told import record

    marked = record(change, subject, threshold, on, printed)
    sentence = _("{marked} newly marked as told ({reach}). Take that back with: timpora undo {change}")
    return sentence.format(marked=marked, reach=threshold, change=change.number)
