"""What a change of people or permits answers: the person's name, what it accepted, and to programs one object."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Timpora

BOB = ("--name", "Bob Invented", "--nationality", "D")
# Each change of a person or a permit, on the register of Ann Invented.
CHANGES = (
    ("permit", "add", "2", "--class", "ITK", "--number", "N2", "--issued", "2020-09-01", "--expires", "2020-10-01"),
    ("permit", "extend", "1", "--expires", "2021-09-30"),
    ("permit", "convert", "1", "--class", "KITAP", "--expires", "2025-09-16"),
    ("permit", "edit", "1", "--office", "Rekaan"),
    ("permit", "revoke", "1", "--reason", "x"),
    ("resident", "add", *BOB),
    ("resident", "edit", "1", "--occupation", "Guru"),
    ("resident", "move", "1", "--village", "Dukong", "--district", "Tanjungpandan"),
    ("resident", "depart", "1"),
    ("resident", "remove", "1", "--yes"),
    ("resident", "merge", "1", "2"),
)


def told(timpora: "Timpora", *words: str) -> dict[str, Any]:
    answer = json.loads(timpora.answer(*words, "--format", "json"))
    assert isinstance(answer, dict)
    return answer


@pytest.mark.slow
@pytest.mark.one_in(6)
@pytest.mark.parametrize("words", CHANGES, ids=lambda words: " ".join(words[:2]))
def test_each_change_answers_with_the_name_and_in_json_with_one_object(ann: "Timpora", words: tuple[str, ...]) -> None:
    ann.answer("resident", "add", *BOB)
    name = "Bob Invented" if words[2] == "2" or words[1] == "add" else "Ann Invented"
    assert name in ann(*words).out
    ann.answer("undo", "--yes")
    done = json.loads(ann(*words, "--format", "json").out)
    assert list(done) == ["change", "resident_id", "name", "permit_id", "changed", "notices"]
    Draft202012Validator(json.loads(ann.answer("schema", *words[:2]))).validate(done)
    assert (done["change"], done["changed"], done["name"]) == (len(ann.changes()), True, name)
    whose = 4 if words[1:] == ("add", *BOB) else 2 if name.startswith("Bob") else 1
    assert done["resident_id"] == whose  # an undo does not give a number out again
    permits = {"permit add": 2, "permit extend": 2, "permit convert": 2, "permit edit": 1, "permit revoke": 1}
    expected = {**permits, "resident depart": 1}.get(" ".join(words[:2]))
    assert done["permit_id"] in {expected, expected and expected + 1}


def test_a_change_answers_in_csv_as_one_row(ann: "Timpora") -> None:
    (row,) = ann.rows("permit", "revoke", "1", "--reason", "x")
    assert row == {
        "change": "4", "resident_id": "1", "name": "Ann Invented", "permit_id": "1", "changed": "true",
    }  # fmt: skip


# What is accepted and said -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_was_accepted_stands_below_the_answer_and_in_the_object(ann: "Timpora") -> None:
    words = ("resident", "edit", "1", "--passport", "X0000099", "--passport-expires", "2020-09-16")
    assert ann.answer(*words) == (
        "Resident 1 corrected: Ann Invented.\n"
        "Note: The passport has already ended: its last day was 2020-09-16.\n"
        "Note: Permit 1 runs to 2020-09-30, the passport only to 2020-09-16.\n"
    )
    ann.answer("undo", "--yes")
    assert told(ann, *words)["notices"] == [
        {"kind": "PASSPORT_ENDED", "text": "The passport has already ended: its last day was 2020-09-16."},
        {"kind": "BEYOND_PASSPORT", "text": "Permit 1 runs to 2020-09-30, the passport only to 2020-09-16."},
    ]


def test_a_gap_and_an_end_that_has_passed_are_accepted_and_said(ann: "Timpora") -> None:
    ann.at("2022-01-10")
    assert ann.answer("permit", "extend", "1", "--issued", "2020-10-11", "--expires", "2021-10-10") == (
        "Permit 1 extended by permit 2: KITAS until 2021-10-10, Ann Invented.\n"
        "Note: Permit 2 has already ended: its last day was 2021-10-10.\n"
        "Note: Before permit 2 there are 10 days without a valid permit.\n"
    )


def test_a_term_longer_than_the_class_allows_is_accepted_and_said(ann: "Timpora") -> None:
    ann.answer("rule", "add", "term-days", "60", "--for", "ITK", "--basis", "Contoh 1/2020", "--source", "x.invalid")
    ann.answer("resident", "add", *BOB)
    printed = ("--class", "ITK", "--number", "N2", "--issued", "2020-09-01", "--expires", "2020-11-30")
    assert ann.answer("permit", "add", "2", *printed) == (
        "Permit 2 recorded for resident 2: ITK until 2020-11-30, Bob Invented.\n"
        "Note: Permit 2 runs from 2020-09-01 to 2020-11-30; the longest term of ITK is 60 days (Contoh 1/2020).\n"
    )


def test_a_name_and_birth_day_already_known_are_accepted_and_said(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--born", "1990-02-28")
    said = ann.answer("resident", "add", "--name", "Invented ANN", "--nationality", "D", "--born", "28/2/1990")
    assert said.splitlines()[1] == (
        "Note: Resident 1 has the same name and birth day. If they are one person: timpora resident merge 1 2"
    )


def test_an_import_and_its_dry_run_count_what_they_accept(ann: "Timpora", tmp_path: "Path") -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text(
        "Nama,No Paspor,Negara,Tipe Izin,No Izin,Tgl Terbit,Tgl Berakhir\n"
        "Bob Invented,X0002,Jerman,DINAS,N2,2019-01-01,2020-01-01\n"
        "Cid Invented,X0003,Jerman,DINAS,N3,2019-01-01,2020-01-01\n",
        encoding="utf-8",
    )
    for more in (["--dry-run"], []):
        given = ann("import", str(sheet), *more)
        assert (given.code, given.lines[-1]) == (0, "Note: 2 permits that have already ended.")
