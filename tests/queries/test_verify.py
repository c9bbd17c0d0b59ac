"""Verify: nothing is said of a register that only timpora has written, and everything else is found, by name.

sqlite_sequence (the next free number of a table) and _sqlite_migrations (when which step ran) hold no facts, and are
out of scope here as they are in verify itself.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.log import last_number
from timpora_cli.actions import demo, family, law, passports, regions
from timpora_cli.actions.intake.run import run
from timpora_cli.actions.regions.changes import carry_out
from timpora_cli.actions.regions.plans import ended, renamed
from timpora_cli.actions.undo import undo
from timpora_cli.model.law import NewRule
from timpora_cli.model.log import Verdict
from timpora_cli.queries.history import change_made
from timpora_cli.queries.law import relief_named
from timpora_cli.queries.verify import verified
from timpora_cli.store import connect, migrate
from timpora_cli.store.change import changing
from timpora_cli.store.facts import seal_all
from timpora_cli.store.whole import schema

if TYPE_CHECKING:
    from tests.conftest import Office
    from tests.search.plugin import Chance
    from timpora_cli.store.change import Author, Change, Value

TABLES = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_sqlite_migrations'
ORDER BY name
"""
COLUMNS = "SELECT name, type FROM pragma_table_info(?)"
TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"
SHEET = """Nama,No Paspor,Negara,Tipe Izin,Nomor Izin,Tgl Terbit,Tgl Berakhir,Desa
Cid Invented,X9903,Jerman,ITAS,N-3,2020-01-02,2021-01-01,Air Saga
Dee Invented,X9904,Jerman,ITAP,N-4,2019-01-02,2024-01-01,Perawas
"""
PLACES = [
    regions.Region("17", "Provinsi Rekaan"), regions.Region("17.01", "Kabupaten Rekaan"),
    regions.Region("17.01.01", "Rekaan Barat"), regions.Region("17.01.01.2001", "Rekaan Kulon"),
]  # fmt: skip
LOG = "changes in the log"


# A register at work --------------------------------------------------------------------------------------------------


def work(office: "Office", folder: Path) -> None:
    """All that happens to a register in its time, over the people of the demo."""
    demo.fill(office.connection, office.author)
    office.edit(1, office="Contoh", expires_on="2020-09-24")
    office.edit(4, number="N-1")
    office.edit(4, number="N-1")  # corrects nothing
    undo_last(office)
    office.remove(42)
    undo_last(office)
    office.remove(41)
    path = folder / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    run(office.connection, path, office.author, office.today)
    row: dict[str, Value] = {
        "code": "NEW", "name": "New", "legal_basis": "Contoh 1", "effective_from": "2020-09-20", "extendable": "any",
        "in_country_only": 0, "supersedes": "ITKT-2020-09", "source_url": "example.invalid", "verified": 0,
    }  # fmt: skip
    new = passports.NewPassport("X9999", "AUS", date(2020, 9, 1), date(2030, 9, 1))
    acts: tuple[Callable[[Change], object], ...] = (
        lambda change: regions.load(change, PLACES, ours=False),
        lambda change: carry_out(
            change, renamed(office.connection, "village", "19.02.01.2012", "Air Merbau Baru", date(2020, 9, 1))
        ),
        lambda change: carry_out(
            change, ended(office.connection, "village", "19.02.01.2010", ["19.02.01.2012"], date(2020, 9, 10))
        ),
        lambda change: law.add_relief(change, row, ["ITK", "VOA"]),
        lambda change: law.end_relief(change, relief_named(office.connection, "NEW"), date(2020, 9, 30)),
        lambda change: law.add_rule(change, NewRule("REPORTING_DAYS", "X", 9, None, None, "C", "s", verified=True)),
        lambda change: law.end_rule(change, 10, date(2030, 1, 1)),
        lambda change: law.add_holiday(change, date(2020, 9, 18), "Libur", None),
        lambda change: law.add_holiday(change, date(2020, 9, 18), "Cuti bersama", "Contoh"),
        lambda change: change.update("setting", "default_window", {"value": "60d"}),
        lambda change: passports.record(change, office.resident(7), new, office.today),
        lambda change: family.end_marriage(change, 1, date(2020, 9, 1)),
        lambda change: change.update("sponsor", 1, {"contact": "made up"}),
    )
    for number, act in enumerate(acts):
        with changing(office.connection, replace(office.author, reason=f"reason {number}")) as change:
            act(change)
    undo_last(office)


