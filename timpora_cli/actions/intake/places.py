"""The place that a row names: a village by its code or name, with the help of its district and regency."""

import sqlite3

from timpora_cli.actions.intake.facts import Values
from timpora_cli.actions.intake.sheet import BadCell
from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.queries.places import district_named, village_named

REGENCY = "SELECT code FROM regency WHERE folded = ? OR code = ?"
PLACE_NAME = "SELECT name FROM district WHERE code = :code UNION ALL SELECT name FROM regency WHERE code = :code"
DISTRICTS_OF = "SELECT code FROM district WHERE regency_code = ?"
KEPT = 20_000  # places remembered, so that a sheet of many does not fill the memory


class Gazetteer:
    """Finds places in the register; a place that many rows name is looked for once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._placed: dict[tuple[str, str, str], Values | str] = {}

    def district(self, text: str) -> str:
        """Return the code of a district by its name or code. Raises as `district_named` does."""
        return district_named(self._connection, text).code

    def regency(self, text: str) -> str:
        """Return the code of a regency by its name or code. Raises BadCell."""
        row = self._connection.execute(REGENCY, (names.fold_place(text), text)).fetchone()
        if row is None:
            raise BadCell(fault=_('there is no regency "{name}".').format(name=names.excerpt(text)))
        return str(row[0])

    def placed(self, village: str, district: str, regency: str) -> Values:
        """Return the village's code, or the district's where no village is named.

        `village` is as written, the others are codes, and any of them may be ''. Raises BadCell or what the search for
        a village raises.
        """
        key = (village, district, regency)
        if len(self._placed) > KEPT:
            self._placed.clear()
        if key not in self._placed:
            try:
                self._placed[key] = self._find(village, district, regency)
            except TimporaError as error:
                self._placed[key] = str(error)
        found = self._placed[key]
        if isinstance(found, str):
            raise BadCell(fault=found)
        return found

    def of_address(self, parts: Values, district: str, regency: str) -> Values:
        """Return the place that an address names, in the district and regency (codes) that are known otherwise.

        Nothing where it cannot be told for certain: an address is free text, and may be one abroad.
        """
        try:
            named = self.district(parts["district"]) if "district" in parts else district
            within = self.regency(parts["regency"]) if "regency" in parts else regency
            if named.startswith(district) and within.startswith(regency):
                return self.placed(parts.get("village", ""), named, within)
        except TimporaError:
            pass
        return {}

    def _find(self, village: str, district: str, regency: str) -> Values:
        if regency and district and not district.startswith(f"{regency}."):
            sentence = _("{district} does not lie in {regency}.")
            raise BadCell(fault=sentence.format(district=self._called(district), regency=self._called(regency)))
        if not village:
            return {"district": district} if district else {}
        within = [district] if district else [code for (code,) in self._connection.execute(DISTRICTS_OF, (regency,))]
        return {"village": village_named(self._connection, village, within).code}

    def _called(self, code: str) -> str:
        (name,) = self._connection.execute(PLACE_NAME, {"code": code}).fetchone()
        return str(name)
