"""`timpora duties`: what people have to do by a day, and what settles it."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

REPORT = ("--by", "Kepala Desa", "--village", "Air Merbau", "--text", "x", "--resident", "1")
ALL = ("--from", "2000-01-01", "--before", "2040-01-01")


def listed(timpora: "Timpora", *words: str) -> list[tuple[str, str, str]]:
    rows = timpora.rows("duties", *(words or ALL))
    return [(row["duty"], row["due_on"], row["days_left"]) for row in rows]


@pytest.mark.slow
def test_the_sktt_is_due_fourteen_days_after_a_new_itas_until_a_step_settles_it(ann: "Timpora") -> None:
    assert listed(ann) == [("SKTT", "2019-10-15", "-338")]
    ann.answer("case", "open", "sktt", *REPORT)
    (row,) = ann.rows("duties", *ALL)
    assert (row["case_id"], row["fact_on"], row["legal_basis"][:27]) == (
        "1",
        "2019-10-01",
        "UU 23/2006 art 20(1): surat",
    )
    ann.answer("case", "step", "1", "SKTT_ISSUED")
    assert listed(ann) == []
    assert listed(ann, *ALL, "--as-of", "2020-09-16") == [("SKTT", "2019-10-15", "-337")]
    ann.answer("undo", "--yes")
    assert [row["duty"] for row in ann.rows("duties", *ALL)] == ["SKTT"]


def test_an_extension_is_no_new_itas(ann: "Timpora") -> None:
    ann.answer("permit", "extend", "1", "--number", "K2", "--issued", "2020-09-10", "--expires", "2021-09-30")
    assert listed(ann) == []


@pytest.mark.slow
def test_a_marriage_is_reported_within_sixty_days(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--spouse", "Bagus Invented", "--married", "2020-08-01")
    assert listed(ann, "--within", "30d") == [("MARRIAGE_REPORT", "2020-09-30", "13")]
    ann.answer("case", "open", "marriage", *REPORT, "--happened", "2020-08-01")
    ann.answer("case", "step", "1", "MARRIAGE_REPORT", "--not-needed", "--note", "reported by the spouse")
    assert listed(ann, "--within", "30d") == []


def test_a_marriage_that_a_village_reports_is_one_too(ann: "Timpora") -> None:
    ann.answer("case", "open", "marriage", *REPORT, "--happened", "2020-08-02")
    assert listed(ann, "--within", "30d") == [("MARRIAGE_REPORT", "2020-10-01", "14")]


@pytest.mark.slow
def test_a_child_of_an_indonesian_is_reported_and_chooses_at_eighteen(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--child", "Citizen Invented", "--child-born", "2004-02-29")
    found = listed(ann)
    assert found[0][:2] == ("BIRTH_REPORT", "2004-04-29")
    assert found[2:] == [
        ("ABG_CHOICE", "2022-02-28", "529"),
        ("ABG_STATEMENT", "2025-02-28", "1625"),
    ]
    assert [row["about"] for row in ann.rows("duties", *ALL)][2:] == ["Citizen Invented"] * 2


@pytest.mark.slow
def test_a_new_address_has_no_day_and_stays_until_it_is_reported(ann: "Timpora") -> None:
    ann.answer("resident", "move", "1", "--village", "Sijuk", "--on", "2020-09-10")
    assert listed(ann, "--within", "30d") == [("ADDRESS", "", "")]
    assert listed(ann, "--within", "30d", "--village", "Air Merbau") == []
    ann.answer("case", "open", "move", *REPORT)
    ann.answer("case", "step", "1", "MOVE_IN")
    assert listed(ann, "--within", "30d") == []


@pytest.mark.slow
def test_the_report_of_a_kitap_is_a_duty_until_it_is_made(empty: "Timpora") -> None:
    empty.answer("resident", "add", "--name", "Ann Invented", "--nationality", "AUS")
    grant = ("--number", "P1", "--issued", "2015-10-01", "--expires", "unlimited")
    empty.answer("permit", "add", "1", "--class", "KITAP", *grant)
    assert listed(empty, "--within", "30d") == [("KITAP_REPORT", "2020-10-01", "14")]
    empty.answer("permit", "report", "1", "--on", "2020-09-15")
    assert listed(empty, "--within", "30d") == []


@pytest.mark.slow
def test_photo_and_interview_are_asked_for_since_may_2025(ann: "Timpora") -> None:
    assert "PHOTO_INTERVIEW" not in [duty for duty, _due, _left in listed(ann, "--within", "30d")]
    ann.answer("permit", "edit", "1", "--expires", "2026-01-05")
    ann.at("2025-12-20")
    assert listed(ann, "--within", "30d") == [("PHOTO_INTERVIEW", "2026-01-04", "15")]
    (row,) = ann.rows("duties", "--within", "30d")
    assert row["act_by"] == "2026-01-02"


@pytest.mark.slow
def test_only_what_is_due_in_the_window_is_listed(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--spouse", "Bagus Invented", "--married", "2010-08-01")
    assert listed(ann, "--within", "30d") == []
    assert ann.answer("duties") == ""


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2020-10-15", "2020-12-13"])
def test_a_changed_rule_holds_for_facts_from_its_day_on(ann: "Timpora", day: str) -> None:
    law = ("--basis", "Contoh 1/2020", "--source", "example.invalid", "--from", "2020-08-02")
    ann.answer("rule", "add", "reporting", "90", "--for", "CIVIL_STATUS", *law)
    married = "2020-08-01" if day == "2020-10-15" else "2020-09-14"
    ann.answer("resident", "edit", "1", "--spouse", "Bagus Invented", "--married", married)
    expected = "2020-09-30" if day == "2020-10-15" else day
    assert [due for _duty, due, _left in listed(ann, "--before", "2021-01-01")] == [expected]
