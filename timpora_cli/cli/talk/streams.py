"""The three streams of the process: UTF-8 whatever the locale, safe to use when closed, and a lost stdout noticed."""

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from timpora_cli.cli.talk.say import complain
from timpora_cli.errors import Exit
from timpora_cli.language import _

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


INTERRUPTED = (Exit.HUNG_UP, Exit.INTERRUPTED, Exit.TERMINATED)


class Outlet(io.RawIOBase):
    """The end of an output stream. It keeps its first failed write, and lets every later write go nowhere.

    So the failure is known, whoever caught it, and the interpreter says nothing more of it at its end. `code_when_lost`
    is the exit code of a process that loses this stream, where the usual rules of `delivered` are not meant. `recorded`
    is the number of the change whose answer nothing has been written of yet.
    """

    def __init__(self, end: io.RawIOBase, *, silent: bool = False) -> None:
        super().__init__()
        self.failure: OSError | None = None
        self.code_when_lost: int | None = None
        self.recorded: int | None = None
        self._end = end
        self._silent = silent

    def write(self, data: "ReadableBuffer", /) -> int | None:
        """Write `data`; return how many bytes went. Raises OSError once, unless silent."""
        if self.failure is not None:
            return memoryview(data).nbytes
        try:
            written = self._end.write(data)
        except OSError as failure:
            self.failure = failure
            if self._silent:
                return memoryview(data).nbytes
            raise
        self.recorded = None
        return written

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

    A closed pipe is no failure: the reader had enough. Any other lost output is said, and is exit 1; and where a change
    is on record, so is that. It is said too of a command that was interrupted before its answer.
    """
    cut_short = end.failure is not None
    try:
        sys.stdout.flush()
    except OSError as failure:
        end.failure = end.failure or failure
    if end.failure is None:
        if end.recorded is not None and code in INTERRUPTED:
            complain(_("recorded as change {number}; interrupted before its answer.").format(number=end.recorded))
        return code
    if end.code_when_lost is not None:
        return end.code_when_lost
    if isinstance(end.failure, BrokenPipeError):
        return 0 if cut_short else code
    reason = end.failure.strerror
    if end.recorded is None:
        complain(_("the output could not be written: {reason}.").format(reason=reason))
    else:
        told = _("recorded as change {number}; its answer could not be printed: {reason}.")
        complain(told.format(number=end.recorded, reason=reason))
    return 1


def recorded(number: int) -> None:
    """Note that a change is on record, of this number, so that it is said where its answer cannot be printed."""
    end = _outlet()
    if end is not None:
        end.recorded = number


def keep() -> None:
    """Have what was written to stdout on the disk, where stdout is a file. Raises OSError where the disk failed."""
    from timpora_cli.files import sync_open

    sys.stdout.flush()
    end = _outlet()
    if end is None:
        return
    try:
        sync_open(end.fileno())
    except OSError as failure:
        end.failure = failure
        raise


def fail_with(code: int) -> None:
    """Let this process end with `code` if its stdout is lost, for whatever reason."""
    end = _outlet()
    if end is not None:
        end.code_when_lost = code


def _outlet() -> Outlet | None:
    """Return the end of stdout; None where another program runs this one, as in a test."""
    end = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return end if isinstance(end, Outlet) else None


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
