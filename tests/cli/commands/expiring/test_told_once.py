"""`expiring --new --mark`: a cron job tells each permit once for each reach, and never loses one."""

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import AtTerminal, Real, Timpora
    from tests.conftest import AtOnce

TOLD = ("expiring", "--new", "--mark", "--within", "30d")
MONTH = ("expiring", "--within", "30d")


def told(timpora: "Timpora", *words: str) -> list[str]:
    """The names that a run of the cron line lists; it marks them."""
    printed = timpora.answer(*(words or TOLD), "--format", "csv")
    return [row["name"] for row in csv.DictReader(printed.splitlines())]


def marks(timpora: "Timpora") -> list[tuple[str, str, str, int, int]]:
    with closing(sqlite3.connect(timpora.db)) as connection:
        query = """
        SELECT subject, threshold, on_day, listed, count(expiry_mark.id)
        FROM expiry_run LEFT JOIN expiry_mark ON run_id = expiry_run.id GROUP BY expiry_run.id
        """
        return connection.execute(query).fetchall()


# Once, and again


@pytest.mark.slow
def test_what_was_told_is_told_once(ann: "Timpora") -> None:
    assert told(ann) == ["Ann Invented"]
    assert ann.answer(*TOLD) == ""
    assert ann.at("2020-09-18").answer(*TOLD) == ""
    assert [row["name"] for row in ann.rows(*MONTH)] == ["Ann Invented"]


@pytest.mark.slow
def test_each_reach_tells_for_itself(ann: "Timpora") -> None:
    week = ("expiring", "--new", "--mark", "--within", "7d")
    assert told(ann) == ["Ann Invented"]
    assert told(ann, *week) == []
    ann.at("2020-09-23")
    assert told(ann, *week) == ["Ann Invented"]
    assert told(ann, *week) == []


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("--within", "2w"), ("--within", "14 hari")),
        (("--within", "30d"), ()),
        (("--before", "besok"), ("--before", "+1d")),
        (("--before", "akhir bulan"), ("--before", "EOM")),
        (("--before", "1 Oktober 2020"), ("--before", "2020-10-01")),
    ],
)
def test_one_reach_in_two_spellings_is_one_reach(ann: "Timpora", one: tuple[str, ...], other: tuple[str, ...]) -> None:
    ann.at("2020-09-30")
    ann.answer("expiring", "--new", "--mark", *one)
    assert ann.answer("expiring", "--new", *other) == ""


@pytest.mark.slow
def test_new_alone_marks_nothing_and_mark_alone_lists_all(ann: "Timpora") -> None:
    before = ann.db.read_bytes()
    assert told(ann, *MONTH, "--new") == told(ann, *MONTH, "--new") == ["Ann Invented"]
    assert ann.db.read_bytes() == before
    assert told(ann, *MONTH, "--mark") == told(ann, *MONTH, "--mark") == ["Ann Invented"]
    assert marks(ann) == [("PERMIT", "30d", "2020-09-17", 1, 1), ("PERMIT", "30d", "2020-09-17", 1, 0)]
    assert told(ann) == []


@pytest.mark.slow
def test_missed_runs_are_caught_up_also_past_the_end(ann: "Timpora") -> None:
    assert told(ann.at("2020-08-01")) == []
    assert told(ann.at("2020-11-15")) == ["Ann Invented"]


@pytest.mark.slow
def test_a_renewal_is_told_when_it_ends_in_its_turn(ann: "Timpora") -> None:
    told(ann)
    ann.answer("permit", "extend", "1", "--number", "2C21DEMO9002", "--expires", "2021-03-31")
    assert told(ann) == []
    assert told(ann.at("2021-03-01")) == ["Ann Invented"]
    assert told(ann) == []


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize("expires", ["2020-09-29", "2020-10-02"])
def test_a_correction_of_the_end_is_told_again_also_once_it_has_come_back(ann: "Timpora", expires: str) -> None:
    told(ann)
    (printed,) = [row["expires_on"] for row in ann.rows(*MONTH)]
    ann.answer("permit", "edit", "1", "--expires", expires)
    assert told(ann) == ["Ann Invented"]
    assert told(ann) == []
    ann.answer("permit", "edit", "1", "--expires", "2020-09-30" if printed != "2020-09-30" else "2020-09-28")
    ann.answer("permit", "edit", "1", "--expires", expires)
    assert told(ann) == ["Ann Invented"]
    assert told(ann) == []


