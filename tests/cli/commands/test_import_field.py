"""Sheets that failed in the field, each imported as an officer would, and what each must give. Everyone is invented."""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from timpora_cli import language
from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.conftest import RegisterMaker

FIELD = Path(__file__).parents[2] / "sheets/fixtures/field"
PERMITS = "SELECT number, expires_on FROM permit ORDER BY number"
VILLAGES = "SELECT village.name FROM residence JOIN village ON village.code = village_code ORDER BY residence.id"

Called = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    folder: Path
    register: Path

    def __call__(self, *words: str) -> Called:
        language.choose("en")
        environment = {"TIMPORA_DB": str(self.register), "TIMPORA_OFFICER": "a made-up officer", "TIMPORA_LANG": "en"}
        result = CliRunner().invoke(app.app, list(words), env=environment, prog_name="timpora")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    def bring(self, name: str, *options: str) -> Called:
        shutil.copy(FIELD / name, self.folder / name)
        return self("import", str(self.folder / name), *options)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.register)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def desk(register: "RegisterMaker", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, register())


def counted(said: str) -> str:
    """The first line of the answer: the counts."""
    return said.partition("\n")[0]


# Headers ---------------------------------------------------------------------------------------------------------


def test_ninety_nine_headers_of_public_code_in_one_row_are_shown_column_by_column(desk: Desk) -> None:
    with (FIELD / "headers.csv").open(encoding="utf-8", newline="") as file:
        wanted = [(row["header"], row["field"]) for row in csv.DictReader(file)]
    sheet = desk.folder / "names.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([header for header, _field in wanted])
    code, out, _err = desk("import", str(sheet), "--show-mapping", "--format", "json")
    shown = json.loads(out)
    assert (code, [(one["column"], one["header"]) for one in shown]) == (
        0,
        [(place, header) for place, (header, _field) in enumerate(wanted, start=1)],
    )
    wrong = [one for one, (_header, field) in zip(shown, wanted, strict=True) if (one["field"] or "none") not in field]
    assert wrong == []


