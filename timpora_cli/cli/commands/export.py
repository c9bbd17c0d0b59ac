"""`timpora export`: write the residents who are present."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Options, caught
from timpora_cli.cli.frame.recording import recording, to_be_recorded
from timpora_cli.cli.frame.register import View
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import columns_option, named_columns, read_columns, written_to
from timpora_cli.cli.talk.progress import watched
from timpora_cli.cli.talk.say import told_if_lost
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.language import _, counted
from timpora_cli.model.personal.disclosures import EXPORT, Disclosure
from timpora_cli.model.terms import one_of
from timpora_cli.queries.filters import Where
from timpora_cli.render import write
from timpora_cli.render.answer import Answer, Wanted
from timpora_cli.render.answers.people import PEOPLE as RESIDENTS
from timpora_cli.render.answers.sheets import IMPORT
from timpora_cli.render.formats import FORMATS

PEOPLE, FOR_IMPORT, TABLES = LAYOUTS = ("people", "import", "tables")


class MaskedForImport(WrongUsage):
    """--mask hides the numbers that tell who is who, and --layout import is for reading them again.
    Leave one of them out.
    """


class NotForTables(WrongUsage):
    """--layout tables writes every row and every column of the register into a folder. Leave out {options}."""


class ExportOptions(Options):
    """What goes into an exported file, and how."""

    layout: Annotated[
        str,
        typer.Option(
            "--layout",
            metavar="LAYOUT",
            help=_("people: a row each; import: a row each grant; tables: all that is recorded, into a folder."),
            autocompletion=lambda: list(LAYOUTS),
        ),
    ] = PEOPLE
    columns: Annotated[str | None, columns_option()] = None
    mask: Annotated[
        bool, typer.Option("--mask", help=_("Hide passport and permit numbers but their last three characters."))
    ] = False
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help=_("Make cells inert that a spreadsheet would run as a formula."))
    ] = False
    force: Annotated[bool, typer.Option("--force", help=_("Write over a file that is there."))] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:
        """Yield an unknown layout or column, and hidden numbers in a file that tells an import who is who."""
        yield from caught(_layout, self.layout)
        yield from caught(read_columns, "--columns", self.columns, FORMATS[0], answer)
        if self.mask and answer is IMPORT:
            yield MaskedForImport()

    def chosen(self, path: Path) -> Wanted:
        """Return the options as the renderer takes them, for a file at `path`."""
        named = named_columns("--columns", self.columns)
        return Wanted(write.format_of(path), columns=named, mask=self.mask, for_spreadsheet=self.for_spreadsheet)


@command(
    Reading,
    Filters,
    ExportOptions,
    answer={"": RESIDENTS, f"--layout {FOR_IMPORT}": IMPORT},
    examples=(
        "timpora export people.xlsx --district Tanjungpandan",
        "timpora export overstays.csv --state OVERSTAY --columns name,permit_number,district --mask",
        "timpora export register.csv --layout import",
        "timpora export register --layout tables",
    ),
)
def export(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A new file: .csv .tsv .json .ndjson .txt or .xlsx."))],
) -> None:
    """Write the residents who are present, with their permits, into a file that its owner alone can read.

    The file is written whole or not at all; one without rows has its header. In a workbook no text is a formula. The
    layout import is what timpora import takes in again: what was imported, exported and imported into a new register,
    gives the same register. It says, of each person present, the place, the passports, the permit held and those it
    followed. It does not say who departed, earlier places and the day of a move, relatives and notes, nor permits that
    ended otherwise than by a later one; of a person without a passport and NIORA, it says only the permit held.

    The layout tables makes the new folder FILE: each table of the register is a csv in it, with everyone who was ever
    recorded, the cases, the inspections, the meetings and the log of changes, as they stand or as known at a moment.
    """
    filters, options, path = Filters.of(ctx), ExportOptions.of(ctx), Path(file)
    if (layout := _layout(options.layout)) == TABLES:
        _refuse_for_tables(filters, options)
        _write_tables(ctx, path, options)
        return
    wanted = options.chosen(path)
    from timpora_cli.actions.personal.disclosures import record
    from timpora_cli.queries.personal.disclosures import how_many

    write.refuse_unwritable(path, force=options.force)
    with to_be_recorded(ctx) as view:
        where = filters.where(view)
        answer = _answer(view, where, layout)
        wanted.check(answer.table.columns)
        people = how_many(view.connection, view.on, where)
    with recording(ctx) as change:
        record(change, Disclosure(EXPORT, view.on, people=people))
    with told_if_lost(change.number), watched() as watch:
        rows = write.file(answer, wanted, path, force=options.force, watch=watch)
    write.line(written_to(path, rows))


def _refuse_for_tables(filters: Filters, options: ExportOptions) -> None:
    """Raise NotForTables where the line narrows what is written: a folder with a part of the register is no copy."""
    narrowed = [f"--{name.removeprefix('permit_')}" for name, texts in filters.asked()._asdict().items() if texts]
    narrowed += options.given("columns", "mask", "force")
    if narrowed:
        raise NotForTables(options=", ".join(narrowed))


def _write_tables(ctx: typer.Context, path: Path, options: ExportOptions) -> None:
    from timpora_cli.actions.personal.disclosures import record
    from timpora_cli.queries.export import everything, recorded_people
    from timpora_cli.render.answers.sheets import stored

    write.refuse_unwritable_folder(path)
    with to_be_recorded(ctx) as view:
        lists = [(name, stored(columns).of(list(rows))) for name, columns, rows in everything(view.connection)]
        people = recorded_people(view.connection)
    with recording(ctx) as change:
        record(change, Disclosure(EXPORT, view.on, people=people))
    with told_if_lost(change.number):
        numbers = write.folder(lists, Wanted("csv", for_spreadsheet=options.for_spreadsheet), path)
    written = {
        "rows": counted("{number} row", "{number} rows", sum(numbers)),
        "tables": counted("{number} table", "{number} tables", len(numbers)),
    }
    write.line(_("{rows} of {tables} written to the folder {path}.").format(path=path, **written))


def _layout(typed: str) -> str:
    return one_of(typed, LAYOUTS, _("layout"))


def _answer(view: View, where: Where, layout: str) -> Answer[Any]:
    if layout == FOR_IMPORT:
        from timpora_cli.queries.export import grants_held

        return IMPORT.of(list(grants_held(view.connection, view.on, where)))
    from timpora_cli.queries.people import people

    return RESIDENTS.of(list(people(view.connection, view.on, where)))
