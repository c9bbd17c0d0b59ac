"""At a terminal: questions on stderr until they are answered, days in words read back, tables in the terminal's width.

Each is a process of its own on a pseudo-terminal; what is typed is there before the program asks.
"""

import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.processes import dialogue
from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Timpora

pytestmark = pytest.mark.slow  # each test starts processes, or has every format written

SOURCE = Path(app.__file__).parents[2]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def empty_db(empty: "Timpora") -> Path:
    return empty.db


# Questions


def test_add_asks_for_what_is_missing_on_stderr_until_it_is_right(typing: "AtTerminal", empty_db: Path) -> None:
    keys = "\nAnn Invented\nAtlantis\nAustralia\n"
    given = typing("resident", "add", "--village", "Air Merbau", keys=keys, db=empty_db)
    assert (given.code, given.out) == (0, "Resident 1 recorded: Ann Invented. Tanjungpandan now counts 1.\n")
    assert given.err == (
        "Full name, as in the passport: "
        "timpora: --name: nothing is written there.\n"
        "Full name, as in the passport: "
        "Nationality (a code such as AUS, or a name): "
        "timpora: --nationality: Atlantis is not a known country. Did you mean Albania, Åland Islands?\n"
        "Known: codes such as AUS, or names in Indonesian or English.\n"
        "Nationality (a code such as AUS, or a name): "
    )


def test_a_permit_is_asked_for_field_by_field(typing: "AtTerminal", empty: "Timpora") -> None:
    empty.answer("resident", "add", "--name", "Ann", "--nationality", "AUS")
    keys = "KITAZ\nitas\n\n2C21\n31/2/2020\n1 Juni 2020\nunknown\n"
    given = typing("permit", "add", "1", keys=keys, db=empty.db)
    assert (given.code, given.out) == (0, "Permit 1 recorded for resident 1: KITAS until a day not known, Ann.\n")
    questions = [line for line in re.split(r": |\n", given.err) if line.endswith(("unknown)", "unlimited)", "DINAS)"))]
    assert questions == [
        "Class (KITAP, KITAS, ITK, PERALIHAN, VOA, BVK, ITKT, DIPLOMATIK, DINAS)",
        "Class (KITAP, KITAS, ITK, PERALIHAN, VOA, BVK, ITKT, DIPLOMATIK, DINAS)",
        "Permit number, as printed (or unknown)",
        "Permit number, as printed (or unknown)",
        "Day of issue (or unknown)",
        "Day of issue (or unknown)",
        "Last valid day (or unknown, or unlimited)",
    ]
    assert "February 2020 has no day 31" in given.err


@pytest.mark.parametrize("words", [("resident", "add"), ("permit", "add", "34"), ("permit", "revoke", "1")])
def test_ctrl_d_leaves_nothing_changed(typing: "AtTerminal", timpora: "Timpora", words: tuple[str, ...]) -> None:
    before = timpora.db.read_bytes()
    given = typing(*words, keys="\x04")
    assert (given.code, given.out) == (1, "")
    assert given.err.endswith(": \ntimpora: Nothing was changed.\n")
    assert timpora.db.read_bytes() == before


# The program takes the terminal as its own, so that Ctrl-C there is sent to it. The handler of Python is set first:
# below a shell's background job SIGINT is ignored, and stays so in all that the job starts.
TAKES_THE_TERMINAL = """
import fcntl, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from timpora_cli.cli import app
sys.exit(app.answered())
"""


