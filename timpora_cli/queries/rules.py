"""Which rule rows are in force on a day."""

import sqlite3
from datetime import date

from timpora_cli.model.rules import RulesInForce

RULES_ON_DAY = """
SELECT kind, subject, value
FROM rule
WHERE (valid_from IS NULL OR valid_from <= :on)
    AND (valid_until IS NULL OR valid_until >= :on)
ORDER BY valid_from, id
"""
HOLIDAYS = "SELECT day FROM holiday"


def rules_on(connection: sqlite3.Connection, on: date) -> RulesInForce:
    """Return the rules in force on the day `on`; of two rows for the same thing, the one that began later."""
    found = {
        (kind, subject): int(value) for kind, subject, value in connection.execute(RULES_ON_DAY, {"on": on.isoformat()})
    }
    return RulesInForce(
        windows={subject: value for (kind, subject), value in found.items() if kind == "RENEWAL_WINDOW_DAYS"},
        overstay_rate=found.get(("OVERSTAY_RUPIAH_A_DAY", "")),
        overstay_limit=found.get(("OVERSTAY_LIMIT_DAYS", "")),
        holidays=frozenset(date.fromisoformat(day) for (day,) in connection.execute(HOLIDAYS)),
    )
