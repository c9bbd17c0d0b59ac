"""Any history that an officer makes at the command line, beside a plain model of the contract: every day tells the
same, the register is whole after each command, and nobody who is to be told stays silent.
"""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.cli.histories.life import Life
from tests.cli.histories.model import Name, Region, State, in_use, on_day
from tests.cli.histories.seen import Seen, seen
from tests.cli.histories.steps import ARRIVAL, drawn, go, go_anywhere
from timpora_cli.queries.verify import verified

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.search.plugin import Chance

FAR = "2100-01-01"
VILLAGES = ("19.02.01.2012", "19.02.01.1001", "19.02.04.2005", "19.06.01.2001")
# A stay that goes on needs a home that goes on, a home such a stay, and a current permit both.
NOT_HERE = """
WITH here (stays, homes) AS (
    SELECT
        (SELECT json_group_array(resident_id) FROM stay WHERE departed IS NULL),
        (SELECT json_group_array(resident_id) FROM residence WHERE until_on IS NULL)
)
SELECT resident_id FROM stay, here
WHERE departed IS NULL AND resident_id NOT IN (SELECT value FROM json_each(homes))
UNION ALL
SELECT resident_id FROM residence, here
WHERE until_on IS NULL AND resident_id NOT IN (SELECT value FROM json_each(stays))
UNION ALL
SELECT resident_id FROM permit, here
WHERE ended_on IS NULL AND resident_id NOT IN (SELECT value FROM json_each(stays))
"""
NAMES = """
SELECT village.code, village.name, district.code, district.name
FROM village JOIN district ON district.code = district_code
"""


class Look(NamedTuple):
    """A day on which somebody looks: one of those of the history, or one beside it; and of which change."""

    edge: int
    beside: int
    change: int


def look(chance: Random) -> Look:
    return Look(chance.randrange(100), chance.choice([-1, 0, 0, 1]), chance.randrange(100))


@dataclass
class Reader:
    """Asks an office for what a day tells of everyone, as it was known at a moment."""

    timpora: "Timpora"
    on: date
    known_at: str | None = None

    def rows(self, *words: str) -> Any:
        known = ["--known-at", self.known_at] if self.known_at else []
        given = self.timpora(*words, "--as-of", self.on.isoformat(), *known, "--format", "json")
        assert given.code == 0, given.err
        return json.loads(given.out)

    def told(self) -> dict[int, Seen]:
        """Everyone who is present on the day, by the lists of residents, permits, expiring permits and passports."""
        told = {}
        for row in self.rows("resident", "list"):
            told[row["resident_id"]] = Seen(str(row["name"]), row["village"], row["district"])
        for row in self.rows("permit", "list"):
            one = told[row["resident_id"]]
            told[row["resident_id"]] = one._replace(
                kind=row["class"], number=row["permit_number"], expires=day_in(row["expires_on"]),
                end=day_in(row["effective_until"]), state=holds(str(row["state"])),
            )  # fmt: skip
        for row in self.rows("expiring", "--before", FAR):
            one = told[row["resident_id"]]
            assert (one.number, one.end, one.state) == (
                row["permit_number"], day_in(row["effective_until"]), holds(str(row["state"])),
            )  # fmt: skip
            told[row["resident_id"]] = one._replace(
                overstay=row["overstay_days"], fine=row["fine"], over_limit=row["over_limit"] is not None
            )
        for row in self.rows("expiring", "--passports", "--before", FAR):
            one = told[row["resident_id"]]
            told[row["resident_id"]] = one._replace(passports=one.passports | {row["passport_number"]})
        return told

    def counted(self) -> dict[str | None, int]:
        return {row["district"]: row["total"] for row in self.rows("counts") if row["total"]}


def day_in(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def holds(state: str) -> str:
    return "HOLDS" if state in {"VALID", "DUE"} else state


def whole_after_each_command(life: Life) -> None:
    assert life.connection.execute(NOT_HERE).fetchall() == []
    findings = verified(life.connection).findings
    assert [finding for finding in findings if finding.fault] == []


def look_on(life: Life, one: Look) -> date:
    edges = sorted(life.days) or [life.today]
    return edges[one.edge % len(edges)] + timedelta(days=one.beside)


def every_day_is_the_models(life: Life, drawn: list[Look]) -> None:
    for one in drawn:
        on = look_on(life, one)
        reader, expected = Reader(life.timpora, on), seen(life.now, on)
        assert reader.told() == expected, on
        assert reader.counted() == Counter(one.district for one in expected.values()), on
        life.played["days compared"] += 1
    every_day_was_known(life, drawn[0], on)
    the_passport_in_use_is_the_models(life, on)


def the_passport_in_use_is_the_models(life: Life, on: date) -> None:
    """Whom a day shows with which of several passports; of two that were issued on one day, nothing tells which."""
    for who, person in life.now.people.items():
        valid = [one for one in person.passports if on_day(one.valid, on)]
        told_apart = len(valid) == len({one.valid[0].since for one in valid})
        if len(person.passports) > 1 and on_day(person.stays, on) and told_apart:
            passport = in_use(person, on)
            shown = Reader(life.timpora, on).rows("resident", "show", str(who))["passport_number"]
            assert shown == (passport and passport.number), (who, on)


def every_day_was_known(life: Life, one: Look, on: date) -> None:
    """What a change left is what was known from its moment on: by the later corrections of the clock too."""
    at = life.log[one.change % len(life.log)].at
    known = [logged for logged in life.log if logged.at <= at][-1]
    assert Reader(life.timpora, on, life.moment(at)).told() == seen(known.state, on), (at, on)
    life.played["days compared as they were known"] += 1


@contextmanager
def begun(timpora: "Timpora", path: Path) -> Iterator[Life]:
    """An office on its first day."""
    regions: dict[str, Region] = {}
    with closing(sqlite3.connect(path)) as connection:
        for code, name, district, called in connection.execute(NAMES).fetchall():
            if code in VILLAGES:
                regions |= {code: Region((Name(None, name, district),)), district: Region((Name(None, called),))}
        life = Life(timpora.on(path), connection, [State(regions=regions)])
        life.begin()
        yield life


def lived(life: Life, chance: Random, length: int) -> None:
    """Play a history of so many commands, and look at some days in the end."""
    for number in range(length):
        before = life.log[-1]
        if number < 2:
            go(life, drawn(chance, ARRIVAL))
        else:
            go_anywhere(life, chance)
        if life.log[-1] != before:  # else no byte has changed
            whole_after_each_command(life)
            life.played["registers verified"] += 1
    every_day_is_the_models(life, [look(chance) for _look in range(chance.randint(1, 2))])


LiveThrough = Callable[[Random, int], None]


@pytest.fixture
def live_through(
    timpora: "Timpora",
    made: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> LiveThrough:
    def live(chance: Random, length: int) -> None:
        with begun(timpora, Path(shutil.copy(made, tmp_path / "register.db"))) as life:
            try:
                lived(life, chance, length)
            except AssertionError as error:
                error.add_note("\n".join(life.transcript))
                raise
        for name, number in life.played.items():
            record_property(name, number)

    return live


@pytest.mark.slow
def test_every_day_of_any_history_is_the_models(live_through: LiveThrough, chance: "Chance") -> None:
    live_through(chance(0), 10)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_day_of_many_long_histories_is_the_models(live_through: LiveThrough, chance: "Chance") -> None:
    for number in range(100, 150):
        live_through(chance(number), 6 + number % 12)
