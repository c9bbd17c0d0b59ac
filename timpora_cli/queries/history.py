"""Who changed what: the changes of the log, each with the fields it changed, before and after."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from timpora_cli.errors import NotFound
from timpora_cli.model.log import (
    PASSED_OVER,
    UPGRADE,
    ChangeMade,
    FieldChange,
    NextUndo,
    Passed,
    RowChange,
    RowKey,
    Undone,
    Whose,
)
from timpora_cli.model.names import whole_number
from timpora_cli.queries import find
from timpora_cli.queries.find import NoPermit, NoResident
from timpora_cli.store.facts import Versioned, versioned_tables

CHANGES = """
SELECT change.id, moment.at, change.officer, change.host, change.command, change.reason, moment.recorded_at
FROM change
JOIN change_moment AS moment ON moment.change_id = change.id
WHERE change.id IN ({numbers})
ORDER BY change.id DESC
"""
LAST = "SELECT id FROM change ORDER BY id DESC LIMIT ?"
# The changes, the latest first, and why an undo without a number passes over each; '' for the others.
# An undo and a redo are those that wrote or removed a row of `undone`; one from before that table is no different from
# other changes.
LATEST = f"""
SELECT
    id,
    CASE
        WHEN id IN (
            SELECT change_id FROM undone UNION ALL
            SELECT change_id FROM undone_version UNION ALL
            SELECT until_change FROM undone_version
        ) THEN 'UNDO'
        WHEN id IN (SELECT undone_id FROM undone) THEN 'UNDONE'
        WHEN id IN (SELECT change_id FROM expiry_run UNION ALL SELECT change_id FROM expiry_run_version) THEN 'MARKED'
        WHEN command LIKE '{UPGRADE} %' THEN 'UPGRADE'
        WHEN id IN (SELECT change_id FROM clock_correction) THEN 'CLOCK'
        WHEN id IN (SELECT change_id FROM disclosure) THEN 'LOOKED'
        WHEN id IN (SELECT change_id FROM purged_person) THEN 'PURGED'
        ELSE ''
    END AS why
FROM change
ORDER BY id DESC
"""
UNDONE_BY = "SELECT change_id FROM undone WHERE undone_id = ?"
UNDONE_LAST = "SELECT undone_id, change_id FROM undone ORDER BY change_id DESC LIMIT 1"
NOW = "SELECT {column} FROM {table} WHERE {condition}"
LAST_KEPT = "SELECT {column} FROM {table}_version WHERE {condition} ORDER BY until_change DESC LIMIT 1"
# Versions are all in one table, whatever was known at the moment that is asked about; the log is not.
WAS_THERE = "SELECT 1 FROM {table}_version WHERE id = ? AND change_id <= (SELECT max(id) FROM change)"
IS_THERE = "SELECT 1 FROM change WHERE id = ?"
# A merge gives a permit to another resident: its reports belong to all who have ever held it.
OF_A_PERMIT = """permit_id IN (
    SELECT id FROM permit WHERE resident_id = :key
    UNION
    SELECT id FROM permit_version WHERE resident_id = :key
)"""
BOOKKEEPING = ("change_id", "until_change")

Version = tuple[tuple[object, ...], int, int | None]  # the row, the change that wrote it, the change that ended it


class NoChange(NotFound):
    """There is no change {reference}. See the changes with: timpora history"""


def last_changes(connection: sqlite3.Connection, limit: int) -> list[ChangeMade]:
    """Return the last `limit` changes, the latest first; of a run of the expiry list, without every single mark."""
    made = changes_made(connection, [number for (number,) in connection.execute(LAST, (limit,))])
    return [replace(one, rows=tuple(row for row in one.rows if row.table != "expiry_mark")) for one in made]


def changes_of_resident(connection: sqlite3.Connection, resident_id: int) -> list[ChangeMade]:
    """Return the changes that touched a resident's rows, the latest first, with those rows alone."""
    return _with_rows(connection, _of_resident, resident_id)


def changes_of_permit(connection: sqlite3.Connection, permit_id: int) -> list[ChangeMade]:
    """Return the changes that touched one permit and its reports, the latest first, with those rows alone."""
    own = {"permit": "id = :key", "permit_report": "permit_id = :key"}
    return _with_rows(connection, lambda table: own.get(table.name), permit_id)