def undo_last(office: "Office") -> None:
    with office.change() as change:
        undo(change, change_made(office.connection, last_number(office.connection) - 1))


@pytest.fixture(scope="module")
def worked(
    open_office: Callable[[], "Office"], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """A register that has seen much. Shared: copy it, never write to it."""
    office = open_office()
    with closing(office.connection):
        work(office, tmp_path_factory.mktemp("worked"))
        yield office.connection


@pytest.fixture
def register(worked: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The worked register, opened by another program: no foreign keys, and no rules but the file's own."""
    with closing(copied(worked)) as copy:
        yield copy


def copied(worked: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    worked.backup(copy)
    return copy


def triggers() -> list[str]:
    """The statements that make the triggers of a new register."""
    return [sql for name, sql in schema.known().items() if name.startswith("trigger ")]


def faults(verdict: Verdict) -> dict[str, str]:
    return {finding.what: finding.fault for finding in verdict.findings if finding.fault is not None}


# Untouched -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_nothing_is_reported_on_a_register_that_only_timpora_wrote(register: sqlite3.Connection) -> None:
    verdict = verified(register)
    assert faults(verdict) == {}
    assert verdict.whole
    counted = {finding.what: finding.number for finding in verdict.findings}
    assert counted[LOG] == register.execute("SELECT count(*) FROM change").fetchone()[0] > 15
    assert counted["permits, one at a time"] == register.execute("SELECT count(*) FROM permit").fetchone()[0]
    assert counted["tables, rules and views"] > 100
    assert all(counted.values())
    assert verdict.head == register.execute("SELECT digest FROM change ORDER BY id DESC LIMIT 1").fetchone()[0]


@pytest.mark.slow
def test_nothing_is_reported_on_a_new_register(office: "Office") -> None:
    assert faults(verified(office.connection)) == {}


@pytest.mark.slow
def test_looking_writes_nothing(register: sqlite3.Connection) -> None:
    before = list(register.iterdump())
    verified(register)
    assert list(register.iterdump()) == before


@pytest.mark.parametrize("statement", ["VACUUM", "ANALYZE", "REINDEX", "PRAGMA optimize"])
def test_keeping_the_file_in_order_is_no_alteration(register: sqlite3.Connection, statement: str) -> None:
    register.execute(statement)
    assert faults(verified(register)) == {}


def rewrite_schema(register: sqlite3.Connection, name: str, before: str, after: str) -> None:
    """Write another text for a part of the schema, as an earlier version or another program may have left it."""
    ((text,),) = register.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchall()
    assert before in text
    register.execute("PRAGMA writable_schema = ON")
    register.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (text.replace(before, after), name))
    register.execute("PRAGMA writable_schema = RESET")


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("setting", "\n", " "), ("setting", "(", "( "), ("permit", "-- as printed", "-- as it is printed")],
)
def test_the_layout_and_the_comments_of_the_schema_are_no_rule(
    register: sqlite3.Connection, name: str, before: str, after: str
) -> None:
    rewrite_schema(register, name, before, after)
    assert faults(verified(register)) == {}


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("resident_has_a_name", "<> ''", "<> ' '"),
        ("permit_expires_after_issue", "CONSTRAINT permit_expires_after_issue", "-- CONSTRAINT"),
        ("setting_keeps_what_was_changed", "OLD.value", "NEW.value"),
    ],
)
def test_a_rule_that_was_altered_or_made_a_comment_is_found(
    register: sqlite3.Connection, name: str, before: str, after: str
) -> None:
    part = name if "keeps" in name else name.partition("_")[0]
    rewrite_schema(register, part, before, after)
    assert "was altered" in faults(verified(register))["tables, rules and views"]


# Single fields, altered by another program ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Alteration:
    """One field of one row, with the value that another program writes there, with the triggers or without."""

    table: str
    column: str
    rowid: int
    value: str | int | None
    silent: bool

    def made(self, connection: sqlite3.Connection) -> bool:
        """Make it; return whether SQLite let it, and it left the row another one."""
        triggers = connection.execute(TRIGGERS, (self.table,)).fetchall() if self.silent else []
        row = f"SELECT * FROM {self.table} WHERE rowid = ?"
        before = connection.execute(row, (self.rowid,)).fetchone()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        try:
            connection.execute(f"UPDATE {self.table} SET {self.column} = ? WHERE rowid = ?", (self.value, self.rowid))
        except sqlite3.IntegrityError:
            return False
        for _name, sql in triggers:
            connection.execute(sql)
        return bool(before != connection.execute(row, (self.rowid,)).fetchone())


