"""The columns of an export that an import takes in again."""

from collections.abc import Iterable
from datetime import date

from timpora_cli.model.terms import SPONSOR_KINDS
from timpora_cli.render.answer import Cell, Column, Kind, Listing
from timpora_cli.render.answers.people import PURPOSE_WORDS, SEX_WORDS

IMPORT = (
    Column("name", "Name", always=True),
    Column("nationality", "Nationality", always=True),
    Column("sex", "Sex", codes=tuple(SEX_WORDS)),
    Column("born", "Born", Kind.DATE),
    Column("birthplace", "Birthplace"),
    Column("passport_number", "Passport", Kind.REFERENCE, secret=True),
    Column("passport_country", "Passport country"),
    Column("passport_issued", "Passport issued", Kind.DATE),
    Column("passport_expires", "Passport expires", Kind.DATE),
    Column("niora", "NIORA", Kind.REFERENCE, secret=True),
    Column("purpose", "Purpose", codes=tuple(PURPOSE_WORDS)),
    Column("occupation", "Occupation"),
    Column("contact", "Contact"),
    Column("sponsor", "Sponsor"),
    Column("sponsor_kind", "Sponsor kind", codes=tuple(kind.code for kind in SPONSOR_KINDS)),
    Column("arrived", "Arrived", Kind.DATE),
    Column("village", "Village", says="the code"),
    Column("district", "District", says="the code, where the village is not known"),
    Column("address", "Address"),
    Column("rt", "RT"),
    Column("rw", "RW"),
    Column("class", "Class", Kind.CLASS),
    Column("index", "Index"),
    Column("permit_number", "Permit no.", Kind.REFERENCE, secret=True),
    Column("issued", "Issued", Kind.DATE),
    Column("valid_from", "Valid from", Kind.DATE),
    Column("expires", "Expires", Kind.DATE),
    Column("office", "Office"),
)
Stored = tuple[str | None, ...]


def for_import(rows: Iterable[Stored]) -> Listing:
    """Return the export that an import takes in again: a row for each grant, with all of the person on each."""
    return Listing(IMPORT, [_row(row) for row in rows])


def _row(row: Stored) -> tuple[Cell, ...]:
    return tuple(_cell(column.kind, value) for column, value in zip(IMPORT, row, strict=True))


def _cell(kind: Kind, value: str | None) -> Cell:
    if value is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    # An import takes off the apostrophe with which a spreadsheet marks a text: a name's own has to be behind another.
    return f"'{value}" if value.startswith("'") else value
