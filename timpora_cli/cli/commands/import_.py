"""`timpora import`: bring people and permits in from a sheet, as one change."""

import shlex
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import author_of, working
from timpora_cli.cli.options.imported import ImportedOptions, told
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.person import Why, past_day
from timpora_cli.cli.options.sheet import SheetOptions
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.progress import watched
from timpora_cli.errors import Exit
from timpora_cli.language import _
from timpora_cli.render import write
from timpora_cli.render.answers.imported import IMPORTED
from timpora_cli.render.answers.sheets import MAPPING, SheetColumn

if TYPE_CHECKING:
    from timpora_cli.sheets.headers import Columns


class TakingOptions(Options):
    """How far a sheet is taken, and of which day it is."""

    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help=_("The day of the sheet: another village is a move.")),
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen, and change nothing."))] = False
    strict: Annotated[bool, typer.Option("--strict", help=_("If any row is rejected, import nothing."))] = False

    @property
    def needed_again(self) -> list[str]:
        """The option that a file of rejects cannot do without: --on, as it is typed."""
        return [] if self.on is None else [f"--on {shlex.quote(self.on)}"]


@command(
    Writing,
    SheetOptions,
    TakingOptions,
    Why,
    ImportedOptions,
    answer={"": IMPORTED, "--show-mapping": MAPPING},
    examples=(
        "timpora import residents.xlsx --dry-run",
        'timpora import residents.csv --map "Tempo=expires" --set class=ITAS --set district=Sijuk',
        "timpora import residents.csv --show-mapping",
    ),
)
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A csv, tsv, xlsx, json or ndjson file; - for stdin."))],
    show_mapping: Annotated[
        bool, typer.Option("--show-mapping", help=_("Show which column is which field, in --format, and end."))
    ] = False,
) -> None:
    """Bring people and permits in from a sheet, as one change; the same file twice changes nothing the second time.

    Commas, semicolons or tabs, UTF-8, UTF-16 or Windows-1252, and what stands around the people (titles, totals,
    signatures) are told by the file itself. The same passport of the same country is the same person; an equal name
    alone never is. A later permit is a renewal. Rows that cannot be taken go, whole and with the reason, to
    FILE.rejects.csv, which imports after mending; one that was edited is never written over. The history keeps the
    file's SHA-256 and the counts.
    """
    from timpora_cli.actions.intake.listing import Listing
    from timpora_cli.actions.intake.run import columns_of, run

    sheet, taking, why, output = SheetOptions.of(ctx), TakingOptions.of(ctx), Why.of(ctx), ImportedOptions.of(ctx)
    if show_mapping:
        asked = sheet.request(file, dry_run=True, strict=False)
        _show(*columns_of(Path(file), asked), CardOptions(format=output.format))
        return
    with closing(Listing(of_people=taking.dry_run)) as listing:
        with working(ctx) as work, watched() as watch:
            day = past_day(taking.on, work.today) if taking.on else None
            request = sheet.request(file, dry_run=taking.dry_run, strict=taking.strict, on=day, listing=listing)
            outcome = run(work.connection, Path(file), author_of(ctx, why.reason), work.today, request, watch)
        again = [*sheet.needed_again, *taking.needed_again]
        output.write(told(outcome, listing, again, dry_run=taking.dry_run), dry_run=taking.dry_run)
    if outcome.rejected:
        raise typer.Exit(Exit.REFUSED if taking.strict else Exit.REJECTS)


def _show(columns: "Columns", remarks: tuple[str, ...], output: CardOptions) -> None:
    """Write which column of a sheet is which field, and for those that are none, which they may be."""
    from timpora_cli.sheets.headers import guess

    rows = [
        SheetColumn(
            column.place + 1,
            column.header,
            "READ",
            column.meaning.field,
            column.meaning.implies or column.dates,
            words=column.meaning.words,
        )
        for column in columns.read
    ]
    for column in columns.unread:
        near = None if column.known or column.blank else guess(column)
        use = "NOT_NEEDED" if column.known else "NOT_KNOWN"
        rows.append(SheetColumn(column.place + 1, column.header, use, perhaps=near))
    write.answer(MAPPING.of(sorted(rows, key=lambda row: row.place)), output.chosen())
    for remark in (*remarks, *columns.remarks):
        say.note(remark)
    if any(row.perhaps for row in rows):
        say.note(_('A guess is no mapping. Take it by header, number or letter: --map "7=field"'))
