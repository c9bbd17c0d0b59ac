"""The command line as a person and as a script drive it: `timpora` in this process, `real` in one of its own.

`timpora("counts", "--by", "class")` works on the test's own copy of the demo register; `timpora.on(path)` on another
file. In this process it is noon of TODAY, 17 September 2020, unless `timpora.today` says otherwise.
"""

import csv
import os
import pty
import select
import shutil
import sqlite3
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from fcntl import ioctl
from pathlib import Path
from struct import pack

import pytest
import typer.main
from typer.testing import CliRunner

from tests.cli.toys import toys  # noqa: F401 a fixture
from tests.processes import SHOWS_STACK, ended, run_to_end
from timpora_cli import language
from timpora_cli.actions import demo as example
from timpora_cli.cli import app
from timpora_cli.cli.frame import register as opening
from timpora_cli.cli.frame.base import commands_of
from timpora_cli.model.mrz import check_digit
from timpora_cli.store import clock
from timpora_cli.store.change import Author
from timpora_cli.store.connect import writing

SOURCE = Path(app.__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "golden"
WRITING = os.environ.get("TIMPORA_GOLDEN") == "write"
TODAY = date(2020, 9, 17)
OF_TIMPORA = ("TIMPORA_DB", "TIMPORA_OFFICER", "TIMPORA_LANG", "TIMPORA_WITHIN", "TIMPORA_DEBUG")
OF_OTHERS = ("LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "XDG_DATA_HOME")


PREPARED: dict[str, bytes] = {}
"""The registers of `Timpora.prepared`, by what built them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call gave: the exit code, and what it wrote where."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@dataclass(slots=True)
class Clock:
    """The day that the office has, and what the machine's clock says, for every call in this process.

    The machine has the real time where nothing is said.
    """

    today: date = TODAY
    machine: datetime | None = None

    def now(self) -> datetime:
        return self.machine or datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timpora:
    """The program in this process, on the register `db`."""

    db: Path
    clock: Clock = field(default_factory=Clock)
    runner: CliRunner = field(default_factory=CliRunner)

    def __call__(self, *words: str, **environment: str) -> Answer:
        given = {"TIMPORA_DB": str(self.db), "TIMPORA_OFFICER": "a made-up officer", **environment}
        language.choose("en")
        result = self.runner.invoke(app.app, list(words), env=given, prog_name="timpora")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    def answer(self, *words: str, **environment: str) -> str:
        """What a call that ends well writes to stdout; it has to be silent elsewhere."""
        given = self(*words, **environment)
        assert (given.code, given.err) == (0, "")
        return given.out

    def refused(self, code: int, *words: str) -> str:
        """What a call that is refused with `code` says; it answers nothing, in three lines at most."""
        given = self(*words)
        assert (given.code, given.out) == (code, "")
        assert 1 <= len(given.err.splitlines()) <= 3
        assert given.err.startswith("timpora: ")
        return given.err.removeprefix("timpora: ")

    def rows(self, *words: str) -> list[dict[str, str]]:
        """The rows of a list, as csv has them."""
        return list(csv.DictReader(self.answer(*words, "--format", "csv").splitlines()))

    def dump(self) -> list[str]:
        """The whole register as SQL, so that "nothing was changed" can be meant."""
        with closing(sqlite3.connect(self.db)) as connection:
            return list(connection.iterdump())

    def changes(self) -> list[tuple[str, str, str | None]]:
        """Who changed something, with which command and why."""
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute("SELECT officer, command, reason FROM change ORDER BY id").fetchall()

    def prepared(self, build: Callable[[], object]) -> "Timpora":
        """Have in the register what the commands of `build` put there. They run once; the file is copied from then on.

        `build` stands in the fixture whose register it makes.
        """
        key = f"{build.__module__}.{build.__qualname__}"
        if key in PREPARED:
            self.db.write_bytes(PREPARED[key])
        else:
            build()
            PREPARED[key] = self.db.read_bytes()
        return self

    def on(self, db: Path) -> "Timpora":
        return replace(self, db=db)

    def at(self, today: str) -> "Timpora":
        """Let the office have another day from now on."""
        self.clock.today = date.fromisoformat(today)
        return self


@pytest.fixture(autouse=True)
def _nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the developer's own register, language and colours out of every test."""
    for name in (*OF_TIMPORA, *OF_OTHERS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))


@pytest.fixture(scope="session")
def demo_made(made: Path, tmp_path_factory: pytest.TempPathFactory, author: Author) -> Path:
    """The example register without its meeting: tests hold one. Shared by all tests: copy it, never write to it."""
    path = tmp_path_factory.mktemp("demo") / "example.db"
    shutil.copy(made, path)
    with writing(path) as connection:
        example.fill(connection, author, with_meeting=False)
    return path


@pytest.fixture
def demo(demo_made: Path, tmp_path: Path) -> Path:
    """The test's own copy of the example register."""
    return Path(shutil.copy(demo_made, tmp_path / "demo.db"))


Driver = Callable[[Path], AbstractContextManager[Timpora]]


@contextmanager
def driving(db: Path) -> Iterator[Timpora]:
    """Have the program in this process on a register, with a clock of its own, until the end of the block."""
    driven = Timpora(db)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "office_today", lambda _connection: driven.clock.today)
        patch.setattr(opening, "local_now", lambda _connection: f"{driven.clock.today}T12:00")
        patch.setattr(clock, "now", driven.clock.now)
        yield driven


