"""A row into values that the register knows: words into codes, dates into ISO days, places into codes of villages.

A cell is read as it is written, and nothing is added to it. A cell that cannot be read is refused with its column, its
value and what to write instead. All faults of a row are reported together.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from timpora_cli.actions.intake.cells import FREE_TEXT, NOTHING, ColumnReader
from timpora_cli.actions.intake.doubtful import doubts, longest_terms
from timpora_cli.actions.intake.places import PlaceFinder
from timpora_cli.errors import Refused, TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model import names, terms
from timpora_cli.model.terms import one_of
from timpora_cli.queries.countries import countries_by_word, country_code, country_in_sheet, country_names
from timpora_cli.sheets import addresses, days, facts
from timpora_cli.sheets.facts import Entry, Values, in_column
from timpora_cli.sheets.headers import (
    COMPOUND,
    FIELDS,
    IDENTIFYING,
    Column,
    Columns,
    Field,
    Order,
)
from timpora_cli.sheets.sheet import FOREIGNER, BadCell, SheetRow, tidy

NOT_SHARED: frozenset[Field] = frozenset({"name", *IDENTIFYING, "contact", "ignored", *COMPOUND})
PLACES: tuple[Field, ...] = ("village", "district", "regency")
LOTS: tuple[Field, ...] = ("rt", "rw")
IN_THE_PAST: tuple[Field, ...] = ("born", "arrived", "issued", "passport_issued", "passport_current", "last_report")
ANY_FOREIGNER = frozenset({"wna", "asing", "orang asing", "warga negara asing"})
CITIZEN = "wni"
SEX_CODES = {"1": "M", "2": "F"}  # of Dukcapil and OpenSID

Reading = Callable[[str], Values]
"""How a cell of one column is read."""


class BadRow(Refused):
    """{reasons}"""


class BadConstant(WrongUsage):
    """--set {field}={value}: {fault}"""


class NotForAll(WrongUsage):
    """--set {field}={value} would give everybody the same {field}.
    Set what people may share, such as class, purpose, sponsor or district.
    """


@dataclass(frozen=True, slots=True)
class Given:
    """What the officer gives for the whole sheet: values by field for blank cells (--set), --excel-dates, and its day.

    Places are named as on that day; without it, as on the office's today. With `doubtful`, doubtful days are accepted.
    """

    constants: Mapping[str, str] = field(default_factory=dict)
    serials: bool = False
    on: date | None = None
    doubtful: bool = False


@dataclass(slots=True)
class _Said:
    """What the cells of a row say: values, and a class that headers imply; which fields are refused and why.

    `wordy` are the fields in whose cells a word stands in place of a number.
    """

    values: Values = field(default_factory=dict)
    implied: Values = field(default_factory=dict)
    bad: set[Field] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    wordy: set[Field] = field(default_factory=set)


class CellReader:
    """Reads the rows of one sheet."""

    def __init__(
        self, connection: sqlite3.Connection, columns: Columns, today: date, given: Given | None = None
    ) -> None:
        """Raise UnknownTerm, NotForAll or BadConstant for a constant that is not valid."""
        self._connection = connection
        self._columns = columns
        self._today = today
        self._given = given or Given()
        self._countries = countries_by_word(connection)
        self._places = PlaceFinder(connection, self._given.on or today)
        self._terms = longest_terms(connection)
        self._coded = coded = any(column.meaning.coded for column in columns.read)
        self.without_number: Counter[tuple[str, str]] = Counter()
        """How often a word stands in place of a number, by the column's header and the word."""
        self.read_as: dict[str, str] = {}
        """What the words are read as that are a country in another spelling."""
        self.serials, self.zero = self._given.serials, columns.zero
        readers = [
            ColumnReader(column, reading, no_day=coded) for column, reading in self.readings(serials=self.serials)
        ]
        self._readers = [(reader.place, reader.known.get, reader.read, reader) for reader in readers]
        constants = self._constant_values()
        self._placed: Values = {place: constants.pop(place) for place in PLACES if place in constants}
        self.told: Values = {**constants, **self._told_place()}
        """What --set says of all rows: where a row leaves it blank, and nothing else tells it."""

    def readings(self, *, serials: bool) -> list[tuple[Column, Reading]]:
        """Return how the cells of each column are read, with or without --excel-dates."""
        return [
            (column, self._reading(column.meaning.field, column.dates, serials=serials))
            for column in sorted(self._columns.read, key=lambda column: not column.meaning.first)
        ]

    def entry(self, row: SheetRow) -> Entry:
        """Return what the row says. Raises BadRow with every reason why it cannot be read."""
        entry, faults = self.read(row)
        if faults:
            raise BadRow(reasons=faults)
        return entry

    def read(self, row: SheetRow) -> tuple[Entry, str]:
        """Return what the row says, and every reason why it cannot be read, if there is any."""
        said = _Said()
        self._read_cells(row, said)
        values, bad, faults = said.values, said.bad, said.faults
        if any(cell.strip() for cell in row.cells[self._columns.width :]):
            faults.append(_("There are more cells than the header has columns."))
        if "passport_number" in said.wordy and "passport_number" not in values:
            for passport_day in facts.PASSPORT_DAYS:
                values.pop(passport_day, None)
        faults += facts.missing(values, bad, self._columns) + facts.out_of_order(values, self._columns)
        try:
            self._place(values, bad)
        except TimporaError as error:
            faults.append(in_column(self._columns.header_of("village"), error))
        values = {**said.implied, **values}
        if not self._given.doubtful:
            faults += doubts({**self.told, **values}, self._columns, self._terms, self._today)
        return Entry(row.line, values), " ".join(faults)

    def _read_cells(self, row: SheetRow, said: "_Said") -> None:
        cells, values = row.cells, said.values
        if len(cells) < self._columns.width:
            cells += ("",) * (self._columns.width - len(cells))
        for place, known, read, reader in self._readers:
            cell = cells[place]
            if not cell:
                continue
            said_of, fault, is_word = found = known(cell) or read(cell)
            for fact, value in said_of:
                if values.setdefault(fact, value) != value:
                    fault = fault or reader.meet(fact, value, values)
            if fault is not None:
                said.bad.add(reader.field)
                said.faults.append(fault)
            elif reader.implies is not None and found is not NOTHING:
                said.implied.setdefault("class", reader.implies)
            if is_word:
                self.without_number[reader.header, names.excerpt(tidy(cell, free_text=False))] += 1
                said.wordy.add(reader.field)

    def _reading(self, name: Field, order: Order | None, *, serials: bool) -> Reading:
        """Return how a cell of a field is read."""
        day = partial(days.day, order=order, serials=serials, zero=self.zero)
        past_day = partial(self._past_day, day=day)
        last_day = partial(days.last_day, order=order, serials=serials, zero=self.zero)
        compound: Mapping[Field, Reading] = {
            "passport_number": partial(facts.passport, day=day, countries=self._countries.keys()),
            "class": partial(facts.permit, day=last_day, column="class"),
            "permit_number": partial(facts.permit, day=last_day, column="permit_number"),
            "permit": partial(facts.permit, day=last_day, column="permit"),
            "expires": partial(facts.period, day=day, last_day=last_day, first="valid_from", last="expires"),
            "niora": facts.niora,
            "unlimited": facts.unlimited,
            "passport_expires": partial(
                facts.period, day=day, last_day=day, first="passport_issued", last="passport_expires"
            ),
            "passport_kept": facts.kept,
            "birth": partial(facts.birth, day=past_day),
            "nationality": self._nationality,
            "rt_rw": addresses.lots,
            "name_and_passport": partial(facts.name_and_passport, countries=self._countries.keys()),
            "rt": partial(addresses.lot, column="rt"),
            "rw": partial(addresses.lot, column="rw"),
        }
        simple: Mapping[Field, Callable[[str], str]] = {
            "name": names.full_name,
            "sex": lambda text: SEX_CODES.get(text) or terms.sex(text),
            "purpose": terms.purpose_code,
            "sponsor_kind": terms.sponsor_kind,
            "passport_country": self._country,
            "district": self._places.district,
            "regency": self._places.regency,
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
        for word, text in self._given.constants.items():
            name = FIELDS[one_of(word, FIELDS, _("field"))]
            if name in NOT_SHARED:
                raise NotForAll(field=name, value=names.excerpt(text))
            try:
                values.update(self._reading(name, None, serials=self.serials)(tidy(text, name in FREE_TEXT)))
            except TimporaError as error:
                raise BadConstant(field=name, value=names.excerpt(text), fault=error) from error
        return values

    def _place(self, values: Values, bad: set[Field]) -> None:
        """Replace the village's name by its code. What no cell gives may come from a constant or from the address."""
        if bad & {*PLACES, "address"}:
            return
        written: Values = {place: values.pop(place) for place in PLACES if place in values}
        village, district, regency = ({**self._placed, **written}.get(place, "") for place in PLACES)
        without_lots = values.keys().isdisjoint(LOTS)
        parts = {} if village and not without_lots else addresses.parts_of_address(values.get("address", ""))
        if without_lots:
            values.update({lot: parts[lot] for lot in LOTS if lot in parts})
        of_address = {} if village else self._places.of_address(parts, district, regency)
        if of_address or written or self.told.keys().isdisjoint(PLACES):
            values.update(of_address or self._places.placed(village, district, regency))

    def _told_place(self) -> Values:
        """Return the place that --set tells of all rows; nothing where that is certain only with what a row says."""
        try:
            return self._places.placed(*(self._placed.get(place, "") for place in PLACES))
        except TimporaError:
            return {}

    def _country(self, text: str) -> str:
        code = country_in_sheet(text, self._countries)
        if code is None:
            return country_code(self._connection, text, self._countries)
        if names.fold_name(text) not in self._countries:
            self.read_as[names.excerpt(text)] = country_names(self._connection)[code]
        return code

    def _nationality(self, text: str) -> Values:
        """Read a nationality. Lists of villages often only say that somebody is a foreigner: that gives no value."""
        if names.fold_name(text) in ANY_FOREIGNER or (self._coded and text == FOREIGNER):
            return {}
        code = "IDN" if names.fold_name(text) == CITIZEN else self._country(text)
        if code == "IDN":
            raise BadCell(fault=_("the register is of foreign nationals, and this is an Indonesian."))
        return {"nationality": code}

    def _past_day(self, text: str, day: facts.Day) -> str:
        read = day(text)
        if read > self._today.isoformat():
            raise BadCell(fault=_("{day} is after today ({today}).").format(day=read, today=self._today))
        return read
