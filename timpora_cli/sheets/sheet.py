"""A sheet, whatever file it came in: a header, and one row at a time below it. And which rows are not people.

A sheet made for print has other rows too: titles above the header, a row of column numbers below it, totals, and
signatures at the end. Each such row is counted and named to the officer, so that no row disappears without notice.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, zip_longest
from pathlib import Path
from typing import Literal

from timpora_cli.errors import Refused
from timpora_cli.language import _

SERIAL_ZERO = date(1899, 12, 30)  # the day from which most spreadsheets count
NO_VALUE = "#FORMULA "  # before the name of a cell, in place of the value that a workbook does not hold
CITIZEN, FOREIGNER = "1", "2"  # the codes of OpenSID: WNI and WNA
EMPTY = frozenset({"", "-", "--", "–", "—", "nihil", "n/a"})

LONGEST_EMPTY = max(map(len, EMPTY))

LineIs = Literal["numbering", "header", "number", "total", "closing", "citizen"]

LONGEST_CLOSING = 30  # rows of signatures; a longer stretch is taken for people with wrong entries
MOST_CELLS = 4  # in a row of signatures
NAMED = 12  # stretches of rows that are named one by one

TOTAL = r"(?:sub ?|grand ?)?(?:jumlah|jml|total)\b.*"
ROW_NUMBER = r"[0-9]{1,6}[.)]?"
FIGURE = r"[:=()]*[0-9][0-9.,]*%?|[0-9.,]+ ?(?:orang|org|people)\.?|[:=]|orang|org"
CLOSING = (
    r"(?:mengetahui|diketahui|menyetujui|disetujui|disahkan|mengesahkan|dibuat|disusun|diperiksa|dilaporkan|penanggung|"
    r"a\.? ?n\.?|u\.? ?b\.?|plt|plh|pj|kepala|camat|lurah|kades|sekretaris|sekcam|kasi|kasubsi|kaur|ketua|petugas|"
    r"operator|pejabat|pembuat|ttd|tanda tangan|nip|nrp|keterangan|catatan|sumber|dicetak)(?![^\W_]).*"
)
PLACE_AND_DAY = (
    r"[^\W\d_][^\d,]{1,40}, ?(?:tgl\.? |tanggal )?[._… ]*(?:[0-9]{1,2})?[ ./_…-]*(?:[^\W\d_]+|[0-9]{1,2})?[ ./_…-]*"
    r"(?:19|20)[0-9]{2}"
)

# What stands under the header of names in a row that is not of people; a name that is none of these tells people.
NO_NAME = re.compile("|".join((TOTAL, ROW_NUMBER, FIGURE, CLOSING, PLACE_AND_DAY)), re.IGNORECASE)


class BadCell(Refused):
    """{fault}"""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its line in the file (its number in a workbook's sheet or in json), and the cells as written there."""

    line: int
    cells: tuple[str, ...] = field(repr=False)


