"""The one writer of stdout, and of the files that lists are written to. It loads the format that is asked for alone.

A file is written whole or not at all, and never over another file unless that is asked for.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import visible
from timpora_cli.render import text
from timpora_cli.render.answer import Answer, Arranged, Card, Cell, Row, Wanted, arrange
from timpora_cli.render.formats import FORMATS, UnknownFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from timpora_cli.model.calendar import Calendar

    Watch = Callable[[int, Callable[[], float | None]], None]
    """Called for each row of a workbook, with how many are written and a function that gives which part that is."""

ENDINGS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".ndjson": "ndjson", ".txt": "plain", ".xlsx": "xlsx"}


class UnknownEnding(WrongUsage):
    """{path} does not end in a format that can be written. Known: {known}."""


class FileThere(Refused):
    """{path} is there already, and was left as it is. Choose another name, or write over it with --force."""


class FolderThere(Refused):
    """{path} is there already, and was left as it is. Choose another name for the new folder."""


class FileUnwritable(Refused):
    """{path} could not be written: {reason}. Nothing was left behind."""


class FileInDoubt(Refused):
    """{path} was written over, but the disk did not confirm that it keeps it: {reason}.
    Look after the disk, and write the file again.
    """


def answer(listed: Answer[Row], wanted: Wanted, stream: TextIO | None = None) -> int:
    """Write a list to `stream` (stdout) and return how many rows it had after --limit.

    Away from a terminal an empty list writes nothing, but for json's `[]` and the header of csv and tsv. Raises
    WrongUsage for an unknown format or column, before anything is written; OSError as the stream gives it.
    """
    stream = sys.stdout if stream is None else stream
    _check(wanted)
    arranged = arrange(listed, wanted)
    if not wanted.for_people:
        from timpora_cli.render.formats import data

        data.write(arranged, wanted, stream)
    elif arranged.number:
        _write_for_people(arranged, wanted, stream)
    elif wanted.terminal:
        for ending in arranged.closing or (_("Nothing to list."),):
            write_line(stream, visible(ending))
    stream.flush()
    return arranged.number


def card(layout: Card[Row], record: Row, wanted: Wanted, stream: TextIO | None = None) -> None:
    """Write one record as a card to `stream` (stdout). Raises as `answer` does."""
    stream = sys.stdout if stream is None else stream
    _check(wanted)
    from timpora_cli.render.formats import card as cards

    cards.write(layout, record, wanted, stream)
    stream.flush()


def calendar(made: "Calendar", stream: TextIO | None = None, *, full_names: bool, title: str | None = None) -> None:
    """Write a calendar to `stream`. To stdout an empty one writes nothing, so that an empty list sends no mail."""
    from timpora_cli.render.formats import ics

    if stream is None and not made.entries:
        return
    stream = sys.stdout if stream is None else stream
    ics.write(made, stream, full_names=full_names, title=title)
    stream.flush()


def line(sentence: str, stream: TextIO | None = None) -> None:
    """Write one line to `stream` (stdout): what a change did."""
    stream = sys.stdout if stream is None else stream
    write_line(stream, visible(sentence))
    stream.flush()


def lines(sentences: Iterable[str], stream: TextIO | None = None) -> None:
    """Write a text, line by line, to `stream` (stdout)."""
    stream = sys.stdout if stream is None else stream
    for sentence in sentences:
        write_line(stream, visible(sentence))
    stream.flush()


def file(listed: Answer[Row], wanted: Wanted, path: Path, *, force: bool, watch: "Watch | None" = None) -> int:
    """Write a list to the file at `path`, readable by its owner alone, and return how many rows it has.

    An empty list has its header, where its format has one. An existing file is refused (FileThere) unless `force`; a
    failed write leaves nothing (FileUnwritable), and so does a list that no workbook can hold (see formats/xlsx).
    """
    wanted = wanted._replace(format=format_of(path), terminal=False)
    if wanted.format != "xlsx":
        with text_file(path, force=force) as stream:
            return answer(listed, wanted, stream)
    from timpora_cli.render.formats import xlsx

    with _placed(path, force=force) as scratch:
        arranged = arrange(listed, wanted)
        if watch is not None:
            arranged.rows = _watched(arranged.rows, arranged.number, watch)
        xlsx.write(arranged, scratch)
        return arranged.number


def refuse_unwritable_folder(path: Path) -> None:
    """Raise what `folder` would raise of `path`, as far as it can be known before: FolderThere, FileUnwritable."""
    from timpora_cli.files import try_out

    with _named_faults(path, folder=True):
        try_out(path)


def folder(lists: Iterable[tuple[str, Answer[Any]]], wanted: Wanted, path: Path) -> list[int]:
    """Write each list as NAME.FORMAT into the new folder at `path`, for its owner alone; return the numbers of rows.

    The folder is there whole or not at all. Raises FolderThere, FileUnwritable.
    """
    from timpora_cli.files import placed_folder

    with _named_faults(path, folder=True), placed_folder(path) as scratch:
        numbers = []
        for name, listed in lists:
            file = scratch / f"{name}.{wanted.format}"
            file.touch(mode=0o600)
            with file.open("w", encoding="utf-8", newline="") as stream:
                numbers.append(answer(listed, wanted, stream))
        return numbers


@contextmanager
def text_file(path: Path, *, force: bool) -> Iterator[TextIO]:
    """Lend the file at `path` to write UTF-8 text into, readable by its owner alone. Raises as `file` does."""
    with _placed(path, force=force) as scratch, scratch.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def format_of(path: Path, endings: Mapping[str, str] = ENDINGS) -> str:
    """Return the format that a file's ending asks for. Raises UnknownEnding, with the known ones."""
    wanted = endings.get(path.suffix.casefold())
    if wanted is None:
        raise UnknownEnding(path=path, known=", ".join(endings))
    return wanted


