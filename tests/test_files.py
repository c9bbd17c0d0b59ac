"""A file that is told as written is on the disk, and so is its name in its folder: each in its order.
What it is made in does not stay, not after a kill either.
"""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.processes import ended
from timpora_cli import files

if TYPE_CHECKING:
    from collections.abc import Callable

Synced = list[str]
SOURCE = Path(files.__file__).parents[1]


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> Synced:
    """What is synced, in order, by the names of files and folders; each with what stands in a folder by then.

    The scratch folder, which is empty by then, is left out.
    """
    seen: Synced = []
    usual = os.fsync

    def watch(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        there = [] if path.is_file() else sorted(one.name for one in path.iterdir())
        kind = "file" if path.is_file() else " ".join(name for name in there if not name.startswith(files.SCRATCH))
        seen.append(kind)
        usual(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    return seen


def failing_for(kind: "Callable[[Path], bool]", number: int) -> "Callable[[int], None]":
    usual = os.fsync

    def fail(descriptor: int) -> None:
        if kind(Path(f"/proc/self/fd/{descriptor}").readlink()):
            raise OSError(number, os.strerror(number))
        usual(descriptor)

    return fail


@pytest.mark.parametrize("over", [True, False])
def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_it_is_told(
    tmp_path: Path, synced: Synced, over: bool
) -> None:
    with files.placed(tmp_path / "list.csv", over=over) as scratch:
        scratch.write_text("whole", encoding="utf-8")
    assert synced == ["file", "list.csv"]
    assert (tmp_path / "list.csv").read_text(encoding="utf-8") == "whole"


def test_without_hard_links_it_is_the_same(tmp_path: Path, synced: Synced, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "no hard links")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with files.placed(tmp_path / "list.csv") as scratch:
        scratch.write_text("whole", encoding="utf-8")
    assert synced == ["file", "list.csv"]


def test_each_new_folder_is_on_the_disk_in_the_one_above_it(tmp_path: Path, synced: Synced) -> None:
    made = list(files.folders_made(tmp_path / "a" / "b"))
    assert made == [tmp_path / "a", tmp_path / "a" / "b"]
    assert synced == ["a", "b"]
    assert [one.stat().st_mode & 0o777 for one in made] == [0o700, 0o700]
    assert list(files.folders_made(tmp_path / "a" / "b")) == []


def test_a_new_file_whose_folder_cannot_be_synced_is_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing_for(Path.is_dir, errno.EIO))
    with pytest.raises(OSError, match=r"Input/output"), files.placed(tmp_path / "list.csv"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_written_over_that_may_not_last_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", failing_for(Path.is_dir, errno.EIO))
    with pytest.raises(files.Unconfirmed), files.placed(path, over=True) as scratch:
        scratch.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "new"


def test_a_system_that_cannot_sync_folders_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing_for(Path.is_dir, errno.EINVAL))
    with files.placed(tmp_path / "list.csv"):
        pass
    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]


def test_an_open_file_is_synced_with_its_name_and_a_pipe_has_nothing_to_keep(tmp_path: Path, synced: Synced) -> None:
    with (tmp_path / "list.txt").open("w", encoding="utf-8") as stream:
        files.sync_open(stream.fileno())
    assert synced == ["file", "list.txt"]
    ours, theirs = os.pipe()
    files.sync_open(theirs)
    os.close(ours)
    os.close(theirs)
    assert synced == ["file", "list.txt"]


LEAVES = """
import os, signal, sys
from pathlib import Path
from timpora_cli.files import scratch_in

with scratch_in(Path(sys.argv[1])) as scratch:
    scratch.write_text("a made-up person", encoding="utf-8")
    scratch.with_name("scratch-journal").touch()
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    print(flush=True)
    input()
"""


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", LEAVES, tmp_path, "killed"], cwd=SOURCE, check=False)
    assert killed.returncode == -signal.SIGKILL
    (left,) = tmp_path.glob(".timpora-*")
    assert left.stat().st_mode & 0o777 == 0o700
    with files.scratch_in(tmp_path) as scratch:
        assert list(tmp_path.iterdir()) == [scratch.parent]
    assert list(tmp_path.iterdir()) == []


def test_what_a_living_process_works_with_is_left_alone(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", LEAVES, str(tmp_path), "lives"]
    with ended(subprocess.Popen(command, cwd=SOURCE, stdin=pipe, stdout=pipe, stderr=pipe, text=True)) as running:
        assert running.stdout is not None
        running.stdout.readline()
        files.remove_left_behind(tmp_path)
        (scratch,) = tmp_path.glob(".timpora-*/scratch")
        assert scratch.read_text(encoding="utf-8") == "a made-up person"
        running.communicate("go on\n")
    assert running.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_where_no_folder_can_be_locked_nothing_is_taken_for_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _how: int) -> None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with files.scratch_in(tmp_path) as scratch:
        files.remove_left_behind(tmp_path)
        assert scratch.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_link_with_the_name_of_a_scratch_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / ".timpora-x").symlink_to(tmp_path / "kept")
    (tmp_path / ".timpora-backup.txt").touch()
    files.remove_left_behind(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [".timpora-backup.txt", ".timpora-x", "kept"]
