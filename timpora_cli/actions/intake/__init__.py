"""Sheets in: one import is one change, whole or not at all. Rows are read one by one, and a row that cannot be
imported leaves nothing but a line in the file of rejects.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from timpora_cli.actions.intake import headers, identity, load, reader, rejects
from timpora_cli.actions.intake.cells import CellReader
from timpora_cli.actions.intake.headers import Columns
from timpora_cli.actions.intake.identity import LikelyDuplicate
from timpora_cli.actions.intake.load import Load
from timpora_cli.actions.intake.reader import Sheet, SheetRow
from timpora_cli.actions.intake.rejects import Reject
from timpora_cli.actions.intake.statements import Difference
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.store.change import Author, Change, changing
from timpora_cli.store.constraints import refusal

__all__ = ["Difference", "LikelyDuplicate", "Outcome", "Reject", "Request", "run"]


@dataclass(frozen=True, slots=True)
class Request:
    """How a sheet is to be imported: which header is which field where that is not known, for trial, all or none."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import, or would come of it: the five counts add up to the rows that were read.

    `rejects_file` is the file that was written, `discarded_file` one of an earlier import that was taken away.
    """

    imported: bool
    new: int
    renewed: int
    changed: int
    unchanged: int
    ignored: tuple[str, ...]
    rejects: tuple[Reject, ...]
    duplicates: tuple[LikelyDuplicate, ...]
    differences: tuple[Difference, ...]
    rejects_file: Path | None = None
    discarded_file: Path | None = None

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return len(self.rejects)

    @property
    def read(self) -> int:
        """How many rows were read; blank ones are not."""
        return self.new + self.renewed + self.changed + self.unchanged + self.rejected


class _TakenBack(Exception):
    """The change is not to be kept, and `outcome` says what it would have been."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def run(
    connection: sqlite3.Connection, path: Path, author: Author, today: date, request: Request | None = None
) -> Outcome:
    """Import the sheet at `path` as one change, and return what came of it.

    Refused rows go to FILE.rejects.csv, written before the change is committed; where that fails nothing is imported.
    A dry run writes nothing at all; a strict one imports nothing if any row is refused, and still writes the rejects.
    Raises what makes the sheet as a whole unusable: see `reader`, `headers` and `rejects`.
    """
    wanted = request or Request()
    with reader.opened(path) as sheet:
        columns = headers.matched(sheet, wanted.mapping)
        try:
            with changing(connection, author) as change:
                return _finished(_read_all(change, sheet, columns, today), sheet, wanted)
        except _TakenBack as taken_back:
            return taken_back.outcome


def _read_all(change: Change, sheet: Sheet, columns: Columns, today: date) -> Outcome:
    cells = CellReader(change.connection, columns, today)
    under_way = load.begun(change, today)
    counted: Counter[load.Kind] = Counter()
    refused: list[Reject] = []
    for row in sheet.rows:
        try:
            counted[_read(under_way, cells, row)] += 1
        except (Refused, WrongUsage, NotFound) as error:
            refused.append(Reject(row.line, " ".join(str(error).split()), row.cells))
    return Outcome(
        imported=True,
        new=counted["new"],
        renewed=counted["renewed"],
        changed=counted["changed"],
        unchanged=counted["unchanged"],
        ignored=columns.ignored,
        rejects=tuple(refused),
        duplicates=tuple(under_way.duplicates),
        differences=tuple(under_way.said.differences),
    )


def _read(under_way: Load, cells: CellReader, row: SheetRow) -> load.Kind:
    """Import one row, or leave nothing of it and raise the refusal."""
    entry = cells.entry(row)
    resident = identity.resident_of(under_way.change.connection, entry)
    if resident is None:
        under_way.namesakes.prepare()
    with _savepoint(under_way):
        kind = load.bring(under_way, entry, resident)
    load.keep(under_way, entry)
    return kind


@contextmanager
def _savepoint(under_way: Load) -> Iterator[None]:
    change, shown = under_way.change, len(under_way.said.differences)
    touched = change.touched
    change.connection.execute("SAVEPOINT sheet_row")
    try:
        yield
    except BaseException as error:
        change.connection.execute("ROLLBACK TO sheet_row")
        change.connection.execute("RELEASE sheet_row")
        change.touched = touched  # a change of which nothing is left is not logged
        del under_way.said.differences[shown:]
        if isinstance(error, sqlite3.IntegrityError):
            raise refusal(error) from error
        raise
    change.connection.execute("RELEASE sheet_row")


def _finished(outcome: Outcome, sheet: Sheet, wanted: Request) -> Outcome:
    """Write the rejects and return the outcome that says so; raise _TakenBack where nothing is to be kept."""
    if wanted.dry_run:
        raise _TakenBack(replace(outcome, imported=False))
    path = rejects.path_beside(sheet.path)
    if not outcome.rejects:
        return replace(outcome, discarded_file=path if rejects.discard(path) else None)
    rejects.write(path, sheet.header, outcome.rejects)
    if wanted.strict:
        raise _TakenBack(replace(outcome, imported=False, rejects_file=path))
    return replace(outcome, rejects_file=path)
