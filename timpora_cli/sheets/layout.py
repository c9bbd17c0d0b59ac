"""What stands around the people in a sheet made for print: title lines above the header, a row of column numbers under
it, totals, and the signatures at the end. None of it is a person; each such row is counted and named, never just gone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal

from timpora_cli.language import _
from timpora_cli.sheets.sheet import SheetRow, tidy

Kind = Literal["numbering", "header", "number", "total", "closing"]

LOOKED_THROUGH = 30  # rows among which a header is looked for
LONGEST_CLOSING = 30  # rows of signatures; what is longer is taken for people who are wrongly entered
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


@dataclass(frozen=True, slots=True)
class Framed:
    """A header, how many title lines stand above it, and the rows below it."""

    header: SheetRow
    above: int
    below: Iterator[SheetRow]


def framed(rows: Iterator[SheetRow], familiar: Callable[[Sequence[str]], int]) -> tuple[Framed | None, bool]:
    """Return a sheet by its header, and whether that is known by its words.

    It is the first of the leading rows that `familiar` finds known headers in; where there is none, the first row, so
    that a refusal can name what stands there. None where there is no row at all.
    """
    leading = list(islice(rows, LOOKED_THROUGH))
    if not leading:
        return None, False
    place = next((place for place, row in enumerate(leading) if familiar(row.cells)), None)
    at = place or 0
    return Framed(leading[at], at, chain(leading[at + 1 :], rows)), place is not None


@dataclass(frozen=True, slots=True)
class Places:
    """Where in a row the layout looks: at people's names, at the numbers that tell them apart, at row numbers."""

    header: tuple[str, ...]
    names: frozenset[int]
    telling: frozenset[int]
    counting: frozenset[int]


@dataclass(slots=True)
class PassedOver:
    """The rows that were no people: how many of each kind, and the first stretches of them."""

    counts: Counter[Kind] = field(default_factory=Counter)
    stretches: list[tuple[Kind, int, int]] = field(default_factory=list)

    def note(self, kind: Kind, line: int) -> None:
        """Count one row."""
        self.counts[kind] += 1
        if (
            self.stretches
            and self.stretches[-1][0] == kind
            and (kind == "closing" or self.stretches[-1][2] + 1 == line)
        ):
            self.stretches[-1] = (kind, self.stretches[-1][1], line)
        elif len(self.stretches) < NAMED:
            self.stretches.append((kind, line, line))

    def described(self) -> str:
        """Return, in a phrase, which rows were passed over and for what they were taken."""
        words: dict[Kind, str] = {
            "numbering": _("column numbers"),
            "header": _("the header again"),
            "number": _("a row number and nothing else"),
            "total": _("a total"),
            "closing": _("signatures and notes at the end"),
        }
        said = []
        for kind, first, last in self.stretches:
            lines = str(first) if first == last else f"{first}-{last}"
            said.append(_("line {lines} ({what})").format(lines=lines, what=words[kind]))
        return ", ".join(said) + (", ..." if len(self.stretches) == NAMED else "")


def people_only(rows: Iterable[SheetRow], places: Places, passed: PassedOver) -> Iterator[SheetRow]:
    """Yield the rows that may be people; the others are noted in `passed`.

    Signatures are such only at the end: if people follow, all rows are yielded, to be refused with their reasons.
    """
    held: list[SheetRow] = []
    for place, row in enumerate(rows):
        if held and (len(held) == LONGEST_CLOSING or _tells_somebody(row, places)):
            yield from held
            held = []
        kind = _kind(row, places, directly_below=place == 0)
        if held or kind == "closing":
            held.append(row)
        elif kind:
            passed.note(kind, row.line)
        else:
            yield row
    for row in held:
        passed.note("closing", row.line)


def _kind(row: SheetRow, places: Places, *, directly_below: bool) -> Kind | None:
    written = {place: text for place, cell in enumerate(row.cells) if (text := tidy(cell, free_text=True))}
    texts = list(written.values())
    if directly_below and _is_numbering(texts):
        return "numbering"
    if written.keys() <= places.counting and all(_matches(ROW_NUMBER, text) for text in texts):
        return "number"
    if _folded(row.cells) == _folded(places.header):
        return "header"
    if _is_total(texts):
        return "total"
    return "closing" if len(texts) <= MOST_CELLS and _closes(written, places) else None


def _is_numbering(texts: Sequence[str]) -> bool:
    numbers = [text.strip("().") for text in texts]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _is_total(texts: Sequence[str]) -> bool:
    first, *others = texts or [""]
    return _matches(TOTAL, first) and all(_matches(FIGURE, text) for text in others)


def _closes(written: dict[int, str], places: Places) -> bool:
    """Return whether a row begins the signatures at the end: it names and tells nobody, and speaks as they do."""
    if any(place in places.names and not _speaks_of_signing(text) for place, text in written.items()):
        return False
    if any(_is_number(place, text, places) for place, text in written.items()):
        return False
    return any(_speaks_of_signing(text) for text in written.values())


def _tells_somebody(row: SheetRow, places: Places) -> bool:
    return any(_is_number(place, cell, places) for place, cell in enumerate(row.cells))


def _is_number(place: int, cell: str, places: Places) -> bool:
    text = tidy(cell, free_text=True)
    return place in places.telling and any(map(str.isdigit, text)) and not _speaks_of_signing(text)


def _speaks_of_signing(text: str) -> bool:
    return _matches(CLOSING, text) or _matches(PLACE_AND_DAY, text)


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text.strip("()"), re.IGNORECASE) is not None


def _folded(cells: Sequence[str]) -> tuple[str, ...]:
    folded = [" ".join(cell.casefold().split()) for cell in cells]
    while folded and not folded[-1]:
        del folded[-1]
    return tuple(folded)
