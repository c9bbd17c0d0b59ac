"""The cells of one column into facts. Each text of a column is understood once: most columns have few."""

import re
from collections.abc import Callable
from typing import NamedTuple

from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.sheets.facts import ERRORS, Values, in_column
from timpora_cli.sheets.headers import DEFERRING, IDENTIFYING, JOINED, NAMING, Column, Field
from timpora_cli.sheets.sheet import NO_VALUE, BadCell, tidy

FREE_TEXT: frozenset[Field] = frozenset({"name", "birthplace", "occupation", "contact", "address", "sponsor", "office"})
OF_ONE_PERSON: frozenset[Field] = frozenset({*IDENTIFYING, *NAMING, "contact", "address", "permit"})
KEPT = 30_000  # texts of a column that are remembered, so that a sheet of many different ones does not fill the memory
NO_DAY = "1970-01-01"  # what OpenSID exports where there is no day
NO_TEXT = "[\0\ud800-\udfff]"


class CellRead(NamedTuple):
    """What a cell says: its facts, or why it is refused. `is_word`: a word stands in it in place of a number."""

    facts: tuple[tuple[Field, str], ...] = ()
    fault: str | None = None
    is_word: bool = False


NOTHING = CellRead()
"""What a blank cell says."""


class ColumnReader:
    """Reads the cells of one column."""

    def __init__(self, column: Column, reading: Callable[[str], Values], *, no_day: bool) -> None:
        """Read by `reading`. With `no_day`, the day that OpenSID writes for none is a blank cell."""
        self.place, self.header = column.place, column.header
        self.field, self.implies = column.meaning.field, column.meaning.implies
        self._reading = reading
        self._no_day = no_day and self.field != "born"
        self._free_text, self._is_number = self.field in FREE_TEXT, self.field in IDENTIFYING
        self._remembers = self.field not in OF_ONE_PERSON
        self.known: dict[str, CellRead] = {}
        """The cells that were read before, and what they say."""

    def read(self, cell: str) -> CellRead:
        """Return what a cell says that is not among the known ones."""
        found = self._read(cell)
        if self._remembers:
            if len(self.known) >= KEPT:
                self.known.clear()
            self.known[cell] = found
        return found

    def meet(self, fact: Field, value: str, values: Values) -> str | None:
        """Settle a fact of which another column has said otherwise; return why the cell is refused, where it is."""
        held = values[fact]
        if fact == JOINED:
            values[fact] = f"{held}, {value}"
        elif fact != DEFERRING:
            fault = _("it says {value}, and another column {other}").format(value=value, other=held)
            return in_column(self.header, BadCell(fault=fault))
        return None

    def _read(self, cell: str) -> CellRead:
        text = tidy(cell, self._free_text)
        if not text or (self._no_day and text == NO_DAY):
            return NOTHING
        try:
            if text[0] == "#" or not text.isprintable():
                _refuse_no_value(text)
            read = self._reading(text)
        except TimporaError as error:
            return CellRead(fault=in_column(self.header, error))
        return CellRead(tuple(read.items()), None, self._is_number and not read)


def _refuse_no_value(text: str) -> None:
    """Raise BadCell for a text that is no value: a character that no text holds, a formula, a spreadsheet's error."""
    if re.search(NO_TEXT, text):
        raise BadCell(fault=_("it holds a character that no text holds"))
    if text.startswith(NO_VALUE):
        sentence = _(
            "the cell {cell} holds a formula without a stored value. Open the file in a spreadsheet and save it."
        )
        raise BadCell(fault=sentence.format(cell=text.removeprefix(NO_VALUE)))
    if text.upper() in ERRORS:
        raise BadCell(fault=_("{text} is a spreadsheet's error, not a value").format(text=text))
