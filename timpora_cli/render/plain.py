"""Aligned text: two spaces between columns, no box, no colour, nothing cut or wrapped; rich is never loaded."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO
from unicodedata import category

from timpora_cli.model.names import visible
from timpora_cli.render.text import Strip

GAP = "  "
# Below the first combining mark every printable character is one cell wide; up to the first letter written from right
# to left, and in the later blocks of Latin and Greek, every character is, but for the marks, which have no width.
FIRST_COMBINING_MARK = "\u0300"
FIRST_FROM_THE_RIGHT = "\u0590"
MORE_LATIN, MORE_GREEK_END = "\u1e00", "\u2000"
MARKS = ("Mn", "Me")


def lines(strips: Sequence[Strip]) -> Iterator[str]:
    """Yield the heading line, the rows and the foot rows, aligned, without blanks at the end."""
    columns = [aligned(strip.texts, right=strip.right) for strip in strips]
    for cells in zip(*columns, strict=True):
        yield GAP.join(cells).rstrip(" ")


def aligned(texts: Sequence[str], *, right: bool = False) -> list[str]:
    """Return the texts filled with blanks to the width of the widest, in terminal cells."""
    widths = [width(text) for text in texts]
    widest = max(widths, default=0)
    if right:
        return [" " * (widest - wide) + text for wide, text in zip(widths, texts, strict=True)]
    return [text + " " * (widest - wide) for wide, text in zip(widths, texts, strict=True)]


def width(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    if text.isascii() or max(text) < FIRST_COMBINING_MARK:
        return len(text)
    if all(each < FIRST_FROM_THE_RIGHT or MORE_LATIN <= each < MORE_GREEK_END for each in text):
        return sum(category(each) not in MARKS for each in text)
    # The tables for all other scripts and for emoji are large, and are loaded only where they are needed.
    from wcwidth import wcswidth

    cells = wcswidth(text)
    return cells if cells >= 0 else len(text)


def say(stream: TextIO, text: str) -> None:
    """Write one line for people. What the stream's encoding lacks comes out as an escape: a name is never dropped."""
    line = text + "\n"
    try:
        stream.write(line)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding))


def write(strips: Sequence[Strip], ending: Iterable[str], stream: TextIO) -> None:
    """Write a list and the lines below it."""
    for line in lines(strips):
        say(stream, line)
    for line in ending:
        say(stream, visible(line))
