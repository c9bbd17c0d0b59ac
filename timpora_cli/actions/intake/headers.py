"""Which column of a sheet is which field: by one table of headers (data/headers.csv), or by what the officer says.

A column that nothing is known of is named, never dropped in silence.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from timpora_cli.actions.intake.reader import Sheet
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, fold_name
from timpora_cli.model.terms import one_of

Field = Literal[
    "name", "passport_number", "passport_issued", "passport_expires", "passport_country", "nationality",
    "class", "index", "permit_number", "issued", "valid_from", "expires", "office",
    "sponsor", "sponsor_kind", "purpose", "occupation", "sex", "birthplace", "born",
    "address", "rt", "rw", "village", "district", "regency", "niora", "contact", "arrived", "ignored",
]  # fmt: skip
FIELDS: Mapping[str, Field] = {name: name for name in get_args(Field)}
IDENTIFYING: tuple[Field, ...] = ("passport_number", "niora", "permit_number")
JOINED: Field = "contact"  # telephone, mail and the rest may stand in columns of their own
ALIASES = Path(__file__).parents[2] / "data" / "headers.csv"
IN_BRACKETS = r"\([^)]*\)|\[[^\]]*\]"


class NoNameColumn(Refused):
    """{path} has no column with people's names. Nothing was imported. Its columns: {found}.
    Known headers for it: {known}. Or say which it is, as in: --map "HEADER=name"
    """


class NobodyToTell(Refused):
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
    """What a known header means: a field, and the class of permit that it speaks of, as "No. KITAS" does."""

    field: Field
    implies: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: where it stands, its header as it is written, and what it means."""

    place: int
    header: str
    meaning: Alias


@dataclass(frozen=True, slots=True)
class Columns:
    """How a sheet is read: its width, the columns that are read, and the headers of those that are not."""

    width: int
    read: tuple[Column, ...]
    ignored: tuple[str, ...]

    def header_of(self, field: Field) -> str:
        """Return the header that stands over `field`, or the field's own name where the sheet has no such column."""
        return next((column.header for column in self.read if column.meaning.field == field), field)


def fold_header(text: str) -> str:
    """Return the form in which two spellings of a header meet: small letters and digits, without what is bracketed."""
    bare = re.sub(IN_BRACKETS, " ", text)
    return "".join(re.findall(r"[^\W_]+", fold_name(bare))) or "".join(re.findall(r"[^\W_]+", fold_name(text)))


@cache
def known_headers() -> Mapping[str, Alias]:
    """Return what every known header means, by its folded form."""
    return {fold_header(row["alias"]): Alias(FIELDS[row["field"]], row["implies"] or None) for row in _rows()}


def matched(sheet: Sheet, mapping: Mapping[str, str]) -> Columns:
    """Return which column of `sheet` is which field; `mapping` (header to field) goes before what is known.

    A field that the officer mapped is read from that column alone. Raises NoNameColumn, NobodyToTell, TwoColumns,
    NoSuchHeader, or UnknownTerm for a field that there is not.
    """
    told = _told(sheet, mapping)
    spoken_for = {field for field in told.values() if field not in {"ignored", JOINED}}
    read: list[Column] = []
    ignored: list[str] = []
    for place, text in enumerate(sheet.header):
        meaning = Alias(told[place]) if place in told else known_headers().get(fold_header(text))
        header = excerpt(text) or _("column {number}").format(number=place + 1)
        if meaning is None or (place not in told and meaning.field in spoken_for):
            ignored.append(header)
        elif meaning.field != "ignored":
            read.append(Column(place, header, meaning))
    _refuse_too_little(sheet, read)
    _refuse_too_much(sheet, read)
    return Columns(len(sheet.header), tuple(read), tuple(ignored))


def _told(sheet: Sheet, mapping: Mapping[str, str]) -> dict[int, Field]:
    """Return the field of each column that the officer named, by its place."""
    told: dict[int, Field] = {}
    for header, word in mapping.items():
        field = FIELDS[one_of(word, FIELDS, _("field"))]
        places = [place for place, text in enumerate(sheet.header) if text.strip() == header.strip()] or [
            place for place, text in enumerate(sheet.header) if fold_header(text) == fold_header(header) != ""
        ]
        if not places:
            raise NoSuchHeader(header=excerpt(header), path=sheet.path, found=_found(sheet))
        told.update(dict.fromkeys(places, field))
    return told


def _refuse_too_little(sheet: Sheet, read: Sequence[Column]) -> None:
    fields = {column.meaning.field for column in read}
    if "name" not in fields:
        raise NoNameColumn(path=sheet.path, found=_found(sheet), known=_known("name"))
    if fields.isdisjoint(IDENTIFYING):
        raise NobodyToTell(path=sheet.path, found=_found(sheet), known=_known(*IDENTIFYING))


def _refuse_too_much(sheet: Sheet, read: Sequence[Column]) -> None:
    for field in FIELDS.values():
        headers = [column.header for column in read if column.meaning.field == field]
        if len(headers) > 1 and field != JOINED:
            raise TwoColumns(path=sheet.path, field=field, found=", ".join(headers), example=headers[0])


def _found(sheet: Sheet) -> str:
    return ", ".join(excerpt(text) for text in sheet.header if text.strip())


def _known(*fields: Field) -> str:
    return ", ".join(row["alias"] for row in _rows() if row["field"] in fields)


def _rows() -> list[dict[str, str]]:
    with ALIASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
