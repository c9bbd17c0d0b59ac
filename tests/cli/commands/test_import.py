"""`timpora import` and `timpora resident merge` as an officer types them: what is answered, what noted, exit codes."""

from typing import TYPE_CHECKING

import pytest

from tests.sheets.fixtures.sheets import delimited, workbook

if TYPE_CHECKING:
    from tests.cli.commands.conftest import Desk

WHO = "Nama,No Paspor,Negara"
ANN = "Ann Invented,X0001,Australia"
BAD = "Bob Invented,X0002,Atlantis"


def test_an_import_answers_with_its_counts_and_notes_the_rest(desk: "Desk") -> None:
    file = desk.sheet("Daftar", f"{WHO},Zodiak", f"{ANN},leo", f"{BAD},", "JUMLAH,2")
    code, out, err = desk("import", file)
    assert (code, out) == (6, "3 rows: 1 new, 0 renewed, 0 changed, 0 unchanged, 1 rejected, 1 not people.\n")
    titles, passed, ignored, rejected, where = err.splitlines()
    assert titles == "The header is line 2; 1 line above it was passed over."
    assert passed == "Not people, and passed over: line 5 (a total)."
    assert ignored == "Columns not imported: Zodiak."
    assert rejected.startswith('Line 4: Column "Negara": Atlantis is not a known country.')
    assert where == f"Rejected rows with their reasons: {file}.rejects.csv. Mend them there, and import that file."


def test_a_clean_import_is_quiet_and_ends_well(desk: "Desk") -> None:
    answer = (0, "1 row: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.\n", "")
    assert desk("import", desk.sheet(WHO, ANN)) == answer


@pytest.mark.slow
def test_strict_imports_nothing_and_fails(desk: "Desk") -> None:
    code, out, _err = desk("import", desk.sheet(WHO, ANN, BAD), "--strict")
    assert (code, out.splitlines()[1:]) == (
        1,
        ["Nothing was imported, because rows were rejected and --strict was given."],
    )
    assert desk("resident", "list")[1] == ""


@pytest.mark.slow
def test_a_sheet_comes_in_by_stdin_and_its_rejects_go_to_the_folder_one_is_in(desk: "Desk") -> None:
    given = f"{WHO}\n{ANN}\n{BAD}\n".encode("utf-16")
    code, out, err = desk("import", "-", given=given)
    assert (code, out[:15]) == (6, "2 rows: 1 new, ")
    assert err.splitlines()[-1].startswith("Rejected rows with their reasons: stdin.rejects.csv.")
    assert (desk.folder / "stdin.rejects.csv").exists()


@pytest.mark.slow
def test_an_officer_tells_what_a_sheet_does_not_say(desk: "Desk") -> None:
    path = workbook(
        desk.folder / "book.xlsx",
        {
            "Awal": [["Nama", "No Paspor"], ["Old Invented", "X0009"]],
            "Data": [["Siapa", "No Paspor", "Tempo"], ["Ann Invented", "X0001", 44227]],
        },
    )
    told = ["--sheet", "Data", "--map", "Siapa=name", "--map", "Tempo=expires", "--excel-dates"]
    constants = ["--set", "class=ITAS", "--set", "nationality=Australia", "--set", "district=Sijuk"]
    code, _out, err = desk("import", str(path), *told, *constants)
    assert (code, err) == (0, "Sheets not read: Awal. Another one is read with --sheet.\n")
    shown = desk("permit", "list", "--as-of", "2020-09-17", "--format", "csv", "--columns", "name,class,expires_on")[1]
    assert shown.splitlines()[1:] == ["Ann Invented,KITAS,2021-01-31"]


@pytest.mark.parametrize("words", [("--map", "Nama"), ("--map", "=name"), ("--set", "class"), ("--set", "class= ")])
def test_a_mapping_or_setting_that_is_none_is_wrong_usage(desk: "Desk", words: tuple[str, str]) -> None:
    code, out, err = desk("import", desk.sheet(WHO, ANN), *words)
    assert (code, out) == (2, "")
    assert 'Write it as "' in err


def test_show_mapping_tells_where_each_column_goes_and_imports_nothing(desk: "Desk") -> None:
    file = desk.sheet("Judul", "No,Nama,Nommor Paspor,No KITAS,Tgl Lahir (mm/dd/yyyy),Zodiak,", "1,Ann,X1,N1,,,")
    code, out, err = desk("import", file, "--show-mapping")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["Column", "Header", "Use", "Field", "Says", "Perhaps", "Words"],
        ["1", "No", "not", "needed"],
        ["2", "Nama", "read", "name", "nama"],
        ["3", "Nommor", "Paspor", "not", "known", "passport_number"],
        ["4", "No", "KITAS", "read", "permit_number", "KITAS", "no,", "kitas"],
        ["5", "Tgl", "Lahir", "(mm/dd/yyyy)", "read", "born", "MDY", "tgl,", "lahir"],
        ["6", "Zodiak", "not", "known"],
        ["7", "column", "7", "not", "known"],
    ]
    assert err.splitlines() == [
        "The header is line 2; 1 line above it was passed over.",
        'A guess is no mapping. Take it by header, number or letter: --map "7=field"',
    ]
    assert desk("import", desk.sheet("Orangnya,Zodiak", "Ann,leo"), "--show-mapping")[0] == 0
    assert desk("import", desk.sheet("Orangnya,Zodiak", "Ann,leo"))[0] == 1


