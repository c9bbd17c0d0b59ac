"""The public page: which districts, groups and nationalities stand together, and what a reader can work out of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timpora_cli.model.supervision import small_cells
from timpora_cli.model.supervision.areas import DISTRICT, ELSEWHERE, OTHERS, OTHERS_OF, Area, Row, Unit, rows_of
from timpora_cli.model.supervision.public_page import (
    GROUP_CODES,
    Counted,
    Nationality,
    PublicPage,
    page_of,
    page_of_json,
)

ON = date(2020, 9, 17)
BELITUNG, TIMUR = Area(OTHERS_OF, "19.02", "Kabupaten Belitung"), Area(OTHERS_OF, "19.06", "Kabupaten Belitung Timur")
NOWHERE = Area(ELSEWHERE)
Numbers = tuple[int, ...]


def unit(number: int, regency: Area, *people: int, groups: Sequence[str] = GROUP_CODES) -> Unit:
    """A unit with so many people in each of the groups."""
    by_group = dict(zip(groups, people, strict=False))
    area = NOWHERE if regency == NOWHERE else Area(DISTRICT, str(number), f"District {number}")
    return Unit(area, regency, tuple(by_group.get(code, 0) for code in GROUP_CODES))


def units(regencies: Sequence[Area], totals: Sequence[int]) -> list[Unit]:
    return [unit(number, *pair) for number, pair in enumerate(zip(regencies, totals, strict=True))]


def printed(rows: tuple[Row, ...] | None) -> list[tuple[str, str, int]] | None:
    return None if rows is None else [(row.area.kind, row.area.code, row.total) for row in rows]


def page(*rows: Unit, threshold: int = 5, nations: Sequence[int] = (), last: PublicPage | None = None) -> PublicPage:
    named = tuple(Nationality(f"Negara {place}", f"Country {place}", people) for place, people in enumerate(nations))
    return page_of(ON, ("KANTOR CONTOH",), threshold, Counted(tuple(rows), named), last)


def numbers_with_sum(total: int, places: int) -> Iterator[Numbers]:
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *others) for others in numbers_with_sum(total - first, places - 1))


# Districts


def test_small_districts_stand_together_by_regency() -> None:
    regencies = (BELITUNG, BELITUNG, BELITUNG, TIMUR, TIMUR, TIMUR, NOWHERE)
    assert printed(rows_of(units(regencies, (17, 4, 3, 6, 0, 0, 0)), 5)) == [
        *((DISTRICT, "0", 17), (DISTRICT, "3", 6)),
        *((OTHERS_OF, "19.02", 7), (OTHERS_OF, "19.06", 0), (ELSEWHERE, "", 0)),
    ]


def test_where_a_regency_has_too_few_all_small_ones_stand_together() -> None:
    regencies = (BELITUNG, BELITUNG, BELITUNG, TIMUR, TIMUR, TIMUR, NOWHERE)
    together = [(DISTRICT, "0", 17), (DISTRICT, "3", 6), (OTHERS, "", 9)]
    assert printed(rows_of(units(regencies, (17, 4, 3, 6, 0, 0, 2)), 5)) == together


def test_where_all_small_ones_are_too_few_the_last_large_one_stands_with_them() -> None:
    regencies = (BELITUNG, BELITUNG, TIMUR, NOWHERE)
    assert printed(rows_of(units(regencies, (17, 9, 8, 1)), 5)) == [
        *((DISTRICT, "0", 17), (DISTRICT, "1", 9), (OTHERS, "", 9)),
    ]
    # 6 = 5 + 1 and nothing else: the district with 5 people would be known.
    assert rows_of(units(regencies, (17, 9, 5, 1)), 5) is None
    assert rows_of(units(regencies, (17, 0, 0, 1)), 5) is None


def test_two_small_districts_with_the_most_that_small_ones_have_do_not_stand_alone_together() -> None:
    assert rows_of(units((BELITUNG, BELITUNG, BELITUNG), (20, 4, 4)), 5) is None
    assert printed(rows_of(units((BELITUNG, BELITUNG, TIMUR, NOWHERE), (20, 4, 4, 0)), 5)) == [
        *((DISTRICT, "0", 20), (OTHERS, "", 8)),
    ]
    assert printed(rows_of(units((BELITUNG, BELITUNG, BELITUNG, TIMUR), (4, 4, 20, 9)), 5)) == [
        *((DISTRICT, "2", 20), (OTHERS, "", 17)),
    ]


@pytest.mark.parametrize(
    ("threshold", "regencies", "most"),
    [
        (3, (BELITUNG, BELITUNG, TIMUR, NOWHERE), 10),
        (3, (BELITUNG, BELITUNG, NOWHERE), 13),
        (4, (BELITUNG, BELITUNG, NOWHERE), 15),
        (5, (BELITUNG, TIMUR, NOWHERE), 15),
        pytest.param(3, (BELITUNG, BELITUNG, BELITUNG, TIMUR, NOWHERE), 12, marks=pytest.mark.slow),
        pytest.param(4, (BELITUNG, BELITUNG, TIMUR, NOWHERE), 17, marks=pytest.mark.slow),
        pytest.param(5, (BELITUNG, BELITUNG, TIMUR, NOWHERE), 20, marks=pytest.mark.slow),
    ],
)
def test_who_knows_the_rule_cannot_tell_the_total_of_a_district_that_stands_with_others(
    threshold: int, regencies: tuple[Area, ...], most: int
) -> None:
    """All totals up to a sum, by what would be printed of them: of none that is not printed only one value is left."""
    for total in range(threshold, most + 1):
        fits: dict[object, list[Numbers]] = defaultdict(list)
        for numbers in numbers_with_sum(total, len(regencies)):
            fits[str(printed(rows_of(units(regencies, numbers), threshold)))].append(numbers)
        for all_of_them in fits.values():
            rows = rows_of(units(regencies, all_of_them[0]), threshold)
            known = {one.area for row in rows or () if len(row.units) == 1 or not row.total for one in row.units}
            for place, one in enumerate(units(regencies, all_of_them[0])):
                assert one.area in known or len({numbers[place] for numbers in all_of_them}) > 1


# Groups


def test_the_table_has_a_column_for_each_group_where_no_total_is_small() -> None:
    made = page(unit(0, BELITUNG, 30, 40, 20, 0, 0, 10), unit(1, BELITUNG, 20, 50, 7, 0, 0, 6))
    assert made.columns == GROUP_CODES
    assert made.cells == ((30, 40, 20, 0, 0, 10), (20, 50, 7, 0, 0, 6))
    assert made.column_totals == (50, 90, 27, 0, 0, 16)
    assert made.area_totals == (100, 83)
    assert not made.hides


def test_the_small_groups_stand_together_as_others() -> None:
    made = page(unit(0, BELITUNG, 30, 40, 20, 0, 1, 10), unit(1, BELITUNG, 20, 50, 7, 0, 0, 6))
    assert made.columns == ("KITAP", "KITAS", "OTHER")
    assert made.cells == ((30, 40, 31), (20, 50, 13))


def test_a_small_number_is_hidden_and_no_other_can_be_worked_out() -> None:
    rows = [unit(place, BELITUNG, 30, 40 + place, 20, groups=("KITAP", "KITAS", "VISIT")) for place in range(4)]
    made = page(*rows, unit(4, BELITUNG, 2, 40, 20))
    assert made.cells == (
        *((None, None, 20, 0, 0, 0), (30, 41, 20, 0, 0, 0), (30, 42, 20, 0, 0, 0), (30, 43, 20, 0, 0, 0)),
        (None, None, 20, 0, 0, 0),
    )


def test_where_nothing_else_helps_the_totals_stand_alone() -> None:
    made = page(unit(0, BELITUNG, 8, 2, 0), unit(1, BELITUNG, 0, 8, 2), unit(2, BELITUNG, 2, 0, 8))
    assert (made.columns, made.column_totals, made.cells) == (GROUP_CODES, (10, 10, 10, 0, 0, 0), ())
    assert made.area_totals == (10, 10, 10)


def test_few_people_have_a_page_without_numbers() -> None:
    assert page(unit(0, BELITUNG, 2, 2)) == PublicPage(ON, ("KANTOR CONTOH",), 5, None)
    assert page(unit(0, BELITUNG)) == PublicPage(ON, ("KANTOR CONTOH",), 5, 0)
    assert page(unit(0, BELITUNG, 2, 2), threshold=3).total == 4


@pytest.mark.parametrize(
    ("districts", "groups", "sums"),
    [
        (2, ("KITAP", "KITAS"), range(10, 17)),
        pytest.param(3, ("KITAP", "KITAS"), range(9, 15), marks=pytest.mark.slow),
        pytest.param(2, ("KITAP", "KITAS", "VISIT"), range(9, 15), marks=pytest.mark.slow),
        pytest.param(2, ("KITAP", "KITAS", "VISIT", "ITKT"), range(9, 13), marks=pytest.mark.slow),
    ],
)
def test_who_knows_the_program_cannot_tell_a_hidden_number(
    districts: int, groups: tuple[str, ...], sums: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All registers of so many people, by the page that each has: no page leaves one value for a hidden number."""
    monkeypatch.setattr(small_cells, "PRINTED_SHARE", 1)
    hidden = 0
    for total in sums:
        fits: dict[PublicPage, list[list[Unit]]] = defaultdict(list)
        for numbers in numbers_with_sum(total, districts * len(groups)):
            rows = [
                unit(place, BELITUNG, *numbers[place * len(groups) : (place + 1) * len(groups)], groups=groups)
                for place in range(districts)
            ]
            fits[page(*rows, threshold=3)].append(rows)
        for made, registers in fits.items():
            for row, area in enumerate(made.areas):
                for column, code in enumerate(made.columns):
                    if made.cells and made.cells[row][column] is None:
                        hidden += 1
                        assert len({people(rows, made, area, code) for rows in registers}) > 1
    assert hidden > 100


