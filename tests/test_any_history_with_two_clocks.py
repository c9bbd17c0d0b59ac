"""Any history of an office beside a plain Python model of it that keeps every version: on any day, as known at any
moment, every list and count of the register is the model's, and what can be undone is what the model says.

The model knows rows by number, and nothing of SQL: what a change did is the rows it wrote and took away.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.plugin import examples
from timpora_cli.actions import residents, sponsors
from timpora_cli.actions.stays import corrections
from timpora_cli.actions.undo import BuiltOn, InTheWay, undo
from timpora_cli.errors import Refused
from timpora_cli.model.terms import GROUPS, group_of
from timpora_cli.queries.counting.counts import KEYS
from timpora_cli.queries.history import change_made
from timpora_cli.queries.verify import verified

if TYPE_CHECKING:
    from tests.conftest import EffectiveEnd, Office

BEGIN, TODAY, MOST_PEOPLE = date(2019, 11, 1), date(2021, 3, 1), 4
KINDS = ["KITAS", "KITAP", "ITK", "VOA", "BVK", "ITKT", "DINAS"]
WINDOWS = {"ITK": 14, "KITAS": 30, "KITAP": 60}
VILLAGES = [None, "19.02.01.2012", "19.02.01.1001", "19.02.04.2005", "19.06.07.2004"]
NATIONALITIES, PURPOSES, SPONSORS = ["AUS", "D", "XXA"], [None, "WORK", "FAMILY"], [None, "PT Contoh", "CV Rekaan"]
NAMES = ["Ann", "Bob", "Cid", "Dee", "Eve"]


# The model ----------------------------------------------------------------------------------------------------------


class Who(NamedTuple):
    name: str
    nationality: str
    sex: str | None
    purpose: str | None
    sponsor: int | None


class Home(NamedTuple):
    who: int
    village: str | None
    since: date | None
    until: date | None = None


class Stay(NamedTuple):
    who: int
    since: date | None
    until: date | None = None


class Held(NamedTuple):
    who: int
    kind: str
    number: str | None
    issued: date | None
    starts: date | None
    expires: date | None
    ended: date | None = None
    follows: int | None = None


class Sponsor(NamedTuple):
    name: str


class Passport(NamedTuple):
    who: int


Row = Who | Home | Stay | Held | Sponsor | Passport
Key = tuple[str, int]  # a table and the register's own number in it


class Version(NamedTuple):
    """A row, the number of the change that wrote it, and all that it holds, of which the model knows only a part."""

    written: int
    row: Row
    whole: tuple[object, ...]


State = Mapping[Key, Version]


@dataclass
class Model:
    """All versions: the rows as they stood after each change, by its number. The first made the register."""

    states: dict[int, State] = field(default_factory=lambda: {1: {}})

    @property
    def last(self) -> int:
        return max(self.states)

    @property
    def now(self) -> State:
        return self.states[self.last]

    def write(self, rows: Mapping[Key, Row | None], wrote: Mapping[Key, tuple[object, ...] | None]) -> None:
        """Keep the state after the next change. `wrote` is what it wrote, whole; None is a row that it took away.

        Of `rows` the model knows what became; the others that the change wrote say the same as before to it.
        """
        state = dict(self.now)
        for key, whole in wrote.items():
            row = rows[key] if key in rows else self.now[key].row
            assert (row is None) == (whole is None)
            state.pop(key, None)
            if row is not None and whole is not None:
                state[key] = Version(self.last + 1, row, whole)
        self.states[self.last + 1] = state

    def stays_of(self, who: int, state: State | None = None) -> dict[Key, Stay]:
        rows = (self.now if state is None else state).items()
        return {key: version.row for key, version in rows if isinstance(version.row, Stay) and version.row.who == who}

    def homes_of(self, who: int, state: State | None = None) -> dict[Key, Home]:
        rows = (self.now if state is None else state).items()
        return {key: version.row for key, version in rows if isinstance(version.row, Home) and version.row.who == who}

    def permits_of(self, who: int, state: State | None = None) -> dict[int, Held]:
        rows = (self.now if state is None else state).items()
        return {
            key[1]: version.row for key, version in rows if isinstance(version.row, Held) and version.row.who == who
        }

    def people(self, state: State | None = None) -> dict[int, Who]:
        rows = (self.now if state is None else state).items()
        return {key[1]: version.row for key, version in rows if isinstance(version.row, Who)}

    def sponsors(self, state: State) -> dict[int, str]:
        return {key[1]: version.row.name for key, version in state.items() if isinstance(version.row, Sponsor)}

    def open_home(self, who: int) -> Key | None:
        return next((key for key, home in self.homes_of(who).items() if home.until is None), None)

    def current(self, who: int) -> int | None:
        return next((key for key, held in self.permits_of(who).items() if held.ended is None), None)

    def undone(self, number: int) -> dict[Key, Row | None] | set[int]:
        """The rows that taking back a change writes; or the changes that build on it, none where a rule forbids it."""
        before, after = self.states[number - 1], self.states[number]
        wrote = {key for key, version in after.items() if version.written == number}
        touched = wrote | (before.keys() - after.keys())
        if later := {one for one in (self.built_on_by(key, number) for key in touched) if one is not None}:
            return later
        rows = {key: before[key].row if key in before else None for key in touched}
        left = dict(self.now)
        for key, row in rows.items():
            left.pop(key, None)
            if row is not None:
                left[key] = Version(self.last + 1, row, ())
        if hanging := {version.written for version in left.values() if not all(key in left for key in refers(version))}:
            return {one for one in hanging if one <= self.last}
        twice = len(set(self.sponsors(left).values())) < len(self.sponsors(left))
        if twice or not all(lawful(self, who, left) for who in self.people(left)):
            return set()
        return rows

    def built_on_by(self, key: Key, number: int) -> int | None:
        """The change by which a row is another than a change left it; None where it is as it was left."""
        left, now = self.states[number].get(key), self.now.get(key)
        if (left and left.whole) == (now and now.whole):
            return None
        return now.written if now else max(later for later, state in self.states.items() if key in state) + 1


def owner(version: Version) -> int | None:
    """Whose a row is, but for the resident's own."""
    match version.row:
        case Home(who=who) | Stay(who=who) | Passport(who=who) | Held(who=who):
            return who
        case _:
            return None


