"""The cells of a refused row, written so that they are read the same without --excel-dates."""

import re
from collections.abc import Sequence
from functools import partial

from timpora_cli.actions.intake.stage import CellReader, Reading
from timpora_cli.errors import TimporaError
from timpora_cli.sheets import days
from timpora_cli.sheets.facts import Values

LONE_NUMBER = r"(?<![\w.,/-])[0-9]{3,6}(?:\.0+)?(?![\w.,/-])"


class Unaided:
    """Writes the days of a sheet's rows in ISO, where --excel-dates alone has read a number as a day."""

    def __init__(self, cells: CellReader) -> None:
        self._zero = cells.zero
        aided = cells.readings(serials=True) if cells.serials else []
        self._readings = [
            (column.place, reading, unaided)
            for (column, reading), (_column, unaided) in zip(aided, cells.readings(serials=False), strict=False)
        ]

    def row(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the cells of a row; all but those days are as they were."""
        written = list(cells)
        for place, reading, unaided in self._readings:
            if place < len(cells) and re.search(LONE_NUMBER, cells[place]):
                written[place] = self._cell(cells[place], reading, unaided)
        return tuple(written)

    def _cell(self, text: str, reading: Reading, unaided: Reading) -> str:
        said = _said(reading, text)
        shown = re.sub(LONE_NUMBER, partial(self._day, set(said.values())), text)
        return shown if said and _said(unaided, shown) == said else text

    def _day(self, said: set[str], number: re.Match[str]) -> str:
        """Return the day that a number is, where the cell was read so; else the number."""
        try:
            day = days.day(number[0], serials=True, zero=self._zero)
        except TimporaError:
            return number[0]
        return day if day in said else number[0]


def _said(reading: Reading, text: str) -> Values:
    """Return what a cell says; nothing where it cannot be read."""
    try:
        return reading(" ".join(text.split()))
    except TimporaError:
        return {}
