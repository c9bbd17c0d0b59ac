"""A sheet from any file or stream: csv, tsv, semicolons, xlsx, json or ndjson. The kind is recognised by the content,
not by the name. A sheet is never in memory whole. Of the columns only the known headers are used here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _, n_
from timpora_cli.sheets import delimited, objects
from timpora_cli.sheets.bounds import within
from timpora_cli.sheets.headers import familiar
from timpora_cli.sheets.heading import Familiar, Framed, framed
from timpora_cli.sheets.naming import letters
from timpora_cli.sheets.seal import bare, is_seal
from timpora_cli.sheets.sheet import NAMED, Sheet, SheetRow
from timpora_cli.sheets.source import BrokenText, Encoding, SheetUnreadable, Source, bytes_of, encoding_of, text_of
from timpora_cli.sheets.xlsx import workbook
from timpora_cli.sheets.xlsx.parts import Layout
from timpora_cli.sheets.xlsx.texts import TextsOnDisk

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
HTML = rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml)"
LOOKED_AT = 512


class EmptySheet(Refused):
    """{path} is empty: it has no header. Nothing was imported."""


class OldWorkbook(Refused):
    """{path} is an Excel file of the old kind (.xls), or one with a password. Nothing was imported.
    Save it as xlsx without a password, or as "CSV UTF-8", and import that.
    """


class NoTable(Refused):
    """{path} is a web page or a file of XML, whatever its name says. Nothing was imported.
    Open it in a spreadsheet and save it as xlsx, or as "CSV UTF-8".
    """


class NoWorkbook(WrongUsage):
    """{path} is no workbook, so there is no sheet "{name}" in it. Leave --sheet out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read: with which headers of --map, which sheet of a workbook, which stream instead of it."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    tab: str | None = None
    stream: BinaryIO | None = None


@contextmanager
def opened(path: Path, reading: Reading | None = None) -> Iterator[Sheet]:
    """Open the sheet at `path`, or in the stream, for the time of the block.

    Raises NoSheet, SheetUnreadable, EmptySheet, and the refusals of `source`, `delimited`, `workbook` and `objects`.
    A fault further down is raised while rows are read.
    """
    wanted = reading or Reading()
    with bytes_of(path, wanted.stream) as source, ExitStack() as ends:
        with _faults_named(source):
            sheet = _sheet(source, wanted, ends)
        yield sheet


def _sheet(source: Source, wanted: Reading, ends: ExitStack) -> Sheet:
    head = source.file.read(LOOKED_AT)
    source.file.seek(0)
    if head.startswith(OLD_WORKBOOK):
        raise OldWorkbook(path=source.path)
    if re.match(HTML, head, re.IGNORECASE):
        raise NoTable(path=source.path)
    known = partial(familiar, mapping=wanted.mapping)
    if head.startswith(workbook.BEGINS):
        return _of_workbook(source, known, wanted.tab, ends)
    if wanted.tab is not None:
        raise NoWorkbook(path=source.path, name=wanted.tab)
    return _of_text(source, known, ends)


def _of_workbook(source: Source, known: Familiar, named: str | None, ends: ExitStack) -> Sheet:
    tab = workbook.chosen(source, known, named, ends.enter_context(closing(TextsOnDisk())))
    if tab.content is None:
        raise EmptySheet(path=source.path)
    counted = _Counted(tab.length)
    sheet = _with_header(source, tab.content, tab.remarks, counted.along, counted.part)
    return replace(sheet, zero=tab.zero, remarks=(*sheet.remarks, *_hidden(tab.layout, sheet.header)))


def _hidden(layout: Layout, header: Sequence[str]) -> Iterator[str]:
    """Say which rows and columns a spreadsheet does not show; they are read as the others are."""
    columns = {place for low, high in layout.hidden_columns for place in range(low, min(high + 1, len(header)))}
    for sentence, named in (
        (_("Hidden rows, read as the others: {named}."), [str(row) for row in layout.hidden_rows]),
        (_("Hidden columns, read as the others: {named}."), [letters(place) for place in sorted(columns)]),
    ):
        if named:
            more = ", ..." if len(named) > NAMED else ""
            yield sentence.format(named=", ".join(named[:NAMED]) + more)


def _of_text(source: Source, known: Familiar, ends: ExitStack) -> Sheet:
    encoding = encoding_of(source)
    text = text_of(source, encoding)
    ends.callback(text.detach)  # the file is closed with its source, not before
    remarks = []
    if encoding.assumed:
        remarks.append(_("The sheet is not UTF-8; it was read as Windows-1252. Look at a name with an accent."))

    def part() -> float | None:
        return source.file.tell() / source.size if source.size else None

    def decoded(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
        with _decoding(source, encoding):
            yield from rows

    with _decoding(source, encoding):
        begins = text.read(LOOKED_AT)
        text.seek(0)
        if re.match(objects.BEGINS, begins):
            header, rows = objects.header_and_rows(text, source.path)
            return _with_header(
                source, Framed(SheetRow(0, header), 0, (), within(rows, source.path)), remarks, decoded, part
            )
        content, _known = framed(within(delimited.rows(text, source.path, known), source.path), known)
    if content is None:
        raise EmptySheet(path=source.path)
    return _with_header(source, content, remarks, decoded, part)


def _with_header(
    source: Source,
    content: Framed,
    remarks: Sequence[str],
    through: Callable[[Iterator[SheetRow]], Iterator[SheetRow]],
    part: Callable[[], float | None],
) -> Sheet:
    if not content.header.cells:
        raise EmptySheet(path=source.path)
    above = []
    if content.last > content.header.line:
        sentence = _("The header is lines {first} to {last}, read together.")
        above.append(sentence.format(first=content.header.line, last=content.last))
    elif content.above:
        sentence = n_(
            "The header is line {line}; {count} line above it was passed over.",
            "The header is line {line}; {count} lines above it were passed over.",
            len(content.above),
        )
        above.append(sentence.format(line=content.header.line, count=len(content.above)))
    header, rows = content.header.cells, _named_faults(source, through(content.below))
    if any(map(is_seal, header)):
        header, rows = tuple(map(bare, header)), (SheetRow(row.line, tuple(map(bare, row.cells))) for row in rows)
    return Sheet(source.path, header, rows, source.digest, (*remarks, *above), part, titles=content.above)


def _named_faults(source: Source, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    with _faults_named(source):
        yield from rows


@contextmanager
def _faults_named(source: Source) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SheetUnreadable(path=source.path, fault=error.strerror or error) from error


@contextmanager
def _decoding(source: Source, encoding: Encoding) -> Iterator[None]:
    try:
        yield
    except UnicodeError as error:
        raise BrokenText(path=source.path, encoding=encoding.name.upper()) from error


@dataclass(slots=True)
class _Counted:
    """How far a workbook's sheet has been read, by its rows: its bytes are compressed."""

    length: int | None
    line: int = 0

    def along(self, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
        for row in rows:
            self.line = row.line
            yield row

    def part(self) -> float | None:
        return min(self.line / self.length, 1.0) if self.length else None
