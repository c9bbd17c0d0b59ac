"""The figures of a meeting: who was present on its day, counted for the minutes, as known when it was closed."""

import sqlite3

from timpora_cli.model.supervision.meetings import Figures, Meeting
from timpora_cli.queries.counting.counts import counts
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.store import clock
from timpora_cli.store.known import look_back_to

MOMENT = "SELECT at FROM main.change_moment WHERE change_id = :change"
DEPORTED = """
SELECT count(*) FROM stay
WHERE departed_how = 'DEPORTED' AND departed BETWEEN :year || '-01-01' AND :year || '-12-31'
"""
SIDES = ("class", "nationality", "district", "purpose")


def know_as_when_closed(connection: sqlite3.Connection, meeting: Meeting) -> None:
    """Let every later query read what the register knew when a meeting was closed; nothing changes for an open one."""
    if meeting.closed_change is not None:
        look_back_to(connection, meeting.closed_change)


def figures(connection: sqlite3.Connection, meeting: Meeting) -> Figures:
    """Return the figures of the day of a meeting, by what the register knows as it is read.

    Of a closed meeting, `know_as_when_closed` comes first.
    """
    by = {side: tuple(counts(connection, meeting.on_day, side, EVERYONE)) for side in SIDES}
    year = {"year": str(meeting.on_day.year - 1)}
    ((deported,),) = connection.execute(DEPORTED, year).fetchall()
    return Figures(
        meeting.on_day,
        _known(connection, meeting),
        by_class=by["class"],
        by_nationality=by["nationality"],
        by_district=by["district"],
        by_purpose=by["purpose"],
        deported=int(deported),
    )


def _known(connection: sqlite3.Connection, meeting: Meeting) -> str | None:
    """Return the moment at which a meeting was closed, as the office's clock showed it; None for an open one."""
    if meeting.closed_change is None:
        return None
    ((at,),) = connection.execute(MOMENT, {"change": meeting.closed_change}).fetchall()
    return clock.shown(connection, clock.read(at))