def any_alteration(chance: random.Random, connection: sqlite3.Connection, table: str) -> Alteration:
    rowids = [rowid for (rowid,) in connection.execute(f"SELECT rowid FROM {table}")]
    column, kind = chance.choice(connection.execute(COLUMNS, (table,)).fetchall())
    here, there = chance.choice(rowids), chance.choice(rowids)
    value = f"SELECT {column} FROM {table} WHERE rowid = ?"
    ((was,), (other,)) = (connection.execute(value, (rowid,)).fetchone() for rowid in (here, there))
    return Alteration(table, column, here, another_value(chance, kind, was, other), chance.random() < 0.5)


def another_value(chance: random.Random, kind: str, was: str | int | None, other: str | int | None) -> str | int | None:
    """A value of the column's type: another row's, none, or the one that was there with a slip of the pen."""
    plausible: list[str | int | None] = [other, None]
    if kind == "INTEGER":
        number = was if isinstance(was, int) else 1
        plausible += [number + 1, number - 1, number + chance.randrange(10**6), 1 - number]
    else:
        text = "" if was is None else str(was)
        plausible += [text + "x", text.swapcase(), text[1:], text + " ", "2020-09-20"]
        if len(text) == 10 and text[4:8:3] == "--":
            day = date.fromisoformat(text) + timedelta(days=chance.choice([-365, -1, 1, 30]))
            plausible += [day.isoformat()] * 5
    return chance.choice(plausible)


def all_are_found(worked: sqlite3.Connection, number: int, chance: random.Random) -> Counter[str]:
    """Make `number` alterations, a register each; return how many there were by table."""
    made = Counter[str]()
    tables = [name for (name,) in worked.execute(TABLES) if worked.execute(f"SELECT 1 FROM {name}").fetchone()]
    while made.total() < number:
        alteration = any_alteration(chance, worked, tables[made.total() % len(tables)])
        with closing(copied(worked)) as copy:
            if alteration.made(copy):
                made[alteration.table] += 1
                assert not verified(copy).whole, alteration
    assert made.keys() == set(tables)
    return made


@pytest.mark.slow
def test_a_field_that_another_program_altered_is_found(worked: sqlite3.Connection, chance: "Chance") -> None:
    made = all_are_found(worked, 60, chance(4))
    assert len(made) > 25


@pytest.mark.slow
def test_each_of_a_thousand_altered_fields_is_found(worked: sqlite3.Connection, chance: "Chance") -> None:
    all_are_found(worked, 1000, chance(1000))


@pytest.mark.slow
def test_what_is_no_text_is_a_finding_too(register: sqlite3.Connection) -> None:
    register.execute("UPDATE resident SET note = CAST(x'ff80' AS TEXT) WHERE id = 7")
    assert LOG in faults(verified(register))
    register.execute("UPDATE change SET officer = CAST(x'ff80' AS TEXT) WHERE id = 5")
    assert LOG in faults(verified(register))


# Rows put in, taken out and swapped ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("silent", [False, True], ids=["with its triggers", "past its triggers"])
def test_a_row_taken_out_of_any_table_is_found(worked: sqlite3.Connection, silent: bool) -> None:
    for (table,) in worked.execute(TABLES).fetchall():
        for which in ("min", "max"):
            with closing(copied(worked)) as copy:
                triggers = copy.execute(TRIGGERS, (table,)).fetchall() if silent else []
                for name, _sql in triggers:
                    copy.execute(f"DROP TRIGGER {name}")
                gone = copy.execute(f"DELETE FROM {table} WHERE rowid = (SELECT {which}(rowid) FROM {table})")
                for _name, sql in triggers:
                    copy.execute(sql)
                assert gone.rowcount <= 1
                assert verified(copy).whole == (gone.rowcount == 0), table


