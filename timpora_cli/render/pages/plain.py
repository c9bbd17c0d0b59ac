"""A page as plain text of 80 columns, for a terminal, an old printer or a mail: each block has one function here.

Texts are wrapped, and cells of a table too; nothing is cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from textwrap import wrap

from timpora_cli.model.names import visible
from timpora_cli.render.pages.blocks import (
    Block,
    Chart,
    Facts,
    Grid,
    Heading,
    InLanguage,
    Items,
    Letterhead,
    NewSheet,
    Paragraph,
    Signature,
    Title,
)
from timpora_cli.render.text import GAP, aligned, width

WIDE = 80
SIGNATURE_AT = 44
ROOM_TO_SIGN = 3
NARROWEST = 8
BY_HAND = 16
LONGEST_BAR = 30
MARK = "#"


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of a page, a blank one between two blocks."""
    for place, block in enumerate(blocks):
        if place:
            yield ""
        yield from (line.rstrip() for line in written(block))


@singledispatch
def written(block: object) -> Iterator[str]:
    """Yield the lines of one block."""
    raise TypeError(type(block).__name__)


@written.register
def _(block: Letterhead) -> Iterator[str]:
    for line in block.lines:
        yield from _centred(line)
    yield "=" * WIDE


@written.register
def _(block: Title) -> Iterator[str]:
    for text in filter(None, (block.text, block.under)):
        yield from _centred(text)


@written.register
def _(block: Heading) -> Iterator[str]:
    yield visible(block.text)


@written.register
def _(block: Paragraph) -> Iterator[str]:
    yield from _wrapped(block.text, WIDE)


@written.register
def _(block: Facts) -> Iterator[str]:
    labels = aligned([label for label, _value in block.rows])
    beside = visible(block.beside)
    for place, (label, (_label, value)) in enumerate(zip(labels, block.rows, strict=True)):
        before = f"{label} : "
        room = WIDE - width(before)
        first, *more = _wrapped(value, room) or [""]
        line = before + first
        if place == 0 and beside:
            free = WIDE - width(beside)
            if width(line.rstrip()) + len(GAP) > free:
                yield " " * max(free, 0) + beside
            else:
                line += " " * (free - width(line)) + beside
        yield line
        yield from (" " * width(before) + rest for rest in more)


@written.register
def _(block: Items) -> Iterator[str]:
    if block.heading:
        yield from _wrapped(block.heading, WIDE)
    marks = [f"{number}. " for number in range(1, len(block.texts) + 1)]
    for mark, text in zip(aligned(marks, right=True), block.texts, strict=True):
        first, *more = _wrapped(text, WIDE - len(mark)) or [""]
        yield mark + first
        yield from (" " * len(mark) + rest for rest in more)


@written.register
def _(block: Grid) -> Iterator[str]:
    if block.caption:
        yield from _wrapped(block.caption, WIDE)
    columns = list(zip(block.headings, *block.rows, strict=True))
    widths = _widths(columns, block)
    for place, row in enumerate(zip(*columns, strict=True)):
        cells = [_wrapped(text, wide) or [""] for text, wide in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [cell[number] if number < len(cell) else "" for cell in cells]
            yield GAP.join(
                _filled(part, wide, right=column in block.numbers)
                for column, (part, wide) in enumerate(zip(parts, widths, strict=True))
            )
        if place == 0:
            yield GAP.join("-" * wide for wide in widths)
        elif block.by_hand:
            # Room to write, and a line to write on.
            yield ""
            yield GAP.join(("_" if column in block.by_hand else " ") * wide for column, wide in enumerate(widths))


@written.register
def _(block: Chart) -> Iterator[str]:
    yield from _wrapped(block.title, WIDE)
    labels = aligned([bar.label for bar in block.bars])
    numbers = aligned([str(bar.number) for bar in block.bars], right=True)
    for label, number, bar in zip(labels, numbers, block.bars, strict=True):
        marks = MARK * max(round(bar.percent * LONGEST_BAR / 100), 1 if bar.number else 0)
        yield GAP.join((label, number, marks)).rstrip()


@written.register
def _(block: Signature) -> Iterator[str]:
    texts = [*block.above, *[""] * ROOM_TO_SIGN, block.name or "_" * 30, block.number]
    for text in texts:
        yield from (" " * SIGNATURE_AT + line for line in _wrapped(text, WIDE - SIGNATURE_AT) or [""])


@written.register
def _(_block: NewSheet) -> Iterator[str]:
    yield "-" * WIDE


@written.register
def _(_block: InLanguage) -> Iterator[str]:
    yield "-" * WIDE


def _widths(columns: Sequence[Sequence[str]], block: Grid) -> list[int]:
    """Return how wide each column is: as its longest text, the widest ones made narrower until a line holds them.

    Words are broken only where there is no other way, those of the columns in `block.whole` last.
    """
    widths = [
        max(BY_HAND if place in block.by_hand else 1, *(width(visible(text)) for text in column))
        for place, column in enumerate(columns)
    ]
    words = [_longest_word(column) for column in columns]
    room = WIDE - len(GAP) * (len(columns) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        places = [place for place, wide in enumerate(widths) if wide > max(words[place], NARROWEST)]
        others = [place for place, wide in enumerate(widths) if wide > NARROWEST and place not in block.whole]
        widths[max(places or others or range(len(widths)), key=lambda place: widths[place])] -= 1
    return widths


def _longest_word(texts: Iterable[str]) -> int:
    return max((width(word) for text in texts for word in visible(text).split()), default=1)


def _wrapped(text: str, wide: int) -> list[str]:
    return wrap(visible(text), max(wide, NARROWEST), break_on_hyphens=False)


def _centred(text: str) -> Iterator[str]:
    for line in _wrapped(text, WIDE):
        yield " " * ((WIDE - width(line)) // 2) + line


def _filled(text: str, wide: int, *, right: bool) -> str:
    blanks = " " * (wide - width(text))
    return blanks + text if right else text + blanks
