"""`timpora reconcile`: compare a list from another body."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions, named_columns
from timpora_cli.cli.options.sheet import SheetOptions
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.progress import watched
from timpora_cli.language import _
from timpora_cli.render.answers.reconcile import RECONCILED, reconciled
from timpora_cli.store.clock import office_today


@command(
    Reading,
    SheetOptions,
    Filters,
    OutputOptions,
    answer=RECONCILED,
    examples=(
        "timpora reconcile dukcapil.csv",
        "timpora reconcile dukcapil.csv --district Tanjungpandan --fields name,village --format csv",
        'timpora reconcile opensid.csv --map "Tempo=expires" --all --format json',
    ),
)
def reconcile(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A csv, tsv, xlsx, json or ndjson file; - for stdin."))],
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="A,B", help=_("Compare these fields alone, as in name,village."))
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help=_("List those too who are the same, and further rows of somebody."))
    ] = False,
) -> None:
    """Compare a list from another body with the register as of the day; nothing is changed.

    The list is read, and people are told apart, as timpora import does. Each is in both and the same, in both and
    different (a line a field: what stands there, and here), only there, or only here; a row that cannot be read is
    listed with its reason. A blank cell says nothing, and another spelling is the same. Whoever is in the list is
    looked for among all who are present; the filters narrow who is missing from it. The closing lines account for every
    row, and for everyone present. With --exit-code, exit with 3 when anything differs.
    """
    from timpora_cli.actions import reconcile as comparing

    sheet, filters, output = SheetOptions.of(ctx), Filters.of(ctx), OutputOptions.of(ctx)
    named = named_columns("--fields", fields)
    request = sheet.request(file)
    with reading(ctx) as view, watched() as watch:
        seen = comparing.View(view.connection, view.on, office_today(view.connection), filters.where(view))
        compared = comparing.reconcile(seen, Path(file), request, named, watch)
    for remark in compared.remarks:
        say.note(remark)
    if compared.ignored:
        say.note(_("Columns not compared: {columns}.").format(columns=", ".join(compared.ignored)))
    listing = reconciled(compared, view.on, agreeing=all_)
    output.write(listing, counted=compared.disagreeing)
