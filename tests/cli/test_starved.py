"""Starved surroundings, one by one: no locale, no home, no user, no terminal to speak of, no room, a clock elsewhere.

The right answer, or a clear error with the right code; never a traceback, a question, or a loss in silence.
"""

import os
import pty
import pwd
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Real, Timpora

pytestmark = pytest.mark.slow  # each test starts processes of its own

SOURCE = Path(app.__file__).parents[2]
BEFORE = ("expiring", "--before", "2020-09-21", "--as-of", "2020-09-17")
BELITUNG = ZoneInfo("Asia/Jakarta")
FORMATS = ("table", "plain", "csv", "tsv", "json", "ndjson")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
NOBODY = 54321
"""A user's number that the system has no name for."""
# Root passes by every permission: here it gives its powers away, but for reading Python wherever that stands.
AS_NOBODY = (
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *(f"--{kind}=-all,+dac_read_search" for kind in ("inh-caps", "ambient-caps", "bounding-set")),
)


@pytest.fixture
def here(real: "Real", demo: Path) -> "Real":
    """Run on the test's copy of the demo register, named on the line."""
    return lambda *words, **given: real("--db", demo, *words, **given)


@pytest.fixture
def unprivileged(real: "Real") -> "Real":
    """Run as a user whom permissions hold back; as root that is one without a name."""
    if os.geteuid() != 0:
        return real
    if shutil.which("setpriv") is None or subprocess.run([*AS_NOBODY, "true"], check=False).returncode:
        pytest.skip("needs to become another user")
    return partial(real, through=AS_NOBODY)


# No locale


@pytest.mark.parametrize(
    "locale",
    [
        pytest.param({"LANG": "C"}, marks=pytest.mark.slow),
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
        pytest.param({"LC_ALL": "POSIX"}, marks=pytest.mark.slow),
        pytest.param({"PYTHONUTF8": "0"}, marks=pytest.mark.slow),
        pytest.param({"PYTHONIOENCODING": "ascii"}, marks=pytest.mark.slow),
        pytest.param({"PYTHONIOENCODING": "ascii:ignore", "LC_ALL": "C"}, marks=pytest.mark.slow),
        pytest.param({"PYTHONIOENCODING": "utf-16"}, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_what_comes_out_and_what_goes_in_is_utf_8_whatever_the_locale(
    here: "Real", tmp_path: Path, locale: dict[str, str]
) -> None:
    name, sheet = "Hēmi Pōhewa 山", tmp_path / "Ünlü.csv"
    assert here("resident", "edit", "1", "--name", name, **locale).out == f"Resident 1 corrected: {name}.\n"
    for form in ("table", "plain", "csv", "json"):
        given = here("resident", "list", "--name", "pōhewa 山", "--format", form, **locale)
        assert (given.code, given.err) == (0, "")
        assert name in given.out, form
    assert here("resident", "list", "--output", sheet, **locale).code == 0
    assert name in sheet.read_text(encoding="utf-8")
    given = here("resident", "list", "--name", "Zýxw", **locale)
    assert (given.code, given.err) == (4, "timpora: There is nobody whose name holds Zýxw.\n")


def test_what_is_not_utf_8_is_said_to_be_so_even_then(here: "Real") -> None:
    words = ("resident", "edit", "1", "--name", os.fsdecode(b"H\xe9mi"))
    for locale in ({}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}):
        given = here(*words, **locale)
        assert (given.code, given.out) == (2, "")
        assert given.err.startswith("timpora: what was typed is not text in UTF-8.")


# No home, no user


@pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "/nonexistent"}, {"HOME": "/dev/null"}], ids=str)
def test_a_register_that_is_named_needs_no_home(here: "Real", timpora: "Timpora", home: dict[str, str]) -> None:
    assert here(*BEFORE, **home).out == timpora.answer(*BEFORE)
    assert here("resident", "edit", "1", "--note", "x", **home).code == 0