def people(rows: Sequence[Unit], made: PublicPage, area: Area, column: str) -> int:
    """How many people a register has in an area and a column of a page."""
    own = {one.code for one in made.areas if one.kind == DISTRICT}
    inside = [one for one in rows if one.area == area or (area.kind != DISTRICT and one.area.code not in own)]
    others = {code for code in GROUP_CODES if code not in made.columns}
    codes = others if column == "OTHER" else {column}
    return sum(one.groups[GROUP_CODES.index(code)] for one in inside for code in codes)


# Nationalities


def test_the_five_most_frequent_nationalities_are_named_and_none_that_is_small() -> None:
    made = page(unit(0, BELITUNG, 100), nations=(30, 20, 15, 10, 10, 9, 4, 2))
    assert [one.people for one in made.nationalities] == [30, 20, 15, 10, 10]
    assert made.others == 15
    made = page(unit(0, BELITUNG, 60), nations=(30, 20, 4, 3, 3))
    assert ([one.people for one in made.nationalities], made.others) == ([30, 20], 10)
    made = page(unit(0, BELITUNG, 50), nations=(30, 20))
    assert ([one.people for one in made.nationalities], made.others) == ([30, 20], 0)


def test_where_the_others_are_few_one_nationality_more_is_not_named() -> None:
    made = page(unit(0, BELITUNG, 53), nations=(30, 20, 2, 1))
    assert ([one.people for one in made.nationalities], made.others) == ([30], 23)
    made = page(unit(0, BELITUNG, 32), nations=(30, 2))
    assert (made.nationalities, made.others) == ((), 0)


# Kept


PEOPLE = some.lists(some.tuples(*[some.sampled_from((0, 0, 1, 4, 7, 30))] * 6), min_size=2, max_size=6)


@given(PEOPLE, some.integers(3, 7))
def test_a_page_is_kept_as_it_is_and_what_has_not_changed_has_the_same_page_again(
    groups: list[Numbers], threshold: int
) -> None:
    rows = [unit(place, BELITUNG if place % 2 else TIMUR, *one) for place, one in enumerate(groups)]
    made = page(*rows, threshold=threshold, nations=(sum(map(sum, groups)),))
    assert page_of_json(made.as_json()) == made
    assert page(*rows, threshold=threshold, nations=(sum(map(sum, groups)),), last=made) == made
