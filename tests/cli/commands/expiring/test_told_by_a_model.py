"""`--new --mark` beside a plain model, over random days of missed runs, renewals, corrections, reliefs and departures.

The model is a few dictionaries: who holds which version of which permit, what the reliefs make of its end, and what was
told. It shares no line with the program.
"""

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.search.plugin import Chance

BEGIN = date(2030, 1, 1)  # long after the reliefs of 2020
REACHES = {"30d": 30, "7d": 7, "0d": 0}
RELIEF = ("--name", "Made up", "--basis", "Contoh 1", "--class", "KITAS", "--source", "example.invalid")


@dataclass
class Held:
    """A permit as the model knows it."""

    expires: date | None
    version: int = 0


@dataclass
class Relief:
    """A relief as the model knows it: it speaks on [since, ended), and keeps permits valid until a day."""

    since: date
    until: date
    ended: date = date.max

    def end(self, expires: date, on: date) -> date:
        if not self.since <= expires < self.until or on < self.since:
            return expires
        reach = self.until if on < self.ended else min(self.until, self.ended - timedelta(days=1))
        return max(expires, reach)


@dataclass
class Model:
    """The office as the test knows it."""

    held: dict[int, Held] = field(default_factory=dict)  # by resident
    reliefs: list[Relief] = field(default_factory=list)
    told: dict[str, set[tuple[int, int, date | None]]] = field(
        default_factory=lambda: {reach: set() for reach in REACHES}
    )

    def end(self, held: Held, on: date) -> date | None:
        if held.expires is None:
            return None
        return max((relief.end(held.expires, on) for relief in self.reliefs), default=held.expires)

    def due(self, reach: str, on: date) -> set[tuple[int, int, date | None]]:
        ends = {(who, held.version, self.end(held, on)) for who, held in self.held.items()}
        last = on + timedelta(days=REACHES[reach])
        return {(who, version, end) for who, version, end in ends if end is None or end <= last}

    def crossings(self, reach: str, on: date) -> set[int]:
        """Who is to be told on a day; from then on they are told."""
        new = self.due(reach, on) - self.told[reach]
        self.told[reach] |= new
        return {who for who, _version, _end in new}


@dataclass
class Days:
    """Random days of an office: each does something to the program and to the model alike."""

    timpora: "Timpora"
    chance: random.Random
    on: date = BEGIN
    model: Model = field(default_factory=Model)
    people: int = 0
    told: int = 0

    def permit_of(self, who: int) -> str:
        with closing(sqlite3.connect(self.timpora.db)) as connection:
            query = "SELECT id FROM permit WHERE resident_id = ? AND ended_on IS NULL"
            return str(connection.execute(query, (who,)).fetchone()[0])

    def somebody(self) -> int | None:
        return self.chance.choice(sorted(self.model.held)) if self.model.held else None

    def soon(self) -> date:
        return self.on + timedelta(days=self.chance.randint(1, 60))

    def a_newcomer(self) -> None:
        self.people += 1
        who = ("--name", f"Person {self.people} Invented", "--nationality", "AUS", "--village", "Air Merbau")
        self.timpora.answer("resident", "add", *who)
        expires = None if self.chance.random() < 0.1 else self.soon()
        words = ("--class", "KITAS", "--number", f"N{self.people}", "--issued", self.on.isoformat())
        self.timpora.answer("permit", "add", str(self.people), *words, "--expires", str(expires or "unknown"))
        self.model.held[self.people] = Held(expires)

    def a_renewal(self, who: int) -> None:
        held = self.model.held[who]
        expires = max(self.soon(), held.expires or self.on) + timedelta(days=1)
        words = ("--number", f"R{self.timpora.changes().__len__()}", "--issued", self.on.isoformat())
        self.timpora.answer("permit", "extend", self.permit_of(who), *words, "--expires", expires.isoformat())
        self.model.held[who] = Held(expires, held.version + 1)

    def a_correction(self, who: int) -> None:
        held = self.model.held[who]
        expires = self.soon()
        if expires != held.expires:
            self.timpora.answer("permit", "edit", self.permit_of(who), "--expires", expires.isoformat())
            self.model.held[who] = Held(expires, held.version + 1)

    def a_departure(self, who: int) -> None:
        self.timpora.answer("resident", "depart", str(who), "--on", self.on.isoformat())
        del self.model.held[who]

    def a_relief(self, _who: int) -> None:
        relief = Relief(self.on, self.soon())
        days = ("--from", relief.since.isoformat(), "--until", relief.until.isoformat())
        self.timpora.answer("relief", "add", f"R-{len(self.model.reliefs)}", *RELIEF, *days)
        self.model.reliefs.append(relief)

    def an_end_of_a_relief(self, _who: int) -> None:
        open_ones = [place for place, one in enumerate(self.model.reliefs) if one.ended == date.max]
        if open_ones and self.model.reliefs[place := self.chance.choice(open_ones)].since < self.on:
            self.timpora.answer("relief", "end", f"R-{place}", "--on", self.on.isoformat())
            self.model.reliefs[place].ended = self.on

    def something_happens(self) -> None:
        happens = self.chance.choices(
            (self.a_renewal, self.a_correction, self.a_departure, self.a_relief, self.an_end_of_a_relief),
            (5, 3, 1, 1, 1),
        )[0]
        who = self.somebody()
        if who is not None:
            happens(who)

    def a_run(self, reach: str) -> None:
        printed = self.timpora.answer(
            "expiring", "--new", "--mark", "--within", reach, "--format", "csv", "--columns", "resident_id"
        )
        listed = [int(line) for line in printed.splitlines()[1:]]
        assert len(listed) == len(set(listed))
        assert set(listed) == self.model.crossings(reach, self.on), (self.on, reach)
        self.told += len(listed)

    def pass_by(self, days: int) -> None:
        for _day in range(days):
            self.timpora.at(self.on.isoformat())
            if self.people < 25 and self.chance.random() < 0.3:
                self.a_newcomer()
            if self.chance.random() < 0.4:
                self.something_happens()
            for reach in REACHES:
                if self.chance.random() < 0.6:  # cron misses a run now and then
                    self.a_run(reach)
            self.on += timedelta(days=1)


@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_each_crossing_is_told_once_over_forty_random_days(
    empty: "Timpora", chance: "Chance", number: int, searching: bool
) -> None:
    days = Days(empty, chance(number))
    days.pass_by(40)
    assert searching or days.told > 10


@pytest.mark.slow
@pytest.mark.parametrize("number", [3, 4])
def test_each_crossing_is_told_once_over_two_hundred_random_days(
    empty: "Timpora", chance: "Chance", number: int, searching: bool
) -> None:
    days = Days(empty, chance(number))
    days.pass_by(200)
    assert searching or days.told > 60
