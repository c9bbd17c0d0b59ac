"""`timpora district end`: end a district on a day, and name what takes its place."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, DistrictArgument, code_named
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.model.places import RegionPlan


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=(
        "timpora district end 19.02.05 --on 2020-09-10 --to 19.02.04 --yes",
        "timpora district end 19.02.05 --to 19.02.04 --dry-run",
    ),
)
def end(
    ctx: typer.Context,
    district: DistrictArgument,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="DISTRICT", help=_("The one that takes its place."), autocompletion=values.districts
        ),
    ] = None,
) -> None:
    """End a district on a day; another takes its place, and its people live there from that day.

    Its villages lie in that one from the day; a district with villages does not end without --to. Who lives there is
    listed first; then it asks on a terminal, and needs --yes elsewhere. Days before keep the old place.
    """
    from timpora_cli.actions.regions import plans

    def plan_of(connection: Connection, on: date) -> "RegionPlan":
        heirs = [code_named(connection, "district", to, on)] if to else []
        return plans.ended(connection, "district", code_named(connection, "district", district, on), heirs, on)

    ChangeOptions.of(ctx).carry_out(ctx, plan_of, Why.of(ctx).reason)
