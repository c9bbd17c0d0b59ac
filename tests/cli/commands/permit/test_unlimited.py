"""A KITAP without an end: valid on every day, on no list for its end, never the same as one whose end is unknown."""

import csv
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Timpora

KITAP = ("permit", "add", "1", "--class", "ITAP", "--number", "2D21DEMO9001", "--issued", "2015-09-20")
ENDLESS = (*KITAP, "--expires", "unlimited")


@pytest.fixture
def bob(empty: "Timpora") -> "Timpora":
    """The program on a register with one resident, Bob Invented, who holds no permit yet."""

    def build() -> None:
        who = ("--name", "Bob Invented", "--nationality", "AUS", "--passport", "X0000002", "--village", "Air Merbau")
        empty.answer("resident", "add", *who, "--arrived", "2010-01-01")

    return empty.prepared(build)


def shown(timpora: "Timpora", *words: str) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(timpora.answer(*words, "--format", "json"))
    return card


@pytest.mark.one_in(2)
@pytest.mark.parametrize("word", ["unlimited", "Seumur Hidup", "TIDAK TERBATAS", "seumur-hidup"])
def test_each_word_grants_a_kitap_without_an_end(bob: "Timpora", word: str) -> None:
    said = bob.answer(*KITAP, "--expires", word)
    assert said == "Permit 1 recorded for resident 1: KITAP unlimited, Bob Invented.\n"
    card = shown(bob, "permit", "show", "1")
    assert (card["state"], card["expires_on"], card["effective_until"]) == ("VALID", None, None)
    assert (card["unlimited"], card["days_left"], card["act_by"], card["relief"]) == (True, None, None, None)


@pytest.mark.slow
def test_it_is_valid_on_every_day_and_never_on_the_list(bob: "Timpora") -> None:
    bob.answer(*ENDLESS)
    for on in ("2015-09-20", "2020-05-01", "2020-09-17", "2090-01-01"):
        (row,) = bob.rows("permit", "list", "--as-of", on)
        assert (row["state"], row["unlimited"], row["expires_on"]) == ("VALID", "true", "")
        assert bob.rows("expiring", "--within", "100y", "--as-of", on) == []
    assert bob.rows("permit", "list", "--state", "UNKNOWN") == []


@pytest.mark.slow
def test_it_counts_as_not_due_and_in_its_group(bob: "Timpora") -> None:
    bob.answer(*ENDLESS)
    who = ("--name", "Cid Invented", "--nationality", "AUS", "--passport", "X0000003", "--village", "Air Merbau")
    bob.answer("resident", "add", *who)
    bob.answer("permit", "add", "2", *KITAP[3:-4], "--number", "N2", "--issued", "2016-01-01", "--expires", "unknown")
    lines = bob.answer("expiring", "--within", "30d").splitlines()
    assert next(line for line in lines if "Invented" in line).split()[1:3] == ["Cid", "Invented"]
    assert lines[-1] == "1 listed + 1 not due + 0 without a permit + 0 departed = 2 people known on 2020-09-17."
    counted = bob.rows("counts", "--by", "class")
    assert {row["class"]: row["total"] for row in counted} == {"KITAP": "2"}
    card = shown(bob, "status")
    assert (card["valid"], card["unknown"], card["due"]) == (1, 1, 0)
    found = bob("check", "--format", "json").out
    assert [one["resident_id"] for one in json.loads(found) if one["kind"] == "UNKNOWN_END"] == [2]


@pytest.mark.slow
def test_screens_say_unlimited(bob: "Timpora") -> None:
    bob.answer(*ENDLESS)
    assert bob.answer("permit", "list").splitlines()[1].split()[7:10] == ["unlimited", "unlimited", "VALID"]
    assert "Unlimited" not in bob.answer("permit", "list")
    assert bob.answer("permit", "list", "--columns", "name,unlimited").splitlines() == [
        "Name          Unlimited",
        "Bob Invented  yes",
    ]
    card = bob.answer("resident", "show", "1").splitlines()
    assert card[0] == "Bob Invented - KITAP unlimited, report by 2020-09-20"
    assert "Expires      unlimited" in card
    said = bob.answer("relief", "explain", "1").splitlines()
    assert said == ["On Thursday 17 September 2020, Bob Invented holds permit 1 (KITAP), which is unlimited: VALID."]


@pytest.mark.parametrize("kind", ["KITAS", "ITK", "VOA", "PERALIHAN", "DINAS"])
def test_no_other_class_is_granted_without_an_end(bob: "Timpora", kind: str) -> None:
    before = bob.db.read_bytes()
    printed = ("--number", "N1", "--issued", "2020-01-01", "--expires", "unlimited")
    said = bob.refused(1, "permit", "add", "1", "--class", kind, *printed)
    assert said.startswith(f"A permit of class {kind} has a last day: only a KITAP is granted without one.")
    assert bob.db.read_bytes() == before


