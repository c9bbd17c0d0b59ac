"""`timpora undo`: take back the last change, or a named one, after showing it."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.undoing import Sure, show
from timpora_cli.cli.talk import say
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _, n_
from timpora_cli.model.log import Passed
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.queries.history import change_made, next_to_undo
from timpora_cli.render import write
from timpora_cli.render.answers.history import UNDO


class NotAChange(WrongUsage):
    """{reference} is not the number of a change. See them with: timpora history"""


class LeftAsItIs(Refused):
    """Nothing was undone."""


@command(Writing, Sure, Why, examples=("timpora undo --yes", "timpora undo 3 --yes"))
def undo(
    ctx: typer.Context,
    reference: Annotated[
        str | None,
        typer.Argument(
            metavar="CHANGE",
            help=_("The change's number; without it, the last that is not taken back."),
            autocompletion=values.changes,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Take back the last change, or a named one, after showing it: the fields as they are, and as they would be.

    A second undo takes back the change before, and timpora redo brings the last one forward again. A marking run of
    the expiry list is passed over, and goes by its number. The record of who was shown people stays: it is passed over,
    and never undone. Where later changes build on a change, it is refused. It
    asks first on a terminal and needs --yes elsewhere.
    """
    from timpora_cli.actions import undo as acting

    sure, why = Sure.of(ctx), Why.of(ctx)
    named = None if reference is None else whole_number(reference)
    if reference is not None and named is None:
        raise NotAChange(reference=excerpt(reference))
    with working(ctx, why.reason) as work:
        number = _last(work.connection) if named is None else named
        made = change_made(work.connection, number)
        acting.refuse_impossible(work.connection, made)
        show(work.connection, [made], made, UNDO)
        if not sure.says(_("Undo change {number} ({command})?").format(number=number, command=made.command)):
            raise LeftAsItIs
        acting.undo(work.change, made)
        new = work.change.number
    write.line(_("Change {number} undone by change {new}.").format(number=number, new=new))


def _last(connection: sqlite3.Connection) -> int:
    """Return the change that is next to be taken back, and say which later ones are passed over."""
    following = next_to_undo(connection)
    for why, sentence in SENTENCES.items():
        if passed := [one for one in following.passed if one.why == why]:
            say.note(sentence(passed))
    return following.number


def _marking_runs(passed: list[Passed]) -> str:
    sentence = n_(
        "Passed over: change {last}, a marking run (expiring --mark). Take it back with: timpora undo {last}",
        "Passed over: {number} marking runs (expiring --mark), the last of them change {last}. "
        "Take that one back with: timpora undo {last}",
        len(passed),
    )
    return sentence.format(number=len(passed), last=passed[0].number)


def _corrections(passed: list[Passed]) -> str:
    sentence = n_(
        "Passed over: change {last}, which says when changes were made. Say it again with: timpora clock correct",
        "Passed over: {number} changes that say when changes were made. Say it again with: timpora clock correct",
        len(passed),
    )
    return sentence.format(number=len(passed), last=passed[0].number)


def _looks(passed: list[Passed]) -> str:
    sentence = n_(
        "Passed over: change {last}, which records who was shown people. It cannot be undone.",
        "Passed over: {number} changes that record who was shown people. They cannot be undone.",
        len(passed),
    )
    return sentence.format(number=len(passed), last=passed[0].number)


def _purges(passed: list[Passed]) -> str:
    sentence = n_(
        "Passed over: change {last}, a purge. It cannot be undone.",
        "Passed over: {number} purges, the last of them change {last}. They cannot be undone.",
        len(passed),
    )
    return sentence.format(number=len(passed), last=passed[0].number)


def _upgrades(passed: list[Passed]) -> str:
    sentence = n_(
        "Passed over: change {last}, which brought the register up to date. It cannot be undone.",
        "Passed over: {number} changes that brought the register up to date. They cannot be undone.",
        len(passed),
    )
    return sentence.format(number=len(passed), last=passed[0].number)


SENTENCES: Mapping[str, Callable[[list[Passed]], str]] = {
    "MARKED": _marking_runs,
    "UPGRADE": _upgrades,
    "CLOCK": _corrections,
    "LOOKED": _looks,
    "PURGED": _purges,
}
"""What is said of the changes that an undo without a number passes over, by why it does."""
