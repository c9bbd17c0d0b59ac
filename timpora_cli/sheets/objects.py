"""JSON into rows, one object at a time: an array of objects, or objects one after the other (ndjson).

Every key of any object is a column. A list of texts is one cell. An object inside an object gives one cell for each of
its keys: {"passport": {"number": "X1"}} is a cell in the column "passport number".
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TextIO

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.names import excerpt
from timpora_cli.sheets.sheet import SheetRow, is_blank

BEGINS = r"\s*(?:\{|\[\s*(?:[\{\]]|$))"
BLANKS = r"[ \t\r\n\x1a]*"  # 1A is the mark that DOS puts at the end of a text
CHUNK = 1 << 16
LONGEST = 1 << 22  # characters of one object; a longer one is not the row of a sheet


class BrokenJson(Refused):
    """{path}, line {line}: this is not an array of objects, nor objects one after the other ({fault}).
    Nothing was imported.
    """


def header_and_rows(text: TextIO, path: Path) -> tuple[tuple[str, ...], Iterator[SheetRow]]:
    """Return the keys of all objects, in the order they are first met, and the objects as rows.

    A row's line is its number among the objects, from 1. Raises BrokenJson.
    """
    keys: dict[str, None] = {}
    for record in _Objects(text, path):
        keys.update(dict.fromkeys(record))
    text.seek(0)
    return tuple(keys), _rows(_Objects(text, path), tuple(keys))


def _rows(records: "_Objects", keys: tuple[str, ...]) -> Iterator[SheetRow]:
    for place, record in enumerate(records, start=1):
        cells = tuple(record.get(key, "") for key in keys)
        if not is_blank(cells):
            yield SheetRow(place, cells)


@dataclass(slots=True)
class _Objects:
    """The objects of a JSON text, read in pieces: at most one object and one piece are in memory."""

    text: TextIO
    path: Path
    piece: str = ""
    at: int = 0
    line: int = 1
    ended: bool = False

    def __iter__(self) -> Iterator[dict[str, str]]:
        # An object becomes a tuple of its keys and values. A number stays as it was typed.
        decoder = json.JSONDecoder(
            object_pairs_hook=tuple, parse_int=str, parse_float=str, parse_constant=lambda _name: None
        )
        in_array = self._take("[")
        first = True
        while self._more():
            if in_array and self._take("]"):
                if self._more():
                    self._refuse(_("something follows the end of the array"))
                return
            if in_array and not first and not self._take(","):
                self._refuse(_("a comma is missing between two objects"))
            yield self._flat(self._next(decoder))
            first = False
        if in_array:
            self._refuse(_("the array does not end"))

    def _more(self) -> bool:
        """Skip blanks; return whether anything follows."""
        while True:
            blanks = re.compile(BLANKS).match(self.piece, self.at)
            self._go(blanks.end() if blanks else self.at)
            if self.at < len(self.piece) or self.ended:
                return self.at < len(self.piece)
            self._read(CHUNK)

    def _take(self, mark: str) -> bool:
        """Skip `mark` if it comes next; return whether it did."""
        if not self._more() or self.piece[self.at] != mark:
            return False
        self._go(self.at + 1)
        return True

    def _next(self, decoder: json.JSONDecoder) -> object:
        if not self._more() or self.piece[self.at] != "{":
            self._refuse(_("a row has to be an object, with a key for each cell"))
        wanted = CHUNK
        while True:
            try:
                value, end = decoder.raw_decode(self.piece, self.at)
            except json.JSONDecodeError as error:
                if self.ended or len(self.piece) > LONGEST:
                    self._refuse(error.msg, self.piece.count("\n", self.at, error.pos))
                self._read(wanted)
                wanted *= 2
            except RecursionError:
                self._refuse(_("an object within an object, and so on too deep"))
            else:
                self._go(end)
                return value

    def _read(self, count: int) -> None:
        read = self.text.read(count)
        self.ended = not read
        self.piece, self.at = self.piece[self.at :] + read, 0

    def _go(self, to: int) -> None:
        self.line += self.piece.count("\n", self.at, to)
        self.at = to

    def _flat(self, value: object, above: str = "") -> dict[str, str]:
        """Return an object's cells by their keys; those of an object within it under both keys."""
        cells: dict[str, str] = {}
        for key, inner in value if isinstance(value, tuple) else ():
            name = f"{above} {key}".strip()
            more = self._flat(inner, name) if isinstance(inner, tuple) else {name: self._text(inner)}
            if cells.keys() & more.keys():
                self._refuse(_('the key "{key}" stands twice in one object').format(key=excerpt(name)))
            cells.update(more)
        return cells

    def _text(self, value: object) -> str:
        if isinstance(value, tuple):
            self._refuse(_("a list of objects stands within an object"))
        if isinstance(value, list):
            return ", ".join(self._text(one) for one in value)
        return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)

    def _refuse(self, fault: str, further: int = 0) -> NoReturn:
        raise BrokenJson(path=self.path, line=self.line + further, fault=fault)
