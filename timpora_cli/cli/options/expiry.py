"""The options of `timpora expiring`, as records: of what, which ends, told once or always, a monitor, a calendar."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from timpora_cli.cli.frame.options import BadVariable, Options, Reads, globals_of
from timpora_cli.cli.frame.recording import marking_alone, refuse_no_change
from timpora_cli.cli.frame.register import View, opened_to_write, path_of, waiting_for
from timpora_cli.cli.options.lists import OutputOptions, format_option, output_option, written_to
from timpora_cli.cli.talk import say
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.dates import NotADuration, parse_date, parse_duration, standard_form
from timpora_cli.queries.expiring import Window
from timpora_cli.queries.settings import default_window
from timpora_cli.render.formats import FORMATS

if TYPE_CHECKING:
    from timpora_cli.model.calendar import Calendar
    from timpora_cli.render.answer import Answer

CALENDAR = "ics"
WITHIN = "TIMPORA_WITHIN"
CRITICAL = "7d"
DAY = Reads(lambda text, desk: parse_date(text, desk.today))
SPAN = Reads(lambda text, _desk: parse_duration(text))


class BothEnds(WrongUsage):
    """--before and --within both say where the list ends. Give one of them."""


class EmptyWindow(WrongUsage):
    """The list would be empty whatever the register holds: it starts on {since}, and ends before {before}."""


class MarkedEarlier(WrongUsage):
    """--mark records what is told from now on; --known-at asks what was known before. Leave one of them out."""


class NotInACalendar(WrongUsage):
    """A calendar holds whole events of permits, so {option} has no place in it. Leave that out, or the format ics."""


class OnlyInACalendar(WrongUsage):
    """--full-names is for calendars (--format ics): everywhere else the names are there."""


class OnlyForAMonitor(WrongUsage):
    """{option} is a threshold of --monitor. Give both, or neither."""


class WiderCritical(WrongUsage):
    """--critical {critical} reaches further than --warning {warning}. The critical threshold is the nearer one."""


class OneList(WrongUsage):
    """--passports and --reports are lists of their own. Give one of them, or neither for permits."""


class What(Options):
    """What the list is of: permits, passports or reports."""

    passports: Annotated[
        bool, typer.Option("--passports", help=_("List passports that run out instead of permits."))
    ] = False
    reports: Annotated[
        bool, typer.Option("--reports", help=_("List the KITAP reports that fall due instead of permits."))
    ] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that two lists are asked for at once."""
        if self.passports and self.reports:
            yield OneList()

    @property
    def subject(self) -> str:
        """What the list is of, as a code."""
        return "PASSPORT" if self.passports else "REPORT" if self.reports else "PERMIT"


