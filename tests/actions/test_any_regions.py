"""Any order of changes of regions and of moves: each past day keeps its places, whatever came later.

The oracle keeps what was said, and the days of each village. It knows no residence that is divided.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.log import take_back
from timpora_cli.actions.regions import Region, plans
from timpora_cli.actions.regions.changes import carry_out
from timpora_cli.actions.stays import corrections
from timpora_cli.queries.history import next_to_undo
from timpora_cli.queries.verify import verified

if TYPE_CHECKING:
    from sqlite3 import Connection

    from tests.conftest import Office
    from timpora_cli.model.places import RegionPlan

BEGIN = date(2019, 1, 1)
APART = 10  # days between two steps
DISTRICTS = {"19.02.01": "Tanjungpandan", "19.02.04": "Sijuk"}
VILLAGES = ("19.02.01.2012", "19.02.01.2004", "19.02.04.2001")
CHANGES = ("end", "end to", "split", "split to", "split stays", "rename", "move", "new code")
WHAT = st.sampled_from((*CHANGES, "add", "add", "add late", "go", "go", "depart", "return", "arrive before"))
STEPS = st.lists(st.tuples(WHAT, st.integers(0, 5), st.integers(0, 5)), min_size=4, max_size=16)

Where = tuple[str | None, str | None]
"""The names of a village and of its district, as they are on a day."""


@dataclass
class Land:
    """One village: since when and until when it is there, out of which it came, who follows, and what it is called."""

    begun: date | None
    names: dict[date, str]
    within: dict[date, str]
    mothers: list[str] = field(default_factory=list)
    ended: date | None = None
    heirs: list[str] = field(default_factory=list)


def of_day(values: dict[date, str], on: date) -> str:
    """What held on a day: the last that began by then, or the first."""
    return values[max((since for since in values if since <= on), default=min(values))]


class Oracle:
    """What was said of villages and of people."""

    def __init__(self, names: dict[str, str]) -> None:
        self.lands = {code: Land(None, {date.min: name}, {date.min: code[:8]}) for code, name in names.items()}
        self.said: dict[int, list[tuple[date, str]]] = {}
        self.gone: dict[int, list[tuple[date, date | None]]] = {}

    def there(self) -> list[str]:
        return [code for code, land in self.lands.items() if land.ended is None]

    def people(self, *, present: bool) -> list[int]:
        away = {who for who, spans in self.gone.items() if spans and spans[-1][1] is None}
        return [who for who in self.said if (who not in away) is present]

    def end(self, code: str, heirs: list[str], on: date) -> None:
        self.lands[code].ended, self.lands[code].heirs = on, heirs
        for heir in heirs:
            self.lands[heir].mothers.append(code)

    def add(self, code: str, name: str, on: date) -> None:
        self.lands[code] = Land(on, {on: name}, {on: code[:8]})

    def where(self, code: str, on: date) -> Where:
        """What a village that somebody is said to live in was, and was called, on a day."""
        land = self.lands[code]
        if land.begun is not None and on < land.begun and len(land.mothers) == 1:
            return self.where(land.mothers[0], on)
        if land.ended is not None and on >= land.ended:
            if len(land.heirs) == 1:
                return self.where(land.heirs[0], on)
            return None, DISTRICTS[of_day(land.within, land.ended)]
        return of_day(land.names, on), DISTRICTS[of_day(land.within, on)]

    def lived(self, on: date) -> dict[int, Where]:
        found = {}
        for who, said in self.said.items():
            away = any(since <= on and (until is None or on < until) for since, until in self.gone[who])
            known = [code for since, code in said if since <= on]
            if known and not away:
                found[who] = self.where(known[-1], on)
        return found


class History:
    """A register and the oracle beside it, step by step."""

    def __init__(self, office: "Office") -> None:
        self.office = office
        names = dict(office.rows("SELECT code, name FROM village"))
        self.oracle = Oracle({code: names[code] for code in VILLAGES})
        self.on = BEGIN
        self.codes = (f"{district}.2{number}" for number in range(800, 900) for district in DISTRICTS)

    def new(self, district: str) -> str:
        return next(code for code in self.codes if code.startswith(district))

    def done(self, plan: "Callable[[Connection], RegionPlan]") -> None:
        with self.office.change() as change:
            carry_out(change, plan(change.connection))

    def change(self, what: str, one: str, other: str) -> None:
        """Let a village change; `other` is another one that is there."""
        oracle, on = self.oracle, self.on
        land = oracle.lands[one]
        parent, name = of_day(land.within, on), of_day(land.names, on)
        if what.startswith("end"):
            heirs = [other] if what == "end to" and other != one else []
            self.done(lambda connection: plans.ended(connection, "village", one, heirs, on))
            oracle.end(one, heirs, on)
        elif what.startswith("split"):
            stays = what == "split stays"
            new = [self.new(parent) for _part in range(1 if stays else 2)]
            parts = [*(Region(code, f"Part {code}") for code in new), *([Region(one, "")] if stays else [])]
            to = new[0] if what == "split to" else None
            here = [who for who in oracle.people(present=True) if oracle.said[who][-1][1] in self.kin(one)]
            self.done(lambda connection: plans.split(connection, "village", one, plans.Split(parts, to), on))
            for code in new:
                oracle.add(code, f"Part {code}", on)
            if not stays:
                oracle.end(one, new, on)
            for who in here if to else ():
                oracle.said[who].append((on, str(to)))
        elif what == "rename":
            self.done(lambda connection: plans.renamed(connection, "village", one, f"{name} II", on))
            land.names[on] = f"{name} II"
        else:
            parent = next(code for code in DISTRICTS if code != parent)
            under = self.new(parent) if what == "new code" else None
            self.done(lambda connection: plans.moved(connection, "village", one, parent, on, under))
            if under is None:
                land.within[on] = parent
            else:
                oracle.add(under, name, on)
                oracle.end(one, [under], on)

    def kin(self, code: str) -> set[str]:
        """The villages of which, by now, this one is what they became."""
        found = {code}
        while (
            more := {one for one, land in self.oracle.lands.items() if set(land.heirs) & found and len(land.heirs) == 1}
            - found
        ):
            found |= more
        return found

    def live(self, what: str, who: int, village: str) -> None:
        """Let somebody come, go elsewhere, leave or return, or correct when they came."""
        oracle, office, on = self.oracle, self.office, self.on
        if what.startswith("add"):
            since = on - timedelta(days=35) if what == "add late" else on
            person = office.person(village=village, arrived=since.isoformat())
            oracle.said[person], oracle.gone[person] = [(since, village)], []
        elif what == "go":
            office.move(who, village, on.isoformat())
            oracle.said[who].append((on, village))
        elif what == "depart":
            office.depart(who, on.isoformat())
            oracle.gone[who].append((on, None))
        elif what == "return":
            office.return_(who, village, on.isoformat())
            oracle.gone[who][-1] = (oracle.gone[who][-1][0], on)
            oracle.said[who].append((on, village))
        elif not oracle.gone[who]:
            (since, code), *later = oracle.said[who]
            arrived = since - timedelta(days=25)
            with office.change() as change:
                corrections.correct_arrival(change, office.resident(who), arrived)
            oracle.said[who] = [(arrived, code), *later]

    def step(self, what: str, one: int, other: int) -> bool:
        """Take one step, if there is anybody or any village for it; return whether it was taken."""
        there, last = self.oracle.there(), self.office.rows("SELECT max(id) FROM change")
        villages = [there[number % len(there)] for number in (one, other)] if there else []
        people = self.oracle.people(present=what != "return")
        if what in CHANGES:
            if len(there) > 1:
                self.change(what, *villages)
        elif villages and (people or what.startswith("add")):
            self.live(what, people[one % len(people)] if people else 0, villages[1])
        return self.office.rows("SELECT max(id) FROM change") != last


def days() -> list[date]:
    return [BEGIN + timedelta(days=number) for number in range(-70, 20 * APART, 5)]


def lived(office: "Office", on: date) -> dict[int, Where]:
    return {who: (person.place.village, person.place.district) for who, person in office.people(on.isoformat()).items()}


def lasting(office: "Office") -> list[dict[int, Where]]:
    return [lived(office, on) for on in days()]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(steps=STEPS)
def test_each_day_keeps_its_places_and_an_undo_gives_them_back(
    open_office: "Callable[[], Office]", steps: list[tuple[str, int, int]]
) -> None:
    office = open_office()
    with closing(office.connection):
        history, before = History(office), []
        for step in steps:
            history.on += timedelta(days=APART)
            told = lasting(office)
            if history.step(*step):
                before.append(told)
        for on in days():
            assert lived(office, on) == history.oracle.lived(on), on
        ended = {code for code, land in history.oracle.lands.items() if land.ended is not None}
        homes = office.rows("SELECT village_code FROM residence WHERE until_on IS NULL")
        assert not ended & {code for (code,) in homes}
        assert verified(office.connection).whole
        while before:
            following = next_to_undo(office.connection)
            assert following.number is not None
            take_back(office, following.number)
            assert lasting(office) == before.pop()
