"""Which file is the register, and what is said of one that cannot be used: exit 5, and never a byte changed."""

import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.store import connect, migrate

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Real, Timpora
    from tests.conftest import EarlierRegister


READ = ("counts", "--as-of", "2020-09-17")
WRITE = ("resident", "add", "--name", "Ann", "--nationality", "AUS")
NO_REGISTER = (
    "There is no register at {path}.\nMake one with: timpora init\nLook at an example first with: timpora demo\n"
)


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def set_version(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {number}")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A register as the first version of the program made it."""
    path = tmp_path / "older.db"
    with connect.making(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        migrate.migrate(connection, stop_before="0002_versions")
        connection.execute("INSERT INTO change VALUES (1, '2020-01-02T03:04:05.006Z', 'o', 'h', 'init', NULL)")
        connection.execute("INSERT INTO country VALUES ('AUS', 'AUS', 'AU', 'Australia', 'Australia', 'made up')")
        connection.commit()
    return path


# Files that cannot be used


@pytest.mark.parametrize("words", [READ, WRITE, ("resident", "show", "1"), ("expiring",)])
def test_no_register_says_how_to_make_one_and_makes_none(
    timpora: "Timpora", tmp_path: Path, words: tuple[str, ...]
) -> None:
    path = tmp_path / "nowhere" / "register.db"
    assert timpora.on(path).refused(5, *words) == NO_REGISTER.format(path=path)
    assert not path.parent.exists()


@pytest.mark.parametrize("content", [b"", b"hello\n", b"SQLite format 3\0" + b"\0" * 200])
@pytest.mark.parametrize("words", [READ, WRITE, ("init",)])
def test_a_file_that_is_something_else_is_left_alone(
    timpora: "Timpora", tmp_path: Path, words: tuple[str, ...], content: bytes
) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    said = timpora.on(path).refused(5, *words)
    assert said.startswith(
        (f"{path} is not a timpora register. Nothing was changed.", f"The register {path} is damaged:")
    )
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(timpora: "Timpora", tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE resident (id)")
    before = path.read_bytes()
    for words in (READ, WRITE, ("init",)):
        assert timpora.on(path).refused(5, *words).startswith(f"{path} is not a timpora register.")
    assert path.read_bytes() == before


def test_a_folder_is_no_register(timpora: "Timpora", tmp_path: Path) -> None:
    for words in (READ, WRITE, ("init",)):
        assert timpora.on(tmp_path).refused(5, *words).startswith(f"{tmp_path} is not a timpora register.")


def test_a_register_of_a_newer_program_is_refused(timpora: "Timpora") -> None:
    newer = connect.SCHEMA_VERSION + 1
    set_version(timpora.db, newer)
    before = timpora.db.read_bytes()
    for words in (READ, WRITE, ("init",)):
        assert timpora.refused(5, *words) == (
            f"The register {timpora.db} is from a newer timpora (its version {newer}, this program's {newer - 1}).\n"
            "Nothing was changed. Install the newer timpora to use it.\n"
        )
    assert timpora.db.read_bytes() == before


def test_an_older_register_is_not_read_and_not_touched_by_reading(timpora: "Timpora", older: Path) -> None:
    before = older.read_bytes()
    assert timpora.on(older).refused(5, *READ) == (
        f"The register {older} is from an older timpora (its version 1, this program's {connect.SCHEMA_VERSION}).\n"
        "The next command that changes it brings it up to date and keeps a copy; timpora init does only that.\n"
    )
    assert older.read_bytes() == before


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize("words", [WRITE, ("init",)])
def test_a_command_that_may_write_brings_an_older_register_up_to_date_and_keeps_a_copy(
    timpora: "Timpora", older: Path, words: tuple[str, ...]
) -> None:
    before = older.read_bytes()
    given = timpora.on(older)(*words)
    copy = older.with_name("older.db.v1")
    assert given.code == 0
    assert given.err == f"The register was brought up to date; the older one is kept as {copy}.\n"
    assert version(older) == connect.SCHEMA_VERSION
    assert version(copy) == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert before[:16] == copy.read_bytes()[:16]
    assert timpora.on(older)(*WRITE).err == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(timpora: "Timpora") -> None:
    timpora.db.chmod(0)
    assert "cannot be opened: no permission" in timpora.refused(5, *READ)


def test_a_path_with_every_odd_character_is_a_path(timpora: "Timpora", tmp_path: Path) -> None:
    path = tmp_path / "a b#c?d%41&e=é.db"
    timpora.db.rename(path)
    assert timpora.on(path).answer(*READ) == timpora.on(path).answer(*READ, "--db", str(path))
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [path.name]


# Which file


def counted(answer: "Answer") -> str:
    assert (answer.code, answer.err) == (0, "")
    return answer.out.splitlines()[-2].split()[-1]


@pytest.mark.slow
def test_the_option_goes_before_the_variable_and_that_before_the_usual_place(
    real: "Real", demo: Path, empty: "Timpora", tmp_path: Path
) -> None:
    home = tmp_path / "home"
    usual = home / ".local" / "share" / "timpora" / "register.db"
    given = {"HOME": str(home)}
    assert real(*READ, **given).err == "timpora: " + NO_REGISTER.format(path=usual)
    assert real("init", **given).code == 0
    assert stat.S_IMODE(usual.parent.stat().st_mode) == 0o700
    assert counted(real(*READ, **given)) == "0"
    assert counted(real(*READ, **given, TIMPORA_DB=str(demo))) == "47"
    assert counted(real(*READ, "--db", str(empty.db), **given, TIMPORA_DB=str(demo))) == "0"
    assert counted(real(*READ, "--db", demo.name, **given, TIMPORA_DB=str(empty.db))) == "47"


@pytest.mark.slow
def test_the_usual_place_is_the_platforms_data_folder(real: "Real", demo: Path, tmp_path: Path) -> None:
    place = tmp_path / "xdg" / "timpora"
    place.mkdir(parents=True)
    demo.rename(place / "register.db")
    assert counted(real(*READ, XDG_DATA_HOME=str(tmp_path / "xdg"), HOME=str(tmp_path / "home"))) == "47"
    assert counted(real(*READ, XDG_DATA_HOME=str(tmp_path / "xdg"), TIMPORA_DB="")) == "47"


@pytest.mark.parametrize("seconds", ["-1", "soon", "1e3", "100000"])
def test_a_wait_that_is_no_number_of_seconds_is_refused(timpora: "Timpora", seconds: str) -> None:
    given = timpora("counts", "--wait", seconds)
    assert (given.code, given.out) == (2, "")
    assert f'"{seconds}" is no number of seconds' in given.err


@pytest.mark.parametrize("words", [("counts",), ("resident", "edit", "1", "--note", "seen")])
def test_nobody_waits_longer_than_is_said(timpora: "Timpora", words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(timpora.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = timpora.refused(5, "--wait", "0", *words)
    assert "for over 0 seconds" in said
    assert "wait longer with --wait SECONDS" in said


# A refused command


REFUSED = [
    (2, ("resident", "edit", "1", "--nationality", "Atlantis")),
    (2, ("permit", "extend", "1", "--number", "N1", "--issued", "yesterday's", "--expires", "2021-01-01")),
    (4, ("resident", "edit", "999", "--note", "x")),
    (2, ("undo",)),
    (4, ("undo", "999", "--yes")),
    (6, ("import", "sheet.csv", "--dry-run")),
    (1, ("import", "sheet.csv", "--strict")),
    (2, ("setting", "set", "time_zone", "Atlantis")),
    (0, ("setting", "set", "time_zone", "Asia/Jakarta")),
    (2, ("expiring", "--mark", "--within", "soon")),
]


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(("code", "words"), REFUSED, ids=[" ".join(words) for _code, words in REFUSED])
def test_a_command_that_changes_nothing_leaves_an_older_register_as_it_was(
    timpora: "Timpora",
    earlier_register: "EarlierRegister",
    tmp_path: Path,
    code: int,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "sheet.csv").write_text("name,nationality,passport_number\nNobody,XYZ,X1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    older = earlier_register(1)
    before, beside = older.read_bytes(), sorted(older.parent.iterdir())
    given = timpora.on(older)(*words)
    assert given.code == code, given.err
    assert "brought up to date;" not in given.err
    assert older.read_bytes() == before
    assert [one for one in sorted(older.parent.iterdir()) if "rejects" not in one.name] == beside


def test_the_copy_of_an_older_register_is_whole_when_it_gets_its_name(
    timpora: "Timpora", older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def put(scratch: Path, path: Path) -> None:
        with closing(sqlite3.connect(scratch)) as connection:
            seen.append(connection.execute("PRAGMA integrity_check").fetchone())
        assert not path.exists()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("timpora_cli.store.migrate.put", put)
    before = older.read_bytes()
    assert timpora.on(older).refused(1, *WRITE) == (
        f"No copy of the register {older} can be kept beside it: No space left on device. Nothing was changed.\n"
    )
    assert seen == [("ok",)]
    assert older.read_bytes() == before
    assert not list(older.parent.glob("*.v1"))
    assert not list(older.parent.glob(".timpora-*"))
