"""The file: who may open it, what is refused as no register of ours, and that reading never leaves a trace."""

import os
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import founding
from timpora_cli.cli.frame.register import usual_path
from timpora_cli.errors import RegisterUnusable, TimporaError
from timpora_cli.store import connect
from timpora_cli.store.change import Author, changing
from timpora_cli.store.connect import (
    DamagedRegister,
    NewerRegister,
    NoRegister,
    NotARegister,
    OlderRegister,
    RegisterBusy,
    RegisterForbidden,
    WriteFailed,
    reading,
    writing,
)

if TYPE_CHECKING:
    from tests.conftest import AtOnce, RegisterMaker

NOBODY = 65534
PEOPLE = "SELECT count(*) FROM resident"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def trace(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Every file of a folder with its content, moment of change and mode."""
    return {
        path.name: (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in folder.iterdir()
        if path.is_file()
    }


def refused(path: Path, kind: type[TimporaError]) -> TimporaError:
    """Open `path` both ways; both must raise `kind`, and leave the folder as it was."""
    before = trace(path.parent) if path.parent.is_dir() else {}
    with pytest.raises(kind) as to_read, reading(path) as connection:
        connection.execute(PEOPLE).fetchone()
    with pytest.raises(kind), writing(path) as connection:
        connection.execute(PEOPLE).fetchone()
    assert (trace(path.parent) if path.parent.is_dir() else {}) == before
    assert str(path) in str(to_read.value)
    return to_read.value


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may open everything; as nobody, permissions mean something."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that nobody in particular may enter: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


# Made ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_new_register_is_for_its_owner_alone_and_so_is_the_folder_made_for_it(tmp_path: Path, author: Author) -> None:
    path = tmp_path / "data" / "timpora" / "register.db"
    founding.make(path, None, author)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with connect.making(tmp_path / "register.db") as connection:
        connection.execute("CREATE TABLE a (x TEXT)")
    assert mode(tmp_path) == 0o755


def test_the_mode_holds_under_any_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with connect.making(tmp_path / "new" / "register.db") as connection:
            connection.execute("CREATE TABLE a (x TEXT)")
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o700
    assert mode(tmp_path / "new" / "register.db") == 0o600


def test_a_new_register_says_what_it_is(register: "RegisterMaker") -> None:
    path = register()
    assert path.read_bytes()[68:72] == b"TIMP"  # where `file` and other programs look for it
    with reading(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (connect.SCHEMA_VERSION,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_table_is_strict(register: "RegisterMaker") -> None:
    with reading(register()) as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
            "AND name NOT LIKE 'sqlite_%' AND name <> '_sqlite_migrations'"
        ).fetchall()
    assert loose == []


@pytest.mark.slow
def test_making_a_register_over_anything_is_refused_and_leaves_it(tmp_path: Path, author: Author) -> None:
    path = tmp_path / "register.db"
    path.write_text("an officer's notes")
    with pytest.raises(founding.RegisterExists, match="already a register") as error:
        founding.make(path, None, author)
    assert error.value.exit_code == 1
    assert path.read_text() == "an officer's notes"


@pytest.mark.parametrize("name", ["file", "file/deeper"])
def test_a_folder_that_is_a_file_cannot_be_used(tmp_path: Path, author: Author, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RegisterForbidden) as error:
        founding.make(tmp_path / name / "register.db", None, author)
    assert error.value.exit_code == 5
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.slow
def test_nothing_is_left_where_making_a_register_fails(tmp_path: Path, author: Author) -> None:
    bad = tmp_path / "regions.csv"
    bad.write_text("kode,nama\n19,Kepulauan\n19.2,Belitung\n")
    with pytest.raises(TimporaError):
        founding.make(tmp_path / "register.db", bad, author)
    assert [path.name for path in tmp_path.iterdir()] == ["regions.csv"]


def test_a_register_is_not_made_in_a_folder_closed_to_us(open_to_all: Path, author: Author) -> None:
    closed = open_to_all / "closed"
    closed.mkdir(mode=0o500)
    for path in (closed / "register.db", closed / "new" / "register.db"):
        with unprivileged(), pytest.raises(RegisterForbidden, match="no permission"):
            founding.make(path, None, author)
    assert list(closed.iterdir()) == []


# Missing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["register.db", "no/such/folder/register.db"])
def test_no_register_is_an_error_that_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    error = refused(tmp_path / name, NoRegister)
    assert error.exit_code == 5
    assert "timpora init" in str(error)
    assert "timpora demo" in str(error)
    assert list(tmp_path.iterdir()) == []


def test_a_path_through_a_file_is_no_register(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    refused(tmp_path / "file" / "register.db", NoRegister)


def test_the_register_lives_in_the_persons_own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert usual_path().name == "register.db"
    if sys.platform == "linux":
        assert usual_path() == tmp_path / "timpora" / "register.db"


# Not ours ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"nama,paspor\nAnn Invented,X1\n", b"text " * 5000, b"SQLite format 3\x00", bytes(8192)],
    ids=["empty", "one byte", "a short sheet", "a long text", "a header cut short", "zeros"],
)
def test_a_file_of_another_kind_is_not_a_register(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(content)
    assert refused(path, NotARegister).exit_code == 5


@pytest.mark.parametrize("application", [0, 1, -1])
def test_another_programs_database_is_not_a_register(tmp_path: Path, application: int) -> None:
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE resident (full_name TEXT)")
        other.execute(f"PRAGMA application_id = {application}")
        other.commit()
    refused(path, NotARegister)


def test_a_folder_is_not_a_register(tmp_path: Path) -> None:
    refused(tmp_path, NotARegister)


def test_a_pipe_is_not_a_register_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "register.db")
    refused(tmp_path / "register.db", NotARegister)


def test_a_register_of_a_newer_version_is_refused_with_both_versions(register: "RegisterMaker") -> None:
    path = register()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {connect.SCHEMA_VERSION + 1}")
    error = refused(path, NewerRegister)
    assert error.exit_code == 5
    assert f"its version {connect.SCHEMA_VERSION + 1}, this program's {connect.SCHEMA_VERSION}" in str(error)


def test_reading_a_register_of_an_older_version_is_refused(register: "RegisterMaker") -> None:
    path = register()
    with closing(sqlite3.connect(path)) as older:
        older.execute("PRAGMA user_version = 1")
    before = trace(path.parent)
    with pytest.raises(OlderRegister, match="timpora init") as error, reading(path):
        pass
    assert error.value.exit_code == 5
    assert trace(path.parent) == before


# Reading -----------------------------------------------------------------------------------------------------------


def test_reading_never_changes_a_byte(register: "RegisterMaker") -> None:
    path = register()
    before = trace(path.parent)
    with reading(path) as connection:
        assert connection.execute(PEOPLE).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM district_count").fetchone() == (12,)
        assert trace(path.parent) == before
    assert trace(path.parent) == before


def test_a_reader_cannot_write(register: "RegisterMaker") -> None:
    path = register()
    before = trace(path.parent)
    with pytest.raises(RegisterForbidden), reading(path) as connection:
        connection.execute("DELETE FROM village")
    assert trace(path.parent) == before


def test_a_register_that_may_only_be_read_can_be_read(register: "RegisterMaker", open_to_all: Path) -> None:
    path = register()
    shared = open_to_all / "register.db"
    shared.write_bytes(path.read_bytes())
    shared.chmod(0o444)
    with unprivileged():
        with reading(shared) as connection:
            assert connection.execute(PEOPLE).fetchone() == (0,)
        with pytest.raises(RegisterForbidden), writing(shared) as connection:
            connection.execute("DELETE FROM village")


def test_every_read_inside_sees_one_moment(register: "RegisterMaker", author: Author) -> None:
    path = register()
    with reading(path) as connection:
        before = connection.execute("SELECT count(*) FROM setting").fetchone()
        with pytest.raises(RegisterBusy), writing(path, 0.05) as writer, changing(writer, author) as change:
            change.insert("setting", {"key": "made_up", "value": "1"})
        assert connection.execute("SELECT count(*) FROM setting").fetchone() == before
    with writing(path) as writer, changing(writer, author) as change:
        change.insert("setting", {"key": "made_up", "value": "1"})


@pytest.mark.parametrize(
    "name",
    [
        "a#b.db",
        "a?mode=rwc.db",
        "100%25.db",
        "two words.db",
        "Daftar Orang Asing – Belitung é 註冊.db",
        "file:x.db",
        "-.db",
    ],
)
def test_any_name_of_a_file_is_that_files_name(register: "RegisterMaker", author: Author, name: str) -> None:
    path = register(f"folder {name}/{name}")
    with writing(path) as connection, changing(connection, author) as change:
        change.insert("setting", {"key": "here", "value": name})
    with reading(path) as connection:
        assert connection.execute("SELECT value FROM setting WHERE key = 'here'").fetchone() == (name,)
    assert [found.name for found in path.parent.iterdir()] == [name]


def test_a_relative_path_and_a_link_lead_to_the_same_register(
    register: "RegisterMaker", monkeypatch: pytest.MonkeyPatch
) -> None:
    path = register()
    (path.parent / "link.db").symlink_to(path)
    monkeypatch.chdir(path.parent)
    for name in ("register.db", "link.db"):
        with reading(Path(name)) as connection:
            assert connection.execute(PEOPLE).fetchone() == (0,)


# Forbidden, busy, damaged ------------------------------------------------------------------------------------------


def test_a_file_that_we_may_not_open_is_said_to_be_forbidden(register: "RegisterMaker", open_to_all: Path) -> None:
    path = open_to_all / "register.db"
    path.write_bytes(register().read_bytes())
    path.chmod(0o000)
    with unprivileged():
        for opened in (reading, writing):
            with pytest.raises(RegisterForbidden, match="no permission") as error, opened(path):
                pass
            assert error.value.exit_code == 5


def test_a_file_in_a_folder_that_we_may_not_enter_is_said_to_be_forbidden(
    register: "RegisterMaker", open_to_all: Path
) -> None:
    path = open_to_all / "closed" / "register.db"
    path.parent.mkdir()
    path.write_bytes(register().read_bytes())
    path.parent.chmod(0o000)
    with unprivileged():
        for opened in (reading, writing):
            with pytest.raises(RegisterForbidden), opened(path):
                pass
    path.parent.chmod(0o700)


def test_a_name_that_no_file_can_have_is_said_to_be_forbidden(tmp_path: Path) -> None:
    with pytest.raises(RegisterForbidden), reading(tmp_path / ("x" * 300)):
        pass


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_a_register_that_another_program_holds_is_busy(register: "RegisterMaker", author: Author, lock: str) -> None:
    path = register()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(lock)
        before = path.read_bytes()
        with (
            pytest.raises(RegisterBusy) as error,
            writing(path, 0.05) as connection,
            changing(connection, author) as change,
        ):
            change.insert("setting", {"key": "made_up", "value": "1"})
        assert error.value.exit_code == 5
        assert path.read_bytes() == before
        if lock == "BEGIN EXCLUSIVE":
            with pytest.raises(RegisterBusy), reading(path, 0.05):
                pass
        else:
            with reading(path) as connection:
                assert connection.execute(PEOPLE).fetchone() == (0,)


def test_we_wait_a_minute_for_another_program(register: "RegisterMaker") -> None:
    with reading(register()) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (60000,)


def test_a_damaged_register_is_said_to_be_damaged(register: "RegisterMaker") -> None:
    path = register()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    error = refused(path, DamagedRegister)
    assert error.exit_code == 5
    assert "last good copy" in str(error)


def test_a_register_cut_short_is_said_to_be_damaged(register: "RegisterMaker") -> None:
    path = register()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 4096 // 2 * 4096])
    with pytest.raises(DamagedRegister), reading(path) as connection:
        connection.execute("SELECT * FROM village").fetchall()


def test_a_change_for_which_there_is_no_room_is_not_made(register: "RegisterMaker", author: Author) -> None:
    def write() -> None:
        with writing(path) as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
            with changing(connection, author) as change:
                change.insert("setting", {"key": "made_up", "value": "x" * 100_000})

    path = register()
    before = trace(path.parent)
    with pytest.raises(WriteFailed, match="could not be written: SQLITE_FULL") as error:
        write()
    assert error.value.exit_code == 1
    assert trace(path.parent).keys() == before.keys()
    with reading(path) as connection:
        assert connection.execute("SELECT count(*) FROM setting WHERE key = 'made_up'").fetchone() == (0,)


def test_an_error_that_is_not_about_the_file_stays_what_it_is(register: "RegisterMaker") -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), reading(register()) as connection:
        connection.execute("SELECT * FROM no_such_table")


def test_every_way_not_to_open_a_register_has_the_same_exit_code() -> None:
    kinds = [NoRegister, NotARegister, NewerRegister, OlderRegister, DamagedRegister, RegisterForbidden, RegisterBusy]
    assert {kind.exit_code for kind in kinds} == {RegisterUnusable.exit_code} == {5}


# At once -----------------------------------------------------------------------------------------------------------

MAKE = """
from pathlib import Path
import sqlite_utils
from timpora_cli.actions.founding import RegisterExists, make
from timpora_cli.store.change import Author
ready()
try:
    make(Path(sys.argv[1]), None, Author("made up", "made up", "test"))
except RegisterExists:
    print("exists")
else:
    print("made")
"""


@pytest.mark.slow
def test_of_several_who_make_a_register_at_once_one_makes_it(tmp_path: Path, at_once: "AtOnce") -> None:
    path = tmp_path / "register.db"
    assert sorted(at_once(MAKE, path, times=3)) == ["exists", "exists", "made"]
    with reading(path) as connection:
        assert connection.execute("SELECT count(*) FROM village").fetchone() == (88,)
    assert [found.name for found in tmp_path.iterdir()] == ["register.db"]
