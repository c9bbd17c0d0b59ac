"""`timpora expiring --monitor`: the answer for a monitoring system, as the monitoring plugins give it.

One status line with performance data on stdout, and the exit code 0 (OK), 1 (WARNING), 2 (CRITICAL) or 3 (UNKNOWN).
Any error is UNKNOWN (`app.py` sees to that): a check that did not look has to say so where the monitor reads it.
"""

import typer

from timpora_cli import render
from timpora_cli.cli import due
from timpora_cli.cli.expiry_options import Span, Watching, day_after
from timpora_cli.cli.filtering import Filters
from timpora_cli.cli.records import OptionRecord
from timpora_cli.cli.register import reading
from timpora_cli.errors import WrongUsage
from timpora_cli.queries.expiring import Window
from timpora_cli.queries.filters import resolved
from timpora_cli.render import monitor

SPEAKING = ("since",)


class LeftToTheMonitor(WrongUsage):
    """--monitor prints one line of its own, from --warning and --critical. Leave {option} out."""


def refuse_others(*records: OptionRecord) -> None:
    """Raise LeftToTheMonitor for the first option of `records` that was typed and has no say in a status line."""
    for record in records:
        for option in record.given(*(name for name in vars(record) if name not in SPEAKING)):
            raise LeftToTheMonitor(option=option)


def watched(ctx: typer.Context, span: Span, where: Filters, watching: Watching, *, passports: bool) -> int:
    """Write the status line, and return its exit code."""
    with reading(ctx) as view:
        warning, critical = watching.reaches(view)
        since = span.start(view)
        window = Window(day_after(warning, view), since)
        filters = resolved(view.connection, where.asked())
        found = due.found(view, window, filters, passports=passports, accounted=False)
        alarming = Window(day_after(critical, view), since)
        ends = list(found.ends.values())
        standing = monitor.Standing(
            critical=sum(alarming.holds(end) for end in ends),
            warning=len(ends),
            overstays=sum(end is not None and end < view.on for end in ends),
            unknown=sum(end is None for end in ends),
        )
    render.write_line(monitor.line(standing, warning, critical, passports=passports))
    return standing.code
