"""The parts of a workbook's file, looked through as bytes before anything parses them: whether they keep within the
bounds of a workbook, and what a sheet says beside its values: what is hidden, what is merged, what has no value.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.sheets.bounds import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    TooLarge,
    too_long_a_cell,
    too_many_columns,
    too_many_rows,
)

CHUNK = 1 << 20
LARGEST_OTHER = 1 << 26  # bytes of a part that is neither a sheet nor the texts: styles, themes
MOST_STYLES = 65_536  # of one kind; a spreadsheet keeps 65,490 formats of cells

PARSED = r".*\.(?:xml|rels)|\[Content_Types\]\.xml"
SHEET, TEXTS, STYLES = r"xl/worksheets/[^/]+\.xml", r"xl/sharedStrings\.xml", r"xl/styles\.xml"
DECLARED = (b"<!DOCTYPE", b"<!ENTITY")  # an entity may stand for any length of text
STYLE = rb"<(xf|cellStyle|font|fill|border|numFmt|dxf)[ />]"
ROW = rb"<row[ >/]"
SHORTEST = len("<c/>")
HIDDEN_ROW = rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]{1,7})"'
HIDDEN_COLUMN = rb'<col (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="([0-9]{1,5})")[^>]*\bmax="([0-9]{1,5})"'
MERGED = rb'<mergeCell [^>]*ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
WITHOUT_VALUE = (
    rb'<c [^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


class NotAWorkbook(Refused):
    """{path} is not a whole xlsx workbook. Nothing was imported.
    Open it in a spreadsheet and save it as xlsx, or as "CSV UTF-8".
    """


class LockedWorkbook(Refused):
    """{path} has a password. Nothing was imported. Save it as xlsx without a password, and import that."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells merged into one: their first row, their first and last column from 0, their last row, and their text."""

    row: int
    first: int
    last: int
    until: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet says beside its values: hidden rows and columns (from 0), merged cells, and the cells (as in "G2")
    with a formula whose value is not stored.
    """

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    valueless: set[str] = field(default_factory=set)


def layouts(file: BinaryIO, path: Path) -> Mapping[str, Layout]:
    """Return the layout of each sheet of the workbook in `file`, by the name of its part.

    Raises TooLarge, LockedWorkbook or NotAWorkbook; and what zipfile raises.
    """
    found = {}
    with ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if re.fullmatch(PARSED, info.filename, re.IGNORECASE)]
        if any(info.flag_bits & 1 for info in infos):
            raise LockedWorkbook(path=path)
        if sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise TooLarge(path=path, what=_("more than {number} GB unpacked").format(number=MOST_UNPACKED >> 30))
        for info in infos:
            if re.fullmatch(SHEET, info.filename, re.IGNORECASE):
                found[info.filename] = _sheet(archive, info, path)
            elif re.fullmatch(TEXTS, info.filename, re.IGNORECASE):
                _texts(archive, info, path)
            else:
                _other(archive, info, path)
    return found


def _column(letters: bytes) -> int:
    """Return the number from 0 of the column with these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _sheet(archive: ZipFile, info: ZipInfo, path: Path) -> Layout:
    layout = Layout()
    rows = cells = 0
    for chunk in _chunks(archive, info, path, b"<c ", b"</c>"):
        first, *others = re.split(ROW, chunk)
        rows += len(others)
        if rows > MOST_ROWS:
            raise too_many_rows(path)
        cells += _cells(first)
        if max(cells, *(_cells(row) for row in others if len(row) > MOST_COLUMNS * SHORTEST), 0) > MOST_COLUMNS:
            raise too_many_columns(path)
        cells = _cells(others[-1]) if others else cells
        _note(layout, chunk)
    return layout


def _cells(row: bytes) -> int:
    return row.count(b"<c ") + row.count(b"<c>") + row.count(b"<c/")


def _note(layout: Layout, chunk: bytes) -> None:
    if b"hidden=" in chunk:
        layout.hidden_rows.extend(int(number) for number in re.findall(HIDDEN_ROW, chunk))
        layout.hidden_columns.extend((int(low) - 1, int(high) - 1) for low, high in re.findall(HIDDEN_COLUMN, chunk))
    if b"<f" in chunk:
        layout.valueless.update(cell.decode() for cell in re.findall(WITHOUT_VALUE, chunk))
    for left, top, right, bottom in re.findall(MERGED, chunk) if b"<mergeCell " in chunk else ():
        layout.merges.append(Merge(int(top), _column(left), _column(right), int(bottom)))


def _texts(archive: ZipFile, info: ZipInfo, path: Path) -> None:
    for _chunk in _chunks(archive, info, path, b"<si>", b"</si>"):
        pass


def _other(archive: ZipFile, info: ZipInfo, path: Path) -> None:
    if info.file_size > LARGEST_OTHER:
        raise TooLarge(path=path, what=_("more than {number} MB of formats").format(number=LARGEST_OTHER >> 20))
    styles: Counter[bytes] = Counter()
    for chunk in _chunks(archive, info, path):
        styles.update(re.findall(STYLE, chunk) if re.fullmatch(STYLES, info.filename, re.IGNORECASE) else ())
        if styles and max(styles.values()) > MOST_STYLES:
            raise TooLarge(path=path, what=_("more than {number:,} formats").format(number=MOST_STYLES))


def _chunks(archive: ZipFile, info: ZipInfo, path: Path, begin: bytes = b"", end: bytes = b"") -> Iterator[bytes]:
    """Yield a part in pieces that cut no tag in two, nor what stands between a tag `begin` and its `end`."""
    rest = b""
    with archive.open(info) as part:
        while piece := part.read(CHUNK):
            chunk = rest + piece
            if b"\0" in chunk or any(word in chunk for word in DECLARED):  # no UTF-8, or no part of a workbook
                raise NotAWorkbook(path=path)
            cut = chunk.rfind(begin) if begin else -1
            if cut < 0 or chunk.find(end, cut) >= 0 or re.match(rb"<[^>]*/>", chunk[cut:]):
                cut = max(chunk.rfind(b"<"), 0)
            rest = chunk[cut:]
            if len(rest) > CHUNK:
                raise too_long_a_cell(path)
            yield chunk[:cut]
    yield rest