def refers(version: Version) -> list[Key]:
    """The rows that a row cannot be without."""
    match version.row:
        case Who(sponsor=int(sponsor)):
            return [("sponsor", sponsor)]
        case Home(who=who) | Stay(who=who) | Passport(who=who) | Held(who=who, follows=None):
            return [("resident", who)]
        case Held(who=who, follows=follows):
            return [("resident", who), ("permit", follows or 0)]
        case _:
            return []


def lawful(model: Model, who: int, state: State) -> bool:
    """Whether somebody's rows keep the rules between rows."""
    homes, held = list(model.homes_of(who, state).values()), list(model.permits_of(who, state).values())
    at_home, current = [home for home in homes if home.until is None], [one for one in held if one.ended is None]
    stays = list(model.stays_of(who, state).values())
    return (
        apart([(home.since, home.until) for home in homes])
        and apart([(one.starts, one.ended) for one in held])
        and len(current) <= len(at_home) <= 1
        and apart([(stay.since, stay.until) for stay in stays])
        and joined(homes) == joined(stays)
    )


def apart(periods: list[tuple[date | None, date | None]]) -> bool:
    spans = [(since or date.min, until or date.max) for since, until in periods]
    return not any(
        one[0] < other[1] and other[0] < one[1] for place, one in enumerate(spans) for other in spans[:place]
    )


def joined(periods: Sequence[Home] | Sequence[Stay]) -> list[tuple[date, date]]:
    """The days that periods cover, as the fewest periods that cover them."""
    spans: list[tuple[date, date]] = []
    for since, until in sorted((one.since or date.min, one.until or date.max) for one in periods):
        if spans and spans[-1][1] == since:
            spans[-1] = (spans[-1][0], until)
        elif since < until:
            spans.append((since, until))
    return spans


def holds(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on < until)