def test_without_a_home_the_list_of_users_says_where_the_register_is(real: "Real", tmp_path: Path) -> None:
    usual = Path(pwd.getpwuid(os.getuid()).pw_dir, ".local", "share", "timpora", "register.db")
    if not usual.exists():
        given = real("counts")
        assert (given.code, given.out) == (5, "")
        assert given.err.startswith(f"timpora: There is no register at {usual}.\nMake one with: timpora init\n")
    given = real("counts", XDG_DATA_HOME=str(tmp_path))
    assert given.err.startswith(f"timpora: There is no register at {tmp_path}/timpora/register.db.\n")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become a user without a name")
def test_a_user_without_a_name_is_unknown_to_the_history(unprivileged: "Real", demo: Path, timpora: "Timpora") -> None:
    for path in (demo, demo.parent):
        os.chown(path, NOBODY, NOBODY)
    given = unprivileged("--db", demo, "resident", "edit", "1", "--note", "x")
    assert (given.code, given.err) == (0, "")
    assert timpora.changes()[-1][0] == "unknown"
    assert unprivileged("--db", demo, "resident", "edit", "1", "--note", "y", LOGNAME="ann").code == 0
    assert timpora.changes()[-1][0] == "ann"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become a user without a name")
@pytest.mark.parametrize("words", [("counts",), ("init",), ("resident", "edit", "1", "--note", "x")], ids=" ".join)
def test_a_user_without_a_name_or_a_home_has_to_name_the_register(unprivileged: "Real", words: tuple[str, ...]) -> None:
    given = unprivileged(*words)
    assert (given.code, given.out) == (5, "")
    assert given.err == (
        "timpora: Nobody says where the register is: this user has no home folder.\n"
        "Name its file with --db FILE, or in TIMPORA_DB.\n"
    )


# No terminal to speak of


@pytest.mark.parametrize(
    ("surroundings", "columns"),
    [
        ({"TERM": ""}, 100),
        ({"COLUMNS": "abc"}, 0),
        *(
            pytest.param(surroundings, columns, marks=pytest.mark.slow)
            for surroundings, columns in (
                ({"TERM": "no such terminal"}, 100),
                ({"COLUMNS": "16000"}, 1),
                ({"COLUMNS": "0"}, 100),
                ({"COLUMNS": "-7"}, 100),
                ({"COLUMNS": "99999999999999999999"}, 100),
                ({}, 16_000),
                ({}, 20),
                ({}, 1),
                ({}, 0),
            )
        ),
    ],
    ids=str,
)
def test_a_terminal_of_any_kind_and_width_gets_its_table(
    typing: "AtTerminal", timpora: "Timpora", surroundings: dict[str, str], columns: int
) -> None:
    words = (*BEFORE, "--columns", "resident_id,expires_on")
    given = typing(*words, piped=False, columns=columns, **surroundings)
    assert given.code == 0
    rows = [line.split() for line in ESCAPE.sub("", given.err).splitlines()]
    listed = [[text for text in row.values() if text] for row in timpora.rows(*words)]
    assert [row for row in rows if row and row[0].isdigit()][: len(listed)] == listed
    assert "listed" in given.err
    for page in (("counts", "--as-of", "2020-09-17"), ("resident", "show", "32"), ("--help",)):
        given = typing(*page, piped=False, columns=columns, **surroundings)
        assert given.code == 0
        assert "timpora:" not in given.err


def test_a_terminal_of_16000_columns_draws_no_wider_than_its_values(typing: "AtTerminal", timpora: "Timpora") -> None:
    shown = ESCAPE.sub("", typing(*BEFORE, piped=False, columns=16_000).err)
    assert re.sub(" +\n", "\n", shown) == timpora.answer(*BEFORE, "--format", "table")


