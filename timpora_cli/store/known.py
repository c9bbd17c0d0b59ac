"""What the register knew at earlier moments: tables and views with the same names, which queries read instead.

A row version was known from the change that wrote it up to the change that replaced or removed it. The public views
are made again over these tables, so that no query is written twice. Nothing is written to any file.
"""

import re
import sqlite3
from collections.abc import Collection
from datetime import datetime

from timpora_cli.errors import WrongUsage
from timpora_cli.store import clock
from timpora_cli.store.connect import STEPS
from timpora_cli.store.facts import Versioned, versioned_tables

# Numbers give the order, whatever the moments: a change is not known before one with a lower number.
LAST_CHANGE = """
SELECT coalesce(max(id), 0) FROM change
WHERE id < coalesce((SELECT min(change_id) FROM change_moment WHERE at > ?), id + 1)
"""
FIRST_MOMENT = "SELECT at FROM change_moment ORDER BY change_id LIMIT 1"
NEWER = "SELECT EXISTS (SELECT 1 FROM change WHERE id > ?)"
PUBLIC_VIEWS = "SELECT sql FROM main.sqlite_master WHERE type = 'view' ORDER BY rowid"
INDEXES = "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
# The rows are copied, so that they can have indexes: of a view, every query would read all rows.
AS_KNOWN = """
CREATE TEMP TABLE {table} AS
SELECT {columns} FROM main.{table} WHERE change_id <= {change}
UNION ALL
SELECT {columns} FROM main.{table}_version WHERE change_id <= {change} AND until_change > {change}
"""
# A table in which nothing is newer stands as it is: most changes write few of the tables.
WRITTEN_SINCE = """
SELECT EXISTS (SELECT 1 FROM main.{table} WHERE change_id > :change)
    OR EXISTS (SELECT 1 FROM main.{table}_version WHERE until_change > :change)
"""
BY_KEY = "CREATE INDEX temp.{table}_by_key ON {table} ({key})"
# Before stays were recorded, a resident's row had the one arrival and departure that was known, for all days alike.
# What was printed then is printed so again.
BEFORE_STAYS = """
INSERT INTO temp.stay (resident_id, arrived, departed, departed_how, change_id)
SELECT id, arrived, departed, departed_how, change_id FROM temp.resident
WHERE NOT EXISTS (SELECT 1 FROM temp.stay WHERE stay.resident_id = resident.id)
"""
# What an earlier look back has made; the views go first.
LOOKED_BACK = "SELECT type, name FROM temp.sqlite_master WHERE type IN ('view', 'table') ORDER BY type DESC"
LOG_AS_KNOWN = "CREATE TEMP VIEW change AS SELECT * FROM main.change WHERE id <= {change}"


class KnownNothing(WrongUsage):
    """--known-at {text}: the register knows nothing of then. The first moment it knows is {first}, the last {last}."""


def refuse_unknown(connection: sqlite3.Connection, text: str, moment: str) -> None:
    """Raise KnownNothing where `moment`, typed as `text`, is before the register began, or has not come yet.

    Today alone means the end of the day, and is now.
    """
    row, last_change = connection.execute(FIRST_MOMENT).fetchone(), clock.last_change(connection)
    if row is None or last_change is None:
        return
    last = max(clock.now(), last_change.at)
    if moment < row[0] or (moment > clock.written(last) and moment != clock.moment_of("today", connection)):
        first = clock.shown(connection, datetime.fromisoformat(row[0]))
        raise KnownNothing(text=text, first=first, last=clock.shown(connection, last))


def look_back(connection: sqlite3.Connection, moment: str) -> int:
    """Let every later query of `connection` read the rows as they stood at `moment` (UTC, as in `change.at`).

    Returns the number of the last change that was known by then; 0 where there was none.
    """
    (change,) = connection.execute(LAST_CHANGE, (moment,)).fetchone()
    look_back_to(connection, int(change))
    return int(change)


