"""The layout of an export that an import reads again, and the list that shows how a sheet would be read."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from timpora_cli.model.dates import UNLIMITED
from timpora_cli.model.terms import SPONSOR_KINDS
from timpora_cli.render.answer import Cell, Column, Kind, Table
from timpora_cli.render.answers.people import PURPOSE_WORDS, SEX_WORDS

Facts = Mapping[str, str | None]
"""What is stored of one person and one grant, by the name of the field that an import reads it to."""


def _cell(kind: Kind, value: str | None) -> Cell:
    if value is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    # An import removes one apostrophe before a text, as a spreadsheet writes it: a name's own needs another before it.
    return f"'{value}" if value.startswith("'") else value


def _field(key: str, heading: str, kind: Kind = Kind.TEXT) -> Column[Facts]:
    """Return the column of one field; its key is the name of the field."""
    return Column(key, heading, lambda facts: _cell(kind, facts[key]), kind)


IMPORT: Table[Facts] = Table(
    (
        _field("name", "Name")._replace(always=True),
        _field("nationality", "Nationality")._replace(always=True),
        _field("sex", "Sex")._replace(codes=tuple(SEX_WORDS)),
        _field("born", "Born", Kind.DATE),
        _field("birthplace", "Birthplace"),
        _field("passport_number", "Passport", Kind.REFERENCE)._replace(secret=True),
        _field("passport_country", "Passport country"),
        _field("passport_kept", "Passport kept"),
        _field("passport_current", "Passport current", Kind.DATE)._replace(
            says="the day from which an officer has named it the one that lists show"
        ),
        _field("passport_issued", "Passport issued", Kind.DATE),
        _field("passport_expires", "Passport expires", Kind.DATE),
        _field("niora", "NIORA", Kind.REFERENCE)._replace(secret=True),
        _field("purpose", "Purpose")._replace(codes=tuple(PURPOSE_WORDS)),
        _field("occupation", "Occupation"),
        _field("contact", "Contact"),
        _field("sponsor", "Sponsor"),
        _field("sponsor_kind", "Sponsor kind")._replace(codes=tuple(kind.code for kind in SPONSOR_KINDS)),
        _field("arrived", "Arrived", Kind.DATE),
        _field("village", "Village")._replace(says="the code"),
        _field("district", "District")._replace(says="the code, where the village is not known"),
        _field("address", "Address"),
        _field("rt", "RT"),
        _field("rw", "RW"),
        _field("class", "Class", Kind.CLASS),
        _field("index", "Index"),
        _field("permit_number", "Permit no.", Kind.REFERENCE)._replace(secret=True),
        _field("issued", "Issued", Kind.DATE),
        _field("valid_from", "Valid from", Kind.DATE),
        Column(
            "expires",
            "Expires",
            lambda facts: None if facts["expires"] == UNLIMITED else _cell(Kind.DATE, facts["expires"]),
            Kind.DATE,
        ),
        _field("office", "Office"),
        Column(
            "unlimited",
            "Unlimited",
            lambda facts: None if facts["class"] is None else facts["expires"] == UNLIMITED,
            Kind.FLAG,
            says="whether the permit has no last day",
        ),
        _field("last_report", "Last report", Kind.DATE)._replace(says="of the holder of a KITAP"),
    )
)
"""A row for each grant, with all of the person on each."""


class SheetColumn(NamedTuple):
    """How one column of a sheet is read: its place from 1, its header, and one of USES.

    `field` is what it is read to, `says` what the header says of each value or how its days are written, `perhaps` the
    field that an unknown header is most like, and `words` those of the header from which the field was understood.
    """

    place: int
    header: str
    use: str
    field: str | None = None
    says: str | None = None
    perhaps: str | None = None
    words: str | None = None


USES = {"READ": "read", "NOT_NEEDED": "not needed", "NOT_KNOWN": "not known"}
MAPPING: Table[SheetColumn] = Table(
    (
        Column(
            "column", "Column", lambda one: one.place, Kind.NUMBER, always=True, says="its place in the sheet, from 1"
        ),
        Column("header", "Header", lambda one: one.header, always=True),
        Column("use", "Use", lambda one: one.use, Kind.WORD, always=True, codes=tuple(USES)),
        Column("field", "Field", lambda one: one.field, says="as in --map COLUMN=field"),
        Column(
            "says", "Says", lambda one: one.says, says="what the header says of each value, or how its days are written"
        ),
        Column(
            "perhaps", "Perhaps", lambda one: one.perhaps, says="the field that a header which is not known is likest"
        ),
        Column("words", "Words", lambda one: one.words, says="the words of the header that say so"),
    ),
    words=USES,
)


def stored(columns: Sequence[str]) -> Table[Sequence[Cell]]:
    """Return the table of rows as they are stored: each value under the name of its column in the register."""
    return Table(tuple(Column(name, name, itemgetter(place), Kind.VALUE) for place, name in enumerate(columns)))
