"""`timpora district move`: let a district lie in another regency from a day."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, DistrictArgument, NewCode, code_named
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.queries.settings import regency_named

if TYPE_CHECKING:
    from timpora_cli.model.places import RegionPlan


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=(
        "timpora district move 19.02.05 --regency 19.06 --on 2020-09-10",
        "timpora district move 19.02.05 --regency 19.06 --code 19.06.08 --on 2020-09-10 --yes",
    ),
)
def move(
    ctx: typer.Context,
    district: DistrictArgument,
    parent: Annotated[
        str | None,
        typer.Option("--regency", metavar="REGENCY", help=_("The regency in which it lies; a code or a name.")),
    ] = None,
    code: NewCode = None,
) -> None:
    """Let a district lie in another regency from a day; days before keep the old one.

    With --code the old code ends, the new one takes its place, and the people live under it from that day; they are
    listed first, and it asks on a terminal and needs --yes elsewhere. Without it the district keeps its code.
    """
    from timpora_cli.actions.regions import plans

    ask.refuse_missing({"--regency": (parent or "").strip()})
    new = code.strip() if code else None

    def plan_of(connection: Connection, on: date) -> "RegionPlan":
        moving = code_named(connection, "district", district, on)
        return plans.moved(connection, "district", moving, regency_named(connection, parent or ""), on, new)

    ChangeOptions.of(ctx).carry_out(ctx, plan_of, Why.of(ctx).reason)
