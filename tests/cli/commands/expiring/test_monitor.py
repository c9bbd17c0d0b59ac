"""`expiring --monitor`: what a monitoring system reads, and that every error is UNKNOWN to it."""

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Real, Timpora

MONITOR = ("expiring", "--monitor", "--warning", "30d", "--critical", "7d")
# A status word, a sentence without the mark of the data, then label=value;warn;crit;min once or more.
LINE = re.compile(r"TIMPORA (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+( \|( \w+=\d+;\d*;\d*;\d+)+)?\n")


def data(answer: "Answer") -> dict[str, int]:
    assert LINE.fullmatch(answer.out)
    return {label: int(value) for label, value in re.findall(r"(\w+)=(\d+)", answer.out)}


def test_the_line_in_full(ann: "Timpora") -> None:
    answer = ann.at("2020-09-25")(*MONITOR)
    assert (answer.code, answer.err) == (2, "")
    assert answer.out == (
        "TIMPORA CRITICAL - 1 permit ends within 30d, 1 within 7d, 0 past the end, 0 without a known end"
        " | warning=1;0;;0 critical=1;;0;0 overstays=0;;;0 unknown=0;;;0\n"
    )


@pytest.mark.parametrize(
    ("today", "code", "word"),
    [
        ("2020-08-30", 0, "OK"),
        ("2020-08-31", 1, "WARNING"),
        ("2020-09-22", 1, "WARNING"),
        ("2020-09-23", 2, "CRITICAL"),
        ("2020-09-30", 2, "CRITICAL"),
        ("2020-10-01", 2, "CRITICAL"),
    ],
)
def test_the_state_follows_the_days_left(ann: "Timpora", today: str, code: int, word: str) -> None:
    answer = ann.at(today)(*MONITOR)
    assert (answer.code, answer.out.split()[1]) == (code, word)


def test_the_numbers_are_those_of_the_lists(timpora: "Timpora") -> None:
    answer = timpora(*MONITOR)
    month, week = timpora.rows("expiring", "--within", "30d"), timpora.rows("expiring", "--within", "7d")
    states = [row["state"] for row in month]
    assert data(answer) == {
        "warning": len(month),
        "critical": len(week),
        "overstays": states.count("OVERSTAY"),
        "unknown": states.count("UNKNOWN"),
    }
    assert data(answer)["overstays"] > 0
    assert data(answer)["unknown"] > 0


def test_filters_and_from_narrow_what_alarms(timpora: "Timpora") -> None:
    assert data(timpora(*MONITOR, "--class", "DINAS"))["critical"] == 1
    late = timpora(*MONITOR, "--class", "DINAS", "--from", "2020-09-17")
    assert (late.code, data(late)["critical"]) == (0, 0)


def test_passports_are_watched_too(timpora: "Timpora") -> None:
    answer = timpora("expiring", "--monitor", "--passports", "--warning", "2y", "--critical", "7d")
    assert data(answer)["warning"] == len(timpora.rows("expiring", "--passports", "--within", "2y"))
    assert "passports end within 24m" in answer.out


@pytest.mark.slow
def test_without_thresholds_they_are_the_offices_window_and_a_week(timpora: "Timpora") -> None:
    assert timpora("expiring", "--monitor") == timpora(*MONITOR)
    timpora.answer("setting", "set", "default_window", "60d")
    assert timpora("expiring", "--monitor") == timpora("expiring", "--monitor", "--warning", "60d")


def test_a_monitor_writes_nothing(timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    timpora(*MONITOR)
    assert timpora.db.read_bytes() == before


# Whatever goes wrong is UNKNOWN, on stdout, with exit 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--warning", "soon"), '"soon" is not a length of time'),
        (("--warning", "7d", "--critical", "30d"), "--critical 30d reaches further than --warning 7d"),
        (("--within", "30d"), "Leave --within out"),
        (("--new",), "Leave --new out"),
        (("--mark",), "Leave --mark out"),
        (("--format", "csv"), "Leave --format out"),
        (("--exit-code",), "Leave --exit-code out"),
        (("--title", "x"), "Leave --title out"),
        (("--bogus",), "No such option: --bogus"),
        (("--district", "Tanjungpadan"), "Did you mean Tanjungpandan?"),
        (("--as-of", "31/2/2020"), "is not a date"),
        (("--lang", "xx"), '"xx" is no language of timpora'),
        (("left", "over"), "Got unexpected extra argument"),
        (("--db", "/nonexistent/register.db"), "There is no register at /nonexistent/register.db."),
    ],
)
def test_an_error_is_unknown_to_the_monitor(
    timpora: "Timpora", real: "Real", words: tuple[str, ...], said: str
) -> None:
    answer = real("expiring", "--monitor", *words, TIMPORA_DB=str(timpora.db))
    assert (answer.code, answer.err) == (3, "")
    assert answer.out.startswith("TIMPORA UNKNOWN - ")
    assert said in answer.out
    assert LINE.fullmatch(answer.out)


@pytest.mark.slow
def test_options_before_the_command_are_the_monitors_too(timpora: "Timpora", real: "Real") -> None:
    assert real("--db", "/nonexistent", "expiring", "--monitor").code == 3
    assert real("--bogus", "expiring", "--monitor").code == 3
    assert real("--db", timpora.db, "--as-of", "2020-09-17", *MONITOR).code == 2


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--bogus",), "No such option: --bogus"),
        (("--lang", "xx"), '"xx" is no language of timpora'),
        (("--officer", " "), "nothing is written there"),
    ],
    ids=["no option", "no language", "no officer"],
)
def test_a_wrong_option_before_the_command_is_unknown_to_the_monitor(
    timpora: "Timpora", real: "Real", words: tuple[str, ...], said: str
) -> None:
    answer = real("--db", timpora.db, *words, *MONITOR)
    assert (answer.code, answer.err) == (3, "")
    assert answer.out.startswith("TIMPORA UNKNOWN - ")
    assert said in answer.out
    assert LINE.fullmatch(answer.out)


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "resident list --name expiring --monitor",
        "permit list --sponsor expiring --monitor",
        "history expiring --monitor",
        "counts --monitor",
        "counts expiring --monitor",
        "--monitor expiring",
        "--monitor",
        "--db expiring --monitor",
        "--db expiring --monitor counts",
        "--bogus resident list --name expiring --monitor",
        "--bogus counts expiring --monitor",
        "--lang xx resident show expiring --monitor",
        "expiring -- --monitor",
        "--bogus expiring -- --monitor",
        "-- expiring -- --monitor",
    ],
)
def test_the_words_of_a_monitor_elsewhere_are_wrong_usage(timpora: "Timpora", real: "Real", line: str) -> None:
    answer = real(*line.split(), TIMPORA_DB=str(timpora.db))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


@pytest.mark.slow
def test_an_answer_that_the_monitor_never_got_is_unknown(timpora: "Timpora", real: "Real") -> None:
    for around in ("> /dev/full", ">&-"):
        assert real("--db", timpora.db, *MONITOR, around=around).code == 3
        assert real("--bogus", *MONITOR, around=around).code == 3


@pytest.mark.slow
def test_a_damaged_register_is_unknown(timpora: "Timpora", real: "Real") -> None:
    timpora.db.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    answer = real("--db", timpora.db, *MONITOR)
    assert (answer.code, answer.out.split()[1]) == (3, "UNKNOWN")


@pytest.mark.parametrize("option", ["--warning", "--critical"])
def test_a_threshold_without_the_monitor_is_refused(timpora: "Timpora", option: str) -> None:
    assert f"{option} is a threshold of --monitor" in timpora.refused(2, "expiring", option, "30d")
