"""An xlsx workbook into rows, one by one: the first visible sheet with known headers, or the one named by --sheet.

openpyxl reads it as a stream. A cell is read as it is shown: real dates as days, whole numbers without a point.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol, cast

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt
from timpora_cli.sheets.bounds import MOST_ROWS, too_many_rows, within
from timpora_cli.sheets.grammar import understood
from timpora_cli.sheets.heading import FEWEST, Familiar, Framed, framed
from timpora_cli.sheets.naming import letters
from timpora_cli.sheets.sheet import NO_VALUE, SERIAL_ZERO, SheetRow, is_blank
from timpora_cli.sheets.source import Source
from timpora_cli.sheets.xlsx.parts import Layout, Merge, NotAWorkbook, layouts
from timpora_cli.sheets.xlsx.texts import TextsOnDisk, workbook_in

BEGINS = b"PK\x03\x04"
MIDNIGHT = time()
DIGITS_KEPT = 15  # a spreadsheet keeps no more of a number
RETURN = "_x000D_"  # how a spreadsheet writes half a line end
MOST_HEADED = 100  # columns beyond the last cell of a row that a merged heading may cover
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
    _worksheet_path: str

    def reset_dimensions(self) -> None:
        """Ignore the size that the file states."""

    def iter_rows(self) -> Iterator[Sequence[StreamedCell]]:
        """Yield the rows, blank ones too."""


class NoSuchSheet(WrongUsage):
    """There is no sheet "{name}" in {path}. Its sheets: {found}."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of a workbook: its header and rows, the number of rows it states, and sentences on the other sheets.

    `layout` is what it says beside its values. Days that are bare numbers are counted from `zero`.
    """

    content: Framed | None
    length: int | None = None
    remarks: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)
    zero: date = SERIAL_ZERO


def chosen(source: Source, familiar: Familiar, named: str | None, texts: TextsOnDisk) -> Tab:
    """Return the sheet to read. `texts` holds its texts, and must stay open while its rows are read.

    Raises NoSuchSheet, or the refusals of `parts`; NotAWorkbook and TooLarge also while rows are read.
    """
    import warnings

    # openpyxl warns of parts that it ignores (validation lists, styles); none of them is a row.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
    with _whole(source.path):
        found = layouts(source.file, source.path)
        source.file.seek(0)
        book = workbook_in(source.file, texts)
    tabs = cast("list[StreamedSheet]", book.worksheets)
    visible = [tab for tab in tabs if tab.sheet_state == "visible" or tab.title == named]
    names = [str(tab.title) for tab in visible]
    if named is not None and named not in names:
        raise NoSuchSheet(name=excerpt(named), path=source.path, found=", ".join(names))
    best, most = Tab(None), -1
    for tab in visible:
        if named not in {None, tab.title}:
            continue
        length, layout = tab.max_row, found.get(tab._worksheet_path, Layout())  # noqa: SLF001 it is known in no other way
        content, known = framed(within(_rows(tab, layout, source.path), source.path), familiar)
        if content is not None and min(known, FEWEST) > most:
            best = Tab(content, length, tuple(_not_read(tabs, tab)), layout, book.epoch.date())
            most = min(known, FEWEST)
        if most == FEWEST:
            break
    return best


def _not_read(tabs: Sequence[StreamedSheet], read: StreamedSheet) -> Iterator[str]:
    """Say which sheets of a workbook are not read."""
    for sentence, state in (
        (_("Sheets not read: {names}. Another one is read with --sheet."), True),
        (_("Hidden sheets not read: {names}. Another one is read with --sheet."), False),
    ):
        others = [tab.title for tab in tabs if tab is not read and (tab.sheet_state == "visible") == state]
        if others:
            yield sentence.format(names=", ".join(others))


def _rows(tab: StreamedSheet, layout: Layout, path: Path) -> Iterator[SheetRow]:
    tab.reset_dimensions()  # the size that a file states may be wrong, and rows would be lost
    merges, merged = sorted(layout.merges, key=lambda merge: merge.row, reverse=True), dict[int, Merge]()
    with _whole(path):
        for line, cells in enumerate(tab.iter_rows(), start=1):
            if line > MOST_ROWS:  # openpyxl yields the rows that a sheet leaves out, too
                raise too_many_rows(path)
            texts = [_shown(cell) for cell in cells]
            if layout.valueless:
                texts = [text or _without_value(line, place, layout) for place, text in enumerate(texts)]
            if is_blank(texts):
                continue
            if merged or merges:
                _fill(texts, line, merges, merged)
            yield SheetRow(line, tuple(texts))


def _without_value(line: int, place: int, layout: Layout) -> str:
    cell = f"{letters(place)}{line}"
    return NO_VALUE + cell if cell in layout.valueless else ""


def _fill(texts: list[str], line: int, merges: list[Merge], merged: dict[int, Merge]) -> None:
    """Write the text of merged cells into each row of theirs; that of a heading into each column too.

    `merges` are those to come, the next one last, and `merged` by column those that have begun, with their texts.
    """
    while merges and merges[-1].row <= line:
        merge = merges.pop()
        if merge.row == line and merge.first < len(texts) and (text := texts[merge.first]):
            across = min(merge.last, len(texts) + MOST_HEADED) if understood(text).owner else merge.first
            texts += [""] * (across + 1 - len(texts))
            merged.update(dict.fromkeys(range(merge.first, across + 1), replace(merge, text=text)))
    for place, merge in list(merged.items()):
        if line > merge.until:
            del merged[place]
            continue
        texts += [""] * (place + 1 - len(texts))
        texts[place] = texts[place] or merge.text


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
