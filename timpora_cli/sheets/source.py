"""The bytes of a sheet, from a file or a stream (a stream is copied to a temporary file), and the encoding of its text.

The bytes can be read more than once, and their digest identifies the sheet later. The encoding is read from the bytes:
UTF-8 and UTF-16 can be recognised for certain. Other text is read as Windows-1252. A mixture of UTF-8 and Windows-1252
is refused, because part of it would be read wrongly without anybody noticing.
"""

import codecs
import hashlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from timpora_cli.errors import NotFound, Refused

PIECE = 1 << 20
FROM_STREAM = Path("stdin")  # the name of a sheet without a file; the file of its rejects is named after it

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 4096
CHUNK = 1 << 16
WINDOWS = "cp1252"
NOT_UTF8 = "[\udc80-\udcff]"  # a byte that is not UTF-8, as the decoder returns it
BEYOND_ASCII = "[^\x00-\x7f\udc80-\udcff]"
IN_NO_ALPHABET = "[\udc81\udc8d\udc8f\udc90\udc9d]"  # bytes without a character in Windows-1252


class NoSheet(NotFound):
    """There is no file {path}."""


class SheetUnreadable(Refused):
    """{path} cannot be read: {fault}. Nothing was imported."""


class NotText(Refused):
    """{path}, line {line}: this is neither UTF-8 text nor Windows-1252. Nothing was imported.
    Save the sheet as "CSV UTF-8" and import that.
    """


class BrokenText(Refused):
    """{path} is not whole: it begins as {encoding} text and does not go on so. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sheet's bytes, from their beginning: `path` names them, `digest` is their SHA-256 in hexadecimal digits."""

    path: Path
    file: BinaryIO
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by Python's name for it. `assumed` is true where the bytes do not prove it."""

    name: str
    assumed: bool = False


@contextmanager
def bytes_of(path: Path, stream: BinaryIO | None = None) -> Iterator[Source]:
    """Open the file at `path`, or `stream` if it is given, for the time of the block.

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


def encoding_of(source: Source) -> Encoding:
    """Return the encoding of a text. Raises NotText."""
    head = source.file.read(LOOKED_AT)
    source.file.seek(0)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    wide = _utf16(head)
    if wide is not None:
        return Encoding(wide)
    return _utf8_or_windows(source)


def text_of(source: Source, encoding: Encoding) -> io.TextIOWrapper:
    """Return the text of `source` from its beginning, with its line ends as they are."""
    source.file.seek(0)
    return io.TextIOWrapper(source.file, encoding.name, newline="")


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _seekable(file: BinaryIO) -> BinaryIO:
    """Return `file`, or where it can be read only once, a temporary copy that no other program can open."""
    if file.seekable():
        return file
    copy = tempfile.TemporaryFile()  # noqa: SIM115 it is closed with the source
    with file:
        shutil.copyfileobj(file, copy)
    copy.seek(0)
    return copy


def _utf16(head: bytes) -> str | None:
    """Return which UTF-16 a text without a byte order mark is in, or None. In UTF-16 about every second byte is 0."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 < len(head) or not head:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _utf8_or_windows(source: Source) -> Encoding:
    line, bad_line, beyond = 1, None, False
    for text in _decoded(source):
        if not text.isascii():
            beyond = beyond or re.search(BEYOND_ASCII, text) is not None
            bad = re.search(NOT_UTF8, text)
            if bad is not None and bad_line is None:
                bad_line = line + text.count("\n", 0, bad.start())
            if nowhere := re.search(IN_NO_ALPHABET, text):
                raise NotText(path=source.path, line=line + text.count("\n", 0, nowhere.start()))
        line += text.count("\n")
    source.file.seek(0)
    if bad_line is None:
        return Encoding("utf-8")
    if beyond:
        raise NotText(path=source.path, line=bad_line)
    return Encoding(WINDOWS, assumed=True)


def _decoded(source: Source) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    while chunk := source.file.read(CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
