"""The rules of a trend: who arrives and departs in a month, and that each month begins as the one before ended."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.regions.changes import carry_out
from timpora_cli.actions.regions.plans import planned
from timpora_cli.model.dates.months import months_up_to
from timpora_cli.model.places import RegionStep
from timpora_cli.queries.counting.trend import trend
from timpora_cli.queries.filters import Asked, resolved

if TYPE_CHECKING:
    from tests.conftest import Office

KOTA, SIJUK_VILLAGE = "19.02.01.1001", "19.02.04.2005"
Numbers = list[tuple[int, int, int, int]]


def told(office: "Office", on: str = "2020-09-17", number: int = 2, **asked: tuple[str, ...]) -> Numbers:
    """The rows of the plain trend, as start, arrived, departed and end."""
    where = resolved(office.connection, Asked(**asked))
    rows = trend(office.connection, months_up_to(date.fromisoformat(on), number), where)
    return [(row.at_start, row.arrived, row.departed, row.at_end) for row in rows]


def by(office: "Office", side: str, on: str = "2020-09-17", number: int = 1) -> dict[str | None, tuple[int, ...]]:
    """The rows of the last month, by value."""
    months = months_up_to(date.fromisoformat(on), number)
    rows = trend(office.connection, months, resolved(office.connection, Asked()), side)
    return {
        row.code: (row.at_start, row.arrived, row.departed, row.at_end) for row in rows if row.month == months[-1].text
    }


def test_nobody_at_all_is_a_row_of_zeros_a_month(office: "Office") -> None:
    assert told(office) == [(0, 0, 0, 0)] * 2
    assert by(office, "class") == {}


def test_a_stay_begins_in_the_month_of_its_first_day(office: "Office") -> None:
    office.person(since="2020-08-31")
    assert told(office) == [(0, 1, 0, 1), (1, 0, 0, 1)]
    office.person(since="2020-09-01")
    assert told(office) == [(0, 1, 0, 1), (1, 1, 0, 2)]


def test_the_day_of_departure_is_the_first_day_without_the_person(office: "Office") -> None:
    ann = office.person(since="2020-01-01")
    office.depart(ann, "2020-09-01")
    assert told(office) == [(1, 0, 0, 1), (1, 0, 1, 0)]
    bob = office.person(since="2020-01-01")
    office.depart(bob, "2020-08-31")
    assert told(office) == [(2, 0, 1, 1), (1, 0, 1, 0)]


def test_a_stay_that_reaches_back_without_limit_never_arrived(office: "Office") -> None:
    office.person()
    assert told(office, number=1200) == [(1, 0, 0, 1)] * 1200


def test_a_stay_within_one_month_arrives_and_departs_in_it(office: "Office") -> None:
    ann = office.person(since="2020-08-05")
    office.depart(ann, "2020-08-20")
    assert told(office) == [(0, 1, 1, 0), (0, 0, 0, 0)]


def test_who_departs_and_returns_in_one_month_does_both(office: "Office") -> None:
    ann = office.person(since="2020-01-01")
    office.depart(ann, "2020-08-05")
    office.return_(ann, KOTA, "2020-08-20")
    assert told(office) == [(1, 1, 1, 1), (1, 0, 0, 1)]


def test_who_leaves_and_is_back_on_one_day_was_not_gone(office: "Office") -> None:
    ann = office.person(since="2020-01-01")
    office.depart(ann, "2020-08-05")
    office.return_(ann, KOTA, "2020-08-05")
    assert told(office) == [(1, 0, 0, 1), (1, 0, 0, 1)]


def test_who_comes_and_leaves_on_one_day_was_counted_on_no_day(office: "Office") -> None:
    ann = office.person(since="2020-08-05")
    office.depart(ann, "2020-08-05")
    assert told(office) == [(0, 0, 0, 0)] * 2


def test_a_move_within_the_country_is_no_arrival_of_all_people(office: "Office") -> None:
    ann = office.person(since="2020-01-01", village=KOTA)
    office.move(ann, SIJUK_VILLAGE, "2020-09-02")
    assert told(office) == [(1, 0, 0, 1)] * 2


def test_a_move_departs_from_one_district_and_arrives_in_the_other(office: "Office") -> None:
    ann = office.person(since="2020-01-01", village=KOTA)
    office.move(ann, SIJUK_VILLAGE, "2020-09-02")
    assert by(office, "district") == {"19.02.01": (1, 0, 1, 0), "19.02.04": (0, 1, 0, 1)}


def test_a_move_within_one_district_is_no_change_of_it(office: "Office") -> None:
    ann = office.person(since="2020-01-01", village=KOTA)
    office.move(ann, "19.02.01.2012", "2020-09-02")
    assert by(office, "district") == {"19.02.01": (1, 0, 0, 1)}


def test_a_village_that_goes_to_another_district_takes_its_people_along(office: "Office") -> None:
    office.person(since="2020-01-01", village=KOTA)
    with office.change() as change:
        goes = RegionStep("MOVED", KOTA, "Kota", before="19.02.01", parent="19.02.04")
        carry_out(change, planned(change.connection, date(2020, 9, 3), [goes]))
    assert by(office, "district") == {"19.02.01": (1, 0, 1, 0), "19.02.04": (0, 1, 0, 1)}
    assert by(office, "district", "2020-09-02") == {"19.02.01": (1, 0, 0, 1)}


def test_a_conversion_departs_from_one_class_and_arrives_in_the_other(office: "Office") -> None:
    ann = office.person(since="2020-01-01")
    visit = office.permit(ann, "ITK", "2020-08-01", "2020-09-29")
    assert by(office, "class", "2020-08-31") == {"ITK": (0, 1, 0, 1), None: (1, 0, 1, 0)}
    office.convert(visit, "KITAS", "2020-09-10", "2021-09-09")
    assert by(office, "class") == {"KITAS": (0, 1, 0, 1), "ITK": (1, 0, 1, 0)}


def test_an_extension_is_no_change_of_class(office: "Office") -> None:
    ann = office.person(since="2020-01-01")
    permit = office.permit(ann, "KITAS", "2020-01-01", "2020-09-30")
    office.extend(permit, "2020-09-10", "2021-09-30")
    assert by(office, "class") == {"KITAS": (1, 0, 0, 1)}


def test_a_filter_counts_who_comes_to_meet_it_and_who_does_so_no_longer(office: "Office") -> None:
    ann = office.person(since="2020-01-01", village=KOTA)
    office.person("Bob Invented", "D", since="2020-09-05", village=SIJUK_VILLAGE)
    office.move(ann, SIJUK_VILLAGE, "2020-09-02")
    assert told(office, district=("Tanjungpandan",)) == [(1, 0, 0, 1), (1, 0, 1, 0)]
    assert told(office, district=("Sijuk",)) == [(0, 0, 0, 0), (0, 2, 0, 2)]
    assert told(office, district=("Sijuk",), nationality=("D",)) == [(0, 0, 0, 0), (0, 1, 0, 1)]


def test_the_running_month_ends_on_the_day_that_is_asked_about(office: "Office") -> None:
    ann = office.person(since="2020-09-05")
    office.depart(ann, "2020-09-17")
    assert told(office, "2020-09-16", 1) == [(0, 1, 0, 1)]
    assert told(office, "2020-09-04", 1) == [(0, 0, 0, 0)]
    assert told(office, "2020-09-17", 1) == [(0, 1, 1, 0)]


def test_the_values_are_those_that_anybody_had_the_most_first_at_the_end_and_not_known_last(office: "Office") -> None:
    office.person("Ann Invented", village=None, since="2020-08-02")
    office.person("Bob Invented", village=None, since="2020-08-02")
    gone = office.person("Cid Invented", village="19.06.07.2004", since="2020-08-02")
    office.person("Dee Invented", village=KOTA, since="2020-09-02")
    office.person("Eva Invented", village=SIJUK_VILLAGE, since="2020-09-02")
    office.depart(gone, "2020-08-20")
    rows = trend(
        office.connection, months_up_to(date(2020, 9, 17), 2), resolved(office.connection, Asked()), "district"
    )
    names = ["Sijuk", "Tanjungpandan", "Simpang Pesak", None]
    assert [(row.month, row.name) for row in rows] == [
        (month, name) for month in ("2020-08", "2020-09") for name in names
    ]


def test_a_district_is_called_as_on_the_last_day_of_all(office: "Office") -> None:
    office.person(since="2020-08-02", village=KOTA)
    office.rename_region("19.02.01", "Tanjungpandan Baru", "2020-09-10")
    for on, name in (("2020-09-09", "Tanjungpandan"), ("2020-09-10", "Tanjungpandan Baru")):
        months = months_up_to(date.fromisoformat(on), 2)
        rows = trend(office.connection, months, resolved(office.connection, Asked()), "district")
        assert {row.name for row in rows} == {name}


@pytest.mark.parametrize("side", ["class", "sex", "district", "nationality"])
def test_every_side_adds_up_to_the_trend_of_all_at_the_end_of_each_month(office: "Office", side: str) -> None:
    ann = office.person(since="2020-08-05", sex="F")
    office.person("Bob Invented", "D", since="2020-09-05", village=None)
    office.permit(ann, "KITAS", "2020-09-01", "2021-08-31")
    months = months_up_to(date(2020, 9, 17), 3)
    rows = trend(office.connection, months, resolved(office.connection, Asked()), side)
    at_end = [sum(row.at_end for row in rows if row.month == month.text) for month in months]
    assert at_end == [row[3] for row in told(office, number=3)] == [0, 1, 2]
