"""A register in memory, and sheets of random people to bring into it: for what holds of any sheet."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

from timpora_cli.actions.intake.planning.attempt import Given
from timpora_cli.actions.intake.planning.plan import plan
from timpora_cli.actions.intake.planning.who import Who
from timpora_cli.actions.intake.recorded import Grant, Home, Passport, Person, folded
from timpora_cli.actions.intake.sponsors import Known, Sponsors
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import IDENTIFYING, Field

TODAY = "2020-09-17"
Row = Mapping[Field, str]


class Brought(NamedTuple):
    """What came of a sheet: the people, why rows were refused and what came of the others, by line.

    `sponsors` are those on record by now, also of nobody any more: the name and the kind, by the folded name.
    """

    people: list[Person]
    refused: dict[int, str]
    came: dict[int, str]
    guessed: bool
    sponsors: dict[str, tuple[str, str | None]]

    def again(self, rows: Sequence[Entry], on: str | None = None) -> "Brought":
        """Bring a further sheet into the register that this one left."""
        return bring(self.people, rows, on, sponsors=self.sponsors)


def entries(rows: Sequence[Row]) -> list[Entry]:
    """Return the rows as entries, numbered in their order."""
    return [Entry(line, row) for line, row in enumerate(rows, start=2)]


def bring(
    people: Sequence[Person],
    rows: Sequence[Entry],
    on: str | None = None,
    told: Row | None = None,
    sponsors: Mapping[str, tuple[str, str | None]] | None = None,
) -> Brought:
    """Bring rows into a register of `people`, whose ids are their numbers. The people given stay as they are.

    `sponsors` are on record beside those of the people.
    """
    known = {**(sponsors or {}), **_sponsors(people)}
    with closing(sqlite3.connect(":memory:")) as nobody:
        nobody.execute("CREATE TABLE resident (id INTEGER, sponsor_id INTEGER)")  # for refusals that count people
        heard = Sponsors(nobody, {fold: Known(1, name, kind) for fold, (name, kind) in known.items()})
        for row in rows:
            heard.hear(row)
        brought = _brought(people, rows, Given(nobody, TODAY, on, heard, told or {}, DISTRICTS.copy()))
    return brought._replace(sponsors={**known, **brought.sponsors})


def _brought(people: Sequence[Person], rows: Sequence[Entry], given: Given) -> Brought:
    held = {person.id or 0: person.copy() for person in people}
    who = Who(rows, held, given.defaults)
    groups = who.groups()
    refused = {line: str(fault) for line, fault in who.refused.items()}
    came: dict[int, str] = {}
    guessed = False
    for group, resident in groups:
        planned = plan(held.get(resident or 0), group, given, who.doubted)
        refused |= {line: str(fault) for line, fault in planned.refused.items()}
        came |= planned.came
        guessed |= planned.guessed
        if planned.wanted is not None:
            wanted = planned.wanted
            wanted.id = wanted.id or len(held) + 1
            held[wanted.id] = _recorded(wanted)
    sponsors = _sponsors(held.values())
    for fold, (_name, kind) in sponsors.items():
        for person in held.values():
            if kind is not None and folded("sponsor", person.facts.get("sponsor", "")) == fold:
                person.facts["sponsor_kind"] = kind
    return Brought(list(held.values()), refused, came, guessed, sponsors)


def _sponsors(people: Iterable[Person]) -> dict[str, tuple[str, str | None]]:
    """Return the name and the kind of each sponsor: what is known of it by one person is known of it by all."""
    found: dict[str, tuple[str, str | None]] = {}
    for person in people:
        if "sponsor" in person.facts:
            name = person.facts["sponsor"]
            _name, kind = found.get(folded("sponsor", name), (name, None))
            found[folded("sponsor", name)] = name, kind or person.facts.get("sponsor_kind")
    return found


def _recorded(person: Person) -> Person:
    """Return a person as the register would have it: with ids, and the entry among all entries."""
    for place, one in enumerate(person.passports):
        one.id = one.id or 1000 * (person.id or 0) + place + 1
    number = max((grant.id or 0 for grant in person.grants), default=0) or 1000 * (person.id or 0)
    previous: int | None = None
    for grant in person.grants:
        if grant.id is None:
            number += 1
            grant.id = number
        grant.follows = None if grant.granted_as == "NEW" else previous
        previous = grant.id
    for place, home in enumerate(person.homes):
        home.id = home.id or 1000 * (person.id or 0) + place + 1
    if "arrived" in person.facts:
        person.arrivals |= {person.facts["arrived"]}
    if "sponsor" not in person.facts:
        person.facts.pop("sponsor_kind", None)
    return person


def shape(people: Sequence[Person], *, of_now: bool = False) -> list[str]:
    """Return people without ids and spellings, in an order of its own; `of_now` leaves out former residences."""
    return sorted(repr(_shape(person, of_now=of_now)) for person in people)


def _shape(person: Person, *, of_now: bool) -> tuple[Any, ...]:
    homes = [(_folded(home.where), None if of_now else (home.since, home.until)) for home in person.homes]
    grants = [
        (_folded(one.printed), one.starts, one.ended, one.reason, one.granted_as, sorted(one.reports))
        for one in person.grants
    ]
    passports = sorted(repr(replace(one, id=None)) + one.number for one in person.passports)
    name = sorted(folded("name", person.facts["name"]).replace(",", "").split())
    facts = [fact for fact in _folded(person.facts) if fact[0] != "name"]
    return name, facts, passports, grants, homes[-1:] if of_now else homes, person.departed


def _folded(values: Row) -> list[tuple[str, str]]:
    return sorted((name, folded(name, value)) for name, value in values.items())


# Sheets of random people -----------------------------------------------------------------------------------------


class Someone(NamedTuple):
    """A made-up person: spellings and mistakes come after what is right."""

    names: tuple[str, ...]
    passports: tuple[str, ...]
    niora: str
    nationality: str
    born: tuple[str, ...]
    sex: str


# Some have a number by mistake that is of another one; some names are near, fuller, or of somebody else.
PEOPLE = (
    Someone(
        ("Ann Invented", "ANN INVENTED", "Ann Maria Invented", "Ann Inventet"),
        ("X0001", "X0011"), "NI1", "AUS", ("1980-01-01", "1980-01-01", "1981-01-01"), "F",
    ),
    Someone(("Bob Rekaan", "Rekaan, Bob"), ("X0002",), "NI2", "D", ("1975-05-05",), "M"),
    Someone(("Cho Umpama",), ("X0003", "X0001"), "NI3", "KOR", ("1990-09-09",), "M"),
    Someone(("Dee Contoh",), ("X0004",), "NI4", "AUS", ("1966-06-06",), "F"),
)  # fmt: skip
ISSUED = ("2018-01-01", "2019-01-01", "2020-01-01", "2019-06-01")
EXPIRES = ("2018-12-31", "2019-12-31", "2020-12-31", "2020-05-31", "2021-12-31", "unlimited")
VILLAGES = ("19.02.01.2012", "19.02.04.2001")
DISTRICTS: dict[str, str | None] = {code: code[:8] for code in (*VILLAGES, "19.02.01", "19.02.04", "19.02.01.1001")}


class Maker:
    """Draws the rows of a sheet: `mess` is how many mistakes there are, `fill` how many of ten cells are filled in."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.mess = chance.choice((0, 0, 0, 1, 2))
        self.fill = chance.choice((4, 6, 8, 9, 10))

    def rows(self) -> list[Row]:
        """Return one to six rows of each of up to four people, some of them twice."""
        rows: list[Row] = []
        first = self.chance.randint(0, 3)
        for number in range(self.chance.randint(1, 4)):
            someone = PEOPLE[(first + number) % len(PEOPLE)]
            rows += [self.row(someone) for _ in range(self.chance.randint(1, 5))]
            if self.chance.randint(0, 4) == 0:
                rows.append(rows[-1])
        return rows

    def some(self, often: int, values: Sequence[str]) -> str | None:
        """Return one of `values` in `often` of ten cases, else None."""
        return self.chance.choice(values) if self.chance.randint(1, 10) <= often else None

    def row(self, who: Someone) -> Row:
        """Return one row, of which the reading of cells would refuse nothing."""
        right = slice(1) if self.mess == 0 else slice(9)
        passport = self.some(8, who.passports[right])
        cells: dict[Field, str | None] = {
            "name": self.chance.choice(who.names[: 2 if self.mess < 2 else 9]),
            "passport_number": passport,
            "passport_country": self.some(1, ("GBR", who.nationality)) if passport and self.mess else None,
            "passport_issued": self.some(2, ("2015-01-01", "2018-08-08")[right]) if passport else None,
            "passport_expires": self.some(2, ("2025-01-01", "2028-01-01")[right]) if passport else None,
            "passport_kept": self.some(1, ("yes",)) if passport and self.mess else None,
            "nationality": self.some(9, (who.nationality,)),
            "niora": self.some(4, (who.niora,)),
            "born": self.some(3, who.born[: 2 if self.mess < 2 else 9]),
            "sex": self.some(2, (who.sex,)),
            **self.permit(who),
            "purpose": self.some(2, ("WORK", "FAMILY")[right]),
            "occupation": self.some(3, ("guru", "Guru") if self.mess < 1 else ("guru", "juru masak")),
            "contact": self.some(1, ("0812", "0813")[right]),
            "sponsor": self.some(2, ("PT Contoh", "pt. contoh") if self.mess < 1 else ("PT Contoh", "CV Umpama")),
            "sponsor_kind": self.some(1, ("COMPANY", "PERSON")[right]),
            "arrived": self.some(2, ("2017-12-12", "2019-02-02")[right]),
            "village": (village := self.some(4, VILLAGES[right])),
            "district": None if village else self.some(2, ("19.02.01", "19.02.04")[right]),
            "address": self.some(3, ("Jl. Contoh 1", "Jl. Umpama 2")[right]),
            "rt": self.some(1, ("3", "003")),
        }
        values = {name: value for name, value in cells.items() if value is not None}
        return values if tells_who(values) else {**values, "niora": who.niora}

    def permit(self, who: Someone) -> dict[Field, str | None]:
        """Return the cells of a permit: mostly the k-th of the person's, in which some facts are blank."""
        k, fill = self.chance.randint(0, 2), self.fill
        if self.mess and self.chance.randint(0, 9) < 2 * self.mess:
            kind = self.some(6, ("KITAS", "KITAS", "KITAS", "KITAP", "ITK"))
            number = self.some(4, ("N1", "n 1", "N2", "N3"))
            issued, expires = self.some(5, ISSUED), self.some(5, EXPIRES)
        else:
            kind = self.some(max(fill, 7), (("KITAS", "KITAS", "KITAP")[k],))
            number = self.some(fill, (f"{who.niora}-{k}",))
            issued = self.some(fill, (ISSUED[k],))
            expires = self.some(fill, (("2019-01-31", "2019-12-31", "2024-12-31")[k],))
        if issued and expires and expires < issued:
            expires = None
        report = self.some(1, ("2020-06-06",))
        index = self.some(1, ("C312",))
        return {"class": kind, "permit_number": number, "issued": issued, "expires": expires, "index": index,
                "last_report": report if kind == "KITAP" else None}  # fmt: skip


