"""Cells into values that the register knows: words into codes, dates into ISO days, places into villages.

A cell is read by what stands in it and never filled in; one that cannot be read is named with its column, its value
and what to write instead, and so are all the others of its row.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions.intake.headers import IDENTIFYING, JOINED, Column, Columns, Field
from timpora_cli.actions.intake.reader import SheetRow
from timpora_cli.errors import Refused, TimporaError
from timpora_cli.language import _
from timpora_cli.model import names, terms
from timpora_cli.model.dates import NotADate, parse_date
from timpora_cli.queries.countries import countries_by_word, country_code
from timpora_cli.queries.regions import NoVillage, district_named, village_named

EMPTY = frozenset({"", "-", "--", "–", "—", "nihil", "n/a"})
# Two days of different months and years: a date that is not the same from both is no date of its own.
ONE_DAY, ANOTHER_DAY = date(2001, 2, 3), date(2010, 11, 12)
SPREADSHEET_NUMBER = r"[0-9][.,][0-9]+[eE][+]?[0-9]+"
FREE_TEXT: frozenset[Field] = frozenset({"name", "birthplace", "occupation", "contact", "address", "sponsor", "office"})
PASSPORT_DAYS: tuple[Field, ...] = ("passport_issued", "passport_expires")
IN_ORDER: tuple[tuple[Field, Field], ...] = (
    ("born", "arrived"),
    ("born", "issued"),
    ("issued", "expires"),
    ("issued", "valid_from"),
    ("valid_from", "expires"),
    ("passport_issued", "passport_expires"),
)
IN_THE_PAST: tuple[Field, ...] = ("born", "arrived", "issued", "passport_issued")
REGENCY = "SELECT code FROM regency WHERE folded = ? OR code = ?"
PLACE_NAME = "SELECT name FROM district WHERE code = ?1 UNION ALL SELECT name FROM regency WHERE code = ?1"
DISTRICTS_OF = "SELECT code FROM district WHERE regency_code = ?"

Values = dict[Field, str]


class BadRow(Refused):
    """{reasons}"""


class BadCell(Refused):
    """{fault}"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says: canonical values by field, and none for a blank cell. Days are ISO text.

    `village` is a code; `district` is there only where the village is not known.
    """

    line: int
    values: Mapping[Field, str] = field(repr=False)

    def day(self, name: Field) -> date | None:
        """Return the day that stands in a field, or None."""
        return date.fromisoformat(self.values[name]) if name in self.values else None


def tidy(cell: str, free_text: bool) -> str:
    """Return a cell without blanks around it and the apostrophe that makes a spreadsheet's text; '' where empty.

    In free text an apostrophe before a small letter stays: it is the beginning of a name, as in 't Hooft.
    """
    text = " ".join(cell.split())
    if text[:1] == "'" and not (free_text and text[1:2].islower()):
        text = text[1:].lstrip()
    return "" if text.casefold() in EMPTY else text


class CellReader:
    """Reads the rows of one sheet. What a word means is looked up once, however many rows hold it."""

    def __init__(self, connection: sqlite3.Connection, columns: Columns, today: date) -> None:
        self._connection = connection
        self._columns = columns
        self._today = today
        self._countries = countries_by_word(connection)
        self._words: dict[tuple[str, ...], Values | str] = {}
        self._by_field: Mapping[Field, Callable[[str], str]] = {
            "name": _name,
            "sex": names.sex,
            "purpose": terms.purpose_code,
            "sponsor_kind": terms.sponsor_kind,
            "nationality": self._nationality,
            "passport_country": self._country,
            "district": lambda text: district_named(connection, text).code,
            "regency": self._regency,
            "expires": _day,
            "valid_from": _day,
            "passport_expires": _day,
            **dict.fromkeys(IN_THE_PAST, self._past_day),
        }
        self._numbers: Mapping[Field, Callable[[str], str]] = {
            "passport_number": names.passport_number,
            "permit_number": _permit_number,
            "niora": _as_typed,
        }

    def entry(self, row: SheetRow) -> Entry:
        """Return what the row says. Raises BadRow with every reason why it cannot be read."""
        values: Values = {}
        implied: Values = {}
        bad: set[Field] = set()
        faults: list[str] = []
        for column in self._columns.read:
            try:
                if self._take(column, row, values) and column.meaning.implies:
                    implied.setdefault("class", column.meaning.implies)
            except TimporaError as error:
                bad.add(column.meaning.field)
                faults.append(_in_column(column.header, error))
        if any(cell.strip() for cell in row.cells[self._columns.width :]):
            faults.append(_("There are more cells than the header has columns."))
        faults += self._missing(values, bad) + self._out_of_order(values)
        try:
            self._place(values, bad)
        except TimporaError as error:
            faults.append(_in_column(self._columns.header_of("village"), error))
        if faults:
            raise BadRow(reasons=" ".join(faults))
        return Entry(row.line, {**implied, **values})

    def _take(self, column: Column, row: SheetRow, values: Values) -> bool:
        """Read the row's cell in `column` into `values`; return whether anything is written in it.

        One fact that stands in two cells must be the same in both.
        """
        meaning = column.meaning
        text = tidy(row.cells[column.place], meaning.field in FREE_TEXT) if column.place < len(row.cells) else ""
        if not text:
            return False
        if "\0" in text:
            raise BadCell(fault=_("it holds a character that no text holds"))
        for name, value in self._read(meaning.field, text).items():
            if name == JOINED and name in values:
                values[name] += f", {value}"
            elif values.setdefault(name, value) != value:
                fault = _("it says {value}, and another column {other}").format(value=value, other=values[name])
                raise BadCell(fault=fault)
        return True

    def _read(self, name: Field, text: str) -> Values:
        if name in self._numbers:
            return {name: self._numbers[name](text)}
        if name == "class":
            return self._once(("class", text), lambda: _class_and_purpose(text))
        reading = self._by_field.get(name)
        return {name: text} if reading is None else self._once((name, text), lambda: {name: reading(text)})

    def _once(self, key: tuple[str, ...], reading: Callable[[], Values]) -> Values:
        """Return what `reading` gives, or refuse as it does, having asked it once for each `key`."""
        if key not in self._words:
            try:
                self._words[key] = reading()
            except TimporaError as error:
                self._words[key] = str(error)
        found = self._words[key]
        if isinstance(found, str):
            raise BadCell(fault=found)
        return found

    def _missing(self, values: Values, bad: set[Field]) -> list[str]:
        faults = []
        if "name" not in values and "name" not in bad:
            nothing = BadCell(fault=_("nothing is written, and everybody has a name."))
            faults.append(_in_column(self._columns.header_of("name"), nothing))
        if not any(key in values or key in bad for key in IDENTIFYING):
            faults.append(_("There is no passport number, NIORA or permit number, so nothing tells who this is."))
        if "passport_number" not in values and "passport_number" not in bad:
            lone = BadCell(fault=_("this is a passport's day, without its number."))
            faults += [_in_column(self._columns.header_of(day), lone) for day in PASSPORT_DAYS if day in values]
        return faults

    def _out_of_order(self, values: Values) -> list[str]:
        header = self._columns.header_of
        sentence = _('{later} is before {earlier}, the day in the column "{header}".')
        return [
            _in_column(
                header(second),
                BadCell(fault=sentence.format(later=values[second], earlier=values[first], header=header(first))),
            )
            for first, second in IN_ORDER
            if first in values and second in values and values[second] < values[first]
        ]

    def _place(self, values: Values, bad: set[Field]) -> None:
        """Put the village's code in the place of its name, with the help of its district and regency."""
        if bad & {"village", "district", "regency"}:
            return
        text, district, regency = values.pop("village", ""), values.pop("district", ""), values.pop("regency", "")
        if regency and district and not district.startswith(f"{regency}."):
            sentence = _("{district} does not lie in {regency}.")
            raise BadCell(fault=sentence.format(district=self._called(district), regency=self._called(regency)))
        if text:
            key = ("village", text, district, regency)
            values.update(self._once(key, lambda: self._village(text, district, regency)))
        elif district:
            values["district"] = district

    def _village(self, text: str, district: str, regency: str) -> Values:
        within = [district] if district else [code for (code,) in self._connection.execute(DISTRICTS_OF, (regency,))]
        try:
            return {"village": village_named(self._connection, text, within).code}
        except NoVillage as error:
            if not within:
                raise
            sentence = _('there is no village "{village}" in {place}. See them with: timpora village list')
            place = self._called(district or regency)
            raise BadCell(fault=sentence.format(village=names.excerpt(text), place=place)) from error

    def _called(self, code: str) -> str:
        (name,) = self._connection.execute(PLACE_NAME, (code,)).fetchone()
        return str(name)

    def _country(self, text: str) -> str:
        return country_code(self._connection, text, self._countries)

    def _nationality(self, text: str) -> str:
        code = self._country(text)
        if code == "IDN":
            raise BadCell(fault=_("the register is of foreign nationals, and this is an Indonesian."))
        return code

    def _regency(self, text: str) -> str:
        row = self._connection.execute(REGENCY, (names.fold_place(text), text)).fetchone()
        if row is None:
            raise BadCell(fault=_('there is no regency "{name}".').format(name=names.excerpt(text)))
        return str(row[0])

    def _past_day(self, text: str) -> str:
        day = _day(text)
        if day > self._today.isoformat():
            raise BadCell(fault=_("{day} is after today ({today}).").format(day=day, today=self._today))
        return day


