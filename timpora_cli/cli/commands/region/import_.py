"""`timpora region import`: bring in provinces, regencies, districts and villages by their Kemendagri codes."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.language import _, counted
from timpora_cli.render import write

File = Annotated[str, typer.Argument(metavar="FILE", help=_("A CSV file with the columns kode and nama."))]


Ours = Annotated[bool, typer.Option("--ours", help=_("Its districts are the office's own working area."))]


@command(Writing, Why, examples=("timpora region import wilayah.csv",))
def import_(ctx: typer.Context, file: File, ours: Ours = False) -> None:
    """Bring in provinces, regencies, districts and villages by their Kemendagri codes: new ones, and new names.

    The national list (91,599 rows) is one such file. Districts outside the office's own area stand in a count only
    when somebody lives there.
    """
    from timpora_cli.actions import regions

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        written = regions.load(work.change, regions.read_regions(Path(file)), ours)
    places = (
        counted("{number} province", "{number} provinces", written["province"]),
        counted("{number} regency", "{number} regencies", written["regency"]),
        counted("{number} district", "{number} districts", written["district"]),
        counted("{number} village", "{number} villages", written["village"]),
    )
    write.line(_("{places} new or renamed.").format(places=", ".join(places)))
