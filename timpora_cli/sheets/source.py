"""The bytes that a sheet comes in: a file, or a stream that is kept in a file of its own for as long as it is read.

They can be read more than once, and their digest says afterwards which sheet it was. What they mean is not known here.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from timpora_cli.errors import NotFound, Refused

PIECE = 1 << 20
FROM_STREAM = Path("stdin")  # the name that a sheet without a file goes by, and its rejects with it


class NoSheet(NotFound):
    """There is no file {path}."""


class SheetUnreadable(Refused):
    """{path} cannot be read: {fault}. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sheet's bytes, from their beginning: `path` names them, `digest` is their SHA-256 in hexadecimal digits."""

    path: Path
    file: BinaryIO
    size: int
    digest: str


@contextmanager
def opened(path: Path, stream: BinaryIO | None = None) -> Iterator[Source]:
    """Open the file at `path`, or else what comes from `stream`, for the time of the block.

    Raises NoSheet or SheetUnreadable.
    """
    name = path if stream is None else FROM_STREAM
    try:
        file = _seekable(path.open("rb") if stream is None else stream)
    except FileNotFoundError as error:
        raise NoSheet(path=path) from error
    except OSError as error:
        raise SheetUnreadable(path=name, fault=error.strerror) from error
    with file:
        try:
            digest = _digest(file)
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
        except OSError as error:
            raise SheetUnreadable(path=name, fault=error.strerror) from error
        yield Source(name, file, size, digest)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _seekable(file: BinaryIO) -> BinaryIO:
    """Return `file`, or a copy of it that nobody else can open, where it can be read only once."""
    if file.seekable():
        return file
    kept = tempfile.TemporaryFile()  # noqa: SIM115 it is closed with the source
    with file:
        shutil.copyfileobj(file, kept)
    kept.seek(0)
    return kept
