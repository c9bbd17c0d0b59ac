"""`python -m timpora_cli` and the console script `timpora`."""

import gc
import os
import sys
from typing import NoReturn

# A command lives for milliseconds, and start-up makes nothing that wants collecting: at the usual threshold the
# collector would take a tenth of it. A long import still collects, now and then.
gc.set_threshold(100_000, 50, 50)

from timpora_cli.cli.app import answered  # noqa: E402 the collector is told before anything is loaded


def main() -> NoReturn:
    """Answer the command line, and end the process with an exit code (manual: exit-codes).

    By then the answer is delivered, the register closed and every scratch file gone, so the process leaves at once:
    taking the interpreter apart, module by module, would take a tenth of the whole call.
    """
    code = answered()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
