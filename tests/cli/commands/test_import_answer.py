"""What an import answers: of a dry run all that would happen, person by person; and one object for programs."""

import json
import shutil
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.commands.conftest import FIELD
from tests.sheets.fixtures.sheets import SETS, delimited

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.commands.conftest import Desk
    from tests.cli.conftest import AtTerminal

HEADER = "Nama,No Paspor,Negara,Tipe Izin,No Izin,Tgl Terbit,Tgl Berakhir,Desa,Pekerjaan,Penjamin,Jenis Penjamin"
ANN = "Ann Invented,X0001,Australia,ITAS,N1,2018-06-01,2019-05-31,Sijuk,guru,PT Contoh,"
BOB = "Bob Invented,X0002,Jerman,ITAP,N3,2018-01-01,2027-12-31,Terong,,,"
NEXT = (
    "Cid Invented,X0003,Jerman,ITAP,N4,2018-01-01,2027-12-31,Sijuk,,,",
    "Ann Invented,X0001,Australia,ITAS,N2,2019-05-15,2020-05-14,Terong,juru masak,PT Umpama,perusahaan",
    BOB,
    "Ann Invented,X0001,Australia,ITK,N0,2017-01-01,2017-05-31,,,,",
    "Dee Invented,X0004,Atlantis,,,,,,,,",
)

REASON = (
    'Column "Negara": Atlantis is not a known country. Did you mean Albania, Åland Islands? '
    "Known: codes such as AUS, or names in Indonesian or English."
)

NAMES = ["".join(letters) for letters in product("Abcdefghijklm", repeat=3)]


def answer(desk: "Desk", *words: str, code: int = 0) -> dict[str, Any]:
    """The object that an import answers with, and nothing beside it."""
    ended, out, err = desk("import", *words, "--format", "json")
    assert (ended, err) == (code, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


# What a dry run shows --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_dry_run_tells_of_each_person_what_would_happen_in_the_order_of_the_sheet(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, ANN, BOB))
    before = desk.register.read_bytes()
    code, out, err = desk("import", desk.sheet(HEADER, *NEXT), "--dry-run", "--on", "2019-08-01")
    assert (code, err) == (6, "")
    first, *lines = out.splitlines()
    assert first == "5 rows: 1 new, 1 renewed, 1 changed, 1 unchanged, 1 rejected."
    facts = next(at for at, line in enumerate(lines) if line.startswith("Facts: "))
    assert lines[:facts] == [
        "Nothing was imported: this was a dry run.",
        "",
        "Line 2: new: Cid Invented",
        "  name: Cid Invented",
        "  nationality: D",
        "  passport_number: X0003",
        "  passport_country: D",
        "  village: Sijuk (19.02.04.2001)",
        "  class: KITAP",
        "  permit_number: N4",
        "  issued: 2018-01-01",
        "  expires: 2027-12-31",
        "",
        "Lines 3, 5: renewed: resident 1, Ann Invented",
        "  occupation: guru -> juru masak",
        "  sponsor: PT Contoh -> PT Umpama",
        "  sponsor_kind: - -> COMPANY",
        "  village: Sijuk (19.02.04.2001) -> Terong (19.02.04.2003)",
        "  residence_from: 2018-06-01 -> 2019-08-01",
        "  new permit 1, class: - -> ITK",
        "  new permit 1, permit_number: - -> N0",
        "  new permit 1, issued: - -> 2017-01-01",
        "  new permit 1, expires: - -> 2017-05-31",
        "  new permit 1, permit_ended: - -> 2018-06-01",
        "  new permit 2, permit_number: N1 -> N2",
        "  new permit 2, issued: 2018-06-01 -> 2019-05-15",
        "  new permit 2, expires: 2019-05-31 -> 2020-05-14",
        "",
        f"Line 6: rejected: {REASON}",
        "",
        "2 people in all: 1 new, 1 renewed, 0 changed.",
    ]
    assert lines[facts] == (
        "Facts: occupation 1, sponsor 1, name 1, nationality 1, sponsor_kind 1, passport_number 1, passport_country 1, "
        "village 2, residence_from 1, class 2, permit_number 3, issued 3, expires 3, permit_ended 1."
    )
    assert all(line.startswith("Note: ") for line in lines[facts + 1 :])
    assert desk.register.read_bytes() == before


def test_of_somebody_new_with_several_permits_each_is_told_apart(desk: "Desk") -> None:
    _code, out, _err = desk("import", desk.sheet(HEADER, ANN, NEXT[3]), "--dry-run")
    assert out.split("\n\n")[1].splitlines()[8:] == [
        "  new permit 1, class: ITK",
        "  new permit 1, permit_number: N0",
        "  new permit 1, issued: 2017-01-01",
        "  new permit 1, expires: 2017-05-31",
        "  new permit 1, permit_ended: 2018-06-01",
        "  new permit 2, class: KITAS",
        "  new permit 2, permit_number: N1",
        "  new permit 2, issued: 2018-06-01",
        "  new permit 2, expires: 2019-05-31",
    ]


@pytest.mark.slow
def test_a_correction_names_the_record_that_it_is_of(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, ANN, BOB))
    corrected = BOB.replace("2027-12-31", "2028-12-31").replace("Terong", "Sijuk")
    header = f"{HEADER},Masa Berlaku Paspor"
    _code, out, err = desk("import", desk.sheet(header, f"{ANN},", f"{corrected},2030-01-01"), "--dry-run")
    assert out.split("\n\n")[1].splitlines() == [
        "Line 3: changed: resident 2, Bob Invented",
        "  passport 2, passport_expires: - -> 2030-01-01",
        "  village: Terong (19.02.04.2003) -> Sijuk (19.02.04.2001)",
        "  permit 2, expires: 2027-12-31 -> 2028-12-31",
    ]
    assert err.startswith("Another place was taken as a correction for 1 person (resident 2).")


