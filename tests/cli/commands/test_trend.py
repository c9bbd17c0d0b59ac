"""`timpora trend` on the example register: the visitors stop coming in April 2020, when the borders closed."""

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Golden, Timpora

KEYS = ["month", "at_start", "arrived", "departed", "at_end"]
SIDES = ("class", "sex", "district", "nationality")
FORMATS = {"table": "txt", "plain": "txt", "csv": "csv", "json": "json"}
INDONESIAN = {"class": "kelas", "sex": "Jenis Kelamin", "district": "kecamatan", "nationality": "kewarganegaraan"}


@pytest.mark.parametrize("form", FORMATS)
def test_the_trend_in_each_format(timpora: "Timpora", golden: "Golden", form: str) -> None:
    golden(f"cli_trend_{form}.{FORMATS[form]}", timpora.answer("trend", "--format", form))


@pytest.mark.slow
@pytest.mark.one_in(4)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("side", SIDES)
def test_each_side_in_each_format(timpora: "Timpora", golden: "Golden", side: str, form: str) -> None:
    words = ("trend", "--months", "3", "--by", side, "--format", form, "--as-of", "2020-03-31")
    golden(f"cli_trend_{side}_{form}.{FORMATS[form]}", timpora.answer(*words))


@pytest.mark.slow
def test_the_keys_are_those_that_were_promised(timpora: "Timpora") -> None:
    assert [list(row) for row in timpora.rows("trend")] == [KEYS] * 12
    for side in SIDES:
        rows = json.loads(timpora.answer("trend", "--by", side, "--months", "1", "--format", "json"))
        assert {tuple(row) for row in rows} == {(KEYS[0], side, *KEYS[1:])}


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2020-09-17", "2019-02-28"])
def test_each_month_ends_with_as_many_as_are_counted_on_its_last_day(timpora: "Timpora", day: str) -> None:
    rows = timpora.rows("trend", "--months", "4", "--as-of", day)
    assert rows[-1]["month"] == day[:7]
    ends = [date.fromisoformat(f"{row['month']}-01") - timedelta(days=1) for row in rows[1:]]
    for row, last in zip(rows, [*ends, day], strict=True):
        counted = timpora.rows("counts", "--as-of", str(last))
        assert sum(int(one["total"]) for one in counted) == int(row["at_end"])
        assert int(row["at_start"]) + int(row["arrived"]) - int(row["departed"]) == int(row["at_end"])
    assert [row["at_start"] for row in rows[1:]] == [row["at_end"] for row in rows[:-1]]


def test_the_bars_are_to_one_scale_and_say_what_a_mark_is(timpora: "Timpora") -> None:
    lines = timpora.answer("trend").splitlines()
    assert lines[0].split() == ["Month", "Start", "Arrived", "Departed", "End", "Arrivals"]
    bars = {line.split()[0]: line.count("#") for line in lines[1:13]}
    assert bars == {row["month"]: int(row["arrived"]) for row in timpora.rows("trend")}
    assert lines[13:] == ["", "Each # is one arrival."]
    lines = timpora.answer("trend", "--months", "240").splitlines()
    assert lines[-1] == "Each # is one arrival."


def test_a_long_bar_is_drawn_smaller_and_never_left_out(empty: "Timpora") -> None:
    sheet = empty.db.parent / "people.csv"
    people = [f"Person {number},AUS,X9{number:05},2020-0{8 - (number == 40)}-03" for number in range(41)]
    sheet.write_text("Nama,Kewarganegaraan,No Paspor,Tanggal Kedatangan\n" + "\n".join(people) + "\n", encoding="utf-8")
    assert empty("import", str(sheet), "--map", "Tanggal Kedatangan=arrived").code == 0
    lines = empty.answer("trend", "--months", "3").splitlines()
    assert [line.rpartition("  ")[2].strip() for line in lines[1:3]] == ["#", "##############"]
    assert lines[-1] == "Each # is up to 3 arrivals."


@pytest.mark.slow
def test_the_bars_are_for_people_alone(timpora: "Timpora") -> None:
    for form in ("csv", "tsv", "json", "ndjson"):
        assert "#" not in timpora.answer("trend", "--format", form)
    said = timpora.refused(2, "trend", "--columns", "month,bar", "--format", "csv")
    assert said.startswith('There is no column "bar"')
    assert timpora.answer("trend", "--columns", "month,bar", "--months", "7").splitlines()[1] == "2020-03  #####"


@pytest.mark.slow
@pytest.mark.parametrize("side", [(), *(("--by", side) for side in SIDES)])
def test_no_line_is_wider_than_a_terminal_of_80_columns(
    timpora: "Timpora", typing: "AtTerminal", side: tuple[str, ...]
) -> None:
    words = ("trend", "--as-of", "2020-09-17", *side)
    shown = re.sub("\x1b\\[[0-9;]*m", "", typing(*words, piped=False, columns=80, PAGER="cat").err)
    assert "#" in shown
    assert "Left out" not in shown
    for lines in (shown.splitlines(), timpora.answer(*words).splitlines()):
        assert max(map(len, lines)) <= 80


@pytest.mark.slow
def test_by_a_side_it_is_said_that_who_changes_departs_and_arrives(timpora: "Timpora") -> None:
    said = "Who goes from one row to another departs from one and arrives in the other."
    for side in SIDES:
        lines = timpora.answer("trend", "--by", side, "--months", "7").splitlines()
        assert (said in lines) == (side in {"class", "district"})


@pytest.mark.slow
def test_a_side_is_read_in_its_indonesian_words(timpora: "Timpora") -> None:
    for side, word in INDONESIAN.items():
        words = ("--months", "1", "--format", "csv", "--as-of", "2020-09-17")
        assert timpora.answer("trend", "--by", word, *words) == timpora.answer("trend", "--by", side, *words)
    assert timpora.refused(2, "trend", "--by", "village") == (
        "village is not a known side to count by.\nKnown: district, class, nationality, sex.\n"
    )


def test_the_filters_narrow_a_trend(timpora: "Timpora") -> None:
    (row,) = timpora.rows("trend", "--months", "1", "--class", "KITAS", "--district", "Sijuk")
    assert row["at_end"] == "5"
    assert timpora.refused(4, "trend", "--district", "Sijik").startswith("There is no district Sijik.")
    assert "No such option: --state" in timpora("trend", "--state", "due").err


@pytest.mark.one_in(8)
@pytest.mark.parametrize("typed", ["0", "-1", "1201", "12345678901", "x", "1.5", "", "²"])
def test_a_number_of_months_that_is_none_is_refused(timpora: "Timpora", typed: str) -> None:
    said = timpora.refused(2, "trend", f"--months={typed}")
    assert said.startswith(f'--months "{typed}" is not a number of months. Write a whole number from 1 to 1200')


@pytest.mark.slow
def test_what_was_known_then_is_told_again(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment = timpora.rows("history", "--last", "1")[0]["at"]
    before = timpora.answer("trend")
    timpora.answer("resident", "depart", "1", "--on", "2020-09-02")
    assert timpora.answer("trend") != before
    assert timpora.answer("trend", "--known-at", moment) == before
    assert timpora.rows("trend", "--as-of", "2020-09-01")[-1]["departed"] == "0"


def test_a_trend_goes_into_a_file(timpora: "Timpora") -> None:
    path = timpora.db.parent / "trend.csv"
    timpora.answer("trend", "--output", str(path))
    assert path.read_text(encoding="utf-8") == timpora.answer("trend", "--format", "csv")
