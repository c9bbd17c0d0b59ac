"""A file that is told as written is on the disk, and so is its name in its folder: each in its order."""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli import files

if TYPE_CHECKING:
    from collections.abc import Callable

Synced = list[str]


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> Synced:
    """What is synced, in order, by the names of files and folders; each with what stands in a folder by then."""
    seen: Synced = []
    usual = os.fsync

    def watch(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        kind = "file" if path.is_file() else " ".join(sorted(one.name for one in path.iterdir()))
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
