"""What other users of the machine could do to the register and to the files beside it: refused, or said."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

EDIT = ("resident", "edit", "1", "--note", "seen")
BEFORE = ("expiring", "--before", "2020-09-21", "--as-of", "2020-09-17")


@pytest.fixture
def open_to_all(timpora: "Timpora", tmp_path: Path) -> "Timpora":
    """The program on a register in a folder where everybody may write, as in /tmp."""
    folder = tmp_path / "every body"
    folder.mkdir()
    folder.chmod(0o1777)
    return timpora.on(Path(shutil.copy(timpora.db, folder)))


def test_a_register_in_a_folder_of_everybody_is_read_with_a_warning(open_to_all: "Timpora") -> None:
    folder = open_to_all.db.parent
    given = open_to_all(*BEFORE)
    assert given.code == 0
    assert "listed" in given.out
    assert given.err == (
        f"Everybody may write in {folder}: a stranger could change the register. Close it: chmod o-w FOLDER\n"
    )


@pytest.mark.parametrize("words", [EDIT, ("undo", "--yes"), ("resident", "remove", "1", "--yes")], ids=" ".join)
def test_and_it_is_not_changed(open_to_all: "Timpora", words: tuple[str, ...]) -> None:
    before = open_to_all.db.read_bytes()
    said = open_to_all.refused(5, *words)
    assert said.endswith("Nothing was changed. Close the folder with: chmod o-w FOLDER\n")
    assert open_to_all.db.read_bytes() == before
    open_to_all.db.parent.chmod(0o1775)
    assert open_to_all(*EDIT).code == 0


def test_and_none_is_made_there(open_to_all: "Timpora") -> None:
    new = open_to_all.on(open_to_all.db.with_name("new.db"))
    for words in (("init",), ("demo", "--keep", str(new.db))):
        assert "Everybody may write in" in new.refused(5, *words)
    assert not new.db.exists()


def test_a_strangers_journal_there_is_never_written_into_the_register(open_to_all: "Timpora") -> None:
    path = open_to_all.db
    journal = path.with_name(f"{path.name}-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 2")
        other.execute("BEGIN")
        other.execute("UPDATE resident SET note = 'changed', change_id = 1")
        copied = shutil.copy(journal, path.with_name("forged"))
        other.rollback()
    Path(copied).rename(journal)
    before = path.read_bytes()
    for words in (BEFORE, EDIT):
        assert "Everybody may write in" in open_to_all.refused(5, *words)
    assert path.read_bytes() == before
    path.parent.chmod(0o755)
    assert open_to_all(*BEFORE).code == 0  # its own journal is rolled back, as after a power cut
    assert not journal.exists()


def test_a_folder_that_a_group_shares_is_usual(timpora: "Timpora") -> None:
    timpora.db.parent.chmod(0o2770)
    timpora.db.chmod(0o660)
    timpora.answer(*EDIT)
    timpora.answer("status")


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("mode", [0o604, 0o602, 0o666])
def test_a_register_that_everybody_may_read_is_said_with_what_mends_it(timpora: "Timpora", mode: int) -> None:
    timpora.db.chmod(mode)
    assert timpora("status").err == f"Everybody may read the register. Close it with: chmod o= {timpora.db}\n"
    found = timpora("check", "--format", "csv")
    assert found.code == 1
    assert f"ERROR,OPEN_FILE,,,everybody may read the register,chmod o= {timpora.db},OPEN_FILE," in found.out
    timpora.db.chmod(mode & 0o770)
    assert timpora("status").err == ""
    assert "OPEN_FILE" not in timpora("check").out


@pytest.mark.slow
def test_that_everybody_may_read_it_can_be_accepted(timpora: "Timpora") -> None:
    timpora.db.chmod(0o644)
    timpora.answer("check", "accept", "OPEN_FILE", "--reason", "a made-up reason")
    assert "OPEN_FILE" not in timpora("check").out
    assert timpora("status").err == ""


@pytest.mark.slow
def test_the_folders_that_init_makes_are_private(timpora: "Timpora", tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        timpora.on(tmp_path / "a" / "b" / "new.db").answer("init")
    finally:
        os.umask(umask)
    made = [tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "new.db"]
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700, 0o700, 0o600]


WRITES = {
    "a list": (*BEFORE, "--output", "{path}.csv"),
    "a workbook": (*BEFORE, "--output", "{path}.xlsx"),
    "a calendar": (*BEFORE, "--output", "{path}.ics"),
    "an export": ("export", "{path}.csv"),
    "a page": ("brief", "--as-of", "2020-09-17", "--output", "{path}.html"),
    "a file of one's own": ("resident", "dossier", "1", "--output", "{path}.json"),
}
STANDS = ("link", "link to nothing", "pipe", "folder", "device")


def put_there(stands: str, path: Path, other: Path) -> None:
    if stands == "link":
        path.symlink_to(other)
    elif stands == "link to nothing":
        path.symlink_to(other.with_name("nothing"))
    elif stands == "pipe":
        os.mkfifo(path)
    elif stands == "folder":
        path.mkdir()
    else:
        try:
            os.mknod(path, 0o020666, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("needs root, to make a device")


@pytest.mark.parametrize("stands", STANDS)
@pytest.mark.parametrize("what", WRITES)
@pytest.mark.one_in(5)
def test_what_is_no_file_is_not_written_over(timpora: "Timpora", tmp_path: Path, what: str, stands: str) -> None:
    line = [word.format(path=tmp_path / "there") for word in WRITES[what]]
    path, other = next(Path(word) for word in line if word.startswith(str(tmp_path))), tmp_path / "other"
    other.write_text("another's", encoding="utf-8")
    put_there(stands, path, other)
    kind, before = path.lstat().st_mode, timpora.changes()
    for force in ([], ["--force"]):
        said = timpora.refused(1, *line, *force)
        assert said.startswith(str(path))
    assert "a link, a pipe, a device or a folder stands there" in said
    assert path.lstat().st_mode == kind
    assert other.read_text(encoding="utf-8") == "another's"
    assert timpora.changes() == before


@pytest.mark.one_in(5)
@pytest.mark.parametrize("stands", STANDS)
def test_refused_rows_go_to_another_name_where_no_file_stands(timpora: "Timpora", tmp_path: Path, stands: str) -> None:
    sheet, other = tmp_path / "sheet.csv", tmp_path / "other"
    sheet.write_text("name,nationality,passport_number\nNobody at all,XYZ,\n", encoding="utf-8")
    other.write_text("another's", encoding="utf-8")
    put_there(stands, tmp_path / "sheet.csv.rejects.csv", other)
    assert timpora("import", str(sheet)).code == 6
    assert (tmp_path / "sheet.csv.rejects-2.csv").is_file()
    assert other.read_text(encoding="utf-8") == "another's"


def test_a_wave_is_the_home_folder(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(timpora.db.parent))
    expected = timpora.answer("counts")
    at = timpora.on(Path("~") / timpora.db.name)
    assert at.answer("counts") == expected
    assert timpora.on(Path("nowhere.db")).answer("--db", f"~/{timpora.db.name}", "counts") == expected
