"""Processes that a test starts: each is ended with its test, also where the test fails or its time is over."""

import os
import pty
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@contextmanager
def ended(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    """Wait for a process at the end of the block; kill it where the block fails, so that nothing waits for it."""
    with process:
        try:
            yield process
        except BaseException:  # also that the time of the test is over
            process.kill()
            raise


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
            env=environment,
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
