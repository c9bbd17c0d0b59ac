"""`timpora status`: the morning's view, and the monitor's question whether cron still runs."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

TELL = ("expiring", "--within", "30d", "--mark", "--format", "csv")
LATER = datetime(2999, 1, 1, tzinfo=UTC)


def shown(timpora: "Timpora", *words: str) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(timpora(*("status", "--format", "json"), *words).out)
    return card


def test_the_morning_of_the_meeting(timpora: "Timpora") -> None:
    timpora.answer("setting", "set", "office_name", "Kantor Imigrasi Contoh")
    assert timpora.answer("status").splitlines() == [
        "47 people present, 11 due, 1 overstay",
        "Office            Kantor Imigrasi Contoh",
        "As of             2020-09-17",
        "Present           47",
        "Valid             28",
        "Due               11",
        "Relief            5",
        "Unknown           1",
        "Overstay          1",
        "Reports due       0",
        "Open cases        3",
        "Late cases        0",
        "Without a permit  1",
    ]


@pytest.mark.one_in(6)
@pytest.mark.parametrize("on", ["2010-01-01", "2019-06-30", "2020-07-20", "2020-09-17", "2020-09-21", "2023-01-01"])
def test_the_numbers_are_those_of_the_list_of_residents(timpora: "Timpora", on: str) -> None:
    people = timpora.rows("resident", "list", "--as-of", on)
    states = Counter(row["state"] for row in people)
    card = shown(timpora, "--as-of", on)
    assert card["present"] == len(people)
    assert card["without_permit"] == states[""]
    for state in ("VALID", "DUE", "RELIEF", "UNKNOWN", "OVERSTAY"):
        assert card[state.lower()] == states[state], state


@pytest.mark.slow
def test_a_wide_window_of_one_class_counts_whom_it_makes_due(timpora: "Timpora") -> None:
    rule = ("--from", "2020-01-01", "--basis", "Contoh 1", "--source", "example.invalid")
    timpora.answer("rule", "add", "window", "400", "--for", "KITAS", *rule)
    people = timpora.rows("resident", "list")
    assert shown(timpora)["due"] == sum(row["state"] == "DUE" for row in people) > 11


@pytest.mark.slow
def test_the_last_marked_run_of_each_reach_is_there(timpora: "Timpora") -> None:
    assert shown(timpora)["last_marked_run"] is None
    timpora.answer(*TELL)
    timpora.answer("expiring", "--before", "besok", "--new", "--mark", "--format", "csv")
    timpora.answer(*TELL, "--new")
    timpora.answer("expiring", "--within", "30d", "--new")  # marks nothing, and so is no run
    card = shown(timpora)
    runs = [(run["subject"], run["reach"], run["on"], run["listed"]) for run in card["marked_runs"]]
    assert runs == [("PERMIT", "30d", "2020-09-17", 0), ("PERMIT", "before +1d", "2020-09-17", 2)]
    assert card["last_marked_run"] == card["marked_runs"][0]["at"]
    assert card["marked_runs"][0]["at"].endswith("+07:00")


# Has cron stopped?


@pytest.mark.slow
def test_a_run_lately_is_not_stale_though_it_listed_nothing(ann: "Timpora") -> None:
    ann.at("2020-01-01").answer(*TELL)
    assert shown(ann, "--stale", "26h")["stale"] is False
    assert ann("status", "--stale", "26h", "--exit-code").code == 0


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("age", ["26h", "2d", "1w", "26 jam"])
def test_a_run_long_ago_is_stale_and_so_is_none(ann: "Timpora", age: str) -> None:
    assert ann("status", "--stale", age, "--exit-code").code == 3
    ann.answer(*TELL)
    assert ann("status", "--stale", age, "--exit-code").code == 0
    ann.clock.machine = LATER
    late = ("status", "--stale", age)
    assert (ann(*late).code, ann(*late, "--exit-code").code) == (0, 3)
    assert shown(ann, "--stale", age)["stale"] is True


@pytest.mark.slow
def test_each_list_and_reach_can_be_asked_about(ann: "Timpora") -> None:
    ann.answer(*TELL)
    ask = ("status", "--stale", "26h", "--exit-code")
    assert ann(*ask, "--within", "30 hari").code == 0
    assert ann(*ask, "--within", "7d").code == 3
    assert ann(*ask, "--passports").code == 3
    ann.answer("expiring", "--passports", "--mark", "--format", "csv")
    assert ann(*ask, "--passports").code == 0


def test_without_stale_nothing_is_said_of_it(ann: "Timpora") -> None:
    assert shown(ann)["stale"] is None
    for option in (("--exit-code",), ("--within", "30d"), ("--passports",)):
        assert f"{option[0]} asks about --stale" in ann.refused(2, "status", *option)


@pytest.mark.parametrize("age", ["26", "soon", "3m", "1y", "-2h", "1e9h", ""])
def test_an_age_is_in_hours_days_or_weeks(ann: "Timpora", age: str) -> None:
    assert "26h" in ann.refused(2, "status", "--stale", age)


@pytest.mark.slow
def test_what_was_known_then_is_what_the_card_showed_then(ann: "Timpora") -> None:
    ann.answer(*TELL)
    told = ann.rows("history", "--last", "1")[0]["at"]
    before = ann.answer("status", "--known-at", told, "--as-of", "2020-09-17")
    ann.answer("resident", "depart", "1", "--on", "2020-09-16")
    ann.answer(*TELL)
    assert ann.answer("status", "--known-at", told, "--as-of", date(2020, 9, 17).isoformat()) == before
