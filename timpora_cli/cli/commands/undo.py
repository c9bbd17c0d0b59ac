"""`timpora undo`: take back the last change, or a named one, after showing it."""

import sys
from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import ask
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.queries.history import change_made, last_number
from timpora_cli.render import write
from timpora_cli.render.answer import Wanted
from timpora_cli.render.answers.history import undone


class NotAChange(WrongUsage):
    """{reference} is not the number of a change. See them with: timpora history"""


class LeftAsItIs(Refused):
    """Nothing was undone."""


@command(Writing, Why, examples=("timpora undo --yes", "timpora undo 3 --yes"))
def undo(
    ctx: typer.Context,
    reference: Annotated[
        str | None,
        typer.Argument(
            metavar="CHANGE",
            help=_("The change's number; without it, the last."),
            autocompletion=values.changes,
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Undo without asking."))] = False,
) -> None:
    """Take back the last change, or a named one, after showing it: the fields as they are, and as they would be.

    It is a change of its own, so that it can be undone too. Where later changes build on it, it is refused. It asks
    first on a terminal and needs --yes elsewhere.
    """
    from timpora_cli.actions import undo as acting

    why = Why.of(ctx)
    if reference is not None and not (reference.isascii() and reference.isdigit() and len(reference) < 19):
        raise NotAChange(reference=reference)
    with working(ctx, why.reason) as work:
        number = int(reference) if reference else last_number(work.connection)
        made = change_made(work.connection, number)
        acting.refuse_impossible(work.connection, made)
        terminal = sys.stdout.isatty()
        shown = undone(made)
        both = tuple(column.key for column in shown.table.columns)
        write.answer(shown, Wanted(format="table" if terminal else "plain", columns=both, terminal=terminal))
        if not yes and not ask.confirmed(
            _("Undo change {number} ({command})?").format(number=number, command=made.command)
        ):
            raise LeftAsItIs
        acting.undo(work.change, made)
        new = work.change.number
    write.line(_("Change {number} undone by change {new}.").format(number=number, new=new))
