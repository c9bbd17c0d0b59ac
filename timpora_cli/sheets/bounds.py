"""How large a sheet may be: the bounds of a spreadsheet, and what is refused beyond them (manual: columns)."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.sheets.sheet import SheetRow

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_CELL = 32_767
LONGEST_LINE = 1 << 22  # characters of a line of text
MOST_UNPACKED = 1 << 31
END_OF_FILE = "\x1a"  # the mark that DOS puts at the end of a text


class TooLarge(Refused):
    """{path} is larger than a sheet may be: {what}. Nothing was imported."""


def too_many_rows(path: Path) -> TooLarge:
    """Return the refusal of a sheet with too many rows."""
    return TooLarge(path=path, what=_("more than {number:,} rows").format(number=MOST_ROWS))


def too_many_columns(path: Path) -> TooLarge:
    """Return the refusal of a sheet with too many columns."""
    return TooLarge(path=path, what=_("more than {number:,} columns").format(number=MOST_COLUMNS))


def too_long_a_cell(path: Path) -> TooLarge:
    """Return the refusal of a sheet with a cell that is too long."""
    return TooLarge(path=path, what=_("a cell of more than {number:,} characters").format(number=LONGEST_CELL))


def lines(text: TextIO, path: Path) -> Iterator[str]:
    """Yield the lines of a text, for csv; a line that is longer than any sheet's is refused before it fills the memory.

    It bounds the cells that csv reads, too.
    """
    csv.field_size_limit(LONGEST_CELL)
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise too_long_a_cell(path)
        yield line.rstrip(END_OF_FILE) if line[-1] == END_OF_FILE else line


def within(rows: Iterator[SheetRow], path: Path) -> Iterator[SheetRow]:
    """Yield the rows of a sheet, and refuse it as soon as it is too large."""
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise too_many_rows(path)
        if len(row.cells) > MOST_COLUMNS:
            raise too_many_columns(path)
        if row.cells and len(max(row.cells, key=len)) > LONGEST_CELL:
            raise too_long_a_cell(path)
        yield row
