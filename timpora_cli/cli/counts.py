"""`timpora counts`: how many people are present, by district or by another side of them."""

from typing import Annotated

import typer

from timpora_cli.cli.filtering import Filters
from timpora_cli.cli.options import OutputOptions
from timpora_cli.cli.plain import Reading, command_app, examples
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import reading
from timpora_cli.language import _
from timpora_cli.model.terms import one_of
from timpora_cli.queries.counts import KEYS
from timpora_cli.queries.counts import counts as counted
from timpora_cli.queries.filters import resolved
from timpora_cli.render import counting

app = command_app()

By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="SIDE",
        help=_("One of {sides}.").format(sides=", ".join(KEYS)),
        autocompletion=lambda: list(KEYS),
    ),
]


@app.command(
    cls=Reading,
    epilog=examples("timpora counts --as-of 2020-09-17", "timpora counts --by nationality --class KITAS --format csv"),
)
@takes_records
def counts(ctx: typer.Context, where: Filters, output: OutputOptions, by: By = "district") -> None:
    """Count the residents present, a row a district and a column a group of permits.

    Most first, ties shown as ties; then those whose village is not known; for people, the total and the shares below.
    A resident is counted once, in the group of the permit in force on that day, or under None.
    """
    side = one_of(by, KEYS, _("side to count by"))
    with reading(ctx) as view:
        rows = counted(view.connection, view.on, side, resolved(view.connection, where.asked()))
    output.write(counting.counts(rows, side))
