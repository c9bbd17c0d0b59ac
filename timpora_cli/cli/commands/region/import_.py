"""`timpora region import`: bring in provinces, regencies, districts and villages by their Kemendagri codes."""

from datetime import date
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import reading, working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.region import ChangeOptions, RegionsLeft, done, question, show
from timpora_cli.cli.talk import ask
from timpora_cli.language import _, counted
from timpora_cli.render import write

if TYPE_CHECKING:
    from timpora_cli.actions.regions.lists import ListPlan
    from timpora_cli.model.places import RegionPlan

File = Annotated[str, typer.Argument(metavar="FILE", help=_("A CSV file with the columns kode and nama."))]


Ours = Annotated[bool, typer.Option("--ours", help=_("Its districts are the office's own working area."))]


YesSwap = Annotated[bool, typer.Option("--yes-swap", help=_("Take in names that codes would swap with one another."))]


@command(
    Writing,
    ChangeOptions,
    Why,
    examples=("timpora region import wilayah.csv --dry-run", "timpora region import wilayah.csv --on 2020-09-10"),
)
def import_(ctx: typer.Context, file: File, ours: Ours = False, yes_swap: YesSwap = False) -> None:
    """Bring in a list of provinces, regencies, districts and villages by their Kemendagri codes, as of a day.

    Listed first is what is new, renamed, swapped between codes or ended, and who lives there. A village that the list
    lacks ends on the day, if the list holds others of its regency; a new code of the same name in that regency takes
    its place, and its people live there from the day. Days before keep the old names and places. On a terminal it asks
    before anybody gets another place. The national list (91,599 rows) is one such file.
    """
    from timpora_cli.actions.regions.lists import take_in
    from timpora_cli.actions.regions.plans import PlanChanged

    typed = ChangeOptions.of(ctx)
    if typed.dry_run:
        with reading(ctx) as view:
            found = _compared(view.connection, Path(file), typed.day(view.on), dated=typed.on is not None)
            show(found.plan)
            _refuse(view.connection, found, yes=typed.yes, yes_swap=yes_swap)
        write.line(_("Nothing was changed: this was a dry run."))
        return
    asks = ask.can_ask() and not typed.yes
    with working(ctx, Why.of(ctx).reason) as work:
        on = typed.day(work.today)
        connection = work.connection if asks else work.change.connection
        found = _compared(connection, Path(file), on, dated=typed.on is not None)
        show(found.plan)
        _refuse(connection, found, yes=typed.yes, yes_swap=yes_swap)
        if asks:
            _ask(found.plan)
            if _compared(work.change.connection, Path(file), on, dated=typed.on is not None) != found:
                raise PlanChanged
        written = take_in(work.change, found.plan, ours)
    write.line(_said(found.plan, written))


def _compared(connection: Connection, path: Path, on: date, *, dated: bool) -> "ListPlan":
    """Stage the list and compare it with the register."""
    from timpora_cli.actions.regions import read_regions, stage
    from timpora_cli.actions.regions.lists import compared

    stage(connection, read_regions(path))
    return compared(connection, on, dated=dated)


def _refuse(connection: Connection, found: "ListPlan", *, yes: bool, yes_swap: bool) -> None:
    from timpora_cli.actions.regions.lists import refuse_part, refuse_swapped

    if not yes_swap:
        refuse_swapped(found.plan)
    if not yes:
        refuse_part(connection, found.lost)


def _ask(plan: "RegionPlan") -> None:
    if plan.rehoused and not ask.confirmed(question(plan)):
        raise RegionsLeft


def _said(plan: "RegionPlan", written: dict[str, int]) -> str:
    places = (
        counted("{number} province", "{number} provinces", written["province"]),
        counted("{number} regency", "{number} regencies", written["regency"]),
        counted("{number} district", "{number} districts", written["district"]),
        counted("{number} village", "{number} villages", written["village"]),
    )
    new = _("{places} new.").format(places=", ".join(places))
    return f"{new} {done(plan)}" if plan.of("RENAMED", "SWAPPED", "ENDED") else new