def test_another_passport_is_compared_with_the_one_whose_place_it_takes(desk: "Desk") -> None:
    header = "Nama,No Paspor,Negara,NIORA,Masa Berlaku Paspor"
    desk("import", desk.sheet(header, "Ann Invented,X0001,Australia,A1234567,2020-01-01"))
    _code, out, _err = desk(
        "import", desk.sheet(header, "Ann Invented,X0009,Australia,A1234567,2030-01-01"), "--dry-run"
    )
    assert out.split("\n\n")[1].splitlines() == [
        "Line 2: changed: resident 1, Ann Invented",
        "  new passport, passport_number: X0001 -> X0009",
        "  new passport, passport_expires: 2020-01-01 -> 2030-01-01",
    ]


@pytest.mark.slow
def test_a_person_without_anything_new_is_not_listed_and_no_row_is_an_answer_too(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, ANN, BOB))
    _code, out, _err = desk("import", desk.sheet(HEADER, ANN, BOB), "--dry-run")
    assert out.splitlines() == [
        "2 rows: 0 new, 0 renewed, 0 changed, 2 unchanged, 0 rejected.",
        "Nothing was imported: this was a dry run.",
        "",
        "0 people in all: 0 new, 0 renewed, 0 changed.",
    ]
    for words in (("--dry-run",), ()):
        code, out, _err = desk("import", desk.sheet(HEADER), *words)
        assert (code, out.splitlines()[0]) == (0, "0 rows: 0 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")


@pytest.mark.slow
def test_every_rejected_row_is_told_by_a_dry_run_which_writes_no_file(desk: "Desk") -> None:
    rows = [f"Person,X{number:04},Atlantis" for number in range(130)]
    code, out, err = desk("import", desk.sheet("Nama,No Paspor,Negara", *rows), "--dry-run")
    assert (code, err) == (6, "")
    assert out.count(": rejected: ") == 130
    assert desk("import", str(desk.folder / "list.csv"), "--dry-run", "--strict")[0] == 1


def test_what_is_shown_is_data_and_is_never_obeyed(desk: "Desk") -> None:
    _code, out, _err = desk(
        "import", desk.sheet("Nama,No Paspor,Negara", "Ann \x1b[31mRed,X0001,Australia"), "--dry-run"
    )
    assert "\x1b" not in out
    assert "Line 2: new: Ann ␛[31mRed" in out or "Ann \\x1b[31mRed" in out


