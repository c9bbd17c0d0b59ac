"""A page of the manual as text: wrapped to a terminal's width, or as it is written where no terminal reads it.

Paragraphs and the items of lists are wrapped. Code, tables and headings keep their lines; code is indented, a heading
is underlined, and the marks that are for the tests alone (`<!-- ... -->`) are left out.
"""

import re
import sys
from collections.abc import Iterator
from textwrap import wrap
from typing import TextIO

from timpora_cli.render.write import write_line

FENCE = "```"
ITEM = re.compile(r" *(?:-|[0-9]+\.) ")
COMMENT = re.compile(r"<!--.*?-->\n", re.DOTALL)
UNDERLINES = {"#": "=", "##": "-"}
NARROWEST = 20


def write(page: str, width: int | None, stream: TextIO | None = None) -> None:
    """Write a page to `stream` (stdout), for a terminal `width` columns wide; None for what is no terminal."""
    stream = sys.stdout if stream is None else stream
    write_line(stream, (page if width is None else wrapped(page, width)).rstrip("\n"))
    stream.flush()


def wrapped(page: str, width: int) -> str:
    """Return a page in Markdown as text for a terminal `width` columns wide."""
    lines = COMMENT.sub("", page).splitlines()
    return "".join(f"{line}\n" for line in _for_a_terminal(lines, max(width, NARROWEST)))


def _for_a_terminal(lines: list[str], width: int) -> Iterator[str]:
    code = False
    paragraph: list[str] = []
    for line in lines:
        fence = line.startswith(FENCE)
        ends = code or fence or not line or line.startswith(("#", "|"))
        if paragraph and (ends or ITEM.match(line)):
            yield from _filled(paragraph, width)
            paragraph = []
        if fence:
            code = not code
        elif code:
            yield f"  {line}".rstrip()
        elif line.startswith("#"):
            mark, _blank, heading = line.partition(" ")
            yield heading
            yield UNDERLINES[mark] * len(heading)
        elif ends:
            yield line
        else:
            paragraph.append(line)
    yield from _filled(paragraph, width) if paragraph else ()


def _filled(lines: list[str], width: int) -> list[str]:
    """Return the lines of one paragraph, or of one item of a list, filled anew."""
    item = ITEM.match(lines[0])
    lead = item[0] if item else ""
    words = " ".join([lines[0][len(lead) :], *(line.strip() for line in lines[1:])])
    return wrap(
        words,
        width,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
