"""One attempt at a person: what is on record and what the rows say, put together without asking which row came first.

A stage that refuses rows ends the attempt, and the next attempt is made without them (plan.py).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions.intake.recorded import Person, SaidOtherwise, folded
from timpora_cli.actions.intake.sponsors import Sponsors
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.queries.places import district_of
from timpora_cli.sheets.facts import Entry, Values
from timpora_cli.sheets.headers import Field

Fault = Refused | WrongUsage | NotFound
"""Why a row is refused: what an action raises."""
Days = tuple[str | None, str | None]
"""The day of issue and the last day of a document; None where a day is not known."""


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for the whole sheet. Days are ISO text.

    `today` is the office's, `on` the day of the sheet if that is known; `defaults` are the values of --set, which speak
    where neither the rows of a person nor the register do.
    """

    connection: sqlite3.Connection
    today: str
    on: str | None
    sponsors: Sponsors
    defaults: Mapping[Field, str] = field(default_factory=dict, repr=False)
    districts: dict[str, str | None] = field(default_factory=dict, repr=False)

    def district(self, code: str) -> str | None:
        """Return the district in which a village lay on the day of the sheet, or the district itself."""
        if code not in self.districts:
            found = district_of(self.connection, code, code, date.fromisoformat(self.on or self.today))
            self.districts[code] = None if found is None else found.code
        return self.districts[code]


@dataclass(slots=True)
class Attempt:
    """The rows of one person that are left, in the order of their contents, and what is on record.

    `everyone` has the rows too that an earlier attempt refused: they still tell what belongs together. `grant_of` is
    the place in the chain of `permits` permits that a row speaks of, by its line. `doubted` is as in
    `plan`, `guessed` and `rehoused` as in Plan.
    """

    person: Person
    rows: Sequence[Entry]
    everyone: Sequence[Entry]
    given: Given
    doubted: Mapping[str, int] = field(default_factory=dict)
    refused: dict[int, Fault] = field(default_factory=dict)
    grant_of: dict[int, int] = field(default_factory=dict)
    permits: int = 0
    guessed: bool = False
    rehoused: bool = False

    def refuse(self, rows: Iterable[Entry], fault: Fault) -> None:
        """Refuse those of `rows` that are left, each for the first reason that is found."""
        left = {row.line for row in self.rows}
        for row in rows:
            if row.line in left:
                self.refused.setdefault(row.line, fault)

    def agreed(self, name: Field, rows: Sequence[Entry]) -> str | None:
        """Return what the rows say of a field, None where they say nothing; refuse all that say it if they differ."""
        saying = [row for row in rows if name in row.values]
        forms = {row.line: folded(name, row.values[name]) for row in saying}
        for row in saying:
            others = [other.line for other in saying if forms[other.line] != forms[row.line]]
            if others:
                self.refuse([row], SaidOtherwise(line=min(others), field=name))
        return max((row.values[name] for row in saying), default=None)

    def of_latest(self, rows: Sequence[Entry]) -> list[Entry]:
        """Return the rows that speak of the latest permit that any of them speaks of; one without a permit, of now."""
        top = max(map(self._place, rows), default=0)
        return [row for row in rows if self._place(row) == top]

    def latest(self, name: Field, rows: Sequence[Entry]) -> tuple[str | None, bool]:
        """Return what the rows about the latest permit say of a field, and whether that is the present one."""
        telling = self.of_latest([row for row in rows if name in row.values])
        if not telling:
            return None, False
        now = self._place(telling[0]) >= self.permits - 1
        self.guessed |= not now
        return self.agreed(name, telling), now

    def fill(self, held: Values, names: Iterable[Field]) -> None:
        """Put what --set says into fields of which nothing else is known."""
        for name in names:
            if name not in held and name in self.given.defaults:
                held[name] = self.given.defaults[name]

    def _place(self, row: Entry) -> int:
        return self.grant_of.get(row.line, max(self.permits - 1, 0))


def came_first(one: Days, other: Days, on_record: tuple[int, int] | None) -> bool | None:
    """Return whether one document is older than another by their days of issue and last days.

    Where these do not tell, `on_record` does: the places of both, if both are on record. None where nothing tells it.
    """
    for mine, theirs in zip(one, other, strict=True):
        if mine is not None and theirs is not None and mine != theirs:
            return mine < theirs
    if on_record is not None:
        return on_record[0] < on_record[1]
    for (_issued, expires), (issued, _expires), answer in ((one, other, True), (other, one, False)):
        if expires is not None and issued is not None and expires < issued:
            return answer
    return None


def put(held: Values, name: Field, value: str | None) -> None:
    """Put a value in its place, unless another spelling of it stands there."""
    if value is not None and (name not in held or folded(name, held[name]) != folded(name, value)):
        held[name] = value


def said(rows: Iterable[Mapping[Field, str]], name: Field) -> set[str]:
    """Return the common forms of what rows say of a field."""
    return {folded(name, row[name]) for row in rows if name in row}
