"""`timpora village end`: end a village on a day, and name what takes its place."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, VillageArgument, code_named
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.model.places import RegionPlan


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=(
        "timpora village end 19.02.01.2012 --on 2020-09-10 --to 19.02.01.2010 --yes",
        "timpora village end 19.02.01.2012 --to 19.02.01.2010 --dry-run",
    ),
)
def end(
    ctx: typer.Context,
    village: VillageArgument,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="VILLAGE", help=_("The one that takes its place."), autocompletion=values.villages
        ),
    ] = None,
) -> None:
    """End a village on a day; another takes its place, and its people live there from that day.

    Without --to, they stay with the district known, and the village not. Who lives there is
    listed first; then it asks on a terminal, and needs --yes elsewhere. Days before keep the old place.
    """
    from timpora_cli.actions.regions import plans

    def plan_of(connection: Connection, on: date) -> "RegionPlan":
        heirs = [code_named(connection, "village", to, on)] if to else []
        return plans.ended(connection, "village", code_named(connection, "village", village, on), heirs, on)

    ChangeOptions.of(ctx).carry_out(ctx, plan_of, Why.of(ctx).reason)
