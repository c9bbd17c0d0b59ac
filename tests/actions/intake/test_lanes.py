"""Rows that are alone are taken without a plan, many at once: the register is the same, row for row, as with plans."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.actions.intake.memory import Maker, Row
from timpora_cli.actions.intake import lanes

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office
    from tests.search.plugin import Chance

SHEETS = 12


def lone(chance: Random, number: int) -> Row:
    """Return the row of somebody of whom nobody else has a number, with the cells of anybody."""
    row = dict(Maker(chance).rows()[0])
    for name in ("passport_number", "niora", "permit_number"):
        if name in row:
            row[name] = f"{row[name]}-{number}"
    return row


def as_csv(rows: Sequence[Row]) -> list[str]:
    header = sorted({name for row in rows for name in row})
    text = io.StringIO()
    csv.writer(text).writerows([header, *([row.get(name, "") for name in header] for row in rows)])
    return text.getvalue().splitlines()


@pytest.mark.parametrize("number", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in range(1, 10))])
def test_rows_taken_alone_and_many_at_once_give_the_register_that_plans_give(
    open_office: Callable[[], "Office"],
    desk: "Desk",
    chance: "Chance",
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    taken: Counter[str] = Counter()
    for sheet in range(SHEETS):
        draw = chance(number * SHEETS + sheet)
        first = [*Maker(draw).rows(), *(lone(draw, who) for who in range(draw.randint(0, 6)))]
        second = [row for row in first if draw.random() < 0.5] + [lone(draw, 9 - who) for who in range(4)]
        told = []
        for alone in (True, False):
            with monkeypatch.context() as patch, closing((office := open_office()).connection):
                if not alone:
                    patch.setattr(lanes, "FIND", ())
                here = replace(desk, office=office)
                outcomes = [here.bring(*as_csv(draw_again(rows, sheet))) for rows in (first, second)]
                dump = {name: rows for name, rows in office.dump().items() if name != "change"}
                told.append((dump, [(one.counts, one.rejected, one.duplicates, one.noticed) for one in outcomes]))
                taken.update({f"new {alone}": outcomes[0].new})
        assert told[0] == told[1], (first, second)
    assert taken["new True"] == taken["new False"] > SHEETS


def draw_again(rows: Sequence[Row], seed: int) -> list[Row]:
    """Return the rows in an order of their own, the same for both ways."""
    return Random(seed).sample(list(rows), len(rows))  # noqa: S311 chance, not secrecy
