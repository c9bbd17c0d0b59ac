"""Counts: one row a place or a side of people, one column a group, and nobody twice or not at all."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from timpora_cli.model.terms import GROUPS
from timpora_cli.queries.counting.counts import KEYS, present_in
from timpora_cli.queries.filters import Asked, resolved

if TYPE_CHECKING:
    from tests.conftest import Office

ON = "2020-09-17"
COLUMNS = [group.code for group in GROUPS]
KOTA, AIR_MERBAU, TANJUNG_BINGA, DUKONG = "19.02.01.1001", "19.02.01.2012", "19.02.04.2005", "19.06.07.2004"


@pytest.fixture
def peopled(office: "Office") -> "Office":
    def holds(name: str, nationality: str, village: str | None, kind: str | None, **facts: Any) -> None:
        resident = office.person(f"{name} Invented", nationality, village=village, **facts)
        if kind:
            office.permit(resident, kind, "2020-01-01", "2021-01-01")

    def build() -> None:
        holds("Ann", "AUS", AIR_MERBAU, "KITAP", sex="F", purpose_code="FAMILY")
        holds("Bob", "AUS", KOTA, "KITAS", sex="M", purpose_code="WORK", sponsor="PT Contoh")
        holds("Cid", "D", KOTA, "VOA", sex="M")
        holds("Dee", "D", TANJUNG_BINGA, "BVK", sex="F", sponsor="CV Contoh")
        holds("Eva", "NLD", TANJUNG_BINGA, "ITK", sex="F", purpose_code="TOURISM")
        holds("Fay", "XXA", DUKONG, "ITKT", purpose_code="WORK")
        holds("Gus", "USA", None, "DINAS", sponsor="PT Contoh")
        holds("Hal", "USA", None, "DIPLOMATIK")
        holds("Ida", "JPN", DUKONG, None)

    office.prepared(build)
    return office


def counted(office: "Office", by: str) -> dict[str | None, dict[str, int]]:
    """A count's rows that have anybody, each with the columns that have anybody."""
    return {
        row.code: {name: number for name, number in zip(COLUMNS, row.groups, strict=True) if number}
        for row in office.counts(ON, by)
        if row.total
    }


def test_by_district_the_most_are_first_ties_by_name_and_nowhere_last(peopled: "Office") -> None:
    rows = peopled.counts(ON)
    assert [(row.name, row.total) for row in rows[:5]] == [
        ("Tanjungpandan", 3),
        ("Sijuk", 2),
        ("Simpang Pesak", 2),
        ("Badau", 0),
        ("Damar", 0),
    ]
    assert (rows[-1].code, rows[-1].name, rows[-1].total) == (None, None, 2)
    assert len(rows) == 13
    assert rows[0].within == "Kabupaten Belitung"
    assert counted(peopled, "district") == {
        "19.02.01": {"KITAP": 1, "KITAS": 1, "VISIT": 1},
        "19.02.04": {"VISIT": 2},
        "19.06.07": {"ITKT": 1, "NONE": 1},
        None: {"OFFICIAL": 2},
    }


def test_by_village_only_where_somebody_lives_and_nowhere(peopled: "Office") -> None:
    rows = peopled.counts(ON, "village")
    assert [(row.name, row.within, row.total) for row in rows] == [
        ("Dukong", "Simpang Pesak", 2),
        ("Kota", "Tanjungpandan", 2),
        ("Tanjung Binga", "Sijuk", 2),
        ("Air Merbau", "Tanjungpandan", 1),
        (None, None, 2),
    ]


def test_whose_village_is_not_known_counts_in_the_district_that_is(office: "Office") -> None:
    ann = office.person("Ann Invented", district="19.02.04", since="2019-01-01")
    assert office.totals(ON) == {"19.02.04": 1}
    assert office.totals(ON, "village") == {None: 1}
    assert office.totals(ON, "regency") == {"19.02": 1}
    where = resolved(office.connection, Asked(district=("Sijuk",)))
    assert list(office.people(ON, where)) == [ann]
    office.agrees_with_views(ON)
    office.move(ann, None, "2020-09-01", district="19.06.07")
    assert [office.totals(on) for on in ("2020-08-31", "2020-09-01")] == [{"19.02.04": 1}, {"19.06.07": 1}]


