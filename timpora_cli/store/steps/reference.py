"""Reference rows as facts: a migration adds, changes or removes them as one logged, sealed change of the program's own.

The source of such a change (the regulation) is its reason in the log. An undo refuses it. A step is frozen like any
other migration: it writes its values out, and reads neither today's terms nor today's csv files.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from timpora_cli.model.log import UPGRADE
from timpora_cli.store.change import Author, Change, Value, begun
from timpora_cli.store.facts import REFERENCE, recorded_reference, reference_digest, seal

# The columns that name one row of the law to a person; a row of another table is named by its first column.
NAMED_BY = {
    "rule": ("kind", "subject", "valid_from"),
    "relief": ("code",),
    "relief_class": ("relief_code", "class_code"),
    "holiday": ("day",),
}
ANY_CHANGE = "SELECT EXISTS (SELECT 1 FROM change)"
STANDING = """
SELECT {key}, change_id = (SELECT min(id) FROM change)
    OR change_id IN (SELECT id FROM change WHERE command LIKE '{upgrade} %')
FROM {table} WHERE {named}
"""
PUSH_ON = "UPDATE {table} SET position = -position - 1 WHERE position >= ? AND code <> ?"
PUT_BACK = "UPDATE {table} SET position = -position WHERE position < 0"

Named = Mapping[str, Value]


def logged(connection: sqlite3.Connection, step: str, source: str, write: Callable[[Change], object]) -> None:
    """Run `write` as one logged, sealed change, inside the transaction that the upgrade has begun.

    Does nothing in a register without any change: a new one, which gets today's rows when it is founded. What another
    program altered in the reference tables before stays to be found by verify.
    """
    if connection.execute(ANY_CHANGE).fetchone() == (0,):
        return
    change = begun(connection, Author("timpora", "-", f"{UPGRADE} {step}", source))
    recorded = recorded_reference(connection, change.number)
    altered = recorded is not None and recorded != reference_digest(connection)
    write(change)
    seal(connection, change.number, change.tables, change.trail, recorded if altered else None)


def amend(connection: sqlite3.Connection, step: str, source: str, write: Callable[["Amendment"], object]) -> None:
    """Run `write` over reference rows or rows of the law as one logged, sealed change of a step (see `logged`)."""
    logged(connection, step, source, lambda change: write(Amendment(change)))


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a step does to reference rows: countries, aliases, groups, classes, purposes, rules, reliefs and holidays.

    A row is named by its columns: {"code": "ITK"}, or {"kind": ..., "subject": ..., "valid_from": ...}. A rule or a
    relief that an officer's change wrote is left as it is.
    """

    change: Change

    def add(self, table: str, row: Named) -> bool:
        """Add a row; return whether it was added. A rule or a relief that is on record already is left as it is.

        Where a row has a `position`, the rows from there on move one place on. A row that refers to one that another
        program removed is not added: verify finds that such a register was altered.
        """
        if table not in REFERENCE:
            there = self._standing(table, {column: row.get(column) for column in NAMED_BY[table]}) is not None
            if there or self._is_of_an_officers_relief(table, row):
                return False
            self.change.insert(table, row)
            return True
        code, *rest = row
        if "position" in row:
            self._run(PUSH_ON.format(table=table), row["position"], row[code])
            self._run(PUT_BACK.format(table=table))
        places = ", ".join("?" for _column in row)
        again = ", ".join(f"{column} = excluded.{column}" for column in rest)
        insert = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places}) ON CONFLICT ({code}) DO UPDATE SET {again}"
        try:
            return self._run(insert, *row.values())
        except sqlite3.IntegrityError:
            return False

    def rewrite(self, table: str, named: Named, values: Named) -> bool:
        """Write values over the row that is named so: its names, or the day it ends. Return whether they were written.

        A rule ends by valid_until, its last day; a relief by ended_on, the first day on which it speaks no more.
        """
        if table not in REFERENCE:
            key = self._ours(table, named)
            if key is not None:
                self.change.write_row_back(self.change.tables[table], key, values)
            return key is not None
        written = ", ".join(f"{column} = ?" for column in values)
        return self._run(f"UPDATE {table} SET {written} WHERE {_condition(named)}", *values.values(), *named.values())

    def remove(self, table: str, named: Named) -> bool:
        """Remove the row that is named so; return whether it went. A row that others refer to stays: they need it."""
        key = None if table in REFERENCE else self._ours(table, named)
        try:
            if key is not None:
                self.change.take_row_away(self.change.tables[table], key)
            elif table in REFERENCE:
                return self._run(f"DELETE FROM {table} WHERE {_condition(named)}", *named.values())
        except sqlite3.IntegrityError:
            return False
        return key is not None

    def _ours(self, table: str, named: Named) -> tuple[str | int, ...] | None:
        """Return the key of a row that the program itself wrote last; None where there is none."""
        *key, ours = self._standing(table, named) or (False,)
        return tuple(key) if ours and not self._is_of_an_officers_relief(table, named) else None

    def _is_of_an_officers_relief(self, table: str, named: Named) -> bool:
        return table == "relief_class" and self._ours("relief", {"code": named["relief_code"]}) is None

    def _standing(self, table: str, named: Named) -> tuple[str | int, ...] | None:
        """Return the key of a row of the law, and whether the program itself wrote it; None where there is none."""
        key = ", ".join(self.change.tables[table].key)
        query = STANDING.format(key=key, table=table, named=_condition(named), upgrade=UPGRADE)
        row: tuple[str | int, ...] | None = self.change.connection.execute(query, tuple(named.values())).fetchone()
        return row

    def _run(self, statement: str, *values: Value) -> bool:
        return self.change.connection.execute(statement, values).rowcount > 0


def _condition(named: Named) -> str:
    return " AND ".join(f"{column} IS ?" for column in named)


def bridging_permit(connection: sqlite3.Connection) -> None:
    """Add the class PERALIHAN: a visit permit of at most 60 days, not extendable, between two permits.

    Source: Permenkumham 11/2024, articles 86A and 94A, in force since 3 May 2024.
    """
    amend(
        connection,
        "0005_bridging_permit",
        "Permenkumham 11/2024 arts 86A, 94A: the bridging visit permit, in force since 2024-05-03",
        lambda amendment: amendment.add(
            "permit_class",
            {
                "code": "PERALIHAN",
                "group_code": "VISIT",
                "position": 4,
                "name_id": "Izin tinggal kunjungan peralihan",
                "name_en": "Bridging visit permit",
            },
        ),
    )
