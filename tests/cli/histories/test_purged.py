"""Any history, and a purge at its end: the past is counted as before, who is gone is forgotten, all else stays."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.cli.histories.steps import ARRIVAL, drawn, go, go_anywhere
from tests.cli.histories.test_histories import begun, look, look_on
from timpora_cli.queries.verify import verified

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.cli.histories.life import Life
    from tests.search.plugin import Chance

SIDES = ("district", "village", "class", "sex", "nationality", "purpose")
ELEVEN_YEARS = timedelta(days=11 * 366)
WHO = """
SELECT id, full_name FROM resident UNION SELECT id, full_name FROM resident_version
UNION SELECT resident_id, number FROM passport UNION SELECT resident_id, number FROM passport_version
UNION SELECT resident_id, number FROM permit WHERE number IS NOT NULL
UNION SELECT resident_id, number FROM permit_version WHERE number IS NOT NULL
"""


def counted(timpora: "Timpora", days: list[date], moment: str) -> Iterator[str]:
    for day in days:
        for known in ((), ("--known-at", moment)):
            for side in SIDES:
                yield timpora("counts", "--by", side, "--as-of", day.isoformat(), *known).out
            yield timpora("trend", "--as-of", day.isoformat(), *known).out
            yield timpora("report", "monthly", "--month", day.isoformat()[:7], *known).out


def named(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(WHO).fetchall()


def purged_at_the_end(life: "Life", chance: Random) -> None:
    timpora, path = life.timpora, life.timpora.db
    days = sorted({look_on(life, look(chance)) for _look in range(2)})
    moment = life.moment(chance.choice(life.log).at)
    timpora.at((life.today + ELEVEN_YEARS).isoformat())
    words = ("purge", "--closed-before", (life.today + timedelta(days=1)).isoformat(), "--reason", "consent")
    gone = {int(row.split(",")[0]) for row in timpora(*words, "--format", "csv").out.splitlines()[1:]}
    before = list(counted(timpora, days, moment))
    names = named(path)
    kept = {who for who, _name in names if who not in gone}
    cards = {who: timpora("resident", "show", str(who), "--as-of", days[0].isoformat()).out for who in kept}
    given = timpora(*words, "--yes")
    assert given.code == 0, given.err
    assert [one for one in verified(life.connection).findings if one.fault] == []
    assert list(counted(timpora, days, moment)) == before
    assert {who: timpora("resident", "show", str(who), "--as-of", days[0].isoformat()).out for who in kept} == cards
    with closing(sqlite3.connect(path)) as connection:
        forgotten = {who for (who,) in connection.execute("SELECT resident_id FROM purged_person")}
    assert gone <= forgotten
    of_others = {name for who, name in names if who not in forgotten}
    left = path.read_bytes()
    for who, name in names:
        if who in forgotten and not any(name in other for other in of_others):
            assert name.encode() not in left, (who, name)
    life.played["people purged"] += len(forgotten)


Purge = Callable[[Random, int], int]


@pytest.fixture
def purge(timpora: "Timpora", made: Path, tmp_path: Path) -> Purge:
    def play(chance: Random, length: int) -> int:
        with begun(timpora, Path(shutil.copy(made, tmp_path / "register.db"))) as life:
            for number in range(length):
                if number < 2:
                    go(life, drawn(chance, ARRIVAL))
                else:
                    go_anywhere(life, chance)
            for kind in ("depart", "depart"):
                go(life, drawn(chance, {kind: 1}))
            try:
                purged_at_the_end(life, chance)
            except AssertionError as error:
                error.add_note("\n".join(life.transcript))
                raise
            return life.played["people purged"]

    return play


@pytest.mark.slow
def test_a_purge_after_any_history_counts_the_past_as_before(purge: Purge, chance: "Chance") -> None:
    purge(chance(7), 8)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_purge_after_many_long_histories_counts_the_past_as_before(purge: Purge, chance: "Chance") -> None:
    assert sum(purge(chance(number), 6 + number % 14) for number in range(200, 230)) > 10
