"""`timpora village split`: split a village on a day."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, Parts, VillageArgument, code_named
from timpora_cli.cli.talk import ask
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.model.places import RegionPlan


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=(
        'timpora village split 19.02.01.2012 --on 2020-09-10 --into 19.02.01.2012 --into "19.02.01.2099 Contoh"',
        'timpora village split 19.02.01.2010 --into "19.02.01.2097 Contoh A" --into "19.02.01.2098 Contoh B" --yes',
    ),
)
def split(
    ctx: typer.Context,
    village: VillageArgument,
    into: Parts = None,
    people_to: Annotated[
        str | None, typer.Option("--people-to", metavar="CODE", help=_("The part to which all its people go."))
    ] = None,
) -> None:
    """Split a village on a day into parts; it ends, unless it is one of them.

    Nobody knows yet who lives in which part. Where the village itself stays, its people stay in it; else they have the
    district known and the village not, until each is corrected (timpora check names them). --people-to sends all to one
    part. They are listed first; then it asks on a terminal, and needs --yes elsewhere.
    """
    from timpora_cli.actions.regions import parts_named, plans

    ask.refuse_missing({"--into": into})

    def plan_of(connection: Connection, on: date) -> "RegionPlan":
        parts = parts_named(connection, "village", into or (), on)
        parted = plans.Split(parts, people_to)
        return plans.split(connection, "village", code_named(connection, "village", village, on), parted, on)

    ChangeOptions.of(ctx).carry_out(ctx, plan_of, Why.of(ctx).reason)
