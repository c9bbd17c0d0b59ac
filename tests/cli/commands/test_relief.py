"""`timpora relief`: reliefs are entered, ended, listed and explained, and every list follows."""

import json
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


@pytest.mark.one_in(4)
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


@pytest.mark.slow
def test_a_relief_that_covers_only_some_classes_moves_those_alone(timpora: "Timpora") -> None:
    before = {row["resident_id"]: row for row in timpora.rows("expiring", "--within", "100y", "--as-of", "2020-09-25")}
    timpora.answer(*RELIEF, "ITK")
    after = {row["resident_id"]: row for row in timpora.rows("expiring", "--within", "100y", "--as-of", "2020-09-25")}
    moved = {who for who in before if before[who] != after[who]}
    assert {before[who]["class"] for who in moved} == {"ITK"}


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_relief_is_ended_and_its_holders_are_judged_by_the_day_before(timpora: "Timpora") -> None:
    said = timpora.answer("relief", "end", "itkt-2020-09", "--on", "19/9/2020", "--reason", "a letter came")
    assert said == "Relief ITKT-2020-09 ended on 2020-09-19.\n"
    assert stands(timpora, COVERED, "2020-09-18") == ("RELIEF", "2020-09-20", "")
    assert stands(timpora, COVERED, "2020-09-19") == ("OVERSTAY", "2020-09-18", "1")
    again = timpora.refused(1, "relief", "end", "ITKT-2020-09", "--on", "2020-09-18")
    assert again == "Relief ITKT-2020-09 ended already on 2020-09-19.\n"
    timpora.answer("undo", "--yes")
    assert timpora.answer("relief", "end", "ITKT-2020-07", "--on", "2020-07-15") == (
        "Relief ITKT-2020-07 ended on 2020-07-15.\n"
    )


@pytest.mark.slow
def test_a_relief_that_never_was_in_force_keeps_no_permit_and_no_list_or_reason_says_it(timpora: "Timpora") -> None:
    timpora.at("2020-09-25")
    before = timpora.rows("expiring", "--within", "100y")
    why = timpora.answer("relief", "explain", COVERED)
    timpora.answer(*RELIEF, "ITK")
    assert stands(timpora, COVERED, "2020-09-25") == ("RELIEF", "2020-10-20", "")
    assert timpora.answer("relief", "end", "ITKT-2020-10", "--on", "2020-09-21") == (
        "Relief ITKT-2020-10 ended on 2020-09-21. It never was in force.\n"
    )
    assert timpora.rows("expiring", "--within", "100y") == before
    assert timpora.answer("relief", "explain", COVERED) == why
    (new,) = [row for row in timpora.rows("relief", "list") if row["code"] == "ITKT-2020-10"]
    assert (new["speaks_from"], new["speaks_until"], new["effective_until"]) == ("", "", "")
    listed = timpora.answer("relief", "list", "--columns", "code,speaks_from,speaks_until,effective_until")
    assert [line.split() for line in listed.splitlines() if line.startswith(("ITKT-2020-09", "ITKT-2020-10"))] == [
        ["ITKT-2020-09", "2020-08-18", "2020-09-20"],
        ["ITKT-2020-10", "never"],
    ]
    assert stands(timpora, COVERED, "2020-09-18") == ("RELIEF", "2020-09-20", "")


@pytest.mark.slow
def test_a_relief_that_begins_before_the_one_it_supersedes_says_what_never_was_in_force(timpora: "Timpora") -> None:
    timpora.answer(*RELIEF, "ITK")
    timpora.answer(*("relief", "list"))
    words = [word if word != "2020-09-21" else "2020-09-20" for word in (*POLICY, "--class", "ITK")]
    words[words.index("itkt-2020-09")] = "ITKT-2020-10"
    assert timpora.answer("relief", "add", "ITKT-EARLIER", *words) == (
        "Relief ITKT-EARLIER recorded.\nRelief ITKT-2020-10 thereby never was in force.\n"
    )
    assert "ITKT-2020-10" not in timpora.answer("relief", "explain", COVERED, "--as-of", "2020-09-25")