@pytest.mark.slow
def test_a_row_put_into_any_table_is_found(worked: sqlite3.Connection) -> None:
    """A copy of a row of it, where another may stand beside it; with another key elsewhere."""
    put_in = 0
    for (table,) in worked.execute(TABLES).fetchall():
        with closing(copied(worked)) as copy:
            names = [name for name, _kind in copy.execute(COLUMNS, (table,))]
            key, *rest = names
            values = ", ".join([{"id": "1000"}.get(key, f"'~' || {key}"), *rest])
            for inserted in (f"SELECT * FROM {table} LIMIT 1", f"SELECT {values} FROM {table} LIMIT 1"):
                try:
                    cursor = copy.execute(f"INSERT INTO {table} {inserted}")
                except sqlite3.IntegrityError:
                    continue
                if cursor.rowcount:
                    put_in += 1
                    assert not verified(copy).whole, table
                    break
    assert put_in > 20


def test_a_version_of_no_change_at_all_is_found(register: sqlite3.Connection) -> None:
    register.execute("INSERT INTO holiday_version (day, name, until_change) VALUES ('2020-01-01', 'x', 999)")
    assert faults(verified(register)) == {LOG: "change 0 is missing from the log, and rows of it are there"}


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("which", ["first", "middle", "last"])
def test_a_line_taken_out_of_the_log_is_found(register: sqlite3.Connection, which: str) -> None:
    (last,) = register.execute("SELECT max(id) FROM change").fetchone()
    number = {"first": 1, "middle": last // 2, "last": last}[which]
    register.execute("DELETE FROM change WHERE id = ?", (number,))
    said = faults(verified(register))[LOG]
    if which == "last":
        assert said == f"change {last} is missing from the log, and rows of it are there"
    else:
        assert said.startswith(f"change {number + 1} of 20")


def test_a_line_put_into_the_log_is_found(register: sqlite3.Connection) -> None:
    register.execute(
        "INSERT INTO change (at, officer, host, command) VALUES ('2999-01-01T00:00:00.000Z', 'a', 'b', 'c')"
    )
    assert "of 2999-01-01T00:00:00.000Z (c)" in faults(verified(register))[LOG]


def test_the_first_break_is_the_one_that_is_named(register: sqlite3.Connection) -> None:
    for number in (9, 5, 7):
        register.execute("UPDATE change SET officer = 'somebody else' WHERE id = ?", (number,))
    (at, command) = register.execute("SELECT at, command FROM change WHERE id = 5").fetchone()
    assert faults(verified(register)) == {
        LOG: f"change 5 of {at} ({command}): it, or a row that it wrote or ended, was altered (its rows: permit 4)"
    }


@pytest.mark.slow
@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("table", "column"),
    [("permit", "expires_on"), ("resident", "full_name"), ("permit_version", "expires_on"), ("village", "name")],
)
def test_two_rows_that_changed_places_are_found(register: sqlite3.Connection, table: str, column: str) -> None:
    query = f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY rowid"
    one, *others = register.execute(query).fetchall()
    other = next(row for row in others if row[1] != one[1])
    for name, _sql in register.execute(TRIGGERS, (table,)).fetchall():
        register.execute(f"DROP TRIGGER {name}")
    for (rowid, _value), (_rowid, value) in ((one, other), (other, one)):
        register.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, rowid))
    assert LOG in faults(verified(register))


@pytest.mark.slow
def test_rows_that_changed_places_with_their_writers_are_found(register: sqlite3.Connection) -> None:
    register.execute("UPDATE permit_version SET change_id = until_change, until_change = change_id")
    assert LOG in faults(verified(register))


# The file's own rules ------------------------------------------------------------------------------------------------


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TRIGGER permit_keeps_what_was_changed", "trigger permit_keeps_what_was_changed is missing"),
        ("DROP VIEW expiry", "view expiry is missing"),
        ("DROP INDEX permit_one_current", "index permit_one_current is missing"),
        ("CREATE TABLE mine (x)", "table mine is not of timpora's making"),
        ("CREATE INDEX mine ON permit (office)", "index mine is not of timpora's making"),
        (
            "CREATE TRIGGER mine AFTER INSERT ON permit BEGIN DELETE FROM holiday; END",
            "trigger mine is not of timpora's making",
        ),
        ("ALTER TABLE resident ADD COLUMN mine TEXT", "table resident was altered"),
        ("ALTER TABLE change DROP COLUMN digest", "table change was altered"),
        ("DROP TABLE relief_class", "table relief_class is missing"),
        ("DROP TABLE permit_version", "index permit_version_by_key is missing"),
        ("CREATE TABLE mine_version (until_change)", "table mine_version is not of timpora's making"),
    ],
)
def test_a_rule_or_a_view_that_was_altered_is_found(register: sqlite3.Connection, statement: str, said: str) -> None:
    register.execute(statement)
    assert faults(verified(register))["tables, rules and views"] == said


