"""Processes that a test starts: each is ended with its test, also where the test fails or its time is over."""

import os
import pty
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple


class Done(NamedTuple):
    """How a process ended, and what it wrote."""

    code: int
    out: str
    err: str


SHOWS_STACK = {"PYTHONFAULTHANDLER": "1"}
"""The environment in which a Python process writes the stack of each thread to stderr when SIGABRT ends it."""
LAST_WORDS = 10.0  # seconds


@contextmanager
def ended(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    """Wait for a process at the end of the block; end it where the block fails, so that nothing waits for it.

    The failure then tells what the process wrote; of one that still runs, its stack is in it (SHOWS_STACK).
    """
    with process:
        try:
            yield process
        except BaseException as failure:  # also that the time of the test is over
            if process.poll() is None:
                failure.add_note(_last_words(process))
            raise


def _last_words(process: "subprocess.Popen[str]") -> str:
    leads = os.getpgid(process.pid) == process.pid  # then what it has started is ended with it
    end = partial(os.killpg if leads else os.kill, process.pid)
    end(signal.SIGABRT)
    try:
        out, err = process.communicate(timeout=LAST_WORDS)
    except subprocess.TimeoutExpired:
        out, err = "", "it did not end of itself"
    with suppress(ProcessLookupError):
        end(signal.SIGKILL)
    return f"The process {process.args!r} was ended.\nIt had written: {out}\nIts stderr: {err}"


def run_to_end(command: Sequence[str | bytes | Path], environment: Mapping[str, str], cwd: Path | None = None) -> Done:
    """Run a program without input, in a group of its own, and give its code and what it wrote (see `ended`)."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**SHOWS_STACK, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        process_group=0,
    )
    with ended(process) as running:
        out, err = running.communicate()
    return Done(running.returncode, out, err)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A program whose stdin and stderr are a terminal, while it runs."""

    process: "subprocess.Popen[str]"
    terminal: int

    def wait_for(self, text: str) -> str:
        """Return what is shown until `text` is; fail where the program ends before."""
        shown = b""
        while text.encode() not in shown:
            try:
                shown += os.read(self.terminal, 4096)
            except OSError:  # so Linux says that the program has closed its end
                message = f"it ended before it showed {text!r}: {shown.decode()}"
                raise AssertionError(message) from None
        return shown.decode()

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def end(self) -> str:
        """Return what is written to stdout until the program ends."""
        return self.process.communicate()[0]


@contextmanager
def dialogue(command: Sequence[str | Path], environment: Mapping[str, str]) -> Iterator[Dialogue]:
    """Start a program in a session of its own, with stdin and stderr at a new terminal and a pipe for stdout."""
    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen(
            command,
            env={**SHOWS_STACK, **environment},
            stdin=theirs,
            stderr=theirs,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
    finally:
        os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0), ended(process):
        yield Dialogue(process, ours)
