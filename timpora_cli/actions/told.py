"""Mark what an expiry list has told, after the list was written safely: nobody is told twice or left out."""

from datetime import date

from timpora_cli.queries.told import Ends, untold
from timpora_cli.store.change import Change


def record(change: Change, subject: str, threshold: str, on: date, printed: Ends) -> int:
    """Record a run of the list as of the day `on`, and mark what it `printed` that was still to be told.

    Returns how many were marked. A run that printed nothing is recorded too: "0 due" is not "did not run".
    """
    run = change.insert(
        "expiry_run",
        {"subject": subject, "threshold": threshold, "on_day": on.isoformat(), "listed": len(printed)},
    )
    new = untold(change.connection, subject, threshold, printed, on)
    for notice in new:
        change.insert(
            "expiry_mark",
            {
                "run_id": run,
                "subject_id": notice.subject_id,
                "subject_change": notice.version,
                "until_on": notice.until,
            },
        )
    return len(new)
