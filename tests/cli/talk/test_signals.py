"""SIGTERM and SIGHUP, wherever they meet a command: the code of the signal, in silence, and nothing half done."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from fcntl import F_SETPIPE_SZ, fcntl
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.processes import SHOWS_STACK, dialogue, ended
from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

pytestmark = pytest.mark.slow  # each test starts processes of its own

SOURCE = Path(app.__file__).parents[2]
SIGNALS = {signal.SIGTERM: 143, signal.SIGHUP: 129}
SHEET = "name,nationality,passport_number\nAnn Newly Invented,AUS,X0009001\nNobody at all,XYZ,\n"

Running = subprocess.Popen[str]


@pytest.fixture(autouse=True)
def _as_usual() -> Iterator[None]:
    """Let what a test starts end on both signals, also where pytest was started to ignore one (nohup)."""
    before = {one: signal.signal(one, signal.SIG_DFL) for one in SIGNALS}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.fixture(params=SIGNALS, ids=lambda one: signal.Signals(one).name)
def sent(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@contextmanager
def command(timpora: "Timpora", *words: str | Path) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-m", "timpora_cli", "--db", timpora.db, *map(str, words)],
        env={"PYTHONPATH": str(SOURCE), **SHOWS_STACK},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        pipesize=4096,
    )
    with ended(process) as running:
        yield running


def beside(timpora: "Timpora") -> set[str]:
    return {one.name for one in timpora.db.parent.iterdir()}


def end(running: Running, sent: int) -> None:
    running.send_signal(sent)
    _out, err = running.communicate()
    assert (running.returncode, err) == (SIGNALS[signal.Signals(sent)], "")


def test_a_reader_whose_list_nobody_takes(timpora: "Timpora", sent: int) -> None:
    before = timpora.db.read_bytes()
    with command(timpora, "village", "list", "--all", "--format", "json") as running:
        assert running.stdout is not None
        fcntl(running.stdout, F_SETPIPE_SZ, 4096)
        assert running.stdout.read(1) == "["  # the rest does not fit into the pipe
        end(running, sent)
    assert timpora.db.read_bytes() == before


@pytest.mark.parametrize("words", [(), ("--strict",), ("--dry-run",)], ids=str)
def test_an_import_in_the_middle_of_its_sheet(
    timpora: "Timpora", tmp_path: Path, sent: int, words: tuple[str, ...]
) -> None:
    before, sheet = timpora.db.read_bytes(), tmp_path / "sheet.csv"
    os.mkfifo(sheet)
    files = beside(timpora)
    # The sheet opens here once the command reads it.
    with command(timpora, "import", sheet, *words) as running, sheet.open("w", encoding="utf-8") as stream:
        stream.write(SHEET)
        stream.flush()
        end(running, sent)
    assert beside(timpora) == files
    assert timpora.db.read_bytes() == before


@pytest.mark.parametrize("words", [("counts",), ("resident", "edit", "1", "--note", "seen")])
def test_a_command_that_waits_for_another_program(timpora: "Timpora", sent: int, words: tuple[str, ...]) -> None:
    before, files = timpora.db.read_bytes(), beside(timpora)
    with ExitStack() as ends:
        other = ends.enter_context(closing(sqlite3.connect(timpora.db, isolation_level=None)))
        other.execute("BEGIN EXCLUSIVE")
        line = [sys.executable, "-m", "timpora_cli", "--wait", "50", *words]
        running = ends.enter_context(dialogue(line, {"PYTHONPATH": str(SOURCE), "TIMPORA_DB": str(timpora.db)}))
        running.wait_for("50 seconds at most.")
        running.process.send_signal(sent)
        assert running.end() == ""
        assert running.process.returncode == SIGNALS[signal.Signals(sent)]
    assert beside(timpora) == files
    assert timpora.db.read_bytes() == before


def test_a_question_that_is_not_answered(timpora: "Timpora", sent: int) -> None:
    before = timpora.db.read_bytes()
    line = [sys.executable, "-m", "timpora_cli", "resident", "add"]
    with dialogue(line, {"PYTHONPATH": str(SOURCE), "TIMPORA_DB": str(timpora.db)}) as running:
        running.wait_for("passport: ")
        running.process.send_signal(sent)
        assert running.end() == ""
    assert running.process.returncode == SIGNALS[signal.Signals(sent)]
    assert timpora.db.read_bytes() == before


def test_who_ignores_a_hang_up_is_served(timpora: "Timpora") -> None:
    ignoring = "import os, signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\nfrom timpora_cli.cli import app\n"
    ignoring += "from timpora_cli.cli.talk import signals\nsignals.heed()\nos.kill(os.getpid(), signal.SIGHUP)\n"
    ignoring += "os._exit(app.answered())"
    done = subprocess.run(
        [sys.executable, "-c", ignoring, "--db", str(timpora.db), "counts"],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_second_signal_does_not_break_off_the_unwinding(tmp_path: Path) -> None:
    program = "import os, signal\nfrom timpora_cli.cli.talk import signals\nsignals.heed()\n"
    program += "try:\n    os.kill(os.getpid(), signal.SIGTERM)\nfinally:\n    os.kill(os.getpid(), signal.SIGHUP)\n"
    program += "    print('unwound')"
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (143, b"unwound\n", b"")


def test_a_child_that_does_not_end_is_ended_and_its_stack_is_shown(tmp_path: Path) -> None:
    program = tmp_path / "waits.py"
    program.write_text("def waits():\n    print(flush=True)\n    input()\n\n\nwaits()\n", encoding="utf-8")
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, str(program)], stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=SHOWS_STACK
    )

    def time_is_over() -> None:
        with ended(process) as running:
            assert running.stdout is not None
            running.stdout.readline()
            raise TimeoutError

    with pytest.raises(TimeoutError) as failed:
        time_is_over()
    assert process.returncode == -signal.SIGABRT
    assert " in waits" in failed.value.__notes__[0]