@pytest.mark.slow
def test_a_view_and_a_trigger_that_say_something_else_are_found(register: sqlite3.Connection) -> None:
    for kind, name in (("view", "expiry"), ("trigger", "permit_overlap_on_insert")):
        (sql,) = register.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        register.execute(f"DROP {kind} {name}")
        register.execute(sql.replace("resident_id", "resident_id + 0", 1))
        assert faults(verified(register)) == {"tables, rules and views": f"{kind} {name} was altered"}
        register.execute(f"DROP {kind} {name}")
        register.execute(sql)
        assert faults(verified(register)) == {}


def test_a_reference_to_nothing_is_found_and_named(register: sqlite3.Connection) -> None:
    register.execute("UPDATE residence SET village_code = '99.99.99.9999' WHERE id = 3")
    said = faults(verified(register))
    assert said["references between rows"] == "row 3 of residence refers to a row of village that is not there"
    assert LOG in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "what", "said"),
    [
        (
            "UPDATE permit SET starts_on = NULL, issued_on = NULL WHERE id = 2",
            "permits, one at a time",
            "permits 1 and 2 overlap",
        ),
        (
            "UPDATE permit SET ended_on = '2020-01-01' WHERE id = 1",
            "chains of grants",
            "permit 2 does not begin where 1 ends",
        ),
        (
            "UPDATE residence SET until_on = '2020-09-01' WHERE resident_id = 1",
            "presence",
            "on 2020-09-01 a stay of resident 1 covers the day, and no residence does.",
        ),
        (
            "UPDATE stay SET departed = '2020-09-01' WHERE resident_id = 1",
            "presence",
            "on 2020-09-01 a residence of resident 1 covers the day, and no stay does.",
        ),
        (
            "UPDATE stay SET from_on = '2018-12-31' WHERE resident_id = 1",
            "presence",
            "on 2018-12-31 a stay of resident 1 covers the day, and no residence does.",
        ),
    ],
)
def test_what_no_register_may_hold_is_found_even_where_the_log_vouches_for_it(
    office: "Office", statement: str, what: str, said: str
) -> None:
    ann = office.person("Ann Invented", since="2019-01-01")
    first = office.permit(ann, "KITAS", "2019-01-02", "2019-12-02")
    office.extend(office.extend(first, "2019-12-01", "2020-12-01"), "2020-08-01", "2021-12-01")
    for name, sql in office.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"):
        office.connection.execute(f"DROP TRIGGER {name}")
        assert sql
    office.connection.execute(statement)
    for sql in triggers():
        office.connection.execute(sql)
    seal_all(office.connection)
    found = faults(verified(office.connection))
    assert found[what] == said
    assert LOG not in found


# What verify does not prove, as the manual (views) says --------------------------------------------------------------


@pytest.mark.slow
def test_a_chain_made_anew_is_told_by_the_head_on_paper_alone(register: sqlite3.Connection) -> None:
    on_paper = verified(register).head
    dropped = register.execute(TRIGGERS, ("permit",)).fetchall()
    for name, _sql in dropped:
        register.execute(f"DROP TRIGGER {name}")
    register.execute("UPDATE permit SET office = 'Elsewhere' WHERE id = 5")
    for _name, sql in dropped:
        register.execute(sql)
    assert not verified(register).whole
    seal_all(register)
    forged = verified(register)
    assert forged.whole
    assert forged.head != on_paper


@pytest.mark.slow
def test_a_digest_made_anew_for_one_change_breaks_the_next(register: sqlite3.Connection) -> None:
    (last,) = register.execute("SELECT max(id) FROM change").fetchone()
    digests = register.execute("SELECT id, digest FROM change WHERE id > 6").fetchall()
    register.execute("UPDATE change SET officer = 'somebody else' WHERE id = 6")
    seal_all(register)
    for number, digest in digests:
        register.execute("UPDATE change SET digest = ? WHERE id = ?", (digest, number))
    assert last > 7
    assert faults(verified(register))[LOG].startswith("change 7 of ")


@pytest.mark.slow
def test_an_end_that_was_cut_off_is_told_by_the_head_on_paper_alone(office: "Office") -> None:
    office.person("Ann Invented")
    on_paper = verified(office.connection).head
    with closing(copied(office.connection)) as copy:
        office.person("Bob Invented")
        assert verified(office.connection).head != on_paper
        assert verified(copy).head == on_paper