@pytest.mark.slow
def test_a_correction_that_leaves_the_end_is_told_no_more(ann: "Timpora") -> None:
    told(ann)
    ann.answer("permit", "edit", "1", "--number", "2C21DEMO9009")
    assert told(ann) == []


@pytest.mark.slow
def test_a_relief_withdrawn_after_the_telling_is_told_again_before_the_overstay(ann: "Timpora") -> None:
    relief = ("--name", "Made up", "--basis", "Contoh 1", "--class", "KITAS", "--source", "example.invalid")
    ann.answer("relief", "add", "MADE-UP", *relief, "--from", "2020-09-01", "--until", "2020-10-10")
    assert told(ann) == ["Ann Invented"]
    ann.answer("relief", "end", "MADE-UP", "--on", "2020-09-17")
    assert told(ann) == ["Ann Invented"]
    assert told(ann) == []


@pytest.mark.slow
def test_a_relief_that_moves_the_end_is_told_again_and_so_is_its_own_end(ann: "Timpora") -> None:
    told(ann)
    relief = ("--name", "Made up", "--basis", "Contoh 1", "--class", "KITAS", "--source", "example.invalid")
    ann.answer("relief", "add", "MADE-UP", *relief, "--from", "2020-09-17", "--until", "2020-10-10")
    assert told(ann) == ["Ann Invented"]
    assert told(ann) == []
    ann.answer("relief", "end", "MADE-UP", "--on", "2020-10-05")
    assert told(ann.at("2020-10-06")) == ["Ann Invented"]


def test_who_has_left_is_told_no_more(ann: "Timpora") -> None:
    ann.answer("resident", "depart", "1", "--on", "2020-09-16")
    assert told(ann) == []


@pytest.mark.slow
def test_an_end_that_nobody_knows_is_told_once_and_again_when_it_is_known(ann: "Timpora") -> None:
    ann.answer("permit", "edit", "1", "--expires", "")
    assert told(ann) == ["Ann Invented"]
    assert told(ann) == []
    ann.answer("permit", "edit", "1", "--expires", "2020-10-01")
    assert told(ann) == ["Ann Invented"]


@pytest.mark.slow
def test_one_job_for_each_district_tells_everyone_once(timpora: "Timpora") -> None:
    everyone = {row["name"] for row in timpora.rows(*MONTH)}
    districts = {row["district"] for row in timpora.rows(*MONTH) if row["district"]}
    by_district = [name for district in sorted(districts) for name in told(timpora, *TOLD, "--district", district)]
    rest = told(timpora)
    assert sorted(by_district + rest) == sorted(everyone)
    assert rest == [row["name"] for row in timpora.rows(*MONTH) if not row["district"]]


def test_the_closing_line_says_how_many_were_told_before(timpora: "Timpora") -> None:
    told(timpora, *TOLD, "--district", "Tanjungpandan")
    assert timpora.answer(*MONTH, "--new").splitlines()[-1] == (
        "13 listed + 5 told before + 28 not due + 1 without a permit + 2 departed = 49 people known on 2020-09-17."
    )


@pytest.mark.slow
def test_only_what_the_limit_let_through_is_marked(timpora: "Timpora") -> None:
    everyone = [row["name"] for row in timpora.rows(*MONTH, "--sort", "name")]
    assert told(timpora, *TOLD, "--sort", "name", "--limit", "5") == everyone[:5]
    assert told(timpora, *TOLD, "--sort", "name") == everyone[5:]