def write_list(columns: Sequence[text.TextColumn], ending: Iterable[str], stream: TextIO) -> None:
    """Write a list and the lines below it."""
    for row in text.lines(columns):
        write_line(stream, row)
    for sentence in ending:
        write_line(stream, visible(sentence))


def write_line(stream: TextIO, written: str) -> None:
    """Write one line for people. What the stream's encoding lacks is written as an escape, so that no name is lost."""
    ended = written + "\n"
    try:
        stream.write(ended)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(ended.encode(encoding, "backslashreplace").decode(encoding))


def _write_for_people(arranged: Arranged, wanted: Wanted, stream: TextIO) -> None:
    columns = text.text_columns(arranged)
    if wanted.format == "plain":
        if wanted.title is not None:
            write_line(stream, visible(wanted.title))
            write_line(stream, "")
        write_list(columns, arranged.ending, stream)
        return
    from timpora_cli.render.formats import table

    canvas = table.Canvas(stream, wanted)
    if wanted.title is not None:
        canvas.line(wanted.title, "bold")
    table.write(columns, arranged.words, named=arranged.named, canvas=canvas)
    for ending in arranged.ending:
        canvas.line(ending)


def _check(wanted: Wanted) -> None:
    if wanted.format not in FORMATS:
        raise UnknownFormat(format=visible(wanted.format), hint="", known=", ".join(FORMATS))


def _watched(rows: Iterable[tuple[Cell, ...]], number: int, watch: "Watch") -> Iterator[tuple[Cell, ...]]:
    from functools import partial
    from operator import truediv

    for written, row in enumerate(rows, start=1):
        yield row
        watch(written, partial(truediv, written, number))


def refuse_unwritable(path: Path, *, force: bool) -> None:
    """Raise what `file` would raise of `path`, as far as it can be known before: FileThere, FileUnwritable."""
    from timpora_cli.files import try_out

    with _named_faults(path):
        try_out(path, over=force)


@contextmanager
def _placed(path: Path, *, force: bool) -> Iterator[Path]:
    from timpora_cli.files import placed

    refuse_unwritable(path, force=force)
    with _named_faults(path), placed(path, over=force) as scratch:
        yield scratch


@contextmanager
def _named_faults(path: Path, *, folder: bool = False) -> Iterator[None]:
    """Raise, for what the system says of a file or of a `folder`, the error that names it."""
    from timpora_cli.files import Unconfirmed

    try:
        yield
    except FileExistsError as error:
        if folder:
            raise FolderThere(path=path) from error
        raise FileThere(path=path) from error
    except Unconfirmed as error:
        raise FileInDoubt(path=path, reason=error.strerror or error) from error
    except OSError as error:
        raise FileUnwritable(path=path, reason=error.strerror or error) from error