class Span(Options):
    """Which ends are listed, as typed."""

    before: Annotated[
        str | None,
        typer.Option("--before", metavar="DATE", help=_("Valid until a day strictly before this one.")),
        DAY,
    ] = None
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="SPAN", help=_("Valid until this far from the day, at most: 30d, 2w, 3m.")),
        SPAN,
    ] = None
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help=_("Leave out what ended before this day.")),
        DAY,
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that there are two ends."""
        if self.before is not None and self.within is not None:
            yield BothEnds()

    def window(self, view: View) -> Window:
        """Return the span as days, counted from the day that is asked about."""
        since, before = self.start(view), self._before(view)
        if since is not None and since >= before:
            raise EmptyWindow(since=since, before=before)
        return Window(before, since)

    def start(self, view: View) -> date | None:
        """Return the day of --from, or None."""
        if self.since is None:
            return None
        since = parse_date(self.since, view.on)
        say.echo_date(_("from"), self.since, since)
        return since

    def threshold(self, view: View) -> str:
        """Return how far the list reaches, in one written form: the same every day, where it moves with the day."""
        if self.before is not None:
            return f"before {standard_form(self.before)}"
        return str(parse_duration(self.within or usual_window(view)))

    def _before(self, view: View) -> date:
        if self.before is not None:
            before = parse_date(self.before, view.on)
            say.echo_date(_("before"), self.before, before)
            return before
        return day_after(self.within if self.within is not None else usual_window(view), view)


class Telling(Options):
    """Whether the list tells each thing once."""

    new: Annotated[bool, typer.Option("--new", help=_("Only what no run with this reach has marked yet."))] = False
    mark: Annotated[
        bool, typer.Option("--mark", help=_("Mark what was listed, once it is safely written, and record the run."))
    ] = False

    @contextmanager
    def alone(self, ctx: typer.Context) -> "Iterator[None]":
        """With --mark, be the only run that marks, from what it reads to its marks: of two at once, one waits.

        Nobody else waits for it. Raises what stands in the way of a change, before anything is written.
        """
        if not self.mark:
            yield
            return
        if globals_of(ctx).known_at is not None:
            raise MarkedEarlier
        path, wait = path_of(ctx), waiting_for(ctx)
        with opened_to_write(ctx) as connection:
            refuse_no_change(ctx, connection)
        with marking_alone(path, wait):
            yield


class Watching(Options):
    """Whether a monitor asks, and what alarms it."""

    monitor: Annotated[
        bool, typer.Option("--monitor", help=_("One status line for a monitor, with exit 0, 1, 2 or 3."))
    ] = False
    warning: Annotated[
        str | None,
        typer.Option("--warning", metavar="SPAN", help=_("Warn of ends within this; the usual 30 days without it.")),
        SPAN,
    ] = None
    critical: Annotated[
        str | None,
        typer.Option("--critical", metavar="SPAN", help=_("Alarm at ends within this; without it, 7 days.")),
        SPAN,
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield the thresholds that nobody would look at."""
        for option in () if self.monitor else self.given("warning", "critical"):
            yield OnlyForAMonitor(option=option)

    def reaches(self, view: View) -> tuple[str, str]:
        """Return how far a warning and an alarm reach, each in its one written form."""
        warning = str(parse_duration(self.warning or usual_window(view)))
        critical = str(parse_duration(self.critical or CRITICAL))
        if day_after(critical, view) > day_after(warning, view):
            raise WiderCritical(critical=critical, warning=warning)
        return warning, critical


class ExpiryOutput(OutputOptions):
    """How an expiry list is written: as any list, or as a calendar."""

    formats: ClassVar[tuple[str, ...]] = (*FORMATS, CALENDAR)
    titled: ClassVar[tuple[str, ...]] = (*OutputOptions.titled, CALENDAR)
    more_endings: ClassVar[dict[str, str]] = {f".{CALENDAR}": CALENDAR}

    format: Annotated[str | None, format_option((*FORMATS, CALENDAR))] = None
    output: Annotated[str | None, output_option(f".{CALENDAR}")] = None
    full_names: Annotated[
        bool, typer.Option("--full-names", help=_("Whole names in a calendar, not initials; calendars leak."))
    ] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:
        """Yield what is wrong as with any list, and what a calendar has no place for."""
        yield from super().faults(answer)
        if self.known_format == CALENDAR:
            for option in self.given("columns", "sort", "limit", "for_spreadsheet"):
                yield NotInACalendar(option=option)
        elif self.full_names:
            yield OnlyInACalendar()

    def deliver(self, answer: "Answer[Any] | Calendar") -> int:
        """Write a list or a calendar where it was asked for, and return how many rows or standing events it has.

        An empty calendar is written only into a file, as any empty list for people: there it takes back what was there.
        """
        from timpora_cli.render.answer import Answer

        if isinstance(answer, Answer):
            return super().deliver(answer)
        from timpora_cli.render import write
        from timpora_cli.render.formats import ics

        if self.output is None:
            write.calendar(answer, full_names=self.full_names, title=self.title)
        else:
            from timpora_cli.render.write import text_file

            path = Path(self.output)
            with text_file(path, force=self.force) as stream:
                write.calendar(answer, stream, full_names=self.full_names, title=self.title)
            say.remark(written_to(path, len(answer.entries)))
        if answer.undated:
            say.remark(ics.left_out(answer.undated))
        return sum(entry.ended_on is None for entry in answer.entries)


def usual_window(view: View) -> str:
    """Return how far a list reaches when nobody says otherwise: TIMPORA_WITHIN, then the register's own setting."""
    typed = os.environ.get(WITHIN)
    if not typed:
        return default_window(view.connection)
    try:
        return str(parse_duration(typed))
    except NotADuration as error:
        raise BadVariable(variable=WITHIN, fault=error) from error


def day_after(span: str, view: View) -> date:
    """Return the first day that lies further than `span` from the day that is asked about."""
    return parse_duration(span).after(view.on) + timedelta(days=1)
