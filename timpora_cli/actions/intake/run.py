"""The import of a sheet: one change, whole or not at all. A row that cannot be imported changes nothing, and is written
to the file of rejects.

1. Each row is read into values and kept in temporary tables (stage.py, scratch.py).
2. Rows that share a number are put together, and it is found whom on record they name (scratch.py). Those that need no
   plan are found by set (lanes.py). Up to here nothing is locked; if the register changes meanwhile, 2 is done again.
3. It is found whom the other rows are about (planning/who.py), and what they want of the register is planned, person by
   person, whatever the order of the rows (planning/plan.py).
4. The difference is written (write.py), and the new people of rows without a plan many at once (lanes.py).
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import get_args

from timpora_cli.actions.intake.listing import Listing
from timpora_cli.actions.intake.planning.attempt import Given as Told
from timpora_cli.actions.intake.planning.plan import Came
from timpora_cli.actions.intake.remembered import mapping_of, remember
from timpora_cli.actions.intake.request import Outcome, Request
from timpora_cli.actions.intake.scratch import Scratch
from timpora_cli.actions.intake.sponsors import Sponsors
from timpora_cli.actions.intake.stage import CellReader, Given
from timpora_cli.actions.intake.taking import Taken, matched, take_all
from timpora_cli.actions.intake.unaided import Unaided
from timpora_cli.language import _, n_
from timpora_cli.queries.noticing import counted_of_all
from timpora_cli.queries.rows import iso
from timpora_cli.sheets import headers, reader, rejects
from timpora_cli.sheets.dated import day_of
from timpora_cli.sheets.headers import Columns
from timpora_cli.sheets.rejects import Reject, Rejects
from timpora_cli.sheets.retitled import retitled
from timpora_cli.sheets.sheet import PassedOver, Sheet, people_only
from timpora_cli.store.change import Author, Change, changing

Watch = Callable[[int, Callable[[], float | None]], None]

# SQLite shuts readers out as soon as its cache is full: with so much of it (in kB), only while a sheet of up to about
# 100,000 rows is committed.
KEEP_PAGES = "PRAGMA cache_size = -120000"
# The log records the file's digest and the counts, and no value of a row (store/change.py: Author.command).
REMEMBER = "UPDATE change SET command = command || ? WHERE id = ?"
HEAD = "SELECT id, digest FROM change WHERE digest IS NOT NULL ORDER BY id DESC LIMIT 1"
SEEN_BEFORE = "SELECT id, substr(at, 1, 10) FROM change WHERE instr(command, 'sha256:' || ?) ORDER BY id DESC LIMIT 1"


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
    A dry run writes nothing at all; a strict one imports nothing if any row is refused, and still writes the rejects,
    or if anything is guessed.
    `watch` is called after every row, with the number of rows read and a function that returns the part of the sheet
    (0 to 1). Raises the refusals of the sheet as a whole: see `reader`, `headers`, `stage` and `rejects`.
    """
    wanted = request or Request()
    with reader.opened(path, wanted.reading) as opened:
        mapping, mapped = mapping_of(connection, opened.header, wanted.mapping)
        on, dated = (wanted.on, None) if wanted.on else day_of(opened.titles, today)
        sheet = replace(opened, remarks=(*opened.remarks, *filter(None, (mapped, dated))))
        columns = headers.matched(sheet, mapping)
        given = Given(wanted.constants, wanted.serials, on, wanted.doubtful)
        cells = CellReader(connection, columns, today, given)
        scratch = Scratch(connection, cells.told)
        with rejects.gathered(None if wanted.dry_run else sheet.path, retitled(sheet, columns)) as refused:
            importing = _Import(sheet, columns, cells, scratch, watch or _unwatched, wanted.listing)
            sponsors = Sponsors.of(connection)
            rows = importing.stage_all(sponsors)
            told = Told(connection, today.isoformat(), iso(on), sponsors, cells.told)
            connection.execute(KEEP_PAGES)
            head = _head(connection)
            lanes = matched(scratch, told)
            if wanted.before is not None and not wanted.dry_run:
                wanted.before(rows - lanes.unchanged)
            try:
                with changing(connection, author) as change:
                    if _head(connection) != head:
                        lanes = matched(scratch, told)
                    taken = take_all(change, scratch, lanes)
                    outcome = replace(importing.outcome(change, today, taken, refused), on=on)
                    return _finished(change, outcome, sheet, refused, wanted)
            except _TakenBack as taken_back:
                return taken_back.outcome