# What an officer does, in the office and in the model ---------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One thing that an officer does some days after the last, about a day that may lie further back.

    What it needs of the rest depends on what it is.
    """

    what: str
    who: int
    later: int
    back: int
    kind: str
    length: int | None
    village: str | None
    pick: int
    known: bool


steps = st.builds(
    Step,
    what=st.sampled_from(
        ["arrive", "grant", "grant", "grant", "follow", "follow", "revoke", "revoke", "move", "depart", "remove",
         "fix permit", "fix issue", "fix person", "fix home", "undo", "undo", "undo", "undo"]
    ),
    who=st.integers(0, MOST_PEOPLE - 1),
    later=st.integers(0, 40),
    back=st.sampled_from([0, 0, 0, 0, 1, 10, 30, 90]),
    kind=st.sampled_from(KINDS),
    length=st.none() | st.sampled_from([0, 1, 14, 30, 60, 180, 365]),
    village=st.sampled_from(VILLAGES),
    pick=st.integers(0, 11),
    known=st.sampled_from([True, True, True, True, False]),
)  # fmt: skip
BACK = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 7, 9)  # how many changes back an undo reaches, by what was picked


@dataclass
class World:
    """An office and its model, kept in step."""

    office: "Office"
    model: Model = field(default_factory=Model)
    printed: int = 0
    clock: date = BEGIN
    days: set[date] = field(default_factory=set)

    def go(self, step: Step) -> None:
        """Take a step in both. What the office refuses, for whatever reason, leaves nothing behind."""
        self.clock = min(self.clock + timedelta(days=step.later), TODAY)
        people = sorted(self.model.people())
        if step.what == "undo":
            self.undo(step)
        elif step.what == "arrive" or len(people) < 2:
            if len(people) < MOST_PEOPLE:
                self.arrive(step)
        else:
            before = self.office.dump() if step.pick == 0 else None
            try:
                rows = ACTS[step.what](self, step, people[step.who % len(people)])
            except Refused:
                assert before in (None, self.office.dump())
            else:
                if rows is not None:
                    self.keep(rows)
                    on = self.on(step)
                    self.days |= {on, on + timedelta(days=step.length or 0)}

    def on(self, step: Step) -> date:
        """The day that a step is about."""
        return self.clock - timedelta(days=step.back)

    def expires(self, step: Step) -> date | None:
        """The last day that is printed on what a step grants, or corrects."""
        return None if step.length is None else self.on(step) + timedelta(days=step.length)

    def arrive(self, step: Step) -> None:
        name, sponsor = f"{NAMES[step.pick % 5]} Invented", SPONSORS[step.pick % 3]
        purpose = PURPOSES[step.pick % 3]
        nationality, sex = NATIONALITIES[step.who % 3], "FM"[step.who % 2]
        since = self.on(step) if step.known else None
        resident = self.office.person(
            name, nationality, village=step.village, since=since.isoformat() if since else None,
            passport=f"X{self.model.last:05}", sponsor=sponsor, sex=sex, purpose_code=purpose,
        )  # fmt: skip
        number, rows = self.sponsor(sponsor)
        rows["resident", resident] = Who(name, nationality, sex, purpose, number)
        rows["passport", self.newest("passport")] = Passport(resident)
        rows["residence", self.newest("residence")] = Home(resident, step.village, since)
        rows["stay", self.newest("stay")] = Stay(resident, since)
        self.keep(rows)
        self.days.add(self.on(step))

    def keep(self, rows: Mapping[Key, Row | None]) -> None:
        """Let the model follow the office's last change; the office alone knows which rows it wrote over the same."""
        made = change_made(self.office.connection, self.model.last + 1)
        touched = [(row.table, int(row.key[0])) for row in made.rows if row.table != "undone"]
        wrote = {key: self.whole(*key) for key in touched}
        assert rows.keys() <= wrote.keys()
        self.model.write(rows, wrote)

    def whole(self, table: str, number: int) -> tuple[object, ...] | None:
        """A row with all its columns but the number of the change that wrote it; None where there is none."""
        cursor = self.office.connection.execute(f"SELECT * FROM {table} WHERE id = ?", (number,))
        names, row = [column[0] for column in cursor.description], cursor.fetchone()
        return row and tuple(value for name, value in zip(names, row, strict=True) if name != "change_id")

    def newest(self, table: str) -> int:
        """The number of the row that was just put into a table."""
        ((number,),) = self.office.rows(f"SELECT max(id) FROM {table}")
        return int(number)

    def sponsor(self, name: str | None) -> tuple[int | None, dict[Key, Row | None]]:
        """A sponsor's number, and the row that was written where nobody had named that sponsor yet."""
        known = {name: number for number, name in self.model.sponsors(self.model.now).items()}
        if name is None or name in known:
            return known.get(name or ""), {}
        number = self.newest("sponsor")
        return number, {("sponsor", number): Sponsor(name)}

    def number(self) -> str:
        self.printed += 1
        return f"N-{self.printed}"

    def undo(self, step: Step) -> None:
        number = self.model.last + 1 - BACK[step.pick]
        if number < 2:
            return
        made = change_made(self.office.connection, number)
        rows = self.model.undone(number)
        if isinstance(rows, Mapping):
            with self.office.change() as change:
                undo(change, made)
            self.keep(rows)
            return
        before = self.office.dump()
        with pytest.raises(BuiltOn if rows else InTheWay) as refused, self.office.change() as change:
            undo(change, made)
        assert self.office.dump() == before
        if rows:
            told = refused.value.values
            assert told["by"] in rows if "by" in told else told["later"] == ", ".join(map(str, sorted(rows)))