@pytest.mark.slow
def test_a_grant_is_extended_converted_and_corrected_to_one_without_an_end(ann: "Timpora") -> None:
    said = ann.answer("permit", "convert", "1", "--class", "KITAP", "--number", "N2", "--expires", "seumur hidup")
    assert said == "Permit 1 (KITAS) converted to permit 2: KITAP unlimited, Ann Invented.\n"
    refused = ann.refused(1, "permit", "extend", "2", "--expires", "2030-01-01")
    assert refused.startswith("Permit 2 is unlimited, and needs no extension. Its holder reports: ")
    assert ann.answer("permit", "edit", "2", "--expires", "2025-09-16") == (
        "Permit 2 corrected: KITAP, issued 2020-09-17, expires 2025-09-16 (was unlimited), Ann Invented.\n"
    )
    assert ann.at("2025-09-01").answer("permit", "extend", "2", "--expires", "unlimited") == (
        "Permit 2 extended by permit 3: KITAP unlimited, Ann Invented.\n"
    )
    assert ann.answer("permit", "edit", "3", "--expires", "unknown") == (
        "Permit 3 corrected: KITAP, issued 2025-09-01, expires unknown (was unlimited), Ann Invented.\n"
    )
    assert ann.answer("permit", "edit", "3", "--expires", "unlimited") == (
        "Permit 3 corrected: KITAP unlimited, issued 2025-09-01 (its end was unknown), Ann Invented.\n"
    )
    assert "only a KITAP" in ann.refused(1, "permit", "edit", "3", "--class", "KITAS")
    assert ann("verify").code == 0


@pytest.mark.slow
def test_a_grant_of_unknown_issue_follows_one_without_an_end_from_today(bob: "Timpora") -> None:
    bob.answer(*ENDLESS)
    bob.answer("permit", "convert", "1", "--class", "KITAS", "--issued", "unknown", "--expires", "2021-01-01")
    assert [row["class"] for row in bob.rows("permit", "list", "--as-of", "2020-09-16")] == ["KITAP"]
    assert [row["class"] for row in bob.rows("permit", "list")] == ["KITAS"]


@pytest.mark.slow
def test_undo_and_known_at_tell_the_two_apart(bob: "Timpora") -> None:
    bob.answer(*KITAP, "--expires", "unknown")
    moment = bob.rows("history", "--last", "1")[0]["at"]
    bob.answer("permit", "edit", "1", "--expires", "unlimited")
    before = ("permit", "list", "--known-at", moment)
    assert [row["state"] for row in bob.rows(*before)] == ["UNKNOWN"]
    assert [row["state"] for row in bob.rows("permit", "list")] == ["VALID"]
    bob.answer("undo", "--yes")
    assert [(row["state"], row["unlimited"]) for row in bob.rows("permit", "list")] == [("UNKNOWN", "false")]
    assert bob("verify").code == 0


def test_the_public_views_say_it_too(bob: "Timpora") -> None:
    bob.answer(*ENDLESS)
    with closing(sqlite3.connect(bob.db)) as connection:
        row = connection.execute("SELECT expires_on, effective_until, unlimited FROM expiry").fetchone()
    assert row == (None, None, 1)


# Sheets


def imported(timpora: "Timpora", path: "Path", text: str) -> str:
    path.write_text(text, encoding="utf-8")
    given = timpora("import", str(path))
    assert given.code in {0, 6}
    return given.out + given.err


HEADER = "Nama,No Paspor,Kewarganegaraan,Jenis Izin,No. Izin,Tanggal Terbit,Berlaku s/d\n"


@pytest.mark.slow
@pytest.mark.one_in(4)
@pytest.mark.parametrize("cell", ["seumur hidup", "Tidak Terbatas", "UNLIMITED", "20-09-2015 s/d seumur hidup"])
def test_the_words_are_read_in_the_cell_of_the_last_day(empty: "Timpora", tmp_path: "Path", cell: str) -> None:
    row = f"Ann Invented,X0000001,Australia,ITAP,2D21DEMO9001,20/09/2015,{cell}\n"
    imported(empty, tmp_path / "a.csv", HEADER + row)
    (held,) = empty.rows("permit", "list")
    assert (held["class"], held["state"], held["unlimited"]) == ("KITAP", "VALID", "true")
    assert "0 changed, 1 unchanged" in imported(empty, tmp_path / "a.csv", HEADER + row)


@pytest.mark.parametrize("cell", ["2D21DEMO9001 s/d seumur hidup", "2D21DEMO9001 (berlaku tidak terbatas)"])
def test_a_cell_with_the_number_may_say_it_too(empty: "Timpora", tmp_path: "Path", cell: str) -> None:
    header = "Nama,No Paspor,Kewarganegaraan,No. KITAP/Masa Berlaku\n"
    imported(empty, tmp_path / "a.csv", f"{header}Ann Invented,X0000001,Australia,{cell}\n")
    (held,) = empty.rows("permit", "list")
    assert (held["permit_number"], held["unlimited"]) == ("2D21DEMO9001", "true")


def test_a_row_of_another_class_is_rejected_with_the_reason(empty: "Timpora", tmp_path: "Path") -> None:
    row = "Ann Invented,X0000001,Australia,ITAS,2C21DEMO9001,20/09/2015,seumur hidup\n"
    assert "only a KITAP is granted without one" in imported(empty, tmp_path / "a.csv", HEADER + row)
    assert empty.rows("resident", "list") == []


