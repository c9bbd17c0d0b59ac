"""Text into rows. The delimiter is the one by which the first lines hold the most known headers."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.sheets.bounds import LONGEST_CELL, lines
from timpora_cli.sheets.heading import LOOKED_THROUGH
from timpora_cli.sheets.sheet import SheetRow, is_blank

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES, SAMPLE_WIDTH = 200, 1 << 14
TOO_LONG = "field larger than"
NAMES_DELIMITER = r"sep=(.)\r?\n?"  # a first line that some spreadsheets write


class BrokenCsv(Refused):
    """{path}, line {line}: this is not the csv of a sheet ({fault}). Nothing was imported.
    A cell with a delimiter, a quotation mark or a line break stands in quotation marks, and a quotation mark in it twice.
    """  # noqa: E501 a line of what a person reads


def rows(text: TextIO, path: Path, familiar: Callable[[Sequence[str]], int]) -> Iterator[SheetRow]:
    """Return the rows of `text` that are not blank, one by one. Raises BrokenCsv, also while they are read.

    `familiar` counts the known headers in a row; 0 means that the row is not a header.
    """
    delimiter = _delimiter(text, familiar)
    text.seek(0)
    return _rows(text, path, delimiter)


def _rows(text: TextIO, path: Path, delimiter: str) -> Iterator[SheetRow]:
    # Strict: otherwise a quotation mark that is never closed would take all the rows after it into one cell.
    reader = csv.reader(lines(text, path), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            too_long = str(error).startswith(TOO_LONG)
            fault = _("a cell of more than {number:,} characters").format(number=LONGEST_CELL) if too_long else error
            raise BrokenCsv(path=path, line=line, fault=fault) from error
        if not is_blank(cells) and not (line == 1 and re.fullmatch(NAMES_DELIMITER, delimiter.join(cells))):
            yield SheetRow(line, cells)


def _delimiter(text: TextIO, familiar: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter of a sheet: by its headers, otherwise the one that is most frequent outside quotes."""
    sample = list(islice(iter(lambda: text.readline(SAMPLE_WIDTH), ""), SAMPLE_LINES))
    if named := re.fullmatch(NAMES_DELIMITER, sample[0] if sample else ""):
        return named[1]
    weights = {}
    for delimiter in DELIMITERS:
        leading = _parsed(sample, delimiter)
        known = max((familiar(cells) for cells in leading), default=0)
        weights[delimiter] = (known, sum(len(cells) - 1 for cells in leading))
    return max(DELIMITERS, key=lambda delimiter: weights[delimiter])


def _parsed(sample: Sequence[str], delimiter: str) -> list[list[str]]:
    parsed: list[list[str]] = []
    try:
        for cells in csv.reader(sample, delimiter=delimiter):
            parsed += [cells] if not is_blank(cells) else []
            if len(parsed) == LOOKED_THROUGH:
                break
    except csv.Error:
        pass  # the rows before the fault are enough here; the fault is reported when the sheet is read
    return parsed
