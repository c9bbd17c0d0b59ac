"""What an officer does at the command line, and what the model says of it.

Each step is a command and the state that it leads to. What the office refuses leaves nothing behind; what it has to
take, by the contract, it may not refuse.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.cli.histories.model import (
    Grant,
    Home,
    Name,
    Person,
    Relief,
    State,
    Stay,
    closed,
    day_followed,
    effective_end,
    on_day,
)  # fmt: skip

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Timpora

BEGIN, LAST = date(2023, 1, 1), date(2026, 6, 1)  # after the last relief that is shipped
KINDS = ("KITAS", "KITAP", "ITK", "VOA", "PERALIHAN")
VILLAGES = ("19.02.01.2012", "19.02.01.1001", "19.02.04.2005", "19.06.01.2001")
MOST_PEOPLE = 4
REFUSALS = {1, 2, 4}


@dataclass(frozen=True)
class Step:
    """One thing that an officer does some days after the last, about a day that may lie further back."""

    what: str
    who: int
    later: int
    back: int
    kind: str
    length: int | None
    village: str | None
    pick: int
    known: bool


STEPS = (
    "arrive", "arrive", "grant", "grant", "grant", "extend", "extend", "convert", "revoke", "move", "depart", "depart",
    "return", "return", "undo", "undo", "redo", "redo", "relief", "supersede", "end relief", "edit end", "rename",
    "mark", "mark",
)  # fmt: skip
steps = st.builds(
    Step,
    what=st.sampled_from(STEPS),
    who=st.integers(0, MOST_PEOPLE - 1),
    later=st.integers(0, 40),
    back=st.sampled_from([0, 0, 0, 1, 10, 30, 90]),
    kind=st.sampled_from(KINDS),
    length=st.none() | st.sampled_from([0, 1, 14, 30, 60, 180, 365]),
    village=st.none() | st.sampled_from(VILLAGES),
    pick=st.integers(0, 11),
    known=st.sampled_from([True, True, True, False]),
)


@dataclass
class Told:
    """What the last marked run told of a permit, and whether its end has been another day since."""

    end: date | None
    moved: bool = False


@dataclass
class Life:
    """An office at the command line and its model, kept in step. `states` are those after each change that stands."""

    timpora: "Timpora"
    states: list[State] = field(default_factory=list)
    undone: list[State] = field(default_factory=list)
    told: dict[int, Told] = field(default_factory=dict)
    today: date = BEGIN
    days: set[date] = field(default_factory=set)
    accepted: Counter[str] = field(default_factory=Counter)
    printed: int = 0

    @property
    def now(self) -> State:
        return self.states[-1]

    def go(self, step: Step) -> None:
        self.today = min(self.today + timedelta(days=step.later), LAST)
        self.timpora.at(self.today.isoformat())
        self.look_for_moved_ends()
        on = self.today - timedelta(days=step.back)
        self.days |= {on, on + timedelta(days=step.length or 0)}
        ACTS[step.what](self, step, on)
        self.look_for_moved_ends()

    def take(
        self, what: str, state: State | Callable[[dict[str, Any]], State], *words: str, must: bool = False
    ) -> bool:
        """Give the command, and follow it to `state` where the office takes it. Return whether it did."""
        before = self.timpora.dump()
        given = self.timpora(*words)
        if given.code != 0:
            assert given.code in REFUSALS, (words, given)
            assert not must, (words, given.err)
            assert self.timpora.dump() == before, words
            return False
        self.accepted[what] += 1
        self.states.append(state(self.ids()) if callable(state) else state)
        self.undone.clear()
        return True

    def ids(self) -> dict[str, int]:
        """The numbers of the rows that were written last."""
        with closing(sqlite3.connect(self.timpora.db)) as connection:
            return {
                table: int(connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])
                for table in ("resident", "permit")
            }

    def someone(self, step: Step) -> tuple[int, Person] | None:
        people = sorted(self.now.people)
        if not people:
            return None
        who = people[step.who % len(people)]
        return who, self.now.people[who]

    def number(self) -> str:
        self.printed += 1
        return f"N{self.printed:04}"

    # Marks ---------------------------------------------------------------------------------------------------------

    def look_for_moved_ends(self) -> None:
        """Note of each permit that was told whether its end is another day now than when it was told."""
        ends = self.ends()
        for permit, told in self.told.items():
            if permit in ends and ends[permit] != told.end:
                told.moved = True

    def ends(self) -> dict[int, date | None]:
        """The effective end of each permit that can be on an expiry list of today."""
        found = {}
        for person in self.now.people.values():
            grant = on_day(person.grants, self.today)
            if grant is not None and on_day(person.stays, self.today) is not None and not grant.unlimited:
                found[grant.permit] = effective_end(self.now, person, grant, self.today)
        return found


def arrives(life: Life, step: Step, on: date) -> None:
    if len(life.now.people) >= MOST_PEOPLE:
        return
    name = f"Person {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[life.printed % 26]}{life.printed} Invented"
    life.number()
    words = ["resident", "add", "--name", name, "--nationality", "AUS"]
    words += ["--village", step.village] if step.village else []
    arrived = on if step.known else None
    since = on + timedelta(days=10) if arrived and step.pick % 4 == 0 and step.back > 10 else None
    words += ["--arrived", on.isoformat()] if arrived else []
    words += ["--since", since.isoformat()] if since else []
    homes = [Home(None, arrived, since), Home(step.village, since)] if since else [Home(step.village, arrived)]
    if since and step.village is None:
        homes = [Home(None, arrived, since), Home(None, since)]
    person = Person(name, (Stay(arrived),), tuple(homes))
    life.take("arrive", lambda ids: life.now.person(ids["resident"], person), *words, must=True)


def is_granted(life: Life, step: Step, on: date) -> None:
    """The first permit, or the next after one that was revoked; one that fills in the past is another test's."""
    found = life.someone(step)
    if found is None or found[1].current or any(one.until and one.until > on for one in found[1].grants):
        return
    who, person = found
    stay = on_day(person.stays, on)
    number = life.number()
    words = ["--number", number, "--class", step.kind, "--issued", on.isoformat(), "--expires", expires_word(step, on)]
    must = person.is_here and stay is not None and stay.until is None
    life.take(
        "grant",
        lambda ids: life.now.person(
            who, person.granted(Grant(ids["permit"], step.kind, number, on, expires(step, on), unlimited=endless(step)))
        ),
        "permit", "add", str(who), *words, must=must,
    )  # fmt: skip