def columns_of(
    path: Path, request: Request, connection: sqlite3.Connection | None = None
) -> tuple[Columns, tuple[str, ...]]:
    """Return how the sheet at `path` would be read, also where columns are missing; and the remarks.

    A mapping that was kept for it is known only with the register.
    """
    with reader.opened(path, request.reading) as sheet:
        mapping, mapped = (
            (request.mapping, None) if connection is None else mapping_of(connection, sheet.header, request.mapping)
        )
        return headers.assigned(sheet, mapping), (*sheet.remarks, *filter(None, (mapped,)))


@dataclass(slots=True)
class _Import:
    """A sheet that is being imported: how it is read, and what has come of it so far."""

    sheet: Sheet
    columns: Columns
    cells: CellReader
    scratch: Scratch
    watch: Watch
    listing: Listing | None = None
    passed: PassedOver = field(default_factory=PassedOver)
    filled: set[int] = field(default_factory=set)

    def stage_all(self, sponsors: Sponsors) -> int:
        """Read every row of the sheet into the private database, and return how many; `sponsors` hear of sponsors."""
        without_header = self.columns.without_header.keys()
        rows = people_only(self.sheet.rows, self.columns.key_columns(self.sheet.header), self.passed)
        read = 0
        for read, row in enumerate(rows, start=1):
            entry, faults = self.cells.read(row)
            if not faults:
                sponsors.hear(entry)
                if self.listing is not None and self.listing.of_people:
                    self.listing.hear(entry, self.cells.told)
            self.scratch.stage(entry, row.cells, faults or None)
            self.filled.update(place for place in without_header if row.cells[place : place + 1] not in {(), ("",)})
            self.watch(read, self.sheet.done)
        return read

    def outcome(self, change: Change, today: date, taken: Taken, refused: Rejects) -> Outcome:
        """Return what came of the sheet, as if it were kept; the refused rows go to `refused`."""
        unaided = Unaided(self.cells)
        for line, reason, cells in self.scratch.refused():
            refused.add(Reject(line, reason, unaided.row(cells)))
            if self.listing is not None:
                self.listing.refuse(line, reason)
        namesakes = taken.namesakes
        return Outcome(
            imported=True,
            counts=dict(taken.counts),
            rejected=refused.count,
            skipped=self.passed.counts.total() - self.passed.counts["citizen"],
            citizens=self.passed.counts["citizen"],
            ignored=self._ignored(),
            remarks=(
                *self.sheet.remarks,
                *self.columns.remarks,
                *self._passed_over(),
                *self._without_number(),
                *taken.remarks(),
                *_seen_before(change.connection, self.sheet),
            ),
            rejects=tuple(refused.first),
            duplicated=namesakes.duplicated,
            duplicates=tuple(namesakes.duplicates),
            guessed=taken.guessed,
            noticed=counted_of_all(change, today),
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
        for (header, word), number in self.cells.without_number.items():
            sentence = n_(
                'Column "{header}": {number} cell says "{word}", which is no number and was left out.',
                'Column "{header}": {number} cells say "{word}", which is no number and was left out.',
                number,
            )
            yield sentence.format(header=header, number=number, word=word)
        for word, country in self.cells.read_as.items():
            yield _('"{word}" is read as {country}.').format(word=word, country=country)


def _finished(change: Change, outcome: Outcome, sheet: Sheet, refused: Rejects, wanted: Request) -> Outcome:
    """Put the rejects in place and return the outcome that says so; raise _TakenBack where nothing is to be kept."""
    if wanted.dry_run:
        if wanted.listing is not None:
            wanted.listing.take(change)
        raise _TakenBack(replace(outcome, imported=False))
    if wanted.strict and outcome.guessed and not outcome.rejected:
        raise _TakenBack(replace(outcome, imported=False))
    outcome = replace(outcome, files=refused.settle())
    if wanted.strict and outcome.rejected:
        raise _TakenBack(replace(outcome, imported=False))
    if wanted.remember:
        remember(change, sheet.header, wanted.mapping)
    outcome = replace(outcome, change=change.number if change.touched else None)
    counts = " ".join(f"{came}={outcome.counts.get(came, 0)}" for came in get_args(Came))
    skipped = outcome.skipped + outcome.citizens
    summary = f" sha256:{sheet.digest} {counts} rejected={outcome.rejected} skipped={skipped}"
    change.connection.execute(REMEMBER, (summary, change.number))
    return outcome


def _head(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """Return what tells the last change before the one under way."""
    found: tuple[int, str] | None = connection.execute(HEAD).fetchone()
    return found


def _seen_before(connection: sqlite3.Connection, sheet: Sheet) -> tuple[str, ...]:
    row = connection.execute(SEEN_BEFORE, (sheet.digest,)).fetchone()
    if row is None:
        return ()
    return (_("This very file was imported before: change {number} of {day}.").format(number=row[0], day=row[1]),)


def _unwatched(_read: int, _part: Callable[[], float | None]) -> None:
    """Show no progress."""
