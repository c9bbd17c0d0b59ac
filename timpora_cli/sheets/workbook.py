"""An xlsx workbook into rows, one by one: the first visible sheet with known headers, or the one named by --sheet.

openpyxl reads it as a stream. A cell is read as it is shown: real dates as days, whole numbers without a point.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol, cast

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.model.names import excerpt
from timpora_cli.sheets.sheet import Framed, SheetRow, framed, is_blank
from timpora_cli.sheets.source import Source
from timpora_cli.sheets.texts import TextsOnDisk, workbook_in

BEGINS = b"PK\x03\x04"
MIDNIGHT = time()
DIGITS_KEPT = 15  # a spreadsheet keeps no more of a number
RETURN = "_x000D_"  # how a spreadsheet writes half a line end
LEADING_ZEROS = r"0+"  # a format that shows a number with them


class StreamedCell(Protocol):
    """The part of openpyxl's cells that is used here."""

    value: object
    number_format: str


class StreamedSheet(Protocol):
    """The part of openpyxl's sheets, in its streaming mode, that is used here."""

    title: str
    sheet_state: str
    max_row: int | None

    def reset_dimensions(self) -> None:
        """Ignore the size that the file states."""

    def iter_rows(self) -> Iterator[Sequence[StreamedCell]]:
        """Yield the rows, blank ones too."""


class NoSuchSheet(WrongUsage):
    """There is no sheet "{name}" in {path}. Its sheets: {found}."""


class NotAWorkbook(Refused):
    """{path} is not a whole xlsx workbook. Nothing was imported.
    Open it in a spreadsheet and save it as xlsx, or as "CSV UTF-8".
    """


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of a workbook: its header and rows, the number of rows it states, and the names of the other sheets."""

    content: Framed | None
    length: int | None
    others: tuple[str, ...]


def chosen(source: Source, familiar: Callable[[Sequence[str]], int], named: str | None, texts: TextsOnDisk) -> Tab:
    """Return the sheet to read. `texts` holds its texts, and must stay open while its rows are read.

    Raises NoSuchSheet, or NotAWorkbook; NotAWorkbook also while rows are read.
    """
    import warnings

    # openpyxl warns of parts that it ignores (validation lists, styles); none of them is a row.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    with _whole(source.path):
        book = workbook_in(source.file, texts)
    tabs = cast("list[StreamedSheet]", book.worksheets)
    visible = [tab for tab in tabs if tab.sheet_state == "visible" or tab.title == named]
    names = [str(tab.title) for tab in visible]
    if named is not None and named not in names:
        raise NoSuchSheet(name=excerpt(named), path=source.path, found=", ".join(names))
    first: Tab | None = None
    for tab in visible:
        if named not in {None, tab.title}:
            continue
        length, others = tab.max_row, tuple(name for name in names if name != tab.title)
        content, known = framed(_rows(tab, source.path), familiar)
        if known or first is None or first.content is None:
            first = Tab(content, length, others)
        if known:
            break
    return first or Tab(None, None, ())


def _rows(tab: StreamedSheet, path: Path) -> Iterator[SheetRow]:
    tab.reset_dimensions()  # the size that a file states may be wrong, and rows would be lost
    with _whole(path):
        for line, cells in enumerate(tab.iter_rows(), start=1):
            texts = tuple(_shown(cell) for cell in cells)
            if not is_blank(texts):
                yield SheetRow(line, texts)


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Turn what openpyxl raises for a file that is not a whole workbook into a refusal that names the file."""
    from xml.etree.ElementTree import ParseError
    from zipfile import BadZipFile

    from openpyxl.utils.exceptions import InvalidFileException

    # It gives the content of the file's parts to its own classes unchecked, and they raise any of these.
    of_classes = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, NotImplementedError)
    try:
        yield
    except (InvalidFileException, BadZipFile, zlib.error, ParseError, EOFError, *of_classes) as error:
        raise NotAWorkbook(path=path) from error


def _shown(cell: StreamedCell) -> str:
    """Return what a cell shows, as text; of a day at midnight the day alone."""
    value = cell.value
    if value is None or isinstance(value, str):
        return (value or "").replace(RETURN, "\n")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and value.time() != MIDNIGHT:
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return str(value)


def _number(value: float, shape: str) -> str:
    if value != int(value):
        return repr(value)
    digits = str(int(value))
    if len(digits.lstrip("-")) > DIGITS_KEPT:
        return f"{value:.5E}"  # as a spreadsheet shows it: its last digits are not those that were typed
    return digits.zfill(len(shape)) if re.fullmatch(LEADING_ZEROS, shape) else digits
