"""`timpora init`: make the register."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Timeless, command
from timpora_cli.cli.frame.register import author_of, bring_up_to_date, opened_to_write, path_of
from timpora_cli.files import is_there
from timpora_cli.language import _, counted
from timpora_cli.render import write

Region = Annotated[
    str | None,
    typer.Option("--region", metavar="FILE", help=_("The office's regions, a CSV with the columns kode and nama.")),
]


@command(Timeless, examples=("timpora init", "timpora --db office.db init --region regions.csv"))
def init(ctx: typer.Context, region: Region = None) -> None:
    """Make the register, with the office's districts and villages.

    Without --region they are those of Kabupaten Belitung and Belitung Timur. The file can be read by its owner alone.
    A register that is already there is left as it is; one from an older timpora is brought up to date, with a copy.
    """
    from timpora_cli.actions import founding
    from timpora_cli.store import connect
    from timpora_cli.store.clock import refuse_behind

    path = path_of(ctx)
    if is_there(path) and region is None:
        with opened_to_write(ctx) as connection:
            older = connect.is_older(connection)
            refuse_behind(connection)
            bring_up_to_date(ctx, connection)
        if older:
            return
    written = founding.make(path, Path(region) if region else None, author_of(ctx))
    districts = counted("{number} district", "{number} districts", written["district"])
    villages = counted("{number} village", "{number} villages", written["village"])
    sentence = _("Register made: {path}, with {districts} and {villages}.")
    write.line(sentence.format(path=path, districts=districts, villages=villages))
