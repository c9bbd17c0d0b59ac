"""`timpora history`: show the changes to the register."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.queries.history import changes_of_permit, changes_of_resident, last_changes, permit_ever, resident_ever
from timpora_cli.queries.settings import time_zone
from timpora_cli.render.answers.history import HISTORY
from timpora_cli.render.answers.history import history as answer

MOST = 10
MOST_ASKED = 10**9 - 1


class OneAtATime(WrongUsage):
    """RESIDENT, --permit and --last each ask for a history of their own. Give one of them."""


class NotANumber(WrongUsage):
    """--last {number} is not a number of changes. Write a whole number from 1."""


@command(
    Reading,
    OutputOptions,
    answer=HISTORY,
    examples=("timpora history --last 5", "timpora history 1", "timpora history --permit 1"),
)
def history(
    ctx: typer.Context,
    reference: Annotated[
        str | None,
        typer.Argument(
            metavar="RESIDENT",
            help=_("Only what touched this resident."),
            autocompletion=values.residents,
            show_default=False,
        ),
        Reads(lambda text, desk: resident_ever(desk.connection, text)),
    ] = None,
    permit: Annotated[
        str | None,
        typer.Option(
            "--permit", metavar="PERMIT", help=_("Only what touched this permit."), autocompletion=values.permits
        ),
        Reads(lambda text, desk: permit_ever(desk.connection, text)),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--last", metavar="N", help=_("The last changes; 10 without it.")),
        Reads(lambda text, _desk: _number(text)),
    ] = None,
) -> None:
    """Show the changes to the register, the latest first: who, when, why, and each field before and after."""
    output = OutputOptions.of(ctx)
    if sum(asked is not None for asked in (reference, permit, last)) > 1:
        raise OneAtATime
    most = MOST if last is None else _number(last)
    with reading(ctx) as view:
        if reference is not None:
            made = changes_of_resident(view.connection, resident_ever(view.connection, reference))
        elif permit is not None:
            made = changes_of_permit(view.connection, permit_ever(view.connection, permit))
        else:
            made = last_changes(view.connection, most)
        zone = time_zone(view.connection)
    output.write(answer(made, zone))


def _number(text: str) -> int:
    number = whole_number(text, MOST_ASKED)
    if not number:
        raise NotANumber(number=excerpt(text))
    return number
