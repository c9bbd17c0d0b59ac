"""`timpora village rename`: give a village another name from a day."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, NewName, VillageArgument, code_named
from timpora_cli.cli.talk import ask
from timpora_cli.model import names

if TYPE_CHECKING:
    from timpora_cli.model.places import RegionPlan


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=(
        'timpora village rename 19.02.01.2012 --to "Contoh Merbau" --on 2020-09-10',
        'timpora village rename "Air Saga" --to "Contoh Saga" --dry-run',
    ),
)
def rename(ctx: typer.Context, village: VillageArgument, to: NewName = None) -> None:
    """Give a village another name from a day; it keeps its code, and days before keep the old name."""
    from timpora_cli.actions.regions import plans

    ask.refuse_missing({"--to": (to or "").strip()})
    name = names.name(to or "")

    def plan_of(connection: Connection, on: date) -> "RegionPlan":
        return plans.renamed(connection, "village", code_named(connection, "village", village, on), name, on)

    ChangeOptions.of(ctx).carry_out(ctx, plan_of, Why.of(ctx).reason)
