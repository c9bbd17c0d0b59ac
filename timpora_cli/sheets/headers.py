"""Which column of a sheet is which field: by one table of headers (data/headers.csv), or by --map.

A column with an unknown header is named to the officer; it is never dropped without notice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from timpora_cli import data
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, fold_name
from timpora_cli.model.terms import one_of
from timpora_cli.sheets.sheet import KeyColumns, Sheet

Field = Literal[
    "name", "passport_number", "passport_issued", "passport_expires", "passport_country", "passport_kept",
    "passport_current", "nationality",
    "class", "index", "permit_number", "issued", "valid_from", "expires", "office", "last_report",
    "sponsor", "sponsor_kind", "purpose", "occupation", "sex", "birthplace", "born",
    "address", "rt", "rw", "village", "district", "regency", "niora", "contact", "arrived",
    "birth", "permit", "rt_rw", "unlimited", "ignored",
]  # fmt: skip
FIELDS: Mapping[str, Field] = {name: name for name in get_args(Field)}
IDENTIFYING: tuple[Field, ...] = ("passport_number", "niora", "permit_number")
# Several facts in one cell: a place and a day; a class, a number and a last day; two numbers.
# The last one says of a last day that there is none.
COMPOUND: tuple[Field, ...] = ("birth", "permit", "rt_rw", "unlimited")
JOINED: Field = "contact"  # telephone, mail and the rest may each have a column
ALIASES = "headers.csv"
IN_BRACKETS = r"\([^)]*\)|\[[^\]]*\]"
BY_PLACE = r"(?:column|kolom)([0-9]{1,4})"
NEAR = 0.8  # how much alike an unknown header and a known one are, for a guess

Order = Literal["DMY", "MDY", "YMD"]
DATE_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("d", "dd", "tgl", "tg", "tanggal", "hr", "hari", "day"), "D"),
    **dict.fromkeys(("m", "mm", "mmm", "bln", "bl", "bulan", "month"), "M"),
    **dict.fromkeys(("y", "yy", "yyyy", "th", "thn", "tahun", "tttt", "year"), "Y"),
}


class NoNameColumn(Refused):
    """{path} has no column with people's names. Nothing was imported. Its columns: {found}.
    Known headers for it: {known}. Or say which it is, as in: --map "HEADER=name"
    """


class NoIdentifyingColumn(Refused):
    """{path} has no column that tells who somebody is. Nothing was imported. Its columns: {found}.
    Known headers for a passport number, a NIORA or a permit number: {known}.
    Or say which it is, as in: --map "HEADER=passport_number"
    """


class TwoColumns(Refused):
    """{path} has several columns for the field {field}: {found}. Nothing was imported.
    Say which it is, as in: --map "{example}={field}"
    """


class NoSuchHeader(WrongUsage):
    """There is no column "{header}" in {path}. Its columns: {found}."""


@dataclass(frozen=True, slots=True)
class Alias:
    """What a known header means: a field, and the class of permit that it names, as "No. KITAS" does."""

    field: Field
    implies: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its number from 0, its header as written, what it means, the order of days in it."""

    place: int
    header: str
    meaning: Alias
    dates: Order | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A column that is not read. `known`: it is known not to be needed (a row number). `blank`: it has no header."""

    place: int
    header: str
    known: bool
    blank: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """How a sheet is read: its width, the columns that are read, and those that are not."""

    width: int
    read: tuple[Column, ...]
    unread: tuple[Unread, ...]

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headers of the columns of which nothing is known."""
        return tuple(column.header for column in self.unread if not column.known)

    @property
    def without_header(self) -> dict[int, str]:
        """The columns that have no header, by their numbers. Most of them are blank in all rows."""
        return {column.place: column.header for column in self.unread if column.blank}

    def key_columns(self, header: Sequence[str]) -> KeyColumns:
        """Return the columns by which a row of people is recognised."""
        return KeyColumns(
            tuple(header),
            frozenset(column.place for column in self.read if column.meaning.field == "name"),
            frozenset(column.place for column in self.read if column.meaning.field in {*IDENTIFYING, "permit"}),
            frozenset(column.place for column in self.unread if column.known),
        )

    def header_of(self, field: Field) -> str:
        """Return the header that stands over `field`, or the field's own name where the sheet has no such column."""
        return next((column.header for column in self.read if column.meaning.field == field), field)


def fold_header(text: str) -> str:
    """Return the common form of a header's spellings: small letters and digits, without what stands in brackets."""
    bare = re.sub(IN_BRACKETS, " ", text)
    return "".join(re.findall(r"[^\W_]+", fold_name(bare))) or "".join(re.findall(r"[^\W_]+", fold_name(text)))


@cache
def known_headers() -> Mapping[str, Alias]:
    """Return what every known header means, by its folded form."""
    return {
        fold_header(row["alias"]): Alias(FIELDS[row["field"]], row["implies"] or None) for row in data.rows(ALIASES)
    }


