"""How the register stands on a day: how many permits are in each state, and when the expiry list was last marked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from timpora_cli.model.backups import Backup, Drill
from timpora_cli.model.log import MarkedRun
from timpora_cli.model.rules import State


class Status(NamedTuple):
    """How many people are present on a day, how many of their permits are in each state, and how many have none.

    `reports` is how many KITAP reports are due in the window that was asked about. In `cases` cases somebody must act,
    and in `late_cases` of them the deadline has passed. `runs` are the last marked runs of the expiry list, one for
    each list and reach, the latest first.
    """

    present: int
    states: Mapping[State, int]
    without: int
    reports: int
    cases: int
    late_cases: int
    runs: tuple[MarkedRun, ...]


def last_run(runs: Sequence[MarkedRun], subject: str, threshold: str | None) -> MarkedRun | None:
    """Return the latest of `runs` that was of `subject` (PERMIT, PASSPORT or REPORT), and of `threshold` if given."""
    return next((run for run in runs if run.subject == subject and threshold in (None, run.threshold)), None)


def is_stale(run: MarkedRun | Backup | Drill | None, now: datetime, age: timedelta, slack: timedelta) -> bool:
    """Return whether a run, a backup or a drill is longer ago than `age` at the moment `now`, or later than now by more
    than `slack`.

    True where there was no run: a run in the future says nothing of today.
    """
    return run is None or not -slack <= now - datetime.fromisoformat(run.at) <= age
