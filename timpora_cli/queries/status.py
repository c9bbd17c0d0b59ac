"""How the register stands on a day: people, the states of their permits, reports due, open cases, marked runs."""

import sqlite3
from collections import Counter
from datetime import date, timedelta

from timpora_cli.model.backups import Backup
from timpora_cli.model.rules import DEFAULT_WINDOW_DAYS, State
from timpora_cli.model.status import Status
from timpora_cli.queries.expiring import ENDS_BEFORE, Window, reports_due
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.queries.people import people, present, rules_on
from timpora_cli.queries.supervision.cases import Asked, cases
from timpora_cli.queries.told import last_runs

CHANGES_AFTER = """
SELECT count(*) FROM change
WHERE id > CASE WHEN (SELECT digest FROM change WHERE id = :change) IS :head THEN :change ELSE 0 END
"""


def changes_after(connection: sqlite3.Connection, backup: Backup) -> int:
    """Return how many changes the register has that a backup does not hold; all, where it is of another history."""
    (number,) = connection.execute(CHANGES_AFTER, {"change": backup.change, "head": backup.head}).fetchone()
    return int(number)


def status(connection: sqlite3.Connection, on: date, window: Window) -> Status:
    """Return how the register stands on the day `on`; of reports, those that are due in `window`."""
    here, _matching, without = present(connection, on, EVERYONE)
    # A permit that ends after the widest renewal window, or never, is VALID: those are counted without being read.
    widest = max(rules_on(connection, on).windows.values(), default=DEFAULT_WINDOW_DAYS)
    near = on + timedelta(days=max(widest, DEFAULT_WINDOW_DAYS) + 1)
    states: Counter[State] = Counter(
        person.permit.standing.state
        for person in people(connection, on, EVERYONE, also=ENDS_BEFORE, before=near.isoformat())
        if person.permit is not None
    )
    beyond = here - without - states.total()
    states[State.VALID] += beyond
    reports = len(reports_due(connection, on, window, EVERYONE).listed)
    open_cases = cases(connection, on, Asked())
    return Status(
        here,
        {state: states[state] for state in State},
        without,
        reports,
        len(open_cases),
        sum(one.late > 0 for one in open_cases),
        tuple(last_runs(connection)),
    )