def changes_of_rows(connection: sqlite3.Connection, keys: Mapping[str, Collection[int | str]]) -> list[ChangeMade]:
    """Return the changes that touched rows of these keys, by table, the latest first, with those rows alone."""
    rows: dict[int, list[RowChange]] = {}
    for table in versioned_tables(connection):
        condition = f"{table.key[0]} IN (SELECT value FROM json_each(:keys))"
        found = _versions(connection, table, condition, {"keys": json.dumps(sorted(keys.get(table.name, ()), key=str))})
        for number, row in _row_changes(table, found):
            rows.setdefault(number, []).append(row)
    return _in_order(connection, rows)


def change_made(connection: sqlite3.Connection, number: int) -> ChangeMade:
    """Return one change with all the rows it touched; NoChange where there is none of that number."""
    if connection.execute(IS_THERE, (number,)).fetchone() is None:
        raise NoChange(reference=number)
    return changes_made(connection, [number])[0]


def next_to_undo(connection: sqlite3.Connection) -> NextUndo:
    """Return the last change that an undo without a number takes back, and those later ones that it passes over.

    That is the last one of an officer that is not taken back yet; the first change of all where there is no other.
    """
    passed: list[Passed] = []
    for number, why in connection.execute(LATEST).fetchall():
        if why in PASSED_OVER:
            passed.append(Passed(number, why))
        elif not why and (number == 1 or change_made(connection, number).rows):
            break
    return NextUndo(int(number), tuple(passed))


def undone_by(connection: sqlite3.Connection, number: int) -> int | None:
    """Return the change that took back the change `number`; None where it is not taken back."""
    row = connection.execute(UNDONE_BY, (number,)).fetchone()
    return None if row is None else int(row[0])


def undone_last(connection: sqlite3.Connection, under_way: int | None = None) -> Undone | None:
    """Return the last change that is taken back, with the latest change of an officer since; None where none is.

    The change that is `under_way` is not among those since.
    """
    row = connection.execute(UNDONE_LAST).fetchone()
    if row is None:
        return None
    number, by = row
    since = takewhile(lambda one: one[0] > by, connection.execute(LATEST))
    return Undone(number, by, next((later for later, why in since if not why and later != under_way), None))


def people_of(connection: sqlite3.Connection, made: ChangeMade) -> Mapping[RowKey, Whose]:
    """Return whose each row of a change is, by the name that the person has now or had last; none for other rows."""
    tables = {table.name: table for table in versioned_tables(connection)}
    names: dict[int, str] = {}
    found = {}
    for row in made.rows:
        owner = resident_column(tables[row.table])
        key = None if owner is None else _now_or_last(connection, owner, tables[row.table], row.key)
        if key is None:  # a row of no resident's own, or a case about nobody who is known
            continue
        if key not in names:
            names[key] = str(_now_or_last(connection, "full_name", tables["resident"], (key,)))
        found[row.table, row.key] = Whose(key, names[key])
    return found


def _now_or_last(connection: sqlite3.Connection, column: str, table: Versioned, key: Sequence[int | str]) -> Any:
    for query in (NOW, LAST_KEPT):
        asked = query.format(column=column, table=table.name, condition=table.by_key)
        if (row := connection.execute(asked, key).fetchone()) is not None:
            return row[0]
    return None


def resident_ever(connection: sqlite3.Connection, reference: str) -> int:
    """Return the id that `reference` names, also that of a resident who was removed; NoResident otherwise."""
    return _ever(connection, reference, "resident", find.resident)


def permit_ever(connection: sqlite3.Connection, reference: str) -> int:
    """Return the id that `reference` names, also that of a permit that was removed; NoPermit otherwise."""
    return _ever(connection, reference, "permit", find.permit)


def _ever(
    connection: sqlite3.Connection, reference: str, table: str, found: Callable[[sqlite3.Connection, str], Any]
) -> int:
    try:
        return int(found(connection, reference).id)
    except (NoResident, NoPermit):
        asked = (whole_number(reference.strip()),)
        if connection.execute(WAS_THERE.format(table=table), asked).fetchone() is None:
            raise
        return int(reference)


