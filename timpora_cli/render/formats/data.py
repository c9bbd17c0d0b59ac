"""csv, tsv, json and ndjson: codes, ISO dates and every byte of a text as the register has it, row after row.

Nothing here is translated or escaped for people. Only `--for-spreadsheet` changes a text: it makes a formula inert.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TextIO

from timpora_cli.errors import Refused
from timpora_cli.model.names import inert
from timpora_cli.render.answer import Arranged, Cell, Wanted

DELIMITERS = {"csv": ",", "tsv": "\t"}
# The csv module writes these as we want them: None as an empty cell, a day as ISO. Others go through _text.
AS_THEY_ARE = frozenset({str, int, date, type(None)})

Record = Mapping[str, Cell]


def write(arranged: Arranged, wanted: Wanted, stream: TextIO) -> None:
    """Write a list as csv, tsv, json or ndjson."""
    keys = [column.key for column in arranged.columns]
    if wanted.format in DELIMITERS:
        write_delimited(keys, arranged.rows, wanted, stream)
    elif wanted.format == "ndjson":
        for record in records(arranged):
            write_record(record, stream)
    else:
        _write_array(arranged, stream)


def write_delimited(keys: Sequence[str], rows: Iterable[Sequence[Cell]], wanted: Wanted, stream: TextIO) -> None:
    """Write csv or tsv: a header of keys, then the rows; None is an empty cell, lines end in a bare line feed."""
    import csv

    # The csv module quotes a lone carriage return only if the line's end has one: ask for both, and write one.
    writer = csv.writer(_Lines(stream), delimiter=DELIMITERS[wanted.format], lineterminator="\r\n")
    writer.writerow(keys)
    if wanted.for_spreadsheet:
        rows = ([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    writer.writerows([cell if type(cell) in AS_THEY_ARE else _text(cell) for cell in row] for row in rows)


def write_record(record: Record, stream: TextIO) -> None:
    """Write one object on one line."""
    _put(record, stream, "", "\n")


def write_object(
    values: Mapping[str, Cell], lists: Mapping[str, Iterable[object]], stream: TextIO, *, indent: int | None
) -> None:
    """Write one object: its values, then its lists, whose elements are read and written one by one."""
    line, deeper = ("\n", " " * indent) if indent else ("", "")
    before = "{" + line
    for key, value in values.items():
        _put(value, stream, f'{before}{deeper}"{key}": ', "", indent)
        before = f",{line or ' '}"
    for key, elements in lists.items():
        stream.write(f'{before}{deeper}"{key}": ')
        between = f"[{line}{2 * deeper}"
        for element in elements:
            _put(element, stream, between, "", indent, deep=2 * deeper)
            between = f",{line or ' '}{2 * deeper}"
        stream.write("[]" if between.startswith("[") else f"{line}{deeper}]")
        before = f",{line or ' '}"
    stream.write(f"{line}}}\n")


def records(arranged: Arranged) -> Iterable[dict[str, Cell]]:
    """Yield each row as an object of keys and values."""
    keys = [column.key for column in arranged.columns]
    return (dict(zip(keys, row, strict=True)) for row in arranged.rows)


def _write_array(arranged: Arranged, stream: TextIO) -> None:
    before = "[\n  "
    for record in records(arranged):
        _put(record, stream, before, "")
        before = ",\n  "
    stream.write("\n]\n" if arranged.number else "[]\n")


def _put(value: object, stream: TextIO, before: str, after: str, indent: int | None = None, *, deep: str = "") -> None:
    """Write a value as JSON; its lines after the first begin with the blanks `deep`."""
    try:
        stream.write(before + _encoder(indent, ascii_only=False)(value).replace("\n", "\n" + deep) + after)
    except UnicodeEncodeError:
        # JSON has an escape for what this stream cannot hold, a lone surrogate included.
        stream.write(before + _encoder(indent, ascii_only=True)(value).replace("\n", "\n" + deep) + after)


@cache
def _encoder(indent: int | None, *, ascii_only: bool) -> Callable[[object], str]:
    import json

    return json.JSONEncoder(ensure_ascii=ascii_only, indent=indent, default=_iso).encode


def _iso(value: date) -> str:
    return value.isoformat()


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


class EncodingTooSmall(Refused):
    """The output's encoding "{encoding}" has no letters for this list.
    Write UTF-8, or --format json.
    """


@dataclass(frozen=True, slots=True)
class _Lines:
    stream: TextIO

    def write(self, line: str) -> None:
        try:
            self.stream.write(line[:-2] + "\n")
        except UnicodeEncodeError as error:
            # The error's own text holds the row: it goes no further.
            raise EncodingTooSmall(encoding=error.encoding) from None
