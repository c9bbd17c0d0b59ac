"""`timpora holiday import`: record the holidays of a year from a CSV file."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.language import _, counted
from timpora_cli.render import write


@command(Writing, Why, examples=("timpora holiday import libur.csv",))
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A CSV file with the columns tanggal and nama."))],
) -> None:
    """Record the holidays of a year from a CSV file; those already on record stay."""
    from timpora_cli.actions import law as acting

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        new = acting.import_holidays(work.change, Path(file), work.today)
    write.line(counted("{number} holiday new.", "{number} holidays new.", new))
