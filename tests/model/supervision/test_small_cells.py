"""What is hidden in a table: every number of it against all tables that fit, counted out one by one."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from timpora_cli.model.supervision import small_cells
from timpora_cli.model.supervision.small_cells import Cell, hidden, is_safe, is_small

Rows = tuple[tuple[int, ...], ...]

TABLES = some.tuples(some.integers(2, 4), some.integers(2, 3)).flatmap(
    lambda shape: some.tuples(*[some.tuples(*[some.integers(0, 7)] * shape[1])] * shape[0])
)


@pytest.fixture(autouse=True)
def _hide_as_much_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also print tables of which nearly all is hidden: those that one can count out are small."""
    monkeypatch.setattr(small_cells, "PRINTED_SHARE", 1)


def totals(table: Rows) -> tuple[list[int], list[int]]:
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


def has_small_totals(table: Rows, threshold: int) -> bool:
    return any(is_small(total, threshold) for side in totals(table) for total in side)


def with_sum(total: int, ranges: list[range]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers in these ranges that have a sum."""
    first, *rest = ranges
    if not rest:
        if total in first:
            yield (total,)
        return
    for number in first:
        if number > total:
            return
        yield from ((number, *others) for others in with_sum(total - number, rest))


def fitting(table: Rows, chosen: frozenset[Cell], threshold: int) -> Iterator[Rows]:
    """Yield every table that has the printed numbers and totals, and is told to be small and not small where hidden."""

    def values(row: int, column: int) -> range:
        number = table[row][column]
        if (row, column) not in chosen:
            return range(number, number + 1)
        return range(1, threshold) if number < threshold else range(threshold, sum(table[row]) + 1)

    rows, columns = totals(table)
    each = [
        list(with_sum(total, [values(row, column) for column in range(len(columns))])) for row, total in enumerate(rows)
    ]
    return (found for found in product(*each) if totals(found)[1] == columns)


@pytest.mark.slow
@given(TABLES, some.integers(3, 5))
def test_every_hidden_number_can_be_one_of_two_for_who_is_told_which_are_small(table: Rows, threshold: int) -> None:
    assume(not has_small_totals(table, threshold))
    chosen = hidden(table, threshold)
    if chosen is None:
        return
    small = {(row, column) for row, line in enumerate(table) for column, one in enumerate(line) if 0 < one < threshold}
    assert small <= chosen
    assert all(table[row][column] for row, column in chosen)
    fits = list(fitting(table, chosen, threshold))
    assert all(len({one[row][column] for one in fits}) > 1 for row, column in chosen)
    # What is hidden gives nothing away either: of every table that fits, the same is hidden.
    assert {hidden(one, threshold) for one in fits} == {chosen}


@given(TABLES, some.integers(3, 5), some.data())
def test_whether_a_hiding_is_safe_is_known_exactly(table: Rows, threshold: int, data: some.DataObject) -> None:
    filled = [(row, column) for row, line in enumerate(table) for column, one in enumerate(line) if one]
    assume(filled)
    chosen = frozenset(data.draw(some.lists(some.sampled_from(filled), unique=True, min_size=1)))
    fits = list(fitting(table, chosen, threshold))
    assert is_safe(table, threshold, chosen) == all(
        len({one[row][column] for one in fits}) > 1 for row, column in chosen
    )


def test_a_small_number_is_hidden_with_three_others_round_a_circle() -> None:
    table = ((20, 2, 30), (15, 40, 0), (8, 9, 10))
    assert hidden(table, 5) == frozenset({(0, 1), (0, 0), (1, 1), (1, 0)})
    # Those that the last page hid are hidden rather than others.
    before = frozenset({(0, 1), (0, 2), (2, 1), (2, 2)})
    assert hidden(table, 5, before) == before


def test_a_table_in_which_a_number_would_follow_from_the_totals_is_not_to_be_printed() -> None:
    # Each row and column has two numbers, but there is no circle: 10 is a total less what is 0.
    assert hidden(((2, 10, 0), (0, 0, 12), (10, 0, 0)), 5) is None
    # Where one number round the circle grows the next one falls: 2 cannot grow and be small, 1 cannot fall.
    assert hidden(((2, 3), (3, 1)), 3) is None
    assert is_safe(((2, 3), (3, 1)), 4, {(0, 0), (0, 1), (1, 0), (1, 1)})


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hidden(((5, 0), (0, 7)), 5) == frozenset()


def test_of_a_table_half_is_printed_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_cells, "PRINTED_SHARE", 2)
    assert hidden(((20, 2, 30), (15, 40, 0), (8, 9, 10)), 5) is not None
    assert hidden(((20, 2), (15, 40)), 5) is None


@given(
    some.lists(some.lists(some.sampled_from((0, 1, 3, 6, 9, 20, 40)), min_size=4, max_size=4), min_size=3, max_size=6)
)
def test_what_has_not_changed_is_hidden_alike_again(table: list[list[int]]) -> None:
    chosen = hidden(table, 5)
    assert chosen is None or hidden(table, 5, chosen) == chosen