@pytest.mark.slow
def test_the_kind_of_a_sponsor_is_told_of_those_of_its_people_who_are_in_the_sheet(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, ANN, BOB.replace(",,,", ",,PT Contoh,")))
    _code, out, _err = desk("import", desk.sheet(HEADER, f"{ANN}perusahaan"), "--dry-run")
    assert out.split("\n\n")[1:] == [
        "Line 2: changed: resident 1, Ann Invented\n  sponsor_kind: - -> COMPANY",
        "1 person in all: 0 new, 0 renewed, 1 changed.\nFacts: sponsor_kind 1.\n",
    ]


# One object for programs -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_import_answers_programs_with_one_object(desk: "Desk") -> None:
    lines = ("Judul", f"{HEADER},Zodiak", f"{ANN},", f"{BOB},", f"{NEXT[-1]},", "JUMLAH,2")
    found = answer(desk, desk.sheet(*lines), "--set", "office=Contoh", code=6)
    assert found == {
        "change": 2, "imported": True, "rows": 4, "new": 2, "renewed": 0, "changed": 0, "unchanged": 0, "rejected": 1,
        "skipped": 1, "citizens": 0, "rejects_file": f"{desk.folder}/list.csv.rejects.csv", "duplicated": 0,
        "guessed": 0,
        "ignored": ["Zodiak"],
        "remarks": ["The header is line 2; 1 line above it was passed over.",
                    "Not people, and passed over: line 6 (a total)."],
        "noticed": [{"kind": "PERMIT_ENDED", "number": 1}, {"kind": "LONGER_THAN_TERM", "number": 1}],
        "duplicates": [],
        "rejects": [{"line": 5, "reason": REASON}],
        "give_again": ["--set office=Contoh"], "left_alone": [], "removed": [], "people": [], "totals": [],
    }  # fmt: skip


@pytest.mark.slow
def test_a_dry_run_answers_programs_with_the_people_and_no_change(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, ANN, BOB))
    found = answer(desk, desk.sheet(HEADER, *NEXT), "--dry-run", code=6)
    assert (found["change"], found["imported"], found["rejects_file"]) == (None, False, None)
    cid, ann = found["people"]
    assert {**cid, "changes": len(cid["changes"])} == {
        "line": 2, "resident_id": None, "name": "Cid Invented", "came": "new", "lines": [2], "changes": 9,
    }  # fmt: skip
    assert (ann["line"], ann["lines"], ann["resident_id"], ann["came"]) == (3, [3, 5], 1, "renewed")
    assert {
        "record": "resident",
        "record_id": 1,
        "new_record": None,
        "what": "occupation",
        "before": "guru",
        "after": "juru masak",
    } in ann["changes"]
    assert {
        "record": "permit",
        "record_id": None,
        "new_record": 2,
        "what": "expires",
        "before": "2019-05-31",
        "after": "2020-05-14",
    } in ann["changes"]
    assert found["totals"][:3] == [
        {"kind": "people_new", "number": 1},
        {"kind": "people_renewed", "number": 1},
        {"kind": "people_changed", "number": 0},
    ]
    assert [one["line"] for one in found["rejects"]] == [6]


@pytest.mark.slow
def test_nothing_imported_has_no_change_and_the_other_formats_are_those_of_a_record(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, ANN))
    again = answer(desk, desk.sheet(HEADER, ANN))
    assert (again["change"], again["imported"], again["unchanged"]) == (None, True, 1)
    strict = answer(desk, desk.sheet(HEADER, *NEXT), "--strict", code=1)
    assert (strict["change"], strict["imported"], strict["rejected"], strict["give_again"]) == (None, False, 1, [])
    code, out, err = desk("import", desk.sheet(HEADER, ANN), "--format", "csv")
    assert (code, err, out.splitlines()[0].split(",")[:4]) == (0, "", ["change", "imported", "rows", "new"])
    (line,) = desk("import", desk.sheet(HEADER, ANN), "--format", "ndjson")[1].splitlines()
    assert json.loads(line)["unchanged"] == 1
    assert desk("import", desk.sheet(HEADER, ANN), "--format", "plain")[1].startswith("1 row: 0 new,")
    assert desk("import", desk.sheet(HEADER, ANN), "--format", "yaml")[0] == 2


