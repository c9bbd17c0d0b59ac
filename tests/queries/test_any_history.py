"""Any history of an office, beside a plain Python model of it: the same is refused, and every day tells the same.

The model is written from the manual (states), without SQL, triggers or rows of reliefs.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.plugin import examples
from timpora_cli.errors import Refused
from timpora_cli.model.terms import CLASSES, GROUPS, group_of
from timpora_cli.queries.counting.counts import KEYS
from timpora_cli.store.known import look_back

if TYPE_CHECKING:
    from tests.conftest import EffectiveEnd, Office

BEGIN, LAST = date(2019, 10, 1), date(2021, 3, 1)
AFTER_EVERYTHING = "2021-06-01"
KINDS = [kind.term.code for kind in CLASSES]
# A village, or only a district where no more is known, or nothing at all.
PLACES = [None, "19.02.01", "19.06.07", "19.02.01.2012", "19.02.01.1001", "19.02.04.2005", "19.06.07.2004"]
NATIONALITIES = ["AUS", "D", "XXA"]
MOST_PEOPLE = 4

T = TypeVar("T")
OpenOffice = Callable[[], "Office"]


class Illegal(Exception):
    """The rules refuse this."""


@dataclass
class Home:
    place: str | None
    since: date | None
    until: date | None = None


@dataclass(eq=False)
class Held:
    identity: int
    kind: str
    expires: date | None
    starts: date | None
    ended: date | None = None
    follows: "Held | None" = None
    counted: bool = False  # nobody knows the day of issue: `starts` gives way to an earlier day that somebody gives

    def give_way(self, on: date) -> None:
        """Begin on the day `on`, and let those before this grant end on it, where it would begin later."""
        if self.starts is None or self.starts <= on:
            return
        refuse_unless(self.counted)
        if self.follows:
            self.follows.give_way(on)
            self.follows.ended = on
        self.starts = on


@dataclass
class Someone:
    """A resident as the rules have it: homes and permits with their days, and the day of leaving for good."""

    nationality: str
    homes: list[Home]
    permits: list[Held] = field(default_factory=list)
    departed: date | None = None

    def home(self, on: date) -> Home | None:
        return one([home for home in self.homes if holds(home.since, home.until, on)])

    def permit(self, on: date) -> Held | None:
        return one([held for held in self.permits if holds(held.starts, held.ended, on)])

    def current(self) -> Held | None:
        return one([held for held in self.permits if held.ended is None])

    def open_home(self) -> Home | None:
        return one([home for home in self.homes if home.until is None])

    def grant(self, held: Held) -> None:
        refuse_unless(not (held.expires and held.starts) or held.expires >= held.starts)
        later = [other for other in self.permits if held.starts and other.starts and other.starts > held.starts]
        if not later:
            refuse_unless(self.current() is None and self.open_home() is not None)
            self.take_place(held)
            return
        following = min(later, key=lambda other: (other.starts, other.ended or date.max))
        before = following.follows
        refuse_unless(before is None or before.starts != held.starts)
        kept = before.ended if before else None
        if before:
            before.ended = held.starts
        held.ended, held.follows = following.starts, before
        try:
            self.take_place(held)
        except Illegal:
            if before:
                before.ended = kept
            raise
        following.follows = held

    def take_place(self, held: Held) -> None:
        for other in self.permits:
            apart = (held.ended or date.max) <= (other.starts or date.min) or (other.ended or date.max) <= (
                held.starts or date.min
            )
            refuse_unless(apart)
        self.permits.append(held)

    def follow(self, held: Held, extends: bool) -> None:
        present = self.current()
        refuse_unless(present is not None)
        assert present is not None
        assert held.starts is not None
        refuse_unless((held.kind == present.kind) == extends)
        refuse_unless(not extends or not (held.expires and present.expires) or held.expires > present.expires)
        present.give_way(held.starts)
        present.ended, held.follows = held.starts, present
        self.permits.append(held)

    def revoke(self, on: date) -> None:
        present = self.current()
        refuse_unless(present is not None)
        assert present is not None
        present.give_way(on)
        present.ended = on

    def move(self, place: str | None, on: date) -> None:
        if self.departed:
            refuse_unless(on >= self.departed)
            self.departed = None
        else:
            home = self.open_home()
            assert home is not None
            refuse_unless(home.since is None or on >= home.since)
            home.until = on
        self.homes.append(Home(place, on))

    def depart(self, on: date) -> None:
        home, present = self.open_home(), self.current()
        refuse_unless(home is not None)
        assert home is not None
        refuse_unless(home.since is None or on >= home.since)
        if present:
            present.give_way(on)
        home.until = self.departed = on
        if present:
            present.ended = on


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise Illegal


def village_of(place: str | None) -> str | None:
    return place if place and len(place) == 13 else None


def district_alone(place: str | None) -> str | None:
    return place if place and len(place) == 8 else None


def holds(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on < until)


def one(several: list[T]) -> T | None:
    assert len(several) <= 1
    return several[0] if several else None


@dataclass(frozen=True)
class Step:
    """One thing that an officer does, some days after the last, about a day that may lie further back."""

    what: str
    who: int
    later: int
    back: int
    kind: str
    length: int | None
    place: str | None
    known: bool  # whether the day of issue, or of moving in, is known


steps = st.builds(
    Step,
    what=st.sampled_from(["arrive", "grant", "grant", "extend", "convert", "revoke", "move", "depart", "return"]),
    who=st.integers(0, MOST_PEOPLE - 1),
    later=st.integers(0, 60),
    back=st.sampled_from([0, 0, 0, 1, 7, 30, 120, 300]),
    kind=st.sampled_from(KINDS),
    length=st.none() | st.sampled_from([0, 1, 14, 30, 60, 180, 365]),
    place=st.sampled_from(PLACES),
    known=st.sampled_from([True, True, True, False]),
)
histories = st.lists(steps, min_size=5, max_size=25)


@dataclass
class World:
    """An office and its model, kept in step; `days` are those on which something begins or ends."""

    office: "Office"
    people: dict[int, Someone] = field(default_factory=dict)
    today: date = BEGIN
    days: set[date] = field(default_factory=set)

    def go(self, step: Step) -> None:
        self.today = min(self.today + timedelta(days=step.later), LAST)
        on = self.today - timedelta(days=step.back)
        self.days |= {on, on + timedelta(days=step.length or 0)}
        if step.what == "arrive" or not self.people:
            if len(self.people) < MOST_PEOPLE:
                self.arrive(step, on)
            return
        resident = list(self.people)[step.who % len(self.people)]
        self.act(resident, step, on)

    def arrive(self, step: Step, on: date) -> None:
        nationality = NATIONALITIES[step.who % len(NATIONALITIES)]
        resident = self.office.person(
            f"Person {len(self.people)} Invented",
            nationality,
            village=village_of(step.place),
            district=district_alone(step.place),
            since=on.isoformat() if step.known else None,
            sex="FM"[step.who % 2],
        )
        self.people[resident] = Someone(nationality, [Home(step.place, on if step.known else None)])

    def act(self, resident: int, step: Step, on: date) -> None:
        someone = self.people[resident]
        target = someone.current() or (someone.permits[-1] if someone.permits else None)
        if target is None and step.what in {"extend", "convert", "revoke"}:
            return
        try:
            held = self.imagine(someone, step, on, target)
        except Illegal:
            before = self.office.dump()
            with pytest.raises(Refused):
                self.do(resident, step, on, target)
            assert self.office.dump() == before
            return
        identity = self.do(resident, step, on, target)
        if held is not None:
            assert identity is not None
            held.identity = identity

    def imagine(self, someone: Someone, step: Step, on: date, target: Held | None) -> Held | None:
        """Take the step in the model; give the grant that it makes, if it makes one."""
        expires = None if step.length is None else on + timedelta(days=step.length)
        issued = on if step.known else None
        match step.what:
            case "grant":
                held = Held(0, step.kind, expires, issued)
                someone.grant(held)
                return held
            case "extend" | "convert":
                assert target is not None
                refuse_unless(expires is None or issued is None or expires >= issued)
                extends = step.what == "extend"
                run_out = target.expires + timedelta(days=1) if target.expires else self.today
                held = Held(0, target.kind if extends else step.kind, expires, issued or min(run_out, self.today))
                held.counted = issued is None
                someone.follow(held, extends)
                return held
            case "revoke":
                someone.revoke(on)
            case "depart":
                someone.depart(on)
            case _:
                someone.move(step.place, on)
        return None

    def do(self, resident: int, step: Step, on: date, target: Held | None) -> int | None:
        """Take the step in the office; give the id of the grant that it makes, if it makes one."""
        office = replace(self.office, today=self.today)
        permit = target.identity if target else 0
        issued = on.isoformat() if step.known else None
        expires = None if step.length is None else (on + timedelta(days=step.length)).isoformat()
        match step.what:
            case "grant":
                return office.permit(resident, step.kind, issued, expires)
            case "extend":
                return office.extend(permit, issued, expires)
            case "convert":
                return office.convert(permit, step.kind, issued, expires)
            case "revoke":
                office.revoke(permit, on.isoformat())
            case "depart":
                office.depart(resident, on.isoformat())
            case _:
                here = office.resident(resident).departed is None
                go = office.move if here else office.return_
                go(resident, village_of(step.place), on.isoformat(), district_alone(step.place))
        return None


@dataclass(frozen=True)
class Seen:
    """What a day tells of one person: where, on which permit, until when by the print and by the relief."""

    nationality: str
    village: str | None
    district: str | None
    permit: int | None
    kind: str | None
    expires: date | None
    end: date | None


def seen(world: World, on: date, effective_end: "EffectiveEnd") -> dict[int, Seen]:
    people = {}
    for resident, someone in world.people.items():
        home, held = someone.home(on), someone.permit(on)
        if home is None:
            continue
        where = (someone.nationality, village_of(home.place), home.place and home.place[:8])
        if held is None:
            people[resident] = Seen(*where, None, None, None, None)
            continue
        end = held.expires and effective_end(held.kind, held.expires, on)
        people[resident] = Seen(*where, held.identity, held.kind, held.expires, end)
    return people


def told(office: "Office", on: date) -> dict[int, Seen]:
    return {
        resident: Seen(
            person.nationality,
            person.place.village_code,
            person.place.district_code,
            person.permit and person.permit.permit_id,
            person.permit and person.permit.class_code,
            person.permit and person.permit.expires_on,
            person.permit and person.permit.effective_until,
        )
        for resident, person in office.people(on.isoformat()).items()
    }


def recount(people: dict[int, Seen], by: str) -> dict[str | None, tuple[int, ...]]:
    side: dict[str, Callable[[int, Seen], str | None]] = {
        "district": lambda _who, one: one.district,
        "village": lambda _who, one: one.village,
        "regency": lambda _who, one: one.district and one.district[:5],
        "class": lambda _who, one: one.kind,
        "nationality": lambda _who, one: one.nationality,
    }
    tally = Counter((side[by](who, one), group_of(one.kind)) for who, one in people.items())
    keys = {key for key, _group in tally}
    return {key: tuple(tally[key, group.code] for group in GROUPS) for key in keys}


def check_day(world: World, on: date, reach: int, effective_end: "EffectiveEnd") -> None:
    office, text = world.office, on.isoformat()
    expected = seen(world, on, effective_end)
    assert told(office, on) == expected
    for by in KEYS:
        rows = office.counts(text, by)
        assert sum(row.total for row in rows) == len(expected)
        if by in {"district", "village", "regency", "class", "nationality"}:
            assert {row.code: row.groups for row in rows if row.total} == recount(expected, by)
    before = on + timedelta(days=reach)
    listed, account = office.listed(text, before.isoformat())
    ends = {who: one.end or date.max for who, one in expected.items() if one.permit}
    due = [who for who, one in expected.items() if one.permit and (one.end is None or one.end < before)]
    assert listed == sorted(due, key=lambda who: (ends[who], who))
    known = [
        who for who, one in world.people.items() if any(home.since is None or home.since <= on for home in one.homes)
    ]
    assert sum(account) == len(known)
    assert account.without == sum(one.permit is None for one in expected.values())
    assert account.departed == len(known) - len(expected)
    assert account.listed + account.not_due + account.without + account.departed == sum(account)
    assert (account.earlier, account.filtered_out) == (0, 0)


def worth_asking(world: World, drawn: list[date]) -> Iterator[date]:
    """The days that were drawn, and those on and beside which something begins or ends."""
    edges = sorted(world.days)
    yield from drawn
    for edge in edges[:: max(1, len(edges) // 8)]:
        yield from (edge - timedelta(days=1), edge, edge + timedelta(days=1))


def check_history(
    open_office: OpenOffice, history: list[Step], days: list[date], reach: int, effective_end: "EffectiveEnd"
) -> None:
    world = World(open_office())
    with closing(world.office.connection):
        for step in history:
            world.go(step)
        for on in worth_asking(world, days):
            check_day(world, on, reach, effective_end)
        world.office.agrees_with_views(AFTER_EVERYTHING)
        assert world.office.rows("PRAGMA foreign_key_check") == []


some_days = st.lists(st.dates(date(2019, 6, 1), date(2021, 5, 31)), min_size=2, max_size=4)
reaches = st.integers(-60, 400)


@pytest.mark.slow
@examples(2, 6)
@given(history=histories, days=some_days, reach=reaches)
def test_every_day_of_any_history_is_the_models(
    open_office: OpenOffice, effective_end: "EffectiveEnd", history: list[Step], days: list[date], reach: int
) -> None:
    check_history(open_office, history, days, reach, effective_end)


@pytest.mark.slow
@settings(max_examples=500)
@given(history=st.lists(steps, min_size=5, max_size=60), days=some_days, reach=reaches)
def test_every_day_of_many_long_histories_is_the_models(
    open_office: OpenOffice, effective_end: "EffectiveEnd", history: list[Step], days: list[date], reach: int
) -> None:
    check_history(open_office, history, days, reach, effective_end)


@pytest.mark.slow
@settings(max_examples=6)
@given(history=histories)
def test_what_was_known_at_any_moment_can_be_asked_again(open_office: OpenOffice, history: list[Step]) -> None:
    world = World(open_office())
    asked = [BEGIN, date(2020, 5, 1), date(2020, 9, 17), LAST]
    answers: dict[str, list[dict[int, Seen]]] = {}
    with closing(world.office.connection):
        for step in history:
            world.go(step)
            ((moment,),) = world.office.rows("SELECT max(at) FROM change")
            answers[moment] = [told(world.office, on) for on in asked]
        for moment, answer in answers.items():
            with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
                world.office.connection.backup(copy)
                look_back(copy, moment)
                then = replace(world.office, connection=copy)
                assert [told(then, on) for on in asked] == answer
                then.agrees_with_views(AFTER_EVERYTHING)