@pytest.fixture
def timpora(demo: Path) -> Iterator[Timpora]:
    with driving(demo) as driven:
        yield driven


@pytest.fixture(scope="session")
def driver() -> Driver:
    """Give the program to a fixture of a whole session, which makes what many tests only look at."""
    return driving


@pytest.fixture
def empty(timpora: Timpora, register: Callable[..., Path]) -> Timpora:
    """The program on a register in which nobody is recorded yet."""
    return timpora.on(register("empty.db"))


@pytest.fixture
def ann(empty: Timpora) -> Timpora:
    """The program on a register with one resident, Ann Invented, who holds one KITAS."""

    def build() -> None:
        who = ("--name", "Ann Invented", "--nationality", "AUS", "--passport", "X0000001", "--village", "Air Merbau")
        permit = ("--class", "ITAS", "--number", "2C21DEMO9001", "--issued", "2019-10-01", "--expires", "2020-09-30")
        empty.answer("resident", "add", *who, "--arrived", "2019-06-01")
        empty.answer("permit", "add", "1", *permit, "--index", "C317")

    return empty.prepared(build)


PassportLines = Callable[..., tuple[str, str]]


@pytest.fixture
def passport_lines() -> PassportLines:
    """Give the two lines of a made-up passport, with the right check digits."""

    def lines(
        name: str = "INVENTED<<ANN<MARIE",
        country: str = "AUS",
        number: str = "X90000002",
        born: str = "900228",
        expires: str = "280519",
    ) -> tuple[str, str]:
        facts = f"{number}{check_digit(number)}{country}{born}{check_digit(born)}F{expires}{check_digit(expires)}"
        personal = "ZE184226B" + "<" * 5
        facts += f"{personal}{check_digit(personal)}"
        return f"{'P<' + country + name:<<44}", facts + str(check_digit(facts[:10] + facts[13:20] + facts[21:43]))

    return lines


Real = Callable[..., Answer]


@pytest.fixture
def real(tmp_path: Path) -> Real:
    """Run `python -m timpora_cli` in a process of its own, with no environment but what is given.

    `around` stands behind the line in a shell, as in "> /dev/full"; `cwd` is where it runs; `through`
    is the program that starts it.
    """

    def run(
        *words: str | Path, around: str = "", cwd: Path | None = None, through: Sequence[str] = (), **environment: str
    ) -> Answer:
        command = [*through, sys.executable, "-m", "timpora_cli", *map(str, words)]
        if around:
            command = ["/bin/bash", "-c", f'set -o pipefail; "$@" {around}', "bash", *command]
        done = run_to_end(command, {"PYTHONPATH": str(SOURCE), **environment}, cwd or tmp_path)
        assert "Traceback" not in done.err
        return Answer(*done)

    return run


OptionsOfCommands = dict[tuple[str, ...], frozenset[str]]


@pytest.fixture
def options_of_commands() -> OptionsOfCommands:
    """Every command there is, as the words that call it, with the options of its own."""
    root = typer.main.get_command(app.app)
    assert isinstance(root, app.Root)
    return {
        words: frozenset(option for parameter in command.params for option in parameter.opts)
        for words, command in commands_of(root)
    }


AtTerminal = Callable[..., Answer]


@pytest.fixture
def typing(timpora: Timpora) -> AtTerminal:
    """Run the program with stdin and stderr at a terminal, and stdout too unless `piped`; `keys` are typed there.

    The answer's `err` is all that the terminal shows; `out` is what a pipe got.
    """

    def run(
        *words: str, keys: str = "", piped: bool = True, columns: int = 100, db: Path | None = None, **environment: str
    ) -> Answer:
        ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, pack("HHHH", 40, columns, 0, 0))
        settings = termios.tcgetattr(theirs)
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(theirs, termios.TCSANOW, settings)
        os.write(ours, keys.encode())
        given = {"PYTHONPATH": str(SOURCE), "TIMPORA_DB": str(db or timpora.db), "TERM": "xterm", **environment}
        process = subprocess.Popen(
            [sys.executable, "-m", "timpora_cli", *words],
            env={**SHOWS_STACK, **given},
            stdin=theirs,
            stderr=theirs,
            stdout=subprocess.PIPE if piped else theirs,
            encoding="utf-8",
        )
        with ended(process) as running:
            shown = b""
            while running.poll() is None or select.select([ours], [], [], 0)[0]:
                if select.select([ours], [], [], 0.02)[0]:
                    shown += os.read(ours, 65536)
                if piped and running.poll() is not None:
                    break
            answered = running.stdout.read() if running.stdout else ""
            while select.select([ours], [], [], 0)[0]:
                shown += os.read(ours, 65536)
        os.close(theirs)
        os.close(ours)
        return Answer(running.returncode, answered, shown.decode().replace("\r\n", "\n"))

    return run


Golden = Callable[[str, str], None]


@pytest.fixture
def golden() -> Golden:
    """Hold a text against a file of tests/golden, or write it there where TIMPORA_GOLDEN=write asks for that."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if WRITING:
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return check
