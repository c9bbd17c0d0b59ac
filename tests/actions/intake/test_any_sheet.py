"""What holds for any sheet, of people and of mistakes: the order of rows never matters, and a second time changes
nothing.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise, permutations
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.actions.intake.memory import Brought, Maker, Row, bring, entries, lived, shape, smallest
from timpora_cli.actions.intake.recorded import Person
from timpora_cli.sheets.facts import Entry

if TYPE_CHECKING:
    from tests.search.plugin import Chance

Holds = Callable[[list[Row], Random], int]
"""Checks a sheet, and returns how many comparisons it made. It draws what else is random from the second."""


@pytest.fixture(scope="module")
def sheets(searching: bool) -> int:
    """How many sheets a test tries: a search runs one of the tests of a property alone."""
    return 300 if searching else 40


def holds_of_sheets(chance: "Chance", number: int, sheets: int, holds: Holds) -> int:
    """Check `holds` of many sheets; of one that fails, the smallest part that fails is named."""
    compared = 0
    for sheet in range(sheets):
        rows, lot = Maker(chance(number * sheets + sheet)).rows(), chance(-sheet).getrandbits(32)

        def again(rows: list[Row], lot: int = lot) -> int:
            return holds(rows, chance(lot))

        try:
            compared += again(rows)
        except Exception as error:
            raise AssertionError(f"fails of {smallest(rows, again)}") from error
    return compared


def contents(rows: Sequence[Row], lines: Sequence[int]) -> list[str]:
    return sorted(repr(sorted(rows[line - 2].items())) for line in lines)


def orders(rows: Sequence[Row], chance: Random) -> list[Sequence[Row]]:
    if len(rows) <= 4:
        return list(permutations(rows))
    return [chance.sample(list(rows), len(rows)) for _ in range(4)] + [rows[::-1]]


def same_in_any_order(start: Sequence[Person], rows: Sequence[Row], chance: Random, on: str | None) -> Brought:
    """Check that no row is lost, and that every order of the rows gives the same."""
    first = bring(start, entries(rows), on)
    assert sorted([*first.refused, *first.came]) == [row.line for row in entries(rows)]
    for order in orders(rows, chance):
        other = bring(start, entries(order), on)
        assert shape(other.people) == shape(first.people)
        assert contents(order, list(other.refused)) == contents(rows, list(first.refused))
        assert Counter(other.came.values()) == Counter(first.came.values())
    return first


def nothing_the_second_time(first: Brought, rows: Sequence[Entry], on: str | None) -> None:
    again = first.again(rows, on)
    assert again.people == first.people
    assert again.refused.keys() == first.refused.keys()
    assert set(again.came.values()) <= {"unchanged"}


def keeps_the_rules(person: Person) -> None:
    for one, two in pairwise(person.grants):
        assert one.ended is not None
        assert (two.starts or "") >= one.ended
        assert (two.granted_as == "NEW") == (one.reason not in {"EXTENDED", "CONVERTED"})
    assert all((one.ended or "9999") >= (one.starts or "") for one in person.grants)
    if person.departed is not None:
        assert not person.grants or person.grants[-1].ended is not None


def any_order(rows: list[Row], chance: Random) -> int:
    on = chance.choice((None, None, "2020-09-17"))
    first = same_in_any_order((), rows, chance, on)
    nothing_the_second_time(first, entries(rows), on)
    for person in first.people:
        keeps_the_rules(person)
    return 1


def onto_a_register(rows: list[Row], chance: Random) -> int:
    on = chance.choice((None, None, "2020-09-17"))
    start = lived(bring((), entries(rows[: len(rows) // 2])).people, chance)
    sheet = rows[len(rows) // 3 :]
    first = same_in_any_order(start, sheet, chance, on)
    nothing_the_second_time(first, entries(sheet), on)
    for person in first.people:
        keeps_the_rules(person)
    return 1


def cut_in_two(rows: list[Row], chance: Random) -> int:
    compared = 0
    whole = bring((), entries(rows))
    parts: tuple[list[Entry], list[Entry]] = ([], [])
    for row in entries(rows):
        parts[chance.randrange(2)].append(row)
    for one, two in (parts, parts[::-1]):
        half = bring((), one)
        both = half.again(two)
        if any(brought.refused or brought.guessed for brought in (whole, half, both)):
            continue
        compared += 1
        assert shape(both.people, of_now=True) == shape(whole.people, of_now=True)
        assert both.again(entries(rows)).people == both.people
    return compared


@pytest.mark.slow
@pytest.mark.one_in(7)
@pytest.mark.parametrize("number", range(7))
def test_the_order_of_rows_never_matters_and_a_second_time_changes_nothing(
    chance: "Chance", number: int, sheets: int, record_property: Callable[[str, object], None]
) -> None:
    record_property("sheets in any order", holds_of_sheets(chance, number, sheets, any_order))


@pytest.mark.slow
@pytest.mark.one_in(7)
@pytest.mark.parametrize("number", range(7))
def test_nor_does_it_on_a_register_that_officers_have_worked_on(
    chance: "Chance", number: int, sheets: int, record_property: Callable[[str, object], None]
) -> None:
    record_property("sheets onto a register", holds_of_sheets(chance, number, sheets, onto_a_register))


@pytest.mark.slow
@pytest.mark.one_in(7)
@pytest.mark.parametrize("number", range(7))
def test_a_sheet_cut_in_two_gives_the_same_people_where_nothing_was_refused_or_guessed(
    chance: "Chance", number: int, sheets: int, record_property: Callable[[str, object], None]
) -> None:
    compared = holds_of_sheets(chance, number, sheets, cut_in_two)
    assert compared
    record_property("halves compared", compared)
