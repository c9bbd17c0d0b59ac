"""Which rows of which table are about a person: the one place that says it, for the dossier and for a purge.

A row belongs to the person whom it names now, or named last where it was removed. What was recorded under the number
of a record that was merged into another is of that other person.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import NamedTuple

Key = int | str
Rows = Mapping[str, frozenset[Key]]
"""The keys of rows, by table."""

# The keys of the rows of a table whose `column` names one of the owners, now or last.
OWNED = """
SELECT id FROM {table} WHERE {column} IN (SELECT value FROM json_each(:owners))
UNION
SELECT kept.id FROM {table}_version AS kept
WHERE kept.{column} IN (SELECT value FROM json_each(:owners))
    AND NOT EXISTS (SELECT 1 FROM {table} AS here WHERE here.id = kept.id)
    AND kept.until_change = (
        SELECT max(other.until_change) FROM {table}_version AS other
        WHERE other.id = kept.id AND other.until_change <= (SELECT max(id) FROM change)
    )
"""
# The other way round: what the rows of a table, in all their versions, name in a column.
NAMED = """
SELECT {column} FROM {table} WHERE id IN (SELECT value FROM json_each(:keys)) AND {column} IS NOT NULL
UNION
SELECT {column} FROM {table}_version
WHERE id IN (SELECT value FROM json_each(:keys)) AND {column} IS NOT NULL
    AND change_id <= (SELECT max(id) FROM change)
"""
MARKS = """
SELECT expiry_mark.id FROM expiry_mark JOIN expiry_run ON expiry_run.id = expiry_mark.run_id
WHERE expiry_mark.subject_id IN (
    SELECT value FROM json_each(iif(expiry_run.subject = 'PASSPORT', :passports, :permits))
)
"""
ACCEPTED = """
SELECT key FROM accepted_finding UNION
SELECT key FROM accepted_finding_version WHERE change_id <= (SELECT max(id) FROM change)
"""
# A merge removes one record, and writes that of the person whom it is joined to, or at least rows of that person.
MERGED = """
SELECT gone.id AS other, coalesce(
    (SELECT id FROM resident WHERE change_id = gone.until_change),
    (SELECT id FROM resident_version WHERE change_id = gone.until_change),
    (SELECT resident_id FROM stay WHERE change_id = gone.until_change),
    (SELECT resident_id FROM residence WHERE change_id = gone.until_change),
    (SELECT resident_id FROM permit WHERE change_id = gone.until_change),
    (SELECT resident_id FROM passport WHERE change_id = gone.until_change)
) AS kept
FROM resident_version AS gone
JOIN change ON change.id = gone.until_change AND change.command LIKE 'resident merge%'
WHERE NOT EXISTS (SELECT 1 FROM resident AS here WHERE here.id = gone.id)
    AND gone.until_change = (SELECT max(other.until_change) FROM resident_version AS other WHERE other.id = gone.id)