def test_reliefs_are_listed_in_order_with_their_source(timpora: "Timpora") -> None:
    timpora.answer(
        *RELIEF, "KITAS", "--class", "itap", "--class", "KITAS", "--expired-from", "2020-01-01", "--expired-until",
        "2020-09-19", "--entered-from", "5 Feb 2020", "--entered-until", "2020-03-31", "--in-country-only",
        "--extendable", "no", "--action", "Leave", "--issued", "2020-09-19", "--verified",
    )  # fmt: skip
    rows = timpora.rows("relief", "list")
    assert [row["code"] for row in rows] == [
        "SE-2114-2020", "ITKT-2020-04", "ITKT-2020-07", "ITKT-2020-08", "ITKT-2020-09", "ITKT-2020-10",
        "PERMENKUMHAM-26-2020",
    ]  # fmt: skip
    assert rows[4]["speaks_until"] == "2020-09-21"
    new = json.loads(timpora.answer("relief", "list", "--format", "json"))[-2]
    assert new == {
        "code": "ITKT-2020-10", "name": "ITKT, October", "speaks_from": "2020-09-21", "speaks_until": None,
        "effective_until": "2020-10-20", "classes": "KITAP KITAS", "expired_from": "2020-01-01",
        "expired_until": "2020-09-19", "entered_from": "2020-02-05", "entered_until": "2020-03-31",
        "in_country_only": True, "extendable": "no", "action_required": "Leave", "supersedes": "ITKT-2020-09",
        "legal_basis": "Contoh 1/2020", "source": "example.invalid", "verified": True,
    }  # fmt: skip


@pytest.mark.slow
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
        (2, ("relief", "end", "ITKT-2020-09"), "Missing: --on."),
        (4, ("relief", "end", "X", "--on", "2020-09-01"), "There is no relief X."),
        (1, ("relief", "end", "ITKT-2020-09", "--on", "2020-09-21"), "Relief ITKT-2020-09 keeps no permit valid after"),
        (1, ("relief", "end", "ITKT-2020-07", "--on", "2020-07-22"), "Relief ITKT-2020-07 gave way to another on 2020"),
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
    (unknown,) = asked["36"]
    assert unknown.endswith(", whose last day nobody has recorded: UNKNOWN.")
    assert asked["43"] == ["Aino Keksitty is not present on 2020-09-17."]


@pytest.mark.slow
def test_a_condition_on_the_entry_that_is_not_met_is_told_and_other_reliefs_are_not_named(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", COVERED, "--arrived", "2020-01-31")
    for code, condition in (
        ("R-ENTRY", ("--entered-from", "2020-02-05")),
        ("R-FROM", ("--expired-from", "2020-05-10")),
        ("R-UNTIL", ("--expired-until", "2020-05-08")),
        ("R-SOON", ("--until", "2020-05-09")),
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
    assert "It does not cover this one: the day of entry is not within the policy's.\n" in told
    assert [code for code in ("R-ENTRY", "R-FROM", "R-UNTIL", "R-SOON") if code in told] == ["R-ENTRY"]
    timpora.answer("resident", "edit", COVERED, "--arrived", "")
    told = timpora.answer("relief", "explain", COVERED)
    assert "the day of entry is not recorded, and the policy asks for it." in told


def test_past_sixty_days_the_decision_is_the_officers(timpora: "Timpora") -> None:
    lines = timpora.answer("relief", "explain", COVERED, "--as-of", "2020-11-19").splitlines()
    assert lines[:3] == [
        (
            "On Thursday 19 November 2020, Képzelt Piroska is 60 days past the end of permit 78 (ITK),"
            " Sunday 20 September 2020: OVERSTAY."
        ),
        (
            "Fine: 60 days (Monday 21 September 2020 - Thursday 19 November 2020) x Rp1,000,000 = Rp60,000,000,"
            " by PP 28/2019."
        ),
        (
            "It may be Rp0 in the cases of PP 45/2024 art 7(1): treated mental illness, force majeure, unable to pay,"
            " under deportation, law enforcement, court. The officer decides; the program only computes."
        ),
    ]
    lines = timpora.answer("relief", "explain", COVERED, "--as-of", "2020-11-20").splitlines()
    assert lines[1] == "That is over 60 days: the decision is the officer's."
