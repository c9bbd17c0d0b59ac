"""`timpora redo`: bring the last change that was undone forward again, after showing it."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.undoing import Sure, show
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.queries.history import change_made
from timpora_cli.render import write
from timpora_cli.render.answers.history import REDO


class LeftUndone(Refused):
    """Nothing was brought forward."""


@command(Writing, Sure, Why, examples=("timpora redo --yes", 'timpora redo --yes --reason "it was right"'))
def redo(ctx: typer.Context) -> None:
    """Bring the last change that was undone forward again, after showing it.

    After two undos, a second redo brings the later change forward too. A new change ends this: what was undone before
    it is brought forward only by undoing its undo, by number. It asks first on a terminal and needs --yes elsewhere.
    """
    from timpora_cli.actions import undo as acting

    sure, why = Sure.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        last = acting.last_undone(work.connection)
        undone, undoing = (change_made(work.connection, number) for number in (last.number, last.by))
        acting.refuse_impossible(work.connection, undoing)
        show(work.connection, [undone, undoing], undoing, REDO)
        question = _("Redo change {number} ({command})?").format(number=undone.number, command=undone.command)
        if not sure.says(question):
            raise LeftUndone
        acting.redo(work.change, last.number)
        new = work.change.number
    write.line(_("Change {number} brought forward by change {new}.").format(number=undone.number, new=new))
