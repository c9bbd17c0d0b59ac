"""What the change under way has done to people: each fact before and after, as an import names it.

The rows that the change wrote are compared with the versions of before. A record that takes the place of another, as a
renewal does, is compared with that one.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from timpora_cli.model.imported import FactTold
from timpora_cli.queries.rows import PERMITS_NEWEST_FIRST, Stored, folded, rows

Columns = Mapping[str, str]

# The facts of each table, by the field that an import reads; {row} is a row of it, now or before.
FACTS: Mapping[str, Columns] = {
    "resident": {
        "name": "{row}.full_name",
        "nationality": "{row}.nationality",
        "sex": "{row}.sex",
        "born": "{row}.born",
        "birthplace": "{row}.birthplace",
        "niora": "{row}.niora",
        "purpose": "{row}.purpose_code",
        "occupation": "{row}.occupation",
        "contact": "{row}.contact",
        "sponsor": "(SELECT name FROM sponsor WHERE id = {row}.sponsor_id)",
    },
    "sponsor": {"sponsor_kind": "{row}.kind"},
    "passport": {
        "passport_number": "{row}.number",
        "passport_country": "{row}.country",
        "passport_issued": "{row}.issued_on",
        "passport_expires": "{row}.expires_on",
        "passport_retired": "{row}.retired_on",
    },
    "passport_named": {"passport_current": "{row}.on_day"},
    "stay": {"arrived": "{row}.arrived"},
    "residence": {
        "village": "{row}.village_code",
        "district": "{row}.district_code",
        "address": "{row}.address",
        "rt": "{row}.rt",
        "rw": "{row}.rw",
        "residence_from": "{row}.from_on",
        "residence_until": "{row}.until_on",
    },
    "permit": {
        "class": "{row}.class_code",
        "index": "{row}.index_code",
        "permit_number": "{row}.number",
        "issued": "{row}.issued_on",
        "valid_from": "{row}.valid_from",
        "expires": "iif({row}.unlimited, 'unlimited', {row}.expires_on)",
        "office": "{row}.office",
        "permit_ended": "{row}.ended_on",
    },
    "permit_report": {"last_report": "{row}.on_day"},
}
# What people read in place of a code.
WORDS: Columns = {
    "village": "(SELECT name FROM village WHERE code = {row}.village_code)",
    "district": "(SELECT name FROM district WHERE code = {row}.district_code)",
}
# Whose a row is, where that is not in its column `resident_id`.
OF: Columns = {
    "resident": "now.id",
    "sponsor": "resident.id",
    "permit_report": "(SELECT resident_id FROM permit WHERE id = now.permit_id)",
}
FOLLOWS: Columns = {"permit": "now.follows_id"}
WRITTEN = """
SELECT {of} AS resident, now.id AS record, was.id AS of_before, {follows} AS follows, {columns}
FROM {table} AS now
LEFT JOIN {table}_version AS was ON was.id = now.id AND was.until_change = :change AND was.change_id < :change
{join}
WHERE now.change_id = :change
ORDER BY resident, now.id
"""
TO_ITS_PEOPLE = "JOIN resident ON resident.sponsor_id = now.id"
# The day on which a record gives its place to another one.
ENDS: Mapping[str, str] = {
    "permit": "permit_ended",
    "residence": "residence_until",
    "passport": "passport_retired",
}
OF_A_MOVE = "residence_from"  # of a first residence it is worked out, and no sheet says it

IS_NEW = """(
    {row}.change_id = :change
    AND NOT EXISTS (SELECT 1 FROM {table}_version AS was WHERE was.id = {row}.id AND was.change_id < :change)
)"""
NEW_PERMIT, NEW_RESIDENT = IS_NEW.format(row="permit", table="permit"), IS_NEW.format(row="resident", table="resident")
# A renewal is a new permit that is the last of somebody who had one before.
PEOPLE = f"""
SELECT
    resident.id, resident.full_name,
    CASE
        WHEN {NEW_RESIDENT} THEN 'new'
        WHEN EXISTS (SELECT 1 FROM permit WHERE resident_id = resident.id AND NOT {NEW_PERMIT}) AND (
            SELECT {NEW_PERMIT} FROM permit
            WHERE resident_id = resident.id
            {PERMITS_NEWEST_FIRST}
            LIMIT 1
        ) THEN 'renewed'
        ELSE 'changed'
    END