def counts_from(before: Held, today: date, ended: date | None) -> date:
    """The first day of a grant of unknown issue: without a gap after `before`, and not after its own end."""
    start = today if before.expires is None else min(today, before.expires + timedelta(days=1))
    return max(min(start, ended or start), before.starts or start)


def counts_anew(later: Held, was: Held | None, now: Held) -> date | None:
    """The first day of `later` once the grant before it is `now`: as if it were recorded when it was."""
    if later.issued is not None or later.starts is None:
        return later.starts
    at_the_end = was is not None and was.expires is not None and later.starts == was.expires + timedelta(days=1)
    return counts_from(now, TODAY if at_the_end else later.starts, later.ended)


def begun_by(held: Mapping[int, Held], permit: int, on: date) -> dict[Key, Row | None]:
    """The rows that are written where a day that nobody gave, the first of a permit, gives way to `on`."""
    row = held[permit]
    if row.issued is not None or row.starts is None or row.starts <= on or row.follows is None:
        return {}
    before = begun_by(held, row.follows, on)
    shortened = before.get(("permit", row.follows)) or held[row.follows]
    assert isinstance(shortened, Held)
    return {
        **before,
        ("permit", row.follows): shortened._replace(ended=on),
        ("permit", permit): row._replace(starts=on),
    }


def is_granted(world: World, step: Step, who: int) -> dict[Key, Row | None]:
    issued, expires = world.on(step) if step.known else None, world.expires(step)
    number = world.number()
    identity = world.office.permit(who, step.kind, iso(issued), iso(expires), number)
    held = Held(who, step.kind, number, issued, issued, expires)
    later = [
        (one.starts, one.ended or date.max, key)
        for key, one in world.model.permits_of(who).items()
        if issued and one.starts and one.starts > issued
    ]
    if not later:
        return {("permit", identity): held}
    _starts, _ended, next_one = min(later)
    follower = world.model.permits_of(who)[next_one]
    before = None if follower.follows is None else world.model.permits_of(who)[follower.follows]
    starts = counts_anew(follower, before, held)
    rows: dict[Key, Row | None] = {("permit", next_one): follower._replace(follows=identity, starts=starts)}
    if follower.follows is not None and before is not None:
        rows["permit", follower.follows] = before._replace(ended=issued)
    return {**rows, ("permit", identity): held._replace(ended=starts, follows=follower.follows)}


def is_followed(world: World, step: Step, who: int) -> dict[Key, Row | None] | None:
    current = world.model.current(who)
    if current is None:
        return None
    held = world.model.permits_of(who)[current]
    issued, expires = world.on(step) if step.known else None, world.expires(step)
    number, starts = world.number(), issued or counts_from(held, TODAY, None)
    if step.kind == held.kind:
        identity = world.office.extend(current, iso(issued), iso(expires), number)
    else:
        identity = world.office.convert(current, step.kind, iso(issued), iso(expires), number)
    new = Held(who, step.kind, number, issued, starts, expires, follows=current)
    return {**ended_on(world, who, current, starts), ("permit", identity): new}


