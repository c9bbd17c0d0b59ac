"""`timpora export`: people and permits out of the register, into a file."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.cli.filtering import Filters
from timpora_cli.cli.options import named_columns, written_to
from timpora_cli.cli.plain import Reading, command_app, examples
from timpora_cli.cli.progress import watched
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import View, reading
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.terms import one_of
from timpora_cli.queries.filters import Where, resolved
from timpora_cli.render.listing import Listing, Output

app = command_app()

PEOPLE, FOR_IMPORT = LAYOUTS = ("people", "import")


class MaskedForImport(WrongUsage):
    """--mask hides the numbers that tell who is who, and --layout import is for reading them again.
    Leave one of them out.
    """


@app.command(
    cls=Reading,
    epilog=examples(
        "timpora export people.xlsx --district Tanjungpandan",
        "timpora export overstays.csv --state OVERSTAY --columns name,permit_number,district --mask",
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
        str,
        typer.Option(
            "--layout",
            metavar="LAYOUT",
            help=_("people: a row each; import: a row each grant."),
            autocompletion=lambda: list(LAYOUTS),
        ),
    ] = PEOPLE,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="A,B", help=_("These columns, in this order."))
    ] = None,
    mask: Annotated[
        bool, typer.Option("--mask", help=_("Hide passport and permit numbers but their last three characters."))
    ] = False,
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help=_("Make cells inert that a spreadsheet would run as a formula."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Write over a file that is there."))] = False,
) -> None:
    """Write the residents who are present, with their permits, into a file that its owner alone can read.

    The file is written whole or not at all; one without rows has its header. In a workbook no text is a formula. The
    layout import is what timpora import takes in again: what was imported, exported and imported into a new register,
    gives the same register. It says, of each person present, the place, the passports, the permit held and those it
    followed. It does not say who departed, earlier places and the day of a move, relatives and notes, nor permits that
    ended otherwise than by a later one; of a person without a passport and NIORA, it says only the permit held.
    """
    from timpora_cli.render.file import format_of, write_file

    path = Path(file)
    named = named_columns("--columns", columns)
    output = Output(format_of(path), columns=named, mask=mask, for_spreadsheet=for_spreadsheet)
    wanted = one_of(layout, LAYOUTS, _("layout"))
    if mask and wanted == FOR_IMPORT:
        raise MaskedForImport
    with reading(ctx) as view:
        listing = _listing(view, resolved(view.connection, where.asked()), wanted)
        with watched() as watch:
            rows = write_file(listing, output, path, force=force, watch=watch)
    render.write_line(written_to(path, rows))


def _listing(view: View, where: Where, layout: str) -> Listing:
    if layout == FOR_IMPORT:
        from timpora_cli.queries.export import grants_held
        from timpora_cli.render import exports

        return exports.for_import(grants_held(view.connection, view.on, where))
    from timpora_cli.queries.people import people
    from timpora_cli.render import listings

    return listings.people(list(people(view.connection, view.on, where)))