def look_back_to(connection: sqlite3.Connection, change: int) -> None:
    """Let every later query of `connection` read the rows as they stood after the change of this number.

    A connection that looks back already may look back further.
    """
    if connection.execute(NEWER, (change,)).fetchone() != (1,):
        return
    for kind, name in connection.execute(LOOKED_BACK).fetchall():
        connection.execute(f"DROP {kind} temp.{name}")
    for table in versioned_tables(connection):
        if table.name != "clock_correction":  # when a change was made is no matter of what was known then
            always = table.name in {"resident", "stay"}  # for BEFORE_STAYS
            asked = WRITTEN_SINCE.format(table=table.name)
            if always or connection.execute(asked, {"change": change}).fetchone() == (1,):
                _stand_before(connection, table, change)
    connection.execute(BEFORE_STAYS)
    connection.execute(LOG_AS_KNOWN.format(change=change))
    for (statement,) in connection.execute(PUBLIC_VIEWS).fetchall():
        connection.execute(statement.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))


def _stand_before(connection: sqlite3.Connection, table: Versioned, change: int) -> None:
    connection.execute(AS_KNOWN.format(table=table.name, columns=table.listed, change=change))
    connection.execute(BY_KEY.format(table=table.name, key=", ".join(table.key)))
    for (statement,) in connection.execute(INDEXES, (table.name,)).fetchall():
        connection.execute(re.sub(r"^CREATE (UNIQUE )?INDEX ", "CREATE INDEX temp.", statement))


# The rows of some residents, in all their versions; what an upgrade wrote into tables that it made was so before.
KEEP = """
SELECT {columns}, {since}, {until} FROM main.{source}
WHERE {condition}
"""
SINCE = "iif(change_id IN (SELECT id FROM main.change WHERE command LIKE 'upgrade %'), 0, change_id)"
NEVER = 1 << 62
AS_REPLAYED = """
CREATE VIEW {table} AS
SELECT {columns} FROM kept_{table}
WHERE since_change <= (SELECT change FROM stand) AND until_change > (SELECT change FROM stand)
"""
LAW = ("relief", "relief_class", "rule", "holiday")
REFERENCE = ("permit_group", "permit_class")
BY_RESIDENT = "resident_id IN (SELECT value FROM json_each(:residents))"
OF_RESIDENT = f"SELECT id FROM main.{{table}} WHERE {BY_RESIDENT}"
BY_PERMIT = f"permit_id IN ({OF_RESIDENT.format(table='permit')} UNION {OF_RESIDENT.format(table='permit_version')})"


class Replay:
    """A small register in memory: some residents and the law, as they stood after whatever change is asked for.

    Queries read its `connection` as they read the register: its views have the names of the tables. Places, sponsors
    and settings are not in it.
    """

    def __init__(self, source: sqlite3.Connection, residents: Collection[int]) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("CREATE TABLE stand (change INTEGER)")
        self.connection.execute("INSERT INTO stand VALUES (0)")
        for table in versioned_tables(source):
            self._keep(source, table, str(list(residents)))
        for name in REFERENCE:
            found = source.execute(f"SELECT * FROM main.{name}")
            columns = ", ".join(column for column, *_rest in found.description)
            self.connection.execute(f"CREATE TABLE {name} ({columns})")
            self._fill(name, found.fetchall())
        for (statement,) in source.execute(PUBLIC_VIEWS).fetchall():
            self.connection.execute(statement)

    def stand_after(self, change: int) -> None:
        """Let every later query read the rows as they stood after the change of this number."""
        self.connection.execute("UPDATE stand SET change = ?", (change,))

    def close(self) -> None:
        """Give the memory back."""
        self.connection.close()

    def _keep(self, source: sqlite3.Connection, table: Versioned, residents: str) -> None:
        kept = f"kept_{table.name}"
        self.connection.execute(f"CREATE TABLE {kept} ({table.listed}, since_change, until_change)")
        self.connection.execute(AS_REPLAYED.format(table=table.name, columns=table.listed))
        condition = _of_residents(table)
        if condition is None:
            return
        since = "change_id" if table.name in STEPS["0002_versions"] else SINCE
        for of, until in ((table.name, NEVER), (table.versions, "until_change")):
            query = KEEP.format(columns=table.listed, since=since, until=until, source=of, condition=condition)
            self._fill(kept, source.execute(query, {"residents": residents}).fetchall())

    def _fill(self, table: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            places = ", ".join("?" for _column in rows[0])
            self.connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _of_residents(table: Versioned) -> str | None:
    """Return the condition for the rows of some residents, or for all rows of the law; None where none are needed."""
    if table.name in LAW:
        return "1"
    if table.name == "resident":
        return BY_RESIDENT.replace("resident_id", "id", 1)
    if "resident_id" in table.columns:
        return BY_RESIDENT
    return BY_PERMIT if "permit_id" in table.columns else None
