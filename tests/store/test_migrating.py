"""An older register is copied beside itself and brought up to date, whole or not at all, by any number at once."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.earlier import VERSIONS
from timpora_cli.store import connect, migrate
from timpora_cli.store.change import Author, changing
from timpora_cli.store.connect import OlderRegister, RegisterBusy, reading, writing

if TYPE_CHECKING:
    from tests.conftest import AtOnce, EarlierRegister

VIEWS = {
    "change_moment", "current_permit", "current_residence", "district_count", "expiry", "last_stay", "relief_coverage",
    "relief_offer", "relief_span",
}  # fmt: skip
STEPS = list(connect.STEPS)
SCRIPTS = sorted(migrate.SQL.glob("[0-9]*.sql"))
WITHOUT_SQL = {"0002_versions", "0005_bridging_permit"}
LOG = "SELECT id, at, officer, host, command, reason FROM change WHERE command NOT LIKE 'upgrade %'"


@pytest.fixture(params=VERSIONS)
def older(request: pytest.FixtureRequest, earlier_register: "EarlierRegister") -> Path:
    """A register of each version that there has been, with rows in it."""
    return earlier_register(request.param)


# What an upgrade writes by itself: its own bookkeeping, its changes in the log, and a class that is new. It adds
# residences without a place, for days between an arrival and the first residence.
WRITTEN_BY_AN_UPGRADE = {"_sqlite_migrations", "sqlite_sequence", "change", "permit_class"}
RENEWED = {"rule", "relief"}  # the law as it was read again (test_renewed_law.py); version 1 kept no versions of rows


def content(path: Path, like: Path) -> dict[str, list[object]]:
    """The rows of a file in the tables and columns that another file has, and the changes that officers made.

    Of a row that the upgrade rewrote as a logged change, it is the version that this change replaced.
    """
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(like)) as other:
        (last,) = other.execute("SELECT max(id) FROM change").fetchone()
        tables = [name for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
        rows = {}
        for table in tables:
            columns = ", ".join(row[1] for row in other.execute(f"PRAGMA table_info({table})"))
            if table in WRITTEN_BY_AN_UPGRADE:
                continue
            query = f"SELECT {columns} FROM {table}"
            if table.endswith("_version"):
                query += f" WHERE until_change <= {last}"
            elif table in RENEWED and f"{table}_version" not in tables:
                continue
            elif f"{table}_version" in tables:
                query += f" WHERE change_id <= {last} UNION ALL {query}_version WHERE until_change > {last}"
            elif table == "residence":
                query += f" WHERE change_id <= {last}"
            rows[table] = sorted(connection.execute(query), key=repr)
        return {**rows, "change": connection.execute(LOG).fetchall()}


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_the_steps_and_the_version_that_the_program_knows_agree() -> None:
    assert len(STEPS) == connect.SCHEMA_VERSION
    assert sorted(STEPS) == STEPS
    of = {path.name: [step for step in STEPS if path.name.startswith(step)] for path in SCRIPTS}
    assert {step for (step,) in of.values()} == set(STEPS) - WITHOUT_SQL


def test_an_older_register_is_not_read(older: Path) -> None:
    before = older.read_bytes()
    with (
        pytest.raises(OlderRegister, match=f"its version {version(older)}, this program's {connect.SCHEMA_VERSION}"),
        reading(older),
    ):
        pass
    assert older.read_bytes() == before
    assert [path.name for path in older.parent.iterdir()] == ["register.db"]


@pytest.mark.slow
def test_an_older_register_is_copied_and_brought_up_to_date_with_its_rows(older: Path) -> None:
    rows, found = content(older, older), version(older)
    with writing(older) as connection:
        copy = migrate.bring_up_to_date(connection, older)
    assert copy == older.with_name(f"register.db.v{found}")
    assert copy is not None
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (version(copy), version(older)) == (found, connect.SCHEMA_VERSION)
    assert content(older, copy) == content(copy, copy) == rows
    with reading(older) as connection:
        views = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
        assert views == VIEWS
        ends = connection.execute("SELECT resident_id, expires_on, district FROM expiry").fetchall()
        assert {(1, "2021-02-09", "Tanjungpandan"), (2, "2020-04-18", "Sijuk"), (4, "2020-09-25", None)} <= {*ends}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.slow
def test_what_was_brought_up_to_date_is_left_alone_and_keeps_versions_from_then_on(older: Path, author: Author) -> None:
    with writing(older) as connection:
        migrate.bring_up_to_date(connection, older)
    before = older.read_bytes()
    with writing(older) as connection:
        assert migrate.bring_up_to_date(connection, older) is None
    assert older.read_bytes() == before
    assert len(list(older.parent.iterdir())) == 2
    with writing(older) as connection:
        with changing(connection, author) as change:
            change.update("resident", 1, {"full_name": "Ann Invented-Newly"})
        assert connection.execute(
            "SELECT full_name, until_change FROM resident_version WHERE id = 1 ORDER BY until_change DESC"
        ).fetchall()[0] == ("Ann Invented", change.number)


@pytest.mark.slow
def test_a_table_and_a_view_of_another_program_stay_and_an_earlier_copy_too(older: Path) -> None:
    earlier = older.with_name(f"register.db.v{version(older)}")
    earlier.write_text("an earlier copy")
    with closing(sqlite3.connect(older)) as other:
        other.executescript("CREATE TABLE mine (change_id INTEGER); INSERT INTO mine VALUES (7);")
        other.execute("CREATE VIEW seen AS SELECT full_name FROM resident")
    with writing(older) as connection:
        copy = migrate.bring_up_to_date(connection, older)
        assert connection.execute("SELECT * FROM mine").fetchall() == [(7,)]
        assert ("Ann Invented",) in connection.execute("SELECT * FROM seen").fetchall()
    assert copy == earlier.with_name(f"{earlier.name}-1")
    assert earlier.read_text() == "an earlier copy"


@pytest.mark.slow
def test_a_step_that_fails_leaves_the_register_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = older.parent / "sql"
    broken.mkdir()
    for script in SCRIPTS:
        (broken / script.name).write_text(script.read_text(encoding="utf-8"))
    (broken / "views.sql").write_text("CREATE VIEW expiry AS SELECT 1;\nCREATE VIEW expiry AS SELECT 2;\n")
    monkeypatch.setattr(migrate, "SQL", broken)
    before = older.read_bytes()
    with pytest.raises(sqlite3.OperationalError), writing(older) as connection:
        migrate.bring_up_to_date(connection, older)
    assert older.read_bytes() == before


def test_a_register_that_is_being_written_is_busy_and_stays_as_it_was(
    older: Path,
) -> None:
    before = older.read_bytes()
    with closing(sqlite3.connect(older, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterBusy, match=r"over 0\.05 seconds"), writing(older, 0.05) as connection:
            migrate.bring_up_to_date(connection, older, 0.05)
    assert older.read_bytes() == before


MIGRATE = """
from pathlib import Path
from timpora_cli.store.connect import writing
from timpora_cli.store.migrate import bring_up_to_date
ready()
path = Path(sys.argv[1])
with writing(path) as connection:
    bring_up_to_date(connection, path)
    print(connection.execute("PRAGMA user_version").fetchone()[0])
"""


@pytest.mark.slow
def test_several_who_bring_it_up_to_date_at_once_do_so_together(older: Path, at_once: "AtOnce") -> None:
    rows = content(older, older)
    assert at_once(MIGRATE, older, times=3) == [str(connect.SCHEMA_VERSION)] * 3
    for copy in older.parent.glob("register.db.v*"):
        assert content(older, copy) == content(copy, copy) == rows
    with reading(older) as connection:
        steps = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
        assert steps == [(name,) for name in STEPS]


def test_a_script_is_taken_apart_into_whole_statements() -> None:
    script = """
-- a comment; with a semicolon
CREATE TABLE a (x TEXT);
CREATE TRIGGER t AFTER INSERT ON a
BEGIN
    UPDATE a SET x = ';' WHERE x = 'one;';
    DELETE FROM a;
END;
INSERT INTO a VALUES ('two
lines; and more');
"""
    found = list(migrate.statements(script))
    assert [statement.strip().split("\n")[-1] for statement in found] == [
        "CREATE TABLE a (x TEXT);",
        "END;",
        "lines; and more');",
    ]
    assert "".join(found).strip() == script.strip()
