"""What the register has to tell of a day, by the model alone: who is present, where, and on which permit."""

from datetime import date
from typing import NamedTuple

from tests.cli.histories.model import Grant, Home, Person, State, effective_end, on_day

FINE_A_DAY, FINE_LIMIT = 1_000_000, 60  # PP 28/2019 and PP 45/2024, for every day on which these histories play


class Seen(NamedTuple):
    """What a day tells of one person who is present on it."""

    name: str
    village: str | None
    district: str | None
    passports: frozenset[str] = frozenset()
    kind: str | None = None
    number: str | None = None
    expires: date | None = None
    end: date | None = None
    state: str | None = None
    overstay: int | None = None
    fine: int | None = None
    over_limit: bool = False


def seen(state: State, on: date) -> dict[int, Seen]:
    """What the register has to tell of everyone who is present on a day."""
    told = {}
    for who, person in state.people.items():
        home, stay = on_day(person.homes, on), on_day(person.stays, on)
        assert (home is None) == (stay is None)
        if home is None:
            continue
        valid = frozenset(one.number for one in person.passports if on_day(one.valid, on))
        one = Seen(person.name, *where(state, home, on), valid)
        grant = on_day(person.grants, on)
        told[who] = one if grant is None else stands(one, state, person, grant, on)
    return told


def where(state: State, home: Home, on: date) -> tuple[str | None, str | None]:
    """The village and the district of a home, as they are called on a day."""
    if home.place is None:
        return None, None
    called = state.regions[home.place].on(on)
    if called.district is None:
        return None, called.name
    return called.name, state.regions[called.district].on(on).name


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
