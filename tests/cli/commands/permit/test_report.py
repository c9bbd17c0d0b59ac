"""`permit report`: the report of a KITAP holder is recorded, shown, taken back, and refused where it cannot be one."""

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


@pytest.fixture
def bob(empty: "Timpora") -> "Timpora":
    """The program on a register with Bob Invented, who holds a KITAP without an end since 20 September 2015."""

    def build() -> None:
        who = ("--name", "Bob Invented", "--nationality", "AUS", "--passport", "X0000002", "--village", "Air Merbau")
        empty.answer("resident", "add", *who, "--arrived", "2010-01-01")
        printed = ("--number", "2D21DEMO9001", "--issued", "2015-09-20", "--expires", "unlimited")
        empty.answer("permit", "add", "1", "--class", "KITAP", *printed)

    return empty.prepared(build)


def card(timpora: "Timpora", *words: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(timpora.answer(*words, "--format", "json"))
    return shown


@pytest.mark.slow
def test_a_report_moves_the_next_one_by_five_years(bob: "Timpora") -> None:
    assert card(bob, "permit", "show", "1")["next_report"] == "2020-09-20"
    assert bob.answer("permit", "report", "1", "--on", "10 Sept 2020") == (
        "Report of 2020-09-10 recorded for permit 1: KITAP unlimited, Bob Invented. The next is due by 2025-09-10.\n"
    )
    for words in (("permit", "show", "1"), ("resident", "show", "1")):
        shown = card(bob, *words)
        assert (shown["next_report"], shown["last_report"]) == ("2025-09-10", "2020-09-10")
        assert shown["reports"] == [{"permit_id": 1, "reported_on": "2020-09-10"}]
    before = card(bob, "permit", "show", "1", "--as-of", "2020-09-09")
    assert (before["next_report"], before["last_report"], before["reports"]) == ("2020-09-20", None, [])


def test_without_a_day_it_was_made_today(bob: "Timpora") -> None:
    assert "Report of 2020-09-17 recorded" in bob.answer("permit", "report", "1")


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        ("2015-09-19", "The day 2015-09-19 is before permit 1 began (2015-09-20). Nothing was changed."),
        ("2020-09-18", "The day 2020-09-18 is after today (2020-09-17). Record it when it has happened."),
    ],
)
def test_a_day_on_which_it_cannot_have_been_made_is_refused(bob: "Timpora", on: str, reason: str) -> None:
    before = bob.db.read_bytes()
    assert bob.refused(1, "permit", "report", "1", "--on", on) == f"{reason}\n"
    assert bob.db.read_bytes() == before


def test_twice_on_one_day_is_refused(bob: "Timpora") -> None:
    bob.answer("permit", "report", "1", "--on", "2020-09-10")
    before = bob.db.read_bytes()
    said = bob.refused(1, "permit", "report", "1", "--on", "2020-09-10")
    assert said == "A report of 2020-09-10 is already recorded for permit 1. Nothing was changed.\n"
    assert bob.db.read_bytes() == before


def test_the_holder_of_another_class_does_not_report(ann: "Timpora") -> None:
    said = ann.refused(1, "permit", "report", "1")
    assert said == (
        "Permit 1 is of class KITAS: only the holder of a KITAP reports every five years. Nothing was changed.\n"
    )


def test_a_report_after_the_end_of_the_permit_is_refused(bob: "Timpora") -> None:
    bob.answer("permit", "revoke", "1", "--on", "2020-09-01", "--reason", "a made-up reason")
    assert "ended on 2020-09-01" in bob.refused(1, "permit", "report", "1", "--on", "2020-09-10")
    bob.answer("permit", "report", "1", "--on", "2020-08-10")


@pytest.mark.slow
def test_undo_takes_a_report_back_and_known_at_still_knows_it(bob: "Timpora") -> None:
    bob.answer("permit", "report", "1", "--on", "2020-09-10")
    moment = bob.rows("history", "--last", "1")[0]["at"]
    bob.answer("undo", "--yes")
    assert card(bob, "permit", "show", "1")["last_report"] is None
    assert card(bob, "permit", "show", "1", "--known-at", moment)["last_report"] == "2020-09-10"
    for words in (("history", "1"), ("history", "--permit", "1")):
        reports = [
            row["did"] for row in bob.rows(*words) if row["table"] == "permit_report" and row["field"] == "on_day"
        ]
        assert sorted(reports) == ["added", "removed"]
    assert bob("verify").code == 0


def test_a_class_with_reports_stays_a_kitap(bob: "Timpora") -> None:
    bob.answer("permit", "report", "1")
    bob.answer("permit", "edit", "1", "--expires", "2025-09-19")
    assert "KITAP alone" in bob.refused(1, "permit", "edit", "1", "--class", "KITAS")


@pytest.mark.slow
def test_a_resident_is_removed_with_the_reports(bob: "Timpora") -> None:
    bob.answer("permit", "report", "1")
    bob.answer("resident", "remove", "1", "--yes")
    assert bob("verify").code == 0
    bob.answer("undo", "--yes")
    assert card(bob, "permit", "show", "1")["last_report"] == "2020-09-17"


@pytest.mark.slow
def test_a_report_goes_with_its_permit_into_the_record_that_stays(bob: "Timpora") -> None:
    bob.answer("permit", "report", "1", "--on", "2020-09-10")
    who = ("--name", "Bob Invented", "--nationality", "AUS", "--village", "Air Merbau", "--arrived", "2010-01-01")
    bob.answer("resident", "add", *who)
    assert bob("resident", "merge", "2", "1").code == 0
    assert card(bob, "resident", "show", "2")["reports"] == [{"permit_id": 1, "reported_on": "2020-09-10"}]
    assert bob("verify").code == 0


@pytest.mark.slow
def test_of_two_records_of_one_grant_all_reports_stay_each_once(bob: "Timpora") -> None:
    who = ("--name", "Bob Invented", "--nationality", "AUS", "--village", "Air Merbau", "--arrived", "2010-01-01")
    bob.answer("resident", "add", *who)
    bob.answer(
        "permit", "add", "2", "--class", "KITAP", "--number", "?", "--issued", "2015-09-20", "--expires", "unknown"
    )
    for permit, on in (("1", "2019-01-01"), ("1", "2020-01-01"), ("2", "2020-01-01"), ("2", "2020-05-05")):
        bob.answer("permit", "report", permit, "--on", on)
    assert bob("resident", "merge", "2", "1").code == 0
    shown = card(bob, "resident", "show", "2")
    assert shown["unlimited"] is True
    assert [row["reported_on"] for row in shown["reports"]] == ["2019-01-01", "2020-01-01", "2020-05-05"]
    assert bob("verify").code == 0
