"""Every failure that a person can cause, and the exit code that a command ends with (manual: exit-codes).

An error is a class. Its docstring is the sentence that a person reads. The values it is raised with have the names that
stand in braces in that sentence. Its parent, one of the five classes below, gives the exit code. All errors are caught
in one place, `cli/app.py`. No sentence may hold a passport number, a permit number or a name unless the person at the
keyboard has just typed it.
"""

import inspect
from enum import IntEnum
from pathlib import Path

from timpora_cli.language import _

LONGEST_PATH = 150  # bytes of a path in an error


class Exit(IntEnum):
    """How a command ends. Scripts depend on these numbers, so they never change. A monitor has codes of its own."""

    DONE = 0
    REFUSED = 1
    WRONG_USAGE = 2
    NOT_EMPTY = 3
    """Only with --exit-code: the list is not empty, or the last marked run is too long ago."""
    NOT_FOUND = 4
    REGISTER_UNUSABLE = 5
    REJECTS = 6
    """An import was written, and some of its rows were rejected."""
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


class TimporaError(Exception):
    """Something went wrong."""

    exit_code = Exit.REFUSED

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        # Where Python runs without docstrings (-OO), the name of the class is the message.
        sentence = _(inspect.cleandoc(type(self).__doc__ or type(self).__name__))
        return sentence.format(**{name: _shortened(value) for name, value in self.values.items()})


def _shortened(value: object) -> object:
    """Return the end of a path that is long, so that an error has under 500 bytes; any other value as it is."""
    if not isinstance(value, Path):
        return value
    path = str(value).encode(errors="surrogateescape")
    return value if len(path) <= LONGEST_PATH else f"…{path[-LONGEST_PATH:].decode(errors='ignore')}"


class Refused(TimporaError):
    """A rule does not allow it."""

    exit_code = Exit.REFUSED


class WrongUsage(TimporaError):
    """It was typed wrongly."""

    exit_code = Exit.WRONG_USAGE


class NotFound(TimporaError):
    """There is nothing of that name or number."""

    exit_code = Exit.NOT_FOUND


class RegisterUnusable(TimporaError):
    """The register cannot be used."""

    exit_code = Exit.REGISTER_UNUSABLE
