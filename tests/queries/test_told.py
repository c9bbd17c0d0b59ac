"""What an expiry list has marked as told: once for each threshold, and again whenever the end has been another one."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.law import end_relief
from timpora_cli.actions.told import record
from timpora_cli.actions.undo import undo
from timpora_cli.queries.history import change_made
from timpora_cli.queries.law import relief_named
from timpora_cli.queries.told import Ends, last_runs, untold

if TYPE_CHECKING:
    from tests.conftest import Office

ON, END = date(2020, 9, 17), date(2020, 10, 1)


@pytest.fixture
def permit(office: "Office") -> int:
    return office.permit(office.person(), "KITAS", "2019-10-02", "2020-10-01", "N1")


def mark(office: "Office", ends: Ends, threshold: str = "30d", on: date = ON) -> int:
    with office.change() as change:
        return record(change, "PERMIT", threshold, on, ends)


def to_tell(office: "Office", ends: Ends, threshold: str = "30d", on: date = ON) -> list[int]:
    return [notice.subject_id for notice in untold(office.connection, "PERMIT", threshold, ends, on)]


def last(office: "Office") -> int:
    return int(office.rows("SELECT max(id) FROM change")[0][0])


def take_back(office: "Office", number: int | None = None) -> None:
    """Undo a change, or the last one."""
    made = change_made(office.connection, number or last(office))
    with office.change() as change:
        undo(change, made)


def relief(office: "Office", code: str, since: str, until: str | None) -> None:
    """Record a relief for KITAS that covers what ends from `since` on."""
    with office.change() as change:
        change.insert(
            "relief",
            {
                "code": code, "name": code, "legal_basis": "Contoh 1", "effective_from": since,
                "effective_until": until, "expired_from": "2020-09-01", "in_country_only": 0, "extendable": "any",
                "source_url": "example.invalid", "verified": 0,
            },
        )  # fmt: skip
        change.insert("relief_class", {"relief_code": code, "class_code": "KITAS"})


def test_what_was_marked_is_not_to_be_told_again(office: "Office", permit: int) -> None:
    assert to_tell(office, {permit: END}) == [permit]
    assert mark(office, {permit: END}) == 1
    assert to_tell(office, {permit: END}) == []
    assert mark(office, {permit: END}) == 0


def test_each_threshold_has_marks_of_its_own(office: "Office", permit: int) -> None:
    mark(office, {permit: END}, "30d")
    assert to_tell(office, {permit: END}, "7d") == [permit]


@pytest.mark.parametrize("moved", [date(2020, 10, 2), date(2020, 9, 30), None])
def test_an_end_that_is_another_one_now_is_to_be_told_again(office: "Office", permit: int, moved: date | None) -> None:
    mark(office, {permit: END})
    assert to_tell(office, {permit: moved}) == [permit]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("between", ["2020-10-02", "2020-09-30", None])
def test_an_end_that_has_moved_and_come_back_is_to_be_told_again(
    office: "Office", permit: int, between: str | None
) -> None:
    mark(office, {permit: END})
    office.edit(permit, expires_on=between)
    office.edit(permit, expires_on="2020-10-01")
    assert to_tell(office, {permit: END}) == [permit]
    mark(office, {permit: END})
    assert to_tell(office, {permit: END}) == []


def test_a_correction_that_leaves_the_end_does_not_tell_it_again(office: "Office", permit: int) -> None:
    mark(office, {permit: END})
    office.edit(permit, number="N2")
    office.edit(permit, note="a made-up note")
    assert to_tell(office, {permit: END}) == []


def test_an_edit_that_is_undone_tells_it_again(office: "Office", permit: int) -> None:
    mark(office, {permit: END})
    office.edit(permit, expires_on="2020-12-01")
    take_back(office)
    assert to_tell(office, {permit: END}) == [permit]


def test_a_relief_that_was_withdrawn_after_the_telling_tells_it_again(office: "Office", permit: int) -> None:
    relief(office, "MADE-UP", "2020-09-10", "2020-12-31")
    made = last(office)
    mark(office, {permit: date(2020, 12, 31)})
    take_back(office, made)
    assert to_tell(office, {permit: END}) == [permit]


def test_a_relief_that_came_and_went_between_two_runs_tells_it_again(office: "Office", permit: int) -> None:
    mark(office, {permit: END})
    relief(office, "MADE-UP", "2020-09-10", "2020-12-31")
    take_back(office)
    assert to_tell(office, {permit: END}) == [permit]


def test_a_relief_for_others_tells_nobody_again(office: "Office") -> None:
    permit = office.permit(office.person(), "KITAP", "2015-10-02", "2020-10-01", "N2")
    mark(office, {permit: END})
    relief(office, "MADE-UP", "2020-09-10", "2020-12-31")
    assert to_tell(office, {permit: END}) == []


def test_a_relief_that_begins_later_moves_the_end_only_on_its_first_day(office: "Office", permit: int) -> None:
    relief(office, "MADE-UP", "2020-09-20", "2020-12-31")
    mark(office, {permit: END})
    assert to_tell(office, {permit: END}, on=date(2020, 9, 19)) == []
    assert to_tell(office, {permit: date(2020, 12, 31)}, on=date(2020, 9, 20)) == [permit]


def test_an_end_that_a_relief_moved_and_gave_back_as_days_went_by_is_told_again(office: "Office", permit: int) -> None:
    relief(office, "MADE-UP", "2020-09-20", "2020-12-31")
    with office.change() as change:
        end_relief(change, relief_named(office.connection, "MADE-UP"), date(2020, 9, 25))
    mark(office, {permit: END})
    assert to_tell(office, {permit: END}, on=date(2020, 9, 19)) == []
    assert to_tell(office, {permit: END}, on=date(2020, 9, 25)) == [permit]  # from the 20th it was another day


def test_a_renewal_that_is_undone_tells_the_permit_again(office: "Office", permit: int) -> None:
    mark(office, {permit: END})
    office.extend(permit, "2020-09-17", "2021-10-01")
    take_back(office)
    assert to_tell(office, {permit: END}) == [permit]


@pytest.mark.slow
def test_a_passport_is_told_again_where_its_last_day_has_moved(office: "Office") -> None:
    resident = office.person()
    with office.change() as change:
        passport = change.insert(
            "passport", {"resident_id": resident, "number": "X1", "country": "AUS", "expires_on": "2020-10-01"}
        )
    with office.change() as change:
        record(change, "PASSPORT", "30d", ON, {passport: END})
    for expires, told_again in (("2020-10-01", []), ("2020-11-01", [passport])):
        with office.change() as change:
            change.update("passport", passport, {"expires_on": expires})
        with office.change() as change:
            change.update("passport", passport, {"expires_on": "2020-10-01"})
        found = untold(office.connection, "PASSPORT", "30d", {passport: END}, ON)
        assert [notice.subject_id for notice in found] == told_again


def test_the_last_run_of_each_list_and_threshold_is_kept_the_latest_first(office: "Office", permit: int) -> None:
    assert last_runs(office.connection) == []
    mark(office, {permit: END}, "30d")
    mark(office, {}, "7d")
    mark(office, {}, "30d")
    runs = last_runs(office.connection)
    assert [(run.subject, run.threshold, run.listed, run.on) for run in runs] == [
        ("PERMIT", "30d", 0, "2020-09-17"),
        ("PERMIT", "7d", 0, "2020-09-17"),
    ]
    assert {run.officer for run in runs} == {office.author.officer}
