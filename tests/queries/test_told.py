"""What an expiry list has marked as told: by permit, end and threshold, and until one of them changes."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.told import record
from timpora_cli.queries.told import Ends, last_runs, notices, untold

if TYPE_CHECKING:
    from tests.conftest import Office

ON, END = date(2020, 9, 17), date(2020, 10, 1)


@pytest.fixture
def permit(office: "Office") -> int:
    return office.permit(office.person(), "KITAS", "2019-10-02", "2020-10-01", "N1")


def mark(office: "Office", ends: Ends, threshold: str = "30d") -> int:
    with office.change() as change:
        return record(change, "PERMIT", threshold, ON, ends)


def to_tell(office: "Office", ends: Ends, threshold: str = "30d") -> list[int]:
    return [notice.subject_id for notice in untold(office.connection, "PERMIT", threshold, ends)]


def test_what_was_marked_is_not_to_be_told_again(office: "Office", permit: int) -> None:
    assert to_tell(office, {permit: END}) == [permit]
    assert mark(office, {permit: END}) == 1
    assert to_tell(office, {permit: END}) == []
    assert mark(office, {permit: END}) == 0


def test_each_threshold_has_marks_of_its_own(office: "Office", permit: int) -> None:
    mark(office, {permit: END}, "30d")
    assert to_tell(office, {permit: END}, "7d") == [permit]


def test_an_end_that_moves_is_to_be_told_again_and_one_that_moves_back_is_not(office: "Office", permit: int) -> None:
    mark(office, {permit: END})
    assert to_tell(office, {permit: date(2020, 10, 2)}) == [permit]
    assert to_tell(office, {permit: None}) == [permit]
    assert to_tell(office, {permit: END}) == []


def test_a_corrected_permit_is_to_be_told_again(office: "Office", permit: int) -> None:
    mark(office, {permit: END})
    office.edit(permit, number="N2")
    assert to_tell(office, {permit: END}) == [permit]


def test_a_notice_is_of_the_version_that_stands_now(office: "Office", permit: int) -> None:
    (before,) = notices(office.connection, "PERMIT", {permit: END})
    office.edit(permit, number="N2")
    (after,) = notices(office.connection, "PERMIT", {permit: END})
    assert (before.subject_id, before.until) == (after.subject_id, after.until) == (permit, "2020-10-01")
    assert before.version < after.version


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
