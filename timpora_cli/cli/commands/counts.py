"""`timpora counts`: count the residents present, a row a district and a column a group of permits."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.language import _
from timpora_cli.model.terms import side_code
from timpora_cli.queries.counting.counts import KEYS
from timpora_cli.queries.counting.counts import counts as counted
from timpora_cli.render.answers.counting.counts import COUNTS
from timpora_cli.render.answers.counting.counts import counts as answer

By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="SIDE",
        help=_("One of {sides}.").format(sides=", ".join(KEYS)),
        autocompletion=lambda: list(KEYS),
    ),
    Reads(lambda text, _desk: side_code(text, KEYS)),
]


@command(
    Reading,
    Filters,
    OutputOptions,
    answer={"": COUNTS["district"], **{f"--by {side}": table for side, table in COUNTS.items()}},
    examples=("timpora counts --as-of 2020-09-17", "timpora counts --by nationality --class KITAS --format csv"),
)
def counts(ctx: typer.Context, by: By = "district") -> None:
    """Count the residents present, a row a district and a column a group of permits.

    Most first, ties shown as ties; then those whose village is not known; for people, the total and the shares below.
    A resident is counted once, in the group of the permit in force on that day, or under None.
    """
    filters, output = Filters.of(ctx), OutputOptions.of(ctx)
    side = side_code(by, KEYS)
    with reading(ctx) as view:
        rows = counted(view.connection, view.on, side, filters.where(view))
    output.write(answer(rows, side))
