"""People of an equal name: never made one by an import, and told to the officer as likely duplicates."""

import sqlite3
from dataclasses import dataclass, field

from timpora_cli.model.names import fold_name

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

    def add(self, line: int, name: str, resident: int, like: tuple[int, ...]) -> None:
        """Add a new resident, with the others who are `like` it: likely duplicates."""
        self._connection.execute(ADD_NAME, (fold_name(name), resident))
        if like:
            self.duplicated += 1
            if len(self.duplicates) < DUPLICATES_KEPT:
                self.duplicates.append(LikelyDuplicate(line, name, resident, like))
