"""Which of the first rows of a sheet is its header: one row, or two that say together what each column is.

A header is found by its words. Where no column is that of the names, its shape is enough: most of its cells are known.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, zip_longest

from timpora_cli.sheets.grammar import understood
from timpora_cli.sheets.seal import is_seal
from timpora_cli.sheets.sheet import SheetRow

LOOKED_THROUGH = 30  # rows among which a header is looked for
FEWEST = 2  # known columns that make a header

Familiar = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Framed:
    """A header with the line it ends on, the title lines above it, and the rows below it."""

    header: SheetRow
    last: int
    above: tuple[str, ...]
    below: Iterator[SheetRow]


def framed(rows: Iterator[SheetRow], familiar: Familiar) -> tuple[Framed | None, int]:
    """Return a sheet by its header, and how many of the header's columns are known; None where there is no row at all.

    `familiar` counts the known columns of a header: FEWEST or more where one is that of the names, 1 for one that has
    the shape of a header alone, 0 for any other row. The header is the first row that counts FEWEST, else the first
    that counts 1, else the first row, so that a refusal can name what stands there. The header
    of a file that the program has sealed is one row.
    """
    leading = list(islice(rows, LOOKED_THROUGH))
    if not leading:
        return None, 0
    known = [familiar(row.cells) for row in leading]
    at = next((at for least in (FEWEST, 1) for at, count in enumerate(known) if count >= least), 0)
    sealed = any(map(is_seal, leading[at].cells))
    for first in () if sealed else (at, at - 1):
        pair = leading[first : first + 2] if first >= 0 else []
        if len(pair) == 2 and (cells := joined(pair[0].cells, pair[1].cells)):
            header = SheetRow(pair[0].line, cells)
            above = _texts(leading[:first])
            return Framed(header, pair[1].line, above, chain(leading[first + 2 :], rows)), familiar(cells)
    return Framed(leading[at], leading[at].line, _texts(leading[:at]), chain(leading[at + 1 :], rows)), known[at]


def _texts(rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """Return what each row says; of merged cells, which hold one text, once."""
    return tuple(" ".join(" ".join(dict.fromkeys(row.cells)).split()) for row in rows)


def joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
    """Return two rows of header as one, each cell with its heading above; None unless they say more than each alone.

    A heading that is merged stands in each of its columns. Where none is (in a csv), it goes on over blank cells, as
    far as it and what stands below it are a field together.
    """
    merged = any(text and text == beside for text, beside in pairwise(above))
    cells: list[str] = []
    heading = ""
    for text, under in zip_longest(above, below, fillvalue=""):
        heading = text or ("" if merged else heading)
        together = f"{heading} {under}".strip()
        if not under or heading == under:
            cells.append(text)
        else:
            cells.append(together if text or understood(together).field else under)
    return tuple(cells) if _fields(cells) > max(_fields(above), _fields(below)) else None


def _fields(cells: Sequence[str]) -> int:
    """Return how many fields the cells of a header name."""
    return len({understood(cell).field for cell in cells} - {None, "", "ignored"})
