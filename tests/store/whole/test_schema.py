"""The text of the schema that commands compare a register with is what the migrations make."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from timpora_cli.store import migrate
from timpora_cli.store.whole import schema

# What another program may do to the schema, and what is said of it where it may change an answer.
OTHERS = {
    "CREATE TABLE notes (text)": None,
    "CREATE VIEW many AS SELECT count(*) FROM resident": None,
    "CREATE INDEX resident_by_note ON resident (note)": None,
    "ANALYZE": None,
    "CREATE TRIGGER notices AFTER INSERT ON permit BEGIN DELETE FROM holiday; END":
        "trigger notices is not of timpora's making",
    "DROP VIEW expiry": "view expiry is missing",
    "DROP INDEX permit_by_expiry": "index permit_by_expiry is missing",
    "ALTER TABLE permit ADD COLUMN colour TEXT": "table permit was altered",
}  # fmt: skip
HIDDEN = """
INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('trigger', 'sqlite_x', 'permit', 0,
    'CREATE TRIGGER sqlite_x AFTER INSERT ON permit BEGIN UPDATE permit SET note = 1; END')
"""
NO_OVERSTAYS = """
UPDATE sqlite_schema SET sql = replace(sql, 'permit.ended_on IS NULL', '0') WHERE name = 'current_permit'
"""


@pytest.fixture(scope="module")
def made() -> Iterator[sqlite3.Connection]:
    """A new register. Shared: copy it, never write to it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate.make(connection)
        yield connection


@pytest.fixture
def register(made: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        made.backup(connection)
        yield connection


def test_the_kept_text_is_what_the_migrations_make(register: sqlite3.Connection) -> None:
    text = schema.as_text(schema.schema_of(register))
    if os.environ.get("TIMPORA_GOLDEN") == "write":
        schema.KNOWN.write_text(text, encoding="utf-8")
    assert schema.KNOWN.read_text(encoding="utf-8") == text
    assert schema.known() == schema.schema_of(register)
    assert len(schema.known()) > 300


@pytest.mark.parametrize(("statement", "said"), OTHERS.items())
def test_what_may_change_an_answer_is_strange_and_what_stands_beside_is_not(
    register: sqlite3.Connection, statement: str, said: str | None
) -> None:
    register.execute(statement)
    assert schema.strange(register) == said


@pytest.mark.parametrize(
    ("statement", "said"),
    [(HIDDEN, "trigger sqlite_x is not of timpora's making"), (NO_OVERSTAYS, "view current_permit was altered")],
)
def test_what_is_written_into_the_schema_itself_is_strange(
    register: sqlite3.Connection, statement: str, said: str
) -> None:
    register.execute("PRAGMA writable_schema = ON")
    register.execute(statement)
    assert schema.strange(register) == said


def test_another_layout_of_the_same_rule_is_not_strange(register: sqlite3.Connection) -> None:
    register.execute("PRAGMA writable_schema = ON")
    register.execute("UPDATE sqlite_schema SET sql = replace(sql, '\n', '  ') WHERE name = 'expiry'")
    assert schema.strange(register) is None
