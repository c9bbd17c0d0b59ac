"""`--new --mark` beside a plain model, over random days: missed runs, renewals, corrections, reliefs, undone changes.

The model is a few dictionaries: who holds which grant until when, what the reliefs make of that, what was told, and
whose end has been another day since. It shares no line with the program.
"""

import copy
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.store import clock

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.search.plugin import Chance

BEGIN = date(2030, 1, 1)  # long after the reliefs of 2020
REACHES = {"30d": 30, "7d": 7, "0d": 0}
RELIEF = ("--name", "Made up", "--basis", "Contoh 1", "--class", "KITAS", "--source", "example.invalid")
Grant = tuple[int, int]
"""A grant: whose, and the how manieth."""


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
        return max(expires, reach) if self.since < self.ended else expires


@dataclass
class Facts:
    """What is on record: the grant that each person holds with its printed end, and the reliefs by their names."""

    held: dict[Grant, date | None] = field(default_factory=dict)
    reliefs: dict[str, Relief] = field(default_factory=dict)

    def ends(self, on: date) -> dict[Grant, date | None]:
        return {
            grant: expires and max([expires, *(relief.end(expires, on) for relief in self.reliefs.values())])
            for grant, expires in self.held.items()
        }


@dataclass
class Told:
    """What a reach has told: the end of each grant, and which of those has been another day since."""

    ends: dict[Grant, date | None] = field(default_factory=dict)
    moved: set[Grant] = field(default_factory=set)


@dataclass
class Model:
    """The office as the test knows it, with the facts from before each change that can be undone."""

    facts: Facts = field(default_factory=Facts)
    before: dict[int, Facts] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=lambda: {reach: Told() for reach in REACHES})

    def look(self, on: date) -> None:
        """Note whose end is another day now than the one that was told."""
        now = self.facts.ends(on)
        for told in self.told.values():
            told.moved |= {grant for grant, end in told.ends.items() if grant not in now or now[grant] != end}

    def crossings(self, reach: str, on: date) -> list[int]:
        """Who is to be told on a day; from then on they are told."""
        last, told = on + timedelta(days=REACHES[reach]), self.told[reach]
        due = {grant: end for grant, end in self.facts.ends(on).items() if end is None or end <= last}
        new = {grant: end for grant, end in due.items() if grant not in told.ends or grant in told.moved}
        told.ends |= new
        told.moved -= set(new)
        return sorted(who for who, _number in new)


