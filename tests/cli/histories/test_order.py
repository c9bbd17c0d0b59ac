"""The order of commands about different people, and the machine's time zone, change nothing of what is answered."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.histories.life import Step
from tests.cli.histories.steps import ABOUT_ONE_PERSON, go, steps
from tests.cli.histories.test_histories import FAR, Look, Reader, begun, look_on, looks
from timpora_cli.cli.frame import register as opening
from timpora_cli.store import clock

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

LISTS = (
    ("resident", "list"), ("permit", "list", "--sort", "permit_number"), ("expiring", "--before", FAR),
    ("expiring", "--passports", "--before", FAR), ("counts",),
)  # fmt: skip
WEST, EAST = "Pacific/Pago_Pago", "Pacific/Kiritimati"  # never on one day
arrivals = steps("arrive", later=0)
of_one_person = st.lists(steps(*ABOUT_ONE_PERSON, later=0), min_size=3, max_size=8)
Numbered = tuple[int, Step]


@settings(max_examples=1)
@given(st.tuples(arrivals, arrivals), of_one_person, of_one_person, looks)
def test_the_order_of_commands_about_two_people_and_the_zone_of_the_machine_change_nothing(  # noqa: PLR0917
    timpora: "Timpora",
    made: Path,
    tmp_path: Path,
    two: tuple[Step, Step],
    one: list[Step],
    other: list[Step],
    days: list[Look],
) -> None:
    arrived = list(enumerate(two))
    mine = [(10 + number, replace(step, who=0)) for number, step in enumerate(one)]
    theirs = [(50 + number, replace(step, who=1)) for number, step in enumerate(other)]
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
        lists = [Reader(life.timpora, look_on(life, look)).rows(*words) for look in days for words in LISTS]
    for row in chain.from_iterable(lists):
        row.pop("permit_id", None)  # numbers are given in the order of recording
    return lists
