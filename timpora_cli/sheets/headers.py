"""Which column of a sheet is which field: by what its header says (grammar.py), by its neighbours, or by --map.

A column that is not understood is named to the officer; it is never dropped without notice.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, fold_name
from timpora_cli.model.terms import one_of
from timpora_cli.sheets import grammar
from timpora_cli.sheets.grammar import IN_BRACKETS, Saying, understood
from timpora_cli.sheets.heading import FEWEST
from timpora_cli.sheets.naming import fold_header, letters, named, places_of
from timpora_cli.sheets.seal import is_seal
from timpora_cli.sheets.sheet import SERIAL_ZERO, KeyColumns, Sheet

Field = Literal[
    "name", "passport_number", "passport_issued", "passport_expires", "passport_country", "passport_kept",
    "passport_current", "nationality",
    "class", "index", "permit_number", "issued", "valid_from", "expires", "office", "last_report",
    "sponsor", "sponsor_kind", "purpose", "occupation", "sex", "birthplace", "born",
    "address", "rt", "rw", "village", "district", "regency", "niora", "contact", "arrived",
    "birth", "permit", "rt_rw", "name_and_passport", "unlimited", "ignored",
]  # fmt: skip
FIELDS: Mapping[str, Field] = {name: name for name in get_args(Field)}
IDENTIFYING: tuple[Field, ...] = ("passport_number", "niora", "permit_number")
# Several facts in one cell: a place and a day; a class, a number and a last day; two numbers; a name and a number.
# The last one says of a last day that there is none.
COMPOUND: tuple[Field, ...] = ("birth", "permit", "rt_rw", "name_and_passport", "unlimited")
NAMING: tuple[Field, ...] = ("name", "name_and_passport")
TELLING: tuple[Field, ...] = (*IDENTIFYING, "permit", "name_and_passport")
JOINED: Field = "contact"  # telephone, mail and the rest may each have a column
DEFERRING: Field = "address"  # one that says where somebody lives now goes before another

MOST_NAMED = 40  # columns that a refusal lists

Order = Literal["DMY", "MDY", "YMD"]
DATE_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("d", "dd", "tgl", "tg", "tanggal", "hr", "hari", "day"), "D"),
    **dict.fromkeys(("m", "mm", "mmm", "bln", "bl", "bulan", "month"), "M"),
    **dict.fromkeys(("y", "yy", "yyyy", "th", "thn", "tahun", "tttt", "year"), "Y"),
}


class NoNameColumn(Refused):
    """{path} has no column with people's names. Nothing was imported. Its columns: {found}.
    Known headers for it: {known}. Or say which it is, by header, number or letter, as in: --map "B=name"
    """


class NoIdentifyingColumn(Refused):
    """{path} has no column that tells who somebody is. Nothing was imported. Its columns: {found}.
    Known headers for a passport number, a NIORA or a permit number: {known}.
    Or say which it is, by header, number or letter, as in: --map "C=passport_number"
    """


class TwoColumns(Refused):
    """{path} has several columns for the field {field}: {found}. Nothing was imported.
    Say which it is, by its number or letter, as in: --map "{example}={field}"
    """


class NoSuchHeader(WrongUsage):
    """There is no column "{header}" in {path}. Its columns: {found}."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column means: a field, the class of permit that its header names, and what of the header says so."""

    field: Field
    implies: str | None = None
    words: str = ""
    first: bool = False
    """It goes before another column of its field."""
    coded: bool = False
    """It holds the codes of OpenSID: 1 an Indonesian, 2 a foreigner."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its number from 0, its header as written, what it means, the order of days in it."""

    place: int
    header: str
    meaning: Meaning
    dates: Order | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A column that is not read. `known`: it is known not to be needed (a row number). `blank`: it has no header.

    `either` are the fields between which its header leaves a choice.
    """

    place: int
    header: str
    known: bool
    blank: bool
    either: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """How a sheet is read: its width, the columns that are read, and those that are not.

    `remarks` are sentences on columns that were told apart by their neighbours, or that ask for a choice. Days that are
    bare numbers are counted from `zero`.
    """

    width: int
    read: tuple[Column, ...]
    unread: tuple[Unread, ...]
    remarks: tuple[str, ...] = ()
    zero: date = SERIAL_ZERO

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
            frozenset(column.place for column in self.read if column.meaning.field in NAMING),
            frozenset(column.place for column in self.read if column.meaning.field in TELLING),
            frozenset(column.place for column in self.unread if column.known),
            frozenset(column.place for column in self.read if column.meaning.coded),
        )

    def header_of(self, field: Field) -> str:
        """Return the header that stands over `field`, or the field's own name where the sheet has no such column."""
        return next((column.header for column in self.read if column.meaning.field == field), field)


def familiar(cells: Sequence[str], mapping: Mapping[str, str]) -> int:
    """Return how many of `cells` are known headers, if one means the name and another is known too.

    1 where none means the name, but several are known and are most of the cells; else 0.
    """
    mapped = {fold_header(header): FIELDS.get(field.casefold()) for header, field in mapping.items()}
    written = [cell for cell in cells if cell.strip()]
    fields = [(mapped and mapped.get(fold_header(cell))) or understood(cell).field for cell in written]
    known = {field for field in fields if field}
    if not known.isdisjoint(NAMING):
        return len(known) if len(known) >= FEWEST else 0
    return int(len(known) > FEWEST and 2 * len(known) >= len(written))


