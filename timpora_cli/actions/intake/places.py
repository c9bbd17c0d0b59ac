"""The places that a row of a sheet names, by code or by name, as they are called on the day of the sheet."""

import sqlite3
from collections.abc import Callable
from datetime import date
from functools import partial

from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.queries.places import district_named, village_named
from timpora_cli.queries.rows import region_on_day
from timpora_cli.sheets.addresses import village_and_district
from timpora_cli.sheets.facts import Values
from timpora_cli.sheets.sheet import BadCell

KEPT = 20_000  # readings that are remembered, so that a sheet of many different words does not fill the memory

REGENCY = f"""
SELECT code FROM regency
WHERE code = :text
    OR (
        (folded = :folded OR code IN (SELECT code FROM region_past WHERE folded = :folded))
        AND {region_on_day("regency", "folded")} = :folded
    )
"""
PLACE_NAME = "SELECT name FROM district WHERE code = :code UNION ALL SELECT name FROM regency WHERE code = :code"
DISTRICTS_OF = f"""
SELECT code FROM district
WHERE {region_on_day("district", "regency_code")} = :regency
"""


class PlaceFinder:
    """Finds the village that a row names, by its code or name, with the help of its district and regency."""

    def __init__(self, connection: sqlite3.Connection, on: date) -> None:
        self._connection = connection
        self._on = on
        self._placed = Remembered()

    def district(self, text: str) -> str:
        """Return the code of a district by its name or code. Raises as `district_named` does."""
        return district_named(self._connection, text, self._on).code

    def regency(self, text: str) -> str:
        """Return the code of a regency by its name or code. Raises BadCell."""
        asked = {"folded": names.fold_place(text), "text": text, "on": self._on.isoformat()}
        row = self._connection.execute(REGENCY, asked).fetchone()
        if row is None:
            raise BadCell(fault=_('there is no regency "{name}".').format(name=names.excerpt(text)))
        return str(row[0])

    def placed(self, village: str, district: str, regency: str) -> Values:
        """Return the village's code, or the district's where no village is named.

        `village` is as written, the others are codes, and any of them may be ''. Raises BadCell.
        """
        return self._placed.get((village, district, regency), partial(self._find, village, district, regency))

    def of_address(self, parts: Values, district: str, regency: str) -> Values:
        """Return the place that an address names, in the district and regency (codes) that are known otherwise.

        Nothing where it is not certain: an address is free text, and may be one abroad.
        """
        try:
            named = self.district(parts["district"]) if "district" in parts else district
            within = self.regency(parts["regency"]) if "regency" in parts else regency
            if district in {"", named} and regency in {"", within}:
                return self.placed(parts.get("village", ""), named, within)
        except TimporaError:
            pass
        return {}

    def _find(self, village: str, district: str, regency: str) -> Values:
        if regency and district and district not in self._districts_of(regency):
            sentence = _("{district} does not lie in {regency}.")
            raise BadCell(fault=sentence.format(district=self._name(district), regency=self._name(regency)))
        if not village:
            return {"district": district} if district else {}
        code, name, of = village_and_district(village)
        if of and district not in {"", named := self.district(of)}:
            sentence = _("{village} is said to lie in another district than {district}.")
            raise BadCell(fault=sentence.format(village=names.excerpt(village), district=self._name(district)))
        within = [named] if of else [district] if district else self._districts_of(regency)
        found = village_named(self._connection, code or name, within, self._on)
        if code and name and names.fold_place(name) != names.fold_place(found.name):
            sentence = _("{code} is {name}, and not {other}.")
            raise BadCell(fault=sentence.format(code=code, name=found.name, other=names.excerpt(name)))
        return {"village": found.code}

    def _districts_of(self, regency: str) -> list[str]:
        asked = {"regency": regency, "on": self._on.isoformat()}
        return [code for (code,) in self._connection.execute(DISTRICTS_OF, asked)]

    def _name(self, code: str) -> str:
        (name,) = self._connection.execute(PLACE_NAME, {"code": code}).fetchone()
        return str(name)


class Remembered:
    """What words were read as, or why they were refused: a word that many rows hold is looked up once."""

    def __init__(self) -> None:
        self._results: dict[tuple[str, ...], Values | str] = {}

    def get(self, key: tuple[str, ...], read: Callable[[], Values]) -> Values:
        """Return what `read` returned for `key` when it was first asked for. Raises BadCell if that was refused."""
        if len(self._results) > KEPT:
            self._results.clear()
        if key not in self._results:
            try:
                self._results[key] = read()
            except TimporaError as error:
                self._results[key] = str(error)
        result = self._results[key]
        if isinstance(result, str):
            raise BadCell(fault=result)
        return result
