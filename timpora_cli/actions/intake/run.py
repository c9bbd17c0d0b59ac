"""The import of a sheet: one change, whole or not at all. Rows are read one by one. A row that cannot be imported
changes nothing, and is written to the file of rejects.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, get_args

from timpora_cli.actions.intake import identity, write
from timpora_cli.actions.intake.identity import LikelyDuplicate
from timpora_cli.actions.intake.recorded import Difference
from timpora_cli.actions.intake.stage import CellReader, Given
from timpora_cli.actions.intake.write import Came, Load
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.language import _, n_
from timpora_cli.queries.noticing import noticed_of_all
from timpora_cli.sheets import headers, reader, rejects
from timpora_cli.sheets.headers import Columns
from timpora_cli.sheets.reader import Reading
from timpora_cli.sheets.rejects import Reject, Rejects
from timpora_cli.sheets.sheet import PassedOver, Sheet, SheetRow, people_only
from timpora_cli.store.change import Author, Change, changing
from timpora_cli.store.constraints import refusal

Watch = Callable[[int, Callable[[], float | None]], None]

# The log records the file's digest and the counts, and no value of a row (store/change.py: Author.command).
REMEMBER = "UPDATE change SET command = command || ? WHERE id = ?"
SEEN_BEFORE = "SELECT id, substr(at, 1, 10) FROM change WHERE instr(command, 'sha256:' || ?) ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Request:
    """How a sheet is to be imported.

    `mapping` gives headers their fields, `constants` gives fields a value where a row has none, `tab` names the sheet
    of a workbook, `serials` reads bare numbers as a spreadsheet's days, `stream` is read instead of the file. `dry_run`
    writes nothing; `strict` imports nothing if any row is refused. `on` is the day of the sheet, if it is given: places
    are called as on that day. With `doubtful`, days that are hardly meant are accepted.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict, repr=False)
    tab: str | None = None
    serials: bool = False
    stream: BinaryIO | None = None
    dry_run: bool = False
    strict: bool = False
    on: date | None = None
    doubtful: bool = False

    @property
    def reading(self) -> Reading:
        """How the file is read."""
        return Reading(self.mapping, self.tab, self.stream)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import, or would come of it: the six counts add up to the rows that were read.

    Of refusals, likely duplicates and differences the first ones are kept. `rejects_file` is the file that was written,
    `discarded_file` one of an earlier import that was deleted. `remarks` are sentences on how the sheet was read;
    `noticed` counts what was accepted and is said, by the kind of a notice.
    """

    imported: bool
    counts: Mapping[Came, int]
    rejected: int
    skipped: int
    ignored: tuple[str, ...]
    remarks: tuple[str, ...]
    rejects: tuple[Reject, ...]
    duplicated: int
    duplicates: tuple[LikelyDuplicate, ...]
    differences: tuple[Difference, ...]
    noticed: Mapping[str, int]
    citizens: int = 0
    """Rows of Indonesians, who are passed over."""
    rejects_file: Path | None = None
    discarded_file: Path | None = None

    @property
    def new(self) -> int:
        """How many rows brought a new person."""
        return self.counts.get("new", 0)

    @property
    def renewed(self) -> int:
        """How many rows brought a later permit."""
        return self.counts.get("renewed", 0)

    @property
    def changed(self) -> int:
        """How many rows corrected something or filled it in."""
        return self.counts.get("changed", 0)

    @property
    def unchanged(self) -> int:
        """How many rows brought nothing new."""
        return self.counts.get("unchanged", 0)

    @property
    def read(self) -> int:
        """How many rows were read below the header; blank ones are not."""
        return sum(self.counts.values()) + self.rejected + self.skipped + self.citizens


class _TakenBack(Exception):
    """The change is not to be kept; `outcome` is what would have come of it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def run(
    connection: sqlite3.Connection,
    path: Path,
    author: Author,
    today: date,
    request: Request | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Import the sheet at `path` as one change, and return what came of it.

    Refused rows go to FILE.rejects.csv, in place before the change is committed; where that fails nothing is imported.
    A dry run writes nothing at all; a strict one imports nothing if any row is refused, and still writes the rejects.
    `watch` is called after every row, with the number of rows read and a function that returns the part of the sheet
    (0 to 1). Raises the refusals of the sheet as a whole: see `reader`, `headers`, `stage` and `rejects`.
    """
    wanted = request or Request()
    with reader.opened(path, wanted.reading) as sheet:
        columns = headers.matched(sheet, wanted.mapping)
        cells = CellReader(
            connection, columns, today, Given(wanted.constants, wanted.serials, wanted.on, wanted.doubtful)
        )
        remarks = _seen_before(connection, sheet)
        beside = rejects.path_beside(sheet.path)
        with rejects.gathered(None if wanted.dry_run else beside, sheet.header) as refused:
            importing = _Import(sheet, columns, cells, refused, watch or _unwatched)
            try:
                with changing(connection, author) as change:
                    outcome = importing.read_all(write.begun(change, today, wanted.on), remarks)
                    return _finished(change, outcome, sheet, refused, wanted)
            except _TakenBack as taken_back:
                return taken_back.outcome


def columns_of(path: Path, request: Request) -> tuple[Columns, tuple[str, ...]]:
    """Return how the sheet at `path` would be read, also where columns are missing; and the remarks."""
    with reader.opened(path, request.reading) as sheet:
        return headers.assigned(sheet, request.mapping), sheet.remarks


@dataclass(slots=True)
class _Import:
    """A sheet that is being imported: how it is read, and what has come of it so far."""

    sheet: Sheet
    columns: Columns
    cells: CellReader
    refused: Rejects
    watch: Watch
    counts: Counter[Came] = field(default_factory=Counter)
    passed: PassedOver = field(default_factory=PassedOver)
    filled: set[int] = field(default_factory=set)

    def read_all(self, loading: Load, remarks: tuple[str, ...]) -> Outcome:
        """Import every row that can be, and return the outcome as if it were kept."""
        without_header = self.columns.without_header.keys()
        rows = people_only(self.sheet.rows, self.columns.key_columns(self.sheet.header), self.passed)
        for read, row in enumerate(rows, start=1):
            try:
                self.counts[_write_row(loading, self.cells, row)] += 1
            except (Refused, WrongUsage, NotFound) as error:
                self.refused.add(Reject(row.line, " ".join(str(error).split()), row.cells))
            self.filled.update(place for place in without_header if row.cells[place : place + 1] not in {(), ("",)})
            self.watch(read, self.sheet.done)
        return Outcome(
            imported=True,
            counts=dict(self.counts),
            rejected=self.refused.count,
            skipped=self.passed.counts.total() - self.passed.counts["citizen"],
            citizens=self.passed.counts["citizen"],
            ignored=self._ignored(),
            remarks=(
                *self.sheet.remarks,
                *self.columns.remarks,
                *self._passed_over(),
                *self._without_number(),
                *remarks,
            ),
            rejects=tuple(self.refused.first),
            duplicated=loading.namesakes.duplicated,
            duplicates=tuple(loading.namesakes.duplicates),
            differences=tuple(loading.statements.differences),
            noticed=Counter(notice.kind for notice in noticed_of_all(loading.change, loading.today)),
        )

    def _ignored(self) -> tuple[str, ...]:
        """Return the unknown columns, except those that have no header and are blank in all rows."""
        blank = {header for place, header in self.columns.without_header.items() if place not in self.filled}
        return tuple(header for header in self.columns.ignored if header not in blank)

    def _passed_over(self) -> tuple[str, ...]:
        if not self.passed.stretches:
            return ()
        return (_("Not people, and passed over: {rows}.").format(rows=self.passed.described()),)

    def _without_number(self) -> Iterator[str]:
        for word, country in self.cells.read_as.items():
            yield _('"{word}" is read as {country}.').format(word=word, country=country)
        for (header, word), number in self.cells.without_number.items():
            sentence = n_(
                'Column "{header}": {number} cell says "{word}", which is no number and was left out.',
                'Column "{header}": {number} cells say "{word}", which is no number and was left out.',
                number,
            )
            yield sentence.format(header=header, number=number, word=word)


def _write_row(loading: Load, cells: CellReader, row: SheetRow) -> Came:
    """Import one row. If it is refused, undo what it changed and raise the refusal."""
    entry = cells.entry(row)
    resident = identity.resident_of(loading.change.connection, entry)
    if resident is None:
        loading.namesakes.prepare()
    with _savepoint(loading):
        came = write.write(loading, entry, resident)
    write.keep(loading, entry)
    return came


@contextmanager
def _savepoint(loading: Load) -> Iterator[None]:
    change, shown = loading.change, len(loading.statements.differences)
    touched = change.touched
    change.connection.execute("SAVEPOINT sheet_row")
    try:
        yield
    except BaseException as error:
        change.connection.execute("ROLLBACK TO sheet_row")
        change.connection.execute("RELEASE sheet_row")
        change.touched = touched  # a change of which nothing is left is not logged
        del loading.statements.differences[shown:]
        if isinstance(error, sqlite3.IntegrityError):
            raise refusal(error) from error
        raise
    change.connection.execute("RELEASE sheet_row")


def _finished(change: Change, outcome: Outcome, sheet: Sheet, refused: Rejects, wanted: Request) -> Outcome:
    """Put the rejects in place and return the outcome that says so; raise _TakenBack where nothing is to be kept."""
    if wanted.dry_run:
        raise _TakenBack(replace(outcome, imported=False))
    outcome = replace(outcome, rejects_file=refused.settle())
    if outcome.rejects_file is None:
        path = rejects.path_beside(sheet.path)
        outcome = replace(outcome, discarded_file=path if rejects.discard(path) else None)
    elif wanted.strict:
        raise _TakenBack(replace(outcome, imported=False))
    counts = " ".join(f"{came}={outcome.counts.get(came, 0)}" for came in get_args(Came))
    summary = (
        f" sha256:{sheet.digest} {counts} rejected={outcome.rejected} skipped={outcome.skipped + outcome.citizens}"
    )
    change.connection.execute(REMEMBER, (summary, change.number))
    return outcome


def _seen_before(connection: sqlite3.Connection, sheet: Sheet) -> tuple[str, ...]:
    row = connection.execute(SEEN_BEFORE, (sheet.digest,)).fetchone()
    if row is None:
        return ()
    return (_("This very file was imported before: change {number} of {day}.").format(number=row[0], day=row[1]),)


def _unwatched(_read: int, _part: Callable[[], float | None]) -> None:
    """Show no progress."""
