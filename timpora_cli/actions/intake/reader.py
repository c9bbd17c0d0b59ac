"""A sheet as a header and, one at a time, the rows below it: cells as they were typed. Never holds a sheet whole, and
knows nothing of what a column means.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from timpora_cli.errors import NotFound, Refused

BYTE_ORDER_MARK = "\ufeff"


class NoSheet(NotFound):
    """There is no file {path}."""


class SheetUnreadable(Refused):
    """{path} cannot be read: {fault}. Nothing was imported."""


class NotUtf8(Refused):
    """{path}, line {line}: this is not UTF-8 text. Nothing was imported.
    Save the sheet as "CSV UTF-8" and import that.
    """


class BrokenCsv(Refused):
    """{path}, line {line}: this is not the csv of a sheet ({fault}). Nothing was imported.
    A cell with a comma, a quotation mark or a line break stands in quotation marks, and a quotation mark in it twice.
    """


class EmptySheet(Refused):
    """{path} is empty: it has no header. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line of the file that it begins on, and its cells as they stand there."""

    line: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet under way: its header, and the rows below it, which can be read once. Blank rows are not among them."""

    path: Path
    header: tuple[str, ...]
    rows: Iterator[SheetRow]


@contextmanager
def opened(path: Path) -> Iterator[Sheet]:
    """Open the csv at `path` (UTF-8, with or without a byte order mark) for the time of the block.

    Raises NoSheet, SheetUnreadable, NotUtf8, BrokenCsv or EmptySheet; all but the first also while rows are read.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise NoSheet(path=path) from error
    except OSError as error:
        raise SheetUnreadable(path=path, fault=error.strerror) from error
    with file:
        rows = _rows(file, path)
        header = next(rows, None)
        if header is None:
            raise EmptySheet(path=path)
        yield Sheet(path, header.cells, rows)


def _rows(file: BinaryIO, path: Path) -> Iterator[SheetRow]:
    # Strict, because a quotation mark that is never closed would else take all the rows after it into one cell.
    reader = csv.reader(_lines(file, path), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BrokenCsv(path=path, line=line, fault=error) from error
        if any(cell.strip() for cell in cells):
            yield SheetRow(line, tuple(cells))


def _lines(file: BinaryIO, path: Path) -> Iterator[str]:
    """Yield the lines of a file; decoded one by one, so that a bad byte is named by its own line."""
    number = 1
    try:
        for number, line in enumerate(file, start=1):
            text = line.decode("utf-8")
            yield text.removeprefix(BYTE_ORDER_MARK) if number == 1 else text
    except UnicodeDecodeError as error:
        raise NotUtf8(path=path, line=number) from error
    except OSError as error:
        raise SheetUnreadable(path=path, fault=error.strerror) from error