@pytest.mark.slow
def test_a_value_of_16000_characters_is_one_line_whole(here: "Real", demo: Path) -> None:
    long = "Wolfe" * 3_200
    with closing(sqlite3.connect(demo)) as connection, connection:  # no name is so long but by another program
        connection.execute("UPDATE resident SET full_name = ? WHERE id = 1", (long,))
    for form in FORMATS:
        given = here("resident", "list", "--name", "Wolfe", "--format", form, COLUMNS="16000")
        assert [line.count(long) for line in given.out.splitlines() if "Wolfe" in line] == [1], form


def test_without_a_terminal_for_stderr_nothing_is_asked_and_nothing_waited_for(demo: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"Ann\nAUS\ny\n")
    for words in (("resident", "add"), ("resident", "remove", "1")):
        done = subprocess.run(
            [sys.executable, "-m", "timpora_cli", "--db", demo, *words],
            env={"PYTHONPATH": str(SOURCE)},
            stdin=theirs,
            capture_output=True,
            check=False,
            timeout=20,
        )
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"timpora: ")
    os.close(theirs)
    os.close(ours)


@pytest.mark.parametrize("words", [("resident", "add"), ("resident", "remove", "1"), ("permit", "add", "34")])
def test_answers_in_a_pipe_are_not_taken_for_a_person(here: "Real", timpora: "Timpora", words: tuple[str, ...]) -> None:
    before = timpora.db.read_bytes()
    given = here(*words, around='< <(yes "y")')
    assert (given.code, given.out) == (2, "")
    assert timpora.db.read_bytes() == before


# A clock elsewhere


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT+12", "Pacific/Kiritimati"])
def test_on_a_machine_elsewhere_today_is_the_day_in_belitung(here: "Real", zone: str) -> None:
    """At any moment the day of the second or of the third zone is not the day in Belitung.

    tests/store/test_clock.py has every zone at chosen moments.
    """
    before = datetime.now(BELITUNG).date()
    given = here("expiring", TZ=zone)
    after = datetime.now(BELITUNG).date()
    assert (given.code, given.err) == (0, "")
    assert given.out.splitlines()[-1].endswith((f" known on {before}.", f" known on {after}."))


# No reader, no room, no permission


@pytest.mark.slow
def test_a_reader_who_takes_one_line_of_thousands_is_no_failure(here: "Real", tmp_path: Path) -> None:
    regions = ["kode,nama", "19,Kepulauan Contoh", "19.71,Kota Contoh"]
    for district in range(1, 11):
        regions.append(f"19.71.{district:02},Kecamatan {district}")
        regions += [f"19.71.{district:02}.{1000 + village},Contoh {village}" for village in range(1, 800)]
    (tmp_path / "regions.csv").write_text("\n".join(regions), encoding="utf-8")
    assert here("region", "import", tmp_path / "regions.csv").code == 0
    for form in FORMATS:
        given = here("village", "list", "--all", "--format", form, around="| head -1")
        assert (given.code, given.err, given.out.count("\n")) == (0, "", 1), form
        whole = here("village", "list", "--all", "--format", form)
        assert (whole.code, whole.err, whole.out.count("Contoh 799")) == (0, "", 10), form
        given = here("village", "list", "--all", "--format", form, around="> /dev/full")
        assert (given.code, given.out) == (1, ""), form
        assert given.err.startswith("timpora: the output could not be written: "), form


def test_no_folder_for_scratch_files_is_needed_but_for_the_example(here: "Real", timpora: "Timpora") -> None:
    nowhere = (
        "unshare",
        "--mount",
        "sh",
        "-c",
        'for t in /tmp /var/tmp; do mount -o ro,bind $t $t; done; exec "$@"',
        "sh",
    )
    if os.geteuid() != 0 or subprocess.run([*nowhere, "true"], check=False, capture_output=True).returncode:
        pytest.skip("needs to make /tmp read-only, for one process")
    here = partial(here, through=nowhere, cwd=Path("/proc"), PATH=os.environ["PATH"])
    assert here(*BEFORE).out == timpora.answer(*BEFORE)
    assert here("verify").code == 0
    given = here("demo")
    assert (given.code, given.out) == (1, "")
    assert given.err == (
        "timpora: There is no folder for the scratch file of the example: No usable temporary directory found in "
        "['/tmp', '/var/tmp', '/usr/tmp', '/proc'].\n"
        "Name a new file for it: timpora demo --keep FILE\n"
    )


