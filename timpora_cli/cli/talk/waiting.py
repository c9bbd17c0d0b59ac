"""A long wait for another program that is writing to the register: told on a terminal, with whom one waits for."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from timpora_cli.cli.talk import say
from timpora_cli.language import _

QUIET_SECONDS = 1.5
"""How long a command waits before it says so."""
LOCKS = Path("/proc/locks")  # of Linux; elsewhere nobody tells who holds a file


@contextmanager
def told_while_waiting(path: Path, wait: float) -> Iterator[None]:
    """Say on a terminal that the block, which opens the register at `path`, waits; `wait` are the seconds at most."""
    if wait <= QUIET_SECONDS or not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    told = Timer(QUIET_SECONDS, lambda: say.note(_sentence(path, wait)))
    told.daemon = True
    told.start()
    try:
        yield
    finally:
        told.cancel()


def _sentence(path: Path, wait: float) -> str:
    holder = _holder(path)
    if holder is None:
        sentence = _("Waiting for another program that is writing to the register, for {seconds} seconds at most.")
    else:
        sentence = _("Waiting for {program}, which is writing to the register, for {seconds} seconds at most.")
    return sentence.format(program=holder, seconds=f"{wait:g}")


def _holder(path: Path) -> str | None:
    """Return the program that has locked a file to write, as "timpora (process 4711)"; None where nobody tells."""
    with suppress(OSError, ValueError):
        file = path.stat()
        named = f"{os.major(file.st_dev):02x}:{os.minor(file.st_dev):02x}:{file.st_ino}"
        for lock in LOCKS.read_text().splitlines():
            words = lock.split()
            if "WRITE" in words and named in words and "->" not in words:
                process = int(words[words.index("WRITE") + 1])
                program = Path(f"/proc/{process}/comm").read_text().strip()
                return _("{program} (process {number})").format(program=program, number=process)
    return None