@pytest.mark.slow
def test_a_sheet_may_correct_an_end_to_none_and_back(empty: "Timpora", tmp_path: "Path") -> None:
    row = HEADER + "Ann Invented,X0000001,Australia,ITAP,N1,20/09/2015,{}\n"
    for cell, state, expires in (
        ("19/09/2025", "VALID", "2025-09-19"),
        ("seumur hidup", "VALID", ""),
        ("19/09/2020", "DUE", "2020-09-19"),
    ):
        imported(empty, tmp_path / "a.csv", row.format(cell))
        (held,) = empty.rows("permit", "list")
        assert (held["permit_id"], held["state"], held["expires_on"]) == ("1", state, expires)


@pytest.mark.slow
def test_a_later_grant_without_an_end_is_a_renewal_and_an_earlier_one_is_out_of_turn(
    empty: "Timpora", tmp_path: "Path"
) -> None:
    row = HEADER + "Ann Invented,X0000001,Australia,ITAP,{},{},{}\n"
    imported(empty, tmp_path / "a.csv", row.format("N1", "20/09/2015", "19/09/2020"))
    assert "1 renewed" in imported(empty, tmp_path / "b.csv", row.format("N2", "10/09/2020", "seumur hidup"))
    said = imported(empty, tmp_path / "c.csv", row.format("N0", "20/09/2010", "tidak terbatas"))
    assert "(KITAP until 2020-09-19), and this one on 2010-09-20 (KITAP unlimited)" in said


@pytest.mark.slow
def test_what_is_exported_comes_back_the_same(bob: "Timpora", tmp_path: "Path", register: Any) -> None:
    bob.answer(*ENDLESS)
    bob.answer("permit", "report", "1", "--on", "2020-09-10")
    sheet, again = tmp_path / "all.csv", tmp_path / "again.csv"
    bob.answer("export", str(sheet), "--layout", "import")
    (row,) = csv.DictReader(sheet.read_text(encoding="utf-8").splitlines())
    assert (row["expires"], row["unlimited"], row["last_report"]) == ("", "true", "2020-09-10")
    other = bob.on(register("other.db"))
    assert other("import", str(sheet)).code == 0
    other.answer("export", str(again), "--layout", "import")
    assert again.read_bytes() == sheet.read_bytes()
    assert shown(other, "permit", "show", "1")["next_report"] == "2025-09-10"
    assert "0 changed, 1 unchanged" in other("import", str(sheet)).out


def test_a_column_says_yes_or_no_and_contradicts_no_last_day(empty: "Timpora", tmp_path: "Path") -> None:
    header = HEADER.rstrip("\n") + ",Unlimited\n"
    said = imported(
        empty,
        tmp_path / "a.csv",
        header
        + "Ann Invented,X0000001,Australia,ITAP,N1,20/09/2015,,ya\n"
        + "Bob Invented,X0000002,Australia,ITAP,N2,20/09/2015,19/09/2025,tidak\n"
        + "Cid Invented,X0000003,Australia,ITAP,N3,20/09/2015,19/09/2025,ya\n"
        + "Dee Invented,X0000004,Australia,ITAP,N4,20/09/2015,,mungkin\n",
    )
    assert "4 rows: 2 new, 0 renewed, 0 changed, 0 unchanged, 2 rejected." in said
    assert "another column 2025-09-19" in said
    assert '"mungkin" is neither yes nor no.' in said
    assert [row["unlimited"] for row in empty.rows("permit", "list")] == ["true", "false"]


@pytest.mark.slow
def test_a_list_of_another_body_is_compared_with_it(bob: "Timpora", tmp_path: "Path") -> None:
    bob.answer(*ENDLESS)
    sheet = tmp_path / "list.csv"
    sheet.write_text(HEADER + "Bob Invented,X0000002,Australia,ITAP,,,seumur hidup\n", encoding="utf-8")
    assert bob.answer("reconcile", str(sheet), "--format", "json") == "[]\n"
    sheet.write_text(HEADER + "Bob Invented,X0000002,Australia,ITAP,,,19/09/2025\n", encoding="utf-8")
    assert "expires" in bob("reconcile", str(sheet)).out


@pytest.mark.slow
def test_a_permit_of_unknown_end_is_extended_without_an_end_under_its_own_number(bob: "Timpora") -> None:
    bob.answer(*KITAP, "--expires", "unknown")
    said = bob.answer("permit", "extend", "1", "--expires", "unlimited", "--issued", "2020-09-01")
    assert said == "Permit 1 extended by permit 2: KITAP unlimited, Bob Invented.\n"
    assert shown(bob, "permit", "show", "2")["permit_number"] == "2D21DEMO9001"
    bob.answer("undo", "--yes")
    bob.answer("redo", "--yes")
    assert [row["unlimited"] for row in bob.rows("permit", "list")] == ["true"]
    assert shown(bob, "permit", "show", "1", "--as-of", "2020-08-31")["state"] == "UNKNOWN"
    assert bob("verify").code == 0
