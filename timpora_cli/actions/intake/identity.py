"""Whom a row is about: the holder of the same passport of the same country, else of the NIORA, else of the permit.

An equal name alone never makes two people one. It is reported as a likely duplicate, and both stay on record
(manual: sheets).
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.identity import TOO_MUCH, contradiction, names_differ
from timpora_cli.model.names import fold_name, fold_number
from timpora_cli.queries.rows import folded, rows
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field

BY_PASSPORT = (
    "SELECT resident_id, country FROM passport WHERE number = :number AND country = coalesce(:country, country)"
)
BY_NIORA = f"SELECT id FROM resident WHERE niora IS NOT NULL AND {folded('niora')} = ?"
BY_PERMIT = f"SELECT resident_id FROM permit WHERE {folded('number')} = ? LIMIT 1"
ON_FILE = "SELECT full_name AS name, born, sex, nationality, niora FROM resident WHERE id = :resident"
NIORA = "NIORA"
TOLD: tuple[Field, ...] = ("name", "born", "sex", "nationality")
DUPLICATES_KEPT = 100  # to be shown

# The folded names of everyone. A temporary table and not a dict: SQLite moves it to the disk when it is large.
MAKE_NAMES = "CREATE TEMP TABLE folded_name (folded TEXT NOT NULL, resident_id INTEGER NOT NULL)"
FILL_NAMES = "INSERT INTO temp.folded_name SELECT fold_name(full_name), id FROM resident"
INDEX_NAMES = "CREATE INDEX temp.folded_name_by_name ON folded_name (folded)"
DISCARD_NAMES = "DROP TABLE IF EXISTS temp.folded_name"
ADD_NAME = "INSERT INTO temp.folded_name (folded, resident_id) VALUES (?, ?)"
NAMESAKES = """
SELECT resident.id
FROM temp.folded_name
JOIN resident ON resident.id = folded_name.resident_id
WHERE folded_name.folded = :folded
    AND (resident.born = :born OR resident.nationality = :nationality)
ORDER BY resident.id
"""


class TwoPeople(Refused):
    """The {one} is of resident {first} and the {other} of resident {second}: one of the two is wrong."""


class OtherNiora(Refused):
    """The {key} is of resident {resident}, who is recorded with another NIORA: one of the two is wrong."""


class OtherPerson(Refused):
    """The {key} is of resident {resident}, who is another person: {recorded}. The row says: {row}.
    One of the two is wrong. A mistake on record is corrected with: timpora resident edit {resident}
    """


class OtherName(Refused):
    """The {key} is of resident {resident}, who is recorded under another name, and nothing else tells who this is.
    Give the passport of the country or the NIORA; a wrong name is corrected with: timpora resident edit {resident}
    """


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """A new person who has the name of another one, and the same day of birth or the same nationality."""

    line: int
    name: str = field(repr=False)
    resident_id: int
    like: tuple[int, ...]


def resident_of(connection: sqlite3.Connection, entry: Entry) -> int | None:
    """Return the id of the resident whom a row is about, or None for a person who is new.

    Raises TwoPeople or OtherNiora if the numbers of the row belong to several people, and OtherPerson if the row says
    too much else of the one whom they name. Raises OtherName if the name differs and the number does not identify for
    certain: a permit's, or a passport's without its country.
    """
    values = entry.values
    country = values.get("passport_country") or values.get("nationality")
    holders: dict[str, int] = {}
    if "passport_number" in values:
        number = {"number": values["passport_number"], "country": country}
        found = connection.execute(BY_PASSPORT, number).fetchall()
        if len(found) == 1:
            holders[_("passport number")] = found[0][0]
    certain = bool(holders) and country is not None
    for text, query, name in (
        (values.get("niora"), BY_NIORA, NIORA),
        (values.get("permit_number"), BY_PERMIT, _("permit number")),
    ):
        row = connection.execute(query, (fold_number(text),)).fetchone() if text else None
        if row is not None:
            holders[name] = row[0]
            certain = certain or name == NIORA
    if not holders:
        return None
    (key, resident), *others = holders.items()
    for other, second in others:
        if second != resident:
            raise TwoPeople(one=key, first=resident, other=other, second=second)
    said = {str(name): values.get(name) for name in (*TOLD, "niora")}
    _refuse_other(connection, key, resident, said, certain=certain)
    return resident


def _refuse_other(
    connection: sqlite3.Connection, key: str, resident: int, said: Mapping[str, str | None], *, certain: bool
) -> None:
    """Raise the refusal of a row that says too much else of the resident whom its `key` names."""
    recorded = next(rows(connection, ON_FILE, {"resident": resident}))
    niora = recorded["niora"]
    if niora is not None and fold_number(said["niora"] or niora) != fold_number(niora):
        raise OtherNiora(key=key, resident=resident)
    if not certain and names_differ(str(said["name"]), recorded["name"]):
        raise OtherName(key=key, resident=resident)
    if contradiction(said, recorded) >= TOO_MUCH:
        raise OtherPerson(key=key, resident=resident, recorded=_told(recorded), row=_told(said))


def _told(facts: Mapping[str, str | None]) -> str:
    return ", ".join(str(facts[name]) for name in TOLD if facts.get(name))


class Namesakes:
    """The names of everyone, to find likely duplicates; the first of these are kept, and all are counted."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.duplicates: list[LikelyDuplicate] = []
        self.duplicated = 0
        self._connection = connection
        self._made = False
        connection.execute(DISCARD_NAMES)

    def prepare(self) -> None:
        """Fold all names on record, once, when the first new person comes. Call it outside of a savepoint."""
        if self._made:
            return
        self._connection.create_function("fold_name", 1, fold_name, deterministic=True)
        for statement in (MAKE_NAMES, FILL_NAMES, INDEX_NAMES):
            self._connection.execute(statement)
        self._made = True

    def add(self, entry: Entry, resident: int) -> None:
        """Add a new resident, and note a likely duplicate if others with the same name may be the same person."""
        name, folded = entry.values["name"], fold_name(entry.values["name"])
        asked = {"folded": folded, "born": entry.values.get("born"), "nationality": entry.values["nationality"]}
        like = tuple(identity for (identity,) in self._connection.execute(NAMESAKES, asked))
        self._connection.execute(ADD_NAME, (folded, resident))
        if like:
            self.duplicated += 1
            if len(self.duplicates) < DUPLICATES_KEPT:
                self.duplicates.append(LikelyDuplicate(entry.line, name, resident, like))
