"""Every failure a person can cause: the docstring is the message, `exit_code` stands beside it (manual: exit-codes).

An error is raised with the values its sentence names, and is caught in one place (`cli/app.py`). No sentence here may
hold a passport number, a permit number or a name unless the person at the keyboard has just typed it.
"""

import inspect

from timpora_cli.language import _


class TimporaError(Exception):
    """Something went wrong."""

    exit_code = 1

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        # Python without docstrings (-OO) still says what went wrong, by name.
        return _(inspect.cleandoc(type(self).__doc__ or type(self).__name__)).format(**self.values)


class Refused(TimporaError):
    """{reason}"""

    exit_code = 1


class WrongUsage(TimporaError):
    """{reason}"""

    exit_code = 2


class NotFound(TimporaError):
    """There is no {what} {reference}."""

    exit_code = 4


class RegisterUnusable(TimporaError):
    """{reason}"""

    exit_code = 5
