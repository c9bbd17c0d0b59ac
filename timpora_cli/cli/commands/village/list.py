"""`timpora village list`: list the villages of the office's own area."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.filters import EmptyFilter
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.language import _
from timpora_cli.queries.places import district_named, village_rows
from timpora_cli.render.answers.places import VILLAGES

District = Annotated[
    str | None,
    typer.Option("--district", metavar="NAME", help=_("Only of this district."), autocompletion=values.districts),
    Reads(lambda text, desk: district_named(desk.connection, text, desk.today)),
]


Everywhere = Annotated[bool, typer.Option("--all", help=_("Also those outside the office's own area."))]


@command(
    Reading,
    OutputOptions,
    answer=VILLAGES,
    examples=("timpora village list --district Sijuk", "timpora village list --format csv"),
)
def list_(ctx: typer.Context, district: District = None, everywhere: Everywhere = False) -> None:
    """List the villages of the office's own area that are there on the day, by code."""
    output = OutputOptions.of(ctx)
    if district is not None and not district.strip():
        raise EmptyFilter(option="--district")
    with reading(ctx) as view:
        within = None if district is None else district_named(view.connection, district, view.on).code
        ours = not everywhere and within is None
        listing = VILLAGES.of(village_rows(view.connection, ours=ours, district=within, on=view.on))
    output.write(listing)
