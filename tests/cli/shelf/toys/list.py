from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions


class Look(Options):
    word: Annotated[str, typer.Argument(metavar="WORD", help="A word.")]
    colour: Annotated[str, typer.Option("--colour", metavar="NAME", help="The colour.")] = "red"


@command(
    Reading,
    Look,
    Filters,
    OutputOptions,
    examples=(
        "timpora toys list ball",
        "timpora toys list ball --name 'a long name' --limit 20 --colour blue --class X",
    ),
)
def list_(ctx: typer.Context) -> None:
    """List the toys.

    One a line, the largest first, and never more than there are in the whole of the box that stands over there.
    """
    look, asked, output = Look.of(ctx), Filters.of(ctx).asked(), OutputOptions.of(ctx)
    chosen = output.chosen()
    print(look.word, look.colour, asked.district, asked.permit_class, asked.name, chosen.format, chosen.limit)
    output.end(2)
