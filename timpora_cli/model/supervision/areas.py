"""The areas of a public page: districts, and the small ones of them taken together, so that no row has a small total.

Which districts are taken together follows from which of them have fewer people than the threshold, and from the totals
that are printed. For a reader who knows that rule, each district whose total is not printed can have two totals or more
(but where the sum is zero, which is printed).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from timpora_cli.model.supervision.small_cells import is_small

DISTRICT, OTHERS_OF, OTHERS, ELSEWHERE = "DISTRICT", "OTHERS_OF", "OTHERS", "ELSEWHERE"
"""What an area is: one district; the other districts of a regency; all other districts and who lives elsewhere; who
lives elsewhere, which is in no district of the office's own, or nobody knows where."""


class Area(NamedTuple):
    """A row of the page: what it is, with the code and the name of the district or the regency that it is named by."""

    kind: str
    code: str = ""
    name: str = ""


class Unit(NamedTuple):
    """A district, or those who live in none of the office's own (`area` is ELSEWHERE), and its people by group."""

    area: Area
    regency: Area
    groups: tuple[int, ...]

    @property
    def total(self) -> int:
        """All its people."""
        return sum(self.groups)


class Row(NamedTuple):
    """An area of the page, and the units that it is made of."""

    area: Area
    units: tuple[Unit, ...]

    @property
    def total(self) -> int:
        """All its people."""
        return sum(unit.total for unit in self.units)

    @property
    def groups(self) -> tuple[int, ...]:
        """Its people by group."""
        return tuple(map(sum, zip(*(unit.groups for unit in self.units), strict=True)))


def rows_of(units: Sequence[Unit], threshold: int) -> tuple[Row, ...] | None:
    """Return the rows of the page: the districts that are large enough, and behind them the small ones together.

    The small districts are taken together by regency, else all of them; else with the last of the large ones. None
    where even that is not enough: then the page has no rows of districts.
    """
    small = [unit for unit in units if unit.total < threshold]
    large = [unit for unit in units if unit.total >= threshold]
    for pooled in (list(_by_regency(small)), list(_together(small))):
        if all(_is_enough(row, threshold) for row in pooled):
            return (*_alone(large), *pooled)
    if len(large) > 1:
        *large, last = large
        (pool,) = _together([*small, last])
        # The last large one has at least the threshold: with 2 more than that, the small ones can have 1 or 2.
        if pool.total >= threshold + 2:
            return (*_alone(large), pool)
    return None


def _alone(units: Iterable[Unit]) -> Iterator[Row]:
    for unit in units:
        yield Row(unit.area, (unit,))


def _by_regency(small: Iterable[Unit]) -> Iterator[Row]:
    by_regency: dict[Area, list[Unit]] = defaultdict(list)
    for unit in small:
        by_regency[unit.regency].append(unit)
    for regency, units in by_regency.items():
        yield Row(units[0].area if len(units) == 1 else regency, tuple(units))


def _together(small: Sequence[Unit]) -> Iterator[Row]:
    if small:
        yield Row(Area(OTHERS), tuple(small))


def _is_enough(row: Row, threshold: int) -> bool:
    """Return whether small units can be printed as one row.

    Their sum is zero, or not small; and not so great that each of them must have just as many as a small one can.
    """
    most = (threshold - 1) * len(row.units)
    return row.total == 0 or (not is_small(row.total, threshold) and row.total < most)