@pytest.mark.slow
def test_files_that_were_left_alone_or_taken_away_and_likely_duplicates_are_in_the_object(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, NEXT[-1]))
    path = desk.folder / "list.csv.rejects.csv"
    assert answer(desk, desk.sheet(HEADER, ANN))["removed"] == [str(path)]
    path.write_text("mine")
    twin = answer(desk, desk.sheet(HEADER, ANN.replace("X0001", "X0008").replace("N1", "N8")))
    assert twin["left_alone"] == [{"file": str(path), "why": "foreign"}]
    assert twin["duplicates"] == [{"line": 2, "resident_id": 2, "name": "Ann Invented", "like": [1]}]


@pytest.mark.slow
def test_all_rejects_are_in_the_object(desk: "Desk") -> None:
    rows = [f"Person,X{number:04},Atlantis" for number in range(130)]
    found = answer(desk, desk.sheet("Nama,No Paspor,Negara", *rows), code=6)
    assert [one["line"] for one in found["rejects"]] == list(range(2, 132))


# A dry run says what then happens --------------------------------------------------------------------------------


def sheets(folder: "Path") -> "list[Path]":
    field = [folder / name for name in ("01_two_row_header.xlsx", "02_vertical_merges.xlsx", "05_hidden.xlsx")]
    for path in field:
        shutil.copy(FIELD / path.name, path)
    return [
        *field,
        *(delimited(folder / f"{name}.csv", SETS[name]) for name in ("2", "5", "7", "11", "12", "20", "21")),
    ]


@pytest.mark.slow
def test_a_dry_run_tells_of_everybody_whom_the_import_touches_and_of_nobody_afterwards(desk: "Desk") -> None:
    for path in sheets(desk.folder):
        code, out, _err = desk("import", str(path), "--dry-run", "--format", "json")
        told = json.loads(out)
        change = desk.rows("SELECT max(id) FROM change")[0][0]
        assert desk("import", str(path))[0] == code
        touched = {name for (name,) in desk.rows(f"SELECT full_name FROM resident WHERE change_id > {change}")}
        assert touched <= {one["name"] for one in told["people"]}
        assert sum(one["came"] == "new" for one in told["people"]) == told["new"]
        lines = [line for one in told["people"] for line in one["lines"]]
        assert len(lines) == len(set(lines))
        again = json.loads(desk("import", str(path), "--dry-run", "--format", "json")[1])
        assert (again["people"], again["new"] + again["renewed"] + again["changed"]) == ([], 0)


@pytest.mark.slow  # each starts processes of its own
@pytest.mark.parametrize(
    ("pager", "number", "shown"),
    [("sed s/^/@/", 30, True), ("sed s/^/@/", 1, False), ("", 30, False), ("no-such-pager", 30, False)],
)
def test_a_long_dry_run_goes_through_the_pager_on_a_terminal(
    typing: "AtTerminal", tmp_path: "Path", pager: str, number: int, shown: bool
) -> None:
    rows = [
        ["Nama", "No Paspor", "Negara"],
        *([f"Ann {'I' * at}", f"Y{at:07}", "Australia"] for at in range(1, number + 1)),
    ]
    path = delimited(tmp_path / "list.csv", rows)
    at_terminal = typing("import", str(path), "--dry-run", piped=False, PAGER=pager)
    assert at_terminal.code == 0
    assert ("@Line 2: new: Ann I" in at_terminal.err) == shown
    assert f"Line {number + 1}: new: Ann {'I' * number}" in at_terminal.err
    piped = typing("import", str(path), "--dry-run", PAGER=pager)
    assert "@" not in piped.out
    assert "Line 2: new: Ann I" in piped.out


@pytest.mark.slow
def test_an_officer_who_leaves_the_pager_early_ends_the_answer_quietly(typing: "AtTerminal", tmp_path: "Path") -> None:
    rows = [["Nama", "No Paspor", "Negara"], *([name, f"Y{at:07}", "Australia"] for at, name in enumerate(NAMES[:700]))]
    path = delimited(tmp_path / "list.csv", rows)
    given = typing("import", str(path), "--dry-run", piped=False, PAGER="head -n 3")
    assert given.code == 0
    assert "700 rows: 700 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected." in given.err
    assert "Line 3:" not in given.err
    assert "Traceback" not in given.err
