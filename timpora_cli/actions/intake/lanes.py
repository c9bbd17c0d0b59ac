"""Rows that share no number with another row of the sheet: most rows do not, and most are plain.

They are found and written here by set, without a plan, where what the plan would give is plain: a new person, or
nothing new. All else is left to the plan (planning/plan.py). The tests hold the two together.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from timpora_cli.actions.intake.planning.attempt import Given
from timpora_cli.actions.intake.planning.grants import PRINTED
from timpora_cli.actions.intake.planning.homes import LOTS, NAMING
from timpora_cli.actions.intake.recorded import GRANT, PERSON
from timpora_cli.actions.sponsors import sponsor_id
from timpora_cli.model.dates import UNLIMITED
from timpora_cli.model.terms import PERMANENT
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import IDENTIFYING, Field
from timpora_cli.store.change import Change

AT_ONCE = 500  # new people that are written at once

PASSPORT_DAYS: tuple[Field, ...] = ("passport_issued", "passport_expires")
OF_PASSPORT: tuple[Field, ...] = ("passport_country", *PASSPORT_DAYS)
WHERE: tuple[Field, ...] = (*NAMING, *LOTS)
SPONSOR: tuple[Field, ...] = ("sponsor", "sponsor_kind")
PLAIN: tuple[Field, ...] = (*PERSON, "arrived", *GRANT, *WHERE, "passport_number", *OF_PASSPORT, *SPONSOR)


def said(name: Field) -> str:
    """Return, in SQL, what a row says of a field."""
    return f'staged."{name}"'


def _any(names: tuple[Field, ...]) -> str:
    return f"coalesce({', '.join(map(said, names))}, NULL) IS NOT NULL"


def _same(name: Field, recorded: str) -> str:
    return f"({said(name)} IS NULL OR {said(name)} = {recorded})"


TABLES: Mapping[str, str] = {
    "newcomer": "place INTEGER PRIMARY KEY, line INTEGER NOT NULL UNIQUE",
    "unchanged": "line INTEGER PRIMARY KEY",
    "sponsor_said": "said TEXT NOT NULL, kind_said TEXT, name TEXT NOT NULL, kind TEXT, id INTEGER",
    "sponsor_open": "id INTEGER PRIMARY KEY",
}
INDEX = "CREATE INDEX IF NOT EXISTS temp.sponsor_said_by_name ON sponsor_said (said)"
DISTINCT_SPONSORS = (
    f"SELECT DISTINCT {said('sponsor')}, {said('sponsor_kind')} FROM temp.staged WHERE sponsor IS NOT NULL"
)
ADD_SPONSOR = "INSERT INTO temp.sponsor_said (said, kind_said, name, kind) VALUES (?, ?, ?, ?)"
RECORDED_SPONSORS = "SELECT id, name, kind FROM sponsor"
OPEN_SPONSOR = "INSERT INTO temp.sponsor_open VALUES (?)"
OF_SPONSOR = f"""
LEFT JOIN temp.sponsor_said
    ON sponsor_said.said = {said("sponsor")} AND sponsor_said.kind_said IS {said("sponsor_kind")}
"""
BEGINS = f"max(coalesce({said('issued')}, ''), coalesce({said('valid_from')}, ''))"
ALONE = """
staged.fault IS NULL
    AND staged.line NOT IN (SELECT line FROM temp.grouped)
    AND NOT ({beyond})
"""
# A region that began or ended may divide the residence of who lives in it.
FIND_NEWCOMERS = f"""
INSERT INTO temp.newcomer (line)
SELECT staged.line
FROM temp.staged{OF_SPONSOR.rstrip()}
WHERE {ALONE.strip()}
    AND staged.line NOT IN (SELECT line FROM temp.known)
    AND {_any(IDENTIFYING)}
    AND {said("nationality")} IS NOT NULL
    AND NOT ({said("village")} IS NOT NULL AND {said("district")} IS NOT NULL)
    AND ({said("class")} IS NOT NULL OR NOT {_any(tuple(GRANT))})
    AND ({said("expires")} IS NULL OR {said("expires")} >= {BEGINS})
    AND ({said("expires")} IS NOT '{UNLIMITED}' OR {said("class")} = '{PERMANENT}')
    AND coalesce({said("passport_expires")}, '9999') >= coalesce({said("passport_issued")}, '0000')
    AND coalesce({said("arrived")}, '9999') >= coalesce({said("born")}, '0000')
    AND ({said("sponsor")} IS NULL OR sponsor_said.said IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM village
        WHERE code = {said("village")} AND (from_on IS NOT NULL OR until_on IS NOT NULL)
    )
    AND NOT EXISTS (
        SELECT 1 FROM district
        WHERE code = {said("district")} AND (from_on IS NOT NULL OR until_on IS NOT NULL)
    )
