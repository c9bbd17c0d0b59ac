"""The law from the command line: reliefs, rules and holidays are entered, ended and listed, and every list follows."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora

ADD = ("relief", "add", "ITKT-2020-10")
POLICY = (
    "--name", "ITKT, October", "--basis", "Contoh 1/2020", "--from", "2020-09-21", "--until", "20 Oktober 2020",
    "--supersedes", "itkt-2020-09", "--source", "example.invalid",
)  # fmt: skip
RELIEF = (*ADD, *POLICY, "--class")
SOURCED = ("--basis", "b", "--source", "s")
COVERED, OPEN_ENDED, OVERSTAYER = "41", "41", "32"


def of_one(timpora: "Timpora", resident: str, on: str, *words: str) -> dict[str, str]:
    """One person's row of the expiry list that reaches furthest."""
    rows = timpora.rows("expiring", "--within", "100y", "--as-of", on, *words)
    (row,) = [row for row in rows if row["resident_id"] == resident]
    return row


def stands(timpora: "Timpora", resident: str, on: str, *words: str) -> tuple[str, str, str]:
    row = of_one(timpora, resident, on, *words)
    return row["state"], row["effective_until"], row["overstay_days"]


# The chain of 2020 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2020-07-13", ("RELIEF", "2020-08-12", "")),
        ("2020-07-21", ("RELIEF", "2020-08-12", "")),
        ("2020-07-22", ("RELIEF", "2020-08-20", "")),
        ("2020-08-12", ("RELIEF", "2020-08-20", "")),
        ("2020-08-17", ("RELIEF", "2020-08-20", "")),
        ("2020-08-18", ("RELIEF", "2020-09-20", "")),
        ("2020-08-20", ("RELIEF", "2020-09-20", "")),
        ("2020-09-17", ("RELIEF", "2020-09-20", "")),
        ("2020-09-20", ("RELIEF", "2020-09-20", "")),
        ("2020-09-21", ("OVERSTAY", "2020-09-20", "1")),
    ],
)
def test_each_day_of_2020_has_the_deadline_that_was_in_force_on_it(
    timpora: "Timpora", on: str, expected: tuple[str, str, str]
) -> None:
    assert stands(timpora, COVERED, on) == expected
    row = timpora.rows("permit", "show", "78", "--as-of", on)[0]
    assert (row["state"], row["effective_until"], row["expires_on"]) == (*expected[:2], "2020-05-09")


@pytest.mark.parametrize("on", ["2020-05-10", "2020-06-01", "2020-07-12"])
def test_while_the_relief_had_no_end_nobody_it_covers_is_on_a_list(timpora: "Timpora", on: str) -> None:
    rows = timpora.rows("expiring", "--within", "100y", "--as-of", on)
    assert COVERED not in [row["resident_id"] for row in rows]
    row = timpora.rows("permit", "show", "78", "--as-of", on)[0]
    assert (row["state"], row["days_left"]) == ("RELIEF", "")


def test_the_printed_day_the_effective_day_and_the_relief_stand_beside_each_other(timpora: "Timpora") -> None:
    row = of_one(timpora, COVERED, "2020-09-17")
    assert (row["expires_on"], row["effective_until"], row["relief"], row["act_by"], row["days_left"]) == (
        "2020-05-09", "2020-09-20", "ITKT deadline 20 September 2020", "2020-09-18", "3",
    )  # fmt: skip
    card = timpora.answer("permit", "show", "78")
    assert "2020-05-09" in card
    assert "ITKT deadline 20 September 2020" in card


# Reliefs entered by an officer ---------------------------------------------------------------------------------------


def test_a_relief_that_covers_only_some_classes_moves_those_alone(timpora: "Timpora") -> None:
    before = {row["resident_id"]: row for row in timpora.rows("expiring", "--within", "100y", "--as-of", "2020-09-25")}
    timpora.answer(*RELIEF, "ITK")
    after = {row["resident_id"]: row for row in timpora.rows("expiring", "--within", "100y", "--as-of", "2020-09-25")}
    moved = {who for who in before if before[who] != after[who]}
    assert {before[who]["class"] for who in moved} == {"ITK"}


def test_a_relief_entered_late_was_not_known_before(timpora: "Timpora") -> None:
    timpora.at("2020-09-25")
    printed = timpora.answer("expiring", "--before", "2020-10-01")
    assert stands(timpora, COVERED, "2020-09-25") == ("OVERSTAY", "2020-09-20", "5")
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment = timpora.rows("history", "--last", "1")[0]["at"]
    assert timpora.answer(*RELIEF, "ITK") == "Relief ITKT-2020-10 recorded.\n"
    assert stands(timpora, COVERED, "2020-09-25") == ("RELIEF", "2020-10-20", "")
    assert timpora.answer("expiring", "--before", "2020-10-01") != printed
    assert timpora.answer("expiring", "--before", "2020-10-01", "--known-at", moment) == printed
    assert stands(timpora, COVERED, "2020-09-25", "--known-at", moment) == ("OVERSTAY", "2020-09-20", "5")


