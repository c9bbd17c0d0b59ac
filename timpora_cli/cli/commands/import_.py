"""`timpora import`: bring people and permits in from a sheet, as one change."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options, refuse_alone
from timpora_cli.cli.frame.register import author_of, opened_to_read, path_of, working
from timpora_cli.cli.options.imported import ImportedOptions, told
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.person import Why, past_day
from timpora_cli.cli.options.sheet import SheetOptions
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.progress import watched
from timpora_cli.errors import Exit, RegisterUnusable
from timpora_cli.language import _
from timpora_cli.model.backups import FOLDER
from timpora_cli.queries.settings import import_backup
from timpora_cli.render import write
from timpora_cli.render.answers.imported import IMPORTED
from timpora_cli.render.answers.sheets import MAPPING, SheetColumn

if TYPE_CHECKING:
    import sqlite3

    from timpora_cli.sheets.headers import Columns


class TakingOptions(Options):
    """How far a sheet is taken, and of which day it is."""

    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help=_("The day of the sheet: another village is a move.")),
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen, and change nothing."))] = False
    strict: Annotated[
        bool, typer.Option("--strict", help=_("If any row is rejected or anything is guessed, import nothing."))
    ] = False
    remember: Annotated[
        bool, typer.Option("--remember", help=_("Keep what --map says for sheets with the same header row."))
    ] = False


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
    file's SHA-256 and the counts. Before many rows that are not
    unchanged (the setting import_backup) a backup is made.
    """
    from timpora_cli.actions.intake.listing import Listing
    from timpora_cli.actions.intake.run import columns_of, run

    sheet, taking, why, output = SheetOptions.of(ctx), TakingOptions.of(ctx), Why.of(ctx), ImportedOptions.of(ctx)
    refuse_alone({"--remember": taking.remember and not sheet.mapping}, "--map")
    if show_mapping:
        with _register_if_any(ctx) as connection:
            columns, remarks = columns_of(Path(file), sheet.request(file), connection)
        _show(columns, remarks, CardOptions(format=output.format))
        return
    with closing(Listing(of_people=taking.dry_run)) as listing:
        with working(ctx) as work, watched() as watch:
            day = past_day(taking.on, work.today) if taking.on else None
            request = replace(
                sheet.request(file),
                on=day,
                dry_run=taking.dry_run,
                strict=taking.strict,
                remember=taking.remember,
                listing=listing,
                before=lambda rows: _back_up(ctx, work.connection, rows),
            )
            outcome = run(work.connection, Path(file), author_of(ctx, why.reason), work.today, request, watch)
        again = [*sheet.needed_again, *([] if outcome.on is None else [f"--on {outcome.on}"])]
        output.write(told(outcome, listing, again, dry_run=taking.dry_run), dry_run=taking.dry_run)
    if taking.strict and (outcome.rejected or outcome.guessed):
        raise typer.Exit(Exit.REFUSED)
    if outcome.rejected:
        raise typer.Exit(Exit.REJECTS)


def _back_up(ctx: typer.Context, connection: "sqlite3.Connection", rows: int) -> None:
    """Make a backup before an import of many rows; an older register that is being upgraded has its copy already."""
    least = import_backup(connection)
    if not least or rows < least or connection.in_transaction:
        return
    from timpora_cli.actions.backups import make

    register = path_of(ctx)
    made = make(register, lambda: opened_to_read(ctx), register.parent / FOLDER)
    say.remark(_("A backup was made first: {file}").format(file=made.file))


@contextmanager
def _register_if_any(ctx: typer.Context) -> "Iterator[sqlite3.Connection | None]":
    """Open the register to read, for the mappings that it keeps; give None where there is none that can be used."""
    with ExitStack() as ends:
        try:
            connection = ends.enter_context(opened_to_read(ctx))
        except RegisterUnusable:
            yield None
        else:
            yield connection


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