# A register from before there were digests ---------------------------------------------------------------------------

ROWS = """
INSERT INTO change (at, officer, host, command) VALUES ('2020-01-02T03:04:05.006Z', 'officer', 'host', 'init');
INSERT INTO country VALUES ('AUS', 'AUS', 'AU', 'Australia', 'Australia', 'made up');
INSERT INTO permit_group VALUES ('KITAS', 1, 'Terbatas', 'Limited');
INSERT INTO permit_class VALUES ('KITAS', 'KITAS', 1, 'Terbatas', 'Limited');
INSERT INTO change (at, officer, host, command) VALUES ('2020-01-03T03:04:05.006Z', 'officer', 'host', 'resident add');
INSERT INTO resident (id, full_name, nationality, change_id) VALUES (7, 'Ann Invented', 'AUS', 2);
INSERT INTO resident (id, full_name, nationality, change_id) VALUES (8, 'Bob Invented', 'AUS', 2);
INSERT INTO residence (resident_id, from_on, change_id) VALUES (7, '2019-01-01', 2);
INSERT INTO residence (resident_id, from_on, change_id) VALUES (8, '2019-01-01', 2);
INSERT INTO change (at, officer, host, command) VALUES ('2020-01-04T03:04:05.006Z', 'officer', 'host', 'permit add');
INSERT INTO permit (id, resident_id, class_code, number, issued_on, starts_on, expires_on, granted_as, change_id)
VALUES (1, 7, 'KITAS', '2C21-1', '2019-06-01', '2019-06-01', '2020-06-01', 'NEW', 3);
INSERT INTO change (at, officer, host, command) VALUES ('2020-01-05T03:04:05.006Z', 'officer', 'host', 'permit edit');
UPDATE permit SET expires_on = '2020-07-01', change_id = 4 WHERE id = 1;
INSERT INTO change (at, officer, host, command) VALUES ('2020-01-06T03:04:05.006Z', 'officer', 'host', 'remove');
DELETE FROM residence WHERE resident_id = 8;
DELETE FROM resident WHERE id = 8;
"""


@pytest.fixture(params=["0002_versions", "0003_log_and_law"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A register of an earlier version, which lacks that step, with rows that were written, corrected and removed."""
    path = tmp_path / "register.db"
    with connect.making(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        migrate.migrate(connection, stop_before=request.param)
        for statement in migrate.statements(ROWS):
            connection.execute(statement)
        connection.commit()
    return path


@pytest.mark.slow
@pytest.mark.one_in(2)
def test_an_old_register_is_given_its_history_and_is_whole(old: Path, author: "Author") -> None:
    with connect.writing(old) as connection:
        assert migrate.bring_up_to_date(connection, old) is not None
        before = verified(connection)
        assert faults(before) == {}
        (changes,) = connection.execute("SELECT max(id) FROM change").fetchone()
        assert {finding.what: finding.number for finding in before.findings}[LOG] == changes
        assert connection.execute("SELECT count(digest), count(DISTINCT digest) FROM change").fetchone() == (
            changes, changes,
        )  # fmt: skip
        with changing(connection, author) as change:
            change.update("permit", 1, {"expires_on": "2020-08-01"})
        assert faults(verified(connection)) == {}
        connection.execute("UPDATE change SET officer = 'somebody else' WHERE id = 2")
        assert faults(verified(connection))[LOG].startswith("change 2 of 2020-01-03T03:04:05.006Z (resident add)")


@pytest.mark.slow
@pytest.mark.one_in(2)
def test_what_an_old_register_kept_can_be_undone(old: Path, author: "Author") -> None:
    with connect.writing(old) as connection:
        kept = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'resident_version'").fetchone()[0]
        migrate.bring_up_to_date(connection, old)
        if kept:
            with changing(connection, author) as change:
                undo(change, change_made(connection, 5))
            with changing(connection, author) as change:
                undo(change, change_made(connection, 4))
            assert connection.execute("SELECT id, full_name FROM resident").fetchall() == [
                (7, "Ann Invented"), (8, "Bob Invented"),
            ]  # fmt: skip
            assert connection.execute("SELECT expires_on FROM permit").fetchall() == [("2020-06-01",)]
        assert faults(verified(connection)) == {}