"""


class Link(NamedTuple):
    """A table whose rows are about a person because a column names the person, or a row that is about the person."""

    table: str
    column: str
    of: str


LINKS = (
    Link("passport", "resident_id", "resident"),
    Link("passport_named", "resident_id", "resident"),
    Link("stay", "resident_id", "resident"),
    Link("residence", "resident_id", "resident"),
    Link("family_link", "resident_id", "resident"),
    Link("family_link", "relative_id", "resident"),
    Link("permit", "resident_id", "resident"),
    Link("permit_report", "permit_id", "permit"),
    Link("letter_person", "permit_id", "permit"),
    Link("case_file", "resident_id", "resident"),
    Link("case_event", "case_id", "case_file"),
    Link("inspection_resident", "resident_id", "resident"),
    Link("disclosure", "resident_id", "resident"),
)
"""In an order in which each table stands after the one that it is found by."""
NAMES = (
    Link("letter", "letter_id", "letter_person"),
    Link("inspection", "inspection_id", "inspection_resident"),
    Link("sponsor", "sponsor_id", "resident"),
)
"""The tables whose rows are about a person because a row that is about the person names them in a column."""
OF_PERMITS = ("OVERLAP", "SAME_PERMIT_NUMBER", "EXPIRY_BEFORE_ISSUE", "UNKNOWN_END", "BEYOND_PASSPORT", "GAP")
OF_NOBODY = ("SPONSOR_OF_NOBODY",)
COVERED = (
    "resident",
    *dict.fromkeys(link.table for link in (*LINKS, *NAMES)),
    "expiry_mark",
    "accepted_finding",
)
"""The tables whose rows are found for a person."""
LEFT_OUT: Mapping[str, str] = {
    **dict.fromkeys(("setting", "letterhead"), "what the office has set for itself"),
    **dict.fromkeys(("province", "regency", "district", "village", "region_past"), "places"),
    **dict.fromkeys(("district_successor", "village_successor"), "places"),
    **dict.fromkeys(("relief", "relief_class", "rule", "holiday"), "the law"),
    **dict.fromkeys(("case_kind", "case_state", "case_follow", "case_step"), "how cases go, whatever they are about"),
    "remembered_mapping": "headings of a sheet",
    "expiry_run": "a run of a list; what it told of a person stands in expiry_mark",
    **dict.fromkeys(("purged_person", "purged_digest"), "whose data was purged, by number alone"),
    "undone": "which changes are taken back",
    "clock_correction": "when changes were made",
    **dict.fromkeys(("meeting", "meeting_invited", "meeting_present"), "the people of offices who meet, no residents"),
    "meeting_item": "what was said at a meeting, in words of its own; it refers to no resident",
    "decision": "what offices are to do; it refers to no resident",
}
"""The tables of facts whose rows are about no resident, each with the reason."""


def merged_into(connection: sqlite3.Connection, resident_id: int) -> tuple[int, ...]:
    """Return the ids of the records that were merged into this one, and into those, in their order."""
    into: dict[int, list[int]] = {}
    for other, kept in connection.execute(MERGED):
        into.setdefault(kept, []).append(other)
    found, todo = set[int](), [resident_id]
    while todo:
        new = [one for one in into.get(todo.pop(), ()) if one not in found and one != resident_id]
        found.update(new)
        todo += new
    return tuple(sorted(found))


def rows_about(connection: sqlite3.Connection, residents: Collection[int]) -> Rows:
    """Return the keys of all rows that are about these residents (and those merged into them), by table."""
    found: dict[str, set[Key]] = {"resident": set(residents)}
    for link in LINKS:
        query = OWNED.format(table=link.table, column=link.column)
        owned = {key for (key,) in connection.execute(query, {"owners": _listed(found[link.of])})}
        found.setdefault(link.table, set()).update(owned)
    for link in NAMES:
        query = NAMED.format(table=link.of, column=link.column)
        found[link.table] = {key for (key,) in connection.execute(query, {"keys": _listed(found[link.of])})}
    told = {"passports": _listed(found["passport"]), "permits": _listed(found["permit"])}
    found["expiry_mark"] = {key for (key,) in connection.execute(MARKS, told)}
    found["accepted_finding"] = {key for (key,) in connection.execute(ACCEPTED) if is_about(key, found)}
    return {table: frozenset(keys) for table, keys in found.items()}


def is_about(key: str, found: Mapping[str, Collection[Key]]) -> bool:
    """Return whether an accepted finding is about one of the rows `found`: its key has its kind, then ids."""
    kind, *ids = key.split("-")
    if kind in OF_NOBODY:
        return False
    table = "permit" if kind in OF_PERMITS else "family_link" if kind == "MARRIED_TWICE" else "resident"
    return any(one.isdecimal() and int(one) in found[table] for one in ids)


def _listed(keys: Collection[Key]) -> str:
    return json.dumps(sorted(keys, key=str))
