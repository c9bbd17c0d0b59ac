"""Grants of unknown issue in older registers: they were counted from the day on which they were recorded.

That left the days since the end of the grant before them as an overstay which nobody knows to be one.
"""

import sqlite3

from timpora_cli.store.steps.reference import Amendment, amend

# A grant of unknown issue that leaves days after the end of the grant before it, and the day on which it follows
# without a gap. What follows it begins later in any case.
GAPS = """
SELECT permit.id, before.id, max(date(before.expires_on, '+1 day'), coalesce(before.starts_on, ''))
FROM permit
JOIN permit AS before ON before.id = permit.follows_id
WHERE permit.issued_on IS NULL
    AND permit.starts_on > max(date(before.expires_on, '+1 day'), coalesce(before.starts_on, ''))
ORDER BY permit.starts_on
"""
SOURCE = "Contract section 3: a grant of unknown issue follows the one before it without a gap"


def close_unknown_gaps(connection: sqlite3.Connection) -> None:
    """Let each grant of unknown issue follow without a gap, as one logged change; none where there is no gap."""
    if gaps := connection.execute(GAPS).fetchall():

        def write(amendment: Amendment) -> None:
            for permit, before, start in gaps:
                amendment.change.update("permit", before, {"ended_on": start})
                amendment.change.update("permit", permit, {"starts_on": start})

        amend(connection, "0006_stays_and_rules", SOURCE, write)