def ended_on(world: World, who: int, permit: int, on: date) -> dict[Key, Row | None]:
    """The rows of a permit that ends on a day, and of those before it of which nobody knows when they began."""
    rows = begun_by(world.model.permits_of(who), permit, on)
    row = rows.get(("permit", permit)) or world.model.permits_of(who)[permit]
    assert isinstance(row, Held)
    return {**rows, ("permit", permit): row._replace(ended=on)}


def is_revoked(world: World, step: Step, who: int) -> dict[Key, Row | None] | None:
    current = world.model.current(who)
    if current is None:
        return None
    world.office.revoke(current, world.on(step).isoformat())
    return ended_on(world, who, current, world.on(step))


def moves(world: World, step: Step, who: int) -> dict[Key, Row | None]:
    """A move, or the return of somebody who had departed."""
    at_home = world.model.open_home(who)
    go = world.office.return_ if at_home is None else world.office.move
    go(who, step.village, world.on(step).isoformat())
    new: dict[Key, Row | None] = {("residence", world.newest("residence")): Home(who, step.village, world.on(step))}
    if at_home is None:
        return {("stay", world.newest("stay")): Stay(who, world.on(step)), **new}
    return {at_home: world.model.homes_of(who)[at_home]._replace(until=world.on(step)), **new}


def departs(world: World, step: Step, who: int) -> dict[Key, Row | None]:
    ended = world.office.depart(who, world.on(step).isoformat())
    at_home = world.model.open_home(who)
    here = next(key for key, stay in world.model.stays_of(who).items() if stay.until is None)
    assert at_home is not None
    rows: dict[Key, Row | None] = {
        here: world.model.stays_of(who)[here]._replace(until=world.on(step)),
        at_home: world.model.homes_of(who)[at_home]._replace(until=world.on(step)),
    }
    assert ended == world.model.current(who)
    if ended is not None:
        rows |= ended_on(world, who, ended, world.on(step))
    return rows


def is_removed(world: World, step: Step, who: int) -> dict[Key, Row | None] | None:
    if step.pick % 2:  # or nobody would live long enough for a history
        return None
    world.office.remove(who)
    now = world.model.now
    return {key: None for key in now if key == ("resident", who) or owner(now[key]) == who}


def permit_is_corrected(world: World, step: Step, who: int) -> dict[Key, Row | None] | None:
    """The last day, the class and the number; a correction may also correct nothing."""
    held = world.model.permits_of(who)
    if not held:
        return None
    identity = sorted(held)[step.pick % len(held)]
    row = held[identity]
    if step.pick % 3 == 0:
        row = row._replace(expires=world.expires(step))
        world.office.edit(identity, expires_on=iso(row.expires))
        return corrected(held, identity, row)
    if step.pick % 3 == 1:
        row = row._replace(kind=step.kind, number=world.number())
        world.office.edit(identity, class_code=row.kind, number=row.number)
    else:
        world.office.edit(identity, number=row.number)
    return {("permit", identity): row}


def issue_is_corrected(world: World, step: Step, who: int) -> dict[Key, Row | None] | None:
    """The day of issue, in both directions; it moves the end of the one before."""
    held = world.model.permits_of(who)
    if not held:
        return None
    identity = sorted(held)[step.pick % len(held)]
    row = held[identity]
    issued = world.on(step) if step.known else None
    world.office.edit(identity, issued_on=iso(issued))
    if issued == row.issued:
        return {("permit", identity): row}
    rows = begun_by(held, row.follows, issued) if row.follows is not None and issued else {}
    before = row.follows is not None and (rows.get(("permit", row.follows)) or held[row.follows])
    starts = issued or (counts_from(before, TODAY, row.ended) if isinstance(before, Held) else None)
    if row.follows is not None and isinstance(before, Held) and starts != row.starts:
        rows["permit", row.follows] = before._replace(ended=starts)
    return {**rows, **corrected(held, identity, row._replace(issued=issued, starts=starts))}


def corrected(held: Mapping[int, Held], identity: int, row: Held) -> dict[Key, Row | None]:
    """The rows of a permit that is corrected to `row`, and of a follower that counts from its end."""
    follower = next((key for key, one in held.items() if one.follows == identity), None)
    if follower is None:
        return {("permit", identity): row}
    starts = counts_anew(held[follower], held[identity], row)
    if starts == held[follower].starts:
        return {("permit", identity): row}
    return {
        ("permit", identity): row._replace(ended=starts),
        ("permit", follower): held[follower]._replace(starts=starts),
    }


