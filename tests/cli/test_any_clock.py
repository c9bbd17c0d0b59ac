"""Any steps of the machine's clock, ahead and back: what was known when is told by the moments that the log is read at.

The model is a list of the changes in their order, each with the moment at which it is to be read.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from random import Random

    from tests.cli.conftest import Timpora
    from tests.search.plugin import Chance

SLACK, STALE = timedelta(seconds=60), timedelta(hours=26)
WRONG_BY = [timedelta(days=days) for days in (0, 0, 0, 0, 3, 30, 400)]
WHO = "41"


@dataclass
class Change:
    """A change: when it is to be read, what the note is after it, and what kind it is of."""

    at: datetime
    note: str
    kind: str


@dataclass
class Office:
    """The program with a clock that may be wrong, and the model beside it."""

    timpora: "Timpora"
    changes: list[Change]
    real: datetime

    @property
    def now(self) -> datetime:
        assert self.timpora.clock.machine is not None
        return self.timpora.clock.machine

    @property
    def behind(self) -> bool:
        return self.changes[-1].at - self.now > SLACK

    def set_clock(self, hours: int, wrong_by: timedelta) -> None:
        self.real += timedelta(hours=hours)
        self.timpora.clock.machine = self.real + wrong_by

    def record(self, kind: str) -> None:
        """Edit a note, or mark a list; by a clock that is behind both are refused, and nothing is written."""
        note = f"note {len(self.changes)}" if kind == "edit" else self.changes[-1].note
        words = ("resident", "edit", WHO, "--note", note)
        if kind == "mark":
            words = ("expiring", "--within", "30d", "--new", "--mark")
        given = self.timpora(*words)
        if self.behind:
            first = next(number for number, one in enumerate(self.changes, 1) if one.at > self.now)
            last = len(self.changes)
            named = f"{first}..{last}" if first < last else str(first)
            assert (given.code, f"clock correct {named} --to MOMENT" in given.err) == (1, True), given.err
        else:
            assert given.code == 0, given.err
            self.changes.append(Change(self.now, note, kind))

    def correct(self, chance: "Random") -> None:
        """Say when the changes were made that the clock has stamped later than it stands now."""
        first = next(number for number, one in enumerate(self.changes, 1) if one.at > self.now)
        since = self.changes[first - 2].at
        at = (since + (self.now - since) * chance.random()).replace(microsecond=0)
        at = max(at, since)
        last = len(self.changes)
        self.timpora.answer("clock", "correct", f"{first}..{last}", "--to", at.isoformat())
        for one in self.changes[first - 1 :]:
            one.at = at
        self.changes.append(Change(self.now, self.changes[-1].note, "correct"))

    def check(self) -> None:
        """Compare what was known at and around each moment, and whether the last marking run is stale."""
        moments = {one.at + timedelta(seconds=step) for one in self.changes[2:] for step in (-1, 0, 1)}
        latest = max(self.now, self.changes[-1].at)
        for moment in sorted(one for one in moments if self.changes[1].at <= one <= latest):
            known = [*takewhile(lambda one, moment=moment: one.at <= moment, self.changes)]  # type: ignore[misc]
            shown = self.timpora("resident", "show", WHO, "--format", "json", "--known-at", moment.isoformat())
            assert json.loads(shown.out)["note"] == known[-1].note, moment
        run = next((one for one in reversed(self.changes) if one.kind == "mark"), None)
        fresh = run is not None and not self.behind and -SLACK <= self.now - run.at <= STALE
        stale = self.timpora("status", "--stale", "26h", "--exit-code")
        assert stale.code == (0 if fresh else 3)


@pytest.mark.parametrize(
    ("number", "steps"), [(0, 3), *(pytest.param(number, 14, marks=pytest.mark.slow) for number in range(8))]
)
def test_what_was_known_when_follows_the_moments_and_the_order_never_does(
    timpora: "Timpora", chance: "Chance", number: int, steps: int
) -> None:
    luck = chance(number)
    # The history has a line a row that a change touched.
    made = {int(row["change"]): datetime.fromisoformat(row["at"]) for row in timpora.rows("history", "--last", "99")}
    changes = [Change(made[one], "Invented for the demo", "made") for one in sorted(made)]
    office = Office(timpora, changes, changes[-1].at.astimezone(UTC).replace(microsecond=0) + timedelta(days=1))
    for _step in range(steps):
        office.set_clock(luck.randint(1, 40), luck.choice(WRONG_BY))
        office.record(luck.choice(["edit", "edit", "mark"]))
        if office.behind and luck.random() < 0.6:
            office.correct(luck)
            office.check()
    office.set_clock(1, timedelta(0))
    if office.behind:
        office.correct(luck)
    office.check()
    assert timpora("verify").code == 0
    for one in reversed([one for one in office.changes if one.kind == "edit"]):
        assert json.loads(timpora("resident", "show", WHO, "--format", "json").out)["note"] == one.note
        timpora.clock.machine = office.now + timedelta(hours=1)
        assert timpora("undo", "--yes").code == 0
