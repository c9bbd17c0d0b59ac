"""`python -m timpora_cli` and the console script `timpora`."""

import os
import signal

# Until the program is loaded there is nothing to end well, so an interrupt ends the process at once, and in silence.
# Who ignores interrupts (nohup, a job in the background) goes on ignoring them.
if INTERRUPTIBLE := signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, lambda _number, _frame: os._exit(130))

import gc
import sys
from typing import NoReturn

# A command lives for milliseconds, and start-up makes nothing that wants collecting: at the usual threshold the
# collector would take a tenth of it. A long import still collects, now and then.
gc.set_threshold(100_000, 50, 50)


def main() -> NoReturn:
    """Answer the command line, and end the process with an exit code (manual: exit-codes).

    By then the answer is delivered, the register closed and every scratch file gone, so the process leaves at once:
    taking the interpreter apart, module by module, would take a tenth of the whole call.
    """
    from timpora_cli.cli.app import answered
    from timpora_cli.errors import Exit

    try:
        if INTERRUPTIBLE:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        code = answered()
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except SystemExit as ending:  # a signal in the last moment
        code = int(str(ending.code))
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
