"""Backup and restore under a kill before each chosen system call, and on a disk that is full: nothing is lost.

A verified backup is always there once one was made; what has the name of a backup is whole; the register is the one
before or the one that was restored, and whole.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.cli import app
from timpora_cli.files import remove_left_behind

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.conftest import NeedsTool

pytestmark = pytest.mark.slow  # each starts many processes

SOURCE = Path(app.__file__).parents[2]
ENVIRONMENT = {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "PYTHONDONTWRITEBYTECODE": "1"}
CALLS = ("fsync", "fdatasync", "link", "rename", "unlink", "ftruncate")
EVERY_WRITE = 40
KILLED = -9


@dataclass(frozen=True, slots=True)
class Office:
    """A register with a backup of an earlier moment, and the program in processes of its own."""

    timpora: "Timpora"
    first: Path

    @property
    def folder(self) -> Path:
        return self.first.parent

    def killed_before(self, call: str, number: int, *words: str | Path) -> int:
        """Run a command that is killed before this system call, when it comes for the `number`th time."""
        inject = f"inject={call}:signal=KILL:when={number}"
        command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject]
        return self.ran(*command, sys.executable, "-m", "timpora_cli", "--db", self.timpora.db, *words).returncode

    def ran(self, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            list(map(str, words)),
            env=ENVIRONMENT,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def hold(self, registers: "list[list[str]]") -> None:
        """Hold that every backup is whole, that the first one is there, and that the register is one of these."""
        assert self.first.exists()
        for one in self.folder.glob("timpora-*.db"):
            assert self.timpora.on(one)("verify").code == 0, one
        assert self.timpora("verify").code == 0
        assert sorted(self.timpora.dump()) in registers

    def tidy(self) -> None:
        """Remove the newer backups, and what a kill leaves as the next run of the same officer does."""
        for folder in (self.folder, self.timpora.db.parent):
            remove_left_behind(folder)
            assert not list(folder.glob(".timpora-*"))
            for left in [*folder.glob("timpora-*.db"), *folder.glob("*.replaced-*")]:
                if left != self.first:
                    left.unlink()


def moments() -> Iterator[tuple[str, int]]:
    """The calls, each with the numbers at which it is tried, until the caller sees that a command has gone through."""
    for call in CALLS:
        for number in range(1, 200):
            yield call, number
    for number in range(1, 100_000, EVERY_WRITE):
        yield "pwrite64", number


@pytest.fixture
def office(timpora: "Timpora", needs_tool: "NeedsTool") -> Office:
    needs_tool("strace")
    timpora.answer("backup")
    (first,) = (timpora.db.parent / "backups").iterdir()
    timpora.answer("resident", "edit", "1", "--note", "after the backup")
    return Office(timpora, first)


@pytest.mark.timeout(600)
def test_a_kill_before_any_call_of_a_backup_loses_nothing(office: Office) -> None:
    now = sorted(office.timpora.dump())
    through, killed = set(), 0
    for call, number in moments():
        if call in through:
            continue
        code = office.killed_before(call, number, "backup")
        office.hold([now])
        assert code in {0, KILLED, 137}
        through |= {call} if code == 0 else set()
        killed += code != 0
        office.tidy()
    sys.stderr.write(f"backup: {killed} kills\n")
    assert killed >= 15


@pytest.mark.timeout(600)
def test_a_kill_before_any_call_of_a_restore_leaves_one_of_the_two_registers(office: Office) -> None:
    whole = office.timpora.db.read_bytes()
    now, then = sorted(office.timpora.dump()), sorted(office.timpora.on(office.first).dump())
    through, killed = set(), 0
    for call, number in moments():
        if call in through:
            continue
        code = office.killed_before(call, number, "restore", office.first, "--yes", "--yes-older")
        office.hold([now, then])
        kept = list(office.timpora.db.parent.glob("*.replaced-*"))
        assert sorted(office.timpora.dump()) == now or [sorted(office.timpora.on(one).dump()) for one in kept] == [now]
        assert code in {0, KILLED, 137}
        through |= {call} if code == 0 else set()
        killed += code != 0
        office.tidy()
        office.timpora.db.unlink()
        office.timpora.db.write_bytes(whole)
    sys.stderr.write(f"restore: {killed} kills\n")
    assert killed >= 15


# A full disk


ON_A_SMALL_DISK = """
mount -t tmpfs -o size=$SIZE small "$DISK" && cp -a "$FROM/." "$DISK" || exit 99
"$@"
code=$?
rm -rf "$TO" && cp -a "$DISK" "$TO"
exit $code
"""


def on_a_small_disk(office: Office, kilobytes: int, disk: Path, copied: Path, *words: str | Path) -> int:
    """Run a command while `disk` is a small disk, with what was in it; afterwards that is at `copied`."""
    nowhere = disk.parent / "from"
    shutil.rmtree(nowhere, ignore_errors=True)
    shutil.copytree(disk, nowhere)
    around = {"SIZE": f"{kilobytes}k", "DISK": str(disk), "FROM": str(nowhere), "TO": str(copied)}
    settings = [f"{name}={value}" for name, value in around.items()]
    command = ["env", *settings, "unshare", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh"]
    done = office.ran(*command, sys.executable, "-m", "timpora_cli", *words)
    if done.returncode == 99:
        pytest.skip("needs to mount a small disk")
    assert "Traceback" not in done.stderr
    assert "unexpected failure" not in done.stderr, done.stderr
    if done.returncode:
        assert "No space left on device" in done.stderr or "disk is full" in done.stderr, done.stderr
    return done.returncode


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount a small disk")
def test_on_a_full_disk_no_backup_is_made_and_the_earlier_ones_stay(office: Office, tmp_path: Path) -> None:
    copied, codes = tmp_path / "copied", set()
    size = office.first.stat().st_size // 1024
    for kilobytes in range(size + 20, 4 * size, 150):
        code = on_a_small_disk(
            office, kilobytes, office.folder, copied, "--db", office.timpora.db, "backup", office.folder, "--keep", "1"
        )
        left = sorted(one.name for one in copied.iterdir())
        assert len(left) == 1
        assert (left == [office.first.name]) == (code == 1)
        assert office.timpora.on(copied / left[0])("verify").code == 0
        codes.add(code)
    assert codes == {0, 1}


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount a small disk")
def test_on_a_full_disk_nothing_is_restored_and_the_register_stays(office: Office, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(office.timpora.db, home / "register.db")
    copied, codes = tmp_path / "copied", set()
    now, then = sorted(office.timpora.dump()), sorted(office.timpora.on(office.first).dump())
    size = office.timpora.db.stat().st_size // 1024
    for kilobytes in range(size + 20, 3 * size, 150):
        words = ("--db", home / "register.db", "restore", office.first, "--yes", "--yes-older")
        code = on_a_small_disk(office, kilobytes, home, copied, *words)
        register = office.timpora.on(copied / "register.db")
        assert sorted(register.dump()) == (now if code else then)
        assert register("verify").code == 0
        assert [one.name for one in copied.iterdir() if one.name.startswith(".timpora-")] == []
        codes.add(code)
    assert codes == {0, 1}
