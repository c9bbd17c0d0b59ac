"""Who reads an answer slowly, as in a pager, keeps nobody from writing; and nothing is shown that is not recorded."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import SOURCE
from tests.processes import ended

if TYPE_CHECKING:
    from tests.cli.conftest import Real, Timpora

SMALL = 4096
ON = ("--as-of", "2020-09-17")
LISTS = [
    ("resident", "list", *ON),
    ("brief", *ON),
    ("expiring", "--within", "30d", "--new", "--mark", "--title", "x" * 9000, *ON),
]
SHOWN = "SELECT (SELECT count(*) FROM disclosure) + (SELECT count(*) FROM expiry_run)"


@contextmanager
def slowly_read(db: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """Run the program into a pipe that is full before its answer is, and of which nobody has read more than a byte."""
    ours, theirs = os.pipe()
    fcntl.fcntl(ours, fcntl.F_SETPIPE_SZ, SMALL)
    process = subprocess.Popen(
        [sys.executable, "-m", "timpora_cli", "--db", db, *words],
        env={"PYTHONPATH": str(SOURCE)},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    os.close(theirs)
    with ended(process) as running, os.fdopen(ours, "rb") as reader:
        assert len(reader.read(1)) == 1
        yield running
        while reader.read(SMALL):
            pass
        running.communicate()
        assert running.returncode == 0


def shown(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute(SHOWN).fetchone()[0])


@pytest.mark.slow
@pytest.mark.parametrize("words", LISTS, ids=lambda words: " ".join(words[:2]))
def test_while_an_answer_is_read_others_change_the_register(
    timpora: "Timpora", real: "Real", words: tuple[str, ...]
) -> None:
    with slowly_read(timpora.db, *words) as reading:
        given = real("--db", timpora.db, "--wait", "0", "resident", "edit", "7", "--note", "changed meanwhile")
        assert (given.code, given.err) == (0, "")
        assert reading.poll() is None


@pytest.mark.slow
@pytest.mark.parametrize("words", [LISTS[1], ("resident", "dossier", "7", *ON)], ids=lambda words: " ".join(words[:2]))
def test_what_is_shown_of_people_is_recorded_before_its_first_byte(timpora: "Timpora", words: tuple[str, ...]) -> None:
    with slowly_read(timpora.db, *words):
        assert shown(timpora.db) == 1


@pytest.mark.slow
def test_a_list_is_marked_only_when_it_was_read_and_a_second_run_waits_for_it(timpora: "Timpora", real: "Real") -> None:
    with slowly_read(timpora.db, *LISTS[2]):
        assert shown(timpora.db) == 0
        second = real("--db", timpora.db, "--wait", "0", *LISTS[2])
        assert (second.code, second.out) == (5, "")
        assert "is busy" in second.err
    assert shown(timpora.db) == 1
    third = real("--db", timpora.db, *LISTS[2])
    assert (third.code, third.out) == (0, "")


@pytest.mark.slow
def test_a_reader_waits_while_another_program_has_the_register_to_itself(timpora: "Timpora") -> None:
    with closing(sqlite3.connect(timpora.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        process = subprocess.Popen(
            [sys.executable, "-m", "timpora_cli", "--db", timpora.db, "--wait", "20", "counts", *ON],
            env={"PYTHONPATH": str(SOURCE)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        with ended(process) as reading:
            with pytest.raises(subprocess.TimeoutExpired):
                reading.wait(2)
            other.execute("ROLLBACK")
            out, err = reading.communicate()
    assert (process.returncode, err) == (0, "")
    assert "Tanjungpandan" in out


@pytest.mark.slow
def test_an_answer_that_cannot_be_written_says_that_it_is_recorded(timpora: "Timpora", real: "Real") -> None:
    given = real("--db", timpora.db, "brief", *ON, around="> /dev/full")
    assert given.code == 1
    assert given.err.startswith("timpora: recorded as change 3; its answer could not be printed: ")
    assert shown(timpora.db) == 1
