"""`timpora case`: what a village reports, the state it is in, and until when somebody has to act."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands.case.conftest import REPORT, open_one

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

STEPS = tuple(f"MARRIAGE_{step}" for step in ("VALID", "REPORT", "SPOUSE_ANSWERS", "PERMIT", "SKTT", "ADDRESS"))


def state(timpora: "Timpora", case: str = "1", *more: str) -> str:
    shown = json.loads(timpora.answer("case", "show", case, "--format", "json", *more))
    return str(shown["state"])


def settle_all(timpora: "Timpora", case: str = "1") -> None:
    for step in STEPS:
        timpora.answer("case", "step", case, step)


def test_a_report_is_opened_and_says_until_when_it_is_verified(ann: "Timpora") -> None:
    opened = ann.answer(
        *("case", "open", "perkawinan", *REPORT, "--text", "menikah dengan WNI", "--resident", "X0000001"),
        *("--happened", "5 Sept 2020", "--reported", "2020-09-17 10:00"),
    )
    assert opened == (
        "Case 1 opened: Marriage, Air Merbau, Tanjungpandan, reported 2020-09-17 10:00 by Kepala Desa Air Merbau, "
        "about Ann Invented.\n"
        "Case 1: Reported since 2020-09-17 10:00; act until 2020-09-21 10:00.\n"
    )
    assert ann.changes()[-1][:2] == (
        "a made-up officer",
        "case open --village --by --reported --text --resident --happened",
    )


def test_a_report_without_a_place_an_office_or_a_text_names_all_that_is_missing(ann: "Timpora") -> None:
    before = ann.dump()
    assert ann.refused(2, "case", "open", "birth") == (
        "Missing: --village, --by, --text.\nGive them on the command line; they are only asked for on a terminal.\n"
    )
    assert ann.dump() == before


@pytest.mark.slow
@pytest.mark.one_in(5)
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("open", "wedding", *REPORT, "--text", "x"), 2, "wedding is not a known kind of case."),
        (("open", "birth", *REPORT, "--text", "x", "--reported", "2020-09-18"), 1, "2020-09-18 has not come yet"),
        (
            ("open", "birth", *REPORT, "--text", "x", "--happened", "2020-09-18"),
            1,
            "The day 2020-09-18 is after today (2020-09-17).",
        ),
        (("open", "birth", *REPORT, "--text", "x", "--resident", "9"), 4, "There is no resident 9."),
        (("show", "7"), 4, "There is no case 7. See them with: timpora case list --all"),
        (("show", "Ann"), 4, "There is no case Ann."),
        (("step", "1", "married"), 2, "married is not a known state or step of this case."),
        (("step", "1", "9"), 2, "9 is not a known state or step of this case."),
        (("step", "1", "followed-up", "--note", "x"), 1, "Case 1 was Reported at 2020-09-17 12:00; after that it may"),
        (("step", "1", "verified", "--on", "2020-09-16"), 1, "Case 1 was reported at 2020-09-17 10:00; it cannot be"),
        (("step", "1", "returned"), 1, "A case becomes Asked for more with a text that says why: --note TEXT."),
        (("step", "1", "6", "--not-needed"), 2, "A step that is not needed has a reason: --note TEXT."),
        (("step", "1", "verified", "--not-needed"), 2, "VERIFIED is a state and no step of a case."),
        (("note", "1"), 2, "Nothing was given to note."),
        (("close", "1", "--as", "duplicate"), 2, "duplicate is not a known state of a case."),
        (("close", "1"), 1, "Case 1 was Reported at 2020-09-17 12:00; after that it may become: RETURNED, VERIFIED"),
        (("reopen", "1"), 1, "Case 1 is not closed: it is Reported."),
        (("link", "1", "1"), 1, "Case 1 is the same as case 1 by what is on record."),
        (("list", "--state", "gone"), 2, "gone is not a known state of a case."),
        (("explain", "wedding"), 2, "wedding is not a known kind of case."),
    ],
)
def test_what_cannot_be_is_refused_with_the_value_and_nothing_is_changed(
    reported: "Timpora", words: tuple[str, ...], code: int, said: str
) -> None:
    before = reported.dump()
    assert reported.refused(code, "case", *words).startswith(said)
    assert reported.dump() == before


@pytest.mark.slow
def test_a_case_goes_its_way_and_is_done_once_every_needed_step_is_settled(reported: "Timpora") -> None:
    assert reported.answer("case", "step", "1", "verified") == (
        "Case 1: Verified since 2020-09-17 12:00; act until 2020-09-22 12:00.\n"
    )
    assert reported.answer("case", "step", "1", "2") == (
        "Case 1: step MARRIAGE_REPORT: done. Left: MARRIAGE_VALID, MARRIAGE_SPOUSE_ANSWERS, MARRIAGE_PERMIT, "
        "MARRIAGE_SKTT, MARRIAGE_ADDRESS.\n"
    )
    assert reported.refused(1, "case", "close", "1").startswith(
        "Case 1 is not done: these steps are not settled yet: MARRIAGE_VALID, MARRIAGE_SPOUSE_ANSWERS, MARRIAGE_PERMIT"
    )
    for step in STEPS[:1] + STEPS[2:5]:
        reported.answer("case", "step", "1", step)
    assert reported.answer("case", "step", "1", "6", "--not-needed", "--note", "they did not move") == (
        "Case 1: step MARRIAGE_ADDRESS: not needed. No step is left; close it with: timpora case close 1\n"
    )
    assert reported.answer("case", "close", "1") == "Case 1: Done since 2020-09-17 12:00.\n"
    assert reported.answer("case", "list") == ""
    assert [row["state"] for row in reported.rows("case", "list", "--all")] == ["DONE"]


@pytest.mark.slow
def test_a_case_whose_steps_were_all_taken_back_is_not_done(reported: "Timpora") -> None:
    reported.answer("case", "step", "1", "verified")
    first = len(reported.changes())
    settle_all(reported)
    reported.answer("case", "close", "1")
    assert state(reported) == "DONE"
    for number in range(first + 1, first + 1 + len(STEPS)):
        reported.answer("undo", str(number), "--yes")
    shown = json.loads(reported.answer("case", "show", "1", "--format", "json"))
    assert shown["state"] == "VERIFIED"
    assert [event["state"] for event in shown["not_counted"]] == ["DONE"]
    assert reported.answer("verify").splitlines()[-1].startswith("Whole.")


@pytest.mark.slow
def test_a_kind_without_any_step_in_force_is_never_done(ann: "Timpora") -> None:
    open_one(ann, "--reported", "2020-09-17 09:00")
    ann.answer("case", "step", "1", "verified")
    ann.answer("procedure", "end", "OTHER_ANSWER", "--until", "2020-09-16")
    assert ann.refused(1, "case", "close", "1") == (
        "Case 1 is not done: none of its steps was settled.\n"
        "Settle one with: timpora case step 1 STEP. A report that leads to nothing is closed with: --as REJECTED\n"
    )
    assert ann.answer("case", "close", "1", "--as", "rejected", "--note", "nothing in it").startswith(
        "Case 1: Rejected"
    )


@pytest.mark.slow
def test_what_is_recorded_late_stands_where_it_happened(reported: "Timpora") -> None:
    reported.at("2020-09-25")
    assert [row["late"] for row in reported.rows("case", "list")] == ["4"]
    reported.answer("case", "step", "1", "verified", "--on", "2020-09-18 09:00")
    assert state(reported, "1", "--as-of", "2020-09-17") == "REPORTED"
    assert state(reported, "1", "--as-of", "2020-09-18") == "VERIFIED"
    (row,) = reported.rows("case", "list")
    assert (row["deadline_at"], row["late"], row["days"]) == ("2020-09-23 09:00", "2", "7")


@pytest.mark.slow
def test_nothing_is_put_before_what_it_would_contradict(reported: "Timpora") -> None:
    reported.at("2020-09-25")
    reported.answer("case", "step", "1", "verified", "--on", "2020-09-22")
    reported.answer("case", "step", "1", "followed-up", "--on", "2020-09-23", "--note", "visited")
    change = len(reported.changes())
    assert reported.refused(1, "case", "close", "1", "--as", "rejected", "--note", "x", "--on", "2020-09-21") == (
        "What was recorded of case 1 for 2020-09-22 does not fit after this. Nothing was changed.\n"
        f"Take it back first: timpora undo {change - 1}\n"
    )


@pytest.mark.slow
def test_a_closed_case_is_opened_again_and_what_was_settled_stays_settled(reported: "Timpora") -> None:
    reported.answer("case", "step", "1", "verified")
    settle_all(reported)
    reported.answer("case", "close", "1")
    reported.at("2020-10-01")
    assert reported.answer("case", "reopen", "1", "--note", "reported again") == (
        "Case 1: Verified since 2020-10-01 12:00; act until 2020-10-06 12:00.\n"
    )
    assert reported.answer("case", "close", "1") == "Case 1: Done since 2020-10-01 12:00.\n"
    assert [row["state"] for row in reported.rows("case", "list", "--all", "--as-of", "2020-09-30")] == ["DONE"]


@pytest.mark.slow
def test_one_cause_has_one_open_case(reported: "Timpora") -> None:
    opened = open_one(reported, kind="marriage")
    assert opened.splitlines()[-1] == (
        "Note: case 1 is open too: Marriage, Air Merbau, Tanjungpandan, reported 2020-09-17 10:00 by Kepala Desa Air "
        "Merbau, about Ann Invented. If it is the same cause: timpora case link 2 1"
    )
    assert reported.answer("case", "link", "2", "1") == (
        "Case 2: Same as another case since 2020-09-17 12:00, case 1.\n"
    )
    assert [row["case_id"] for row in reported.rows("case", "list")] == ["1"]
    assert reported.refused(1, "case", "link", "1", "2").startswith(
        "Case 2 is the same as case 1 by what is on record."
    )
    assert "Note:" not in open_one(reported, kind="birth")
    reported.answer("case", "reopen", "2")
    assert state(reported, "2") == "REPORTED"


def test_the_sum_of_a_deadline_names_rule_weekend_and_holidays(reported: "Timpora") -> None:
    reported.answer("holiday", "add", "2020-09-18", "Hari Contoh")
    why = reported.answer("case", "show", "1", "--why").rpartition("\n\n")[2]
    assert why == (
        "Reported since Thursday 17 September 2020 10:00 + 48 hours of working days = until Tuesday 22 September 2020 "
        "10:00.\n"
        "By rule 25: Practice: a report is verified within 48 hours; counted here on working days, which no source "
        "says.\n"
        "These days do not count, because nobody works: Friday 18 September 2020 (Hari Contoh), Saturday 19 September "
        "2020, Sunday 20 September 2020.\n"
    )
    shown = json.loads(reported.answer("case", "show", "1", "--format", "json"))
    assert shown["days_left_out"][0] == {"day": "2020-09-18", "holiday": "Hari Contoh"}
    assert (shown["deadline_at"], shown["deadline_hours"], shown["deadline_rule"]) == ("2020-09-22 10:00", 48, 25)


def test_a_report_of_a_day_without_a_time_counts_from_the_beginning_of_that_day(ann: "Timpora") -> None:
    open_one(ann, "--reported", "2020-09-14")
    (row,) = ann.rows("case", "list")
    assert (row["reported_at"], row["deadline"], row["deadline_at"], row["late"]) == (
        *("2020-09-14", "2020-09-15", "2020-09-15", "2"),
    )
    assert "The time of day is not known" in ann.answer("case", "show", "1", "--why")


@pytest.mark.slow
def test_a_rule_that_changes_is_right_at_once_and_only_from_its_day_on(reported: "Timpora") -> None:
    law = ("--basis", "Contoh 1/2020", "--source", "example.invalid")
    reported.answer("rule", "add", "case-limit", "24", "--for", "REPORTED", "--from", "2020-09-18", *law)
    (row,) = reported.rows("case", "list")
    assert row["deadline_at"] == "2020-09-21 10:00"
    reported.answer("rule", "add", "case-limit", "72", "--for", "REPORTED", "--from", "2020-09-17", *law)
    (row,) = reported.rows("case", "list")
    assert row["deadline_at"] == "2020-09-22 10:00"


@pytest.mark.slow
def test_what_becomes_known_of_a_case_is_noted(ann: "Timpora") -> None:
    open_one(ann)
    noted = ann.answer("case", "note", "1", "--resident", "1", "--owner", "Another Officer", "--note", "it is Ann")
    assert noted.endswith("about Ann Invented.\n")
    (row,) = ann.rows("case", "list", "--owner", "Another Officer", "--resident", "1")
    assert (row["owner"], row["name"]) == ("Another Officer", "Ann Invented")
    shown = json.loads(ann.answer("case", "show", "1", "--format", "json"))
    assert [(event["note"], event["officer"]) for event in shown["events"]] == [("it is Ann", "a made-up officer")]


@pytest.mark.slow
def test_cases_are_narrowed_by_kind_state_and_place(reported: "Timpora") -> None:
    open_one(reported, "--reported", "2020-09-16")
    reported.answer("case", "open", "birth", "--district", "Sijuk", "--by", "Camat", "--text", "x")

    def listed(*words: str) -> list[str]:
        return [row["case_id"] for row in reported.rows("case", "list", *words)]

    assert listed() == ["2", "1", "3"]
    assert listed("--kind", "kelahiran") == ["3"]
    assert listed("--village", "air merbau") == ["2", "1"]
    assert listed("--district", "Sijuk") == ["3"]
    assert listed("--state", "verified") == []
    assert listed("--as-of", "2020-09-16") == ["2"]


def test_somebody_whom_a_case_is_about_is_not_removed(reported: "Timpora") -> None:
    assert reported.refused(1, "resident", "remove", "1", "--yes") == (
        "Resident 1 cannot be removed: these cases are about them: 1. Nothing was changed.\n"
        "If it is another person, say so first: timpora case note CASE --resident RESIDENT\n"
    )


@pytest.mark.slow
def test_a_case_goes_with_its_person_when_two_records_become_one(reported: "Timpora") -> None:
    reported.answer("resident", "add", "--name", "Ann Invented", "--nationality", "AUS", "--born", "1990-01-01")
    reported.answer("resident", "merge", "2", "1", "--yes")
    assert [row["resident_id"] for row in reported.rows("case", "list")] == ["2"]
    reported.answer("undo", "--yes")
    assert [row["resident_id"] for row in reported.rows("case", "list")] == ["1"]


@pytest.mark.slow
def test_history_known_at_and_undo_know_cases(reported: "Timpora") -> None:
    reported.answer("case", "step", "1", "verified")
    assert "case_event" in reported.answer("history", "--last", "1")
    reported.answer("undo", "--yes")
    assert state(reported) == "REPORTED"
    reported.answer("redo", "--yes")
    assert state(reported) == "VERIFIED"


def test_status_counts_open_and_late_cases(reported: "Timpora") -> None:
    shown = json.loads(reported.at("2020-09-22").answer("status", "--format", "json"))
    assert (shown["open_cases"], shown["late_cases"]) == (1, 1)


def test_the_steps_of_a_marriage_are_explained_with_their_days(reported: "Timpora") -> None:
    page = reported.answer("case", "explain", "marriage", "--for", "1")
    assert max(len(line) for line in page.splitlines()) <= 76
    assert "Untuk / For: Ann Invented (KITAS s.d. / until 30 September 2020)\n" in page
    assert "   Paling lambat / By: 4 November 2020 [Practice of offices" in page
    assert "   Mulai / From: 5 September 2022 [" in page
    assert "   Paling lambat / By: 15 Oktober 2019 / 15 October 2019 [UU 23/2006" in page
    shown = json.loads(reported.answer("case", "explain", "marriage", "--for", "1", "--format", "json"))
    until = {step["step"]: step["until"] for step in shown["steps"]}
    assert (shown["happened_on"], until["MARRIAGE_REPORT"], until["MARRIAGE_SKTT"], until["MARRIAGE_PERMIT"]) == (
        *("2020-09-05", "2020-11-04", "2019-10-15", None),
    )


@pytest.mark.slow
def test_the_day_of_a_marriage_is_as_typed_else_of_the_case_else_of_the_family(ann: "Timpora") -> None:
    def happened(*words: str) -> object:
        answer = ann.answer("case", "explain", "marriage", "--for", "1", "--format", "json", *words)
        return json.loads(answer)["happened_on"]

    assert happened() is None
    ann.answer("resident", "edit", "1", "--spouse", "Bagus Invented", "--married", "2018-06-01")
    assert happened() == "2018-06-01"
    ann.answer("case", "open", "marriage", *REPORT, "--text", "x", "--resident", "1", "--happened", "2020-09-01")
    assert happened() == "2020-09-01"
    assert happened("--happened", "2020-09-02") == "2020-09-02"


def test_a_visitor_gets_the_window_in_which_a_conversion_is_applied_for(ann: "Timpora") -> None:
    ann.answer("resident", "add", "--name", "Bob Invented", "--nationality", "GBR", "--village", "Air Merbau")
    ann.answer(
        "permit", "add", "2", "--class", "ITK", "--number", "V1", "--issued", "2020-09-01", "--expires", "2020-10-30"
    )
    shown = json.loads(ann.answer("case", "explain", "marriage", "--for", "2", "--format", "json"))
    (step,) = (step for step in shown["steps"] if step["step"] == "MARRIAGE_PERMIT")
    assert (step["from"], step["until"], step["counted_from"]) == ("2020-09-30", "2020-10-30", "2020-10-30")


@pytest.mark.slow
def test_states_and_steps_that_are_added_as_rows_show_without_code(reported: "Timpora") -> None:
    reported.answer(
        *("workflow", "add", "at-dukcapil", "--name-id", "Di Dukcapil", "--name-en", "At Dukcapil"),
        *("--after", "verified", "--before", "done", "--source", "ours"),
    )
    law = ("--basis", "ours", "--source", "ours")
    reported.answer("rule", "add", "case-limit", "24", "--for", "AT_DUKCAPIL", *law)
    texts = ("--text-id", "Bawa bukti.", "--text-en", "Bring the proof.", "--source", "ours")
    counted = ("--counted-from", "happened", "--rule", "reporting", "--rule-for", "SKTT")
    reported.answer("procedure", "add", "marriage", "marriage-proof", *texts, *counted)
    reported.answer("case", "step", "1", "verified")
    assert reported.answer("case", "step", "1", "di dukcapil") == (
        "Case 1: At Dukcapil since 2020-09-17 12:00; act until 2020-09-18 12:00.\n"
    )
    assert "Bring the proof." in reported.answer("case", "explain", "marriage")
    shown = json.loads(reported.answer("case", "show", "1", "--format", "json"))
    assert [task["due"] for task in shown["tasks"] if task["code"] == "MARRIAGE_PROOF"] == ["2020-09-19"]
    settle_all(reported)
    assert reported.refused(1, "case", "close", "1").startswith("Case 1 is not done: these steps are not settled yet: ")
    reported.answer("case", "step", "1", "8")
    assert reported.answer("case", "close", "1") == "Case 1: Done since 2020-09-17 12:00.\n"


@pytest.mark.slow
def test_a_step_that_is_added_later_does_not_open_a_case_that_was_done_before(reported: "Timpora") -> None:
    reported.answer("case", "step", "1", "verified")
    settle_all(reported)
    reported.answer("case", "close", "1")
    reported.at("2020-09-18")
    texts = ("--text-id", "Bawa.", "--text-en", "Bring.", "--source", "ours")
    reported.answer("procedure", "add", "marriage", "MARRIAGE_PROOF", *texts)
    assert state(reported) == "DONE"
