"""A plain model of an office's register, written from the contract and the manual (states, law) alone.

A state is a value: what is known of people, places and reliefs after a change. To undo a change is to go back to the
state before it. Nothing here knows SQL, or a function of the program.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar


class Period(Protocol):
    """Anything that holds from a day on (None: since ever) up to, and not including, another (None: still)."""

    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


Held = TypeVar("Held", bound=Period)


class Stay(NamedTuple):
    """A stay, and whether the person `entered` on its first day; else nobody knows on which day."""

    since: date | None
    until: date | None = None
    entered: bool = True


class Home(NamedTuple):
    """Where somebody lives: the code of a village, or of a district where no more is known, or nothing."""

    place: str | None
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
    """What a region is called from a day on, and the district that it lies in, by code; None for a district."""

    since: date | None
    name: str
    district: str | None = None


@dataclass(frozen=True)
class Region:
    """A village or a district: its names, oldest first, out of which it came, and what took its place when it ended."""

    names: tuple[Name, ...]
    begun: date | None = None
    mother: str | None = None
    ended: date | None = None
    heir: str | None = None

    def on(self, day: date) -> Name:
        """The last name that holds on a day."""
        return [name for name in self.names if name.since is None or name.since <= day][-1]

    @property
    def changed(self) -> date:
        """The day of its last change; the first day of all where it never changed."""
        return max(self.begun or date.min, self.names[-1].since or date.min)


class Passport(NamedTuple):
    """A passport: the periods in which it is valid, and the days on which it was named as the current one."""

    number: str
    country: str
    valid: tuple[Stay, ...]
    named: tuple[tuple[int, date], ...] = ()  # in which order, and on which day


@dataclass(frozen=True)
class Person:
    name: str
    stays: tuple[Stay, ...]
    homes: tuple[Home, ...]
    grants: tuple[Grant, ...] = ()
    passports: tuple[Passport, ...] = ()

    @property
    def current(self) -> Grant | None:
        return next((grant for grant in self.grants if grant.until is None), None)

    @property
    def is_here(self) -> bool:
        return any(stay.until is None for stay in self.stays)

    def ended(self, on: date) -> "Person":
        """Leaving for good on a day: the stay, the home and the permit end."""
        stays, homes, grants = closed(self.stays, on), closed(self.homes, on), closed(self.grants, on)
        return replace(self, stays=stays, homes=homes, grants=grants)

    def granted(self, grant: Grant) -> "Person":
        """Another grant in the place of the one that is current: that one ends on the day on which this one begins."""
        before = closed(self.grants, grant.since) if grant.since else self.grants
        return replace(self, grants=(*before, grant))


@dataclass(frozen=True)
class State:
    people: Mapping[int, Person] = field(default_factory=dict)
    reliefs: tuple[Relief, ...] = ()
    regions: Mapping[str, Region] = field(default_factory=dict)

    def person(self, who: int, person: Person) -> "State":
        return replace(self, people={**self.people, who: person})

    def region(self, code: str, **changes: Any) -> "State":
        return replace(self, regions={**self.regions, code: replace(self.regions[code], **changes)})

    def lived(self, place: str | None, since: date | None, until: date | None = None) -> tuple[Home, ...]:
        """The homes of somebody who lives in a place: in the one out of which it came, up to its own first day, and
        in the one that took its place, from the day on which it ended.
        """
        if place is None or place not in self.regions:
            return (Home(place, since, until),)
        region = self.regions[place]
        before: tuple[Home, ...] = ()
        if region.begun and region.mother and (since is None or since < region.begun):
            before = self.lived(region.mother, since, region.begun)
            since = region.begun
        if region.ended is None or (until is not None and until <= region.ended):
            return (*before, Home(place, since, until))
        if since is not None and since >= region.ended:
            return (*before, *self.lived(region.heir, since, until))
        after = self.lived(region.heir, region.ended, until)
        return (*before, Home(place, since, region.ended), *after)

    def rehoused(self, place: str, to: str | None, on: date) -> "State":
        """The same; those who live in a place live in another from a day on."""
        people = {
            who: replace(person, homes=tuple(part for home in person.homes for part in _parted(home, place, to, on)))
            for who, person in self.people.items()
        }
        return replace(self, people=people)


def closed(periods: Iterable[Held], on: date | None) -> tuple[Held, ...]:
    """The same periods; the one that has no end yet ends on the day."""
    return tuple(one if one.until is not None else one._replace(until=on) for one in periods)  # type: ignore[attr-defined]


def _parted(home: Home, place: str, to: str | None, on: date) -> tuple[Home, ...]:
    if home.place != place or (home.until is not None and home.until <= on):
        return (home,)
    if home.since is not None and home.since >= on:
        return (home._replace(place=to),)
    return home._replace(until=on), Home(to, on, home.until)


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
            stay is not None and stay.entered and stay.since is not None and stay.since >= relief.entered_from
        )
        if begun and in_time and entered:
            last = relief.keeps or date.max
            given_way = until is not None and until <= on
            ends.append(min(last, until - timedelta(days=1)) if given_way and until else last)
    return max(ends)


def in_use(person: Person, on: date) -> Passport | None:
    """The passport that lists show on a day."""
    return next(iter(in_order([one for one in person.passports if on_day(one.valid, on)], on)), None)


def in_order(passports: Iterable[Passport], on: date) -> list[Passport]:
    """Passports as lists show them on a day: the one that was named last first, then the latest by its issue."""
    return sorted(passports, key=lambda one: (last_named(one, on), one.valid[0].since), reverse=True)


def last_named(passport: Passport, on: date) -> tuple[date, int]:
    return max(((day, order) for order, day in passport.named if day <= on), default=(date.min, 0))
