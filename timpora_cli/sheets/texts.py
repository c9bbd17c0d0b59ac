"""The texts of a workbook. A spreadsheet writes each text once, in a table beside its sheets; here that table lies on
the disk, because in memory it would hold nearly all of a sheet of people.
"""

import tempfile
from array import array
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from openpyxl import Workbook

RECENT = 4096  # texts that are at hand: the words that many rows share
SPILT = "surrogatepass"


class TextsOnDisk:
    """A table of texts by their place, in a file that nobody else can open and that goes with it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 it is closed with its table
        self._ends = array("Q", [0])
        self._recent: dict[int, str] = {}

    def append(self, text: str) -> None:
        """Add a text at the end."""
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", SPILT)))

    def __getitem__(self, place: int) -> str:
        """Return a text. Raises IndexError."""
        if place not in self._recent:
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._file.seek(self._ends[place])
            self._recent[place] = self._file.read(self._ends[place + 1] - self._ends[place]).decode("utf-8", SPILT)
        return self._recent[place]

    def close(self) -> None:
        """Take the table away."""
        self._file.close()


def workbook_in(file: BinaryIO, texts: TextsOnDisk) -> "Workbook":
    """Return the workbook in `file`, to be read as a stream, with its texts in `texts`. Raises what openpyxl does."""
    from openpyxl.cell.text import Text
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    class Streaming(ExcelReader):
        def read_strings(self) -> None:
            self.shared_strings = cast("list[str]", texts)  # it is only ever asked for one of them
            part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            if part is None:
                return
            with self.archive.open(part.PartName[1:]) as source:
                parsed = iterparse(source, events=("start", "end"))
                _event, root = next(parsed)
                for event, node in parsed:
                    if (event, node.tag) == ("end", f"{{{SHEET_MAIN_NS}}}si"):
                        found = Text.from_tree(node)
                        texts.append(found.content if found else "")
                        root.clear()

    reader = Streaming(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb
