"""Any history that an officer makes at the command line, beside a plain model of the contract: every day tells the
same, the register is whole after each command, and nobody who is to be told stays silent.
"""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.histories.life import BEGIN, LAST, VILLAGES, Life, Step, steps
from tests.cli.histories.model import Name, Seen, State, seen
from timpora_cli.queries.verify import verified

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

FAR = "2100-01-01"
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
NAMES = "SELECT village.code, village.name, district.name FROM village JOIN district ON district.code = district_code"


@dataclass
class Reader:
    """Asks an office for what a day tells of everyone."""

    timpora: "Timpora"

    def rows(self, *words: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self.timpora.answer(*words, "--format", "json"))
        return rows

    def told(self, on: date) -> dict[int, Seen]:
        """Everyone who is present on a day, by the list of residents and the list of expiring permits together."""
        day = on.isoformat()
        told = {}
        for row in self.rows("resident", "list", "--as-of", day):
            told[row["resident_id"]] = Seen(str(row["name"]), row["village"], row["district"])
        for row in self.rows("permit", "list", "--as-of", day):
            one = told[row["resident_id"]]
            told[row["resident_id"]] = one._replace(
                kind=row["class"], number=row["permit_number"], expires=day_in(row["expires_on"]),
                end=day_in(row["effective_until"]), state=holds(str(row["state"])),
            )  # fmt: skip
        for row in self.rows("expiring", "--before", FAR, "--as-of", day):
            one = told[row["resident_id"]]
            assert (one.number, one.end, one.state) == (
                row["permit_number"], day_in(row["effective_until"]), holds(str(row["state"])),
            )  # fmt: skip
            told[row["resident_id"]] = one._replace(
                overstay=row["overstay_days"], fine=row["fine"], over_limit=row["over_limit"] is not None
            )
        return told

    def counted(self, on: date) -> dict[str | None, int]:
        return {row["district"]: row["total"] for row in self.rows("counts", "--as-of", on.isoformat()) if row["total"]}


def day_in(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def holds(state: str) -> str:
    return "HOLDS" if state in {"VALID", "DUE"} else state


def whole_after_each_command(life: Life) -> None:
    with closing(sqlite3.connect(life.timpora.db)) as connection:
        assert connection.execute(NOT_HERE).fetchall() == []
        findings = verified(connection).findings
        assert [finding.fault for finding in findings if finding.fault] == []


def every_day_is_the_models(life: Life, drawn: list[date]) -> None:
    reader = Reader(life.timpora)
    edges = sorted(life.days)
    beside = [edge + timedelta(days=days) for edge in edges[:: max(1, len(edges) // 4)] for days in (-1, 0, 1)]
    for on in (*drawn, *beside):
        expected = seen(life.now, on)
        assert reader.told(on) == expected, on
        assert reader.counted(on) == Counter(one.district for one in expected.values()), on


def begun(timpora: "Timpora", path: Path) -> Life:
    office = timpora.on(path)
    with closing(sqlite3.connect(path)) as connection:
        names = {code: (Name(None, name, district),) for code, name, district in connection.execute(NAMES)}
    return Life(office, [State(names={code: names[code] for code in VILLAGES})])


def lived(timpora: "Timpora", made: Path, folder: Path, history: list[Step], days: list[date]) -> Life:
    path = Path(shutil.copy(made, folder / "register.db"))
    life = begun(timpora, path)
    for step in history:
        life.go(step)
        whole_after_each_command(life)
    every_day_is_the_models(life, days)
    return life


LiveThrough = Callable[[list[Step], list[date]], Life]
some_days = st.lists(st.dates(BEGIN - timedelta(days=100), LAST), min_size=1, max_size=3)


@pytest.fixture
def live_through(timpora: "Timpora", made: Path, tmp_path: Path) -> LiveThrough:
    return lambda history, days: lived(timpora, made, tmp_path, history, days)


@settings(max_examples=4)
@given(history=st.lists(steps, min_size=8, max_size=14), days=some_days)
def test_every_day_of_any_history_is_the_models(
    live_through: LiveThrough, history: list[Step], days: list[date]
) -> None:
    live_through(history, days)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(max_examples=25)
@given(history=st.lists(steps, min_size=10, max_size=30), days=some_days)
def test_every_day_of_many_long_histories_is_the_models(
    live_through: LiveThrough, history: list[Step], days: list[date]
) -> None:
    live_through(history, days)
