"""`timpora sponsor`: who answers for whom; corrected, merged and removed for all of them at once."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

ADD = ("resident", "add", "--nationality", "AUS", "--village", "Sijuk", "--sponsor")


@pytest.fixture
def two(empty: "Timpora") -> "Timpora":
    """Two sponsors of one name in two spellings: the first answers for two people, the second for one."""

    def build() -> None:
        empty.answer(*ADD, "PT Contoh Hutan", "--name", "Ann Invented", "--sponsor-kind", "company")
        empty.answer(*ADD, "pt contoh hutan", "--name", "Bob Invented")
        empty.answer(*ADD, "PT. Contoh Hutan (Tbk)", "--name", "Cid Invented")

    return empty.prepared(build)


def test_sponsors_are_listed_with_how_many_people_they_answer_for(two: "Timpora") -> None:
    two.answer("resident", "depart", "2", "--on", "2020-09-10")
    assert two.answer("sponsor", "list") == (
        "Sponsor  Name                    Kind     Present  On record\n"
        "      1  PT Contoh Hutan         Company        1          2\n"
        "      2  PT. Contoh Hutan (Tbk)                 1          1\n"
    )
    was = two.rows("sponsor", "list", "--as-of", "2020-09-09")
    assert [row["people"] for row in was] == ["2", "1"]


def test_a_sponsor_is_shown_with_the_people_whom_it_answers_for(two: "Timpora") -> None:
    shown = json.loads(two.answer("sponsor", "show", "1", "--format", "json"))
    assert (shown["name"], shown["kind"]) == ("PT Contoh Hutan", "COMPANY")
    assert [one["name"] for one in shown["people"]] == ["Ann Invented", "Bob Invented"]
    assert two.answer("sponsor", "show", "CONTOH HUTAN (tbk") == (
        "PT. Contoh Hutan (Tbk)\n"
        "Sponsor  2\n"
        "Name     PT. Contoh Hutan (Tbk)\n"
        "\n"
        "People\n"
        "Id  Name          Nat.  Village  District\n"
        " 3  Cid Invented  AUS   Sijuk    Sijuk\n"
    )


def test_a_sponsor_that_a_name_does_not_tell_is_named_or_refused(two: "Timpora") -> None:
    assert two.refused(4, "sponsor", "show", "hutan") == (
        "hutan fits several sponsors: 1 (PT Contoh Hutan), 2 (PT. Contoh Hutan (Tbk)). Give the id; see them with: "
        "timpora sponsor list\n"
    )
    assert two.refused(4, "sponsor", "show", "PT Conto Hutan") == (
        "There is no sponsor PT Conto Hutan. Did you mean PT Contoh Hutan, PT. Contoh Hutan (Tbk)?\n"
    )
    assert two.refused(4, "sponsor", "show", "9").startswith("There is no sponsor 9.")
    assert two.refused(4, "sponsor", "remove", "").startswith("There is no sponsor .")


@pytest.mark.slow
def test_a_sponsor_is_corrected_for_all_its_people(two: "Timpora") -> None:
    said = two.answer(
        "sponsor", "edit", "1", "--kind", "perorangan", "--contact", "0719 000000", "--name", " Hutan  Baru"
    )
    assert said == "Sponsor 1 corrected: Hutan Baru, who answers for 2 people.\n"
    for resident in ("1", "2"):
        shown = json.loads(two.answer("resident", "show", resident, "--format", "json"))
        assert (shown["sponsor"], shown["sponsor_kind"]) == ("Hutan Baru", "PERSON")
    two.answer("sponsor", "edit", "1", "--kind", "", "--contact", "")
    (first, _second) = two.rows("sponsor", "list")
    assert (first["name"], first["kind"], first["contact"]) == ("Hutan Baru", "", "")


def test_a_correction_that_says_nothing_or_takes_a_name_is_refused(two: "Timpora") -> None:
    before = two.db.read_bytes()
    assert two.refused(2, "sponsor", "edit", "1").startswith("Nothing was given to correct.")
    assert two.refused(2, "sponsor", "edit", "1", "--name", " ") == (
        "--name is empty, and a sponsor has a name. Give one, or leave the option out.\n"
    )
    assert two.refused(2, "sponsor", "edit", "1", "--kind", "dog").startswith("dog is not a known kind of sponsor.")
    assert two.refused(1, "sponsor", "edit", "2", "--name", "pt contoh hutan") == (
        "Sponsor 1 has this name already. Nothing was changed.\nWhere both are one sponsor: timpora sponsor merge 1 2\n"
    )
    assert two.db.read_bytes() == before


@pytest.mark.slow
def test_two_records_of_one_sponsor_become_one_with_the_people_of_both(two: "Timpora") -> None:
    two.answer("sponsor", "edit", "2", "--kind", "person", "--address", "Jl Contoh 1")
    before = two.rows("sponsor", "list"), two.rows("resident", "list")
    said = two.answer("sponsor", "merge", "PT Contoh Hutan", "2")
    assert said == "Sponsor 2 merged into sponsor 1, PT Contoh Hutan: 1 person brought. Not taken: kind PERSON.\n"
    (only,) = two.rows("sponsor", "list")
    assert (only["people"], only["kind"], only["address"]) == ("3", "COMPANY", "Jl Contoh 1")
    two.answer("undo", "--yes")
    assert (two.rows("sponsor", "list"), two.rows("resident", "list")) == before
    assert two.refused(2, "sponsor", "merge", "1", "1").startswith("Sponsor 1 is one record already.")


@pytest.mark.slow
def test_a_sponsor_of_nobody_is_removed_and_one_of_somebody_is_not(two: "Timpora") -> None:
    assert two.refused(1, "sponsor", "remove", "2") == (
        "Sponsor 2 answers for 1 on record. Nothing was removed.\n"
        "Give them to another sponsor with: timpora sponsor merge OTHER 2\n"
    )
    two.answer("resident", "edit", "3", "--sponsor", "pt contoh hutan")
    assert two.answer("sponsor", "remove", "2") == "Sponsor 2 removed: PT. Contoh Hutan (Tbk).\n"
    assert [row["sponsor_id"] for row in two.rows("sponsor", "list")] == ["1"]
    two.answer("undo", "--yes")
    assert [row["sponsor_id"] for row in two.rows("sponsor", "list")] == ["1", "2"]


# The kind of a sponsor -----------------------------------------------------------------------------------------------

REFUSED = (
    "Sponsor 1 is recorded as COMPANY, not PERSON, and answers for 2 on record. Nothing was changed.\n"
    "Its kind is corrected for all of them with: timpora sponsor edit 1 --kind person\n"
)


@pytest.mark.slow
def test_a_kind_on_record_is_changed_for_all_its_people_by_the_command_on_the_sponsor_alone(two: "Timpora") -> None:
    before = two.db.read_bytes()
    other = ("--sponsor", "pt contoh hutan", "--sponsor-kind", "person")
    assert two.refused(1, "resident", "edit", "3", *other) == REFUSED
    assert two.refused(1, *ADD[:-1], "--name", "Dot Invented", *other) == REFUSED
    assert two.db.read_bytes() == before
    two.answer("resident", "edit", "3", *other[:-1], "company")
    two.answer("sponsor", "edit", "1", "--kind", "person")
    assert json.loads(two.answer("resident", "show", "1", "--format", "json"))["sponsor_kind"] == "PERSON"


def test_a_kind_that_nobody_knew_is_filled_in(two: "Timpora") -> None:
    two.answer("resident", "edit", "3", "--sponsor", "PT. Contoh Hutan (Tbk)", "--sponsor-kind", "company")
    assert [row["kind"] for row in two.rows("sponsor", "list")] == ["COMPANY", "COMPANY"]


def test_a_row_of_a_sheet_with_another_kind_is_rejected_with_that_command(two: "Timpora", tmp_path: Path) -> None:
    sheet = tmp_path / "list.csv"
    sheet.write_text(
        "Nama,Kewarganegaraan,No Paspor,Penjamin,Jenis Penjamin\n"
        "Dot Invented,AUS,X0000004,PT Contoh Hutan,perorangan\n"
        "Eve Invented,AUS,X0000005,PT Contoh Hutan,perusahaan\n",
        encoding="utf-8",
    )
    given = two("import", str(sheet))
    assert given.code == 6
    assert given.out.startswith("2 rows: 1 new, 0 renewed, 0 changed, 0 unchanged, 1 rejected.\n")
    assert f"Line 2: {' '.join(REFUSED.split())}" in given.err
