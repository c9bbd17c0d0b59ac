"""Presence: on each day a stay covers, a residence covers it too; and the holder of a current permit is present.

The days of the stays and those of the residences are compared as sets, before each commit, for the people whom the
change has touched. What the rows say in between does not matter, so no step of a change has to wait for another.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from timpora_cli.language import _
from timpora_cli.store.constraints import BrokenRule
from timpora_cli.store.facts import Tables, Trail, ended, written

FIRST, LAST = "0000-01-01", "9999-12-31"
AT_ONCE = 5000  # residents whose days are compared together
FACTS = ("stay", "residence", "permit")
# Each period adds one at its first day and takes one away at its end; where both kinds cover the same days, nothing is
# left. No two periods of one kind overlap, so the first day with something left is the first on which they differ.
DIFFERING_DAYS = f"""
SELECT resident_id, day, sum(number) AS differing
FROM (
    SELECT resident_id, coalesce(from_on, '{FIRST}') AS day, 1 AS number FROM stay WHERE {{whose}}
    UNION ALL
    SELECT resident_id, coalesce(departed, '{LAST}'), -1 FROM stay WHERE {{whose}}
    UNION ALL
    SELECT resident_id, coalesce(from_on, '{FIRST}'), -1 FROM residence WHERE {{whose}}
    UNION ALL
    SELECT resident_id, coalesce(until_on, '{LAST}'), 1 FROM residence WHERE {{whose}}
)
GROUP BY resident_id, day
HAVING sum(number) <> 0
ORDER BY resident_id, day
LIMIT 1
"""
PERMITS_OF_THE_ABSENT = """
SELECT permit.resident_id, permit.id, (SELECT max(departed) FROM stay WHERE stay.resident_id = permit.resident_id)
FROM permit
WHERE permit.ended_on IS NULL AND {whose} AND NOT EXISTS (
    SELECT 1 FROM stay WHERE stay.resident_id = permit.resident_id AND stay.departed IS NULL
)
LIMIT 1
"""
OF_SOME = "resident_id IN (SELECT value FROM json_each(:residents))"


class Difference(NamedTuple):
    """Where presence does not hold for a resident: `permit` is a current permit, else the days differ."""

    resident: int
    day: str | None
    permit: int | None = None
    stays: bool = True
    """Whether on the day a stay covers what no residence does; else it is the other way round."""

    def __str__(self) -> str:
        if self.permit is not None:
            sentence = _(
                "permit {permit} is current, and resident {resident} departed on {day}; record the return first, with "
                "timpora resident return."
            )
        elif self.stays:
            sentence = _("on {day} a stay of resident {resident} covers the day, and no residence does.")
        else:
            sentence = _("on {day} a residence of resident {resident} covers the day, and no stay does.")
        day = _("the first day of all") if self.day == FIRST else self.day or "?"
        return sentence.format(permit=self.permit, resident=self.resident, day=day)


def difference(connection: sqlite3.Connection, residents: Iterable[int] | None = None) -> Difference | None:
    """Return the first person and day where presence does not hold, of `residents` or of everybody; None if nowhere."""
    whose = "1" if residents is None else OF_SOME
    asked = {} if residents is None else {"residents": str(sorted(residents))}
    row = connection.execute(DIFFERING_DAYS.format(whose=whose), asked).fetchone()
    if row is not None:
        return Difference(row[0], row[1], stays=row[2] > 0)
    row = connection.execute(PERMITS_OF_THE_ABSENT.format(whose=whose), asked).fetchone()
    return None if row is None else Difference(row[0], row[2], permit=row[1])


def refuse_difference(connection: sqlite3.Connection, number: int, tables: Tables, trail: Trail) -> None:
    """Raise BrokenRule where presence does not hold for somebody whose rows the change `number` has written."""
    touched = _touched(connection, number, tables, trail)
    while residents := list(islice(touched, AT_ONCE)):
        found = difference(connection, residents)
        if found is not None:
            raise BrokenRule(rule=found)


def _touched(connection: sqlite3.Connection, number: int, tables: Tables, trail: Trail) -> Iterator[int]:
    """Yield each resident once whose rows the change has written. A byte is kept of each: there may be a million."""
    seen = bytearray()
    for table in (tables[name] for name in FACTS if name in trail.tables):
        here, before = (which(connection, table, number, trail, "resident_id") for which in (written, ended))
        for (resident,) in chain(here, before):
            if resident >= len(seen):
                seen.extend(bytes(resident - len(seen) + AT_ONCE))
            if not seen[resident]:
                seen[resident] = 1
                yield resident
