"""Small cells of a table that is published with its totals: which numbers are hidden, so that none can be worked out.

A number is small from 1 up to one less than the threshold. Zeros and totals are printed, so hiding the small numbers is
not enough: other numbers are hidden with them.

What the reader is taken to know: the threshold, this very program, which cells are zero, every printed number and
total, and each page that was published before. The reader is even told which of the hidden numbers are small and which
are not. With all that, every hidden number can still be one of two values or more (`is_safe`). The choice of what to
hide looks at nothing but what the reader is told, so it gives nothing away: each table that fits what is printed is
published as the very same page.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

FEWEST = 3
"""The least threshold: below it, a small number could only be 1."""
PRINTED_SHARE = 2
"""Of the numbers that are not zero, one in so many is printed at least. Else the table says too little."""
PREFERRED, USUAL = 10, 11
"""What it costs to hide a number: one that the last page hid is hidden rather than another."""

Table = Sequence[Sequence[int]]
Cell = tuple[int, int]
"""The place of a number in a table: its row and its column, from 0."""
Line = tuple[str, int]
"""A row or a column: which of the two, and its place from 0."""


class _Step(NamedTuple):
    """One line that can be reached from another, and the cell in which the two meet."""

    to: Line
    cell: Cell


def is_small(number: int, threshold: int) -> bool:
    """Return whether a number is too small to be printed. Zero is not."""
    return 0 < number < threshold


def hidden(table: Table, threshold: int, before: Collection[Cell] = ()) -> frozenset[Cell] | None:
    """Return the cells of a table to hide, so that no small number can be worked out from the totals.

    Every total is zero or at least the threshold, and printed. Cells `before`, those that the last page hid, are taken
    rather than others. None where that is not enough, or where less than half of the table would be left to read: then
    the table has to be a coarser one.
    """
    small = {cell for cell, number in _filled(table) if is_small(number, threshold)}
    chosen = _covered(table, small, before)
    if chosen is None or len(chosen) * PRINTED_SHARE > sum(1 for _one in _filled(table)):
        return None
    return frozenset(chosen) if is_safe(table, threshold, chosen) else None


def is_safe(table: Table, threshold: int, chosen: Collection[Cell]) -> bool:
    """Return whether each hidden number has two values or more, for the reader of whom the module speaks.

    All tables that fit are those to which one gets by adding 1 and taking 1 away in turn, round a circle of hidden
    cells: the sums of the rows and columns make a network, in which that is a flow. So the values that a number can
    have are all those between its least and its greatest, and it has two of them just where such a circle goes through
    it. A small number stays from 1 to below the threshold, any other one stays at the threshold or above.
    """
    steps = _steps(table, threshold, chosen)
    return all(any(_in_a_circle(steps, line, cell) for line in _lines(cell)) for cell in chosen)


def _filled(table: Table) -> Iterator[tuple[Cell, int]]:
    """Yield the cells that are not zero, with their numbers."""
    for row, numbers in enumerate(table):
        for column, number in enumerate(numbers):
            if number:
                yield (row, column), number


def _lines(cell: Cell) -> tuple[Line, Line]:
    return ("row", cell[0]), ("column", cell[1])


def _steps(table: Table, threshold: int, chosen: Collection[Cell]) -> Mapping[Line, Sequence[_Step]]:
    """Return the steps of a circle: from its row to its column a number grows by 1, and the other way it falls by 1."""
    steps: dict[Line, list[_Step]] = defaultdict(list)
    for cell in chosen:
        row, column = _lines(cell)
        number = table[cell[0]][cell[1]]
        small = is_small(number, threshold)
        if not small or number + 1 < threshold:
            steps[row].append(_Step(column, cell))
        if number > (1 if small else threshold):
            steps[column].append(_Step(row, cell))
    return steps


def _in_a_circle(steps: Mapping[Line, Sequence[_Step]], line: Line, cell: Cell) -> bool:
    """Return whether one can step from a line through the cell, and come back to the line through others."""
    return any(step.cell == cell and _reaches(steps, step.to, line, cell) for step in steps.get(line, ()))


def _reaches(steps: Mapping[Line, Sequence[_Step]], start: Line, end: Line, without: Cell) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for step in steps.get(waiting.pop(), ()):
            if step.to not in seen and step.cell != without:
                seen.add(step.to)
                waiting.append(step.to)
    return end in seen


def _covered(table: Table, small: Collection[Cell], before: Collection[Cell]) -> set[Cell] | None:
    """Return the small cells, and with each of them those of a circle through it; None where one has no circle.

    A circle is made of numbers that are not small, where there is one: the more a number can change, the better. Of
    several circles it is the one that hides the fewest others, then the first by the places of its cells. The numbers
    themselves are not looked at: see the module.
    """
    chosen = set(small)
    filled = [cell for cell, _number in _filled(table)]
    large, all_of_them = _meeting(cell for cell in filled if cell not in small), _meeting(filled)
    for cell in sorted(small):
        circle = _way(large, cell, chosen, before) or _way(all_of_them, cell, chosen, before)
        if circle is None:
            return None
        chosen.update(circle)
    return chosen


def _meeting(cells: Iterable[Cell]) -> Mapping[Line, Sequence[_Step]]:
    """Return which lines meet in one of the cells."""
    meeting: dict[Line, list[_Step]] = defaultdict(list)
    for cell in cells:
        row, column = _lines(cell)
        meeting[row].append(_Step(column, cell))
        meeting[column].append(_Step(row, cell))
    return meeting


def _way(
    meeting: Mapping[Line, Sequence[_Step]], cell: Cell, chosen: Collection[Cell], before: Collection[Cell]
) -> tuple[Cell, ...] | None:
    """Return the cheapest way from the row of a cell to its column that does not go through the cell, or None."""
    start, end = _lines(cell)
    ways: list[tuple[int, int, tuple[Cell, ...], Line]] = [(0, 0, (), start)]
    done: set[Line] = set()
    while ways:
        cost, length, way, line = heappop(ways)
        if line == end:
            return way
        if line not in done:
            done.add(line)
            for step in meeting.get(line, ()):
                if step.cell != cell and step.to not in done:
                    price = 0 if step.cell in chosen else PREFERRED if step.cell in before else USUAL
                    heappush(ways, (cost + price, length + 1, (*way, step.cell), step.to))
    return None
