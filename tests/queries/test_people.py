"""People on a day, and the rule rows in force on it: windows, the fine and its limit, holidays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.rules import RulesInForce
from timpora_cli.queries.people import rules_on

if TYPE_CHECKING:
    from tests.conftest import Office

NO_RELIEF = "2019-03-01"  # a day before the reliefs of 2020


@pytest.fixture
def ends(office: "Office") -> Callable[[str, str | None], int]:
    """Somebody whose permit ends on a day."""

    def make(name: str, expires: str | None, kind: str = "KITAS") -> int:
        resident = office.person(f"{name} Invented")
        office.permit(resident, kind, "2018-01-01", expires)
        return resident

    return make


def test_the_shipped_windows_and_the_limit_hold_on_every_day(office: "Office") -> None:
    for on, kitap in (
        (date(2010, 1, 1), 60),
        (date(2020, 9, 17), 60),
        (date(2025, 12, 31), 60),
        (date(2040, 1, 1), 90),
    ):
        rules = rules_on(office.connection, on)
        assert rules.windows == {"ITK": 14, "KITAS": 30, "KITAP": kitap}
        assert rules.overstay_limit == 60


def test_the_fine_changed_on_3_may_2019(office: "Office", ends: Callable[..., int]) -> None:
    rates = rules_on(office.connection, date(2019, 5, 2)).overstay_rates
    assert [(rate.rupiah, rate.until) for rate in rates] == [
        (300_000, date(2019, 5, 2)), (1_000_000, date(2024, 12, 16)), (1_000_000, None),
    ]  # fmt: skip
    ann = ends("Ann", "2019-04-30")
    fines = {}
    for on in ("2019-04-30", "2019-05-01", "2019-05-02", "2019-05-03", "2019-06-29", "2019-06-30"):
        permit = office.people(on)[ann].permit
        assert permit is not None
        fines[on] = permit.standing.fine
    assert fines == {
        "2019-04-30": None,
        "2019-05-01": 300_000,
        "2019-05-02": 600_000,
        "2019-05-03": 1_600_000,  # two days at the old rate, one at the new
        "2019-06-29": 58_600_000,  # exactly 60 days
        "2019-06-30": None,
    }


def test_of_two_rows_for_one_thing_the_one_that_began_later_holds(office: "Office") -> None:
    with office.change() as change:
        for value, since in ((45, "2020-01-01"), (90, "2021-01-01"), (20, "2020-06-01")):
            change.insert(
                "rule",
                {
                    "kind": "RENEWAL_WINDOW_DAYS", "subject": "KITAS", "value": value, "valid_from": since,
                    "legal_basis": "made up", "source": "made up", "verified": 0,
                },
            )  # fmt: skip
    windows = {
        on: rules_on(office.connection, date.fromisoformat(on)).window("KITAS")
        for on in ("2019-12-31", "2020-01-01", "2020-06-01", "2020-12-31", "2021-01-01")
    }
    assert windows == {"2019-12-31": 30, "2020-01-01": 45, "2020-06-01": 20, "2020-12-31": 20, "2021-01-01": 90}


def test_without_rows_there_are_no_rules(office: "Office") -> None:
    for table in ("rule", "holiday"):
        office.connection.execute(f"DELETE FROM {table}")
    assert rules_on(office.connection, date(2020, 9, 17)) == RulesInForce()


def test_holidays_on_record_are_no_days_to_act_on(office: "Office", ends: Callable[..., int]) -> None:
    ann = ends("Ann", "2019-06-05")  # a Wednesday
    with office.change() as change:
        for on in ("2019-06-03", "2019-06-04", "2019-06-05"):
            change.insert("holiday", {"day": on, "name": "Idul Fitri"})
    permit = office.people(NO_RELIEF)[ann].permit
    assert permit is not None
    assert permit.standing.act_by == date(2019, 5, 31)


@pytest.mark.parametrize(("kind", "window"), [("KITAP", 60), ("KITAS", 30), ("ITK", 14), ("VOA", 30), ("DINAS", 30)])
def test_a_permit_is_due_by_the_window_of_its_class_in_the_register(
    office: "Office", ends: Callable[..., int], kind: str, window: int
) -> None:
    resident = ends("Ann", "2019-12-31", kind)
    first = date(2019, 12, 31) - timedelta(days=window)
    assert office.state(resident, first.isoformat()) == "DUE"
    assert office.state(resident, (first - timedelta(days=1)).isoformat()) == "VALID"
