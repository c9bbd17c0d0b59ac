"""The program in real processes, in the surroundings that cron, ssh and old machines give it: the right answer, or a
clear error with the right code; never a traceback.
"""

import errno
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Real, Timpora

pytestmark = pytest.mark.slow  # each test starts processes of its own

BEFORE = ("expiring", "--before", "2020-09-21", "--as-of", "2020-09-17")
FORMATS = ("table", "plain", "csv", "tsv", "json", "ndjson")
NO_SPACE = f"timpora: the output could not be written: {os.strerror(errno.ENOSPC)}.\n"
CLOSED = f"timpora: the output could not be written: {os.strerror(errno.EBADF)}.\n"


@pytest.fixture
def here(real: "Real", demo: Path) -> "Real":
    """Run on the test's copy of the demo register, named on the line."""
    return lambda *words, **given: real("--db", demo, *words, **given)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "xx_YY.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
        {"TERM": "dumb", "COLUMNS": "20", "NO_COLOR": ""},
        {"COLUMNS": "16000", "LINES": "-3"},
        {"COLUMNS": "nonsense", "TERM": "no such terminal"},
        {"TZ": "UTC", "HOME": "/nonexistent", "USER": "", "LOGNAME": ""},
        {"TZ": "Nowhere/Nowhere", "PATH": ""},
        {"PYTHONUNBUFFERED": "1", "PYTHONDEVMODE": "1", "PYTHONWARNINGS": "error"},
        {"FORCE_COLOR": "", "TIMPORA_DB": "/nonexistent/x", "TIMPORA_OFFICER": "", "TIMPORA_LANG": ""},
    ],
)
def test_the_answer_is_the_same_whatever_the_surroundings(
    here: "Real", timpora: "Timpora", environment: dict[str, str]
) -> None:
    given = here(*BEFORE, **environment)
    assert (given.code, given.err) == (0, "")
    assert given.out == timpora.answer(*BEFORE)


def test_a_change_needs_no_more_than_a_read(here: "Real", timpora: "Timpora") -> None:
    given = here("resident", "edit", "1", "--name", "Hēmi Pōhewa 山", LANG="C", PYTHONUTF8="0")
    assert (given.code, given.out, given.err) == (0, "Resident 1 corrected: Hēmi Pōhewa 山.\n", "")
    assert timpora.rows("resident", "show", "1")[0]["name"] == "Hēmi Pōhewa 山"


def test_without_a_home_there_is_no_register_and_no_traceback(real: "Real", tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    given = real("counts", HOME=str(nowhere))
    assert given.code == 5
    assert f"There is no register at {nowhere}/.local/share/timpora/register.db." in given.err
    given = real("init", HOME="/dev/null")
    assert (given.code, given.out) == (5, "")
    assert "cannot be opened" in given.err


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_who_has_had_enough_is_no_failure(here: "Real", form: str) -> None:
    given = here(*BEFORE, "--format", form, around="| head -1")
    assert (given.code, given.err) == (0, "")
    assert len(given.out.splitlines()) == 1
    assert here(*BEFORE, "--format", form, around="| true").err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "words",
    [
        *((*BEFORE, "--format", form) for form in FORMATS),
        ("counts",),
        ("resident", "show", "1"),
        ("demo",),
        ("--help",),
    ],
    ids=" ".join,
)
def test_a_full_disk_is_an_error_and_never_silence(here: "Real", words: tuple[str, ...]) -> None:
    given = here(*words, around="> /dev/full")
    assert (given.code, given.err) == (1, NO_SPACE)


def test_an_exit_code_that_was_asked_for_does_not_hide_a_failed_write(here: "Real") -> None:
    assert here(*BEFORE, "--exit-code", around="> /dev/full").code == 1
    assert here(*BEFORE, "--exit-code", around="> /dev/null").code == 3


