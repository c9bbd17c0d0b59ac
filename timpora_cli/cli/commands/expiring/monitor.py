"""`timpora expiring --monitor`: the answer for a monitoring system, as the monitoring plugins give it.

One status line with performance data on stdout, and the exit code 0 (OK), 1 (WARNING), 2 (CRITICAL) or 3 (UNKNOWN).
Any failure, wrong usage included, is UNKNOWN and said on stdout, where the monitor reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.expiry import Span, Watching, What, day_after
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.streams import fail_with
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.queries.expiring import Window, due_in
from timpora_cli.render import write
from timpora_cli.store.clock import refuse_behind

UNKNOWN = 3
SPEAKING = ("since",)


class LeftToTheMonitor(WrongUsage):
    """--monitor prints one line of its own, from --warning and --critical. Leave {option} out."""


@contextmanager
def failures_are_unknown() -> Iterator[None]:
    """Write the status line of a check that could not look, and exit with 3, for any failure of the block."""
    try:
        yield
    except typer.Exit:
        raise
    except Exception as error:
        usage = getattr(error, "format_message", None)
        reason = usage() if usage else str(error) if isinstance(error, TimporaError) else say.unforeseen(error)
        from timpora_cli.render.formats.monitor import unknown

        fail_with(UNKNOWN)
        write.line(unknown(reason))
        raise typer.Exit(UNKNOWN) from error


def refuse_others(*records: Options) -> None:
    """Raise LeftToTheMonitor for the first option of `records` that was typed and has no say in a status line."""
    for record in records:
        for option in record.given(*(name for name in vars(record) if name not in SPEAKING)):
            raise LeftToTheMonitor(option=option)


def watched(ctx: typer.Context, what: What, span: Span, filters: Filters, watching: Watching) -> int:
    """Write the status line, and return its exit code."""
    from timpora_cli.render.formats import monitor

    with reading(ctx) as view:
        refuse_behind(view.connection)
        warning, critical = watching.reaches(view)
        since = span.start(view)
        window = Window(day_after(warning, view), since)
        where = filters.where(view)
        due = due_in(view.connection, view.on, window, where, what.subject, accounted=False)
        alarming = Window(day_after(critical, view), since)
        ends = list(due.ends.values())
        standing = monitor.Standing(
            critical=sum(alarming.holds(end) for end in ends),
            warning=len(ends),
            overstays=sum(end is not None and end < view.on for end in ends),
            unknown=sum(end is None for end in ends),
        )
    write.line(monitor.line(standing, what.subject, warning, critical))
    return standing.code
