"""What is wrong with a line, told at once: every text that cannot be read, and with them why the command stopped.

An option says in its annotation how it is read (Reads). One mistake alone is told as the command itself tells it. A
change reads the texts before it begins; a command that only reads is run first, and its texts are read where it stops.
"""

import inspect
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.frame import register
from timpora_cli.cli.frame.options import Reads, caught, globals_of
from timpora_cli.cli.talk.ask import can_ask
from timpora_cli.errors import Exit, RegisterUnusable, TimporaError

if TYPE_CHECKING:
    from timpora_cli.cli.frame.base import Single
    from timpora_cli.cli.frame.register import Work

Mistakes = Sequence[tuple[str, TimporaError]]
"""What is wrong, each with the name of its option; an empty name where it is of no one option."""


class SeveralMistakes(TimporaError):
    """{told}"""


class Desk:
    """What texts are read with: the register, the day that words like "tomorrow" are counted from, and all that was
    typed on the line, by name.
    """

    def __init__(self, connection: sqlite3.Connection, typed: Mapping[str, object], today: Callable[[], date]) -> None:
        self.connection = connection
        self.typed = typed
        self._today = today

    @property
    def today(self) -> date:
        """The office's today, or the day of --as-of; looked up where a text needs it."""
        return self._today()


@contextmanager
def told_at_once(ctx: typer.Context, work: "Work") -> Iterator[None]:
    """Run the block of a change; raise SeveralMistakes where more than one thing is wrong with its line.

    At a terminal nobody is asked anything before that.
    """
    command: Single = ctx.command  # type: ignore[assignment]
    found = list(_misread(command, Desk(work.connection, ctx.params, lambda: work.today)))
    if found and can_ask():
        raise _as_one(found)
    try:
        yield
    except RegisterUnusable:
        raise
    except TimporaError as error:
        raise _as_one(_with(found, [error])) from error
    if found:
        raise _as_one(found)


def together(command: "Single", ctx: typer.Context, errors: Sequence[TimporaError]) -> TimporaError:
    """Return the errors as one, with every text of the line that cannot be read; what is of the register stands alone.

    Where there is no register to read the texts with, it is the errors alone.
    """
    if isinstance(errors[0], (RegisterUnusable, SeveralMistakes)):
        return errors[0]
    try:
        with register.opened_to_read(ctx) as connection:
            found = list(_misread_on(command, ctx, connection))
    except RegisterUnusable:
        found = []
    return _as_one(_with(found, errors))


def _with(found: Mistakes, errors: Sequence[TimporaError]) -> Mistakes:
    known = {_mistake(error) for _option, error in found}
    return [*found, *(("", error) for error in errors if _mistake(error) not in known)]


def _mistake(error: TimporaError) -> tuple[object, ...]:
    """Return what two tellings of one mistake have in common: a sentence may name the second in which it was said."""
    return type(error), error.values.get("text", str(error))


def _as_one(found: Mistakes) -> TimporaError:
    """Return the one mistake, or all of them as one, each behind the name of its option."""
    if len(found) == 1:
        return found[0][1]
    told = [f"{option}: {error}" if option else str(error) for option, error in found]
    several, codes = SeveralMistakes(told="\n".join(told)), {error.exit_code for _option, error in found}
    several.exit_code = Exit.WRONG_USAGE if Exit.WRONG_USAGE in codes else max(codes)
    return several


def _misread_on(
    command: "Single", ctx: typer.Context, connection: sqlite3.Connection
) -> Iterator[tuple[str, TimporaError]]:
    """Yield what cannot be read of a line that asks about a day, as known at a moment; the two themselves first."""
    typed = globals_of(ctx)
    misread = list(caught(register.day_of, typed.as_of, connection)) if typed.as_of is not None else []
    yield from (("--as-of", error) for error in misread)
    if typed.known_at is not None:
        yield from (("--known-at", error) for error in caught(register.know_as_at, typed.known_at, connection))
    counted_from = "today" if typed.as_of is None or misread else typed.as_of
    yield from _misread(command, Desk(connection, ctx.params, lambda: register.day_of(counted_from, connection)))


def _misread(command: "Single", desk: Desk) -> Iterator[tuple[str, TimporaError]]:
    """Yield the arguments and options of the line whose text cannot be read, with the reason."""
    readers: dict[str, Reads] = {}
    for declared in (command.function, *command.records):
        readers |= _readers(declared)
    ordered = sorted(command.params, key=lambda one: (one.param_type_name == "option", one.name not in command.own))
    for parameter in ordered:
        reader, typed = readers.get(str(parameter.name)), desk.typed.get(str(parameter.name))
        if reader is None or not typed or (isinstance(typed, str) and not typed.strip()):
            continue
        is_option = parameter.param_type_name == "option"
        named = parameter.opts[0] if is_option else str(parameter.metavar or parameter.name)
        for text in typed if isinstance(typed, list) else [typed]:
            yield from ((named, error) for error in caught(reader.read, text, desk))


def _readers(declared: object) -> dict[str, Reads]:
    parameters = inspect.signature(declared).parameters  # type: ignore[arg-type]
    return {
        name: one
        for name, parameter in parameters.items()
        for one in getattr(parameter.annotation, "__metadata__", ())
        if isinstance(one, Reads)
    }