@dataclass
class Days:
    """Random days of an office: each does something to the program and to the model alike."""

    timpora: "Timpora"
    chance: random.Random
    on: date = BEGIN
    model: Model = field(default_factory=Model)
    people: int = 0
    grants: int = 0
    told: int = 0
    again: int = 0

    def one(self, query: str, *values: object) -> int:
        with closing(sqlite3.connect(self.timpora.db)) as connection:
            return int(connection.execute(query, values).fetchone()[0])

    def permit_of(self, who: int) -> str:
        return str(self.one("SELECT id FROM permit WHERE resident_id = ? AND ended_on IS NULL", who))

    def soon(self) -> date:
        return self.on + timedelta(days=self.chance.randint(1, 60))

    def does(self, *words: str) -> None:
        """Run a command that changes something, and keep the facts from before it for an undo."""
        before = copy.deepcopy(self.model.facts)
        self.timpora.answer(*words)
        self.model.before[self.one("SELECT max(id) FROM change")] = before

    def a_newcomer(self) -> None:
        self.people += 1
        who = ("--name", f"Person {self.people} Invented", "--nationality", "AUS", "--village", "Air Merbau")
        self.timpora.answer("resident", "add", *who)
        expires = None if self.chance.random() < 0.1 else self.soon()
        words = ("--class", "KITAS", "--number", f"N{self.people}", "--issued", self.on.isoformat())
        self.timpora.answer("permit", "add", str(self.people), *words, "--expires", str(expires or "unknown"))
        self.model.facts.held[self.people, 0] = expires
        self.model.before.clear()  # nobody is added twice

    def a_renewal(self, grant: Grant) -> None:
        who, _number = grant
        expires = max(self.soon(), self.model.facts.held[grant] or self.on) + timedelta(days=1)
        self.grants += 1
        words = ("--number", f"R{self.grants}", "--issued", self.on.isoformat())
        self.does("permit", "extend", self.permit_of(who), *words, "--expires", expires.isoformat())
        del self.model.facts.held[grant]
        self.model.facts.held[who, self.grants] = expires

    def a_correction(self, grant: Grant) -> None:
        expires = self.soon()
        if expires != self.model.facts.held[grant]:
            self.does("permit", "edit", self.permit_of(grant[0]), "--expires", expires.isoformat())
            self.model.facts.held[grant] = expires

    def a_correction_and_back(self, grant: Grant) -> None:
        printed = self.model.facts.held[grant]
        self.a_correction(grant)
        self.model.look(self.on)
        self.does("permit", "edit", self.permit_of(grant[0]), "--expires", str(printed or "unknown"))
        self.model.facts.held[grant] = printed

    def another_number(self, grant: Grant) -> None:
        self.grants += 1
        self.does("permit", "edit", self.permit_of(grant[0]), "--number", f"C{self.grants}")

    def a_departure(self, grant: Grant) -> None:
        self.does("resident", "depart", str(grant[0]), "--on", self.on.isoformat())
        del self.model.facts.held[grant]

    def a_relief(self, _grant: Grant) -> None:
        self.grants += 1
        relief = Relief(self.on + timedelta(days=self.chance.choice((0, 0, 2))), self.soon() + timedelta(days=2))
        days = ("--from", relief.since.isoformat(), "--until", relief.until.isoformat())
        self.does("relief", "add", f"R-{self.grants}", *RELIEF, *days)
        self.model.facts.reliefs[f"R-{self.grants}"] = relief

    def an_end_of_a_relief(self, _grant: Grant) -> None:
        reliefs = self.model.facts.reliefs
        open_ones = [
            code for code, one in reliefs.items() if one.ended == date.max and one.since < self.on <= one.until
        ]
        if open_ones:
            code = self.chance.choice(open_ones)
            self.does("relief", "end", code, "--on", self.on.isoformat())
            reliefs[code].ended = self.on

    def an_undo(self, _grant: Grant) -> None:
        last = self.one("SELECT max(id) FROM change WHERE command NOT LIKE 'expiring%'")
        if last in self.model.before:
            self.timpora.answer("undo", str(last), "--yes")
            self.model.facts = self.model.before.pop(last)

    def something_happens(self) -> None:
        happens = self.chance.choices(
            (
                *(self.a_renewal, self.a_correction, self.a_correction_and_back, self.another_number, self.a_departure),
                *(self.a_relief, self.an_end_of_a_relief, self.an_undo),
            ),
            (4, 3, 1, 1, 1, 2, 2, 4),
        )[0]
        if self.model.facts.held:
            happens(self.chance.choice(sorted(self.model.facts.held)))
            self.model.look(self.on)

    def a_run(self, reach: str) -> None:
        before = set(self.model.told[reach].ends)
        printed = self.timpora.answer(
            "expiring", "--new", "--mark", "--within", reach, "--format", "csv", "--columns", "resident_id"
        )
        listed = [int(line) for line in printed.splitlines()[1:]]
        expected = self.model.crossings(reach, self.on)
        assert sorted(listed) == expected, (self.on, reach)
        self.told += len(listed)
        self.again += sum(who in {told for told, _number in before} for who in listed)

    def pass_by(self, days: int) -> None:
        for _day in range(days):
            self.timpora.at(self.on.isoformat())
            self.model.look(self.on)
            if self.people < 25 and self.chance.random() < 0.3:
                self.a_newcomer()
            for _time in range(self.chance.choice((0, 0, 1, 1, 2))):
                self.something_happens()
            for reach in REACHES:
                if self.chance.random() < 0.6:  # cron misses a run now and then
                    self.a_run(reach)
            self.on += timedelta(days=1)


@pytest.fixture
def days(empty: "Timpora", chance: "Chance", number: int, monkeypatch: pytest.MonkeyPatch) -> Days:
    """Days whose changes are logged at moments of those days, not of the day on which the test is run."""
    made = Days(empty, chance(number))

    monkeypatch.setattr(clock, "now", lambda: datetime.combine(made.on, time(2), tzinfo=UTC))
    return made


@pytest.mark.slow
@pytest.mark.parametrize("number", [1])
def test_nobody_whose_end_has_moved_stays_silent_and_nobody_is_told_twice(days: Days, searching: bool) -> None:
    days.pass_by(20)
    assert searching or days.told > 1


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_the_same_holds_over_a_hundred_random_days(days: Days, searching: bool) -> None:
    days.pass_by(100)
    assert searching or (days.told > 20 and days.again > 3)
