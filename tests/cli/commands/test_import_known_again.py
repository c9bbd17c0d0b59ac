"""The day that a sheet says, the columns that an officer has said before, and what --strict makes of guesses."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.commands.conftest import Desk

HEADER = "Nama,No Paspor,Negara,Jenis Izin,Tempo"
ANN = "Ann Invented,X0001,Australia,ITAS,2021-05-01"
MAP = ("--map", "Tempo=expires")
LIVED = "Nama,No Paspor,Negara,Desa"
HOMES = "SELECT village_code, from_on, until_on FROM residence ORDER BY id"
ENDS = "SELECT expires_on FROM permit"


def test_what_map_says_is_kept_for_sheets_with_the_same_header_row(desk: "Desk") -> None:
    sheet = desk.sheet(HEADER, ANN)
    assert desk("import", sheet, *MAP, "--remember")[0] == 0
    code, out, err = desk("import", desk.sheet(HEADER.upper(), ANN, "Bob Invented,X0002,Jerman,ITAS,2021-06-01"))
    assert (code, out.splitlines()[0]) == (0, "2 rows: 1 new, 0 renewed, 0 changed, 1 unchanged, 0 rejected.")
    assert "Columns are read as change 2 of " in err
    assert "keeps it for this header row: Tempo=expires. Else: --map" in err
    assert desk.rows(ENDS) == [("2021-05-01",), ("2021-06-01",)]


@pytest.mark.slow
def test_another_header_row_and_a_line_with_a_mapping_of_its_own_are_read_without_it(desk: "Desk") -> None:
    desk("import", desk.sheet(HEADER, ANN), *MAP, "--remember")
    for header, options in ((f"{HEADER},Lain", ()), (HEADER, ("--map", "1=name"))):
        _code, _out, err = desk("import", desk.sheet(header, ANN), *options, "--dry-run")
        assert "Columns not imported: Tempo" in err
        assert "Columns are read as" not in err


@pytest.mark.slow
def test_a_mapping_is_kept_in_place_of_an_earlier_one_and_undo_forgets_it(desk: "Desk") -> None:
    sheet = desk.sheet(HEADER, ANN)
    desk("import", sheet, *MAP, "--remember")
    desk("import", sheet, "--map", "5=passport_expires", "--remember")
    assert "row: 5=passport_expires. Else" in desk("import", sheet, "--dry-run")[2]
    desk("undo", "--yes")
    assert "row: Tempo=expires. Else" in desk("import", sheet, "--dry-run")[2]
    desk("undo", "--yes")
    assert "Columns are read as" not in desk("import", sheet, "--dry-run")[2]
    assert desk("verify")[0] == 0


@pytest.mark.slow
def test_show_mapping_and_reconcile_know_the_mapping_too(desk: "Desk") -> None:
    sheet = desk.sheet(HEADER, ANN)
    assert ",Tempo,NOT_KNOWN," in desk("import", sheet, "--show-mapping", "--format", "csv")[1]
    desk("import", sheet, *MAP, "--remember")
    _code, out, err = desk("import", sheet, "--show-mapping", "--format", "csv")
    assert ",Tempo,READ,expires," in out
    assert "Columns are read as change 2" in err
    assert "Columns are read as change 2" in desk("reconcile", sheet)[2]


def test_remember_needs_a_mapping(desk: "Desk") -> None:
    code, out, err = desk("import", desk.sheet(HEADER, ANN), "--remember")
    assert (code, out) == (2, "")
    assert "--remember says nothing without --map" in err


@pytest.mark.parametrize("options", [("--dry-run",), ("--strict",)])
def test_a_mapping_is_kept_only_with_the_import(desk: "Desk", options: tuple[str, ...]) -> None:
    desk("import", desk.sheet(HEADER, ANN, "Bob Invented,,,,"), *MAP, "--remember", *options)
    assert desk.rows("SELECT * FROM remembered_mapping") == []


@pytest.mark.slow
def test_another_village_is_a_move_on_the_day_above_the_header(desk: "Desk") -> None:
    desk("import", desk.sheet(LIVED, "Ann Invented,X0001,Australia,Sijuk"))
    sheet = desk.sheet("KEADAAN PER 31 AGUSTUS 2020", "", LIVED, "Ann Invented,X0001,Australia,Air Merbau")
    code, out, err = desk("import", sheet)
    assert (code, out.splitlines()[0]) == (0, "1 row: 0 new, 0 renewed, 1 changed, 0 unchanged, 0 rejected.")
    assert "The sheet is of 2020-08-31, as a line above the header says." in err
    assert desk.rows(HOMES) == [("19.02.04.2001", None, "2020-08-31"), ("19.02.01.2012", "2020-08-31", None)]
    assert desk("import", sheet)[1].startswith("1 row: 0 new, 0 renewed, 0 changed, 1 unchanged")


@pytest.mark.slow
def test_the_day_of_the_line_is_stronger_than_that_above_the_header(desk: "Desk") -> None:
    desk("import", desk.sheet(LIVED, "Ann Invented,X0001,Australia,Sijuk"))
    sheet = desk.sheet("Keadaan per 31 Agustus 2020", LIVED, "Ann Invented,X0001,Australia,Air Merbau")
    _code, _out, err = desk("import", sheet, "--on", "2020-07-01")
    assert "as a line above the header says" not in err
    assert desk.rows(HOMES)[1] == ("19.02.01.2012", "2020-07-01", None)


def test_the_rejects_of_a_sheet_need_its_day_again(desk: "Desk") -> None:
    sheet = desk.sheet("Keadaan per 31 Agustus 2020", LIVED, "Ann Invented,X0001,Atlantis,Sijuk")
    assert desk("import", sheet)[2].splitlines()[-1] == "Give again with that file: --on 2020-08-31"


GUESSED = ("Nama,No Paspor,Negara,Jenis Izin,No Izin,Tgl Berakhir", "Ann Invented,X0001,Australia,ITAS,N1,",
           "Ann Invented,X0001,Australia,,,2021-05-01")  # fmt: skip


def test_a_strict_import_refuses_what_would_be_guessed(desk: "Desk") -> None:
    code, out, err = desk("import", desk.sheet(*GUESSED), "--strict")
    assert code == 1
    assert "Nothing was imported, because something was guessed and --strict was given." in out
    assert "Of 1 person, something was taken that no printed day or number tells for certain." in err
    assert desk.rows("SELECT count(*) FROM resident") == [(0,)]
    assert desk("import", desk.sheet(*GUESSED))[0] == 0
