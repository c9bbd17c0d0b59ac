"""A residence lies within the days of its place: where a region began or ended meanwhile, each part has its own place.

So somebody who is recorded late lived, before a village was split off, in the one out of which it came.
"""

import sqlite3
from datetime import date
from typing import NamedTuple

from timpora_cli.queries.places import PREDECESSORS, SUCCESSORS, Level
from timpora_cli.queries.rows import Stored, rows
from timpora_cli.store.change import Change

RESIDENCE = "SELECT * FROM residence WHERE id = :id"
DAYS = {
    "village": "SELECT from_on, until_on, district_code FROM village WHERE code = :code",
    "district": "SELECT from_on, until_on, NULL AS district_code FROM district WHERE code = :code",
}


class Stretch(NamedTuple):
    """A part of a residence in one place: a village, a district alone, or neither; without the day `until`."""

    level: Level
    code: str | None
    since: str | None
    until: str | None

    @property
    def place(self) -> dict[str, str | None]:
        """The columns of a residence that say the place."""
        return {
            "village_code": self.code if self.level == "village" else None,
            "district_code": self.code if self.level == "district" else None,
        }


def settle(change: Change, residence_id: int) -> None:
    """Divide a residence that was written where its place began after it, or ended before it."""
    (residence,) = rows(change.connection, RESIDENCE, {"id": residence_id})
    level: Level = "village" if residence["village_code"] else "district"
    whole = Stretch(level, residence[f"{level}_code"], residence["from_on"], residence["until_on"])
    parts = _stretches(change.connection, whole)
    if parts != [whole]:
        _divide(change, residence, parts)


def rehouse(change: Change, residence_id: int, level: Level, code: str | None, on: date) -> None:
    """Give a residence another place from the day `on`: the part of it before that day stays as it is."""
    (residence,) = rows(change.connection, RESIDENCE, {"id": residence_id})
    since, until, day = residence["from_on"], residence["until_on"], on.isoformat()
    after = Stretch(level, code, day, until)
    if since is not None and since >= day:
        _divide(change, residence, [after._replace(since=since)])
        return
    was: Level = "village" if residence["village_code"] else "district"
    _divide(change, residence, [Stretch(was, residence[f"{was}_code"], since, day), after])


def _divide(change: Change, residence: Stored, parts: list[Stretch]) -> None:
    """Write the parts of a residence: the first over its row, the others as rows of their own."""
    first, *others = parts
    kept = {column: value for column, value in residence.items() if column not in {"id", "change_id"}}
    change.update("residence", residence["id"], {**first.place, "from_on": first.since, "until_on": first.until})
    for part in others:
        change.insert("residence", {**kept, **part.place, "from_on": part.since, "until_on": part.until})


def _stretches(connection: sqlite3.Connection, whole: Stretch) -> list[Stretch]:
    if whole.code is None:
        return [whole]
    (days,) = rows(connection, DAYS[whole.level], {"code": whole.code})
    begun, ended = days["from_on"], days["until_on"]
    before: list[Stretch] = []
    after: list[Stretch] = []
    mothers = _beside(connection, PREDECESSORS, whole) if begun and (whole.since or "") < begun else []
    if len(mothers) == 1:  # of several, nobody knows in which
        if whole.until is not None and whole.until <= begun:
            return _stretches(connection, whole._replace(code=mothers[0]))
        before = _stretches(connection, whole._replace(code=mothers[0], until=begun))
        whole = whole._replace(since=begun)
    if ended and (whole.until or "9999") > ended:
        heirs = _beside(connection, SUCCESSORS, whole)
        alone = len(heirs) == 1
        level: Level = whole.level if alone else "district"
        goes_on = whole._replace(level=level, code=heirs[0] if alone else days["district_code"])
        if whole.since is not None and whole.since >= ended:
            return _stretches(connection, goes_on)
        after = _stretches(connection, goes_on._replace(since=ended))
        whole = whole._replace(until=ended)
    return [*before, whole, *after]


def _beside(connection: sqlite3.Connection, query: str, one: Stretch) -> list[str]:
    return [code for (code,) in connection.execute(query.format(level=one.level), {"code": one.code})]
