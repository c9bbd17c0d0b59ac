"""What a purge removes of each row that is about a person, in place, in the rows and in all their versions.

The rows stay, without what tells who it was: sex, nationality, purpose, village, classes and days are counted for ever.
"""

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping

from timpora_cli.store.facts import COLUMNS, VERSION, described
from timpora_cli.store.versions import DROP_TRIGGER, keep_versions

REMOVED = "purged"
"""What stands where a text was that a row has to have."""
# The columns with what is written over them, as SQL.
PERSONAL: Mapping[str, Mapping[str, str]] = {
    "resident": {
        "full_name": f"'{REMOVED} ' || id",
        **dict.fromkeys(("born", "birthplace", "occupation", "contact", "niora", "note"), "NULL"),
    },
    "passport": {"number": "'PURGED' || id", "issued_on": "NULL", "expires_on": "NULL"},
    "residence": dict.fromkeys(("address", "rt", "rw"), "NULL"),
    "permit": {"number": "NULL", "note": "NULL"},
    "family_link": {"citizen_name": f"iif(citizen_name IS NULL, NULL, '{REMOVED}')", "born": "NULL"},
    "case_file": {
        "report": f"'{REMOVED}'",
        "place": f"iif(village_code IS NULL AND district_code IS NULL, '{REMOVED}', NULL)",
    },
    "case_event": {"note": f"iif(note IS NULL, NULL, '{REMOVED}')"},
    "inspection_resident": {
        column: f"iif({column} IS NULL, NULL, '{REMOVED}')" for column in ("address_found", "activity_found")
    },
    "inspection": {"place": "NULL", "finding": "NULL"},
    "letter": {"addressee": f"'{REMOVED}'"},
    "sponsor": {"name": f"'{REMOVED} sponsor ' || id", "address": "NULL", "contact": "NULL"},
    "accepted_finding": {"reason": f"'{REMOVED}'", "facts": f"'{REMOVED}'"},
}
IDENTIFYING: Mapping[str, Collection[str]] = {
    "resident": ("full_name", "niora", "contact"),
    "passport": ("number",),
    "permit": ("number",),
    "family_link": ("citizen_name",),
    "sponsor": ("name", "contact"),
}
"""The columns whose values are looked for in the texts of other rows, and in the log."""
FREE_TEXTS: Mapping[str, Collection[str]] = {
    "resident": ("note",),
    "permit": ("note",),
    "case_file": ("report", "place"),
    "case_event": ("note",),
    "inspection": ("finding", "place"),
    "inspection_resident": ("address_found", "activity_found"),
    "meeting_item": ("text",),
    "decision": ("text", "ended_reason"),
    "meeting": ("no_decisions",),
    "accepted_finding": ("reason",),
}
"""The texts in which an officer may have named somebody."""
SHORTEST = 4
"""A shorter value stands in too many texts by chance to be looked for."""
REDACT = "UPDATE {table} SET {columns} WHERE {key} IN (SELECT value FROM json_each(:keys))"
TEXTS = "SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL"
WRITE = "UPDATE {table} SET {column} = ? WHERE rowid = ?"
VALUES = """
SELECT {column} FROM {table} WHERE {key} {among} (SELECT value FROM json_each(:keys)) AND {column} IS NOT NULL
UNION
SELECT {column} FROM {table}_version WHERE {key} {among} (SELECT value FROM json_each(:keys)) AND {column} IS NOT NULL
"""
LOG_TEXTS = ("command", "reason")

Keys = Mapping[str, Collection[int | str]]


def values(connection: sqlite3.Connection, keys: Keys) -> list[str]:
    """Return what tells who the people of these rows are, and is of nobody else: names and numbers, longest first."""
    own: set[str] = set()
    others: set[str] = set()
    for table, columns in IDENTIFYING.items():
        for column in columns:
            for among, found in (("IN", own), ("NOT IN", others)):
                query = VALUES.format(table=table, column=column, key=_key(connection, table), among=among)
                asked = {"keys": _listed(keys.get(table, ()))}
                found |= {str(value) for (value,) in connection.execute(query, asked)}
    named = {value for value in own if len(value) >= SHORTEST and not value.startswith((REMOVED, REMOVED.upper()))}
    taken = {value.casefold() for value in others}
    return sorted((value for value in named if value.casefold() not in taken), key=lambda one: (-len(one), one))


def redact(connection: sqlite3.Connection, keys: Keys, named: Collection[str]) -> None:
    """Write over what is personal in the rows of these keys and in their versions, and over `named` in other texts.

    Nothing is kept of what was there: the triggers that keep versions are taken away meanwhile.
    """
    connection.execute("PRAGMA secure_delete = ON")
    tables = [*dict.fromkeys((*PERSONAL, *FREE_TEXTS))]
    for table in tables:
        connection.execute(DROP_TRIGGER.format(table=table, name="changed"))
    for table, columns in PERSONAL.items():
        written = ", ".join(f"{column} = {value}" for column, value in columns.items())
        for one in (table, table + VERSION):
            query = REDACT.format(table=one, columns=written, key=_key(connection, table))
            connection.execute(query, {"keys": _listed(keys.get(table, ()))})
    _sweep(connection, named)
    for table in tables:
        keep_versions(connection, table)


def _sweep(connection: sqlite3.Connection, named: Collection[str]) -> None:
    """Take names and numbers out of the texts of all rows, and of the log."""
    if not named:
        return
    anyone = re.compile("|".join(map(re.escape, named)), re.IGNORECASE)
    for table, columns in FREE_TEXTS.items():
        for one in (table, table + VERSION):
            _sweep_columns(connection, one, columns, anyone)
    _sweep_columns(connection, "change", LOG_TEXTS, anyone)


def _sweep_columns(connection: sqlite3.Connection, table: str, columns: Iterable[str], anyone: re.Pattern[str]) -> None:
    for column in columns:
        for rowid, text in connection.execute(TEXTS.format(table=table, column=column)).fetchall():
            if anyone.search(text):
                swept = anyone.sub(REMOVED, text)
                connection.execute(WRITE.format(table=table, column=column), (swept, rowid))


def _key(connection: sqlite3.Connection, table: str) -> str:
    return described(table, connection.execute(COLUMNS, (table,)).fetchall()).key[0]


def _listed(keys: Collection[int | str]) -> str:
    return json.dumps(sorted(keys, key=str))
