"""A sheet as all of the import sees it, whatever file it came in: a header, one row at a time below it, and what in a
cell is nothing at all. It knows no file and no field.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from timpora_cli.errors import Refused

EMPTY = frozenset({"", "-", "--", "–", "—", "nihil", "n/a"})


class BadCell(Refused):
    """{fault}"""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its line in the file (its place in a workbook's sheet or in json), and its cells as they stand there."""

    line: int
    cells: tuple[str, ...] = field(repr=False)


def _unknown() -> float | None:
    return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet under way: its header, and the rows below it, which can be read once. Blank rows are not among them.

    `digest` is the SHA-256 of the file, `remarks` are sentences on how it was read, and `done` tells which part of it
    has been read so far (0 to 1, None where that cannot be told).
    """

    path: Path
    header: tuple[str, ...]
    rows: Iterator[SheetRow]
    digest: str = ""
    remarks: tuple[str, ...] = ()
    done: Callable[[], float | None] = _unknown


def tidy(cell: str, free_text: bool) -> str:
    """Return a cell without blanks around it and the apostrophe that makes a spreadsheet's text; '' where empty.

    In free text an apostrophe before a small letter stays: it is the beginning of a name, as in 't Hooft.
    """
    text = " ".join(cell.split())
    if text[:1] == "'" and not (free_text and text[1:2].islower()):
        text = text[1:].lstrip()
    return "" if text.casefold() in EMPTY else text


def is_blank(cells: Iterable[str]) -> bool:
    """Return whether nothing is written in any of the cells."""
    return not any(cell and not cell.isspace() for cell in cells)
