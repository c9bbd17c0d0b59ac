"""All that a sheet would do, person by person, and all rows that are refused: found out while the change is under way,
and read when it has been taken back. It is kept in a private database that SQLite takes away itself.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from timpora_cli.actions.intake.planning.who import keys_of
from timpora_cli.model.imported import FactTold, PersonTold, RejectTold, Total
from timpora_cli.queries.imported import facts_changed, numbers_of, people_changed
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Change

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE said (line INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, country TEXT);
CREATE TABLE refused (line INTEGER PRIMARY KEY, reason TEXT NOT NULL);
CREATE TABLE fact (
    resident INTEGER NOT NULL, record TEXT NOT NULL, record_id INTEGER, new_record INTEGER, what TEXT NOT NULL,
    before, after, before_words, after_words
);
CREATE TABLE held (kind TEXT NOT NULL, number TEXT NOT NULL, country TEXT, resident INTEGER NOT NULL);
CREATE TABLE person (resident INTEGER PRIMARY KEY, name TEXT NOT NULL, came TEXT NOT NULL);
CREATE TABLE line_of (resident INTEGER NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (resident, line)) WITHOUT ROWID;
"""
SAID = "INSERT INTO said VALUES (?, ?, ?, ?)"
REFUSED = "INSERT OR REPLACE INTO refused VALUES (?, ?)"
FACT = "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
TOUCHED = "SELECT DISTINCT resident FROM fact ORDER BY resident"
HELD = "INSERT INTO held VALUES (?, ?, ?, ?)"
PERSON = "INSERT INTO person VALUES (?, ?, ?)"
JOIN = (
    "CREATE INDEX said_by_number ON said (kind, number)",
    "CREATE INDEX fact_of_resident ON fact (resident)",
    """
    INSERT OR IGNORE INTO line_of
    SELECT held.resident, said.line FROM held JOIN said USING (kind, number)
    WHERE (held.country IS NULL OR said.country IS NULL OR held.country = said.country)
        AND said.line NOT IN (SELECT line FROM refused)
    """,
    # A sponsor has other people too, of whom the sheet says nothing.
    """
    DELETE FROM person
    WHERE resident NOT IN (SELECT resident FROM line_of)
        AND resident NOT IN (SELECT resident FROM fact WHERE record <> 'sponsor')
    """,
    "DELETE FROM fact WHERE resident NOT IN (SELECT resident FROM person)",
)
PEOPLE = """
SELECT person.resident, person.name, person.came, min(line_of.line) AS first
FROM person LEFT JOIN line_of USING (resident)
GROUP BY person.resident
ORDER BY first IS NULL, first, person.resident
"""
LINES = "SELECT line FROM line_of WHERE resident = ? ORDER BY line"
FACTS = """
SELECT record, record_id, new_record, what, before, after, before_words, after_words FROM fact
WHERE resident = ?
ORDER BY rowid
"""
REJECTS = "SELECT line, reason FROM refused ORDER BY line"
CAME = "SELECT came, count(*) FROM person GROUP BY came"
KINDS = "SELECT what, count(*) FROM fact GROUP BY what ORDER BY min(rowid)"
AT_ONCE = 500  # rows and people that are handed to SQLite together


@dataclass(slots=True)
class Listing:
    """Which rows of a sheet are refused; and if it is `of_people`, what the sheet does to whom. It has to be closed."""

    of_people: bool
    connection: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect("", isolation_level=None))

    def __post_init__(self) -> None:
        """Make the tables."""
        self.connection.executescript(SCHEMA)
        self.connection.execute("BEGIN")

    def close(self) -> None:
        """Take the database away."""
        self.connection.close()

    def hear(self, entry: Entry, told: Mapping[Field, str]) -> None:
        """Keep the numbers by which a row names a person; `told` is what --set says of all rows."""
        keys = keys_of(entry.values, told) if self.of_people else ()
        self.connection.executemany(SAID, ((entry.line, key.kind, key.number, key.country) for key in keys))

    def refuse(self, line: int, reason: str) -> None:
        """Keep why a row is refused."""
        self.connection.execute(REFUSED, (line, reason))

    def take(self, change: Change) -> None:
        """Find out what the change under way has done to whom, and which lines say so. All refusals must be kept."""
        register, number = change.connection, change.number
        changed = facts_changed(register, number)
        self.connection.executemany(FACT, ((resident, *fact) for resident, fact in changed))
        touched = (resident for (resident,) in self.connection.execute(TOUCHED).fetchall())
        while chunk := list(islice(touched, AT_ONCE)):
            self.connection.executemany(PERSON, people_changed(register, number, chunk))
            self.connection.executemany(HELD, numbers_of(register, chunk))
        for statement in JOIN:
            self.connection.execute(statement)

    def totals(self) -> tuple[Total, ...]:
        """Return how many people are new, renewed and changed, and how many facts of each field change."""
        came = dict(self.connection.execute(CAME))
        people = [Total(f"people_{kind}", came.get(kind, 0)) for kind in ("new", "renewed", "changed")]
        return (*people, *(Total(*row) for row in self.connection.execute(KINDS)))

    def people(self) -> Iterator[PersonTold]:
        """Yield the people to whom something happens, in the order of the sheet."""
        for resident, name, came, _first in self.connection.execute(PEOPLE):
            lines = tuple(line for (line,) in self.connection.execute(LINES, (resident,)))
            facts = tuple(FactTold(*row) for row in self.connection.execute(FACTS, (resident,)))
            yield PersonTold(lines, None if came == "new" else resident, name, came, facts)

    def rejects(self) -> Iterator[RejectTold]:
        """Yield the rows that are refused, in the order of the sheet."""
        return (RejectTold(*row) for row in self.connection.execute(REJECTS))