ORDER BY staged.line
"""
# Letter for letter what the register has of now: the open stay, residence and permit, and the passport that is last.
FIND_UNCHANGED = f"""
INSERT INTO temp.unchanged
SELECT staged.line
FROM (SELECT line, min(resident) AS resident FROM temp.known GROUP BY line HAVING count(*) = 1) AS one
JOIN temp.staged ON staged.line = one.line
JOIN resident ON resident.id = one.resident
JOIN stay ON stay.resident_id = resident.id AND stay.departed IS NULL
JOIN residence ON residence.resident_id = resident.id AND residence.until_on IS NULL
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
LEFT JOIN permit ON permit.resident_id = resident.id AND permit.ended_on IS NULL
LEFT JOIN passport ON passport.id = (
    SELECT other.id FROM passport AS other
    WHERE other.resident_id = resident.id
    ORDER BY
        other.retired_on IS NULL DESC,
        other.retired_on DESC,
        (SELECT max(on_day) FROM passport_named WHERE passport_id = other.id) DESC,
        other.issued_on DESC,
        other.id DESC
    LIMIT 1
)
WHERE {ALONE.strip()}
    AND (resident.sponsor_id IS NULL OR resident.sponsor_id NOT IN (SELECT id FROM temp.sponsor_open))
    AND :on >= coalesce(residence.from_on, '')
    AND {" AND ".join(_same(name, f"resident.{column}") for name, column in PERSON.items())}
    AND {_same("arrived", "stay.arrived")}
    AND {_same("sponsor", "sponsor.name")} AND {_same("sponsor_kind", "sponsor.kind")}
    AND {_same("village", "residence.village_code")} AND {_same("district", "residence.district_code")}
    AND {" AND ".join(_same(name, f"residence.{name}") for name in LOTS)}
    AND iif(
        {said("passport_number")} IS NULL,
        NOT {_any(OF_PASSPORT)},
        {said("passport_number")} = passport.number
            AND {_same("passport_country", "passport.country")}
            AND {_same("passport_issued", "passport.issued_on")}
            AND {_same("passport_expires", "passport.expires_on")}
            AND 1 = (
                SELECT count(*) FROM passport AS mine
                WHERE mine.resident_id = resident.id AND mine.number = {said("passport_number")}
            )
    )
    AND (
        NOT {_any(tuple(GRANT))}
        OR (
            {_any(PRINTED)}
            AND permit.id IS NOT NULL
            AND {" AND ".join(_same(name, f"permit.{column}") for name, column in GRANT.items() if name != "expires")}
            AND {_same("expires", f"iif(permit.unlimited, '{UNLIMITED}', permit.expires_on)")}
        )
    )
