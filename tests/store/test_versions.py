"""Nothing that was written down is lost: each fact table has its twin, and triggers carry every replaced row into it,
whoever replaces it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.store import connect

if TYPE_CHECKING:
    from tests.conftest import Office

FACTS = [table for tables in connect.STEPS.values() for table in tables]
# Reference rows, which ship with the program, and the log itself.
WITHOUT_VERSIONS = {
    "change", "country", "country_alias", "permit_group", "permit_class", "purpose",
    "_sqlite_migrations",
}  # fmt: skip
COLUMNS = "SELECT name, type FROM pragma_table_info(?)"
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
TRIGGERS = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND name LIKE '%_keeps_what_was_%'"
ONE_OF_EACH = """
INSERT INTO sponsor (id, name, change_id) VALUES (1, 'PT Contoh', 1);
INSERT INTO resident (id, full_name, nationality, change_id) VALUES (1, 'Ann Invented', 'AUS', 1);
INSERT INTO passport (id, resident_id, number, country, change_id) VALUES (1, 1, 'X1', 'AUS', 1);
INSERT INTO residence (id, resident_id, from_on, change_id) VALUES (1, 1, '2019-01-01', 1);
INSERT INTO stay (id, resident_id, from_on, change_id) VALUES (1, 1, '2019-01-01', 1);
INSERT INTO family_link (id, resident_id, relation, citizen_name, change_id) VALUES (1, 1, 'SPOUSE', 'Made Up', 1);
INSERT INTO permit (id, resident_id, class_code, issued_on, starts_on, granted_as, change_id)
VALUES (1, 1, 'KITAS', '2019-01-01', '2019-01-01', 'NEW', 1);
INSERT INTO resident (id, full_name, nationality, change_id) VALUES (2, 'Bob Invented', 'AUS', 1);
INSERT INTO residence (id, resident_id, change_id) VALUES (2, 2, 1);
INSERT INTO permit (id, resident_id, class_code, granted_as, unlimited, change_id) VALUES (2, 2, 'KITAP', 'NEW', 1, 1);
INSERT INTO holiday (day, name, change_id) VALUES ('2020-08-17', 'Hari Kemerdekaan', 1);
INSERT INTO permit_report (id, permit_id, on_day, change_id) VALUES (1, 2, '2020-09-01', 1);
INSERT INTO accepted_finding (key, facts, reason, change_id) VALUES ('GAP-1', 'a digest', 'as on paper', 1);
INSERT INTO expiry_run (id, subject, threshold, on_day, listed, change_id)
VALUES (1, 'PERMIT', '30d', '2020-09-17', 1, 1);
INSERT INTO expiry_mark (id, run_id, subject_id, subject_change, until_on, change_id)
VALUES (1, 1, 1, 1, '2020-09-20', 1);
INSERT INTO passport_named (id, resident_id, passport_id, on_day, change_id) VALUES (1, 1, 1, '2020-09-01', 1);
INSERT INTO region_past (code, until_on, name, folded, parent_code, change_id)
VALUES ('19.02', '2000-01-01', 'Contoh', 'contoh', '19', 1);
INSERT INTO district_successor VALUES ('19.02.01', '19.02.02', 1);
INSERT INTO village_successor VALUES ('19.02.01.2012', '19.02.01.1001', 1);
INSERT INTO undone (undone_id, change_id) VALUES (1, 1);
INSERT INTO clock_correction (id, first_change, last_change, read_at, change_id)
VALUES (1, 1, 1, '2020-09-17T00:00:00.000Z', 1);
INSERT INTO remembered_mapping (header_row, column_named, field, change_id) VALUES ('a digest', 'Tempo', 'expires', 1);
INSERT INTO case_file (id, kind_code, reported_at, reporter, place, report, owner, change_id)
VALUES (1, 'OTHER', '2020-09-17', 'Camat', 'Pantai', 'x', 'a', 1);
INSERT INTO case_event (id, case_id, at, note, change_id) VALUES (1, 1, '2020-09-18', 'x', 1);
INSERT INTO inspection (id, on_day, officers, is_urgent, change_id) VALUES (1, '2020-09-16', 'Contoh', 1, 1);
INSERT INTO inspection_resident (id, inspection_id, resident_id, is_seen, address, class, activity, change_id)
VALUES (1, 1, 1, 1, 'NOT_CHECKED', 'NOT_CHECKED', 'NOT_CHECKED', 1);
INSERT INTO meeting (id, level, on_day, begins_at, place, theme, change_id)
VALUES (1, 'DISTRICT', '2020-09-17', '09:00', 'Hotel Contoh', 'Rapat Contoh', 1);
INSERT INTO meeting_invited (id, meeting_id, institution, office, change_id) VALUES (1, 1, 'Desa Contoh', 'Kades', 1);
INSERT INTO meeting_present (id, meeting_id, invited_id, name, change_id) VALUES (1, 1, 1, 'Ann Invented', 1);
INSERT INTO meeting_item (id, meeting_id, kind, position, text, change_id) VALUES (1, 1, 'AGENDA', 1, 'Pembukaan', 1);
INSERT INTO decision (id, meeting_id, text, owner, due_on, change_id) VALUES (1, 1, 'x', 'Camat', '2020-10-31', 1);
INSERT INTO letterhead (id, valid_from, position, text, change_id) VALUES (1, '2020-01-01', 1, 'KANTOR CONTOH', 1);
INSERT INTO letter (id, on_day, addressee, sponsor_id, change_id) VALUES (1, '2020-09-17', 'PT Contoh', 1, 1);
INSERT INTO letter_person (id, letter_id, permit_id, until_on, change_id) VALUES (1, 1, 1, '2020-02-01', 1);
INSERT INTO disclosure (id, kind, on_day, audience, people, change_id)
VALUES (1, 'BRIEF', '2020-09-17', 'office', 4, 1);
INSERT INTO purged_person (resident_id, closed_on, change_id) VALUES (9, '2009-09-17', 1);
INSERT INTO purged_digest (id, sealed_change, digest_before, change_id) VALUES (1, 1, 'a digest', 1);
INSERT INTO change (id, at, officer, host, command) VALUES (2, '2999-01-01T00:00:00.000Z', 'a', 'b', 'c');
"""


@pytest.fixture
def bare(made: Path) -> Iterator[sqlite3.Connection]:
    """A register with a row in every fact table, over a connection that is not ours."""
    with closing(sqlite3.connect(":memory:")) as connection, closing(sqlite3.connect(made)) as source:
        source.backup(connection)
        connection.executescript(ONE_OF_EACH)
        yield connection


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    return connection.execute(COLUMNS, (table,)).fetchall()


def kept(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """The versions of rows, each with the columns of its table in their order, and the change that ended it."""
    names = ", ".join(name for name, _kind in columns(connection, table))
    return connection.execute(f"SELECT {names}, until_change FROM {table}_version ORDER BY rowid").fetchall()


def one_row(connection: sqlite3.Connection, table: str) -> tuple[object, ...]:
    row: tuple[object, ...] = connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()
    return row


def test_every_table_is_a_fact_with_a_twin_a_twin_or_known_to_need_none(bare: sqlite3.Connection) -> None:
    tables = {name for (name,) in bare.execute(TABLES)}
    assert tables == set(FACTS) | {f"{table}_version" for table in FACTS} | WITHOUT_VERSIONS


@pytest.mark.one_in(5)
@pytest.mark.parametrize("table", FACTS)
def test_a_twin_has_the_columns_of_its_table_and_the_change_that_ended_a_row(
    bare: sqlite3.Connection, table: str
) -> None:
    # A column that a later step added stands behind until_change.
    assert sorted(columns(bare, f"{table}_version")) == sorted([*columns(bare, table), ("until_change", "INTEGER")])


@pytest.mark.one_in(5)
@pytest.mark.parametrize("table", FACTS)
def test_a_twin_has_a_trigger_for_what_was_changed_and_one_for_what_was_removed(
    bare: sqlite3.Connection, table: str
) -> None:
    assert {name for (name,) in bare.execute(TRIGGERS, (table,))} == {
        f"{table}_keeps_what_was_changed",
        f"{table}_keeps_what_was_removed",
    }


@pytest.mark.one_in(5)
@pytest.mark.parametrize("table", FACTS)
def test_what_a_bare_update_replaces_is_kept_whole(bare: sqlite3.Connection, table: str) -> None:
    rowid, *before = one_row(bare, table)
    bare.execute(f"UPDATE {table} SET change_id = 2 WHERE rowid = ?", (rowid,))
    assert kept(bare, table) == [(*before, 2)]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("table", FACTS)
def test_what_a_bare_delete_removes_is_kept_whole(bare: sqlite3.Connection, table: str) -> None:
    rowid, *before = one_row(bare, table)
    bare.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
    assert kept(bare, table) == [(*before, 2)]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("table", FACTS)
def test_every_column_is_carried_into_its_own(bare: sqlite3.Connection, table: str) -> None:
    """Each column gets a value of its own, so that two that have changed places are seen."""
    bare.execute("PRAGMA ignore_check_constraints = ON")
    names = [name for name, _kind in columns(bare, table)]
    for (trigger,) in bare.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND name NOT LIKE '%_keeps_what_was_%'",
        (table,),
    ).fetchall():
        bare.execute(f"DROP TRIGGER {trigger}")
    values = {
        name: number if kind == "INTEGER" else f"text {number}"
        for number, (name, kind) in enumerate(columns(bare, table), 1000)
    }
    placed = ", ".join(f":{name}" for name in names)
    bare.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({placed})", values)
    key = "rowid = last_insert_rowid()"
    bare.execute(f"UPDATE {table} SET change_id = 2 WHERE {key}")
    bare.execute(f"DELETE FROM {table} WHERE {names[0]} = ?", (values[names[0]],))
    assert kept(bare, table) == [(*values.values(), 2), (*{**values, "change_id": 2}.values(), 2)]


def test_a_column_added_without_its_twin_is_seen_here(bare: sqlite3.Connection) -> None:
    bare.execute("ALTER TABLE resident ADD COLUMN blood_group TEXT")
    assert columns(bare, "resident_version") != [*columns(bare, "resident"), ("until_change", "INTEGER")]


@pytest.mark.slow
def test_rows_known_at_each_change_are_those_that_stood_then(office: "Office") -> None:
    facts = [f"SELECT rowid, * FROM {table}" for table in FACTS]

    def facts_now() -> list[list[object]]:
        return [sorted(office.connection.execute(query.replace("rowid, ", "")).fetchall(), key=repr) for query in facts]

    stood = {0: [[] for _table in FACTS], 1: facts_now()}
    ann = office.person("Ann Invented", passport="X1", sponsor="PT Contoh", since="2019-01-01")
    stood[2] = facts_now()
    held = office.permit(ann, "ITK", "2019-02-01", "2019-03-01", "P1")
    stood[3] = facts_now()
    office.convert(held, "KITAS", "2019-02-20", "2020-02-20", "P2")
    stood[4] = facts_now()
    office.move(ann, None, "2019-06-01")
    stood[5] = facts_now()
    office.depart(ann, "2019-09-01")
    stood[6] = facts_now()
    office.remove(ann)
    stood[7] = facts_now()
    moments = dict(office.connection.execute("SELECT id, at FROM change").fetchall())
    for number, rows in stood.items():
        with office.looking_back(moments.get(number, "0001-01-01T00:00:00.000Z")):
            assert facts_now() == rows, f"as known after change {number}"