def test_a_relief_is_ended_and_its_holders_are_judged_by_the_day_before(timpora: "Timpora") -> None:
    said = timpora.answer("relief", "end", "itkt-2020-09", "--on", "19/9/2020", "--reason", "a letter came")
    assert said == "Relief ITKT-2020-09 ended on 2020-09-19.\n"
    assert stands(timpora, COVERED, "2020-09-18") == ("RELIEF", "2020-09-20", "")
    assert stands(timpora, COVERED, "2020-09-19") == ("OVERSTAY", "2020-09-18", "1")
    assert timpora.refused(1, "relief", "end", "ITKT-2020-09") == "Relief ITKT-2020-09 ended already on 2020-09-19.\n"
    timpora.at("2020-07-15").answer("undo", "--yes")
    assert timpora.answer("relief", "end", "ITKT-2020-07") == "Relief ITKT-2020-07 ended on 2020-07-15.\n"


def test_reliefs_are_listed_in_order_with_their_source(timpora: "Timpora") -> None:
    timpora.answer(
        *RELIEF, "KITAS", "--class", "itap", "--class", "KITAS", "--expired-from", "2020-01-01", "--expired-until",
        "2020-09-19", "--entered-from", "5 Feb 2020", "--entered-until", "2020-03-31", "--in-country-only",
        "--extendable", "no", "--action", "Leave", "--issued", "2020-09-19", "--verified",
    )  # fmt: skip
    rows = timpora.rows("relief", "list")
    assert [row["code"] for row in rows] == [
        "ITKT-2020-04", "ITKT-2020-07", "ITKT-2020-08", "ITKT-2020-09", "ITKT-2020-10",
    ]  # fmt: skip
    assert rows[3]["speaks_until"] == "2020-09-21"
    new = json.loads(timpora.answer("relief", "list", "--format", "json"))[-1]
    assert new == {
        "code": "ITKT-2020-10", "name": "ITKT, October", "speaks_from": "2020-09-21", "speaks_until": None,
        "effective_until": "2020-10-20", "classes": "KITAP KITAS", "expired_from": "2020-01-01",
        "expired_until": "2020-09-19", "entered_from": "2020-02-05", "entered_until": "2020-03-31",
        "in_country_only": True, "extendable": "no", "action_required": "Leave", "supersedes": "ITKT-2020-09",
        "legal_basis": "Contoh 1/2020", "source": "example.invalid", "verified": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (2, ("relief", "add", "X"), "Missing: --name, --basis, --class, --from, --source."),
        (2, ("relief", "add", " ", *POLICY, "--class", "ITK"), "Missing: CODE."),
        (2, (*RELIEF, "KITTAS"), "KITTAS is not a known class."),
        (2, (*RELIEF, "ITK", "--extendable", "perhaps"), "perhaps is not a known answer."),
        (2, (*RELIEF, "ITK", "--from", "31/2/2020"), '"31/2/2020" is not a date'),
        (4, (*RELIEF, "ITK", "--supersedes", "ITKT-2020-9"), "There is no relief ITKT-2020-9. Did you mean"),
        (1, ("relief", "add", "itkt-2020-09", *POLICY, "--class", "ITK"), "Relief itkt-2020-09 is already on record."),
        (1, (*RELIEF, "ITK", "--supersedes", "ITKT-2020-04"), "Refused, nothing was changed: that relief"),
        (1, (*RELIEF, "ITK", "--until", "2020-01-01"), "Refused, nothing was changed: a relief cannot end"),
        (4, ("relief", "end", "X"), "There is no relief X."),
        (1, ("relief", "end", "ITKT-2020-09", "--on", "2020-08-17"), "ITKT-2020-09 began on 2020-08-18; it cannot"),
        (2, ("relief", "end", "ITKT-2020-09", "--on", "soon"), '"soon" is not a date'),
        (4, ("relief", "explain", "999"), "There is no resident 999."),
        (2, ("rule", "add", "windows", "5"), "windows is not a known kind of rule."),
        (2, ("rule", "add", "window", "5"), "Missing: --basis, --source, --for."),
        (2, ("rule", "add", "window", "0", "--for", "ITK", *SOURCED), "0 is not a whole number"),
        (2, ("rule", "add", "window", "x", "--for", "ITK", *SOURCED), "x is not a whole number"),
        (2, ("rule", "add", "window", "5", "--for", "no", *SOURCED), "no is not a known class."),
        (2, ("rule", "add", "overstay-rate", "5", "--for", "ITK", *SOURCED), "--for ITK says nothing"),
        (4, ("rule", "end", "99"), "There is no rule 99."),
        (2, ("rule", "end", "x"), "x is not the id of a rule."),
        (1, ("rule", "end", "5", "--until", "2019-05-02"), "Refused, nothing was changed: a rule cannot end"),
        (2, ("holiday", "add", "31/2/2020", "x"), '"31/2/2020" is not a date'),
        (1, ("holiday", "add", "2020-01-01", " "), "Refused, nothing was changed: a holiday has a name."),
        (1, ("holiday", "import", "none.csv"), "none.csv cannot be read: No such file or directory."),
        (2, ("holiday", "list", "--year", "20"), "--year 20 is not a year."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_changed(
    timpora: "Timpora", code: int, words: tuple[str, ...], said: str
) -> None:
    before = timpora.db.read_bytes()
    assert timpora.refused(code, *words).startswith(said)
    assert timpora.db.read_bytes() == before


# Why, in sentences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "resident", "on"),
    [
        ("covered", COVERED, "2020-09-17"),
        ("open_ended", OPEN_ENDED, "2020-06-01"),
        ("not_covered_by_class", OVERSTAYER, "2020-09-01"),
        ("overstay", OVERSTAYER, "2020-09-17"),
    ],
)
def test_the_chain_of_reasons_is_told_in_sentences(
    timpora: "Timpora", golden: "Golden", name: str, resident: str, on: str
) -> None:
    golden(f"cli_relief_explain_{name}.txt", timpora.answer("relief", "explain", resident, "--as-of", on))


def test_the_reasons_of_those_without_a_reason_are_told_too(timpora: "Timpora") -> None:
    asked = {
        who: timpora.answer("relief", "explain", who, "--as-of", "2020-09-17").splitlines()
        for who in ("34", "36", "43")
    }
    assert asked["34"] == ["Bahati wa Hekaya holds no permit on Thursday 17 September 2020."]
    assert asked["36"][-1] == "Its state is UNKNOWN until somebody records its last day."
    assert all("It does not cover this permit: its printed end is not known." in line for line in asked["36"][1:-1])
    assert asked["43"] == ["Aino Keksitty is not present on 2020-09-17."]


def test_each_condition_that_keeps_a_relief_from_covering_is_told(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", COVERED, "--arrived", "2020-01-31")
    for code, condition in (
        ("A", ("--entered-from", "2020-02-05")),
        ("B", ("--expired-from", "2020-05-10")),
        ("C", ("--expired-until", "2020-05-08")),
        ("D", ("--until", "2020-05-09")),
    ):
        words = [
            "relief",
            "add",
            code,
            *RELIEF[3:7],
            "--from",
            "2020-04-03",
            "--source",
            "s",
            "--class",
            "ITK",
            *condition,
        ]
        timpora.answer(*words)
    told = timpora.answer("relief", "explain", COVERED)
    for reason in (
        "the day of entry is not within the policy's.",
        "its printed end is before Sunday 10 May 2020, the first that is covered.",
        "its printed end is after Friday 8 May 2020.",
        "its printed end is no earlier than the policy's.",
    ):
        assert f"It does not cover this permit: {reason}\n" in told
    timpora.answer("resident", "edit", COVERED, "--arrived", "")
    told = timpora.answer("relief", "explain", COVERED)
    assert "the day of entry is not recorded, and the policy asks for it." in told


def test_past_sixty_days_the_decision_is_the_officers(timpora: "Timpora") -> None:
    lines = timpora.answer("relief", "explain", COVERED, "--as-of", "2020-11-19").splitlines()
    assert lines[-2:] == [
        "So on Thursday 19 November 2020 it is 60 days past Sunday 20 September 2020.",
        "Fine by the rate in force: Rp60,000,000.",
    ]
    lines = timpora.answer("relief", "explain", COVERED, "--as-of", "2020-11-20").splitlines()
    assert lines[-1] == "That is over 60 days: the decision is the officer's."


# Rules ---------------------------------------------------------------------------------------------------------------


def test_a_new_window_changes_states_from_its_first_day_on(timpora: "Timpora") -> None:
    words = (
        "rule",
        "add",
        "window",
        "90",
        "--for",
        "itas",
        "--from",
        "2020-09-10",
        "--basis",
        "Contoh 2",
        "--source",
        "x",
    )
    before = timpora.rows("permit", "list", "--as-of", "2020-09-09")
    due = [row["resident_id"] for row in timpora.rows("permit", "list", "--state", "due", "--as-of", "2020-09-10")]
    assert timpora.answer(*words) == "Rule 10 recorded.\n"
    assert timpora.rows("permit", "list", "--as-of", "2020-09-09") == before
    rows = timpora.rows("permit", "list", "--state", "due", "--as-of", "2020-09-10")
    more = [row for row in rows if row["resident_id"] not in due]
    assert more
    assert {row["class"] for row in more} == {"KITAS"}
    assert timpora.answer("rule", "end", "10", "--until", "2020-09-30") == "Rule 10 holds until 2020-09-30.\n"
    again = timpora.rows("permit", "list", "--state", "due", "--as-of", "2020-10-01")
    assert all(int(row["days_left"]) <= 60 for row in again)
    assert timpora.answer("rule", "end", "10") == "Rule 10 holds until 2020-09-17.\n"


def test_fines_are_by_the_rate_in_force_on_the_day(timpora: "Timpora") -> None:
    said = timpora.answer(
        "resident", "add", "--name", "Late Invented", "--nationality", "AUS", "--arrived", "2019-01-01"
    )
    late = said.split()[1]
    printed = ("--class", "ITK", "--number", "unknown", "--issued", "2019-03-01", "--expires", "2019-03-31")
    timpora.answer("permit", "add", late, *printed)
    fines = {
        day: (of_one(timpora, late, day)["overstay_days"], of_one(timpora, late, day)["fine"])
        for day in ("2019-05-02", "2019-05-03", "2019-05-30", "2019-05-31")
    }
    assert fines == {
        "2019-05-02": ("32", "9600000"), "2019-05-03": ("33", "33000000"),
        "2019-05-30": ("60", "60000000"), "2019-05-31": ("61", "over 60"),
    }  # fmt: skip
    timpora.answer("rule", "add", "overstay-limit", "90", "--from", "2019-05-31", *SOURCED)
    assert of_one(timpora, late, "2019-05-31")["fine"] == "61000000"


def test_rules_are_listed_with_those_in_force_on_the_day(timpora: "Timpora") -> None:
    def in_force(*words: str) -> list[str]:
        rows = timpora.rows("rule", "list", *words)
        assert len(rows) == 9
        return [row["rule_id"] for row in rows if row["in_force"] == "true"]

    assert in_force() == ["6", "5", "1", "3", "2", "9", "8", "7"]
    assert in_force("--as-of", "2019-05-02") == ["6", "4", "1", "3", "2", "9", "8", "7"]
    assert in_force("--as-of", "2019-05-03") == in_force()
    plain = timpora.answer("rule", "list", "--columns", "rule_id,kind,subject,value,valid_from,valid_until,in_force")
    assert plain.splitlines()[2:4] == [
        "   4  OVERSTAY_RUPIAH_A_DAY                     300000              2019-05-02  no",
        "   5  OVERSTAY_RUPIAH_A_DAY                    1000000  2019-05-03              yes",
    ]


# Holidays ------------------------------------------------------------------------------------------------------------


def test_the_day_to_act_by_passes_over_the_holidays_that_were_loaded(timpora: "Timpora", tmp_path: Path) -> None:
    assert of_one(timpora, COVERED, "2020-09-17")["act_by"] == "2020-09-18"
    said = timpora.answer("holiday", "add", "18 Sept 2020", "Cuti rekaan", "--source", "SKB rekaan")
    assert said == "Holiday recorded: Friday 18 September 2020, Cuti rekaan.\n"
    assert of_one(timpora, COVERED, "2020-09-17")["act_by"] == "2020-09-17"
    assert timpora.answer("holiday", "add", "2020-09-18", "Cuti rekaan") == (
        "That holiday was already recorded: Friday 18 September 2020, Cuti rekaan.\n"
    )
    sheet = tmp_path / "libur.csv"
    sheet.write_text("tanggal,nama\n17/9/2020,Libur rekaan\n18/9/2020,Cuti rekaan\n")
    assert timpora.answer("holiday", "import", str(sheet)) == "1 holidays new.\n"
    assert timpora.answer("holiday", "import", str(sheet)) == "0 holidays new.\n"
    assert of_one(timpora, COVERED, "2020-09-17")["act_by"] == "2020-09-16"
    assert timpora.answer("holiday", "list", "--year", "2020") == (
        "Day         Name          Source\n2020-09-17  Libur rekaan  libur.csv\n2020-09-18  Cuti rekaan   SKB rekaan\n"
    )
    assert timpora.answer("holiday", "list", "--year", "2021") == ""
    assert "on Wednesday 16 September 2020" not in timpora.answer("relief", "explain", COVERED)
    assert "Act by Wednesday 16 September 2020, the last working day." in timpora.answer("relief", "explain", COVERED)
