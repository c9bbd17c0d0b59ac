"""`expiring --reports`: which reports of KITAP holders fall due; told once, watched by a monitor, and in a calendar."""

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Timpora

REPORTS = ("expiring", "--reports")
KEYS = [
    "resident_id", "name", "nationality", "passport_number", "class", "permit_number", "expires_on", "effective_until",
    "act_by", "relief", "state", "days_left", "next_report", "last_report", "unlimited", "village", "district",
    "sponsor",
]  # fmt: skip


@pytest.fixture
def holders(empty: "Timpora") -> "Timpora":
    """A register of four KITAP holders and one of a KITAS.

    Without an end: Ann (report by 20 September 2020), Bob (overdue since 1 March 2020), Dee (nobody knows since when).
    With one: Cid, whose permit ends the day before a report would be due. Eve holds a KITAS.
    """

    def build() -> None:
        for number, (name, kind, issued, expires) in enumerate(
            (
                ("Ann", "KITAP", "2015-09-20", "unlimited"),
                ("Bob", "KITAP", "2015-03-01", "unlimited"),
                ("Cid", "KITAP", "2015-09-25", "2020-09-24"),
                ("Dee", "KITAP", "unknown", "unlimited"),
                ("Eve", "KITAS", "2015-09-20", "2020-12-31"),
            ),
            start=1,
        ):
            who = ("--name", f"{name} Invented", "--nationality", "AUS", "--village", "Air Merbau")
            empty.answer("resident", "add", *who)
            printed = ("--number", f"N{number}", "--issued", issued, "--expires", expires)
            empty.answer("permit", "add", str(number), "--class", kind, *printed)

    return empty.prepared(build)


def who(timpora: "Timpora", *words: str) -> list[str]:
    return [row["name"].split()[0] for row in timpora.rows(*REPORTS, *words)]


@pytest.mark.slow
def test_the_reports_in_the_window_soonest_first_with_the_overdue_and_the_unknown(holders: "Timpora") -> None:
    assert who(holders, "--within", "30d") == ["Bob", "Ann", "Dee"]
    assert who(holders, "--before", "2020-09-20") == ["Bob", "Dee"]
    assert who(holders, "--before", "2020-09-21", "--from", "2020-09-01") == ["Ann", "Dee"]
    assert who(holders, "--within", "10y") == ["Bob", "Ann", "Dee"]  # Cid's permit ends before the report
    assert who(holders, "--within", "30d", "--name", "bob") == ["Bob"]


def test_its_columns_and_its_account(holders: "Timpora") -> None:
    rows: list[dict[str, Any]] = json.loads(holders.answer(*REPORTS, "--within", "30d", "--format", "json"))
    assert list(rows[1]) == KEYS
    assert [rows[1][key] for key in ("next_report", "days_left", "act_by")] == ["2020-09-20", 3, "2020-09-18"]
    assert [rows[0][key] for key in ("next_report", "days_left", "act_by")] == ["2020-03-01", -200, "2020-02-28"]
    assert [rows[2][key] for key in ("next_report", "days_left", "act_by")] == [None, None, None]
    assert {(row["expires_on"], row["unlimited"]) for row in rows} == {(None, True)}
    assert holders.answer(*REPORTS, "--within", "30d").splitlines()[-1] == (
        "3 listed + 1 not due + 1 without a KITAP + 0 departed = 5 people known on 2020-09-17."
    )
    assert holders.answer(*REPORTS, "--before", "2020-09-19", "--from", "2020-09-01").splitlines()[-1] == (
        "1 listed + 1 earlier than --from + 2 not due + 1 without a KITAP + 0 departed = 5 people known on 2020-09-17."
    )


@pytest.mark.slow
def test_a_report_that_is_recorded_leaves_the_list_from_its_day_on(holders: "Timpora") -> None:
    holders.answer("permit", "report", "2", "--on", "2020-09-16")
    assert who(holders, "--within", "30d") == ["Ann", "Dee"]
    assert who(holders, "--within", "30d", "--as-of", "2020-09-15") == ["Bob", "Ann", "Dee"]
    assert who(holders, "--before", "2025-09-17") == ["Ann", "Bob", "Dee"]
    holders.answer("permit", "report", "4")
    assert who(holders, "--within", "30d") == ["Ann"]


