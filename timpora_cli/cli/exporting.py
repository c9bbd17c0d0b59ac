"""`timpora export`: people and permits out of the register, into a file."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.cli.options import Filters, takes_records
from timpora_cli.cli.plain import Reading, command_app, examples
from timpora_cli.cli.register import View, reading
from timpora_cli.language import _
from timpora_cli.model.terms import one_of
from timpora_cli.queries.filters import Where, resolved
from timpora_cli.render.listing import Listing, Output

app = command_app()

LAYOUTS = ("people", "import")


@app.command(
    cls=Reading,
    epilog=examples(
        "timpora export people.xlsx --district Tanjungpandan",
        "timpora export register.csv --layout import",
    ),
)
@takes_records
def export(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A new file: .csv .tsv .json .ndjson .txt or .xlsx."))],
    *,
    where: Filters,
    layout: Annotated[
        str, typer.Option("--layout", metavar="LAYOUT", help=_("people: a row each; import: a row each grant."))
    ] = "people",
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="A,B", help=_("These columns, in this order."))
    ] = None,
    mask: Annotated[
        bool, typer.Option("--mask", help=_("Hide passport and permit numbers but their last three characters."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Write over a file that is there."))] = False,
) -> None:
    """Write the residents who are present, with their permits, into a file that its owner alone can read.

    The layout import writes every grant with all that is on record of its holder, as timpora import takes it in again:
    what was imported, exported and imported into a new register, gives the same register.
    """
    from timpora_cli.render.file import format_of, write_file

    path = Path(file)
    output = Output(
        format_of(path), columns=tuple((columns or "").split(",")), mask=mask, for_spreadsheet=path.suffix == ".xlsx"
    )
    wanted = one_of(layout, LAYOUTS, _("layout"))
    with reading(ctx) as view:
        listing = _listing(view, resolved(view.connection, where.asked()), wanted)
        rows = write_file(listing, output, path, force=force)
    render.write_line(_("{rows} rows written to {path}.").format(rows=rows, path=path))


def _listing(view: View, where: Where, layout: str) -> Listing:
    if layout == "import":
        from timpora_cli.queries.export import grants_held
        from timpora_cli.render import exports

        return exports.for_import(grants_held(view.connection, view.on, where))
    from timpora_cli.queries.people import people
    from timpora_cli.render import listings

    return listings.people(list(people(view.connection, view.on, where)))