def matched(sheet: Sheet, mapping: Mapping[str, str]) -> Columns:
    """Return which column of `sheet` is which field. `mapping` (a column to a field) is stronger than the headers.

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
    sayings = {place: understood(text) for place, text in enumerate(sheet.header) if place not in mapped}
    sayings = {place: saying for place, saying in sayings.items() if saying.field not in taken}
    beside = _told_apart(sayings, sheet.header)
    read: list[Column] = []
    unread: list[Unread] = []
    for place, text in enumerate(sheet.header):
        saying = beside.get(place, sayings.get(place, grammar.NOTHING))
        meaning = Meaning(mapped[place], words="--map") if place in mapped else _meaning(saying)
        header = excerpt(text) or _("column {number}").format(number=place + 1)
        if is_seal(text) or (meaning is not None and meaning.field == "ignored"):
            unread.append(Unread(place, header, known=True, blank=False))
        elif meaning is None:
            unread.append(Unread(place, header, known=False, blank=not text.strip(), either=saying.either))
        else:
            read.append(Column(place, header, meaning, date_order(text)))
    return Columns(len(sheet.header), tuple(read), tuple(unread), tuple(_remarks(read, unread, beside)), sheet.zero)


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


def guess(column: Unread) -> str | None:
    """Return the fields that an unknown column may be: by its choices, or by the nearest known words."""
    if column.either:
        return ", ".join(column.either)
    near = grammar.guess(column.header)
    return None if near.field in {None, "", "ignored"} else near.field


def _meaning(saying: Saying) -> Meaning | None:
    if not saying.field:
        return None
    words = ", ".join(word for word, meanings in saying.words if meanings)
    return Meaning(FIELDS[saying.field], saying.implies, words, "now" in saying.meanings, "id" in saying.meanings)


def _told_apart(sayings: Mapping[int, Saying], header: Sequence[str]) -> dict[int, Saying]:
    """Return what columns mean whose field another column has too, by the document that a column left of them names.

    Nothing where that leaves two columns with one field: then the officer is asked.
    """
    counts = Counter(saying.field for saying in sayings.values())
    beside: dict[int, Saying] = {}
    for place, saying in sayings.items():
        if saying.field in {None, "", "ignored", JOINED} or saying.owner or counts[saying.field] < 2:
            continue
        left = next((left for left in range(place - 1, -1, -1) if left in sayings and sayings[left].owner), None)
        if left is not None:
            told = grammar.combined([*saying.words, (fold_name(header[left]), sayings[left].owner)])
            beside.update({place: told} if told.field else {})
    fields = Counter(beside.get(place, saying).field for place, saying in sayings.items())
    return beside if all(fields[saying.field] == 1 for saying in beside.values()) else {}


def _remarks(read: Sequence[Column], unread: Sequence[Unread], beside: Mapping[int, Saying]) -> list[str]:
    apart = _("Column {column} is read as {field}, by the columns before it.")
    asks = _('Column {column} may be {fields}, and is not imported. Say which, as in: --map "{letter}={field}"')
    return [
        apart.format(column=named(column.place, column.header), field=column.meaning.field)
        for column in read
        if column.place in beside
    ] + [
        asks.format(
            column=named(column.place, column.header),
            fields=_(" or ").join(column.either),
            letter=letters(column.place),
            field=column.either[0],
        )
        for column in unread
        if column.either
    ]


def _mapped(sheet: Sheet, mapping: Mapping[str, str]) -> dict[int, Field]:
    """Return the field of each column that the officer mapped, by its number from 0."""
    mapped: dict[int, Field] = {}
    for column, word in mapping.items():
        field = FIELDS[one_of(word, FIELDS, _("field"))]
        places = places_of(sheet.header, column)
        if not places:
            raise NoSuchHeader(header=excerpt(column), path=sheet.path, found=_headers(sheet))
        mapped.update(dict.fromkeys(places, field))
    return mapped


def _refuse_too_little(sheet: Sheet, read: Sequence[Column]) -> None:
    fields = {column.meaning.field for column in read}
    if fields.isdisjoint(NAMING):
        raise NoNameColumn(path=sheet.path, found=_headers(sheet), known=grammar.examples("name"))
    if fields.isdisjoint(TELLING):
        raise NoIdentifyingColumn(path=sheet.path, found=_headers(sheet), known=grammar.examples(*IDENTIFYING))


def _refuse_too_much(sheet: Sheet, read: Sequence[Column]) -> None:
    for field in FIELDS.values():
        columns = [column for column in read if column.meaning.field == field]
        first = [column for column in columns if column.meaning.first]
        if len(columns) > 1 and field != JOINED and not (field == DEFERRING and (len(first), len(columns)) == (1, 2)):
            found = ", ".join(named(column.place, column.header) for column in columns)
            raise TwoColumns(path=sheet.path, field=field, found=found, example=letters(columns[0].place))


def _headers(sheet: Sheet) -> str:
    found = [named(place, excerpt(text)) for place, text in enumerate(sheet.header) if text.strip()]
    return ", ".join([*found[:MOST_NAMED], *(["..."] if len(found) > MOST_NAMED else [])]) or "-"