@pytest.mark.slow
def test_the_rule_row_says_after_how_many_years(holders: "Timpora") -> None:
    rule = ("--for", "KITAP", "--basis", "Contoh 1", "--source", "example.invalid")
    holders.answer("rule", "add", "report-every", "4", *rule, "--from", "2020-09-17")
    assert holders.rows(*REPORTS, "--name", "ann")[0]["next_report"] == "2019-09-20"
    assert holders.rows(*REPORTS, "--name", "ann", "--as-of", "2020-09-16")[0]["next_report"] == "2020-09-20"
    assert "Write --for KITAP" in holders.refused(2, "rule", "add", "report-every", "4", "--for", "KITAS", *rule[2:])
    assert "at most 100" in holders.refused(2, "rule", "add", "report-every", "101", *rule)


def test_without_a_rule_no_report_is_due(holders: "Timpora") -> None:
    (rule,) = [row["rule_id"] for row in holders.rows("rule", "list") if row["kind"] == "REPORT_EVERY_YEARS"]
    holders.answer("rule", "end", rule, "--until", "2020-09-01")
    assert who(holders, "--within", "10y") == []


@pytest.mark.slow
def test_a_report_is_told_once_and_again_when_the_next_falls_due(holders: "Timpora") -> None:
    tell = ("--within", "30d", "--new", "--mark")
    assert who(holders, *tell) == ["Bob", "Ann", "Dee"]
    assert holders.answer(*REPORTS, *tell) == ""
    assert [row["name"] for row in holders.rows("expiring", *tell)] == ["Cid Invented"]
    holders.answer("permit", "report", "2")
    assert holders.answer(*REPORTS, *tell) == ""
    assert who(holders.at("2025-09-01"), *tell) == ["Bob"]
    card = json.loads(holders.answer("status", "--format", "json"))
    assert {run["subject"] for run in card["marked_runs"]} == {"REPORT", "PERMIT"}


def test_a_monitor_watches_them(holders: "Timpora") -> None:
    given = holders(*REPORTS, "--monitor", "--warning", "30d", "--critical", "7d", "--from", "2020-09-01")
    assert given.code == 2
    assert given.out == (
        "TIMPORA CRITICAL - 2 reports fall due within 30d, 2 within 7d, 0 overdue, 1 without a known day"
        " | warning=2;0;;0 critical=2;;0;0 overstays=0;;;0 unknown=1;;;0\n"
    )


@pytest.mark.slow
def test_status_counts_them_and_says_when_they_were_last_told(holders: "Timpora") -> None:
    assert json.loads(holders.answer("status", "--format", "json"))["reports_due"] == 3
    ask = ("status", "--stale", "26h", "--exit-code", "--reports")
    assert holders(*ask).code == 3
    holders.answer(*REPORTS, "--mark", "--format", "csv")
    assert holders(*ask).code == 0
    assert "lists of their own" in holders.refused(2, *ask, "--passports")


def test_one_list_at_a_time(holders: "Timpora") -> None:
    assert "lists of their own" in holders.refused(2, *REPORTS, "--passports")


def events(text: str) -> dict[str, str]:
    """The status of each event of a calendar, by the permit that it is of."""
    found = {}
    for event in text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]:
        uid, status = re.search(r"UID:report-(\d+)@", event), re.search(r"STATUS:(\w+)", event)
        assert uid
        assert status
        found[uid[1]] = status[1]
    return found


@pytest.mark.slow
def test_a_calendar_has_them_and_takes_back_what_was_made(holders: "Timpora", tmp_path: "Path") -> None:
    file = tmp_path / "reports.ics"
    write = (*REPORTS, "--within", "30d", "--output", str(file), "--force")
    holders(*write)
    before = file.read_text(encoding="utf-8")
    assert events(before) == {"1": "CONFIRMED", "2": "CONFIRMED"}
    assert "SUMMARY:KITAP\\, report by 2020-09-20: A. I. (resident 1)" in before
    assert "DTSTART;VALUE=DATE:20200918" in before
    holders.answer("permit", "report", "2")
    holders.answer("permit", "revoke", "1", "--reason", "a made-up reason")
    holders(*write)
    after = file.read_text(encoding="utf-8")
    assert events(after) == {"1": "CANCELLED", "2": "CANCELLED"}
    numbers = [[int(number) for number in re.findall(r"SEQUENCE:(\d+)", text)] for text in (before, after)]
    assert min(numbers[1]) > max(numbers[0])
