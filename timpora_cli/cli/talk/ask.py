"""Questions to a person at a terminal."""

import sys
from collections.abc import Callable, Mapping

from timpora_cli.cli.talk import say
from timpora_cli.errors import Refused, TimporaError, WrongUsage
from timpora_cli.language import _


class MissingOptions(WrongUsage):
    """Missing: {names}.
    Give them on the command line; they are only asked for on a terminal.
    """


class NothingTyped(WrongUsage):
    """nothing is written there."""


class OnlyOnATerminal(WrongUsage):
    """{question} is only asked for on a terminal."""


class NobodyToConfirm(WrongUsage):
    """{question} This is only asked on a terminal; elsewhere, say yes with {flag}."""


class InputEnded(Refused):
    """Nothing was changed."""


def can_ask() -> bool:
    """Return whether a person sees a question and can answer it: stdin and stderr are both a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def text(question: str) -> str:
    """Return the answer to `question`, without spaces around it; it may be empty.

    Raises WrongUsage away from a terminal, and Refused when the person ends the input.
    """
    if not can_ask():
        raise OnlyOnATerminal(question=question)
    say.write(f"{question}: ")
    answer = sys.stdin.readline()
    if not answer:
        say.write("\n")
        raise InputEnded
    return answer.strip()


def confirmed(question: str, *, flag: str = "--yes") -> bool:
    """Return whether the person says yes to `question`; anything but y, yes or ya is no.

    Raises WrongUsage away from a terminal: there `flag` says yes beforehand.
    """
    if not can_ask():
        raise NobodyToConfirm(question=question, flag=flag)
    return text(_("{question} [y/N]").format(question=question)).casefold() in {"y", "yes", "ya"}


def until_read(typed: str | None, option: str, question: str, read: Callable[[str], object]) -> str:
    """Return what was typed for `option`, or on a terminal the answer to `question`, asked again until `read` takes it.

    An empty answer is asked again: what nobody knows is said in a word, never by a key that was hit too soon.
    """
    if typed:
        return typed
    while True:
        answer = text(question)
        try:
            if not answer:
                raise NothingTyped
            read(answer)
        except TimporaError as error:
            say.complain(f"{option}: {error}")
        else:
            return answer


def refuse_missing(options: Mapping[str, object]) -> None:
    """Raise MissingOptions with the names of those `options` that hold nothing."""
    if missing := [option for option, value in options.items() if not value]:
        raise MissingOptions(names=", ".join(missing))


def refuse_unasked(options: Mapping[str, object]) -> None:
    """Raise MissingOptions as `refuse_missing` does, where nobody is there to be asked for them."""
    if not can_ask():
        refuse_missing(options)
