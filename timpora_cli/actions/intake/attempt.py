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
DOTS_OF_A_DISTRICT = "19.02.01".count(".")


def is_village(code: str) -> bool:
    """Return whether a code is of a village, and not of a district."""
    return code.count(".") > DOTS_OF_A_DISTRICT


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
            village, district = (code, None) if is_village(code) else (None, code)
            found = district_of(self.connection, village, district, date.fromisoformat(self.on or self.today))
            self.districts[code] = found.code if found else None
        return self.districts[code]


@dataclass(slots=True)
class Attempt:
    """The rows of one person that are left, in the order of their contents, and what is on record.

    `everyone` has the rows too that an earlier attempt refused: they still tell what belongs together. `grant_of` is
    the place in the chain of `permits` permits that a row speaks of, by its line.
    """

    person: Person
    rows: Sequence[Entry]
    everyone: Sequence[Entry]
    given: Given
    refused: dict[int, Fault] = field(default_factory=dict)
    grant_of: dict[int, int] = field(default_factory=dict)
    permits: int = 0
    guessed: bool = False

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
        places = {row.line: self.grant_of.get(row.line, max(self.permits - 1, 0)) for row in rows}
        top = max(places.values(), default=0)
        return [row for row in rows if places[row.line] == top]

    def latest(self, name: Field, rows: Sequence[Entry]) -> tuple[str | None, bool]:
        """Return what the rows about the latest permit say of a field, and whether that is the present one."""
        telling = self.of_latest([row for row in rows if name in row.values])
        if not telling:
            return None, False
        now = self.grant_of.get(telling[0].line, self.permits - 1) >= self.permits - 1
        self.guessed |= not now
        return self.agreed(name, telling), now


def put(held: Values, name: Field, value: str | None) -> None:
    """Put a value in its place, unless another spelling of it stands there."""
    if value is not None and (name not in held or folded(name, held[name]) != folded(name, value)):
        held[name] = value


def said(rows: Iterable[Mapping[Field, str]], name: Field) -> set[str]:
    """Return the common forms of what rows say of a field."""
    return {folded(name, row[name]) for row in rows if name in row}
