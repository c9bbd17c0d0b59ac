"""What is wrong with a line, told at once: every text that cannot be read, and with them why the command stopped.

An option says in its annotation how it is read (Reads). One mistake alone is told as the command itself tells it.
"""

import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.talk.ask import can_ask
from timpora_cli.errors import Exit, RegisterUnusable, TimporaError

if TYPE_CHECKING:
    from timpora_cli.cli.frame.base import Single
    from timpora_cli.cli.frame.register import Work


class SeveralMistakes(TimporaError):
    """{told}"""


class Desk:
    """What texts are read with: the register, the office's today, and all that was typed on the line, by name."""

    def __init__(self, work: "Work", typed: Mapping[str, object]) -> None:
        self.connection = work.connection
        self.typed = typed
        self._work = work

    @property
    def today(self) -> date:
        """The office's today, looked up where a text needs it."""
        return self._work.today


@contextmanager
def told_at_once(ctx: typer.Context, work: "Work") -> Iterator[None]:
    """Run the block of a command; raise SeveralMistakes where more than one thing is wrong with its line.

    At a terminal nobody is asked anything before that.
    """
    found = dict(_misread(ctx, work))
    if found and can_ask():
        raise _together(found)
    try:
        yield
    except RegisterUnusable:
        raise
    except TimporaError as error:
        if str(error) not in {str(one) for one in found.values()}:
            found[""] = error
        raise _together(found) from error
    if found:
        raise _together(found)


def _together(found: Mapping[str, TimporaError]) -> TimporaError:
    """Return the one mistake, or all of them as one, each behind the name of its option."""
    if len(found) == 1:
        return next(iter(found.values()))
    told = [f"{option}: {error}" if option else str(error) for option, error in found.items()]
    several, codes = SeveralMistakes(told="\n".join(told)), {error.exit_code for error in found.values()}
    several.exit_code = Exit.WRONG_USAGE if Exit.WRONG_USAGE in codes else max(codes)
    return several


def _misread(ctx: typer.Context, work: "Work") -> Iterator[tuple[str, TimporaError]]:
    """Yield the arguments and options of the line whose text cannot be read, with the reason."""
    command: Single = ctx.command  # type: ignore[assignment]
    desk = Desk(work, ctx.params)
    readers: dict[str, Reads] = {}
    for declared in (command.function, *command.records):
        readers |= _readers(declared)
    ordered = sorted(command.params, key=lambda one: (one.param_type_name == "option", one.name not in command.own))
    for parameter in ordered:
        reader, typed = readers.get(str(parameter.name)), ctx.params.get(str(parameter.name))
        if reader is None or not typed or (isinstance(typed, str) and not typed.strip()):
            continue
        try:
            reader.read(typed, desk)
        except TimporaError as error:
            is_option = parameter.param_type_name == "option"
            yield parameter.opts[0] if is_option else str(parameter.metavar or parameter.name), error


def _readers(declared: object) -> dict[str, Reads]:
    parameters = inspect.signature(declared).parameters  # type: ignore[arg-type]
    return {
        name: one
        for name, parameter in parameters.items()
        for one in getattr(parameter.annotation, "__metadata__", ())
        if isinstance(one, Reads)
    }