"""
FIND = FIND_NEWCOMERS, FIND_UNCHANGED
OF_SOME = """
FROM temp.newcomer
JOIN temp.staged ON staged.line = newcomer.line
"""
SOME = "newcomer.place BETWEEN :first AND :last"
IN_ORDER = f"WHERE {SOME} AND {{which}} ORDER BY newcomer.place"
COUNT_UNCHANGED = "SELECT count(*) FROM temp.unchanged"
LAST_PLACE = "SELECT coalesce((SELECT place FROM temp.newcomer WHERE line < :line ORDER BY line DESC LIMIT 1), 0)"
LINES = "SELECT line FROM temp.newcomer WHERE place BETWEEN :first AND :last ORDER BY place"
NAMES = f"SELECT staged.line, {said('name')}, newcomer.place + :shift {OF_SOME} WHERE {SOME} ORDER BY newcomer.place"
NEW_SPONSORS = f"""
SELECT sponsor_said.name, sponsor_said.kind {OF_SOME} {OF_SPONSOR}
WHERE {SOME} AND sponsor_said.id IS NULL AND sponsor_said.said IS NOT NULL
GROUP BY sponsor_said.name, sponsor_said.kind
ORDER BY min(newcomer.place)
"""
KNOW_SPONSOR = "UPDATE temp.sponsor_said SET id = :id WHERE name = :name AND kind IS :kind"
ARRIVED = f"coalesce({said('arrived')}, {said('issued')})"
# What is written of each new person, by table and column, and of whom.
OWN = {column: said(name) for name, column in PERSON.items()}
RESIDENT: Mapping[str, str] = {**OWN, "sponsor_id": "sponsor_said.id"}
ROWS: Sequence[tuple[str, Mapping[str, str], str]] = (
    ("stay", {"from_on": ARRIVED, "arrived": said("arrived")}, "1"),
    (
        "residence",
        {
            "village_code": said("village"),
            "district_code": said("district"),
            **{name: said(name) for name in LOTS},
            "from_on": ARRIVED,
        },
        "1",
    ),
    (
        "passport",
        {
            "number": said("passport_number"),
            "country": f"coalesce({said('passport_country')}, {said('nationality')})",
            "issued_on": said("passport_issued"),
            "expires_on": said("passport_expires"),
        },
        f"{said('passport_number')} IS NOT NULL",
    ),
    (
        "permit",
        {
            **{column: said(name) for name, column in GRANT.items() if name != "expires"},
            "expires_on": f"nullif({said('expires')}, '{UNLIMITED}')",
            "unlimited": f"iif({said('expires')} = '{UNLIMITED}', 1, NULL)",
            "starts_on": said("issued"),
            "granted_as": "'NEW'",
        },
        _any(tuple(GRANT)),
    ),
)


@dataclass(slots=True)
class Lanes:
    """The rows of a sheet that need no plan, found by `find`. `written` are the new people who are in the register."""

    connection: sqlite3.Connection
    given: Given
    fields: frozenset[Field]
    written: int = 0

    def find(self) -> None:
        """Find the rows that need no plan, of those that are staged and matched; what was found before is forgotten."""
        for table, columns in TABLES.items():
            self.connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
            self.connection.execute(f"DELETE FROM temp.{table}")
        self.connection.execute(INDEX)
        if self.given.defaults:
            return
        self._find_sponsors()
        beyond = sorted(self.fields - set(PLAIN))
        asked = {"on": self.given.on or "9999"}
        for query in FIND:
            self.connection.execute(query.format(beyond=_any(tuple(beyond)) if beyond else "0"), asked)

    @property
    def unchanged(self) -> int:
        """How many rows say nothing new."""
        return int(self.connection.execute(COUNT_UNCHANGED).fetchone()[0])

    def stretches(self, line: int) -> Iterator[tuple[int, int]]:
        """Yield the first and the last place of new people who are not written yet, of lines before `line`."""
        (last,) = self.connection.execute(LAST_PLACE, {"line": line}).fetchone()
        while self.written < last:
            first, self.written = self.written + 1, min(self.written + AT_ONCE, last)
            yield first, self.written

    def lines(self, first: int, last: int) -> list[int]:
        """Return the lines of a stretch of new people."""
        return [line for (line,) in self.connection.execute(LINES, {"first": first, "last": last})]

    def write(self, change: Change, first: int, last: int) -> list[tuple[int, str, int]]:
        """Write a stretch of new people, and return the line, the name and the id of each.

        Call it within a savepoint: a constraint may refuse them halfway.
        """
        asked = {"first": first, "last": last}
        for name, kind in self.connection.execute(NEW_SPONSORS, asked).fetchall():
            known = {"id": sponsor_id(change, name, kind), "name": name, "kind": kind}
            self.connection.execute(KNOW_SPONSOR, known)
        shift = (
            change.insert_from("resident", RESIDENT, f"{OF_SOME} {OF_SPONSOR} {IN_ORDER.format(which=1)}", asked)
            - first
        )
        for table, columns, which in ROWS:
            of_resident = {"resident_id": "newcomer.place + :shift", **columns}
            change.insert_from(
                table, of_resident, f"{OF_SOME} {IN_ORDER.format(which=which)}", {**asked, "shift": shift}
            )
        return self.connection.execute(NAMES, {**asked, "shift": shift}).fetchall()

    def _find_sponsors(self) -> None:
        """Keep how each sponsor of the sheet is called and of what kind it is, but for those that are refused.

        And those on record of which the sheet knows the kind better.
        """
        sponsors = self.given.sponsors
        for name, kind in self.connection.execute(DISTINCT_SPONSORS).fetchall():
            row = Entry(0, {"sponsor": name} if kind is None else {"sponsor": name, "sponsor_kind": kind})
            if sponsors.fault(row, name) is None:
                called = sponsors.name(name)
                self.connection.execute(ADD_SPONSOR, (name, kind, called, sponsors.kind(called)))
        for identity, name, kind in self.connection.execute(RECORDED_SPONSORS).fetchall():
            if sponsors.kind(name) != kind:
                self.connection.execute(OPEN_SPONSOR, (identity,))
