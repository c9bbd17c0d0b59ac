"""The three streams as a person meets them: what is said on stderr, what is asked, and how a lost stdout is noticed.

Nothing else writes stderr, and nothing here writes stdout: that is the answer's, and render's.
"""

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, TextIO

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import visible

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


_read_back: set[tuple[str, date]] = set()


class MissingOptions(WrongUsage):
    """Missing: {names}.
    Give them on the command line; they are only asked for on a terminal.
    """


class AlsoNeeded(WrongUsage):
    """{option} says nothing without {whole}. Give both, or neither."""


class NothingTyped(WrongUsage):
    """nothing is written there."""


class OnlyOnATerminal(WrongUsage):
    """{question} is only asked for on a terminal."""


class NobodyToConfirm(WrongUsage):
    """{question} This is only asked on a terminal; elsewhere, say yes with {flag}."""


class InputEnded(Refused):
    """Nothing was changed."""


class Outlet(io.RawIOBase):
    """The end of an output stream that remembers its first failed write, and lets every later one go nowhere.

    So the failure is known for what it is, whoever caught it, and nothing more is heard of it at the interpreter's end.
    """

    def __init__(self, end: io.RawIOBase, *, silent: bool = False) -> None:
        super().__init__()
        self.failure: OSError | None = None
        self._end = end
        self._silent = silent

    def write(self, data: "ReadableBuffer", /) -> int | None:
        """Write `data`; return how many bytes went. Raises OSError once, unless silent."""
        if self.failure is not None:
            return memoryview(data).nbytes
        try:
            return self._end.write(data)
        except OSError as failure:
            self.failure = failure
            if self._silent:
                return memoryview(data).nbytes
            raise

    def writable(self) -> bool:
        """Return that this end is for writing."""
        return True

    def isatty(self) -> bool:
        """Return whether the stream ends at a terminal."""
        return self._end.isatty()

    def fileno(self) -> int:
        """Return the number of the stream's file descriptor."""
        return self._end.fileno()


def take_streams() -> Outlet:
    """Make the process's streams UTF-8 whatever the locale, and safe to use even when closed; return stdout's end.

    A closed stdin reads as empty, what goes to a closed stderr is lost, and a write to a closed stdout fails.
    """
    _begin_again_in_utf8()
    _hold_descriptors()
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 it stays open for as long as the process
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
    sys.stdout, end = _through_outlet(sys.stdout, 1)
    sys.stderr, _silent_end = _through_outlet(sys.stderr, 2, silent=True)
    return end


def delivered(code: int, end: Outlet) -> int:
    """Return the exit code of a process that would end with `code`, after the last of stdout has been written.

    A closed pipe is no failure: the reader had enough. Any other lost output is said, and is exit 1.
    """
    cut_short = end.failure is not None
    try:
        sys.stdout.flush()
    except OSError as failure:
        end.failure = end.failure or failure
    if end.failure is None:
        return code
    if isinstance(end.failure, BrokenPipeError):
        return 0 if cut_short else code
    complain(_("the output could not be written: {reason}.").format(reason=end.failure.strerror))
    return 1


def note(text: str) -> None:
    """Say one line on stderr."""
    _say(text + "\n")


def remark(text: str) -> None:
    """Say one line on stderr, if a person is there to read it: a cron job has asked for nothing."""
    if sys.stderr.isatty():
        note(text)


def complain(text: str) -> None:
    """Say why it did not work, under the program's name."""
    note(f"timpora: {text}")


def echo_date(label: str, typed: str, day: date) -> None:
    """Read a date back that was typed in words, with its weekday, as in "before Sunday 20 September 2020".

    Once, and on a terminal only; a date typed in digits needs no reading back.
    """
    from timpora_cli.model.dates import in_words, is_exact

    if sys.stderr.isatty() and not is_exact(typed) and (label, day) not in _read_back:
        _read_back.add((label, day))
        note(f"{label} {in_words(day)}")


def day_read(typed: str, today: date) -> date:
    """Return the day that was typed, reading it back as `echo_date` does: "+1y = Thursday 25 November 2027"."""
    from timpora_cli.model.dates import parse_date

    day = parse_date(typed, today)
    echo_date(f"{typed} =", typed, day)
    return day


def can_ask() -> bool:
    """Return whether a person sees a question and can answer it: stdin and stderr are both a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """Return the answer to `question`, without spaces around it; it may be empty.

    Raises WrongUsage away from a terminal, and Refused when the person ends the input.
    """
    if not can_ask():
        raise OnlyOnATerminal(question=question)
    _say(f"{question}: ")
    answer = sys.stdin.readline()
    if not answer:
        _say("\n")
        raise InputEnded
    return answer.strip()


def confirm(question: str, *, flag: str = "--yes") -> bool:
    """Return whether the person says yes to `question`; anything but y, yes or ya is no.

    Raises WrongUsage away from a terminal: there `flag` says yes beforehand.
    """
    if not can_ask():
        raise NobodyToConfirm(question=question, flag=flag)
    return ask(_("{question} [y/N]").format(question=question)).casefold() in {"y", "yes", "ya"}


def missing(names: Sequence[str]) -> WrongUsage:
    """Return the error that names the options which a command still needs, to be raised away from a terminal."""
    return MissingOptions(names=", ".join(names))


def incomplete(option: str, whole: str) -> WrongUsage:
    """Return the error for an option that was typed without the one it belongs to, and would be dropped in silence."""
    return AlsoNeeded(option=option, whole=whole)


def _say(text: str) -> None:
    sys.stderr.write("\n".join(visible(line) for line in text.split("\n")))
    sys.stderr.flush()


def _begin_again_in_utf8() -> None:
    """Start this process over in Python's UTF-8 mode, where it would take what is typed, and every path, for ASCII.

    Python itself does so in the C locale, unless it is told not to; the words of the line are UTF-8 even then.
    """
    if sys.getfilesystemencoding() == "ascii" and os.environ.get("PYTHONUTF8") != "1" and sys.executable:
        os.environ["PYTHONUTF8"] = "1"
        with suppress(OSError):
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 the same program again


def _hold_descriptors() -> None:
    """Give each closed standard descriptor something harmless, or the next file to be opened would take its number.

    Stdout gets an end that cannot be written, so that an answer without a reader is a failure.
    """
    for descriptor, purpose in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, purpose)


def _through_outlet(stream: TextIO | None, descriptor: int, *, silent: bool = False) -> tuple[io.TextIOWrapper, Outlet]:
    """Return a stream that writes to where `stream` does, through an Outlet, and that outlet."""
    raw: io.RawIOBase | None = getattr(getattr(stream, "buffer", None), "raw", None)
    outlet = Outlet(io.FileIO(descriptor, "wb", closefd=False) if raw is None else raw, silent=silent)
    return io.TextIOWrapper(
        io.BufferedWriter(outlet),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=stream is None or bool(stream.line_buffering),
    ), outlet
