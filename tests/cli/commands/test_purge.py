"""`timpora purge`: who is gone is forgotten, every past day is counted as before, and the history stays whole."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

LATER = "2031-09-17"
BEFORE = ("--closed-before", "2021-01-01", "--reason", "consent of ANRI, letter B-1")
DAYS = ("2019-09-01", "2020-03-15", "2020-07-07", "2020-09-17")
SIDES = ("district", "village", "class", "sex", "nationality", "purpose")


def counted(timpora: "Timpora", *words: str) -> Iterator[str]:
    """What is counted of the past: every side of every day, the months, and what was done in one."""
    for day in DAYS:
        for side in SIDES:
            yield timpora.answer("counts", "--by", side, "--as-of", day, *words)
        yield timpora.answer("trend", "--by", "nationality", "--as-of", day, *words)
    for month in ("2020-03", "2020-07"):
        yield timpora.answer("report", "monthly", "--month", month, *words)


def text_of(timpora: "Timpora") -> bytes:
    return timpora.db.read_bytes()


def first_words(lines: list[str]) -> list[str]:
    """The headings' first word and the ids of a list, up to the blank line below it."""
    return [line.split()[0] for line in lines[: lines.index("")]]


@pytest.fixture
def gone(timpora: "Timpora") -> "Timpora":
    """The example eleven years later: 31 and 43 have left, with texts about them wherever a text may be."""

    def build() -> None:
        told = ("--contact", "MARK-CONTACT", "--niora", "MARKNIORA1", "--note", "MARK-FIRST-NOTE")
        timpora.answer("resident", "edit", "31", *told)
        timpora.answer("resident", "edit", "31", "--name", "Zana Mark Invented", "--note", "MARK-NOTE")
        timpora.answer("permit", "edit", "44", "--number", "MARKPERMIT1")
        opened = ("--village", "Parit", "--by", "Lurah", "--reported", "2020-03-01", "--text", "MARK-REPORT")
        timpora.answer("case", "open", "other", *opened, "--resident", "31")
        timpora.answer("case", "close", "4", "--as", "rejected", "--note", "MARK-CASE-NOTE")
        seen = ("--on", "2020-02-01", "--officers", "Contoh", "--letter", "W-9", "--letter-on", "2020-02-01")
        timpora.answer("inspection", "add", "31", *seen, "--finding", "MARK-FINDING", "--address-found", "MARK-ADDRESS")
        shared = "the room of Zana Mark Invented is free now"
        timpora.answer("inspection", "add", "1", "31", *seen, "--finding", shared)
        timpora.answer(
            "resident", "edit", "2", "--note", "a friend of zana mark invented", "--reason", "Zana Mark Invented"
        )
        timpora.answer("resident", "add", "--name", "Removed Mark Invented", "--nationality", "AUS")
        timpora.answer("resident", "remove", "50", "--yes")

    return timpora.prepared(build).at(LATER)


def test_a_dry_run_names_them_and_changes_no_byte(gone: "Timpora") -> None:
    before = text_of(gone)
    given = gone("purge", *BEFORE)
    assert (given.code, given.err, first_words(given.lines)) == (0, "", ["Id", "31", "43"])
    assert "The data of 2 people would be purged. Nothing was changed: this was a dry run." in given.lines[-1]
    assert "the consent of ANRI" in given.lines[-1]
    assert [row["resident_id"] for row in gone.rows("purge", *BEFORE)] == ["31", "43"]
    assert text_of(gone) == before


@pytest.mark.slow
def test_nothing_of_them_is_left_in_the_file_and_every_past_day_is_counted_as_before(gone: "Timpora") -> None:
    moment = gone.rows("history", "--last", "1")[0]["at"]
    before, known = list(counted(gone)), list(counted(gone, "--known-at", moment))
    others = [gone.answer("resident", "show", who, "--as-of", "2020-09-17") for who in ("1", "26", "32")]
    given = gone("purge", *BEFORE, "--yes")
    assert (given.code, given.err, first_words(given.lines)) == (0, "", ["Id", "31", "43"])
    assert given.lines[-1].startswith("The data of 2 people was purged by change ")
    assert list(counted(gone)) == before
    assert list(counted(gone, "--known-at", moment)) == known
    assert [gone.answer("resident", "show", who, "--as-of", "2020-09-17") for who in ("1", "26", "32")] == others
    left = text_of(gone)
    for text in ("Żaneta", "Zana", "zana", "MARK", "X0000031", "Aino", "Keksitty", "X0000043", "1991-11-11"):
        assert text.encode() not in left, text
    (row,) = [row for row in gone.rows("resident", "list", "--as-of", "2020-03-01") if row["resident_id"] == "31"]
    assert (row["name"], row["nationality"]) == ("purged 31", "POL")