def test_a_mapping_is_written_in_the_format_that_is_asked_for(desk: "Desk") -> None:
    file = desk.sheet("Judul", "No,Nama,Nommor Paspor", "1,Ann,X1")
    code, out, _err = desk("import", file, "--show-mapping", "--format", "csv")
    assert (code, out.splitlines()) == (
        0,
        [
            "column,header,use,field,says,perhaps,words",
            "1,No,NOT_NEEDED,,,,",
            "2,Nama,READ,name,,,nama",
            "3,Nommor Paspor,NOT_KNOWN,,,passport_number,",
        ],
    )


@pytest.mark.slow
def test_likely_duplicates_are_told_with_the_command_that_joins_them(desk: "Desk") -> None:
    _code, _out, err = desk("import", desk.sheet(WHO, ANN, ANN.replace("X0001", "X0002")))
    assert err == (
        "Line 3: resident 2, Ann Invented, may be the same person as resident 1. If so: timpora resident merge 1 2\n"
    )
    many = [ANN.replace("X0001", f"X{number:04}") for number in range(1, 12)]
    err = desk("import", desk.sheet(WHO, *many))[2]
    assert err.splitlines()[-1] == "... and 4 more that may be the same person: timpora check"


@pytest.mark.slow
def test_many_rejected_rows_are_not_all_told(desk: "Desk") -> None:
    err = desk("import", desk.sheet(WHO, *[BAD] * 9))[2]
    assert "... and 4 more rejected rows." in err.splitlines()


@pytest.mark.slow
def test_rejects_that_are_no_more_are_taken_away(desk: "Desk") -> None:
    desk("import", desk.sheet(WHO, BAD))
    assert desk("import", desk.sheet(WHO, ANN))[2].startswith("Taken away, since nothing was rejected: ")


@pytest.mark.slow
def test_an_import_is_undone_by_its_number(desk: "Desk") -> None:
    delimited(desk.folder / "list.tsv", [WHO.split(","), ANN.split(",")], delimiter="\t")
    assert desk("import", str(desk.folder / "list.tsv"))[0] == 0
    assert desk("undo", "--yes")[0] == 0
    assert desk("resident", "list")[1] == ""
    assert desk("verify")[0] == 0


# Two records of one person -----------------------------------------------------------------------------------------


BROUGHT = (
    "Resident 2 comes to resident 1: Ann Invented. Brought along: 1 passport, 0 permits, 1 residence, 0 family links."
)


@pytest.mark.slow
def test_two_records_become_one_on_an_officers_word(desk: "Desk") -> None:
    header = f"{WHO},Masa Berlaku Paspor,Pekerjaan"
    desk("import", desk.sheet(header, f"{ANN},2020-01-01,guru", "Ann Invented,X0002,Australia,2030-01-01,juru masak"))
    code, out, err = desk("resident", "merge", "1", "X0002", "--reason", "the same passport, renewed")
    assert code == 0
    assert out.splitlines() == [
        BROUGHT,
        "Not taken from resident 2: occupation juru masak; it stays guru.",
        "Resident 2 is now part of resident 1: Ann Invented.",
    ]
    assert err == ""
    assert desk("resident", "show", "2")[0] == 4
    assert desk("import", desk.sheet(header, "Ann Invented,X0002,Australia,,"))[1].startswith("1 row: 0 new")
    assert desk("undo", "--yes")[0] == 0
    assert desk("resident", "show", "2")[0] == 0
    assert desk("verify")[0] == 0


@pytest.mark.slow
def test_a_sheet_without_the_issuer_finds_a_passport_that_another_country_issued(desk: "Desk") -> None:
    issued = f"{WHO},Negara Penerbit Paspor"
    ann = "Ann Invented,X0001,Australia"
    assert desk("import", desk.sheet(issued, f"{ann},Inggris"))[1].startswith("1 row: 1 new, ")
    assert desk("import", desk.sheet(WHO, ann))[1].startswith("1 row: 0 new, 0 renewed, 0 changed, 1 unchanged")
    other = desk.sheet(issued, f"{ann},Inggris", "Ann Invented,X0001,Australia,")
    assert desk("import", other)[1].startswith("2 rows: 0 new, 0 renewed, 0 changed, 2 unchanged")
    british = desk.sheet(WHO, "Cid Invented,X0001,Jepang")
    assert desk("import", british)[1].startswith("1 row: 1 new, ")
