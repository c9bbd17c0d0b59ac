"""What a command tells as done is on the disk by then: its system calls are recorded and read.

A file's new content must be synced after the last write to it, and a folder after the last change of a name in it. What
SQLite's own journal and scratch files are meanwhile does not matter.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.cli import app
from timpora_cli.store.connect import writing

if TYPE_CHECKING:
    from tests.cli.conftest import Real, Timpora
    from tests.conftest import EarlierRegister, NeedsTool

SOURCE = Path(app.__file__).parents[2]
CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,ftruncate"
CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
NAME = re.compile(r'"([^"]*)"')
OPEN_FILE = re.compile(r"^\d+<([^>]*)>")
BEFORE = ("expiring", "--before", "2020-09-21", "--as-of", "2020-09-17")


@dataclass(slots=True)
class Disk:
    """What a power cut would take at each moment: files written and folders changed, and not synced since."""

    within: Path
    unsynced: set[Path] = field(default_factory=set)
    told: set[Path] = field(default_factory=set)
    """What was not synced when the last of the answer was written."""

    def hear(self, line: str) -> None:
        found = CALL.match(line)
        if found is None or int(found[3]) < 0:
            return
        call, arguments = found[1], found[2]
        opened = OPEN_FILE.match(arguments)
        if call in {"write", "pwrite64", "ftruncate"} and opened is not None:
            if arguments.startswith("1<"):
                self.told = set(self.unsynced)
            self.unsynced.add(Path(opened[1]))
        elif call in {"fsync", "fdatasync"} and opened is not None:
            self.unsynced.discard(Path(opened[1]))
        elif call == "openat" and "O_CREAT" in arguments:
            self.unsynced.add(Path(NAME.findall(arguments)[0]).parent)
        elif call in {"unlink", "unlinkat", "mkdir"}:
            gone = Path(NAME.findall(arguments)[0])
            self.unsynced.add(gone.parent)
            self.unsynced.discard(gone)
        elif call in {"rename", "renameat", "renameat2", "link", "linkat"}:
            old, new = (Path(name) for name in NAME.findall(arguments)[:2])
            if old in self.unsynced:
                self.unsynced.add(new)
            self.unsynced.add(new.parent)

    def ours(self, paths: set[Path]) -> set[Path]:
        return {path for path in paths if path.is_relative_to(self.within) and path.exists()}


@pytest.fixture
def traced(tmp_path: Path, needs_tool: "NeedsTool") -> "Traced":
    needs_tool("strace")
    return Traced(tmp_path)


@dataclass(frozen=True, slots=True)
class Traced:
    """Run a command, and say what of its files would be lost at its end, and what was when it answered."""

    folder: Path

    def __call__(self, *words: str | Path, into: Path | None = None, code: int = 0) -> Disk:
        record, disk = self.folder / "calls.strace", Disk(self.folder / "work")
        command: list[str | Path] = ["strace", "-f", "-y", "-s", "0", "-e", f"trace={CALLS}", "-o", record]
        environment = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
        with (into or self.folder / "stdout").open("wb") as stdout:
            done = subprocess.run(
                [*command, sys.executable, "-m", "timpora_cli", *map(str, words)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode == code, done.stderr
        for line in record.read_text(encoding="utf-8", errors="replace").splitlines():
            disk.hear(line)
        return disk


@pytest.fixture
def work(demo: Path) -> Path:
    """A folder with the example register, alone."""
    folder = demo.parent / "work"
    folder.mkdir()
    demo.rename(folder / "register.db")
    return folder


SHEET = "name,nationality,passport_number\nAnn Newly Invented,AUS,X0009001\nNobody at all,XYZ,\n"
COMMANDS = {
    "a change": (("resident", "edit", "1", "--note", "seen"), 0),
    "a register": (("--db", "{work}/deep/new.db", "init"), 0),
    "an example": (("demo", "--keep", "{work}/deep/example.db"), 0),
    "an export": (("export", "{work}/people.csv"), 0),
    "a workbook": (("export", "{work}/people.xlsx"), 0),
    "a list": ((*BEFORE, "--output", "{work}/list.txt"), 0),
    "a list over another": ((*BEFORE, "--output", "{work}/list.txt", "--force"), 0),
    "marks of a list": ((*BEFORE, "--mark", "--output", "{work}/list.csv"), 0),
    "a page": (("brief", "--as-of", "2020-09-17", "--output", "{work}/brief.html"), 0),
    "letters": (("letters", "--before", "2099-09-21", "--output", "{work}/deep/letters"), 0),
    "rejects": (("import", "{work}/sheet.csv"), 6),
    "an undo": (("undo", "--yes"), 0),
    "a backup": (("backup", "{work}/deep/backups", "--keep", "1"), 0),
    "a drill": (("backup", "--drill"), 0),
    "a restore": (("restore", "{work}/other.db", "--yes"), 0),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", COMMANDS)
def test_what_is_told_as_done_is_on_the_disk(traced: Traced, real: "Real", work: Path, what: str) -> None:
    (work / "sheet.csv").write_text(SHEET, encoding="utf-8")
    (work / "list.txt").write_text("", encoding="utf-8") if what.endswith("another") else None
    if what == "a restore":
        shutil.copy(work / "register.db", work / "other.db")
    if what == "a drill":
        assert real("--db", work / "register.db", "backup").code == 0
    words, code = COMMANDS[what]
    given = [word.format(work=work) for word in words]
    register = () if what in {"a register", "an example"} else ("--db", work / "register.db")
    disk = traced(*register, *given, code=code)
    assert disk.ours(disk.unsynced) == set()
    assert disk.ours(disk.told) == set()


@pytest.mark.slow
def test_the_recording_sees_what_is_not_synced(traced: Traced, work: Path) -> None:
    """A list in a redirected file, without --mark, is the shell's own business: it shows that the record finds it."""
    disk = traced("--db", work / "register.db", *BEFORE, into=work / "list.txt")
    assert disk.ours(disk.unsynced) == {work / "list.txt"}


@pytest.mark.slow
def test_marks_wait_until_the_list_in_a_redirected_file_is_on_the_disk(traced: Traced, work: Path) -> None:
    list_of = work / "list.txt"
    disk = traced("--db", work / "register.db", *BEFORE, "--mark", into=list_of)
    assert list_of.stat().st_size > 0
    assert disk.ours(disk.unsynced) == set()
    calls = (work.parent / "calls.strace").read_text(encoding="utf-8").splitlines()
    kept = next(at for at, line in enumerate(calls) if f"fsync(1<{list_of}>" in line)
    committed = max(at for at, line in enumerate(calls) if "unlink" in line and "register.db-journal" in line)
    assert kept < committed


@pytest.mark.slow
def test_an_older_register_is_copied_to_the_disk_before_it_is_brought_up_to_date(
    traced: Traced, work: Path, earlier_register: "EarlierRegister"
) -> None:
    older = earlier_register(9).rename(work / "older.db")
    disk = traced("--db", older, "init")
    assert (work / "older.db.v9").exists()
    assert disk.ours(disk.unsynced) == set()


def test_a_change_syncs_the_folder_after_its_journal_is_gone(timpora: "Timpora") -> None:
    with writing(timpora.db) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
