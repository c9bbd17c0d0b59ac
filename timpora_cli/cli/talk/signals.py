"""SIGTERM and SIGHUP: the command unwinds, so that its change is rolled back and its scratch files go, and ends soon.

Before they are heeded, while the program loads, they end the process at once, as they do any other.
"""

import os
import signal
import time
from types import FrameType

from timpora_cli.errors import Exit

ENDS = {
    number: code
    for name, code in (("SIGTERM", Exit.TERMINATED), ("SIGHUP", Exit.HUNG_UP))
    if (number := getattr(signal, name, None)) is not None
}
GRACE = 3.0
"""Seconds for unwinding. SQLite may be waiting for a lock, or at a long statement, and hears of no signal meanwhile."""


def heed() -> None:
    """Let SIGTERM and SIGHUP raise SystemExit with their exit codes; GRACE seconds later the process ends in any case.

    Who ignores one of them (nohup) goes on ignoring it.
    """
    heeded = [number for number in ENDS if signal.getsignal(number) is signal.SIG_DFL]
    if not heeded:
        return
    for number in heeded:
        signal.signal(number, _unwind)
    _end_in_time()


def _unwind(number: int, _frame: FrameType | None) -> None:
    # A second signal, such as the SIGHUP that follows a SIGTERM, must not break off the unwinding.
    for one in ENDS:
        signal.signal(one, signal.SIG_IGN)
    raise SystemExit(int(ENDS[signal.Signals(number)]))


def _end_in_time() -> None:
    from threading import Thread

    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    Thread(target=_watch, args=(heard,), daemon=True).start()


def _watch(heard: int) -> None:
    """Wait for one of the signals, whatever the main thread does, and end the process when its time is over.

    What is half done then is undone as after a power cut: by the journal, and by the next command.
    """
    while signals := os.read(heard, 64):
        for number in signals:
            if number in ENDS:
                time.sleep(GRACE)
                os._exit(ENDS[signal.Signals(number)])