def smallest(rows: list[Row], holds: Callable[[list[Row]], object]) -> list[Row]:
    """Return the fewest rows, with the fewest cells, of which `holds` still raises."""
    for row in list(rows):
        without = [other for other in rows if other is not row]
        rows = without if _fails(without, holds) else rows
    for place, row in enumerate(rows):
        for cell in [name for name in row if name != "name"]:
            fewer = {name: value for name, value in rows[place].items() if name != cell}
            trial = [*rows[:place], fewer, *rows[place + 1 :]]
            rows = trial if _fails(trial, holds) else rows
    return rows


def tells_who(row: Row) -> bool:
    """Return whether a row has a number that names a person, as the reading of cells wants it."""
    return not row.keys().isdisjoint(IDENTIFYING)


def _fails(rows: list[Row], holds: Callable[[list[Row]], object]) -> bool:
    if not all(map(tells_who, rows)):
        return False
    try:
        holds(rows)
    except Exception:  # any failure is one
        return True
    return False


def lived(people: Sequence[Person], chance: Random) -> list[Person]:
    """Return a register on which officers have worked: revocations, departures, retired passports, corrections."""
    return [_lived(person.copy(), chance) for person in people]


def _lived(person: Person, chance: Random) -> Person:
    last: Grant | None = person.grants[-1] if person.grants else None
    home: Home = person.homes[-1]
    begun = max(((last.starts if last else None) or "", home.since or "", "2019-03-03"))
    act = chance.randrange(7)
    if act == 0 and last is not None:
        last.ended, last.reason = max(begun, "2020-02-02"), "REVOKED"
    elif act == 1:
        departed = max(
            begun, "2020-03-03", person.facts.get("arrived", ""), *(on for one in person.grants for on in one.reports)
        )
        person.departed = home.until = departed
        if last is not None and last.ended is None:
            last.ended, last.reason = departed, "DEPARTED"
    elif act == 2 and person.passports:
        retired: Passport = person.passports[-1]
        person.passports[-1] = replace(retired, retired="2020-04-04")
    elif act == 3:
        person.facts["occupation"] = "penari"
    elif act == 4:
        home.where["village"] = "19.02.01.1001"
        home.where.pop("district", None)
    elif act == 5 and "sponsor" in person.facts:
        person.facts["sponsor_kind"] = "COMPANY"
    return person