def changes_made(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[ChangeMade]:
    """Return the changes of these numbers, the latest first, with all the rows they touched."""
    rows: dict[int, list[RowChange]] = {number: [] for number in numbers}
    listed = ", ".join(str(number) for number in numbers)
    for table in versioned_tables(connection):
        found = _touched(connection, table, listed)
        for number, row in _row_changes(table, found):
            if number in rows:
                rows[number].append(row)
    return _in_order(connection, rows)


def resident_column(table: Versioned) -> str | None:
    """Return the column that says whose a row is; None for a table whose rows are no resident's own."""
    if table.name == "resident":
        return "id"
    return "resident_id" if "resident_id" in table.columns else None


def _of_resident(table: Versioned) -> str | None:
    column = resident_column(table)
    if column is None and "permit_id" in table.columns:
        return OF_A_PERMIT
    return None if column is None else f"{column} = :key"


def _with_rows(
    connection: sqlite3.Connection, condition_of: Callable[[Versioned], str | None], key: int
) -> list[ChangeMade]:
    """Return the changes that touched rows for which the condition of their table on `key` holds, where it has one."""
    rows: dict[int, list[RowChange]] = {}
    for table in versioned_tables(connection):
        if (condition := condition_of(table)) is not None:
            found = _versions(connection, table, condition, {"key": key})
            for number, row in _row_changes(table, found):
                rows.setdefault(number, []).append(row)
    return _in_order(connection, rows)


def _in_order(connection: sqlite3.Connection, rows: Mapping[int, Iterable[RowChange]]) -> list[ChangeMade]:
    numbers = ", ".join(str(number) for number in rows)
    return [
        ChangeMade(
            number, at, officer, host, command, reason, tuple(rows[number]), None if at == recorded else recorded
        )
        for number, at, officer, host, command, reason, recorded in connection.execute(CHANGES.format(numbers=numbers))
    ]


def _touched(connection: sqlite3.Connection, table: Versioned, numbers: str) -> list[Version]:
    """Return every version of each row that one of the changes wrote or ended."""
    keys = ", ".join(table.key)
    touched = f"""({keys}) IN (
        SELECT {keys} FROM {table.name} WHERE change_id IN ({numbers})
        UNION
        SELECT {keys} FROM {table.versions} WHERE change_id IN ({numbers}) OR until_change IN ({numbers})
    )"""
    return _versions(connection, table, touched, {})


def _versions(
    connection: sqlite3.Connection, table: Versioned, condition: str, parameters: Mapping[str, int | str]
) -> list[Version]:
    wrote = table.columns.index("change_id")
    now = connection.execute(f"SELECT {table.listed} FROM {table.name} WHERE {condition}", parameters)
    found: list[Version] = [(row, row[wrote], None) for row in now]
    kept = connection.execute(
        f"SELECT {table.listed}, until_change FROM {table.versions} WHERE {condition}", parameters
    )
    return found + [(row[:-1], row[wrote], row[-1]) for row in kept]


def _row_changes(table: Versioned, versions: Iterable[Version]) -> list[tuple[int, RowChange]]:
    """Return each change to each row: the version that a change wrote over the one that it ended."""
    wrote: dict[tuple[object, ...], dict[int, tuple[object, ...]]] = {}
    ended: dict[tuple[object, ...], dict[int, tuple[object, ...]]] = {}
    for row, by, until in versions:
        key = table.key_of(row)
        if by != until:  # what one change wrote and replaced itself was never known to anybody
            wrote.setdefault(key, {})[by] = row
            if until is not None:
                ended.setdefault(key, {})[until] = row
    changes = []
    for key in wrote.keys() | ended.keys():
        for number in wrote.get(key, {}).keys() | ended.get(key, {}).keys():
            after, before = wrote.get(key, {}).get(number), ended.get(key, {}).get(number)
            changes.append((number, _row_change(table, key, before, after)))
    return sorted(changes, key=lambda change: (change[0], [str(part).zfill(20) for part in change[1].key]))


def _row_change(
    table: Versioned, key: tuple[object, ...], before: tuple[object, ...] | None, after: tuple[object, ...] | None
) -> RowChange:
    nothing: tuple[object, ...] = (None,) * len(table.columns)
    fields = tuple(
        FieldChange(name, _cell(was), _cell(now))
        for name, was, now in zip(table.columns, before or nothing, after or nothing, strict=True)
        if was != now and name not in BOOKKEEPING
    )
    did = "added" if before is None else "removed" if after is None else "changed"
    parts = (part if isinstance(part, int) else str(part) for part in key)
    return RowChange(table.name, tuple(parts), did, fields)


def _cell(value: object) -> str | int | None:
    return value if isinstance(value, str | int) or value is None else str(value)
