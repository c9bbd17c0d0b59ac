"""`timpora inspection list`: list the inspections, the latest first."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.queries.supervision.inspections import inspections
from timpora_cli.render.answers.supervision.inspections import INSPECTIONS

OfResident = Annotated[
    str | None,
    typer.Option(
        "--resident",
        metavar="RESIDENT",
        help=_("Only those at which this person was looked for."),
        autocompletion=values.residents,
    ),
    Reads(lambda text, desk: find.resident(desk.connection, text)),
]


@command(
    Reading,
    OutputOptions,
    answer=INSPECTIONS,
    examples=("timpora inspection list", "timpora inspection list --resident 16 --format json"),
)
def list_(ctx: typer.Context, resident: OfResident = None) -> None:
    """List the inspections up to the day that is asked about, the latest first.

    Of each: how many people were looked for, how many were seen, of how many anything differs from the register, and
    whether the letter of an urgent one is awaited, missing or late on that day.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        whom = find.resident(view.connection, resident).id if resident else None
        listing = INSPECTIONS.of(inspections(view.connection, view.on, whom))
    output.write(listing)
