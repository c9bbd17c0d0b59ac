"""Inspections are kept as all facts are: with no code of their own in merge, undo, history, verify and --known-at."""

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

ADD = ("inspection", "add")
LETTER = ("--officers", "Contoh", "--on", "2020-09-16", "--letter", "W-1", "--letter-on", "2020-09-15")


@pytest.fixture
def twice(empty: "Timpora") -> "Timpora":
    """Ann, who is on record twice: the first record was seen at two inspections, the second at one of them."""

    def build() -> None:
        for _time in range(2):
            who = ("--name", "Ann Invented", "--nationality", "AUS", "--arrived", "2020-01-01")
            empty.answer("resident", "add", *who, "--village", "Sijuk")
        empty.answer(*ADD, "1", "--not-found", "2", *LETTER)
        empty.answer(*ADD, "1", *LETTER, "--activity-found", "Nelayan")

    return empty.prepared(build)


def card(timpora: "Timpora", *words: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(timpora.answer(*words, "--format", "json"))
    return shown


def people(timpora: "Timpora", inspection: str, *clock: str) -> list[tuple[int, bool]]:
    shown = card(timpora, "inspection", "show", inspection, *clock)
    return [(one["resident_id"], one["seen"]) for one in shown["people"]]


@pytest.mark.slow
def test_a_merge_brings_the_inspections_of_both_records_together(twice: "Timpora") -> None:
    assert twice("resident", "merge", "2", "1").code == 0
    assert people(twice, "1") == [(2, True), (2, False)]
    assert people(twice, "2") == [(2, True)]
    assert [row["inspection_id"] for row in twice.rows("inspection", "list", "--resident", "2")] == ["2", "1"]
    assert twice.rows("inspection", "due") == []
    assert twice("verify").code == 0
    twice.answer("undo", "--yes")
    assert people(twice, "1") == [(1, True), (2, False)]
    assert [row["resident_id"] for row in twice.rows("inspection", "due")] == ["2"]
    assert twice("verify").code == 0


@pytest.mark.slow
def test_somebody_who_was_looked_for_is_not_removed(twice: "Timpora") -> None:
    before = twice.db.read_bytes()
    for resident in ("1", "2"):
        assert twice.refused(1, "resident", "remove", resident, "--yes") == (
            f"Resident {resident} was looked for at inspection 1. Nothing was removed.\n"
            f"Where one person is on record twice: timpora resident merge KEPT {resident}\n"
            "A mistaken inspection is taken back first, with: timpora undo CHANGE\n"
        )
    assert twice.db.read_bytes() == before
    for _inspection in range(2):
        twice.answer("undo", "--yes")
    assert twice("resident", "remove", "1", "--yes").code == 0
    assert twice("verify").code == 0


@pytest.mark.slow
def test_undo_takes_an_inspection_back_and_redo_brings_it_forward(twice: "Timpora") -> None:
    before = twice.rows("inspection", "list")
    twice.answer("inspection", "edit", "2", "--finding", "All is well.", "--place", "Pasar")
    twice.answer("undo", "--yes")
    assert twice.rows("inspection", "list") == before
    twice.answer("undo", "--yes")
    assert [row["inspection_id"] for row in twice.rows("inspection", "list")] == ["1"]
    assert twice.refused(4, "inspection", "show", "2").startswith("There is no inspection 2.")
    for _time in range(2):
        twice.answer("redo", "--yes")
    assert card(twice, "inspection", "show", "2")["finding"] == "All is well."
    assert people(twice, "2") == [(1, True)]
    assert twice("verify").code == 0


def test_the_history_of_a_person_has_what_was_found(twice: "Timpora") -> None:
    found = [row for row in twice.rows("history", "1") if row["table"] == "inspection_resident"]
    assert {row["change"] for row in found} == {"4", "5"}
    assert ("activity_found", "Nelayan") in {(row["field"], row["after"]) for row in found}
    letters = [row["after"] for row in twice.rows("history", "--last", "1") if row["field"] == "letter_number"]
    assert letters == ["W-1"]


@pytest.mark.slow
def test_what_was_known_before_is_listed_again(twice: "Timpora") -> None:
    asked = (("inspection", "list"), ("inspection", "show", "2"), ("inspection", "due"), ("counts", "--by", "class"))
    moment = twice.rows("history", "--last", "1")[0]["at"]
    printed = [twice.answer(*words) for words in asked]
    twice.answer("inspection", "edit", "2", "--officers", "Rekaan", "--on", "2020-09-15")
    twice.answer(*ADD, "2", *LETTER)
    twice.answer("resident", "merge", "2", "1")
    assert [words for words, was in zip(asked, printed, strict=True) if twice.answer(*words) == was] == []
    assert [twice.answer(*words, "--known-at", moment) for words in asked] == printed
    assert twice("verify").code == 0


@pytest.mark.slow
def test_a_file_that_another_program_has_altered_is_found(twice: "Timpora") -> None:
    import sqlite3
    from contextlib import closing

    assert twice("verify").code == 0
    with closing(sqlite3.connect(twice.db)) as connection:
        connection.execute("UPDATE inspection_resident SET is_seen = 1 WHERE resident_id = 2")
        connection.commit()
    assert twice("verify").code == 1
