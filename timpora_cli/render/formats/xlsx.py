"""A list as an Excel workbook: real dates, text that stays text, a frozen header, columns as wide as their values.

A text is stored as a text, so that no spreadsheet runs it as a formula and no id loses its leading zeros.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from timpora_cli.errors import Refused
from timpora_cli.model.names import visible
from timpora_cli.render.answer import Arranged, Cell
from timpora_cli.render.text import width

if TYPE_CHECKING:
    from openpyxl.cell import Cell as WorkbookCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

DATE_WIDTH = 11
WIDEST = 60
ROWS_MEASURED = 200
MOST_ROWS = 1_048_575  # below the header, in one sheet of a workbook
LONGEST_TEXT = 32_767  # UTF-16 units in one cell of a workbook
# A workbook is XML, which cannot hold these characters; they are written as the escapes that people see elsewhere.
NOT_IN_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"


class TooLongForACell(Refused):
    """A text in the column {column} has {length} characters, and a cell of a workbook holds {most}.
    Nothing is cut: write the list as .csv or .json.
    """


class TooManyForASheet(Refused):
    """The list has {rows} rows, and a sheet of a workbook holds {most}. Write it as .csv or .ndjson."""


def write(arranged: Arranged, path: Path) -> None:
    """Write a list as the one sheet of a workbook at `path`.

    Raises TooManyForASheet or TooLongForACell where a workbook cannot hold it whole; OSError as it comes.
    """
    if arranged.number > MOST_ROWS:
        raise TooManyForASheet(rows=arranged.number, most=MOST_ROWS)
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = workbook.create_sheet("timpora")
    sheet.freeze_panes = "A2"
    rows = iter(arranged.rows)
    first = [row for _number, row in zip(range(ROWS_MEASURED), rows, strict=False)]
    _set_widths(sheet, arranged, first)
    keys = tuple(column.key for column in arranged.columns)
    with _rows_kept_beside(path):
        try:
            for number, row in enumerate((keys, *first)):
                sheet.append(list(_cells(sheet, keys, row, bold=number == 0)))
            for row in rows:
                sheet.append(list(_cells(sheet, keys, row)))
        finally:
            sheet.close()
        workbook.save(path)


@contextmanager
def _rows_kept_beside(path: Path) -> Iterator[None]:
    """Let openpyxl keep its file of rows beside `path`, in a scratch folder, and not in a folder that all share."""
    import tempfile

    usual = tempfile.tempdir
    tempfile.tempdir = str(path.parent)
    try:
        yield
    finally:
        tempfile.tempdir = usual


def _set_widths(sheet: "WriteOnlyWorksheet", arranged: Arranged, rows: list[tuple[Cell, ...]]) -> None:
    from openpyxl.utils import get_column_letter

    widths = sheet.column_dimensions  # type: ignore[attr-defined] # made when the sheet is
    for place, column in enumerate(arranged.columns):
        cells = (column.key, *(_shown(row[place]) for row in rows))
        widths[get_column_letter(place + 1)].width = min(WIDEST, max(width(cell) for cell in cells) + 2)


def _cells(
    sheet: "WriteOnlyWorksheet", keys: tuple[str, ...], row: tuple[Cell, ...], *, bold: bool = False
) -> "Iterator[WorkbookCell]":
    from openpyxl.cell.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for key, value in zip(keys, row, strict=True):
        if isinstance(value, str):
            cell = WriteOnlyCell(sheet, _text(key, value))
            cell.data_type = "s"
            cell.number_format = "@"
        else:
            cell = WriteOnlyCell(sheet)
            cell.value = None if value == date.max else value
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
        if bold:
            cell.font = Font(bold=True)
        yield cell


def _text(key: str, value: str) -> str:
    text = re.sub(NOT_IN_XML, lambda found: visible(found[0]), value)
    length = len(text.encode("utf-16-le")) // 2
    if length > LONGEST_TEXT:
        raise TooLongForACell(column=key, length=length, most=LONGEST_TEXT)
    return text


def _shown(cell: Cell) -> str:
    return " " * DATE_WIDTH if isinstance(cell, date) else "" if cell is None else str(cell)