@pytest.mark.slow
def test_passports_are_told_for_themselves(timpora: "Timpora") -> None:
    passports = ("expiring", "--passports", "--within", "2y", "--new", "--mark")
    permits = told(timpora, "expiring", "--within", "2y", "--new", "--mark")
    found = told(timpora, *passports)
    assert found
    assert permits
    assert told(timpora, *passports) == []
    with closing(sqlite3.connect(timpora.db)) as connection:
        (holder,) = connection.execute("SELECT id FROM resident WHERE full_name = ?", (found[0],)).fetchone()
    timpora.answer("resident", "edit", str(holder), "--passport-expires", "2020-12-31")
    assert told(timpora, *passports) == [found[0]]


# What is recorded


@pytest.mark.slow
def test_a_run_that_listed_nothing_is_recorded_and_prints_nothing_at_all(ann: "Timpora") -> None:
    ann.at("2020-01-01")
    for _run in range(2):
        answer = ann(*TOLD, "--title", "Permits that end")
        assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert marks(ann) == [("PERMIT", "30d", "2020-01-01", 0, 0)] * 2


@pytest.mark.slow
def test_the_exit_code_says_that_there_was_something_and_it_is_marked_all_the_same(ann: "Timpora") -> None:
    assert ann(*TOLD, "--exit-code").code == 3
    assert ann(*TOLD, "--exit-code").code == 0


@pytest.mark.slow
def test_a_run_is_a_change_in_the_log_and_the_register_is_whole(ann: "Timpora") -> None:
    told(ann)
    officer, command, _reason = ann.changes()[-1]
    assert (officer, command) == ("a made-up officer", "expiring --within --new --mark --format")
    assert ann.answer("verify").splitlines()[-1].startswith("Whole.")
    rows = ann.rows("history", "--last", "1")
    assert {row["table"] for row in rows} == {"expiry_run"}
    assert {row["field"]: row["after"] for row in rows}["listed"] == "1"


@pytest.mark.slow
def test_an_officers_undo_passes_over_the_runs_and_one_by_number_tells_again(ann: "Timpora") -> None:
    ann.answer("permit", "edit", "1", "--expires", "2020-09-29")
    told(ann)
    run = ann.rows("history", "--last", "1")[0]["change"]
    assert "2020-09-29" in ann("undo", "--yes").out
    assert told(ann) == ["Ann Invented"]  # the correction was taken back: another end
    ann.answer("undo", run, "--yes")
    assert ann.answer("verify").splitlines()[-1].startswith("Whole.")
    run = ann.rows("history", "--last", "2")[-1]["change"]
    ann.answer("undo", run, "--yes")
    assert told(ann) == ["Ann Invented"]


@pytest.mark.slow
def test_a_permit_that_was_told_can_still_be_taken_back(ann: "Timpora") -> None:
    told(ann)
    assert ann("undo", "--yes").code == 0
    assert ann.rows("permit", "list") == []


@pytest.mark.slow
def test_what_was_new_at_a_moment_can_be_listed_again(ann: "Timpora") -> None:
    told(ann)
    runs = ann.rows("history", "--last", "2")
    before, after = runs[-1]["at"], runs[0]["at"]
    assert told(ann, *MONTH, "--new", "--known-at", before) == ["Ann Invented"]
    assert told(ann, *MONTH, "--new", "--known-at", after) == []
    assert "--known-at asks what was known before" in ann.refused(2, *TOLD, "--known-at", before)


@pytest.mark.slow
def test_a_person_at_a_terminal_hears_what_was_marked_and_how_to_take_it_back(
    ann: "Timpora", typing: "AtTerminal"
) -> None:
    line = (*TOLD, "--as-of", "2020-09-17", "--format", "csv", "--columns", "name")
    for marked, rows in ((1, "name\nAnn Invented\n"), (0, "name\n")):
        answer = typing(*line, db=ann.db)
        run = ann.rows("history", "--last", "1")[0]["change"]
        assert answer.out == rows
        assert answer.err == f"{marked} newly marked as told (30d). Take that back with: timpora undo {run}\n"
    ann.answer("undo", str(int(run) - 1), "--yes")
    assert told(ann) == ["Ann Invented"]


