"""An office at the command line and its model, kept in step: the day, the machine's clock, and what each command left.

What the office refuses leaves nothing behind; what it has to take, by the contract, it may not refuse.
"""

import shlex
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from tests.cli.histories.model import Grant, Person, State, effective_end, on_day

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Timpora

# After the last relief that is shipped. It is ten in the morning at the office, three in UTC.
BEGIN, LAST = datetime(2023, 1, 1, 3, tzinfo=UTC), date(2026, 6, 1)
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
    village: int | None
    pick: int
    known: bool


class Logged(NamedTuple):
    """A change of the log: its number, the moment at which it is to be read, and the state that it left."""

    change: int
    at: datetime
    state: State


@dataclass
class Told:
    """What the last marked run told of a permit, and whether its end has been another day since."""

    end: date | None
    moved: bool = False


@dataclass
class Life:
    """An office at the command line and its model. `states` are those after each change that stands.

    `true` is the moment that it is; the machine's clock may be `ahead` of it, and the office has the machine's day.
    `told` is by the number of the permit.
    """

    timpora: "Timpora"
    connection: sqlite3.Connection  # to look at the rows: opening the register anew each time takes longer
    states: list[State]
    log: list[Logged] = field(default_factory=list)
    undone: list[State] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    true: datetime = BEGIN
    ahead: timedelta = timedelta()
    days: set[date] = field(default_factory=set)
    played: Counter[str] = field(default_factory=lambda: Counter(histories=1))
    transcript: list[str] = field(default_factory=list)
    printed: int = 0
    refusal: str = ""

    @property
    def now(self) -> State:
        return self.states[-1]

    @property
    def machine(self) -> datetime:
        return self.true + self.ahead

    @property
    def today(self) -> date:
        return self.machine.date()

    def begin(self) -> None:
        """Let the office begin on the first day of all histories: whoever made the register had a clock far ahead."""
        self.set_clock()
        made = self.last_change()
        self.timpora.answer("clock", "correct", f"1..{made}", "--to", self.moment(self.true))
        self.log.append(Logged(made + 1, self.true, self.now))

    def passes(self, days: int) -> None:
        """Let days pass, and at least a minute: no two changes have one moment."""
        later = min(days, max(0, (LAST - self.true.date()).days))
        self.true += timedelta(days=later, minutes=1)
        self.set_clock()

    def set_clock(self) -> None:
        self.timpora.clock.machine = self.machine
        self.timpora.at(self.today.isoformat())

    def moment(self, at: datetime) -> str:
        """A moment as the office writes it."""
        return (at + timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M")

    def asked(self, *words: str) -> "Answer":
        """Give a command, and keep it and its answer, so that a history that fails can be played again by hand."""
        self.played["commands"] += 1
        given = self.timpora(*words)
        self.transcript.append(f"{self.moment(self.machine)} {shlex.join(words)}\n  {given.out}{given.err}")
        return given

    def give(self, *words: str) -> int:
        """Give a command, which has to be refused whole or done; return its code."""
        before = self.timpora.db.read_bytes()
        given = self.asked(*words)
        if given.code != 0:
            assert given.code in REFUSALS, (words, given)
            assert self.timpora.db.read_bytes() == before, words
            self.refusal = given.err
            self.played["commands refused"] += 1
        return given.code

    def take(
        self,
        what: str,
        state: State | Callable[[dict[str, int]], State],
        *words: str,
        must: bool = False,
        may: bool = True,
    ) -> bool:
        """Give the command, and follow it to `state` where the office takes it; return whether it did.

        By the contract it `must` be taken, or it `may` be, or neither.
        """
        if self.give(*words) != 0:
            assert not (must and may), (words, self.refusal)
            return False
        assert may, words
        self.played[f"of {what}"] += 1
        self.states.append(state(self.ids()) if callable(state) else state)
        self.undone.clear()
        self.logged()
        return True

    def logged(self) -> None:
        """Note the one change that a command has made."""
        number = self.last_change()
        assert number == self.log[-1].change + 1
        self.log.append(Logged(number, self.machine, self.now))

    def last_change(self) -> int:
        return self.ids("change")["change"]

    def ids(self, *tables: str) -> dict[str, int]:
        """The numbers of the rows that were written last."""
        highest = "SELECT coalesce(max(id), 0) FROM {}"
        asked = tables or ("resident", "permit")
        return {table: int(self.connection.execute(highest.format(table)).fetchone()[0]) for table in asked}

    def someone(self, step: Step) -> tuple[int, Person] | None:
        people = sorted(self.now.people)
        if not people:
            return None
        who = people[step.who % len(people)]
        return who, self.now.people[who]

    def holder(self, step: Step) -> tuple[int, Person, Grant] | None:
        """The same, where that person holds a current permit; with that permit."""
        found = self.someone(step)
        if found is None or found[1].current is None:
            return None
        return *found, found[1].current

    def number(self) -> str:
        self.printed += 1
        return f"N{self.printed:04}"

    def village(self, step: Step) -> str | None:
        """The code of a village that a step names; it may have ended. None where the place is not known."""
        codes = sorted(code for code, region in self.now.regions.items() if region.names[-1].district)
        return None if step.village is None else codes[step.village % len(codes)]

    def exists(self, place: str | None) -> bool:
        """Whether a command of today may name a village or district; one may always say that it is not known."""
        if place is None:
            return True
        region = self.now.regions[place]
        begun = region.begun is None or region.begun <= self.today
        return begun and (region.ended is None or region.ended > self.today)

    def look_for_moved_ends(self) -> None:
        """Note of each permit that was told whether its end is another day now than when it was told."""
        ends = self.ends()
        for permit, told in self.told.items():
            if permit in ends and ends[permit] != told.end:
                told.moved = True

    def ends(self) -> dict[str, date | None]:
        """The effective end of each permit that can be on an expiry list of today."""
        found = {}
        for person in self.now.people.values():
            grant = on_day(person.grants, self.today)
            if grant is not None and on_day(person.stays, self.today) is not None and not grant.unlimited:
                found[grant.number] = effective_end(self.now, person, grant, self.today)
        return found
