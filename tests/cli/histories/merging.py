"""Two records that an officer says are one person: each day of their one life is a day of one of the two.

The model cannot tell which of the two is taken on each day, so it holds what the register says against the two records,
and goes on with that.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from tests.cli.histories.life import Life, Step
from tests.cli.histories.model import Grant, Home, Passport, Period, Person, State, Stay, on_day

KINDS = ("stay", "place", "permit")
STAYS = "SELECT from_on, departed, arrived FROM stay WHERE resident_id = ?"
HOMES = "SELECT coalesce(village_code, district_code), from_on, until_on FROM residence WHERE resident_id = ?"
GRANTS = "SELECT id, class_code, number, starts_on, expires_on, ended_on, unlimited FROM permit WHERE resident_id = ?"


def are_merged(life: Life, step: Step, _on: date) -> None:
    people = sorted(life.now.people)
    if len(people) < 2:
        return
    kept, other = people[step.who % len(people)], people[(step.who + 1 + step.pick) % len(people)]
    if kept == other:
        return
    mine, theirs = life.now.people[kept], life.now.people[other]
    words = ["resident", "merge", str(kept), str(other), "--yes"]
    if not step.known:
        for number, kind in enumerate(KINDS):
            words += [f"--{kind}-of", str((kept, other)[step.pick >> number & 1])]
    taken = life.take(
        "merge chosen" if not step.known else "merge",
        lambda _ids: merged(life, kept, other),
        *words,
        must=not step.known or not contradict(mine, theirs),
    )
    if taken:
        check_life(mine, theirs, life.now.people[kept], chosen=not step.known)


def merged(life: Life, kept: int, other: int) -> State:
    """The state in which one life has taken the place of two, as it is on record."""
    mine, theirs = life.now.people[kept], life.now.people[other]
    stays = [Stay(day(since), day(until), bool(arrived)) for since, until, arrived in rows(life, STAYS, kept)]
    homes = [Home(code, day(since), day(until)) for code, since, until in rows(life, HOMES, kept)]
    grants = [
        Grant(permit, kind, number, day(since), day(expires), day(until), bool(unlimited))
        for permit, kind, number, since, expires, until, unlimited in rows(life, GRANTS, kept)
    ]
    people = {who: person for who, person in life.now.people.items() if who != other}
    one = Person(mine.name, tuple(stays), tuple(homes), tuple(grants), both_passports(mine, theirs))
    return replace(life.now, people={**people, kept: one})


def rows(life: Life, query: str, who: int) -> list[Any]:
    return life.connection.execute(query, (who,)).fetchall()


def both_passports(mine: Person, theirs: Person) -> tuple[Passport, ...]:
    """Where each record has one valid passport, the one issued first gives way to the other."""
    both = (*mine.passports, *theirs.passports)
    valid = [[one for one in person.passports if one.valid[-1].until is None] for person in (mine, theirs)]
    if [len(ones) for ones in valid] != [1, 1]:
        return both
    older, newer = sorted((*valid[0], *valid[1]), key=lambda one: one.valid[0].since or date.min)
    if older.valid[0].since == newer.valid[0].since:
        return both
    *before, last = older.valid
    given_way = older._replace(valid=(*before, last._replace(until=newer.valid[0].since)))
    return tuple(given_way if one is older else one for one in both)


def check_life(mine: Person, theirs: Person, life: Person, *, chosen: bool) -> None:
    for on in edges(mine, theirs, life):
        here = [person for person in (mine, theirs) if on_day(person.stays, on)]
        stay, home = on_day(life.stays, on), on_day(life.homes, on)
        assert (stay is None) == (home is None), on
        assert stay is None or here, on
        assert chosen or bool(here) == (stay is not None), on
        held = {grant.number for person in (mine, theirs) if (grant := on_day(person.grants, on))}
        grant = on_day(life.grants, on)
        both = len(held) == 2 and not chosen
        assert (grant and grant.number) in held | (set() if both else {None}), on
        if stay is None:
            continue
        said = {place_of(person, on) for person in here}
        assert place_of(life, on) in said, on
        assert place_of(life, on) or said == {None} or chosen, on
        arrivals = {arrived(person, on) for person in here} - {None} or {None}
        if chosen:  # a stay of one record may go on with the entry that the other one knows
            arrivals = {None, *(one.since for person in (mine, theirs) for one in person.stays)}
        assert arrived(life, on) in arrivals, on


def contradict(mine: Person, theirs: Person) -> bool:
    """Whether the two records say something known of a day, and differ."""
    return any(
        contradict_on(mine, theirs, on) or (mine.grants and theirs.grants and held_by(mine, theirs, on))
        for on in edges(mine, theirs)
    )


def contradict_on(mine: Person, theirs: Person, on: date) -> bool:
    one, other = on_day(mine.stays, on), on_day(theirs.stays, on)
    if one is None or other is None:
        return bool(one or other) and (has_left(mine, on) or has_left(theirs, on))
    places = place_of(mine, on), place_of(theirs, on)
    apart = None not in places and not any(str(a).startswith(str(b)) for a, b in (places, places[::-1]))
    return apart or len({arrived(mine, on), arrived(theirs, on)} - {None}) > 1


def held_by(mine: Person, theirs: Person, on: date) -> bool:
    return on_day(mine.grants, on) is not None or on_day(theirs.grants, on) is not None


def arrived(person: Person, on: date) -> date | None:
    stay = on_day(person.stays, on)
    return stay.since if stay and stay.entered else None


def has_left(person: Person, on: date) -> bool:
    return any(stay.until is not None and stay.until <= on for stay in person.stays)


def place_of(person: Person, on: date) -> str | None:
    home = on_day(person.homes, on)
    return home and home.place


def edges(*people: Person) -> Iterable[date]:
    """The days beside which anything begins or ends, a day long before all, and one long after."""
    turns: set[date | None] = set()
    for person in people:
        periods: tuple[Iterable[Period], ...] = (person.stays, person.homes, person.grants)
        turns |= {turn for one in chain(*periods) for turn in (one.since, one.until)}
    beside = {turn + timedelta(days=days) for turn in turns if turn for days in (-1, 0, 1)}
    return sorted({*beside, date.min, date.max})


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
