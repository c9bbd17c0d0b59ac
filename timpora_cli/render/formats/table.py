"""A table drawn by rich: on a terminal its width, colour and wrapping; elsewhere as wide as its values need.

Every cell is a Text, never markup: a name that looks like a tag or an emoji is shown as it is written.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from shutil import get_terminal_size
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TextIO

from timpora_cli.language import _
from timpora_cli.model.names import visible
from timpora_cli.render.answer import Kind, Wanted
from timpora_cli.render.text import TextColumn, text_of
from timpora_cli.render.write import write_line

if TYPE_CHECKING:
    from rich.box import Box
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

STATE_STYLES = {"OVERSTAY": "bold red", "DUE": "yellow", "RELIEF": "cyan", "UNKNOWN": "magenta", "VALID": "green"}
GAP = 2
# A text column gets narrower than this only when no other column can be left out; a longer word is broken.
READABLE = 20
NARROWEST_TERMINAL = 20
# Only values of these kinds may be wrapped; a date or a number is never broken.
WRAPPING = (Kind.TEXT, Kind.WORD, Kind.FLAG, Kind.VALUE)


class Canvas:
    """Where tables and lines are drawn: one stream, with its width and its colours."""

    def __init__(self, stream: TextIO, wanted: Wanted) -> None:
        self.stream = stream
        self._console = partial(_console, stream, wanted)
        self.room = max(get_terminal_size().columns, NARROWEST_TERMINAL) if wanted.terminal else None

    def draw(self, drawing: "RenderableType", width: int) -> None:
        """Write a drawing `width` cells wide, without the blanks that rich fills lines with."""
        console = self._console(max(width, 1))
        with console.capture() as capture:
            console.print(drawing)
        for line in capture.get().removesuffix("\n").split("\n"):
            write_line(self.stream, line.rstrip(" "))

    def line(self, text: str, style: str = "") -> None:
        """Write one line of text, wrapped on a terminal."""
        from rich.cells import cell_len
        from rich.text import Text

        self.draw(Text(visible(text), style=style), self.room or cell_len(visible(text)))


def write(columns: Sequence[TextColumn], words: Mapping[str, str], named: bool, canvas: Canvas) -> None:
    """Draw a list. On a terminal the columns that find no room are left out, last ranks first, and named below it.

    Columns that were asked for by name (`named`) are never left out.
    """
    measured = [_measured(column) for column in columns]
    kept = measured if named else _with_room(measured, canvas.room)
    widths = _widths(kept, canvas.room)
    canvas.draw(_table(kept, widths, words), _total(widths))
    left_out = [one.shown.column.key for one in measured if one not in kept]
    if left_out:
        sentence = _("Left out at this width: {columns}. --columns picks; --format plain shows all.")
        canvas.line(sentence.format(columns=", ".join(left_out)), "dim")


def write_facts(labels: Sequence[str], texts: Sequence[str], canvas: Canvas) -> None:
    """Draw the fields of a card: the labels dim, a long text wrapped beside its label."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    if not labels:
        return
    grid = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    label_width, text_width = max(map(cell_len, labels)), max(map(cell_len, texts))
    if canvas.room is not None:
        text_width = min(text_width, max(canvas.room - label_width - GAP, READABLE))
    grid.add_column(width=label_width)
    grid.add_column(width=text_width, overflow="fold")
    for label, text in zip(labels, texts, strict=True):
        grid.add_row(Text(label, style="dim"), _cell(text, text_width))
    canvas.draw(grid, _total([label_width, text_width]))


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """A column with its widths in cells: as it is, with its heading wrapped, still readable, at the very least."""

    shown: TextColumn
    whole: int
    unwrapped: int
    readable: int
    least: int


def _measured(shown: TextColumn) -> _Measured:
    from rich.cells import cell_len

    values = [*shown.body, *shown.foot]
    widest = max(map(cell_len, values), default=0)
    heading_word = _longest_word([shown.heading])
    wraps = shown.column.kind in WRAPPING
    return _Measured(
        shown,
        whole=max(widest, cell_len(shown.heading)),
        unwrapped=max(widest, heading_word),
        readable=max(min(widest, READABLE) if wraps else widest, heading_word),
        least=max(min(_longest_word(values), READABLE) if wraps else widest, heading_word),
    )


def _longest_word(texts: Sequence[str]) -> int:
    from rich.cells import cell_len

    return max((cell_len(word) for text in texts for word in text.split()), default=0)


def _with_room(measured: list[_Measured], room: int | None) -> list[_Measured]:
    kept = list(measured)
    while room is not None and _total([one.readable for one in kept]) > room:
        last_rank = max(one.shown.column.rank for one in kept)
        if last_rank == 1:
            break
        kept.remove([one for one in kept if one.shown.column.rank == last_rank][-1])
    return kept


def _widths(measured: Sequence[_Measured], room: int | None) -> list[int]:
    """Return a width for each column, given up in three steps where room is short.

    What still does not fit then is drawn wider than the terminal: that wraps every line, but cuts no value.
    """
    widths = [one.whole for one in measured]
    for floors in ([s.unwrapped for s in measured], [s.readable for s in measured], [s.least for s in measured]):
        while room is not None and _total(widths) > room:
            over = [place for place, floor in enumerate(floors) if widths[place] > floor]
            if not over:
                break
            widths[max(over, key=widths.__getitem__)] -= 1
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * max(len(widths) - 1, 0)


def _table(measured: Sequence[_Measured], widths: Sequence[int], words: Mapping[str, str]) -> "Table":
    from rich.table import Table

    table = Table(box=_rules(), show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold")
    for one, width in zip(measured, widths, strict=True):
        justify: Literal["left", "right"] = "right" if one.shown.right else "left"
        table.add_column(_cell(one.shown.heading, width), justify=justify, width=width, overflow="fold")
    shown = text_of(Kind.STATE, words)
    state_styles = {shown(state): style for state, style in STATE_STYLES.items()}
    styles = [state_styles if one.shown.column.kind is Kind.STATE else {} for one in measured]
    for row in zip(*[one.shown.body for one in measured], strict=True):
        table.add_row(*[_cell(*cell) for cell in zip(row, widths, styles, strict=True)])
    table.add_section()
    for row in zip(*[one.shown.foot for one in measured], strict=True):
        table.add_row(*[_cell(*cell) for cell in zip(row, widths, strict=True)], style="bold")
    return table


def _cell(text: str, width: int, styles: Mapping[str, str] = MappingProxyType({})) -> "Text":
    from rich.cells import cell_len
    from rich.text import Text

    # A text that has room is not wrapped: wrapping removes blanks at its end.
    return Text(text, style=styles.get(text, ""), no_wrap=cell_len(text) <= width)


def _rules() -> "Box":
    """Return the two lines of a table: below the heading, and above the foot."""
    from rich.box import Box

    return Box("    \n    \n ── \n    \n ── \n    \n    \n    \n")


def _console(stream: TextIO, wanted: Wanted, width: int) -> "Console":
    from rich.console import Console

    asked_for_colour = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    return Console(
        file=stream,
        width=width,
        height=25,  # of no use to us, but without it rich takes the width from the environment as well
        force_terminal=wanted.terminal or asked_for_colour,
        markup=False,
        emoji=False,
        highlight=False,
    )
