"""`timpora rule`: rules are entered, ended and listed, and every list follows."""

from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.law import RULE_KINDS, For

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


SOURCED = ("--basis", "b", "--source", "s")
COVERED, OPEN_ENDED, OVERSTAYER = "41", "41", "32"


def of_one(timpora: "Timpora", resident: str, on: str, *words: str) -> dict[str, str]:
    """One person's row of the expiry list that reaches furthest."""
    rows = timpora.rows("expiring", "--within", "100y", "--as-of", on, *words)
    (row,) = [row for row in rows if row["resident_id"] == resident]
    return row


@pytest.mark.slow
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
    recorded = timpora.answer(*words)
    rule = recorded.split()[1]
    assert recorded == f"Rule {rule} recorded.\n"
    assert timpora.rows("permit", "list", "--as-of", "2020-09-09") == before
    rows = timpora.rows("permit", "list", "--state", "due", "--as-of", "2020-09-10")
    more = [row for row in rows if row["resident_id"] not in due]
    assert more
    assert {row["class"] for row in more} == {"KITAS"}
    assert timpora.answer("rule", "end", rule, "--until", "2020-09-30") == f"Rule {rule} holds until 2020-09-30.\n"
    again = timpora.rows("permit", "list", "--state", "due", "--as-of", "2020-10-01")
    assert all(int(row["days_left"]) <= 60 for row in again)
    assert timpora.answer("rule", "end", rule) == f"Rule {rule} holds until 2020-09-17.\n"


@pytest.mark.slow
def test_a_fine_is_the_sum_of_the_days_each_at_the_rate_in_force_on_it(timpora: "Timpora") -> None:
    said = timpora.answer(
        "resident", "add", "--name", "Late Invented", "--nationality", "AUS", "--arrived", "2019-01-01"
    )
    late = said.split()[1]
    printed = ("--class", "ITK", "--number", "unknown", "--issued", "2019-03-01", "--expires", "2019-03-31")
    timpora.answer("permit", "add", late, *printed)
    columns = ("--columns", "resident_id,overstay_days,fine,over_limit,fine_terms")
    fines = {
        day: tuple(of_one(timpora, late, day, *columns).values())[1:]
        for day in ("2019-05-02", "2019-05-03", "2019-05-30", "2019-05-31")
    }
    assert fines == {
        "2019-05-02": ("32", "9600000", "", "32 x 300000"),
        "2019-05-03": ("33", "10600000", "", "32 x 300000 + 1 x 1000000"),
        "2019-05-30": ("60", "37600000", "", "32 x 300000 + 28 x 1000000"),  # exactly 60 is not over 60
        "2019-05-31": ("61", "", "60", ""),
    }
    timpora.answer("rule", "add", "overstay-limit", "90", "--from", "2019-05-31", *SOURCED)
    assert of_one(timpora, late, "2019-05-31")["fine"] == "38600000"


@pytest.mark.slow
def test_rules_are_listed_with_those_in_force_on_the_day(timpora: "Timpora") -> None:
    def in_force(*words: str) -> list[str]:
        rows = timpora.rows("rule", "list", *words)
        assert all(row["legal_basis"] and row["source"] and row["verified"] == "false" for row in rows)
        return [row["rule_id"] for row in rows if row["in_force"] == "true" and int(row["rule_id"]) < 10]

    assert in_force() == ["6", "5", "1", "3", "2", "9", "8", "7"]
    assert in_force("--as-of", "2019-05-02") == ["6", "4", "1", "3", "2", "9", "8", "7"]
    assert in_force("--as-of", "2024-12-17") == ["1", "3", "2", "9", "8", "7"]
    assert in_force("--as-of", "2019-05-03") == in_force()
    plain = timpora.answer("rule", "list", "--columns", "rule_id,kind,subject,value,valid_from,valid_until,in_force")
    rates = [line.split()[2:] for line in plain.splitlines() if " OVERSTAY_RUPIAH_A_DAY " in line]
    assert rates == [
        ["300000", "2019-05-02", "no"],
        ["1000000", "2019-05-03", "2024-12-16", "yes"],
        ["1000000", "2024-12-17", "no"],
    ]


@pytest.mark.slow
def test_a_rule_of_every_kind_is_entered_for_what_it_is_for(timpora: "Timpora") -> None:
    subjects = {For.CLASS: ("--for", "itas"), For.MATTER: ("--for", "SKTT"), For.ALL: ()}
    for kind in RULE_KINDS:
        of = ("--for", "itap") if kind.code == "REPORT_EVERY_YEARS" else subjects[kind.subject]
        timpora.answer("rule", "add", kind.word, "2", "--from", "2031-01-01", *of, *SOURCED)
    entered = [row for row in timpora.rows("rule", "list") if row["valid_from"] == "2031-01-01"]
    stored = {For.CLASS: "KITAS", For.MATTER: "SKTT", For.ALL: ""}
    assert {(row["kind"], row["subject"]) for row in entered} == {
        (kind.code, "KITAP" if kind.code == "REPORT_EVERY_YEARS" else stored[kind.subject]) for kind in RULE_KINDS
    }


def test_only_a_number_of_extensions_may_be_zero(timpora: "Timpora") -> None:
    timpora.answer("rule", "add", "extensions", "0", "--for", "BVK", "--from", "2031-01-01", *SOURCED)
    (row,) = [row for row in timpora.rows("rule", "list") if row["valid_from"] == "2031-01-01"]
    assert (row["kind"], row["subject"], row["value"]) == ("EXTENSIONS", "BVK", "0")
    refused = timpora.refused(2, "rule", "add", "term-days", "0", "--for", "BVK", *SOURCED)
    assert refused == "0 is not a whole number above 0. Only a number of extensions may be 0.\n"
