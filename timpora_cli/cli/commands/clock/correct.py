"""`timpora clock correct`: say when changes were made that a wrong clock stamped with another moment."""

import re
from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import ask
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt
from timpora_cli.render import write

RANGE = re.compile(r"([0-9]{1,18})(?:\.\.([0-9]{1,18}))?", re.ASCII)


class NotARange(WrongUsage):
    """{text} is no change and no range of changes. Write 5, or 5..20. See them with: timpora history"""


@command(
    Writing,
    Why,
    examples=(
        "timpora clock correct 2 --to today",
        'timpora clock correct 1..2 --to 2020-09-17T10:30 --reason "the clock was ahead"',
    ),
)
def correct(
    ctx: typer.Context,
    changes: Annotated[
        str,
        typer.Argument(
            metavar="CHANGES",
            help=_("The changes by their numbers, the first and the last; or one."),
            autocompletion=values.changes,
            show_default=False,
        ),
    ],
    to: Annotated[
        str | None, typer.Option("--to", metavar="MOMENT", help=_("When they were made: a day, or a day and a time."))
    ] = None,
) -> None:
    """Say when changes were made that a wrong clock stamped with another moment.

    All of them are read at this moment from now on: by --known-at, history and status. The log itself keeps what it
    has, and the changes keep their order. To say it better, say it again: the later correction holds. First set the
    machine's clock right.
    """
    from timpora_cli.actions import clock

    why = Why.of(ctx)
    found = RANGE.fullmatch(changes.strip())
    if found is None or int(found[1]) > int(found[2] or found[1]):
        raise NotARange(text=excerpt(changes))
    ask.refuse_missing({"--to": to})
    first, last = int(found[1]), int(found[2] or found[1])
    with working(ctx, why.reason, corrects_clock=True) as work:
        at = clock.correct(work.change, first, last, to or "")
    numbers = str(first) if first == last else f"{first}..{last}"
    write.line(_("Changes {numbers} are read at {at} from now on.").format(numbers=numbers, at=at))