@pytest.mark.slow
def test_verify_is_whole_and_still_finds_any_other_alteration(gone: "Timpora") -> None:
    gone("purge", *BEFORE, "--yes")
    found = json.loads(gone.answer("verify", "--format", "json"))
    assert found["whole"]
    (log,) = [one for one in found["findings"] if one["checked"] == "changes in the log"]
    assert log["remark"].endswith("were sealed anew by a purge")
    whole = text_of(gone)
    for statement in (
        "UPDATE resident SET full_name = 'purged 13' WHERE id = 31",
        "UPDATE resident_version SET note = 'x' WHERE id = 31",
        "UPDATE change SET reason = 'x' WHERE id = 5",
        "UPDATE purged_digest SET digest_before = 'x' WHERE id = 1",
        "DELETE FROM purged_person WHERE resident_id = 43",
    ):
        with closing(sqlite3.connect(gone.db)) as other, other:
            other.execute(statement)
        assert gone("verify").code == 1, statement
        gone.db.write_bytes(whole)


@pytest.mark.slow
def test_a_digest_that_was_printed_before_the_purge_is_still_found(gone: "Timpora") -> None:
    head = gone.answer("verify").split()[-1]
    number = gone.rows("history", "--last", "1")[0]["change"]
    gone("purge", *BEFORE, "--yes")
    said = gone.answer("verify", "--digest", head).splitlines()[-1]
    assert said == f"Change {number} had this digest before the purge of change {int(number) + 1}."


@pytest.mark.slow
def test_a_purge_and_what_came_before_it_of_the_same_people_is_not_undone(gone: "Timpora") -> None:
    gone("purge", *BEFORE, "--yes")
    last = int(gone.rows("history", "--last", "1")[0]["change"])
    assert "It cannot be undone" in gone("undo", "--yes").err
    assert gone.refused(1, "undo", str(last), "--yes").endswith("is gone; it cannot be undone.\n")
    assert gone.refused(1, "undo", "3", "--yes") == (
        f"Change 3 is about people whose data was purged by change {last}; it cannot be undone.\n"
    )


@pytest.mark.slow
def test_who_is_still_busy_or_here_is_kept(gone: "Timpora") -> None:
    gone("case", "reopen", "4", "--note", "again")
    gone("resident", "return", "43", "--on", "2031-09-01", "--village", "Parit")
    given = gone("purge", *BEFORE)
    assert (given.err, len(given.lines)) == ("", 1)
    assert given.out.startswith("There is nobody to purge. ")
    assert gone("purge", *BEFORE, "--yes").code == 0
    assert gone.rows("history", "--last", "1")[0]["command"] == "resident return --village --on"


@pytest.mark.slow
def test_the_day_is_held_to_the_rule_of_retention(gone: "Timpora") -> None:
    reason = ("--reason", "x")
    assert "the latest day is\n2021-09-17" in gone.refused(1, "purge", "--closed-before", "2021-09-18", *reason)
    assert gone("purge", "--closed-before", "2021-09-17", *reason).code == 0
    words = ("--basis", "JRA Contoh", "--source", "example.invalid", "--from", "2031-01-01")
    gone.answer("rule", "add", "retention", "11", *words)
    assert "11 years" in gone.refused(1, "purge", "--closed-before", "2021-01-01", *reason)
    assert gone.refused(2, "purge", "--reason", "x").startswith("--closed-before is missing")
    assert gone.refused(2, "purge", "--closed-before", "2010-01-01").startswith("--reason is missing")


@pytest.mark.slow
def test_what_was_altered_before_is_not_hidden_by_a_purge(gone: "Timpora") -> None:
    with closing(sqlite3.connect(gone.db)) as other, other:
        other.execute("UPDATE setting SET value = '31d' WHERE key = 'default_window'")
    assert gone.refused(1, "purge", *BEFORE, "--yes").startswith("Nothing was purged: the register was altered")


@pytest.mark.slow
def test_a_later_purge_takes_only_who_is_new(gone: "Timpora") -> None:
    gone("purge", "--closed-before", "2020-05-01", "--reason", "one", "--yes")
    given = gone("purge", *BEFORE, "--yes")
    assert first_words(given.lines) == ["Id", "43"]
    assert gone("verify").code == 0


@pytest.mark.slow
def test_who_was_removed_is_forgotten_too(gone: "Timpora") -> None:
    given = gone.at("2045-01-01")("purge", "--closed-before", "2034-01-01", "--reason", "x", "--yes")
    assert first_words(given.lines) == ["Id", "31", "43", "50"]
    assert b"Removed Mark" not in text_of(gone)
    assert gone("verify").code == 0
    assert gone("purge", "--closed-before", "2034-01-01", "--reason", "x").out.startswith("There is nobody to purge.")


@pytest.mark.slow
def test_a_merged_record_goes_with_the_person(ann: "Timpora", tmp_path: Path) -> None:
    ann.answer("resident", "add", "--name", "Other Mark Invented", "--nationality", "AUS", "--passport", "XMARK22")
    ann.answer("resident", "merge", "1", "2", "--yes")
    ann.answer("resident", "depart", "1", "--on", "2020-01-15")
    ann.at(LATER)("purge", *BEFORE, "--yes")
    left = text_of(ann)
    for text in (b"Other Mark", b"Ann Invented", b"XMARK22", b"X0000001", b"2C21DEMO9001"):
        assert text not in left, text
    assert ann("verify").code == 0
    assert tmp_path.exists()