def test_one_district_is_counted_by_itself(peopled: "Office") -> None:
    day = date.fromisoformat(ON)
    numbers = {code: present_in(peopled.connection, day, code) for code in ("19.02.01", "19.02.05", None)}
    assert numbers == {"19.02.01": 3, "19.02.05": 0, None: 2}


def test_by_regency_both_of_ours(peopled: "Office") -> None:
    assert {row.name: row.total for row in peopled.counts(ON, "regency")} == {
        "Kabupaten Belitung": 5,
        "Kabupaten Belitung Timur": 2,
        None: 2,
    }


def test_by_class_each_stands_in_the_column_of_its_group(peopled: "Office") -> None:
    assert counted(peopled, "class") == {
        "KITAP": {"KITAP": 1}, "KITAS": {"KITAS": 1}, "ITK": {"VISIT": 1}, "VOA": {"VISIT": 1}, "BVK": {"VISIT": 1},
        "ITKT": {"ITKT": 1}, "DINAS": {"OFFICIAL": 1}, "DIPLOMATIK": {"OFFICIAL": 1}, None: {"NONE": 1},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("by", "totals"),
    [
        ("nationality", [("AUS", 2), ("D", 2), ("USA", 2), ("JPN", 1), ("NLD", 1), ("XXA", 1)]),
        ("purpose", [("WORK", 2), ("FAMILY", 1), ("TOURISM", 1), (None, 5)]),
        ("sex", [("F", 3), ("M", 2), (None, 4)]),
        ("sponsor", [("1", 2), ("2", 1), (None, 6)]),
    ],
)
def test_by_another_side_of_people_the_most_are_first_and_those_of_whom_it_is_not_known_last(
    peopled: "Office", by: str, totals: list[tuple[str | None, int]]
) -> None:
    assert [(row.code, row.total) for row in peopled.counts(ON, by)] == totals


@pytest.mark.parametrize("by", KEYS)
def test_every_side_adds_to_the_same_total_and_the_same_columns(peopled: "Office", by: str) -> None:
    rows = peopled.counts(ON, by)
    columns = [sum(row.groups[place] for row in rows) for place in range(len(COLUMNS))]
    assert dict(zip(COLUMNS, columns, strict=True)) == {
        "KITAP": 1, "KITAS": 1, "VISIT": 3, "ITKT": 1, "OFFICIAL": 2, "NONE": 1,
    }  # fmt: skip
    assert sum(row.total for row in rows) == 9


def test_nobody_at_all_still_shows_every_district_of_ours(office: "Office") -> None:
    assert [row.total for row in office.counts(ON)] == [0] * 13
    assert office.counts(ON, "village")[0].code is None
    assert office.counts(ON, "class") == []


@pytest.mark.one_in(9)
@pytest.mark.parametrize("by", KEYS)
@pytest.mark.parametrize(
    "asked",
    [
        Asked(permit_class=("KITAS", "voa")),
        Asked(group=("visit",)),
        Asked(group=("NONE",)),
        Asked(nationality=("Germany", "AUS")),
        Asked(purpose=("work",), sponsor=("pt contoh",)),
        Asked(name=("invented",)),
        Asked(state=("VALID", "DUE")),
        Asked(state=("OVERSTAY",)),
        Asked(district=("Tanjungpandan",)),
        Asked(village=("Kota",), permit_class=("VOA",)),
    ],
    ids=str,
)
def test_a_filtered_count_is_the_filtered_list_counted(peopled: "Office", by: str, asked: Asked) -> None:
    where = resolved(peopled.connection, asked)
    people = peopled.people(ON, where)
    rows = peopled.counts(ON, by, where)
    assert sum(row.total for row in rows) == len(people)
    if asked.district or asked.village:
        assert all(row.total for row in rows)


def test_the_rows_of_zeros_stay_unless_a_region_was_asked_for(peopled: "Office") -> None:
    def rows(asked: Asked) -> int:
        return len(peopled.counts(ON, where=resolved(peopled.connection, asked)))

    assert rows(Asked(permit_class=("KITAP",))) == 13
    assert rows(Asked(district=("Sijuk", "Badau"))) == 1
