"""`timpora resident dossier`: all that is held on a person, its history and who looked, as a page and as data."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from timpora_cli.queries.personal.tables import COVERED, LEFT_OUT, rows_about
from timpora_cli.render.answers.personal.file import FILE
from timpora_cli.render.pages.dossier_words import INDONESIAN
from timpora_cli.store.facts import versioned_tables

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

POINTS = {
    *("resident_id", "relative_id", "permit_id", "passport_id", "case_id", "other_case_id"),
    *("inspection_id", "letter_id", "subject_id", "run_id"),
}
"""The columns that lead from a row to a person, by way of other rows."""


def data(timpora: "Timpora", who: str, *words: str) -> dict[str, Any]:
    path = timpora.db.parent / "dossier.json"
    timpora.answer("resident", "dossier", who, "--output", str(path), "--force", *words)
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture
def known(timpora: "Timpora", tmp_path: Path) -> "Timpora":
    """Resident 26 of the example with a row in every table that can be about her, each with a text of its own."""

    def build() -> None:
        timpora.answer("resident", "edit", "26", "--note", "MARK-NOTE", "--contact", "MARK-CONTACT", "--niora", "N-1")
        timpora.answer("resident", "passport", "26", "XMARK1", "--issued", "2020-01-01", "--expires", "2030-01-01")
        timpora.answer("resident", "passport", "26", "--current", "X0000026")
        timpora.answer(
            "resident", "move", "26", "--village", "Perawas", "--on", "2020-09-10", "--address", "MARK-STREET"
        )
        timpora.answer("sponsor", "edit", "14", "--contact", "MARK-SPONSOR")
        timpora.answer("case", "note", "1", "--note", "MARK-EVENT")
        seen = ("--officers", "MARK-OFFICERS", "--letter", "MARK-ASSIGNED", "--letter-on", "2020-09-11")
        found = ("--village", "Perawas", "--finding", "MARK-FINDING", "--activity-found", "MARK-ACTIVITY")
        timpora.answer("inspection", "add", "26", "--on", "2020-09-11", *seen, *found)
        timpora.answer("expiring", "--within", "1y", "--mark", "--as-of", "2020-09-17")
        folder = str(tmp_path / "letters")
        timpora("letters", "--within", "1y", "--sponsor", "Bagus Rekaan", "--output", folder)
        timpora.answer("resident", "edit", "26", "--occupation", "MARK-WORK", "--reason", "MARK-REASON")

    return timpora.prepared(build)


@pytest.mark.slow
def test_it_has_all_that_was_recorded_in_every_table(known: "Timpora") -> None:
    held = data(known, "26")
    assert (held["name"], held["niora"], held["note"]) == ("Mar'yana Vyhadana", "N-1", "MARK-NOTE")
    said = json.dumps({key: value for key, value in held.items() if key != "history"})
    for mark in ("CONTACT", "STREET", "SPONSOR", "EVENT", "OFFICERS", "ASSIGNED", "FINDING", "ACTIVITY", "WORK"):
        assert f"MARK-{mark}" in said, mark
    assert "XMARK1" in said
    assert [row["passport_number"] for row in held["passports_named"]] == ["X0000026"]
    assert [row["addressee"] for row in held["letters"]] == ["Bagus Rekaan"]
    assert [row["subject"] for row in held["told"]] == ["PERMIT"]
    assert [row["note"] for row in held["case_events"] if row["note"]] == ["MARK-EVENT"]
    assert {row["reason"] for row in held["history"]} == {None, "MARK-REASON"}
    changed = {(row["field"], row["before"], row["after"]) for row in held["history"]}
    assert ("note", "Invented for the demo", "MARK-NOTE") in changed


def test_every_table_of_facts_is_in_it_or_left_out_with_a_reason(known: "Timpora") -> None:
    with closing(sqlite3.connect(known.db)) as connection:
        tables = {table.name: set(table.columns) for table in versioned_tables(connection)}
        found = rows_about(connection, [26])
    assert set(COVERED) | set(LEFT_OUT) == tables.keys()
    assert not set(COVERED) & set(LEFT_OUT)
    assert {name for name, columns in tables.items() if columns & POINTS} - {"purged_person"} <= set(COVERED)
    assert all(LEFT_OUT.values())
    empty = {"permit_report", "accepted_finding", "disclosure"}
    assert {table for table in COVERED if not found[table]} == empty


@pytest.mark.slow
def test_it_says_who_looked_and_each_look_is_recorded(known: "Timpora", tmp_path: Path) -> None:
    known.answer("export", str(tmp_path / "people.csv"), "--as-of", "2020-09-17")
    known.answer("brief", "--as-of", "2020-09-17", "--audience", "agency")
    known.answer("resident", "dossier", "26", "--officer", "Rekaan")
    known.answer("resident", "dossier", "32")
    looked = [(row["kind"], row["officer"], row["audience"]) for row in data(known, "26")["looked"]]
    assert looked == [
        ("EXPORT", "a made-up officer", None),
        ("BRIEF", "a made-up officer", "agency"),
        ("DOSSIER", "Rekaan", None),
    ]
    assert len(data(known, "26")["looked"]) == 4
    assert known("verify").code == 0


@pytest.mark.slow
def test_a_merged_record_is_part_of_it(ann: "Timpora") -> None:
    ann.answer("resident", "add", "--name", "Anna Invented", "--nationality", "AUS", "--note", "MARK-OTHER")
    ann.answer("resident", "dossier", "2")
    ann.answer("resident", "merge", "1", "2", "--yes")
    held = data(ann, "1")
    assert held["merged"] == [{"resident_id": 2}]
    assert "MARK-OTHER" in {row["after"] for row in held["history"]}
    assert [row["kind"] for row in held["looked"]] == ["DOSSIER"]
    ann("undo", "--yes")
    assert data(ann, "1")["merged"] == []
    assert "MARK-OTHER" not in {row["after"] for row in data(ann, "1")["history"] if row["key"] == "2"}


@pytest.mark.slow
def test_a_merge_that_changes_nothing_of_the_kept_record_is_known_too(ann: "Timpora") -> None:
    twin = ("--name", "Ann Invented", "--nationality", "AUS", "--village", "Air Merbau", "--arrived", "2019-06-01")
    ann("resident", "add", *twin)
    ann.answer("resident", "merge", "1", "2", "--yes")
    assert data(ann, "1")["merged"] == [{"resident_id": 2}]


@pytest.mark.slow
def test_the_page_is_one_file_in_both_languages_and_text_stays_text(known: "Timpora", tmp_path: Path) -> None:
    known.answer("resident", "edit", "26", "--name", "<script>x</script> Invented")
    for language, title in (("en", "PERSONAL DATA ON RECORD"), ("id", "DATA PRIBADI YANG DISIMPAN")):
        path = tmp_path / f"{language}.html"
        known.answer("resident", "dossier", "26", "--output", str(path), "--lang", language)
        page = path.read_text(encoding="utf-8")
        assert f"<h1>{title}</h1>" in page
        assert "<script" not in page
        assert "&lt;script&gt;x&lt;/script&gt; Invented" in page
        assert not re.search(r"(src|href)=", page)
        assert "MARK-FINDING" in page
    text = known.answer("resident", "dossier", "26", "--lang", "id")
    assert "Siapa yang melihat data ini" in text
    assert max(map(len, text.splitlines())) <= 80


def test_every_heading_and_word_has_its_indonesian() -> None:
    said = {column.heading for column in FILE.fields} | set(FILE.words.values()) | {part.heading for part in FILE.parts}
    for part in FILE.parts:
        said |= {column.heading for column in part.table.columns} | set(part.table.words.values())
    assert said | {"yes", "no"} == set(INDONESIAN)


@pytest.mark.slow
def test_the_data_keeps_its_promise_for_everybody_of_the_example(timpora: "Timpora") -> None:
    promised = Draft202012Validator(json.loads(timpora.answer("schema", "resident", "dossier")))
    for who in ("1", "26", "32", "41", "49"):
        promised.validate(data(timpora, who))
        promised.validate(data(timpora, who, "--as-of", "2019-01-01"))


def test_another_ending_and_nobody_are_refused(timpora: "Timpora") -> None:
    assert "Known: .html, .txt, .json." in timpora.refused(2, "resident", "dossier", "26", "--output", "x.pdf")
    timpora.refused(4, "resident", "dossier", "999")
    assert len(timpora.changes()) == 2
