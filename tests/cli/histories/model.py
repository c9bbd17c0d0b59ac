"""A plain model of an office's register, written from the contract and the manual (states, law) alone.

A state is a value: what is known of people, places and reliefs after a change. To undo a change is to go back to the
state before it. Nothing here knows SQL, or a function of the program.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple, Protocol, TypeVar

FINE_A_DAY, FINE_LIMIT = 1_000_000, 60  # PP 28/2019 and PP 45/2024, for every day on which these histories play


class Period(Protocol):
    """Anything that holds from a day on (None: since ever) up to, and not including, another (None: still)."""

    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


Held = TypeVar("Held", bound=Period)


class Stay(NamedTuple):
    since: date | None
    until: date | None = None


class Home(NamedTuple):
    village: str | None
    since: date | None
    until: date | None = None


class Grant(NamedTuple):
    """A grant of a permit: from which day the register counts it, and until when."""

    permit: int
    kind: str
    number: str
    since: date | None
    expires: date | None
    until: date | None = None
    unlimited: bool = False


class Relief(NamedTuple):
    """A policy in force from `since`; `keeps` is the last day to which it keeps permits valid, None without an end."""

    code: str
    kinds: frozenset[str]
    since: date
    keeps: date | None
    entered_from: date | None = None
    supersedes: str | None = None
    ended: date | None = None


class Name(NamedTuple):
    """What a village is called, and the district that it lies in, from a day on."""

    since: date | None
    village: str
    district: str


@dataclass(frozen=True)
class Person:
    name: str
    stays: tuple[Stay, ...]
    homes: tuple[Home, ...]
    grants: tuple[Grant, ...] = ()

    @property
    def current(self) -> Grant | None:
        return next((grant for grant in self.grants if grant.until is None), None)

    @property
    def is_here(self) -> bool:
        return any(stay.until is None for stay in self.stays)

    def ended(self, on: date) -> "Person":
        """Leaving for good on a day: the stay, the home and the permit end."""
        return Person(self.name, closed(self.stays, on), closed(self.homes, on), closed(self.grants, on))

    def granted(self, grant: Grant) -> "Person":
        """Another grant in the place of the one that is current: that one ends on the day on which this one begins."""
        before = closed(self.grants, grant.since) if grant.since else self.grants
        return replace(self, grants=(*before, grant))


@dataclass(frozen=True)
class State:
    people: Mapping[int, Person] = field(default_factory=dict)
    reliefs: tuple[Relief, ...] = ()
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)

    def person(self, who: int, person: Person) -> "State":
        return replace(self, people={**self.people, who: person})

    def called(self, village: str, on: date) -> Name:
        """The last name of a village that holds on a day."""
        return [name for name in self.names[village] if name.since is None or name.since <= on][-1]


class Seen(NamedTuple):
    """What a day tells of one person who is present on it."""

    name: str
    village: str | None
    district: str | None
    kind: str | None = None
    number: str | None = None
    expires: date | None = None
    end: date | None = None
    state: str | None = None
    overstay: int | None = None
    fine: int | None = None
    over_limit: bool = False


def closed(periods: Iterable[Held], on: date | None) -> tuple[Held, ...]:
    """The same periods; the one that has no end yet ends on the day."""
    return tuple(one if one.until is not None else one._replace(until=on) for one in periods)  # type: ignore[attr-defined]


def on_day(periods: Iterable[Held], on: date) -> Held | None:
    """The one period that holds on a day, if one does."""
    held = [one for one in periods if (one.since is None or one.since <= on) and (one.until is None or on < one.until)]
    assert len(held) <= 1
    return held[0] if held else None


def day_followed(before: Grant, today: date) -> date:
    """From which day a grant of unknown issue counts: the day after the end of the one before, or today."""
    return min(today, before.expires + timedelta(days=1)) if before.expires else today


def in_force_until(relief: Relief, reliefs: Iterable[Relief]) -> date | None:
    """The first day on which a relief is no longer in force: it was ended, or another took its place."""
    days = [one.since for one in reliefs if one.supersedes == relief.code] + ([relief.ended] if relief.ended else [])
    return min(days, default=None)


def first_day_of_chain(relief: Relief, reliefs: tuple[Relief, ...]) -> date:
    """The first day of the chain of reliefs that a relief belongs to; one that never was in force gives none."""
    before = [one for one in reliefs if one.code == relief.supersedes]
    days = [first_day_of_chain(one, reliefs) for one in before]
    return min([relief.since, *days]) if spoke(relief, reliefs) else min(days, default=date.max)


def spoke(relief: Relief, reliefs: Iterable[Relief]) -> bool:
    until = in_force_until(relief, reliefs)
    return until is None or relief.since < until


def effective_end(state: State, person: Person, grant: Grant, on: date) -> date | None:
    """The later of the printed end and the end of a relief that covers the permit; None where the end is unknown."""
    if grant.expires is None:
        return None
    stay = on_day(person.stays, on)
    ends = [grant.expires]
    for relief in state.reliefs:
        until = in_force_until(relief, state.reliefs)
        begun = relief.since <= on and spoke(relief, state.reliefs) and grant.kind in relief.kinds
        in_time = first_day_of_chain(relief, state.reliefs) <= grant.expires
        entered = relief.entered_from is None or (
            stay is not None and stay.since is not None and stay.since >= relief.entered_from
        )
        if begun and in_time and entered:
            last = relief.keeps or date.max
            given_way = until is not None and until <= on
            ends.append(min(last, until - timedelta(days=1)) if given_way and until else last)
    return max(ends)


def seen(state: State, on: date) -> dict[int, Seen]:
    """What the register has to tell of everyone who is present on a day."""
    told = {}
    for who, person in state.people.items():
        home, stay = on_day(person.homes, on), on_day(person.stays, on)
        assert (home is None) == (stay is None)
        if home is None:
            continue
        called = state.called(home.village, on) if home.village else None
        one = Seen(person.name, called and called.village, called and called.district)
        grant = on_day(person.grants, on)
        told[who] = one if grant is None else stands(one, state, person, grant, on)
    return told


def stands(one: Seen, state: State, person: Person, grant: Grant, on: date) -> Seen:
    """The same with the permit in force; VALID and DUE are one here, since the windows are rows of the law."""
    one = one._replace(kind=grant.kind, number=grant.number, expires=grant.expires)
    end = effective_end(state, person, grant, on)
    if grant.unlimited:
        return one._replace(state="HOLDS")
    if grant.expires is None or end is None:
        return one._replace(state="UNKNOWN")
    if end < on:
        days = (on - end).days
        over = days > FINE_LIMIT
        return one._replace(
            end=end, state="OVERSTAY", overstay=days, fine=None if over else days * FINE_A_DAY, over_limit=over
        )
    return one._replace(end=end, state="RELIEF" if grant.expires < on else "HOLDS")