def _in_column(header: str, error: TimporaError) -> str:
    """Return the reason why a cell cannot be read, on one line."""
    fault = " ".join(str(error).split())
    return _('Column "{header}": {fault}').format(header=header, fault=fault)


def _name(text: str) -> str:
    if not any(character.isalpha() for character in text):
        raise BadCell(fault=_('"{text}" is no name: it has no letter.').format(text=names.excerpt(text)))
    return text


def _day(text: str) -> str:
    """Return the ISO day that a cell names by itself, whatever day it is read on."""
    try:
        day, again = parse_date(text, ONE_DAY), parse_date(text, ANOTHER_DAY)
    except NotADate as error:
        raise _no_day(text, str(error.values["reason"])) from error
    if day != again:
        raise _no_day(text, _("in a sheet a date names its own day"))
    return day.isoformat()


def _no_day(text: str, reason: str) -> BadCell:
    sentence = _('"{text}" is not a date: {reason}. Write it as 2020-09-20, 20/9/2020 or 20 Sept 2020.')
    return BadCell(fault=sentence.format(text=names.excerpt(text), reason=reason))


def _as_typed(text: str) -> str:
    """Return a number of letters and digits as it is; one that a spreadsheet has rounded has lost its digits."""
    if re.fullmatch(SPREADSHEET_NUMBER, text):
        sentence = _('"{text}" is a number that a spreadsheet has shortened. Type the number whole, in a text cell.')
        raise BadCell(fault=sentence.format(text=names.excerpt(text)))
    return text


def _permit_number(text: str) -> str:
    return names.permit_number(_as_typed(text))


def _class_and_purpose(text: str) -> Values:
    """Read a class, and where more words follow it, the purpose of stay: "ITAS INVESTOR", "ITAP - KELUARGA"."""
    words = text.replace("_", " ").replace("-", " ").split()
    for count in range(len(words), 0, -1):
        try:
            code = terms.class_code(" ".join(words[:count]))
        except terms.UnknownTerm:
            continue
        rest = " ".join(words[count:])
        return {"class": code, "purpose": terms.purpose_code(rest)} if rest else {"class": code}
    return {"class": terms.class_code(text)}