def is_followed(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None or found[1].current is None:
        return
    who, person = found
    current = person.current
    assert current is not None
    kind = current.kind if step.what == "extend" else step.kind
    of = replace(step, kind=kind)
    number = life.number()
    words = ["--number", number, "--issued", on.isoformat() if step.known else "unknown"]
    words += ["--expires", expires_word(of, on)] + (["--class", kind] if step.what == "convert" else [])
    since = on if step.known else day_followed(current, life.today)
    new = expires(of, on)
    longer = not (new and current.expires) or new > current.expires
    lawful = (current.since is None or since >= current.since) and not current.unlimited
    must = lawful and step.known and (longer if step.what == "extend" else kind != current.kind)
    life.take(
        "follow unknown" if not step.known else step.what,
        lambda ids: life.now.person(
            who, person.granted(Grant(ids["permit"], kind, number, since, new, unlimited=endless(of)))
        ),
        "permit", step.what, str(current.permit), *words, must=must,
    )  # fmt: skip


def is_revoked(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None or found[1].current is None:
        return
    who, person = found
    current = person.current
    assert current is not None
    ended = replace(person, grants=closed(person.grants, on))
    must = current.since is None or on >= current.since
    life.take(
        "revoke", life.now.person(who, ended), "permit", "revoke", str(current.permit), "--on", on.isoformat(),
        "--reason", "a made-up reason", must=must,
    )  # fmt: skip


def moves(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None or step.village is None:
        return
    who, person = found
    moved = replace(person, homes=(*closed(person.homes, on), Home(step.village, on)))
    at_home = on_day(person.homes, on)
    must = person.is_here and at_home is not None and at_home.until is None
    life.take(
        "move", life.now.person(who, moved), "resident", "move", str(who), "--village", step.village, "--on",
        on.isoformat(), must=must,
    )  # fmt: skip


def departs(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None:
        return
    who, person = found
    periods: list[Stay | Home | Grant] = [*person.stays, *person.homes, *person.grants]
    open_ones = [one.since for one in periods if one.until is None]
    must = person.is_here and all(since is None or since <= on for since in open_ones)
    life.take(
        "depart", life.now.person(who, person.ended(on)), "resident", "depart", str(who), "--on", on.isoformat(),
        must=must,
    )  # fmt: skip


def returns(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None:
        return
    who, person = found
    back = replace(person, stays=(*person.stays, Stay(on)), homes=(*person.homes, Home(step.village, on)))
    words = ["--village", step.village] if step.village else []
    gone = [stay.until for stay in person.stays if stay.until]
    must = not person.is_here and bool(gone) and max(gone) <= on
    life.take(
        "return", life.now.person(who, back), "resident", "return", str(who), "--on", on.isoformat(), *words, must=must
    )


def end_is_corrected(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None or found[1].current is None or step.length is None:
        return
    who, person = found
    current = person.current
    assert current is not None
    if current.unlimited:
        return
    corrected = current._replace(expires=on + timedelta(days=step.length))
    grants = tuple(corrected if one is current else one for one in person.grants)
    life.take(
        "edit end", life.now.person(who, replace(person, grants=grants)), "permit", "edit", str(current.permit),
        "--expires", corrected.expires.isoformat() if corrected.expires else "unknown",
    )  # fmt: skip


# Taking back, and forward again ---------------------------------------------------------------------------------------


def is_undone(life: Life, _step: Step, _on: date) -> None:
    if len(life.states) < 2:
        return
    given = life.timpora("undo", "--yes")
    assert given.code == 0, given.err
    life.accepted["undo"] += 1
    life.undone.append(life.states.pop())


def is_redone(life: Life, _step: Step, _on: date) -> None:
    given = life.timpora("redo", "--yes")
    if not life.undone:
        assert given.code in REFUSALS, given
        return
    assert given.code == 0, given.err
    life.accepted["redo"] += 1
    life.states.append(life.undone.pop())


# The law and the land ----------------------------------------------------------------------------------------------


def relief_begins(life: Life, step: Step, on: date) -> None:
    """A relief for two classes; every second one asks for the day of entry, or takes the place of another."""
    open_ones = [one for one in life.now.reliefs if not any(other.supersedes == one.code for other in life.now.reliefs)]
    before = open_ones[step.who % len(open_ones)].code if step.what == "supersede" and open_ones else None
    code = f"CONTOH-{life.number()}"
    keeps = on + timedelta(days=step.length) if step.length is not None else None
    entered = on - timedelta(days=60) if step.pick % 3 == 0 else None
    kinds = frozenset({step.kind, "KITAS"})
    words = ["--name", "Invented", "--basis", "Contoh", "--source", "example.invalid", "--from", on.isoformat()]
    words += [word for kind in sorted(kinds) for word in ("--class", kind)]
    words += ["--until", keeps.isoformat()] if keeps else []
    words += ["--entered-from", entered.isoformat()] if entered else []
    words += ["--supersedes", before] if before else []
    relief = Relief(code, kinds, on, keeps, entered, before)
    life.take(
        step.what, replace(life.now, reliefs=(*life.now.reliefs, relief)), "relief", "add", code, *words, must=True
    )


def relief_ends(life: Life, step: Step, on: date) -> None:
    if not life.now.reliefs:
        return
    relief = life.now.reliefs[step.pick % len(life.now.reliefs)]
    reliefs = tuple(one._replace(ended=on) if one is relief else one for one in life.now.reliefs)
    life.take("end relief", replace(life.now, reliefs=reliefs), "relief", "end", relief.code, "--on", on.isoformat())


def is_renamed(life: Life, step: Step, on: date) -> None:
    village = step.village or VILLAGES[0]
    names = life.now.names[village]
    if names[-1].since is not None and names[-1].since >= on:
        return
    name = Name(on, f"Desa {life.number()}", names[-1].district)
    renamed = replace(life.now, names={**life.now.names, village: (*names, name)})
    life.take("rename", renamed, "village", "rename", village, "--to", name.village, "--on", on.isoformat(), must=True)


def is_marked(life: Life, step: Step, _on: date) -> None:
    """A run of cron: what it prints is told; whoever is silent has been told, and the end has not moved since."""
    before = life.today + timedelta(days=90)
    words = ("expiring", "--before", before.isoformat(), "--new", "--mark", "--format", "json")
    given: Answer = life.timpora(*words)
    assert given.code == 0, given.err
    life.accepted["mark"] += 1
    printed = {row["permit_number"] for row in json.loads(given.out)}
    numbers = {grant.permit: grant.number for person in life.now.people.values() for grant in person.grants}
    for permit, end in life.ends().items():
        if end is not None and end >= before:
            continue
        told = life.told.get(permit)
        if told is None or told.moved:
            assert numbers[permit] in printed, f"{numbers[permit]} is silent"
        life.told[permit] = Told(end)


ACTS: Mapping[str, Callable[[Life, Step, date], None]] = {
    "arrive": arrives, "grant": is_granted, "extend": is_followed, "convert": is_followed, "revoke": is_revoked,
    "move": moves, "depart": departs, "return": returns, "edit end": end_is_corrected, "undo": is_undone,
    "redo": is_redone, "relief": relief_begins, "supersede": relief_begins, "end relief": relief_ends,
    "rename": is_renamed, "mark": is_marked,
}  # fmt: skip


def endless(step: Step) -> bool:
    return step.kind == "KITAP" and step.pick % 5 == 0


def expires(step: Step, on: date) -> date | None:
    """The last day that is printed on what a step grants; None where it is unknown, or there is none."""
    return None if step.length is None or endless(step) else on + timedelta(days=step.length)


def expires_word(step: Step, on: date) -> str:
    end = expires(step, on)
    return "unlimited" if endless(step) else end.isoformat() if end else "unknown"
