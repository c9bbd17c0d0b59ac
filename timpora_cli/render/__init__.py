"""Records to text: the one writer of stdout. It chooses a format's module and loads no other; it knows no SQL."""

import sys
from typing import TYPE_CHECKING, TextIO

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import visible
from timpora_cli.render import plain, words
from timpora_cli.render.listing import FOR_PEOPLE, Arranged, Cell, Column, Kind, Listing, Output, arrange

if TYPE_CHECKING:
    from timpora_cli.model.calendar import Calendar
    from timpora_cli.render.card import Card

__all__ = [
    "FORMATS",
    "Cell",
    "Column",
    "Kind",
    "Listing",
    "Output",
    "write",
    "write_calendar",
    "write_card",
    "write_line",
]

FORMATS = (*FOR_PEOPLE, "csv", "tsv", "json", "ndjson")


class NoSuchFormat(WrongUsage):
    """There is no format "{format}".
    Known: {known}.
    """


def write(listing: Listing, output: Output, stream: TextIO | None = None) -> int:
    """Write a list to `stream` (stdout) and return how many rows it had after `--limit`.

    An empty list is silent away from a terminal, but for json's `[]` and the header of csv and tsv. Raises WrongUsage
    for an unknown format or column, before anything is written; OSError as the stream gives it.
    """
    stream = sys.stdout if stream is None else stream
    _check(output)
    arranged = arrange(listing, output)
    if not output.for_people:
        from timpora_cli.render import data

        data.write(arranged, output, stream)
    elif arranged.number:
        _write_for_people(arranged, output, stream)
    elif output.terminal:
        for line in arranged.closing or (_("Nothing to list."),):
            plain.say(stream, visible(line))
    stream.flush()
    return arranged.number


def write_card(card: "Card", output: Output, stream: TextIO | None = None) -> None:
    """Write one record to `stream` (stdout). Raises as `write` does."""
    stream = sys.stdout if stream is None else stream
    _check(output)
    from timpora_cli.render.card import write as write_the_card

    write_the_card(card, output, stream)
    stream.flush()


def write_calendar(
    calendar: "Calendar", stream: TextIO | None = None, *, full_names: bool, title: str | None = None
) -> None:
    """Write a calendar to `stream`, or to stdout, where an empty one is silent: an empty list sends no mail."""
    from timpora_cli.render import ics

    if stream is None and not calendar.entries:
        return
    stream = sys.stdout if stream is None else stream
    ics.write(calendar, stream, full_names=full_names, title=title)
    stream.flush()


def write_line(text: str, stream: TextIO | None = None) -> None:
    """Write one line to `stream` (stdout): what a change did."""
    stream = sys.stdout if stream is None else stream
    plain.say(stream, visible(text))
    stream.flush()


def _write_for_people(arranged: Arranged, output: Output, stream: TextIO) -> None:
    strips = words.strips(arranged)
    if output.format == "plain":
        if output.title is not None:
            plain.say(stream, visible(output.title))
            plain.say(stream, "")
        plain.write(strips, arranged.ending, stream)
        return
    from timpora_cli.render import table

    easel = table.Easel(stream, output)
    if output.title is not None:
        easel.line(output.title, "bold")
    table.write(strips, arranged.words, named=arranged.named, easel=easel)
    for line in arranged.ending:
        easel.line(line)


def _check(output: Output) -> None:
    if output.format not in FORMATS:
        raise NoSuchFormat(format=visible(output.format), known=", ".join(FORMATS))
