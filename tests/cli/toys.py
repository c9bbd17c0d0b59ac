"""The program with throw-away commands beside its own: those of the folder tests/cli/shelf, under the word `toys`."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.processes import ended, run_to_end
from timpora_cli import language
from timpora_cli.cli import app, commands

SHELF = Path(__file__).parent / "shelf"
SOURCE = Path(app.__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What one call gave: the exit code, and what it wrote where."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Toys:
    """The program with the toys, in this process, in one of its own, at a terminal and behind TAB."""

    shelf: Path = SHELF

    def __call__(self, *words: str, **environment: str) -> Said:
        language.choose("en")
        result = CliRunner().invoke(app.app, list(words), env=environment, prog_name="timpora")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    def answer(self, *words: str, **environment: str) -> str:
        """What a call that ends well writes to stdout; it has to be silent elsewhere."""
        given = self(*words, **environment)
        assert (given.code, given.err) == (0, "")
        return given.out

    def process(self, *words: str | bytes, around: str = "", **environment: str) -> Said:
        """Call the program in a process of its own; `around` stands behind the line, as in "> /dev/full"."""
        command: list[str | bytes] = [sys.executable, "-m", "tests.cli.shelf", *words]
        if around:
            command = ["bash", "-c", f'set -o pipefail; "$@" {around}', "bash", *command]
        return Said(*run_to_end(command, self._environment(environment)))

    def typing(self, *words: str, keys: bytes) -> Said:
        """Call the program with stdin and stderr at a terminal where `keys` are typed; `err` is what it shows there."""
        ours, theirs = pty.openpty()
        os.write(ours, keys)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.shelf", *words],
            env=self._environment({}),
            stdin=theirs,
            stderr=theirs,
            stdout=subprocess.PIPE,
            text=True,
        )
        with ended(process) as running:
            answered, _nothing = running.communicate()
        os.set_blocking(ours, False)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except BlockingIOError:
            pass
        os.close(theirs)
        os.close(ours)
        return Said(running.returncode, answered, shown.decode().replace("\r\n", "\n"))

    def tab(self, *words: str, **environment: str) -> Said:
        """What a shell is told, of which the last of `words` is the one at the cursor."""
        return self.process(*words, _TIMPORA_COMPLETE="fish", **environment)

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        return {"PYTHONPATH": str(SOURCE), "SHELF": str(self.shelf), "PATH": os.environ["PATH"], **more}


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> Iterator[Toys]:
    """The program with the toys of tests/cli/shelf as commands of its own."""
    monkeypatch.setattr(commands, "__path__", [str(SHELF), *commands.__path__])
    monkeypatch.setattr(commands, "COMMANDS", ("toys", "lone", *commands.COMMANDS))
    yield Toys()
    language.choose("en")
