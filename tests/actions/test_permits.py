"""Grants and the chains they make: what each change does to the days, what is refused, and that a refusal is whole."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.plugin import examples
from timpora_cli.actions.permits import (
    AlreadyEnded,
    AlreadyFollowed,
    AlreadyHolds,
    ExpiresTooEarly,
    IssuedBeforeStart,
    IssuedInFuture,
    NotLonger,
    NumberTaken,
    OfAnotherClass,
    OfTheSameClass,
    SameIssue,
    StartUnknown,
    extend,
    with_end,
)
from timpora_cli.errors import Refused, TimporaError
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.store.constraints import BrokenRule

if TYPE_CHECKING:
    from tests.conftest import Office

CHAIN = """
SELECT class_code, issued_on, starts_on, ended_on, end_reason, granted_as, follows_id FROM permit
WHERE resident_id = ? ORDER BY starts_on, ended_on IS NULL, ended_on
"""
NUMBERS = "SELECT number FROM permit WHERE resident_id = ? ORDER BY starts_on"


@dataclass(frozen=True, slots=True)
class Link:
    """One grant of a chain: its class, the days it counts, why it ended, how it was granted, what it follows."""

    kind: str
    starts: str | None
    ended: str | None = None
    reason: str | None = None
    granted: str = "NEW"
    follows: int | None = None


def chain(office: "Office", resident: int) -> list[Link]:
    return [Link(row[0], *row[2:]) for row in office.rows(CHAIN, resident)]


def refused(office: "Office", kind: type[TimporaError], what: Callable[[], object]) -> str:
    """Do `what`, which must raise `kind` with exit code 1 and leave every row of every table as it was."""
    before = office.dump()
    with pytest.raises(kind) as error:
        what()
    assert office.dump() == before
    assert error.value.exit_code == 1
    return str(error.value)


@pytest.fixture
def ann(person: Callable[..., int]) -> int:
    return person("Ann Invented", since="2018-01-01")


# A first grant ------------------------------------------------------------------------------------------------------


def test_a_first_grant_is_new_and_counts_from_its_issue(office: "Office", ann: int) -> None:
    office.permit(ann, "KITAS", "2019-06-01", "2020-06-01", "2C21-1")
    assert chain(office, ann) == [Link("KITAS", "2019-06-01")]
    assert office.state(ann, "2019-05-31") is None
    assert office.state(ann, "2019-06-01") == "VALID"


def test_everything_printed_is_kept(office: "Office", ann: int) -> None:
    office.permit(
        ann,
        "KITAS",
        "2019-06-01",
        "2020-06-01",
        "2C21-1",
        index_code="C312",
        valid_from="2019-06-15",
        office="Tanjungpandan",
        note="made up",
    )
    assert office.rows("SELECT number, index_code, valid_from, expires_on, office, note FROM permit") == [
        ("2C21-1", "C312", "2019-06-15", "2020-06-01", "Tanjungpandan", "made up")
    ]
    assert office.state(ann, "2019-06-01") == "VALID"  # a later printed start is shown, no more


def test_a_grant_of_unknown_issue_counts_since_ever(office: "Office", ann: int) -> None:
    office.permit(ann, "KITAS", None, "2020-06-01")
    assert chain(office, ann) == [Link("KITAS", None)]
    assert office.state(ann, "2018-01-01") == "VALID"


def test_a_permit_may_be_for_one_day(office: "Office", ann: int) -> None:
    office.permit(ann, "ITK", "2019-06-01", "2019-06-01")
    assert [office.state(ann, day) for day in ("2019-06-01", "2019-06-02")] == ["DUE", "OVERSTAY"]


def test_a_permit_issued_today_is_recorded_and_one_of_tomorrow_is_not(office: "Office", ann: int) -> None:
    sentence = refused(office, IssuedInFuture, lambda: office.permit(ann, "ITK", "2020-09-18", "2020-10-18"))
    assert "2020-09-18 is after today (2020-09-17)" in sentence
    office.permit(ann, "ITK", "2020-09-17", "2020-10-17")


def test_an_expiry_before_the_issue_is_refused_with_both_days(office: "Office", ann: int) -> None:
    sentence = refused(office, ExpiresTooEarly, lambda: office.permit(ann, "ITK", "2019-06-02", "2019-06-01"))
    assert "2019-06-01 is before the day of issue 2019-06-02" in sentence


def test_a_printed_start_after_the_last_valid_day_is_refused(office: "Office", ann: int) -> None:
    start = "2020-06-02"
    sentence = refused(
        office, BrokenRule, partial(office.permit, ann, "ITK", "2019-06-01", "2020-06-01", valid_from=start)
    )
    assert "a printed start is not after the last valid day" in sentence


def test_a_printed_start_before_the_day_of_issue_is_recorded_and_moves_nothing(office: "Office", ann: int) -> None:
    first = office.permit(ann, "DINAS", "2019-01-11", "2020-01-10")
    late = office.extend(first, "2020-01-15", "2021-01-10", valid_from="2020-01-11")
    assert office.rows("SELECT valid_from, starts_on FROM permit WHERE id = ?", late) == [("2020-01-11", "2020-01-15")]
    assert [office.state(ann, day) for day in ("2020-01-14", "2020-01-15")] == ["OVERSTAY", "VALID"]
    unknown = office.extend(late, None, "2021-02-10", valid_from="2018-01-01")
    assert office.rows("SELECT valid_from, starts_on FROM permit WHERE id = ?", unknown) == [
        ("2018-01-01", "2020-09-17")
    ]


@pytest.mark.parametrize("again", ["2C21-1", "2c21-1"])
def test_a_number_is_recorded_once_in_any_letter_case(office: "Office", ann: int, again: str) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01", "2C21-1")
    bob = office.person("Bob Invented")
    for resident in (ann, bob):
        sentence = refused(
            office, NumberTaken, partial(office.permit, resident, "KITAS", "2020-06-01", "2021-06-01", again)
        )
        assert f"{again} is already recorded as permit {first} of resident {ann}" in sentence


def test_several_permits_may_be_without_a_number(office: "Office", ann: int) -> None:
    office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    office.permit(office.person("Bob Invented"), "KITAS", "2019-06-01", "2020-06-01")
    assert office.rows("SELECT count(*) FROM permit WHERE number IS NULL") == [(2,)]


def test_a_second_current_permit_is_refused_and_told_how_to_follow_the_first(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    for issued in ("2019-06-01", "2019-07-01", None):
        sentence = refused(office, AlreadyHolds, partial(office.permit, ann, "ITK", issued, "2021-01-01"))
        assert f"already holds permit {first} (KITAS until 2020-06-01)" in sentence
        assert f"timpora permit extend {first}" in sentence
        assert f"timpora permit convert {first}" in sentence


def test_nobody_who_has_left_gets_a_current_permit(office: "Office", ann: int) -> None:
    office.depart(ann, "2020-01-01")
    sentence = refused(office, BrokenRule, lambda: office.permit(ann, "ITK", "2020-02-01", "2020-03-01"))
    assert "record the return first" in sentence


def test_a_new_grant_after_a_revoked_one_leaves_the_days_between_without_a_permit(office: "Office", ann: int) -> None:
    office.revoke(office.permit(ann, "KITAS", "2019-06-01", "2020-06-01"), "2019-09-01")
    office.permit(ann, "ITK", "2019-10-01", "2019-11-01")
    assert chain(office, ann) == [
        Link("KITAS", "2019-06-01", "2019-09-01", "REVOKED"),
        Link("ITK", "2019-10-01"),
    ]
    days = ("2019-08-31", "2019-09-01", "2019-09-30", "2019-10-01")
    assert [office.state(ann, day) for day in days] == ["VALID", None, None, "VALID"]


def test_a_grant_within_a_period_that_has_ended_is_refused(office: "Office", ann: int) -> None:
    office.revoke(office.permit(ann, "KITAS", "2019-06-01", "2020-06-01"), "2019-09-01")
    sentence = refused(office, BrokenRule, lambda: office.permit(ann, "ITK", "2019-08-31", "2019-10-01"))
    assert "these periods overlap" in sentence


# What follows -------------------------------------------------------------------------------------------------------


def test_an_extension_takes_its_place_on_the_day_of_issue(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    second = office.extend(first, "2020-05-20", "2021-06-01")
    assert chain(office, ann) == [
        Link("KITAS", "2019-06-01", "2020-05-20", "EXTENDED"),
        Link("KITAS", "2020-05-20", granted="EXTENSION", follows=first),
    ]
    on = {day: office.people(day)[ann].permit for day in ("2020-05-19", "2020-05-20")}
    assert [held and held.permit_id for held in on.values()] == [first, second]


def test_a_later_printed_start_changes_nothing_of_that(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    second = office.extend(first, "2020-05-20", "2021-06-01", valid_from="2020-06-02")
    held = office.people("2020-05-20")[ann].permit
    assert held is not None
    assert held.permit_id == second


def test_an_extension_issued_late_leaves_the_days_between_as_overstay(office: "Office", ann: int) -> None:
    first = office.permit(ann, "DINAS", "2019-06-01", "2020-01-10")
    office.extend(first, "2020-01-15", "2021-01-10")
    days = ("2020-01-10", "2020-01-11", "2020-01-14", "2020-01-15")
    assert [office.state(ann, day) for day in days] == ["DUE", "OVERSTAY", "OVERSTAY", "VALID"]
    held = office.people("2020-01-14")[ann].permit
    assert held is not None
    assert held.standing.overstay_days == 4


def test_an_extension_keeps_the_number_unless_it_brings_its_own(office: "Office", ann: int) -> None:
    second = office.extend(office.permit(ann, "KITAS", "2019-01-01", "2019-06-01", "P1"), "2019-05-01", "2019-12-01")
    third = office.extend(second, "2019-11-01", "2020-06-01", "p1")
    office.extend(third, "2020-05-01", "2020-12-01", "P4")
    assert office.rows(NUMBERS, ann) == [("P1",), ("P1",), ("p1",), ("P4",)]


def test_a_conversion_does_not_keep_the_number(office: "Office", ann: int) -> None:
    first = office.permit(ann, "ITK", "2019-01-01", "2019-03-01", "P1")
    office.convert(first, "KITAS", "2019-02-01", "2020-02-01")
    assert office.rows(NUMBERS, ann) == [("P1",), (None,)]
    assert chain(office, ann)[1] == Link("KITAS", "2019-02-01", granted="CONVERSION", follows=first)
    assert chain(office, ann)[0].reason == "CONVERTED"


def test_a_number_of_another_permit_is_refused_to_a_follower(office: "Office", ann: int) -> None:
    bob = office.person("Bob Invented")
    office.permit(bob, "KITAS", "2019-01-01", "2020-01-01", "P2")
    first = office.permit(ann, "KITAS", "2019-01-01", "2020-01-01", "P1")
    refused(office, NumberTaken, lambda: office.extend(first, "2019-12-01", "2021-01-01", "p2"))


@pytest.mark.parametrize("expires", ["2020-06-01", "2020-05-31"])
def test_an_extension_that_reaches_no_further_is_refused(office: "Office", ann: int, expires: str) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    sentence = refused(office, NotLonger, lambda: office.extend(first, "2020-05-01", expires))
    assert f"{expires} does not reach past the present end 2020-06-01" in sentence


def test_a_conversion_may_be_shorter(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    office.convert(first, "ITKT", "2020-04-10", "2020-05-10")
    assert [link.kind for link in chain(office, ann)] == ["KITAS", "ITKT"]


def test_extending_is_for_the_same_class_and_converting_for_another(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    permit = office.permit_of_id(first)
    assert "timpora permit extend 1" in refused(
        office, OfTheSameClass, lambda: office.convert(first, "KITAS", "2020-05-01", "2021-05-01")
    )

    def extend_as_another() -> None:
        with office.change() as change:
            extend(change, permit, office.grant("KITAP", "2020-05-01", "2025-05-01"), office.today)

    assert "timpora permit convert 1" in refused(office, OfAnotherClass, extend_as_another)


def test_a_follower_issued_before_its_predecessor_is_refused(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    sentence = refused(office, IssuedBeforeStart, lambda: office.extend(first, "2019-05-31", "2021-06-01"))
    assert "2019-05-31 is before permit 1 itself began (2019-06-01)" in sentence


def test_a_follower_of_the_future_or_with_impossible_days_is_refused(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    refused(office, IssuedInFuture, lambda: office.extend(first, "2020-09-18", "2021-06-01"))
    refused(office, ExpiresTooEarly, lambda: office.convert(first, "ITK", "2020-05-01", "2020-04-30"))


def test_what_has_ended_is_not_extended_converted_or_revoked_and_the_present_one_is_named(
    office: "Office", ann: int
) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    second = office.extend(first, "2020-05-20", "2021-06-01")
    for again in (
        lambda: office.extend(first, "2020-06-01", "2022-06-01"),
        lambda: office.convert(first, "KITAP", "2020-06-01", "2025-06-01"),
        lambda: office.revoke(first, "2020-06-01"),
    ):
        sentence = refused(office, AlreadyEnded, again)
        assert "ended on 2020-05-20 (EXTENDED)" in sentence
        assert f"timpora permit show {second}" in sentence
    office.revoke(second, "2020-07-01")
    assert refused(office, AlreadyEnded, lambda: office.revoke(second, "2020-07-01")).endswith("(REVOKED).")


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize("how", ["extend", "convert"])
def test_a_follower_of_unknown_issue_counts_from_the_day_after_the_end_of_the_one_before(
    office: "Office", ann: int, how: str
) -> None:
    first = office.permit(ann, "KITAS", "2019-05-01", "2020-04-30")
    if how == "extend":
        second = office.extend(first, None, "2021-04-30")
    else:
        second = office.convert(first, "KITAP", None, "2025-04-30")
    assert [(link.starts, link.ended) for link in chain(office, ann)] == [
        ("2019-05-01", "2020-05-01"),
        ("2020-05-01", None),
    ]
    assert office.rows("SELECT issued_on FROM permit WHERE id = ?", second) == [(None,)]
    held = office.people("2020-05-15")[ann].permit
    assert held is not None
    assert (held.permit_id, held.standing.state) == (second, "VALID")
    began = date(2020, 4, 1)
    days = [(began + timedelta(days=number)).isoformat() for number in range((office.today - began).days + 1)]
    assert {office.state(ann, day) for day in days} <= {"VALID", "DUE"}
    assert office.rows("SELECT count(*) FROM permit WHERE ended_on < starts_on") == [(0,)]


def test_it_counts_from_today_where_that_end_is_still_to_come_or_not_known(office: "Office", ann: int) -> None:
    office.extend(office.permit(ann, "KITAS", "2019-06-01", "2021-06-01"), None, "2022-06-01")
    bob = office.person("Bob Invented")
    office.convert(office.permit(bob, "ITK", "2020-06-01", None), "KITAS", None, "2021-06-01")
    for who in (ann, bob):
        assert [link.starts for link in chain(office, who)][1] == "2020-09-17"


def test_a_follower_of_one_of_unknown_issue_counts_as_any_other(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", None, "2020-06-01")
    office.extend(first, None, "2021-06-01")
    assert chain(office, ann) == [
        Link("KITAS", None, "2020-06-02", "EXTENDED"),
        Link("KITAS", "2020-06-02", granted="EXTENSION", follows=first),
    ]


def test_it_counts_anew_from_the_end_of_a_grant_that_is_found_between(office: "Office", ann: int) -> None:
    office.extend(office.permit(ann, "KITAS", "2019-01-01", "2020-03-01"), None, "2021-06-01")
    office.permit(ann, "KITAS", "2020-02-20", "2020-06-01")
    assert sorted((link.starts, link.ended) for link in chain(office, ann)) == [
        ("2019-01-01", "2020-02-20"),
        ("2020-02-20", "2020-06-02"),
        ("2020-06-02", None),
    ]


@pytest.mark.parametrize("expires", [None, "2021-03-01"])
def test_it_counts_from_today_where_the_end_of_the_grant_between_is_to_come_or_not_known(
    office: "Office", ann: int, expires: str | None
) -> None:
    office.extend(office.permit(ann, "KITAS", "2019-01-01", "2020-03-01"), None, "2021-06-01")
    office.permit(ann, "KITAS", "2020-02-20", expires)
    assert chain(office, ann)[-1].starts == "2020-09-17"


def test_a_grant_found_between_leaves_no_gap_before_one_that_was_counted_from_its_record(
    office: "Office", ann: int
) -> None:
    office.convert(office.permit(ann, "KITAS", "2019-01-01", "2021-03-01"), "KITAP", None, "2026-06-01")
    office.permit(ann, "ITK", "2020-02-20", "2020-04-01")
    assert [(link.kind, link.starts, link.ended) for link in chain(office, ann)] == [
        ("KITAS", "2019-01-01", "2020-02-20"),
        ("ITK", "2020-02-20", "2020-04-02"),
        ("KITAP", "2020-04-02", None),
    ]


# The day that nobody gave -------------------------------------------------------------------------------------------


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("expires", "starts"),
    [
        ("2020-06-30", "2020-07-01"),
        ("2020-02-29", "2020-03-01"),
        ("2020-09-16", "2020-09-17"),
        ("2020-09-17", "2020-09-17"),
        ("2021-01-01", "2020-09-17"),
        (None, "2020-09-17"),
    ],
)
def test_a_corrected_end_moves_the_follower_that_was_counted_from_it(
    office: "Office", ann: int, expires: str | None, starts: str
) -> None:
    first = office.permit(ann, "KITAS", "2019-05-01", "2020-04-30")
    office.extend(first, None, "2022-04-30")
    office.edit(first, expires_on=expires)
    assert [(link.starts, link.ended) for link in chain(office, ann)] == [("2019-05-01", starts), (starts, None)]


@pytest.mark.parametrize(
    ("expires", "starts"), [("2020-04-30", "2020-05-01"), ("2022-01-01", "2020-09-17"), (None, "2020-09-17")]
)
def test_one_that_was_counted_from_its_record_never_comes_to_leave_a_gap(
    office: "Office", ann: int, expires: str | None, starts: str
) -> None:
    first = office.permit(ann, "KITAS", "2019-05-01", "2021-04-30")
    office.extend(first, None, "2022-04-30")
    replace(office, today=date(2020, 12, 1)).edit(first, expires_on=expires)
    assert [link.starts for link in chain(office, ann)] == ["2019-05-01", starts]


def test_a_corrected_issue_and_end_at_once_move_both_neighbours(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2018-01-01", "2019-01-01")
    second = office.extend(first, "2018-12-20", "2020-01-01")
    office.extend(second, None, "2021-01-01")
    for issued, expires, ended in (
        ("2018-12-01", "2019-06-30", "2019-07-01"),
        ("2019-08-01", "2020-08-01", "2020-08-02"),
    ):
        office.edit(second, issued_on=issued, expires_on=expires)
        assert [(link.starts, link.ended) for link in chain(office, ann)] == [
            ("2018-01-01", issued),
            (issued, ended),
            (ended, None),
        ]


def test_a_corrected_end_leaves_a_follower_whose_issue_is_known(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-05-01", "2020-04-30")
    office.extend(first, "2020-05-01", "2021-04-30")
    office.edit(first, expires_on="2020-06-30")
    assert [link.starts for link in chain(office, ann)] == ["2019-05-01", "2020-05-01"]


def test_the_day_that_nobody_gave_gives_way_to_a_day_that_somebody_gave(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-05-01", "2020-04-30")
    second = office.extend(first, None, "2020-08-31")
    office.extend(second, "2020-04-10", "2021-04-30")
    assert [(link.starts, link.ended) for link in chain(office, ann)] == [
        ("2019-05-01", "2020-04-10"),
        ("2020-04-10", "2020-04-10"),
        ("2020-04-10", None),
    ]
    bob = office.person("Bob Invented")
    office.revoke(
        office.extend(office.permit(bob, "ITK", "2020-06-01", "2020-12-31"), None, "2021-06-30"), "2020-08-01"
    )
    assert [(link.starts, link.ended) for link in chain(office, bob)] == [
        ("2020-06-01", "2020-08-01"),
        ("2020-08-01", "2020-08-01"),
    ]
    cid = office.person("Cid Invented", since="2020-06-01")
    office.extend(office.permit(cid, "ITK", "2020-06-01", "2020-12-31"), None, "2021-06-30")
    office.depart(cid, "2020-08-01")
    assert [(link.ended, link.reason) for link in chain(office, cid)] == [
        ("2020-08-01", "EXTENDED"),
        ("2020-08-01", "DEPARTED"),
    ]
    assert office.state(cid, "2020-07-31") == "VALID"


def test_it_does_not_give_way_past_a_day_of_issue_that_is_known_and_only_that_day_is_named(
    office: "Office", ann: int
) -> None:
    first = office.permit(ann, "KITAS", "2019-05-01", "2020-04-30")
    second = office.extend(first, None, "2020-08-31")
    sentence = refused(office, IssuedBeforeStart, lambda: office.extend(second, "2019-04-30", "2021-04-30"))
    assert "2019-04-30 is before permit 1 itself began (2019-05-01)" in sentence
    assert "2020-05-01" not in sentence
    refused(office, IssuedBeforeStart, lambda: office.revoke(second, "2019-04-30"))


@pytest.mark.slow
def test_no_message_names_the_day_from_which_a_grant_of_unknown_issue_counts(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-05-01", "2020-04-30")
    second = office.extend(first, None, "2021-04-30")
    said = [
        refused(office, AlreadyFollowed, lambda: office.extend(first, "2020-06-01", "2022-06-01")),
        refused(office, AlreadyFollowed, lambda: office.revoke(first, "2020-06-01")),
        refused(office, StartUnknown, lambda: office.permit(ann, "ITK", "2020-05-01", "2020-06-01")),
        refused(office, AlreadyHolds, lambda: office.permit(ann, "ITK", "2020-05-01", "2022-06-01")),
        refused(office, NotLonger, lambda: office.extend(second, None, "2021-04-30")),
    ]
    assert not [sentence for sentence in said if "2020-05-01" in sentence]
    assert said[0].startswith(f"Permit {first} has ended (EXTENDED): permit {second} follows it, whose day of issue is")


# Filling in the past ------------------------------------------------------------------------------------------------


def test_an_earlier_grant_takes_its_place_before_the_first(office: "Office", ann: int) -> None:
    later = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01", "P2")
    earlier = office.permit(ann, "ITK", "2019-03-01", "2019-05-01", "P1")
    assert chain(office, ann) == [
        Link("ITK", "2019-03-01", "2019-06-01", "CONVERTED"),
        Link("KITAS", "2019-06-01", granted="CONVERSION", follows=earlier),
    ]
    assert office.permit_of_id(later).follows_id == earlier
    days = ("2019-02-28", "2019-03-01", "2019-05-02", "2019-06-01")
    assert [office.state(ann, day) for day in days] == [None, "VALID", "OVERSTAY", "VALID"]


def test_an_earlier_grant_takes_its_place_between_two(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2017-06-01", "2018-06-01")
    third = office.extend(first, "2019-06-01", "2020-06-01")
    second = office.permit(ann, "KITAS", "2018-06-01", "2019-06-01")
    assert chain(office, ann) == [
        Link("KITAS", "2017-06-01", "2018-06-01", "EXTENDED"),
        Link("KITAS", "2018-06-01", "2019-06-01", "EXTENDED", "EXTENSION", first),
        Link("KITAS", "2019-06-01", granted="EXTENSION", follows=second),
    ]
    assert office.permit_of_id(third).follows_id == second


def test_another_class_between_two_makes_two_conversions(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2017-06-01", "2018-06-01")
    office.extend(first, "2019-06-01", "2020-06-01")
    second = office.permit(ann, "ITKT", "2018-06-01", "2018-12-01")
    assert [(link.kind, link.granted, link.reason) for link in chain(office, ann)] == [
        ("KITAS", "NEW", "CONVERTED"),
        ("ITKT", "CONVERSION", "CONVERTED"),
        ("KITAS", "CONVERSION", None),
    ]
    assert chain(office, ann)[2].follows == second


def test_an_earlier_grant_of_somebody_who_has_left_is_recorded_too(office: "Office", ann: int) -> None:
    office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    office.depart(ann, "2020-02-01")
    office.permit(ann, "ITK", "2019-03-01", "2019-05-01")
    assert [(link.kind, link.ended) for link in chain(office, ann)] == [("ITK", "2019-06-01"), ("KITAS", "2020-02-01")]


def test_an_earlier_grant_before_a_new_one_after_a_gap_stays_clear_of_what_ended_before(
    office: "Office", ann: int
) -> None:
    office.revoke(office.permit(ann, "KITAS", "2018-01-01", "2019-01-01"), "2018-06-01")
    later = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    sentence = refused(office, BrokenRule, lambda: office.permit(ann, "ITK", "2018-05-01", "2018-08-01"))
    assert "these periods overlap" in sentence
    between = office.permit(ann, "ITK", "2018-09-01", "2018-11-01")
    assert chain(office, ann)[1:] == [
        Link("ITK", "2018-09-01", "2019-06-01", "CONVERTED"),
        Link("KITAS", "2019-06-01", granted="CONVERSION", follows=between),
    ]
    assert office.permit_of_id(later).follows_id == between


def test_a_grant_of_the_same_day_as_one_that_ended_does_not_push_it_out(office: "Office", ann: int) -> None:
    first = office.permit(ann, "ITK", "2019-03-01", "2019-05-01")
    office.convert(first, "KITAS", "2019-06-01", "2020-06-01")
    sentence = refused(office, SameIssue, lambda: office.permit(ann, "VOA", "2019-03-01", "2019-04-01"))
    assert f"timpora permit edit {first}" in sentence


def test_a_grant_goes_before_two_that_were_issued_on_one_day(office: "Office", ann: int) -> None:
    second = office.permit(ann, "ITK", "2019-03-01", "2019-05-01")
    third = office.convert(second, "KITAS", "2019-03-01", "2020-03-01")
    first = office.permit(ann, "VOA", "2019-01-01", "2019-02-01")
    assert chain(office, ann) == [
        Link("VOA", "2019-01-01", "2019-03-01", "CONVERTED"),
        Link("ITK", "2019-03-01", "2019-03-01", "CONVERTED", "CONVERSION", first),
        Link("KITAS", "2019-03-01", granted="CONVERSION", follows=second),
    ]
    held = office.people("2019-03-01")[ann].permit
    assert held is not None
    assert held.permit_id == third


def test_before_a_permit_of_unknown_issue_nothing_can_be_placed(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", None, "2020-06-01")
    sentence = refused(office, StartUnknown, lambda: office.permit(ann, "ITK", "2019-03-01", "2019-05-01"))
    assert f"timpora permit edit {first} --issued DATE" in sentence
    refused(office, AlreadyHolds, lambda: office.permit(ann, "KITAS", "2020-06-01", "2021-06-01"))
    office.edit(first, issued_on="2019-06-01")
    office.permit(ann, "ITK", "2019-03-01", "2019-05-01")
    assert [link.kind for link in chain(office, ann)] == ["ITK", "KITAS"]


# Revoking -----------------------------------------------------------------------------------------------------------


def test_a_revoked_permit_does_not_hold_from_that_day_and_its_holder_stays(office: "Office", ann: int) -> None:
    held = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    office.revoke(held, "2020-01-15", "a false sponsor, made up")
    assert [office.state(ann, day) for day in ("2020-01-14", "2020-01-15")] == ["VALID", None]
    assert ann in office.people("2020-01-15")
    assert office.rows("SELECT ended_on, end_reason, note FROM permit") == [
        ("2020-01-15", "REVOKED", "a false sponsor, made up")
    ]
    assert [row.groups[-1] for row in office.counts("2020-01-15") if row.total] == [1]


def test_a_permit_is_not_revoked_before_it_began(office: "Office", ann: int) -> None:
    held = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    refused(office, IssuedBeforeStart, lambda: office.revoke(held, "2019-05-31"))
    office.revoke(held, "2019-06-01")
    assert office.state(ann, "2019-06-01") is None


def test_a_permit_of_unknown_issue_can_be_revoked(office: "Office", ann: int) -> None:
    office.revoke(office.permit(ann, "KITAS"), "2019-06-01")
    assert [office.state(ann, day) for day in ("2019-05-31", "2019-06-01")] == ["UNKNOWN", None]


# Correcting ---------------------------------------------------------------------------------------------------------


def test_a_corrected_issue_moves_the_end_of_the_one_before_in_both_directions(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    second = office.extend(first, "2020-05-20", "2021-06-01")
    for issued in ("2020-05-10", "2020-05-30", "2019-06-01", "2020-05-20"):
        office.edit(second, issued_on=issued)
        assert chain(office, ann)[0].ended == chain(office, ann)[1].starts == issued
    office.edit(first, issued_on="2019-01-01")
    assert chain(office, ann)[0].starts == "2019-01-01"


@pytest.mark.slow
def test_a_corrected_issue_does_not_pass_what_lies_beside_it(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    second = office.extend(first, "2020-05-20", "2021-06-01")
    said = refused(office, IssuedBeforeStart, lambda: office.edit(second, issued_on="2019-05-31"))
    assert "2019-05-31 is before permit 1 itself began (2019-06-01)" in said
    refused(office, BrokenRule, lambda: office.edit(first, issued_on="2020-05-21"))
    refused(office, IssuedInFuture, lambda: office.edit(second, issued_on="2020-09-18"))
    office.revoke(second, "2020-07-01")
    third = office.permit(ann, "KITAS", "2020-08-01", "2021-08-01")
    sentence = refused(office, BrokenRule, lambda: office.edit(third, issued_on="2020-06-30"))
    assert "these periods overlap" in sentence
    office.edit(third, issued_on="2020-07-01")


def test_a_corrected_expiry_and_number_are_checked_like_new_ones(office: "Office", ann: int) -> None:
    held = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01", "P1")
    other = office.permit(office.person("Bob Invented"), "KITAS", "2019-06-01", "2020-06-01", "P2")
    refused(office, ExpiresTooEarly, lambda: office.edit(held, expires_on="2019-05-31"))
    refused(office, ExpiresTooEarly, lambda: office.edit(held, issued_on="2020-06-02"))
    sentence = refused(office, NumberTaken, lambda: office.edit(held, number="p2"))
    assert f"permit {other}" in sentence
    office.edit(held, number="p1", expires_on="2020-07-01")
    assert office.rows("SELECT number, expires_on FROM permit WHERE id = ?", held) == [("p1", "2020-07-01")]


def test_two_grants_of_one_person_cannot_be_edited_into_the_same_one(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2018-06-01", "2019-06-01", "P1")
    second = office.extend(first, "2019-05-20", "2020-06-01", "P2")
    sentence = refused(office, Refused, lambda: office.edit(first, number="P2", expires_on="2020-06-01"))
    assert "already recorded" in sentence
    office.edit(second, number="P1")  # one number for a chain is the custom


def test_a_correction_keeps_what_it_replaces(office: "Office", ann: int) -> None:
    held = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01", "P1")
    office.edit(held, expires_on="2020-07-01")
    assert office.rows("SELECT expires_on FROM permit_version") == [("2020-06-01",)]


def test_a_correction_of_what_has_ended_leaves_it_ended(office: "Office", ann: int) -> None:
    held = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    office.revoke(held, "2020-01-01")
    office.edit(held, issued_on="2019-07-01", index_code="C312")
    assert chain(office, ann) == [Link("KITAS", "2019-07-01", "2020-01-01", "REVOKED")]


def test_an_issue_day_taken_back_to_unknown_leaves_a_grant_that_follows_without_a_gap(
    office: "Office", ann: int
) -> None:
    first = office.permit(ann, "KITAS", "2018-06-01", "2019-06-01")
    second = office.extend(first, "2019-07-20", "2020-06-01")
    office.edit(first, issued_on=None)
    office.edit(second, issued_on=None)
    assert chain(office, ann) == [
        Link("KITAS", None, "2019-06-02", "EXTENDED"),
        Link("KITAS", "2019-06-02", granted="EXTENSION", follows=first),
    ]
    office.edit(second, issued_on="2019-05-30")
    assert chain(office, ann)[0].ended == "2019-05-30"
    office.edit(second, issued_on=None)
    assert chain(office, ann)[0].ended == "2019-06-02"


def test_it_never_counts_from_a_day_after_its_own_end(office: "Office", ann: int) -> None:
    first = office.permit(ann, "KITAS", "2018-06-01", "2020-06-01")
    second = office.extend(first, "2019-05-20", "2020-07-01")
    office.convert(second, "KITAP", "2020-01-10", "2025-01-09")
    office.edit(second, issued_on=None)
    assert [(link.starts, link.ended) for link in chain(office, ann)] == [
        ("2018-06-01", "2020-01-10"),
        ("2020-01-10", "2020-01-10"),
        ("2020-01-10", None),
    ]


# Always -------------------------------------------------------------------------------------------------------------

START = date(2017, 1, 1)
past_days = st.integers(0, (date(2020, 9, 17) - START).days).map(lambda n: START + timedelta(days=n))


@pytest.mark.slow
@examples(8, 25)
@given(st.lists(st.tuples(past_days, st.sampled_from(["ITK", "KITAS", "KITAP"])), min_size=1, max_size=7))
def test_grants_entered_in_any_order_make_the_chain_of_their_days_of_issue(
    open_office: Callable[[], "Office"], grants: list[tuple[date, str]]
) -> None:
    """The newest is entered first, so that the rest fill in the past; each in the order that was drawn."""
    by_day = dict(grants)
    newest = max(by_day)
    order = [newest, *(day for day in by_day if day != newest)]
    office = open_office()
    with closing(office.connection):
        ann = office.person()
        for day in order:
            office.permit(ann, by_day[day], day.isoformat(), (day + timedelta(days=30)).isoformat())
        expected = sorted(by_day)
        links = chain(office, ann)
        assert [link.starts for link in links] == [day.isoformat() for day in expected]
        assert [link.kind for link in links] == [by_day[day] for day in expected]
        assert [link.ended for link in links] == [*(link.starts for link in links[1:]), None]
        for before, after in pairwise(links):
            same = before.kind == after.kind
            assert before.reason == ("EXTENDED" if same else "CONVERTED")
            assert after.granted == ("EXTENSION" if same else "CONVERSION")
        assert links[0].granted == "NEW"


def test_a_class_is_said_with_its_end() -> None:
    assert with_end("KITAS", date(2021, 5, 31)) == "KITAS until 2021-05-31"
    assert with_end("KITAS", None) == "KITAS until a day not known"
    assert with_end("KITAP", OPEN_ENDED) == "KITAP unlimited"
