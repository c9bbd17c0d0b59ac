"""Bytes into text: which encoding a sheet is in, told from its bytes alone. UTF-8 and UTF-16 prove themselves; what is
neither is taken for Windows-1252, and a mixture is refused, because it would be read wrongly in silence.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from timpora_cli.errors import Refused
from timpora_cli.sheets.source import Source

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 4096
CHUNK = 1 << 16
WINDOWS = "cp1252"
NOT_UTF8 = "[\udc80-\udcff]"  # a byte that is no UTF-8, as the decoder hands it on
BEYOND_ASCII = "[^\x00-\x7f\udc80-\udcff]"
IN_NO_ALPHABET = "[\udc81\udc8d\udc8f\udc90\udc9d]"  # bytes without a character in Windows-1252


class NotText(Refused):
    """{path}, line {line}: this is neither UTF-8 text nor Windows-1252. Nothing was imported.
    Save the sheet as "CSV UTF-8" and import that.
    """


class BrokenText(Refused):
    """{path} is not whole: it begins as {encoding} text and does not go on so. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by Python's name for it; `assumed` where the bytes only do not say otherwise."""

    name: str
    assumed: bool = False


def encoding_of(source: Source) -> Encoding:
    """Return the encoding of a text. Raises NotText."""
    head = source.file.read(LOOKED_AT)
    source.file.seek(0)
    for mark, name in MARKS:
        if head.startswith(mark):
            return Encoding(name)
    wide = _wide(head)
    if wide is not None:
        return Encoding(wide)
    return _utf8_or_windows(source)


def opened(source: Source, encoding: Encoding) -> io.TextIOWrapper:
    """Return the text of `source` from its beginning, with its line ends as they are."""
    source.file.seek(0)
    return io.TextIOWrapper(source.file, encoding.name, newline="")


def _wide(head: bytes) -> str | None:
    """Return which UTF-16 it is without its mark: every second byte of the usual letters and digits is then zero."""
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
