"""The texts of a workbook. A spreadsheet writes each text once, in a table beside its sheets. Here that table is kept
on the disk, because in memory it would hold nearly the whole sheet.
"""

import tempfile
from array import array
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from openpyxl import Workbook

RECENT = 4096  # texts kept in memory: the words that many rows share
HALVES_OF_CHARACTERS = "surrogatepass"  # kept here, and refused later with the row


class TextsOnDisk:
    """A table of texts by their numbers from 0, in a temporary file that no other program can open."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 `close` closes it
        self._ends = array("Q", [0])
        self._recent: dict[int, str] = {}

    def append(self, text: str) -> None:
        """Add a text at the end."""
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", HALVES_OF_CHARACTERS)))

    def __getitem__(self, place: int) -> str:
        """Return a text. Raises IndexError."""
        if place not in self._recent:
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._file.seek(self._ends[place])
            self._recent[place] = self._file.read(self._ends[place + 1] - self._ends[place]).decode(
                "utf-8", HALVES_OF_CHARACTERS
            )
        return self._recent[place]

    def close(self) -> None:
        """Delete the table."""
        self._file.close()


def workbook_in(file: BinaryIO, texts: TextsOnDisk) -> "Workbook":
    """Return the workbook in `file`, to be read as a stream; its texts go into `texts`. Raises what openpyxl does."""
    from openpyxl.cell.text import Text
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    class Streaming(ExcelReader):
        def read_strings(self) -> None:
            self.shared_strings = cast("list[str]", texts)  # openpyxl only asks it for one text at a time
            part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            if part is None:
                return
            with self.archive.open(part.PartName[1:]) as source:
                parsed = iterparse(source, events=("start", "end"))
                _event, root = next(parsed)
                for event, node in parsed:
                    if (event, node.tag) == ("end", f"{{{SHEET_MAIN_NS}}}si"):
                        text = Text.from_tree(node)
                        texts.append(text.content if text else "")
                        root.clear()

    reader = Streaming(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb
