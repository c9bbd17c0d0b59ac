"""The rows that a sheet's import refused: whole, with their line and the reason, in a file that imports once mended."""

import csv
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from timpora_cli.errors import TimporaError

LINE, REASON = "line", "reason"


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


def write(path: Path, header: Sequence[str], rejects: Sequence[Reject]) -> None:
    """Write `rejects` to `path` in UTF-8, only for its owner to read, in the place of what was there before.

    The line and reason of an earlier refusal, the last two columns of such a file, give way to the new ones.
    """
    width = len(header) - 2 if tuple(header[-2:]) == (LINE, REASON) else len(header)
    try:
        _replace(path, [*header[:width], LINE, REASON], [_row(reject, width, len(header)) for reject in rejects])
    except OSError as error:
        raise RejectsUnwritable(path=path, fault=error.strerror) from error


def discard(path: Path) -> bool:
    """Take away the refused rows of an earlier import, which would mislead now; return whether there were any."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise RejectsUnwritable(path=path, fault=error.strerror) from error
    return True


def _row(reject: Reject, width: int, full: int) -> list[str]:
    cells = [*reject.cells[:width], *[""] * (width - len(reject.cells)), str(reject.line), reject.reason]
    return [*cells, *reject.cells[full:]]  # cells beyond the header stay beyond it


def _replace(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # with mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
