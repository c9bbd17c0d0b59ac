"""An attack on the public pages by an integer solver: it reads the pages alone, and recovers no hidden number.

It knows what a reader knows: the rule, the threshold, that zeros are printed, and all pages of six months.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from timpora_cli.model.supervision.areas import DISTRICT, ELSEWHERE, OTHERS_OF, Area, Unit
from timpora_cli.model.supervision.public_page import GROUP_CODES, Counted, Nationality, PublicPage, page_of
from timpora_cli.render import pages

pytestmark = pytest.mark.slow

MONTHS = 6
MARK = "•"
PEOPLE = (60, 150, 300, 600, 1200, 3000)
REGENCIES = [Area(OTHERS_OF, code, f"Kabupaten {code}") for code in ("19.02", "19.06")]
Table = list[list[int | None]]


class Register:
    """People in districts and groups, who come, go and move from month to month, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 chance, not secrecy
        districts = self.chance.randint(3, 12)
        self.places = [
            *(Area(DISTRICT, f"{place:02}", f"Kecamatan {place}") for place in range(districts)),
            Area(ELSEWHERE),
        ]
        self.weights = [self.chance.random() ** 2 + 0.02 for _place in range(districts)] + [0.02]
        self.groups = [self.chance.random() ** 2 + 0.005 for _code in GROUP_CODES]
        self.people = [self.newcomer() for _person in range(self.chance.choice(PEOPLE))]

    def newcomer(self) -> tuple[int, int]:
        (place,) = self.chance.choices(range(len(self.places)), self.weights)
        (group,) = self.chance.choices(range(len(GROUP_CODES)), self.groups)
        return place, group

    def month_passes(self) -> None:
        for place in range(len(self.people)):
            if self.chance.random() < 0.05:
                self.people[place] = self.newcomer()
        self.people += [self.newcomer() for _person in range(self.chance.randint(0, 4))]

    def counted(self) -> Counted:
        people = Counter(self.people)
        units = tuple(
            Unit(
                area,
                area if area.kind == ELSEWHERE else REGENCIES[place % 2],
                tuple(people[place, group] for group in range(len(GROUP_CODES))),
            )
            for place, area in enumerate(self.places)
        )
        return Counted(units, (Nationality("Contoh", "Example", len(self.people)),))

    def published(self) -> Iterator[PublicPage]:
        """Yield the pages of the months. In some registers the threshold becomes another one in between."""
        last, threshold = None, self.chance.choice((3, 5, 5, 5, 10))
        for month in range(MONTHS):
            last = page_of(date(2020, month + 1, 28), ("KANTOR CONTOH",), threshold, self.counted(), last)
            yield last
            self.month_passes()
            if self.chance.random() < 0.05:
                threshold = self.chance.choice((3, 4, 7))


def read(html: str) -> Table:
    """Return the numbers of the table by district and group, its totals included, None where one is hidden.

    Empty where there is no such table.
    """
    first = html.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", first)]
    if not rows or len(rows[0]) <= 2:
        return []
    return [[None if cell == MARK else int(cell) for cell in cells[1:]] for cells in rows]


class Attack:
    """All that a page says, as equations of whole numbers: every hidden one is 1 or more, and some of them are small.

    No equation has numbers of two pages in it: none says what has changed since the last one. So each page is solved
    on its own.
    """

    def __init__(self, table: Table, threshold: int) -> None:
        self.threshold, self.most = threshold, table[-1][-1] if table else 0
        self.unknown = [
            (row, column) for row, numbers in enumerate(table) for column, one in enumerate(numbers) if one is None
        ]
        self.equations: list[tuple[list[int], int]] = []
        places = [[(row, column) for column in range(len(table[0]))] for row in range(len(table))]
        for line in (*places, *map(list, zip(*places, strict=True))):
            *parts, total = [table[row][column] for row, column in line]
            assert total is not None
            hidden = [self.unknown.index((row, column)) for row, column in line if table[row][column] is None]
            self.equations.append((hidden, total - sum(number or 0 for number in parts)))

    def rules(self) -> list[Any]:
        """Return the equations. Behind the numbers, there is a mark for each that says whether it is small."""
        import numpy as np
        from scipy.optimize import LinearConstraint

        count, great = len(self.unknown), self.most or 0
        sums = np.zeros((len(self.equations), 2 * count))
        for place, (hidden, _rest) in enumerate(self.equations):
            sums[place, hidden] = 1
        rests = [rest for _hidden, rest in self.equations]
        is_small = np.hstack([np.eye(count), np.eye(count) * (great - self.threshold + 1)])
        return [
            LinearConstraint(sums, rests, rests),
            LinearConstraint(is_small, -np.inf, great),
            LinearConstraint(np.concatenate([np.zeros(count), np.ones(count)]), 1, np.inf),
        ]

    def recovered(self) -> list[tuple[int, int]]:
        """Return the places of the hidden numbers of which only one value is left."""
        import numpy as np
        from scipy.optimize import Bounds, milp

        count, rules = len(self.unknown), self.rules()
        bounds = Bounds(np.repeat([1, 0], count), np.repeat([self.most, 1], count))
        values: list[set[int]] = [set() for _one in self.unknown]
        for wanted in range(count):
            for direction in (1, -1):
                if len(values[wanted]) < 2:
                    aim = np.zeros(2 * count)
                    aim[wanted] = direction
                    solved = milp(aim, integrality=np.ones(2 * count), bounds=bounds, constraints=rules)
                    assert solved.status == 0, solved.message
                    for place in range(count):
                        values[place].add(round(solved.x[place]))
        return [place for place, known in zip(self.unknown, values, strict=True) if len(known) < 2]


@pytest.mark.parametrize("tens", range(30))
def test_no_hidden_number_is_recovered_from_six_monthly_pages(tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        for page in Register(seed).published():
            table = read(pages.of_public(page).html())
            assert not table or Attack(table, page.threshold).recovered() == []


def test_the_pages_that_are_attacked_have_tables_with_hidden_numbers() -> None:
    tables = [page for seed in range(0, 300, 5) for page in Register(seed).published() if page.cells]
    assert len(tables) > 60
    assert sum(page.hides for page in tables) > 60


def test_the_attack_recovers_numbers_where_only_the_small_ones_are_hidden() -> None:
    recovered = 0
    for seed in range(20):
        rows = [unit.groups for unit in Register(seed).counted().units]
        table: Table = [[*(None if 0 < one < 5 else one for one in row), sum(row)] for row in rows]
        table.append([sum(column) for column in zip(*[[*row, sum(row)] for row in rows], strict=True)])
        recovered += len(Attack(table, 5).recovered()) if any(None in row for row in table) else 0
    assert recovered > 20
