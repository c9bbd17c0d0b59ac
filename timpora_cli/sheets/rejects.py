"""The rows that an import refused, in a file: each row whole, with its line and the reason. Once corrected, the file
can be imported. Rows are written one by one, so that many refusals do not fill the memory.
"""

import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from timpora_cli.errors import TimporaError

LINE, REASON = "line", "reason"
KEPT = 100  # refusals that are kept in memory, to be shown


class RejectsUnwritable(TimporaError):
    """The refused rows cannot be written to {path}: {fault}. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that was refused: the line it begins on, why, and its cells as they stand in the sheet."""

    line: int
    reason: str = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)


def path_beside(sheet: Path) -> Path:
    """Return where the refused rows of the sheet at `sheet` go: FILE.rejects.csv."""
    return sheet.with_name(f"{sheet.name}.rejects.csv")


class Rejects:
    """The refusals of one sheet: counted, the first of them kept, and all of them in a temporary file until `settle`.

    If the sheet is itself a file of rejects, its last two columns (line and reason) are replaced by the new ones.
    """

    def __init__(self, path: Path | None, header: Sequence[str]) -> None:
        self.count = 0
        self.first: list[Reject] = []
        self._path = path
        self._full = len(header)
        self._header = header[:-2] if tuple(header[-2:]) == (LINE, REASON) else header
        self._file: TextIO | None = None
        self._name = Path()

    def add(self, reject: Reject) -> None:
        """Count one more refusal and write its row."""
        self.count += 1
        if len(self.first) < KEPT:
            self.first.append(reject)
        if self._path is not None:
            with _named(self._path):
                self._write(self._path, reject)

    def settle(self) -> Path | None:
        """Put the file in its place, over an earlier one, and return its path; None if nothing was refused."""
        if self._file is None or self._path is None:
            return None
        with _named(self._path):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._name.replace(self._path)
        self._file = None
        return self._path

    def drop(self) -> None:
        """Delete the temporary file, unless it is in its place."""
        if self._file is not None:
            with suppress(OSError):  # a full disk has been reported already
                self._file.close()
            self._name.unlink(missing_ok=True)
            self._file = None

    def _write(self, path: Path, reject: Reject) -> None:
        if self._file is None:
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # with mode 0600
            self._name = Path(name)
            # A text that cannot be encoded is written with escapes, so that its row is not lost.
            self._file = os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="")
            csv.writer(self._file, lineterminator="\n").writerow([*self._header, LINE, REASON])
        csv.writer(self._file, lineterminator="\n").writerow(self._row(reject))

    def _row(self, reject: Reject) -> list[str]:
        width = len(self._header)
        cells = [*reject.cells[:width], *[""] * (width - len(reject.cells)), str(reject.line), reject.reason]
        return [*cells, *reject.cells[self._full :]]  # cells beyond the header stay beyond it


@contextmanager
def gathered(path: Path | None, header: Sequence[str]) -> Iterator[Rejects]:
    """Give the Rejects of a sheet for the time of the block. They are written to `path`, or only counted if it is None.

    The file is in UTF-8, and only its owner may read it. Raises RejectsUnwritable.
    """
    rejects = Rejects(path, header)
    try:
        yield rejects
    finally:
        rejects.drop()


def discard(path: Path) -> bool:
    """Delete the refused rows of an earlier import, which are out of date now; return whether there were any."""
    with _named(path):
        try:
            path.unlink()
        except FileNotFoundError:
            return False
    return True


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RejectsUnwritable(path=path, fault=error.strerror) from error