def familiar(cells: Sequence[str], mapping: Mapping[str, str]) -> int:
    """Return how many of `cells` are known headers; 0 unless one means the name and at least one other is known."""
    mapped = {fold_header(header): FIELDS.get(field.casefold()) for header, field in mapping.items()}
    known = known_headers()
    fields = [
        mapped[fold] if fold in mapped else known[fold].field
        for fold in map(fold_header, cells)
        if fold in known or fold in mapped
    ]
    return len(fields) if "name" in fields and len(fields) > 1 else 0


def matched(sheet: Sheet, mapping: Mapping[str, str]) -> Columns:
    """Return which column of `sheet` is which field. `mapping` (header to field) is stronger than the table.

    A field that the officer mapped is read from that column alone. Raises NoNameColumn, NoIdentifyingColumn,
    TwoColumns, NoSuchHeader, or UnknownTerm for an unknown field.
    """
    columns = assigned(sheet, mapping)
    _refuse_too_little(sheet, columns.read)
    _refuse_too_much(sheet, columns.read)
    return columns


def assigned(sheet: Sheet, mapping: Mapping[str, str]) -> Columns:
    """Return what `matched` does, also where columns are missing or doubled."""
    mapped = _mapped(sheet, mapping)
    taken = {field for field in mapped.values() if field not in {"ignored", JOINED}}
    read: list[Column] = []
    unread: list[Unread] = []
    for place, text in enumerate(sheet.header):
        meaning = Alias(mapped[place]) if place in mapped else known_headers().get(fold_header(text))
        header = excerpt(text) or _("column {number}").format(number=place + 1)
        if meaning is None or (place not in mapped and meaning.field in taken):
            unread.append(Unread(place, header, known=False, blank=not text.strip()))
        elif meaning.field == "ignored":
            unread.append(Unread(place, header, known=True, blank=False))
        else:
            read.append(Column(place, header, meaning, date_order(text)))
    return Columns(len(sheet.header), tuple(read), tuple(unread))


def date_order(header: str) -> Order | None:
    """Return the order of day, month and year that a header announces in brackets, as "(tgl/bln/thn)" does, or None."""
    for bracketed in re.findall(IN_BRACKETS, header):
        words = re.findall(r"[^\W\d_]+", bracketed.casefold())
        if len(words) == 1:
            words = re.findall(r"d+|m+|y+", words[0]) if set(words[0]) <= set("dmy") else words
        order = "".join(DATE_WORDS.get(word, "?") for word in words)
        if order in get_args(Order):
            return cast("Order", order)
    return None


def guess(header: str) -> Field | None:
    """Return the field whose known headers an unknown one is most like, or None."""
    from difflib import get_close_matches

    near = get_close_matches(fold_header(header), known_headers(), n=1, cutoff=NEAR)
    field = known_headers()[near[0]].field if near else None
    return None if field == "ignored" else field


def _mapped(sheet: Sheet, mapping: Mapping[str, str]) -> dict[int, Field]:
    """Return the field of each column that the officer mapped, by its number from 0. "column 3" names the third."""
    mapped: dict[int, Field] = {}
    for header, word in mapping.items():
        field = FIELDS[one_of(word, FIELDS, _("field"))]
        fold = fold_header(header)
        places = [place for place, text in enumerate(sheet.header) if text.strip() == header.strip()] or [
            place for place, text in enumerate(sheet.header) if fold_header(text) == fold != ""
        ]
        counted = re.fullmatch(BY_PLACE, fold)
        if not places and counted and 0 < int(counted[1]) <= len(sheet.header):
            places = [int(counted[1]) - 1]
        if not places:
            raise NoSuchHeader(header=excerpt(header), path=sheet.path, found=_headers(sheet))
        mapped.update(dict.fromkeys(places, field))
    return mapped


def _refuse_too_little(sheet: Sheet, read: Sequence[Column]) -> None:
    fields = {column.meaning.field for column in read}
    if "name" not in fields:
        raise NoNameColumn(path=sheet.path, found=_headers(sheet), known=_known("name"))
    if fields.isdisjoint((*IDENTIFYING, "permit")):
        raise NoIdentifyingColumn(path=sheet.path, found=_headers(sheet), known=_known(*IDENTIFYING))


def _refuse_too_much(sheet: Sheet, read: Sequence[Column]) -> None:
    for field in FIELDS.values():
        headers = [column.header for column in read if column.meaning.field == field]
        if len(headers) > 1 and field != JOINED:
            raise TwoColumns(path=sheet.path, field=field, found=", ".join(headers), example=headers[0])


def _headers(sheet: Sheet) -> str:
    return ", ".join(excerpt(text) for text in sheet.header if text.strip()) or "-"


def _known(*fields: Field) -> str:
    return ", ".join(row["alias"] for row in data.rows(ALIASES) if row["field"] in fields)