def _unknown() -> float | None:
    return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is being read: its header, and the rows below it, which can be read once. Blank rows are left out.

    `digest` is the SHA-256 of the file, `remarks` are sentences on how it was read, and `done` returns which part of it
    has been read so far (0 to 1, None where that is not known). Days that are bare numbers are counted from `zero`.
    """

    path: Path
    header: tuple[str, ...]
    rows: Iterator[SheetRow]
    digest: str = ""
    remarks: tuple[str, ...] = ()
    done: Callable[[], float | None] = _unknown
    zero: date = SERIAL_ZERO
    titles: tuple[str, ...] = ()
    """The lines above the header."""


def tidy(cell: str, free_text: bool) -> str:
    """Return a cell without blanks around it and without a spreadsheet's apostrophe for text; '' where empty.

    In free text an apostrophe before a small letter stays: it is the beginning of a name, as in 't Hooft.
    """
    text = " ".join(cell.split())
    if text[:1] == "'" and not (free_text and text[1:2].islower()):
        text = text[1:].lstrip()
    return "" if len(text) <= LONGEST_EMPTY and text.casefold() in EMPTY else text


def is_blank(cells: Iterable[str]) -> bool:
    """Return whether nothing is written in any of the cells."""
    return not any(cell and not cell.isspace() for cell in cells)


@dataclass(frozen=True, slots=True)
class KeyColumns:
    """The columns, counted from 0, by which a row of people is recognised.

    `names` hold people's names, `identifying` the numbers of their documents, `counting` the row's own number.
    `coded` hold the codes of OpenSID for a citizenship: the export of a village has a row for everybody.
    """

    header: tuple[str, ...]
    names: frozenset[int]
    identifying: frozenset[int]
    counting: frozenset[int]
    coded: frozenset[int] = frozenset()


@dataclass(slots=True)
class PassedOver:
    """The rows that were not people: how many of each kind, and the first stretches of them."""

    counts: Counter[LineIs] = field(default_factory=Counter)
    stretches: list[tuple[LineIs, int, int]] = field(default_factory=list)

    def note(self, kind: LineIs, line: int) -> None:
        """Count one row. Those of Indonesians are many in the list of a village, and are counted alone."""
        self.counts[kind] += 1
        if kind == "citizen":
            return
        if (
            self.stretches
            and self.stretches[-1][0] == kind
            and (kind == "closing" or self.stretches[-1][2] + 1 == line)
        ):
            self.stretches[-1] = (kind, self.stretches[-1][1], line)
        elif len(self.stretches) < NAMED:
            self.stretches.append((kind, line, line))

    def described(self) -> str:
        """Return, in a phrase, which rows were passed over and what they were taken for."""
        words: dict[LineIs, str] = {
            "numbering": _("column numbers"),
            "header": _("the header again"),
            "number": _("a row number and nothing else"),
            "total": _("a total"),
            "closing": _("signatures and notes at the end"),
        }
        phrases = []
        for kind, first, last in self.stretches:
            lines = str(first) if first == last else f"{first}-{last}"
            phrases.append(_("line {lines} ({what})").format(lines=lines, what=words[kind]))
        return ", ".join(phrases) + (", ..." if len(self.stretches) == NAMED else "")


def people_only(rows: Iterable[SheetRow], columns: KeyColumns, passed: PassedOver) -> Iterator[SheetRow]:
    """Yield the rows that may be people; the others are counted in `passed`.

    Rows are signatures only at the end of a sheet. If people follow them, all rows are yielded, and the import refuses
    those that are not people, with its reasons.
    """
    held: list[SheetRow] = []
    for number, row in enumerate(rows):
        if held and (len(held) == LONGEST_CLOSING or _identifies_somebody(row, columns)):
            yield from held
            held = []
        kind = _kind(row, columns, directly_below=number == 0)
        if held or kind == "closing":
            held.append(row)
        elif kind:
            passed.note(kind, row.line)
        else:
            yield row
    for row in held:
        passed.note("closing", row.line)


def _kind(row: SheetRow, columns: KeyColumns, *, directly_below: bool) -> LineIs | None:
    """Return what a row is that is not people. Most rows are people, and their name tells that."""
    if directly_below and _is_numbering(_texts(row.cells)):
        return "numbering"
    if any(tidy(row.cells[at], free_text=True) == CITIZEN for at in columns.coded if at < len(row.cells)):
        return "citizen"
    named = any(_is_name(row.cells[at], columns.header[at]) for at in columns.names if at < len(row.cells))
    return None if named else _nobody(row, columns)


def _nobody(row: SheetRow, columns: KeyColumns) -> LineIs | None:
    """Return what a row is that is not people, where no name says that it is."""
    others = (cell for at, cell in enumerate(row.cells) if at not in columns.counting)
    if next(_texts(others), None) is None and all(_matches(ROW_NUMBER, text) for text in _texts(row.cells)):
        return "number"
    if _is_header(row.cells, columns.header):
        return "header"
    if _is_total(_texts(row.cells)):
        return "total"
    few = len(list(islice(_texts(row.cells), MOST_CELLS + 1))) <= MOST_CELLS
    return "closing" if few and _closes(row.cells, columns) else None


def _is_name(cell: str, header: str) -> bool:
    name = tidy(cell, free_text=True)
    return bool(name) and not _is_header([name], [header]) and NO_NAME.fullmatch(name.strip("()")) is None


def _texts(cells: Iterable[str]) -> Iterator[str]:
    """Yield what is written in the cells, those that are blank left out."""
    return (text for cell in cells if (text := tidy(cell, free_text=True)))


def _is_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    pairs = zip_longest(cells, header, fillvalue="")
    return all(" ".join(cell.casefold().split()) == " ".join(text.casefold().split()) for cell, text in pairs)


def _is_numbering(texts: Iterable[str]) -> bool:
    numbers = [text.strip("().") for text in texts]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _is_total(texts: Iterator[str]) -> bool:
    return _matches(TOTAL, next(texts, "")) and all(_matches(FIGURE, text) for text in texts)


def _closes(cells: Sequence[str], columns: KeyColumns) -> bool:
    """Return whether a row begins the signatures at the end: no name, no number of a document, and words of signing."""
    written = {at: text for at, cell in enumerate(cells) if (text := tidy(cell, free_text=True))}
    if any(at in columns.names and not _is_of_signing(text) for at, text in written.items()):
        return False
    if any(_is_number(at, text, columns) for at, text in written.items()):
        return False
    return any(_is_of_signing(text) for text in written.values())


def _identifies_somebody(row: SheetRow, columns: KeyColumns) -> bool:
    return any(_is_number(at, cell, columns) for at, cell in enumerate(row.cells))


def _is_number(at: int, cell: str, columns: KeyColumns) -> bool:
    text = tidy(cell, free_text=True)
    return at in columns.identifying and any(map(str.isdigit, text)) and not _is_of_signing(text)


def _is_of_signing(text: str) -> bool:
    return _matches(CLOSING, text) or _matches(PLACE_AND_DAY, text)


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text.strip("()"), re.IGNORECASE) is not None
