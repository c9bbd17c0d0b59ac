"""A csv that the program writes and an officer may edit, and whether one that is there is as it was written.

The file itself tells it. Its last column is empty in every row, and its header, the seal, is the name of the program
with the first digits of a SHA-256 over everything else in the file. So whatever is changed, the seal does not fit.
"""

import csv
import hashlib
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Literal

from timpora_cli.model.names import by_cell, inert

NAME, DIGITS = "timpora", 16
SEAL = rf"{NAME} [0-9a-f]{{{DIGITS}}}"
SEALED = rf"{NAME} ([0-9a-f]{{{DIGITS}}})(?![0-9a-f])".encode()
PIECE = 1 << 20

Made = Literal["nothing", "unedited", "edited", "foreign", "closed"]
"""What is at a path: nothing; a file of ours, as written or edited since; one of another making; one not readable."""


def is_seal(header: str) -> bool:
    """Return whether the header of a column is a seal, fitting or not."""
    return re.fullmatch(SEAL, header.strip()) is not None


def made(path: Path) -> Made:
    """Return what stands at `path`. Raises OSError where it cannot be read."""
    if path.is_symlink() or not path.is_file():
        return "foreign" if os.path.lexists(path) else "nothing"
    try:
        return _made(path)
    except PermissionError:
        return "closed"


def _made(path: Path) -> Made:
    digest, found = hashlib.sha256(), None
    with path.open("rb") as file:
        while line := file.readline(PIECE):
            seal = None if found else re.search(SEALED, line)
            if seal is None:
                digest.update(line)
                continue
            found = seal[1]
            digest.update(line[: seal.start(1)] + line[seal.end(1) :])
    if found is None:
        return "foreign"
    return "unedited" if found == _digits(digest.hexdigest()) else "edited"


class SealedFile:
    """A csv in UTF-8 that is written row by row to `file`, which is empty, and sealed at the end."""

    def __init__(self, file: BinaryIO, header: Sequence[str]) -> None:
        """Write the header, with the seal that is to come as its last column."""
        line = _line([*map(safe, header), f"{NAME} {'0' * DIGITS}"])
        self._file = file
        self._seal_at = len(line) - len(b"\n") - DIGITS
        self._digest = hashlib.sha256(line[: self._seal_at] + b"\n")
        file.write(line)

    def write(self, cells: Sequence[str]) -> None:
        """Write one row, in which no spreadsheet runs a cell as a formula."""
        line = _line([safe(cell) for cell in cells])
        self._digest.update(line)
        self._file.write(line)

    def seal(self) -> None:
        """Put the seal in its place: no row follows."""
        self._file.seek(self._seal_at)
        self._file.write(_digits(self._digest.hexdigest()))


def safe(text: str) -> str:
    """Return a cell as it is written in a file of ours: with one more apostrophe before what would be a formula.

    A text that has apostrophes before a formula by itself gets one more too, so that `bare` gives it back.
    """
    return by_cell(text, lambda part: f"'{part}" if _would_run(part) else part)


def bare(cell: str) -> str:
    """Return the text of a cell of a file of ours."""
    return by_cell(cell, lambda part: part[1:] if part.startswith("'") and _would_run(part) else part)


def _would_run(text: str) -> bool:
    without = text.lstrip("'")
    return inert(without) != without


def _digits(digest: str) -> bytes:
    return digest[:DIGITS].encode()


def _line(cells: Sequence[str]) -> bytes:
    """Return a row as csv. A text that cannot be encoded is written with escapes, so that its row is not lost."""
    text = io.StringIO()
    # The csv module quotes a lone carriage return only if the line's end has one: ask for both, and write one.
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return f"{text.getvalue()[:-2]}\n".encode(errors="backslashreplace")
