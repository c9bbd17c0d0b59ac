"""A list into a file, in the format of its ending: whole or not at all, and never over another file unasked."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from operator import truediv
from pathlib import Path
from typing import TextIO

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.files import placed
from timpora_cli.render.answer import Arranged, Cell, Listing, Output, arrange

ENDINGS = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".ndjson": "ndjson", ".txt": "plain", ".xlsx": "xlsx"}


Watch = Callable[[int, Callable[[], float | None]], None]
"""What hears, row by row of a workbook, how many were written and which part of all that is; text takes no time."""


class UnknownEnding(WrongUsage):
    """{path} does not end in a format that can be written. Known: {known}."""


class FileThere(Refused):
    """{path} is there already, and was left as it is. Choose another name, or write over it with --force."""


class FileUnwritable(Refused):
    """{path} could not be written: {reason}. Nothing was left behind."""


def format_of(path: Path, endings: Mapping[str, str] = ENDINGS) -> str:
    """Return the format that a file's ending asks for; UnknownEnding, with the known ones, otherwise."""
    found = endings.get(path.suffix.casefold())
    if found is None:
        raise UnknownEnding(path=path, known=", ".join(endings))
    return found


def write_file(listing: Listing, output: Output, path: Path, *, force: bool, watch: Watch | None = None) -> int:
    """Write a list to the file at `path`, readable by its owner alone, and return how many rows it has.

    An empty list has its header, where its format has one. A file that is there is refused (FileThere) unless `force`;
    a failed write leaves nothing (FileUnwritable), and neither does a list that no workbook holds (see `xlsx`).
    """
    wanted = output._replace(format=format_of(path), terminal=False)
    if wanted.format != "xlsx":
        from timpora_cli.render import write

        with text_file(path, force=force) as stream:
            return write(listing, wanted, stream)
    with _placed(path, force=force) as scratch:
        return _write_workbook(listing, wanted, scratch, watch)


@contextmanager
def text_file(path: Path, *, force: bool) -> Iterator[TextIO]:
    """Lend the file at `path` to write UTF-8 text into, readable by its owner alone. Raises as `write_file` does."""
    with _placed(path, force=force) as scratch, scratch.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _write_workbook(listing: Listing, output: Output, scratch: Path, watch: Watch | None) -> int:
    from timpora_cli.render.formats.xlsx import write

    arranged = arrange(listing, output)
    write(arranged if watch is None else arranged._replace(rows=_heard(arranged, watch)), scratch)
    return arranged.number


def _heard(arranged: Arranged, watch: Watch) -> Iterator[tuple[Cell, ...]]:
    for written, row in enumerate(arranged.rows, start=1):
        yield row
        watch(written, partial(truediv, written, arranged.number))


def _keep_on_disk(scratch: Path) -> None:
    with scratch.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _placed(path: Path, *, force: bool) -> Iterator[Path]:
    if path.exists() and not force:
        raise FileThere(path=path)
    try:
        with placed(path, over=force) as scratch:
            yield scratch
            _keep_on_disk(scratch)
    except FileExistsError as error:
        raise FileThere(path=path) from error
    except OSError as error:
        raise FileUnwritable(path=path, reason=error.strerror or error) from error