def test_closed_streams(here: "Real", timpora: "Timpora") -> None:
    expected = timpora.answer(*BEFORE)
    assert here(*BEFORE, around="<&-").out == expected
    assert here(*BEFORE, around="2>&-").out == expected
    given = here(*BEFORE, around=">&-")
    assert (given.code, given.err) == (1, CLOSED)
    given = here("resident", "add", around="<&- >&-")
    assert given.code == 2
    assert given.err.startswith("timpora: Missing: --name, --nationality.")
    assert here("resident", "show", "99", around="2>&-").code == 4


def test_a_change_whose_answer_is_lost_is_whole(here: "Real", timpora: "Timpora") -> None:
    given = here("resident", "add", "--name", "Ann", "--nationality", "AUS", around="> /dev/full")
    assert given.code == 1
    assert [row["name"] for row in timpora.rows("resident", "list", "--name", "Ann")][-1] == "Ann"


def test_a_question_that_nobody_hears_is_not_asked(here: "Real", timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    given = here("resident", "remove", "1", around="< /dev/null")
    assert (given.code, given.out) == (2, "")
    assert given.err.endswith("say yes with --yes.\n")
    assert timpora.db.read_bytes() == before


def test_a_folder_that_is_gone(real: "Real", tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    gone = tmp_path / "gone"
    script = f'> /dev/null 2>&1; mkdir "{gone}" && cd "{gone}" && rmdir "{gone}" && "$@"'
    given = real("counts", "--db", "x.db", around=script, **home)
    assert (given.code, given.out) == (5, "")
    assert given.err.startswith("timpora: There is no register at x.db.")
    given = real("demo", around=f"{script} | tail -1", **home)
    assert (given.code, given.out) == (0, "  timpora --help\n")


def test_a_busy_register_is_read_all_the_same(here: "Real", demo: Path, timpora: "Timpora") -> None:
    expected = timpora.answer(*BEFORE)
    with closing(sqlite3.connect(demo, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE resident SET note = 'x', change_id = 1")
        assert here(*BEFORE).out == expected
        other.rollback()


def test_officers_who_write_at_once_wait_for_each_other(here: "Real", timpora: "Timpora") -> None:
    def add(number: int) -> "Answer":
        return here("resident", "add", "--name", f"Ann {number}", "--nationality", "AUS")

    with ThreadPoolExecutor() as together:
        answers = list(together.map(add, range(4)))
    assert {answer.code for answer in answers} == {0}
    assert len(timpora.rows("resident", "list", "--name", "Ann ")) == 4


@pytest.mark.slow
def test_a_register_that_stays_busy_is_exit_5_and_unchanged(here: "Real", demo: Path) -> None:
    before = demo.read_bytes()
    with closing(sqlite3.connect(demo, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        given = here("--wait", "0.05", "resident", "edit", "1", "--note", "x")
        other.rollback()
    assert (given.code, given.out) == (5, "")
    assert given.err == (
        f"timpora: The register {demo} is busy: another program has been writing to it for over 0.05 seconds.\n"
        "Nothing was changed. Try again, or wait longer with --wait SECONDS.\n"
    )
    assert demo.read_bytes() == before


def test_a_register_that_may_only_be_read_can_be_read(here: "Real", demo: Path, timpora: "Timpora") -> None:
    expected = timpora.answer(*BEFORE)
    demo.chmod(0o400)
    assert here(*BEFORE).out == expected


def test_words_that_are_no_text_are_refused_in_words(real: "Real", demo: Path) -> None:
    script = f'>/dev/null; "$1" -m timpora_cli --db "{demo}" resident add --name $\'\\xff\' --nationality AUS'
    given = real("--version", around=script)
    assert (given.code, given.out) == (2, "")
    assert given.err.startswith("timpora: what was typed is not text in UTF-8.")


def test_assertions_are_no_part_of_the_program(here: "Real", timpora: "Timpora") -> None:
    assert here(*BEFORE, PYTHONOPTIMIZE="1").out == timpora.answer(*BEFORE)
    assert here("resident", "show", "99", PYTHONOPTIMIZE="1").code == 4
