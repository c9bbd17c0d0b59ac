"""The access log: to whom the register's people were shown, and how many of them an answer shows."""

import json
import sqlite3
from collections.abc import Collection
from datetime import date

from timpora_cli.model.personal.disclosures import Disclosure, Looked
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import by_state, present
from timpora_cli.queries.rows import dated, rows

# A page for the public names nobody. What names people in bulk may have named this one.
LOOKED_AT = """
SELECT moment.at, change.officer, change.host, disclosure.kind, disclosure.on_day AS "on", disclosure.audience,
    disclosure.resident_id, disclosure.people
FROM disclosure
JOIN change ON change.id = disclosure.change_id
JOIN change_moment AS moment ON moment.change_id = change.id
WHERE disclosure.resident_id IN (SELECT value FROM json_each(:residents)) OR disclosure.kind IN ('EXPORT', 'BRIEF')
ORDER BY disclosure.id
"""


def how_many(connection: sqlite3.Connection, on: date, where: Where) -> int:
    """Return how many of those who are present on the day `on` meet `where`."""
    return present(connection, on, by_state(connection, on, where)).matching


def looked_at(connection: sqlite3.Connection, residents: Collection[int]) -> list[Looked]:
    """Return who was shown one of these residents: their dossiers, and what showed people in bulk, the oldest first."""
    found = rows(connection, LOOKED_AT, {"residents": json.dumps(sorted(residents))})
    return [Looked(row.pop("at"), row.pop("officer"), row.pop("host"), Disclosure(**dated(row, "on"))) for row in found]