def test_two_columns_of_one_name_are_told_apart_by_the_document_before_them(desk: Desk) -> None:
    code, out, err = desk.bring("07_duplicate_header.csv")
    assert (code, counted(out)) == (0, "1 row: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert 'Column 3 (C) "Masa Berlaku" is read as passport_expires, by the columns before it.' in err
    assert desk.rows(PERMITS) == [("2C21FD0001", "2020-09-20")]
    assert desk.rows("SELECT expires_on FROM passport") == [("2029-09-20",)]


def test_two_columns_of_one_name_are_chosen_by_number_letter_or_time(desk: Desk) -> None:
    for first, second in (("3", "6"), ("C", "f"), ("Masa Berlaku#1", '"MASA BERLAKU"#2')):
        mapping = ["--map", f"{first}=expires", "--map", f"{second}=passport_expires", "--show-mapping"]
        _code, out, _err = desk.bring("07_duplicate_header.csv", *mapping, "--format", "json")
        fields = [one["field"] for one in json.loads(out)]
        assert (fields[2], fields[5]) == ("expires", "passport_expires")


# Rows of header, merged, hidden and valueless cells --------------------------------------------------------------


def test_a_header_of_two_rows_is_read_together(desk: Desk) -> None:
    code, out, err = desk.bring("01_two_row_header.xlsx")
    assert (code, counted(out)) == (0, "2 rows: 2 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert "The header is lines 3 to 4, read together." in err
    assert desk.rows(PERMITS) == [("2C21FT0001", "2020-12-31"), ("2D21FT0002", "2023-03-14")]
    passports = "SELECT number, expires_on FROM passport ORDER BY number"
    assert desk.rows(passports) == [("NA0000001", "2026-01-31"), ("TR0000002", "2024-05-31")]
    assert desk.rows(VILLAGES) == [("Air Saga",), ("Sijuk",)]


def test_the_same_header_in_a_csv_without_merges_is_read_too(desk: Desk) -> None:
    sheet = desk.folder / "list.csv"
    sheet.write_text(
        "DAFTAR ORANG ASING,,,,,,,,\n"
        "No,Nama,Kebangsaan,Paspor,,Izin Tinggal,,,Desa\n"
        ",,,Nomor,Berlaku s/d,Jenis,Nomor,Berlaku s/d,\n"
        "1,Contoh Alfa,Belanda,NA0000001,2026-01-31,ITAS,2C21FT0001,2020-12-31,Air Saga\n"
    )
    assert desk("import", str(sheet))[0] == 0
    assert desk.rows(PERMITS) == [("2C21FT0001", "2020-12-31")]


def test_headings_above_the_header_belong_to_it(desk: Desk) -> None:
    sheet = desk.folder / "list.csv"
    sheet.write_text(
        ",,,Paspor,,Izin Tinggal,,\n"
        "No,Nama,Kebangsaan,Nomor,Berlaku s/d,Jenis,Nomor,Berlaku s/d\n"
        "1,Contoh Alfa,Belanda,NA0000001,2026-01-31,ITAS,2C21FT0001,2020-12-31\n"
    )
    assert desk("import", str(sheet))[0] == 0
    assert desk.rows(PERMITS) == [("2C21FT0001", "2020-12-31")]


def test_a_header_without_a_known_name_is_found_by_its_shape_and_shown(desk: Desk) -> None:
    sheet = desk.folder / "list.csv"
    titles = "Daftar orang asing,,,\nKecamatan Contoh,,,\n"
    sheet.write_text(f"{titles}Siapa,No Paspor,Kewarganegaraan,Jenis Izin\nAnn,X1234567,NLD,ITAS\n")
    code, out, err = desk("import", str(sheet))
    assert (code, out) == (1, "")
    assert '1 (A) "Siapa", 2 (B) "No Paspor", 3 (C) "Kewarganegaraan", 4 (D) "Jenis Izin"' in err
    assert desk("import", str(sheet), "--map", "A=name")[0] == 0


def test_merged_cells_stand_in_each_of_their_rows(desk: Desk) -> None:
    code, out, _err = desk.bring("02_vertical_merges.xlsx")
    assert (code, counted(out)) == (0, "3 rows: 3 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert desk.rows("SELECT nationality FROM resident") == [("CHN",)] * 3
    assert [end for _number, end in desk.rows(PERMITS)] == ["2020-10-01"] * 3
    sponsors = "SELECT sponsor.name FROM resident JOIN sponsor ON sponsor.id = sponsor_id"
    assert desk.rows(sponsors) == [("PT Contoh Timah",)] * 3
    assert desk.rows(VILLAGES) == [("Air Saga",)] * 3


def test_a_formula_without_a_stored_value_is_named_with_its_cell(desk: Desk) -> None:
    code, out, err = desk.bring("03_formula_no_cache.xlsx")
    assert (code, counted(out)) == (6, "3 rows: 1 new, 0 renewed, 0 changed, 0 unchanged, 2 rejected.")
    assert desk.rows("SELECT number FROM passport") == [("F0000002",)]
    for line, cell in ((2, "G2"), (4, "A4")):
        assert f"Line {line}: " in err
        assert f"the cell {cell} holds a formula without a stored value" in err


def test_a_bare_number_in_a_workbook_of_1904_is_a_day_of_that_count(desk: Desk) -> None:
    code, _out, err = desk.bring("04b_1904_serial.xlsx")
    assert code == 6
    assert "if a spreadsheet means 2020-09-20 by it, import with --excel-dates" in err
    assert desk.bring("04b_1904_serial.xlsx", "--excel-dates")[0] == 0
    assert desk.rows(PERMITS) == [("2C21FM0001", "2020-09-20"), ("2C21FM0002", "2020-09-20")]


def test_what_is_hidden_is_named_and_its_rows_and_columns_are_read(desk: Desk) -> None:
    code, out, err = desk.bring("05_hidden.xlsx")
    assert (code, counted(out)) == (0, "2 rows: 2 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert "Hidden sheets not read: Lama." in err
    assert "Hidden rows, read as the others: 3." in err
    assert "Hidden columns, read as the others: E." in err
    assert desk.rows(PERMITS) == [("2C21FH0001", "2020-09-20"), ("2C21FH0002", "2020-09-21")]


def test_the_mark_that_dos_puts_at_the_end_of_a_text_is_no_row(desk: Desk) -> None:
    sheet = desk.folder / "list.csv"
    sheet.write_bytes(b"Nama,No Paspor,Negara\r\nAnn,X1234567,NLD\r\n\x1a")
    assert desk("import", str(sheet))[:2] == (0, "1 row: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.\n")
