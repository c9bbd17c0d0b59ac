"""`timpora district split`: split a district on a day."""

from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, DistrictArgument, Parts, code_named
from timpora_cli.cli.talk import ask
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.model.places import RegionPlan


class NotAPlace(WrongUsage):
    """--village {text} does not say which village goes to which part. Write it as "VILLAGE=CODE"."""


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=(
        'timpora district split 19.02.01 --into 19.02.01 --into "19.02.06 Contoh" --village "Air Merbau=19.02.06"',
        'timpora district split Badau --into "19.02.07 A" --into "19.02.08 B" --villages-to 19.02.07 --dry-run',
    ),
)
def split(
    ctx: typer.Context,
    district: DistrictArgument,
    into: Parts = None,
    villages: Annotated[
        list[str] | None,
        typer.Option("--village", metavar="VILLAGE=CODE", help=_("Which village goes to which part; repeat it.")),
    ] = None,
    villages_to: Annotated[
        str | None, typer.Option("--villages-to", metavar="CODE", help=_("The part to which the other villages go."))
    ] = None,
    people_to: Annotated[
        str | None,
        typer.Option("--people-to", metavar="CODE", help=_("The part to which those go whose village is not known.")),
    ] = None,
) -> None:
    """Split a district on a day into parts; it ends, unless it is one of them.

    Its villages stay in it, or go to a part; each keeps its code until it is moved to a new one (timpora village move).
    Days before keep the old district. Those whose village is not known are listed first where they get another place.
    """
    from timpora_cli.actions.regions import parts_named, plans

    ask.refuse_missing({"--into": into})

    def plan_of(connection: Connection, on: date) -> "RegionPlan":
        goes = {} if villages_to is None else {"": villages_to.strip()}
        for text in villages or ():
            name, equals, part = text.rpartition("=")
            if not (equals and name.strip() and part.strip()):
                raise NotAPlace(text=text)
            goes[code_named(connection, "village", name, on)] = part.strip()
        parts = parts_named(connection, "district", into or (), on)
        parted = plans.Split(parts, people_to, goes)
        split_code = code_named(connection, "district", district, on)
        return plans.split(connection, "district", split_code, parted, on)

    ChangeOptions.of(ctx).carry_out(ctx, plan_of, Why.of(ctx).reason)