# Nothing is marked that was not delivered


@pytest.mark.slow
@pytest.mark.parametrize(
    ("around", "code"), [("> /dev/full", 1), (">&-", 1), ("| true", 0), ("| head -c 9", 0)], ids=repr
)
def test_what_was_not_delivered_whole_is_told_at_the_next_run(
    timpora: "Timpora", real: "Real", around: str, code: int
) -> None:
    # More than a pipe holds, so that a reader who leaves is noticed.
    wide = ("--title", "李" * 32_000)
    line = (*TOLD, *wide, "--as-of", "2020-09-17")
    assert real("--db", timpora.db, *line, around=around).code == code
    assert marks(timpora) == []
    assert len(told(timpora)) == 18


@pytest.mark.slow
def test_a_file_that_cannot_be_written_marks_nothing_and_one_that_can_marks(ann: "Timpora", tmp_path: "Path") -> None:
    assert ann(*TOLD, "--output", str(tmp_path / "nowhere" / "list.csv")).code == 1
    assert marks(ann) == []
    ann.answer(*TOLD, "--output", str(tmp_path / "list.csv"))
    assert marks(ann) == [("PERMIT", "30d", "2020-09-17", 1, 1)]


A_RUN = """
import os, sys
from timpora_cli.cli.app import answered
import timpora_cli.cli.commands.expiring, timpora_cli.store.migrate
ready()
sys.stdin = open(os.devnull)
sys.argv = ["timpora", "--db", sys.argv[1], "expiring", "--new", "--mark", "--within", "30d", "--as-of", "2020-09-17",
            "--columns", "resident_id", "--format", "csv"]
sys.exit(answered())
"""


@pytest.mark.parametrize("times", [2, pytest.param(6, marks=pytest.mark.slow)])
def test_of_several_runs_at_once_one_tells_each_person(timpora: "Timpora", at_once: "AtOnce", times: int) -> None:
    everyone = sorted(row["resident_id"] for row in timpora.rows(*MONTH))
    answers = at_once(A_RUN, timpora.db, times=times)
    printed = [line for answer in answers for line in answer.splitlines() if line.isdigit()]
    assert sorted(printed) == everyone
    assert len(marks(timpora)) == times


@pytest.mark.slow
def test_while_the_register_is_being_changed_a_run_waits_and_then_says_so(
    ann: "Timpora",
) -> None:
    with closing(sqlite3.connect(ann.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "is busy" in ann.refused(5, "--wait", "0.05", *TOLD)
    assert told(ann) == ["Ann Invented"]


# A heading


def test_a_title_stands_above_a_list_that_is_not_empty(ann: "Timpora") -> None:
    lines = ann.answer(*MONTH, "--title", "Ends [red]soon", "--columns", "name").splitlines()
    assert lines[:4] == ["Ends [red]soon", "", "Name", "Ann Invented"]
    assert ann.answer("resident", "list", "--title", "People").startswith("People\n\n")


@pytest.mark.parametrize("machine", ["csv", "tsv", "json", "ndjson"])
def test_a_machine_format_has_no_title(ann: "Timpora", machine: str) -> None:
    assert "A machine format has none" in ann.refused(2, *MONTH, "--title", "x", "--format", machine)


def test_a_title_is_not_empty_and_a_file_for_people_has_one(ann: "Timpora", tmp_path: "Path") -> None:
    assert "--title is empty" in ann.refused(2, *MONTH, "--title", " ")
    ann.answer(*MONTH, "--title", "Ends soon", "--output", str(tmp_path / "list.txt"))
    assert (tmp_path / "list.txt").read_text().startswith("Ends soon\n\n")
    assert "A machine format" in ann.refused(2, *MONTH, "--title", "x", "--output", str(tmp_path / "list.csv"))
