"""A long text on a terminal, through the officer's pager; anywhere else as it is."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TextIO, cast

USUAL = "less"
OPTIONS = {"LESS": "FRX"}  # what is short is shown at once, colours as such, and the text stays on the screen
MARGIN = 2  # lines of the screen that the prompts before and after a text take


@contextmanager
def paged() -> Iterator[TextIO]:
    """Lend a stream to write a text into that people read.

    On a terminal a text that is longer than the screen goes through $PAGER, or `less` where that is not set. There is
    none where it is empty, cannot be found, or the terminal is a dumb one. An officer who leaves the pager early ends
    the writing quietly.
    """
    command = _command()
    if command is None:
        yield sys.stdout
        return
    screen = _Screen(command, shutil.get_terminal_size().lines - MARGIN)
    try:
        yield cast("TextIO", screen)  # it has what a text needs of a stream
    except BrokenPipeError:
        if screen.pager is None:
            raise
    finally:
        screen.end()


def _command() -> list[str] | None:
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return None
    words = shlex.split(os.environ.get("PAGER", USUAL))
    return words if words and shutil.which(words[0]) else None


@dataclass(slots=True)
class _Screen:
    """What is written, kept until it is longer than the screen; from there on it goes to the pager."""

    command: list[str]
    height: int
    kept: list[str] = field(default_factory=list)
    pager: "subprocess.Popen[str] | None" = None

    def write(self, text: str) -> int:
        if self.pager is None:
            self.kept.append(text)
            if sum(one.count("\n") for one in self.kept) > self.height:
                self.pager = subprocess.Popen(  # noqa: S603 the officer's own command
                    self.command,
                    stdin=subprocess.PIPE,
                    env={**OPTIONS, **os.environ},
                    encoding="utf-8",
                    errors="backslashreplace",
                )
                text = "".join(self.kept)
        if self.pager is not None and self.pager.stdin is not None:
            self.pager.stdin.write(text)
        return len(text)

    def flush(self) -> None:
        """Do nothing: the text is whole at the end."""

    def end(self) -> None:
        """Show what is kept, or wait until the officer leaves the pager."""
        if self.pager is None:
            sys.stdout.write("".join(self.kept))
            sys.stdout.flush()
            return
        if self.pager.stdin is not None:
            with suppress(BrokenPipeError):
                self.pager.stdin.close()
        while self.pager.poll() is None:
            # The key that interrupts is the pager's own, and this process waits for it as the shell does.
            with suppress(KeyboardInterrupt):
                self.pager.wait()
