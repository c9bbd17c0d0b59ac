"""People of an equal name: never made one by an import, and told to the officer as likely duplicates."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from timpora_cli.model.names import fold_name

DUPLICATES_KEPT = 100  # to be shown

# The folded names of everyone. A temporary table and not a dict: SQLite moves it to the disk when it is large.
MAKE_NAMES = "CREATE TEMP TABLE folded_name (resident_id INTEGER PRIMARY KEY, folded TEXT NOT NULL)"
FILL_NAMES = "INSERT INTO temp.folded_name SELECT id, fold_name(full_name) FROM resident"
INDEX_NAMES = "CREATE INDEX temp.folded_name_by_name ON folded_name (folded)"
DISCARD_NAMES = "DROP TABLE IF EXISTS temp.folded_name"
ADD_NAME = "INSERT OR IGNORE INTO temp.folded_name (resident_id, folded) VALUES (?, ?)"
NAMESAKES = """
SELECT resident.id
FROM temp.folded_name
JOIN resident ON resident.id = folded_name.resident_id
WHERE folded_name.folded = :folded
    AND (resident.born = :born OR resident.nationality = :nationality)
ORDER BY resident.id
"""
# Of residents from one id on: those recorded before each of them who may be the same person.
LIKE_NEW = """
SELECT mine.id, other.id
FROM temp.folded_name AS name
JOIN resident AS mine ON mine.id = name.resident_id
JOIN temp.folded_name AS same ON same.folded = name.folded AND same.resident_id < name.resident_id
JOIN resident AS other ON other.id = same.resident_id
WHERE name.resident_id >= :first AND (other.born = mine.born OR other.nationality = mine.nationality)
ORDER BY mine.id, other.id
"""


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """A new person who has the name of another one, and the same day of birth or the same nationality."""

    line: int
    name: str = field(repr=False)
    resident_id: int
    like: tuple[int, ...]


class Namesakes:
    """The names of everyone, to find likely duplicates; the first of these are kept, and all are counted."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.duplicates: list[LikelyDuplicate] = []
        self.duplicated = 0
        self._connection = connection
        self._made = False
        connection.execute(DISCARD_NAMES)

    def _prepare(self) -> None:
        """Fold all names on record, once, when the first new person comes."""
        if self._made:
            return
        self._connection.create_function("fold_name", 1, fold_name, deterministic=True)
        for statement in (MAKE_NAMES, FILL_NAMES, INDEX_NAMES):
            self._connection.execute(statement)
        self._made = True

    def of(self, name: str, born: str | None, nationality: str | None) -> tuple[int, ...]:
        """Return the residents of an equal name with the same day of birth, or the same nationality.

        Call it outside of a savepoint: the first time, it makes the table of names.
        """
        self._prepare()
        asked = {"folded": fold_name(name), "born": born, "nationality": nationality}
        return tuple(identity for (identity,) in self._connection.execute(NAMESAKES, asked))

    def add(self, new: Sequence[tuple[int, str, int]]) -> None:
        """Add residents who have just been recorded, each as the line of its row, its name and its id.

        Those who are like somebody recorded before them are likely duplicates. Call it outside of a savepoint.
        """
        self._prepare()
        rows = {resident: (line, name) for line, name, resident in new}
        self._connection.executemany(ADD_NAME, ((resident, fold_name(name)) for _line, name, resident in new))
        found = self._connection.execute(LIKE_NEW, {"first": min(rows)})
        for resident, others in groupby(found, key=itemgetter(0)):
            like = tuple(other for _resident, other in others)
            self.duplicated += 1
            if len(self.duplicates) < DUPLICATES_KEPT:
                self.duplicates.append(LikelyDuplicate(*rows[resident], resident, like))
