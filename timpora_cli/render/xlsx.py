"""A list as an Excel workbook: real dates, text that stays text, a frozen header, columns as wide as what they hold.

A text is stored as a text, so that no spreadsheet runs it as a formula and no id loses its leading zeros.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from timpora_cli.render.listing import Arranged, Cell
from timpora_cli.render.plain import width

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

DATE_WIDTH = 11
WIDEST = 60
ROWS_MEASURED = 200
LONGEST_TEXT = 32_767  # what one cell of a workbook holds


def write(arranged: Arranged, path: Path) -> None:
    """Write a list as the one sheet of a workbook at `path`."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = workbook.create_sheet("timpora")
    sheet.freeze_panes = "A2"
    rows = iter(arranged.rows)
    first = [row for _number, row in zip(range(ROWS_MEASURED), rows, strict=False)]
    widths = sheet.column_dimensions  # type: ignore[attr-defined] # made when the sheet is
    for place, column in enumerate(arranged.columns):
        cells = [column.key, *(_shown(row[place]) for row in first)]
        widths[_letter(place)].width = min(WIDEST, max(width(cell) for cell in cells) + 2)
    sheet.append(list(_cells(sheet, tuple(column.key for column in arranged.columns), bold=True)))
    for row in (*first, *rows):
        sheet.append(list(_cells(sheet, row)))
    workbook.save(path)


def _cells(sheet: "WriteOnlyWorksheet", row: tuple[Cell, ...], *, bold: bool = False) -> Iterator[object]:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
    from openpyxl.styles import Font

    for value in row:
        if isinstance(value, str):
            # A workbook cannot hold control characters at all; they come out as the escapes that people see elsewhere.
            text = ILLEGAL_CHARACTERS_RE.sub(lambda found: f"\\x{ord(found[0]):02x}", value)[:LONGEST_TEXT]
            cell = WriteOnlyCell(sheet, text)
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


def _shown(cell: Cell) -> str:
    return " " * DATE_WIDTH if isinstance(cell, date) else "" if cell is None else str(cell)


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))