def test_a_folder_that_is_gone_is_no_matter_to_a_register_elsewhere(here: "Real", tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    script = f'> /dev/null 2>&1; mkdir "{gone}" && cd "{gone}" && rmdir "{gone}" && "$@"'
    assert here(*BEFORE, around=f"{script} > {tmp_path}/answer").code == 0
    assert (tmp_path / "answer").read_text(encoding="utf-8") == here(*BEFORE).out
    assert here("resident", "edit", "1", "--note", "x", around=script).code == 0
    given = here("expiring", "--output", "list.csv", around=script)
    assert (given.code, given.out) == (1, "")
    assert given.err.startswith("timpora: list.csv could not be written: ")


@pytest.mark.slow
@pytest.mark.parametrize(("of_folder", "of_file"), [(0o555, 0o444), (0o755, 0o444), (0o555, 0o666)])
def test_a_register_that_may_only_be_read_is_read_and_a_change_is_refused(
    unprivileged: "Real", demo: Path, timpora: "Timpora", of_folder: int, of_file: int
) -> None:
    expected, before = timpora.answer(*BEFORE), demo.read_bytes()
    demo.chmod(of_file)
    demo.parent.chmod(of_folder)
    try:
        for words in (BEFORE, ("resident", "edit", "1", "--note", "x"), ("init", "--db", str(demo.parent / "new.db"))):
            given = unprivileged("--db", demo, *words)
            if words == BEFORE:
                assert (given.code, given.out, given.err) == (0, expected, "")
            else:
                assert (given.code, given.out) == (5, "")
                assert "cannot be opened: no permission" in given.err
    finally:
        demo.parent.chmod(0o755)
    assert demo.read_bytes() == before


def test_where_nothing_can_be_recorded_nothing_is_shown(unprivileged: "Real", demo: Path, tmp_path: Path) -> None:
    before = demo.read_bytes()
    demo.chmod(0o444)
    if os.geteuid() == 0:
        os.chown(demo.parent, NOBODY, NOBODY)
    for words in (("brief", *BEFORE[3:]), ("export", str(tmp_path / "people.csv"))):
        given = unprivileged("--db", demo, *words)
        assert (given.code, given.out) == (5, "")
        assert "cannot be written. This command shows people" in given.err
    assert unprivileged("--db", demo, "counts", *BEFORE[3:]).code == 0
    assert demo.read_bytes() == before
    assert not (tmp_path / "people.csv").exists()


@pytest.mark.parametrize("mode", [0o000, 0o200])
def test_a_register_that_may_not_be_read_is_exit_5(unprivileged: "Real", demo: Path, mode: int) -> None:
    demo.chmod(mode)
    if os.geteuid() == 0:
        pytest.skip("here the process may read everything, to reach Python")
    given = unprivileged("--db", demo, *BEFORE)
    assert (given.code, given.out) == (5, "")
    assert "cannot be opened: no permission" in given.err


@pytest.mark.slow
@pytest.mark.parametrize("name", [" Tanjung pandan é 山.db", "a#b?mode=ro&c%20d%.db", "-b 'c' \"d\" $x `e`.db"])
def test_a_register_may_have_any_name(real: "Real", tmp_path: Path, name: str) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    run = partial(real, TIMPORA_DB=name, cwd=folder)
    assert run("init").out.startswith(f"Register made: {name}, with ")
    assert run("resident", "add", "--name", "Ann", "--nationality", "AUS").code == 0
    assert run("resident", "list", "--columns", "name", "--format", "csv").out == "name\nAnn\n"
    assert run("export", "people.csv").code == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted([name, "people.csv"])
    given = run("init")
    assert given.code != 0
    assert name in given.err