def test_ctrl_c_is_130_and_leaves_nothing_changed(timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    command = [sys.executable, "-c", TAKES_THE_TERMINAL, "resident", "add"]
    with dialogue(command, {"PYTHONPATH": str(SOURCE), "TIMPORA_DB": str(timpora.db)}) as running:
        shown = running.wait_for("passport: ")
        running.type("\x03")
        assert running.end() == ""
    assert running.process.returncode == 130
    assert "Traceback" not in shown
    assert timpora.db.read_bytes() == before


def test_another_officer_can_write_while_one_is_still_asked(timpora: "Timpora") -> None:
    command = [sys.executable, "-m", "timpora_cli", "resident", "add"]
    with dialogue(command, {"PYTHONPATH": str(SOURCE), "TIMPORA_DB": str(timpora.db)}) as running:
        running.wait_for("passport: ")
        timpora.answer("resident", "add", "--name", "Ben", "--nationality", "D")
        running.type("Ann\nAUS\n")
        assert running.end().startswith("Resident 51 recorded: Ann.")


@pytest.mark.parametrize("words", [("counts",), ("resident", "edit", "1", "--note", "seen")])
def test_who_waits_is_told_for_whom_and_is_served(timpora: "Timpora", words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "timpora_cli", "--wait", "50", *words]
    with closing(sqlite3.connect(timpora.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with dialogue(command, {"PYTHONPATH": str(SOURCE), "TIMPORA_DB": str(timpora.db)}) as running:
            shown = running.wait_for("50 seconds at most.")
            other.execute("COMMIT")
            assert running.end() != ""
    assert running.process.returncode == 0
    assert f"(process {os.getpid()}), which is writing to the register" in shown.replace("\r\n", " ")


@pytest.mark.parametrize(("key", "gone"), [("y", True), ("ya", True), ("", False), ("n", False)])
def test_remove_asks_and_takes_only_yes_for_yes(typing: "AtTerminal", timpora: "Timpora", key: str, gone: bool) -> None:
    given = typing("resident", "remove", "42", keys=f"{key}\n")
    assert given.err.startswith("Remove resident 42, Bluey McNowhere, with everything recorded? [y/N]: ")
    if gone:
        assert (given.code, given.out) == (0, "Resident 42 removed, 7 rows in all: Bluey McNowhere.\n")
    else:
        assert (given.code, given.out) == (1, "")
        assert given.err.endswith("timpora: Nothing was removed.\n")
    assert timpora("resident", "show", "42").code == (4 if gone else 0)


def test_yes_beforehand_asks_nothing(typing: "AtTerminal") -> None:
    given = typing("resident", "remove", "42", "--yes")
    assert (given.code, given.err) == (0, "")


# A day in words, read back


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--before", "20 Sept 2020"), "before Sunday 20 September 2020\n"),
        (("--before", "minggu 20/9/2020"), "before Sunday 20 September 2020\n"),
        (
            ("--before", "+3d", "--as-of", "17 September 2020"),
            "as of Thursday 17 September 2020\nbefore Sunday 20 September 2020\n",
        ),
        (("--from", "eom", "--within", "2m", "--as-of", "2020-09-17"), "from Wednesday 30 September 2020\n"),
        (("--before", "2020-09-20"), ""),
        (("--before", "20/9/2020"), ""),
    ],
)
def test_a_day_in_words_is_read_back_once_with_its_weekday(
    typing: "AtTerminal", timpora: "Timpora", typed: tuple[str, ...], said: str
) -> None:
    given = typing("expiring", *typed, "--columns", "name")
    assert (given.code, given.err) == (0, said)
    assert timpora("expiring", *typed).err == ""


# What is drawn


def test_a_table_fits_the_terminal_and_says_what_it_left_out(typing: "AtTerminal") -> None:
    words = ("expiring", "--before", "2020-09-21", "--as-of", "2020-09-17")
    for columns in (60, 100, 250):
        given = typing(*words, piped=False, columns=columns)
        lines = ESCAPE.sub("", given.err).splitlines()
        assert given.code == 0
        assert max(map(len, lines)) <= columns
        assert set(lines[1]) <= {"─"} if columns != 60 else True
        assert ("Left out at this width: " in given.err) == (columns < 250)
        assert "13 listed + 33 not due" in " ".join(lines)
        assert "\x1b[" in given.err


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_is_left_out_where_it_is_not_wanted(typing: "AtTerminal", environment: dict[str, str]) -> None:
    given = typing("counts", "--as-of", "2020-09-17", piped=False, **environment)
    assert given.code == 0
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", given.err)


def test_a_terminal_gets_plain_where_that_is_asked_for(typing: "AtTerminal", timpora: "Timpora") -> None:
    given = typing("counts", "--as-of", "2020-09-17", "--format", "plain", piped=False)
    assert given.err == timpora.answer("counts")


def test_an_empty_list_says_so_to_a_person(typing: "AtTerminal") -> None:
    given = typing("expiring", "--as-of", "2015-09-21", piped=False)
    assert given.err == "0 listed + 1 not due + 8 without a permit + 0 departed = 9 people known on 2015-09-21.\n"
    assert typing("permit", "list", "--as-of", "2001-01-01", piped=False).err == "Nothing to list.\n"
