"""`timpora village move`: let a village lie in another district from a day."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, NewCode, VillageArgument, code_named
from timpora_cli.cli.talk import ask
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.model.places import RegionPlan


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=(
        "timpora village move 19.02.01.2012 --district Sijuk --on 2020-09-10",
        "timpora village move 19.02.01.2012 --district Sijuk --code 19.02.04.2099 --on 2020-09-10 --yes",
    ),
)
def move(
    ctx: typer.Context,
    village: VillageArgument,
    parent: Annotated[
        str | None,
        typer.Option(
            "--district", metavar="DISTRICT", help=_("The district in which it lies."), autocompletion=values.districts
        ),
    ] = None,
    code: NewCode = None,
) -> None:
    """Let a village lie in another district from a day; days before keep the old one.

    With --code the old code ends, the new one takes its place, and the people live under it from that day; they are
    listed first, and it asks on a terminal and needs --yes elsewhere. Without it the village keeps its code.
    """
    from timpora_cli.actions.regions import plans

    ask.refuse_missing({"--district": (parent or "").strip()})
    new = code.strip() if code else None

    def plan_of(connection: Connection, on: date) -> "RegionPlan":
        moving = code_named(connection, "village", village, on)
        return plans.moved(connection, "village", moving, code_named(connection, "district", parent or "", on), on, new)

    ChangeOptions.of(ctx).carry_out(ctx, plan_of, Why.of(ctx).reason)
