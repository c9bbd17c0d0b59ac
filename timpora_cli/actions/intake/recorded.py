"""People as an import sees them: what the register has of each, by the fields of a sheet.

A value that is not known has no entry, so two people can be compared whole. Days are ISO text.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_name, fold_number
from timpora_cli.queries.rows import Stored, rows
from timpora_cli.queries.rows import folded as sql_folded
from timpora_cli.sheets.facts import Values
from timpora_cli.sheets.headers import Field

PERSON: Mapping[Field, str] = {
    "name": "full_name",
    "sex": "sex",
    "born": "born",
    "birthplace": "birthplace",
    "nationality": "nationality",
    "purpose": "purpose_code",
    "occupation": "occupation",
    "contact": "contact",
    "niora": "niora",
}
GRANT: Mapping[Field, str] = {
    "class": "class_code",
    "index": "index_code",
    "permit_number": "number",
    "issued": "issued_on",
    "valid_from": "valid_from",
    "expires": "ends",
    "office": "office",
}
PLACE: Mapping[Field, str] = {
    "village": "village_code",
    "district": "district_code",
    "address": "address",
    "rt": "rt",
    "rw": "rw",
}

OF_SOME = "IN (SELECT value FROM json_each(:residents))"
# The resident's own columns of arrival and departure are from before there were stays; the last stay's stand for them.
PEOPLE = f"""
SELECT resident.*, sponsor.name AS sponsor, sponsor.kind AS sponsor_kind, last_stay.arrived, last_stay.departed
FROM resident
JOIN last_stay ON last_stay.resident_id = resident.id
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
WHERE resident.id {OF_SOME}
"""
ARRIVALS = f"SELECT resident_id, arrived FROM stay WHERE resident_id {OF_SOME} AND arrived IS NOT NULL"
PASSPORTS = f"""
SELECT passport.*, (SELECT max(on_day) FROM passport_named WHERE passport_id = passport.id) AS named_on
FROM passport
WHERE resident_id {OF_SOME}
ORDER BY retired_on IS NULL, retired_on, named_on, issued_on, id
"""
# `ends` is the last day as a sheet has it: a day, or the word for there being none.
GRANTS = f"""
SELECT *, iif(unlimited, 'unlimited', expires_on) AS ends FROM permit
WHERE resident_id {OF_SOME}
ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, ended_on, id
"""
REPORTS = f"""
SELECT permit_id, on_day FROM permit_report JOIN permit ON permit.id = permit_id WHERE permit.resident_id {OF_SOME}
"""
HOMES = f"""
SELECT * FROM residence
WHERE resident_id {OF_SOME}
ORDER BY from_on IS NOT NULL, from_on, until_on IS NULL, until_on, id
"""


class SaidOtherwise(Refused):
    """Line {line} of this sheet says otherwise: {field}. One of the two lines is wrong."""


# Whom numbers name on record, by the kind of number.
HOLDERS: Mapping[str, str] = {
    # A sheet that names no issuer means that of the nationality, so a passport is found by that country too.
    "passport": """
        SELECT passport.number, country.code AS country, passport.resident_id AS resident
        FROM passport
        JOIN resident ON resident.id = passport.resident_id
        JOIN country ON country.code IN (passport.country, resident.nationality)
        WHERE passport.number IN ({numbers})
    """,
    "niora": f"""
        SELECT {sql_folded("niora")} AS number, NULL AS country, id AS resident FROM resident
        WHERE niora IS NOT NULL AND {sql_folded("niora")} IN ({{numbers}})
    """,
    "permit": f"""
        SELECT DISTINCT {sql_folded("number")} AS number, NULL AS country, resident_id AS resident FROM permit
        WHERE {sql_folded("number")} IN ({{numbers}})
    """,
}


@dataclass(slots=True)
class Passport:
    """A passport, not valid from the day `retired`; `named` is the last day on which it was named the current one."""

    number: str = field(repr=False)
    country: str
    issued: str | None = None
    expires: str | None = None
    retired: str | None = None
    named: str | None = None
    id: int | None = None


@dataclass(slots=True)
class Grant:
    """A permit: what is printed on it, by the fields of GRANT, and its days in the chain of the person's permits.

    `follows` is the id of the one that it follows, on record.
    """

    printed: Values = field(repr=False)
    starts: str | None = None
    ended: str | None = None
    reason: str | None = None
    granted_as: str = "NEW"
    follows: int | None = None
    reports: set[str] = field(default_factory=set)
    id: int | None = None

    def copy(self) -> "Grant":
        """Return a copy that shares nothing with this one."""
        return replace(self, printed=dict(self.printed), reports=set(self.reports))


@dataclass(slots=True)
class Home:
    """A residence: where, by the fields of PLACE, and its days."""

    where: Values = field(repr=False)
    since: str | None = None
    until: str | None = None
    id: int | None = None

    def copy(self) -> "Home":
        """Return a copy that shares nothing with this one."""
        return replace(self, where=dict(self.where))


@dataclass(slots=True)
class Person:
    """One person with all passports, permits and residences, each list in its order.

    `facts` are by field. `arrived` among them is the entry of the last stay; `arrivals` are all entries on record.
    """

    facts: Values = field(default_factory=dict, repr=False)
    passports: list[Passport] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    departed: str | None = None
    arrivals: frozenset[str] = frozenset()
    id: int | None = None

    @property
    def since(self) -> str | None:
        """The first day of residence that the facts give: the arrival, else the first day of issue, else None."""
        issued = [grant.printed["issued"] for grant in self.grants if "issued" in grant.printed]
        return self.facts.get("arrived") or min(issued, default=None)

    @property
    def home_follows(self) -> bool:
        """Whether the one residence begins on the day that the facts give, so that it moves with them."""
        return len(self.homes) == 1 and self.homes[0].until is None and self.homes[0].since == self.since

    def copy(self) -> "Person":
        """Return a copy that shares nothing with this one."""
        return replace(
            self,
            facts=dict(self.facts),
            passports=[replace(one) for one in self.passports],
            grants=[one.copy() for one in self.grants],
            homes=[one.copy() for one in self.homes],
        )


def recorded(connection: sqlite3.Connection, residents: Iterable[int]) -> dict[int, Person]:
    """Return what the register has of each of the residents, by their ids."""
    asked = {"residents": str(sorted(residents))}
    people = {}
    columns = {**PERSON, "sponsor": "sponsor", "sponsor_kind": "sponsor_kind", "arrived": "arrived"}
    for row in rows(connection, PEOPLE, asked):
        people[row["id"]] = Person(_known(row, columns), departed=row["departed"], id=row["id"])
    for resident, arrived in connection.execute(ARRIVALS, asked):
        people[resident].arrivals |= {arrived}
    for row in rows(connection, PASSPORTS, asked):
        days = row["issued_on"], row["expires_on"], row["retired_on"], row["named_on"]
        people[row["resident_id"]].passports.append(Passport(row["number"], row["country"], *days, row["id"]))
    grants = {}
    for row in rows(connection, GRANTS, asked):
        grants[row["id"]] = grant_in(row)
        people[row["resident_id"]].grants.append(grants[row["id"]])
    for permit, on in connection.execute(REPORTS, asked):
        grants[permit].reports.add(on)
    for row in rows(connection, HOMES, asked):
        home = Home(_known(row, PLACE), row["from_on"], row["until_on"], row["id"])
        people[row["resident_id"]].homes.append(home)
    return people


def grant_in(row: Stored) -> Grant:
    """Return the permit of a row of the table `permit`, with its last day as `ends`."""
    days = row["starts_on"], row["ended_on"], row["end_reason"]
    return Grant(_known(row, GRANT), *days, row["granted_as"], row["follows_id"], id=row["id"])


def holders(connection: sqlite3.Connection, kind: str, number: str) -> Iterator[tuple[str, str | None, int]]:
    """Yield whom a number of a kind names on record, with the country where it is a passport's."""
    yield from connection.execute(HOLDERS[kind].format(numbers="?"), (number,))


def _known(row: Stored, columns: Mapping[Field, str]) -> Values:
    return {name: row[column] for name, column in columns.items() if row[column] is not None}


def same(name: Field, one: str, other: str) -> bool:
    """Return whether two values of a field are spellings of the same."""
    return one == other or folded(name, one) == folded(name, other)


def folded(name: Field, value: str) -> str:
    """Return the common form of all spellings of a value of a field."""
    fold = FOLDED.get(name)
    return value if fold is None else fold(value)


def _fold_lot(text: str) -> str:
    """Return an RT or RW as a number: 003 is 3."""
    return text.lstrip("0") or "0"


FOLDED: Mapping[Field, Callable[[str], str]] = {
    **dict.fromkeys(
        ("name", "birthplace", "occupation", "contact", "address", "office", "sponsor", "index"), fold_name
    ),
    "permit_number": fold_number,
    "niora": fold_number,
    "rt": _fold_lot,
    "rw": _fold_lot,
}
