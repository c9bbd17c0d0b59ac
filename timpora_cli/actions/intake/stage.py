"""A row into values that the register knows: words into codes, dates into ISO days, places into villages.

A cell is read by what stands in it and never filled in; one that cannot be read is named with its column, its value
and what to write instead, and so are all the others of its row.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from timpora_cli.actions.intake.places import Gazetteer
from timpora_cli.errors import Refused, TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model import names, terms
from timpora_cli.model.terms import one_of
from timpora_cli.queries.countries import countries_by_word, country_code
from timpora_cli.sheets import days, facts
from timpora_cli.sheets.facts import Values
from timpora_cli.sheets.headers import COMPOUND, FIELDS, IDENTIFYING, JOINED, Column, Columns, Field, Order
from timpora_cli.sheets.sheet import BadCell, SheetRow, tidy

FREE_TEXT: frozenset[Field] = frozenset({"name", "birthplace", "occupation", "contact", "address", "sponsor", "office"})
TELLING: frozenset[Field] = frozenset({"name", *IDENTIFYING, "contact", "ignored", *COMPOUND})  # nobody shares them
PASSPORT_DAYS: tuple[Field, ...] = ("passport_issued", "passport_expires")
PLACES: tuple[Field, ...] = ("village", "district", "regency")
LOTS: tuple[Field, ...] = ("rt", "rw")
IN_ORDER: tuple[tuple[Field, Field], ...] = (
    ("born", "arrived"),
    ("born", "issued"),
    ("issued", "expires"),
    ("issued", "valid_from"),
    ("valid_from", "expires"),
    ("passport_issued", "passport_expires"),
)
IN_THE_PAST: tuple[Field, ...] = ("born", "arrived", "issued", "passport_issued")
ANY_FOREIGNER = frozenset({"wna", "asing", "orang asing", "warga negara asing"})
CITIZEN = "wni"
NO_TEXT = "[\0\ud800-\udfff]"
KEPT = 20_000  # readings remembered, so that a sheet of many different words does not fill the memory


class BadRow(Refused):
    """{reasons}"""


class BadConstant(WrongUsage):
    """--set {field}={value}: {fault}"""


class NotForAll(WrongUsage):
    """--set {field}={value} would give everybody the same {field}.
    Set what people may share, such as class, purpose, sponsor or district.
    """


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


@dataclass(frozen=True, slots=True)
class Telling:
    """What an officer tells of a sheet: values (by field) for what its rows leave blank; that bare numbers are days."""

    constants: Mapping[str, str] = field(default_factory=dict)
    serials: bool = False


class CellReader:
    """Reads the rows of one sheet. What a word means is looked up once, however many rows hold it."""

    def __init__(
        self, connection: sqlite3.Connection, columns: Columns, today: date, told: Telling | None = None
    ) -> None:
        """Raise UnknownTerm, NotForAll or BadConstant for a constant that cannot be."""
        self._connection = connection
        self._columns = columns
        self._today = today
        self._told = told or Telling()
        self._countries = countries_by_word(connection)
        self._gazetteer = Gazetteer(connection)
        self._words: dict[tuple[str, ...], Values | str] = {}
        self._readings = [(column, self._reading(column.meaning.field, column.dates)) for column in columns.read]
        constants = self._constant_values()
        self._placed: Values = {place: constants.pop(place) for place in PLACES if place in constants}
        self._constants = constants

    def entry(self, row: SheetRow) -> Entry:
        """Return what the row says. Raises BadRow with every reason why it cannot be read."""
        values: Values = {}
        implied: Values = {}
        bad: set[Field] = set()
        faults: list[str] = []
        for column, reading in self._readings:
            try:
                if self._take(column, reading, row, values) and column.meaning.implies:
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
        return Entry(row.line, {**self._constants, **implied, **values})

    def _take(self, column: Column, reading: Callable[[str], Values], row: SheetRow, values: Values) -> bool:
        """Read the row's cell in `column` into `values`; return whether anything is written in it.

        One fact that stands in two cells must be the same in both.
        """
        free_text = column.meaning.field in FREE_TEXT
        text = tidy(row.cells[column.place], free_text) if column.place < len(row.cells) else ""
        if not text:
            return False
        if re.search(NO_TEXT, text):
            raise BadCell(fault=_("it holds a character that no text holds"))
        if text.upper() in facts.ERRORS:
            raise BadCell(fault=_("{text} is a spreadsheet's error, not a value").format(text=text))
        for name, value in self._once(column, text, reading).items():
            if name == JOINED and name in values:
                values[name] += f", {value}"
            elif values.setdefault(name, value) != value:
                fault = _("it says {value}, and another column {other}").format(value=value, other=values[name])
                raise BadCell(fault=fault)
        return True

    def _once(self, column: Column, text: str, reading: Callable[[str], Values]) -> Values:
        """Return what `reading` gives, or refuse as it does, having asked it once for each word of a column."""
        name = column.meaning.field
        if name in TELLING or name in FREE_TEXT:
            return reading(text)
        key = (name, column.dates or "", text)
        if len(self._words) > KEPT:
            self._words.clear()
        if key not in self._words:
            try:
                self._words[key] = reading(text)
            except TimporaError as error:
                self._words[key] = str(error)
        found = self._words[key]
        if isinstance(found, str):
            raise BadCell(fault=found)
        return found

    def _reading(self, name: Field, order: Order | None) -> Callable[[str], Values]:
        """Return how a cell of a field is read."""
        day = partial(days.day, order=order, serials=self._told.serials)
        past_day = partial(self._past_day, day=day)
        compound: Mapping[Field, Callable[[str], Values]] = {
            "passport_number": partial(facts.passport, day=day),
            "class": partial(facts.permit, day=day, column="class"),
            "permit_number": partial(facts.permit, day=day, column="permit_number"),
            "permit": partial(facts.permit, day=day, column="permit"),
            "expires": partial(facts.period, day=day, first="valid_from", last="expires"),
            "passport_expires": partial(facts.period, day=day, first="passport_issued", last="passport_expires"),
            "birth": partial(facts.birth, day=past_day),
            "nationality": self._nationality,
            "rt_rw": facts.lots,
            "rt": partial(facts.lot, column="rt"),
            "rw": partial(facts.lot, column="rw"),
        }
        simple: Mapping[Field, Callable[[str], str]] = {
            "name": _name,
            "sex": names.sex,
            "purpose": terms.purpose_code,
            "sponsor_kind": terms.sponsor_kind,
            "passport_country": self._country,
            "district": self._gazetteer.district,
            "regency": self._gazetteer.regency,
            "niora": facts.typed,
            "contact": facts.typed,
            "valid_from": day,
            **dict.fromkeys(IN_THE_PAST, past_day),
        }
        if name in compound:
            return compound[name]
        read = simple.get(name, str)
        return lambda text: {name: read(text)}

    def _constant_values(self) -> Values:
        values: Values = {}
        for word, text in self._told.constants.items():
            name = FIELDS[one_of(word, FIELDS, _("field"))]
            if name in TELLING:
                raise NotForAll(field=name, value=names.excerpt(text))
            try:
                values.update(self._reading(name, None)(tidy(text, name in FREE_TEXT)))
            except TimporaError as error:
                raise BadConstant(field=name, value=names.excerpt(text), fault=error) from error
        return values

    def _missing(self, values: Values, bad: set[Field]) -> list[str]:
        faults = []
        if "name" not in values and "name" not in bad:
            nothing = BadCell(fault=_("nothing is written, and everybody has a name."))
            faults.append(_in_column(self._columns.header_of("name"), nothing))
        if not any(key in values or key in bad for key in (*IDENTIFYING, "permit")):
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
        """Put a code in the place of the village's name; what no cell says, a constant or the address may say."""
        if bad & {*PLACES, "address"}:
            return
        written: Values = {place: values.pop(place) for place in PLACES if place in values}
        village, district, regency = ({**self._placed, **written}.get(place, "") for place in PLACES)
        parts = facts.parts_of_address(values.get("address", ""))
        if values.keys().isdisjoint(LOTS):
            values.update({lot: parts[lot] for lot in LOTS if lot in parts})
        found = {} if village else self._gazetteer.of_address(parts, district, regency)
        values.update(found or self._gazetteer.placed(village, district, regency))

    def _country(self, text: str) -> str:
        return country_code(self._connection, text, self._countries)

    def _nationality(self, text: str) -> Values:
        """Read a nationality; a list of a village says of most only that they are citizens, or are not."""
        if names.fold_name(text) in ANY_FOREIGNER:
            return {}
        code = "IDN" if names.fold_name(text) == CITIZEN else self._country(text)
        if code == "IDN":
            raise BadCell(fault=_("the register is of foreign nationals, and this is an Indonesian."))
        return {"nationality": code}

    def _past_day(self, text: str, day: facts.Day) -> str:
        found = day(text)
        if found > self._today.isoformat():
            raise BadCell(fault=_("{day} is after today ({today}).").format(day=found, today=self._today))
        return found


def _in_column(header: str, error: TimporaError) -> str:
    """Return the reason why a cell cannot be read, on one line."""
    fault = " ".join(str(error).split())
    return _('Column "{header}": {fault}').format(header=header, fault=fault)


def _name(text: str) -> str:
    if not any(character.isalpha() for character in text):
        raise BadCell(fault=_('"{text}" is no name: it has no letter.').format(text=names.excerpt(text)))
    return text
