"""A number is one thing, however it is written: blanks, dashes and letter case are no part of it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.conftest import EarlierRegister

PERMIT = ("--class", "ITK", "--issued", "2020-09-01", "--expires", "2020-10-30")
SPELLINGS = ("2C21DEMO9001", "2c21 demo-9001", "2C21–DEMO 9001", " 2C-21demo9001")


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize("number", SPELLINGS)
def test_a_permit_number_that_is_on_record_in_another_spelling_is_refused(ann: "Timpora", number: str) -> None:
    ann.answer("resident", "add", "--name", "Bob Invented", "--nationality", "NZL", "--village", "Sijuk")
    said = ann.refused(1, "permit", "add", "2", "--number", number, *PERMIT)
    assert said == (
        f"Permit number {number.strip()} is already recorded as permit 1 of resident 1. Nothing was changed.\n"
    )
    ann.answer("permit", "add", "2", "--number", "N1", *PERMIT)
    assert "already recorded as permit 1" in ann.refused(1, "permit", "edit", "2", "--number", number)


@pytest.mark.slow
def test_a_permit_number_is_stored_as_printed_and_found_in_any_spelling(ann: "Timpora") -> None:
    ann.answer("permit", "edit", "1", "--number", "2c21-Demo 9001")
    (row,) = ann.rows("permit", "list")
    assert row["permit_number"] == "2c21-Demo 9001"
    for number in SPELLINGS:
        assert ann.answer("permit", "show", number) == ann.answer("permit", "show", "1")
        assert ann.answer("resident", "show", number) == ann.answer("resident", "show", "1")
    assert ann.refused(4, "permit", "show", "2C21/DEMO9001").startswith("There is no permit")


def test_an_extension_may_keep_the_number_in_another_spelling(ann: "Timpora") -> None:
    ann.answer(
        "permit",
        "extend",
        "2c21 demo 9001",
        "--number",
        "2C21-DEMO-9001",
        "--issued",
        "2020-09-10",
        "--expires",
        "2021-09-30",
    )
    assert ann.rows("permit", "list")[0]["permit_number"] == "2C21-DEMO-9001"


@pytest.mark.slow
def test_a_niora_names_one_person_in_any_spelling(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--niora", "7 1234-5678")
    assert ann.answer("resident", "show", "712345678") == ann.answer("resident", "show", "1")
    add = ("resident", "add", "--name", "Bob Invented", "--nationality", "NZL", "--niora", "7-12345678")
    assert ann.refused(1, *add) == ("NIORA 7-12345678 is already recorded for resident 1. Nothing was changed.\n")
    ann.answer(*add[:-2])
    assert "already recorded for resident 1" in ann.refused(1, "resident", "edit", "2", "--niora", "712345678")
    ann.answer("resident", "edit", "1", "--niora", "712345678")


@pytest.mark.slow
def test_a_sheet_that_spells_a_number_otherwise_is_about_the_same_permit(ann: "Timpora", tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text(
        "Nama,Kewarganegaraan,Jenis Izin,Nomor Izin,Tanggal Terbit,Tanggal Berakhir\n"
        "Ann Invented,AUS,ITAS,2c21-demo 9001,2019-10-01,2020-09-30\n",
        encoding="utf-8",
    )
    before = ann.dump()
    assert ann.answer("import", str(sheet)).startswith("1 row: 0 new, 0 renewed, 0 changed, 1 unchanged")
    assert [line for line in ann.dump() if 'INTO "change"' not in line] == [
        line for line in before if 'INTO "change"' not in line
    ]


@pytest.mark.slow
def test_a_register_with_two_spellings_of_one_number_is_upgraded_and_check_names_them(
    timpora: "Timpora", earlier_register: "EarlierRegister"
) -> None:
    older = timpora.on(earlier_register(5))
    with closing(sqlite3.connect(older.db)) as connection:
        (one, first), (other, second) = connection.execute(
            "SELECT min(id), resident_id FROM permit GROUP BY resident_id ORDER BY resident_id LIMIT 2"
        )
        connection.execute("UPDATE permit SET number = 'N1' WHERE id = ?", (one,))
        connection.execute("UPDATE permit SET number = 'n 1' WHERE id = ?", (other,))
        connection.commit()
    assert older("init").code == 0
    found = [row for row in older("check", "--format", "csv").out.splitlines() if "SAME_PERMIT_NUMBER" in row]
    assert len(found) == 1
    assert f"timpora permit edit {max(one, other)} --number NUMBER" in found[0]
    older.answer("permit", "edit", str(max(one, other)), "--number", "N2")
    assert "SAME_PERMIT_NUMBER" not in older("check", "--format", "csv").out
    assert first != second


TWO_SPELLINGS = """
INSERT INTO resident (id, full_name, nationality, niora, change_id) VALUES (99, 'Dee Invented', 'NLD', 'd-1', 1);
INSERT INTO residence (resident_id, until_on, change_id) VALUES (99, '2019-12-31', 1);
INSERT INTO permit (
    resident_id, class_code, number, issued_on, starts_on, expires_on, granted_as, ended_on, end_reason, change_id
)
VALUES (99, 'KITAS', 'k 0004', '2019-01-01', '2019-01-01', '2019-12-31', 'NEW', '2019-12-31', 'DEPARTED', 1);
UPDATE resident SET departed = '2019-12-31', departed_how = 'DEPARTED' WHERE id = 99;
UPDATE resident SET niora = 'D1' WHERE id = 4;
"""
"""A second record of Dee (resident 4, permit K-0004), as a program before version 6 let it be: both her numbers in
another spelling."""


@pytest.fixture
def spelled_twice(timpora: "Timpora", earlier_register: "EarlierRegister") -> "Timpora":
    """A register of today in which two records hold one permit number and one NIORA, each in its own spelling."""
    older = timpora.on(earlier_register(5))
    with closing(sqlite3.connect(older.db)) as connection:
        connection.executescript(TWO_SPELLINGS)
    assert older("init").code == 0
    return older


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [("resident", "merge", "4", "99", "--stay-of", "4", "--yes"), ("resident", "remove", "99", "--yes")],
)
def test_what_is_done_to_records_that_spell_one_number_in_two_ways_is_undone_and_redone(
    spelled_twice: "Timpora", words: tuple[str, ...]
) -> None:
    before = [spelled_twice.answer("resident", "show", who, "--format", "json") for who in ("4", "99")]
    spelled_twice.answer(*words)
    assert spelled_twice("resident", "show", "99").code == 4
    spelled_twice("undo", "--yes")
    assert [spelled_twice.answer("resident", "show", who, "--format", "json") for who in ("4", "99")] == before
    spelled_twice("redo", "--yes")
    assert spelled_twice("resident", "show", "99").code == 4


def test_a_number_that_another_record_has_taken_since_is_not_given_back(spelled_twice: "Timpora") -> None:
    spelled_twice.answer("permit", "edit", "K-0006", "--number", "K-0096")
    spelled_twice.answer("permit", "edit", "V-0002", "--number", "k0006")
    assert "already recorded" in spelled_twice.refused(1, "permit", "edit", "K-0096", "--number", "K-0006")