FROM resident
WHERE resident.id IN (SELECT value FROM json_each(:residents))
"""
NUMBERS = f"""
SELECT 'passport', number, country, resident_id FROM passport
WHERE resident_id IN (SELECT value FROM json_each(:residents))
UNION ALL
SELECT 'niora', {folded("niora")}, NULL, id FROM resident
WHERE id IN (SELECT value FROM json_each(:residents)) AND niora IS NOT NULL
UNION ALL
SELECT 'permit', {folded("number")}, NULL, resident_id FROM permit
WHERE resident_id IN (SELECT value FROM json_each(:residents)) AND number IS NOT NULL
"""


class FactOf(NamedTuple):
    """A fact that was changed, and of which resident."""

    resident: int
    fact: FactTold


def facts_changed(connection: sqlite3.Connection, change: int) -> Iterator[FactOf]:
    """Yield each fact of a person that the change under way has changed, table by table, person by person.

    The kind of a sponsor is a fact of all of its people.
    """
    for table, columns in FACTS.items():
        found = rows(connection, _written(table, columns), {"change": change})
        for resident, group in groupby(found, key=lambda row: row["resident"]):
            for fact in _facts(table, list(group)):
                yield FactOf(int(resident), fact)


def people_changed(
    connection: sqlite3.Connection, change: int, residents: Collection[int]
) -> Iterable[tuple[int, str, str]]:
    """Return the id and the name of these residents, and whether the change under way made, renewed or changed them."""
    return connection.execute(PEOPLE, {"change": change, "residents": json.dumps(list(residents))})


def numbers_of(
    connection: sqlite3.Connection, residents: Collection[int]
) -> Iterable[tuple[str, str, str | None, int]]:
    """Return the numbers that name these residents: the kind, the number as it is compared, the country, the id."""
    return connection.execute(NUMBERS, {"residents": json.dumps(list(residents))})


def _written(table: str, columns: Columns) -> str:
    of_a_row = {**columns, **{f"{name}_words": WORDS[name] for name in columns if name in WORDS}}
    listed = [
        f'{expression.format(row=row)} AS "{row}_{name}"'
        for name, expression in of_a_row.items()
        for row in ("now", "was")
    ]
    return WRITTEN.format(
        of=OF.get(table, "now.resident_id"),
        follows=FOLLOWS.get(table, "NULL"),
        columns=", ".join(listed),
        table=table,
        join=TO_ITS_PEOPLE if table == "sponsor" else "",
    )


def _facts(table: str, written: Sequence[Stored]) -> Iterator[FactTold]:
    """Yield the facts of the rows that one person has in a table."""
    replaced = _replaced(table, written)
    ended = {row["record"] for row in replaced.values()}
    new = {row["record"]: place for place, row in enumerate(_new(written), start=1)}
    for row in written:
        is_new, instead = row["record"] in new, replaced.get(row["record"])
        left_out = {ENDS.get(table)} if row["record"] in ended else {OF_A_MOVE} if is_new and not instead else set()
        for name in (name for name in FACTS[table] if name not in left_out):
            before, after = (instead or row)[f"was_{name}"], row[f"now_{name}"]
            if before != after:
                words = (instead or row).get(f"was_{name}_words"), row.get(f"now_{name}_words")
                record = None if is_new else row["record"]
                yield FactTold(table, record, new.get(row["record"]), name, before, after, *words)


def _replaced(table: str, written: Sequence[Stored]) -> Mapping[int, Stored]:
    """Return the record whose place each new one of a person takes, by the new one's id: one that has ended with it."""
    new = _new(written)
    closed = {row["record"]: row for row in written if _is_closed(table, row)}
    if table in FOLLOWS:
        return {row["record"]: closed[row["follows"]] for row in new if row["follows"] in closed}
    return (
        dict(zip((row["record"] for row in new), closed.values(), strict=True)) if len(new) == len(closed) == 1 else {}
    )


def _new(written: Sequence[Stored]) -> list[Stored]:
    return [row for row in written if row["of_before"] is None]


def _is_closed(table: str, row: Stored) -> bool:
    """Return whether a record that was there before has ended by the change."""
    end = ENDS.get(table)
    was_open = row["of_before"] is not None and end is not None and row[f"was_{end}"] is None
    return was_open and row[f"now_{end}"] is not None
