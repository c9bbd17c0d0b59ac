"""The order of commands about different people, and the machine's time zone, change nothing of what is answered."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.histories.life import Step
from tests.cli.histories.steps import ABOUT_ONE_PERSON, ARRIVAL, drawn, go
from tests.cli.histories.test_histories import FAR, Look, Reader, begun, look, look_on
from timpora_cli.cli.frame import register as opening
from timpora_cli.store import clock

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.search.plugin import Chance

LISTS = (
    ("resident", "list"), ("permit", "list", "--sort", "permit_number"), ("expiring", "--before", FAR),
    ("expiring", "--passports", "--before", FAR), ("counts",),
)  # fmt: skip
WEST, EAST = "Pacific/Pago_Pago", "Pacific/Kiritimati"  # never on one day
Numbered = tuple[int, Step]


@pytest.mark.slow
def test_the_order_of_commands_about_two_people_and_the_zone_of_the_machine_change_nothing(
    timpora: "Timpora", made: Path, tmp_path: Path, chance: "Chance"
) -> None:
    check(timpora, made, tmp_path, chance(1))


@pytest.mark.slow
def test_the_order_of_many_commands_about_two_people_changes_nothing(
    timpora: "Timpora", made: Path, tmp_path: Path, chance: "Chance"
) -> None:
    for number in range(200, 220):
        check(timpora, made, tmp_path, chance(number))


def check(timpora: "Timpora", made: Path, tmp_path: Path, chance: Random) -> None:
    arrived = [(number, drawn(chance, ARRIVAL, later=0)) for number in range(2)]
    about = [
        [(start + number, replace(drawn(chance, ABOUT_ONE_PERSON, later=0), who=who)) for number in range(6)]
        for who, start in enumerate((10, 50))
    ]
    days = [look(chance) for _look in range(2)]
    mine, theirs = about
    path = tmp_path / "register.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "office_today", clock.office_today)
        answers = [
            answered(timpora, patch, zone, Path(shutil.copy(made, path)), [*arrived, *order], days)
            for zone, order in ((WEST, [*mine, *theirs]), (EAST, [*theirs, *mine]))
        ]
    time.tzset()
    assert answers[0] == answers[1]


def answered(
    timpora: "Timpora", patch: pytest.MonkeyPatch, zone: str, path: Path, order: Sequence[Numbered], days: list[Look]
) -> list[Any]:
    """What the lists answer after the steps; each gives what it records a number of its own, in any order."""
    patch.setenv("TZ", zone)
    time.tzset()
    with begun(timpora, path) as life:
        for number, step in order:
            life.printed = 100 * number
            go(life, step)
        lists = [Reader(life.timpora, look_on(life, one)).rows(*words) for one in days for words in LISTS]
    for row in chain.from_iterable(lists):
        row.pop("permit_id", None)  # numbers are given in the order of recording
    return lists