def person_is_corrected(world: World, step: Step, who: int) -> dict[Key, Row | None]:
    person, office = world.model.people()[who], world.office
    name, nationality = f"{NAMES[step.pick % 5]} Invented", NATIONALITIES[step.pick % 3]
    if step.pick % 2:
        with office.change() as change:
            residents.edit(change, office.resident(who), {"full_name": name, "nationality": nationality})
        return {("resident", who): person._replace(name=name, nationality=nationality)}
    purpose, sponsor = PURPOSES[step.pick % 3], SPONSORS[step.who % 3]
    with office.change() as change:
        identity = sponsors.sponsor_id(change, sponsor) if sponsor else None
        residents.edit(change, office.resident(who), {"purpose_code": purpose, "sponsor_id": identity, "sex": None})
    number, rows = world.sponsor(sponsor)
    return {("resident", who): person._replace(purpose=purpose, sponsor=number, sex=None), **rows}


def home_is_corrected(world: World, step: Step, who: int) -> dict[Key, Row | None]:
    with world.office.change() as change:
        corrections.correct_residence(change, world.office.resident(who), {"village_code": step.village})
    at_home = world.model.open_home(who)
    assert at_home is not None
    return {at_home: world.model.homes_of(who)[at_home]._replace(village=step.village)}


ACTS: Mapping[str, Callable[[World, Step, int], dict[Key, Row | None] | None]] = {
    "grant": is_granted, "follow": is_followed, "revoke": is_revoked, "move": moves, "depart": departs,
    "remove": is_removed, "fix permit": permit_is_corrected, "fix issue": issue_is_corrected,
    "fix person": person_is_corrected, "fix home": home_is_corrected,
}  # fmt: skip


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# What is told of a day, as known at a moment ------------------------------------------------------------------------


class Seen(NamedTuple):
    """What a day tells of one person."""

    name: str
    nationality: str
    sex: str | None
    purpose: str | None
    sponsor: str | None
    village: str | None
    permit: int | None = None
    kind: str | None = None
    number: str | None = None
    expires: date | None = None
    end: date | None = None
    state: str | None = None


def seen(model: Model, state: State, on: date, effective_end: "EffectiveEnd") -> dict[int, Seen]:
    found = {}
    for who, person in model.people(state).items():
        at = [home for home in model.homes_of(who, state).values() if holds(home.since, home.until, on)]
        held = [(key, one) for key, one in model.permits_of(who, state).items() if holds(one.starts, one.ended, on)]
        assert len(at) <= 1 >= len(held)
        if not at:
            continue
        sponsor = model.sponsors(state).get(person.sponsor or 0)
        told = Seen(person.name, person.nationality, person.sex, person.purpose, sponsor, at[0].village)
        for key, one in held:
            end = one.expires and effective_end(one.kind, one.expires, on)
            told = told._replace(
                permit=key, kind=one.kind, number=one.number, expires=one.expires, end=end,
                state=stands(one.kind, one.expires, end, on),
            )  # fmt: skip
        found[who] = told
    return found


def stands(kind: str, expires: date | None, end: date | None, on: date) -> str:
    if expires is None or end is None:
        return "UNKNOWN"
    if end < on:
        return "OVERSTAY"
    if expires < on:
        return "RELIEF"
    return "DUE" if end != date.max and (end - on).days <= WINDOWS.get(kind, 30) else "VALID"


def told(office: "Office", on: date) -> dict[int, Seen]:
    found = {}
    for who, person in office.people(on.isoformat()).items():
        found[who] = Seen(
            person.name, person.nationality, person.sex, person.purpose, person.sponsor, person.place.village_code
        )
        if person.permit:
            held = person.permit
            found[who] = found[who]._replace(
                permit=held.permit_id, kind=held.class_code, number=held.number, expires=held.expires_on,
                end=held.effective_until, state=held.standing.state.value,
            )  # fmt: skip
    return found


