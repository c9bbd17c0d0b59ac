"""The rows that an import refused, in a file: each row whole, with its line and the reason. Once corrected, the file
can be imported. Rows are written one by one, so that many refusals do not fill the memory.

A file of an earlier import is replaced, or deleted where nothing is refused any more, if it is as it was written
(seal.py). One that an officer has edited, or that the program did not make, is left alone: the rows go to the next one.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import BinaryIO

from timpora_cli.errors import TimporaError
from timpora_cli.files import put, scratch_in
from timpora_cli.sheets.retitled import LINE, REASON, Retitled
from timpora_cli.sheets.seal import Made, SealedFile, made

KEPT = 100  # refusals that are kept in memory, to be shown


class RejectsUnwritable(TimporaError):
    """The refused rows cannot be written to {path}: {fault}. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that was refused: the line it begins on, why, and its cells as they stand in the sheet."""

    line: int
    reason: str = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A file beside the sheet that was neither written over nor deleted, and what it is."""

    path: Path
    why: Made


@dataclass(frozen=True, slots=True)
class Settled:
    """The file that holds the refused rows, None where there are none; the files deleted, and those left alone."""

    path: Path | None = None
    discarded: tuple[Path, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()


class Rejects:
    """The refusals of one sheet: counted, the first of them kept, and all of them in a temporary file until `settle`.

    They are only counted where `sheet`, the path of the sheet, is None.
    """

    def __init__(self, sheet: Path | None, titles: Retitled) -> None:
        self.count = 0
        self.first: list[Reject] = []
        self._sheet = sheet
        self._titles = titles
        self._file: BinaryIO | None = None
        self._rows: SealedFile | None = None
        self._name = Path()
        self._ends = ExitStack()

    def add(self, reject: Reject) -> None:
        """Count one more refusal and write its row."""
        self.count += 1
        if len(self.first) < KEPT:
            self.first.append(reject)
        if self._sheet is not None:
            with _named(next(_beside(self._sheet))):
                self._write(self._sheet, reject)

    def settle(self) -> Settled:
        """Put the file in its place; where nothing was refused, delete those of earlier imports."""
        if self._sheet is None:
            return Settled()
        with _named(next(_beside(self._sheet))):
            if self._file is None or self._rows is None:
                return _discarded(self._sheet)
            path, left_alone = _place(self._sheet)
            self._rows.seal()
            self._file.close()
            put(self._name, path, over=True)
        self._file = None
        return Settled(path, left_alone=left_alone)

    def drop(self) -> None:
        """Delete the temporary file, unless it is in its place."""
        if self._file is not None:
            with suppress(OSError):  # a full disk has been reported already
                self._file.close()
            self._file = None
        self._ends.close()

    def _write(self, sheet: Path, reject: Reject) -> None:
        if self._rows is None:
            self._name = self._ends.enter_context(scratch_in(sheet.parent))
            self._file = self._name.open("wb")
            self._rows = SealedFile(self._file, [*self._titles.header, LINE, REASON])
        cells, beyond = self._titles.row(reject.cells)
        self._rows.write([*cells, str(reject.line), reject.reason, "", *beyond])


@contextmanager
def gathered(sheet: Path | None, titles: Retitled) -> Iterator[Rejects]:
    """Give the Rejects of the sheet at `sheet` for the time of the block; they are only counted if it is None.

    The file goes beside the sheet, is in UTF-8, and only its owner may read it. Raises RejectsUnwritable.
    """
    rejects = Rejects(sheet, titles)
    try:
        yield rejects
    finally:
        rejects.drop()


def _beside(sheet: Path) -> Iterator[Path]:
    """Yield where the refused rows of a sheet may go: FILE.rejects.csv, FILE.rejects-2.csv, and so on."""
    yield sheet.with_name(f"{sheet.name}.rejects.csv")
    for number in count(2):
        yield sheet.with_name(f"{sheet.name}.rejects-{number}.csv")


def _place(sheet: Path) -> tuple[Path, tuple[LeftAlone, ...]]:
    """Return the first file that is not there or may be written over, and those before it."""
    left_alone = []
    for path in _beside(sheet):
        stands = made(path)
        if stands in {"nothing", "unedited"}:
            break
        left_alone.append(LeftAlone(path, stands))
    return path, tuple(left_alone)


def _discarded(sheet: Path) -> Settled:
    """Delete the files of earlier imports, which are out of date now, up to the first that is not there."""
    discarded, left_alone = [], []
    for path in _beside(sheet):
        stands = made(path)
        if stands == "nothing":
            break
        if stands == "unedited":
            path.unlink(missing_ok=True)
            discarded.append(path)
        else:
            left_alone.append(LeftAlone(path, stands))
    return Settled(discarded=tuple(discarded), left_alone=tuple(left_alone))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RejectsUnwritable(path=path, fault=error.strerror) from error
