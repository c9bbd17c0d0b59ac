"""Who is gone for good before a day, and which rows are about them alone."""

import sqlite3
from collections.abc import Collection, Iterator
from datetime import date

from timpora_cli.model.law import DatedRule, rule_in_force
from timpora_cli.model.personal.purge import Closed, Plan
from timpora_cli.queries.law import dated_rules
from timpora_cli.queries.personal.tables import Key, merged_into, rows_about
from timpora_cli.queries.rows import rows, stored_day
from timpora_cli.queries.supervision.cases import Asked, cases
from timpora_cli.store.redaction import PERSONAL, values

# Nobody is gone who has a stay, a residence or a permit that has not ended.
GONE = """
SELECT resident.id, resident.full_name AS name, max(stay.departed) AS closed_on
FROM resident
JOIN stay ON stay.resident_id = resident.id
WHERE resident.id NOT IN (SELECT resident_id FROM purged_person)
    AND NOT EXISTS (SELECT 1 FROM residence WHERE resident_id = resident.id AND until_on IS NULL)
    AND NOT EXISTS (SELECT 1 FROM permit WHERE resident_id = resident.id AND ended_on IS NULL)
GROUP BY resident.id
HAVING count(*) = count(stay.departed) AND max(stay.departed) < :before
ORDER BY resident.id
"""
# What was entered and removed again stays in the versions: it is closed on the day on which it was removed.
REMOVED = """
SELECT gone.id, gone.full_name AS name, substr(moment.at, 1, 10) AS closed_on
FROM resident_version AS gone
JOIN change_moment AS moment ON moment.change_id = gone.until_change
WHERE gone.id NOT IN (SELECT id FROM resident)
    AND gone.id NOT IN (SELECT resident_id FROM purged_person)
    AND gone.until_change = (SELECT max(until_change) FROM resident_version AS other WHERE other.id = gone.id)
    AND substr(moment.at, 1, 10) < :before
    AND (SELECT command FROM change WHERE change.id = gone.until_change) NOT LIKE 'resident merge%'
ORDER BY gone.id
"""
HAVE_SPONSOR = """
SELECT id FROM resident WHERE sponsor_id = :key
UNION
SELECT id FROM resident_version WHERE sponsor_id = :key
"""
LOOKED_FOR = """
SELECT resident_id FROM inspection_resident WHERE inspection_id = :key
UNION
SELECT resident_id FROM inspection_resident_version WHERE inspection_id = :key
"""
WRITTEN_ABOUT = """
SELECT permit_id FROM letter_person WHERE letter_id = :key
UNION
SELECT permit_id FROM letter_person_version WHERE letter_id = :key
"""
TO_A_SPONSOR = "SELECT sponsor_id FROM letter WHERE id = :key AND sponsor_id IS NOT NULL"
RELATED = """
SELECT resident_id, relative_id FROM family_link WHERE id = :key
UNION
SELECT resident_id, relative_id FROM family_link_version WHERE id = :key
"""
PURGED = "SELECT resident_id FROM purged_person"


def retention(connection: sqlite3.Connection, on: date) -> DatedRule | None:
    """Return the rule in force on the day `on` that says for how many years data is kept; None without one."""
    return rule_in_force(dated_rules(connection, "RETENTION_YEARS"), on)


def plan(connection: sqlite3.Connection, before: date, today: date) -> Plan:
    """Return whose data a purge removes that names the day `before`, and all that it writes over."""
    people = tuple(_closed(connection, before, today))
    ids = {one for person in people for one in person.ids}
    about = rows_about(connection, ids)
    keys = {table: set(found) for table, found in about.items() if table in PERSONAL}
    gone = ids | {one for (one,) in connection.execute(PURGED)}
    keys["sponsor"] = _alone(connection, keys["sponsor"], HAVE_SPONSOR, gone)
    keys["inspection"] = _alone(connection, keys["inspection"], LOOKED_FOR, gone)
    letters = _alone(connection, keys["letter"], WRITTEN_ABOUT, about["permit"])
    keys["letter"] = {key for key in letters if _is_theirs(connection, key, keys["sponsor"])}
    keys["family_link"] = _alone(connection, keys["family_link"], RELATED, gone)
    counted = tuple(person._replace(rows=_rows(connection, person)) for person in people)
    return Plan(counted, keys, tuple(values(connection, keys)) if people else ())


def _closed(connection: sqlite3.Connection, before: date, today: date) -> Iterator[Closed]:
    busy = {one.case.resident_id for one in cases(connection, today, Asked())}
    for query, was_removed in ((GONE, False), (REMOVED, True)):
        for row in rows(connection, query, {"before": before.isoformat()}):
            if row["id"] not in busy:
                ids = (row["id"], *merged_into(connection, row["id"]))
                yield Closed(ids, row["name"], stored_day(row["closed_on"]), was_removed)


def _alone(connection: sqlite3.Connection, keys: Collection[Key], query: str, own: Collection[object]) -> set[Key]:
    """Return those of the keys for which the query names nobody and nothing but what is in `own`."""
    return {
        key
        for key in keys
        if all(one is None or one in own for row in connection.execute(query, {"key": key}) for one in row)
    }


def _is_theirs(connection: sqlite3.Connection, letter: Key, sponsors: Collection[Key]) -> bool:
    """Return whether a letter is to a spouse, or to a sponsor of nobody else."""
    return all(one in sponsors for (one,) in connection.execute(TO_A_SPONSOR, {"key": letter}))


def _rows(connection: sqlite3.Connection, person: Closed) -> int:
    found = rows_about(connection, person.ids)
    return sum(len(keys) for table, keys in found.items() if table in PERSONAL)