SIDES: Mapping[str, Callable[[Seen], str | None]] = {
    "district": lambda one: one.village and one.village[:8],
    "village": lambda one: one.village,
    "regency": lambda one: one.village and one.village[:5],
    "class": lambda one: one.kind,
    "nationality": lambda one: one.nationality,
    "purpose": lambda one: one.purpose,
    "sponsor": lambda one: one.sponsor,
    "sex": lambda one: one.sex,
}


def agree(office: "Office", model: Model, state: State, on: date, reach: int, effective_end: "EffectiveEnd") -> None:
    """Hold every list and count of the office against the model."""
    expected, text = seen(model, state, on, effective_end), on.isoformat()
    assert told(office, on) == expected
    assert SIDES.keys() == KEYS.keys()
    for by, side in SIDES.items():
        tally = Counter((side(one), group_of(one.kind)) for one in expected.values())
        rows = {row.name if by == "sponsor" else row.code: row.groups for row in office.counts(text, by) if row.total}
        assert rows == {key: tuple(tally[key, group.code] for group in GROUPS) for key, _group in tally}, by
    before = on + timedelta(days=reach)
    due = [who for who, one in expected.items() if one.permit and (one.end is None or one.end < before)]
    listed, account = office.listed(text, before.isoformat())
    assert listed == sorted(due, key=lambda who: (expected[who].end or date.max, expected[who].name.casefold(), who))
    homes = [model.homes_of(who, state).values() for who in model.people(state)]
    known = sum(any(home.since is None or home.since <= on for home in mine) for mine in homes)
    without = sum(one.permit is None for one in expected.values())
    assert (sum(account), account.without, account.departed) == (known, without, known - len(expected))
    assert account.listed + account.not_due + account.without + account.departed == sum(account)
    assert (account.earlier, account.filtered_out) == (0, 0)


@dataclass(frozen=True)
class Question:
    """A day, how far its expiry list reaches, and how far back (of 1,000) the moment lies at which it was known."""

    on: date
    reach: int
    back: int


questions = st.lists(
    st.builds(
        Question, on=st.dates(BEGIN, TODAY + timedelta(days=90)), reach=st.integers(-30, 400), back=st.integers(0, 999)
    ),
    min_size=4,
    max_size=8,
)


def worth_asking(world: World, asked: list[Question]) -> Iterator[Question]:
    """The questions that were drawn, and one beside each of some days on which something begins or ends."""
    yield from asked
    edges = sorted(world.days)
    for place, edge in enumerate(edges[:: max(1, len(edges) // 4)]):
        yield replace(asked[place % len(asked)], on=edge)
        yield replace(asked[place % len(asked)], on=edge - timedelta(days=1))


def check(world: World, asked: list[Question], effective_end: "EffectiveEnd") -> None:
    office, model = world.office, world.model
    moments = dict(office.rows("SELECT id, at FROM change"))
    assert moments.keys() == model.states.keys()
    for question in worth_asking(world, asked):
        number = 1 + question.back * model.last // 1000
        with office.looking_back(moments[number]):
            agree(office, model, model.states[number], question.on, question.reach, effective_end)
    agree(office, model, model.now, asked[0].on, asked[0].reach, effective_end)
    verdict = verified(office.connection)
    assert [finding.fault for finding in verdict.findings if finding.fault] == []


OpenOffice = Callable[[], "Office"]


def live_through(
    open_office: OpenOffice,
    history: list[Step],
    asked: list[Question],
    effective_end: "EffectiveEnd",
) -> None:
    world = World(replace(open_office(), today=TODAY))
    with closing(world.office.connection):
        for step in history:
            world.go(step)
        check(world, asked, effective_end)


@pytest.mark.slow
@examples(1, 2)
@given(history=st.lists(steps, min_size=12, max_size=30), asked=questions)
def test_every_day_as_known_at_every_moment_is_the_models(
    open_office: OpenOffice,
    history: list[Step],
    asked: list[Question],
    effective_end: "EffectiveEnd",
) -> None:
    live_through(open_office, history, asked, effective_end)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(max_examples=520)
@given(history=st.lists(steps, min_size=12, max_size=60), asked=questions)
def test_every_day_as_known_at_every_moment_of_many_long_histories_is_the_models(
    open_office: OpenOffice,
    history: list[Step],
    asked: list[Question],
    effective_end: "EffectiveEnd",
) -> None:
    live_through(open_office, history, asked, effective_end)
