"""Sheets that failed in the field, each imported as an officer would, and what each must give. Everyone is invented."""

import csv
import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands.conftest import FIELD

if TYPE_CHECKING:
    from tests.cli.commands.conftest import Desk

pytestmark = pytest.mark.slow  # many sheets

PERMITS = "SELECT number, expires_on FROM permit ORDER BY number"
VILLAGES = "SELECT village.name FROM residence JOIN village ON village.code = village_code ORDER BY residence.id"


def counted(said: str) -> str:
    """The first line of the answer: the counts."""
    return said.partition("\n")[0]


# Headers ---------------------------------------------------------------------------------------------------------


def test_ninety_nine_headers_of_public_code_in_one_row_are_shown_column_by_column(desk: "Desk") -> None:
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


def test_two_columns_of_one_name_are_told_apart_by_the_document_before_them(desk: "Desk") -> None:
    code, out, err = desk.bring("07_duplicate_header.csv")
    assert (code, counted(out)) == (0, "1 row: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert 'Column 3 (C) "Masa Berlaku" is read as passport_expires, by the columns before it.' in err
    assert desk.rows(PERMITS) == [("2C21FD0001", "2020-09-20")]
    assert desk.rows("SELECT expires_on FROM passport") == [("2029-09-20",)]


def test_two_columns_of_one_name_are_chosen_by_number_letter_or_time(desk: "Desk") -> None:
    for first, second in (("3", "6"), ("C", "f"), ("Masa Berlaku#1", '"MASA BERLAKU"#2')):
        mapping = ["--map", f"{first}=expires", "--map", f"{second}=passport_expires", "--show-mapping"]
        _code, out, _err = desk.bring("07_duplicate_header.csv", *mapping, "--format", "json")
        fields = [one["field"] for one in json.loads(out)]
        assert (fields[2], fields[5]) == ("expires", "passport_expires")


# Rows of header, merged, hidden and valueless cells --------------------------------------------------------------


def test_a_header_of_two_rows_is_read_together(desk: "Desk") -> None:
    code, out, err = desk.bring("01_two_row_header.xlsx")
    assert (code, counted(out)) == (0, "2 rows: 2 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert "The header is lines 3 to 4, read together." in err
    assert desk.rows(PERMITS) == [("2C21FT0001", "2020-12-31"), ("2D21FT0002", "2023-03-14")]
    passports = "SELECT number, expires_on FROM passport ORDER BY number"
    assert desk.rows(passports) == [("NA0000001", "2026-01-31"), ("TR0000002", "2024-05-31")]
    assert desk.rows(VILLAGES) == [("Air Saga",), ("Sijuk",)]


def test_the_same_header_in_a_csv_without_merges_is_read_too(desk: "Desk") -> None:
    sheet = desk.folder / "list.csv"
    sheet.write_text(
        "DAFTAR ORANG ASING,,,,,,,,\n"
        "No,Nama,Kebangsaan,Paspor,,Izin Tinggal,,,Desa\n"
        ",,,Nomor,Berlaku s/d,Jenis,Nomor,Berlaku s/d,\n"
        "1,Contoh Alfa,Belanda,NA0000001,2026-01-31,ITAS,2C21FT0001,2020-12-31,Air Saga\n"
    )
    assert desk("import", str(sheet))[0] == 0
    assert desk.rows(PERMITS) == [("2C21FT0001", "2020-12-31")]


def test_headings_above_the_header_belong_to_it(desk: "Desk") -> None:
    sheet = desk.folder / "list.csv"
    sheet.write_text(
        ",,,Paspor,,Izin Tinggal,,\n"
        "No,Nama,Kebangsaan,Nomor,Berlaku s/d,Jenis,Nomor,Berlaku s/d\n"
        "1,Contoh Alfa,Belanda,NA0000001,2026-01-31,ITAS,2C21FT0001,2020-12-31\n"
    )
    assert desk("import", str(sheet))[0] == 0
    assert desk.rows(PERMITS) == [("2C21FT0001", "2020-12-31")]


def test_a_header_without_a_known_name_is_found_by_its_shape_and_shown(desk: "Desk") -> None:
    sheet = desk.folder / "list.csv"
    titles = "Daftar orang asing,,,\nKecamatan Contoh,,,\n"
    sheet.write_text(f"{titles}Siapa,No Paspor,Kewarganegaraan,Jenis Izin\nAnn,X1234567,NLD,ITAS\n")
    code, out, err = desk("import", str(sheet))
    assert (code, out) == (1, "")
    assert '1 (A) "Siapa", 2 (B) "No Paspor", 3 (C) "Kewarganegaraan", 4 (D) "Jenis Izin"' in err
    assert desk("import", str(sheet), "--map", "A=name")[0] == 0


def test_merged_cells_stand_in_each_of_their_rows(desk: "Desk") -> None:
    code, out, _err = desk.bring("02_vertical_merges.xlsx")
    assert (code, counted(out)) == (0, "3 rows: 3 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert desk.rows("SELECT nationality FROM resident") == [("CHN",)] * 3
    assert [end for _number, end in desk.rows(PERMITS)] == ["2020-10-01"] * 3
    sponsors = "SELECT sponsor.name FROM resident JOIN sponsor ON sponsor.id = sponsor_id"
    assert desk.rows(sponsors) == [("PT Contoh Timah",)] * 3
    assert desk.rows(VILLAGES) == [("Air Saga",)] * 3


def test_a_formula_without_a_stored_value_is_named_with_its_cell(desk: "Desk") -> None:
    code, out, err = desk.bring("03_formula_no_cache.xlsx")
    assert (code, counted(out)) == (6, "3 rows: 1 new, 0 renewed, 0 changed, 0 unchanged, 2 rejected.")
    assert desk.rows("SELECT number FROM passport") == [("F0000002",)]
    for line, cell in ((2, "G2"), (4, "A4")):
        assert f"Line {line}: " in err
        assert f"the cell {cell} holds a formula without a stored value" in err


def test_a_bare_number_in_a_workbook_of_1904_is_a_day_of_that_count(desk: "Desk") -> None:
    code, _out, err = desk.bring("04b_1904_serial.xlsx")
    assert code == 6
    assert "if a spreadsheet means 2020-09-20 by it, import with --excel-dates" in err
    assert desk.bring("04b_1904_serial.xlsx", "--excel-dates")[0] == 0
    assert desk.rows(PERMITS) == [("2C21FM0001", "2020-09-20"), ("2C21FM0002", "2020-09-20")]


def test_what_is_hidden_is_named_and_its_rows_and_columns_are_read(desk: "Desk") -> None:
    code, out, err = desk.bring("05_hidden.xlsx")
    assert (code, counted(out)) == (0, "2 rows: 2 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert "Hidden sheets not read: Lama." in err
    assert "Hidden rows, read as the others: 3." in err
    assert "Hidden columns, read as the others: E." in err
    assert desk.rows(PERMITS) == [("2C21FH0001", "2020-09-20"), ("2C21FH0002", "2020-09-21")]


def test_the_mark_that_dos_puts_at_the_end_of_a_text_is_no_row(desk: "Desk") -> None:
    sheet = desk.folder / "list.csv"
    sheet.write_bytes(b"Nama,No Paspor,Negara\r\nAnn,X1234567,NLD\r\n\x1a")
    assert desk("import", str(sheet))[:2] == (0, "1 row: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.\n")


# A village's own export ------------------------------------------------------------------------------------------

HOMES = "SELECT address, rt, rw FROM residence"


def test_the_export_of_opensid_is_read_as_it_is(desk: "Desk") -> None:
    code, out, err = desk.bring("31_opensid.xlsx")
    assert (code, counted(out)) == (6, "2 rows: 0 new, 0 renewed, 0 changed, 0 unchanged, 1 rejected, 1 Indonesian.")
    assert "nationality" in err
    given = ["--set", "nationality=Belanda", "--set", "class=ITAS"]
    code, out, err = desk.bring("31_opensid.xlsx", *given)
    assert (code, counted(out)) == (0, "2 rows: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected, 1 Indonesian.")
    assert desk.rows("SELECT full_name, sex, born, nationality FROM resident") == [
        ("CONTOH WNA", "M", "1970-03-10", "NLD")
    ]
    assert desk.rows("SELECT number, expires_on FROM passport") == [("NX7000001", None)]
    assert desk.rows("SELECT class_code, number FROM permit") == [("KITAS", "2C21OS0001")]
    assert desk.rows(HOMES) == [("Jl. Contoh 1", "004", None)]
    assert "Columns not imported: dusun, no_kk, nik, agama_id" in err


def test_the_address_of_now_stands_for_the_other_one_where_it_is_filled(desk: "Desk") -> None:
    sheet = desk.folder / "list.csv"
    lines = ["alamat,nama,dokumen_pasport,alamat_sekarang,warganegara_id", "Jl. A,Ann,X1234567,Jl. B,2"]
    sheet.write_text("\n".join([*lines, "Jl. C,Bob,X1234568,,2", "Jl. D,Siti,,,1", "Jl. E,Dee,X1234569,,3"]))
    code, out, _err = desk("import", str(sheet), "--set", "nationality=Belanda")
    assert (code, counted(out)) == (6, "4 rows: 2 new, 0 renewed, 0 changed, 0 unchanged, 1 rejected, 1 Indonesian.")
    assert desk.rows("SELECT address FROM residence ORDER BY id") == [("Jl. B",), ("Jl. C",)]


def test_the_export_of_opensid_is_compared_without_a_country(desk: "Desk") -> None:
    desk.bring("31_opensid.xlsx", "--set", "nationality=Belanda", "--set", "class=ITAS")
    code, out, _err = desk("reconcile", "31_opensid.xlsx", "--all", "--format", "csv", "--columns", "group,name")
    assert (code, out.splitlines()[1:]) == (0, ["SAME,CONTOH WNA"])
    closing = "1 the same + 0 different + 0 only there + 0 unreadable + 1 Indonesian = 2 rows in 31_opensid.xlsx."
    assert closing in desk("reconcile", "31_opensid.xlsx", "--all", "--format", "table")[1]


# Countries -------------------------------------------------------------------------------------------------------


def test_countries_are_known_as_officers_write_them_and_never_guessed_between_two(desk: "Desk") -> None:
    words = {
        "Perancis": "FRA", "R.R. Tiongkok": "CHN", "WNA Jepang": "JPN", "Philipina": "PHL", "French": "FRA",
        "Netherland": "NLD", "Belanda (NLD)": "NLD", "Korea": None, "Belanda/Jerman": None, "Nigera": None,
    }  # fmt: skip
    sheet = desk.folder / "list.csv"
    rows = [f"Person {chr(ord('A') + n)},X123456{n},{word}" for n, word in enumerate(words)]
    sheet.write_text("\n".join(["Nama,No Paspor,Kebangsaan", *rows]))
    code, out, err = desk("import", str(sheet))
    assert (code, counted(out)) == (6, "10 rows: 7 new, 0 renewed, 0 changed, 0 unchanged, 3 rejected.")
    assert desk.rows("SELECT nationality FROM resident ORDER BY id") == [(code,) for code in words.values() if code]
    assert '"Philipina" is read as Philippines.' in err
    assert "Korea is not a known country. Did you mean South Korea, North Korea?" in err


# Doubtful days ---------------------------------------------------------------------------------------------------


def test_days_that_are_hardly_meant_are_rejected_each_with_its_reason(desk: "Desk") -> None:
    code, out, _err = desk.bring("27_zero_dates.xlsx")
    assert (code, counted(out)) == (6, "6 rows: 0 new, 0 renewed, 0 changed, 0 unchanged, 6 rejected.")
    with (desk.folder / "27_zero_dates.xlsx.rejects.csv").open(encoding="utf-8", newline="") as file:
        reasons = [row["reason"] for row in csv.DictReader(file)]
    expected = (
        "is not a date",
        "1900-01-01 is where a computer begins to count",
        "1970-01-01 is where a computer begins to count",
        "2199-12-31 is far beyond the longest term of KITAS",
        "2120-09-20 is far beyond the longest term of ITK",
        "1920-09-20 is before 2020-09-01",
    )
    assert [said in reason for said, reason in zip(expected, reasons, strict=True)] == [True] * 6


def test_a_doubtful_day_goes_in_where_it_is_accepted(desk: "Desk") -> None:
    assert desk.bring("27_zero_dates.xlsx", "--accept-doubtful")[0] == 6
    assert {("2C21ZD0004", "2199-12-31"), ("2B21ZD0005", "2120-09-20")} <= set(desk.rows(PERMITS))


def test_long_terms_that_there_are_are_not_doubtful(desk: "Desk") -> None:
    sheet = desk.folder / "list.csv"
    rows = ["Ann,X1234567,NLD,ITAS,2C21,2020-01-01,2029-12-31,1970-01-01", "Bob,X1234568,NLD,ITAP,2D21,,unlimited,"]
    sheet.write_text("\n".join(["Nama,No Paspor,Negara,Jenis Izin,No Izin,Tgl Terbit,Berlaku s/d,Tgl Lahir", *rows]))
    assert desk("import", str(sheet))[0] == 0


# Places ----------------------------------------------------------------------------------------------------------


def test_a_village_may_stand_with_its_kind_its_district_or_its_code(desk: "Desk") -> None:
    cells = [
        "Ds. Air Merbau",
        "Desa Air Merbau Kec. Tanjungpandan",
        "19.02.01.2012 Air Merbau",
        "Kel. Dukong Kec. Tanjung Pandan",
    ]
    sheet = desk.folder / "list.csv"
    rows = [f"Person {chr(ord('A') + n)},X123456{n},NLD,{cell}" for n, cell in enumerate(cells)]
    wrong = ["Eva,X1234577,NLD,19.02.01.2012 Dukong", "Fay,X1234578,NLD,Desa Air Merbau Kec. Sijuk"]
    sheet.write_text("\n".join(["Nama,No Paspor,Negara,Desa", *rows, *wrong]))
    code, out, err = desk("import", str(sheet))
    assert (code, counted(out)) == (6, "6 rows: 4 new, 0 renewed, 0 changed, 0 unchanged, 2 rejected.")
    assert "19.02.01.2012 is Air Merbau, and not Dukong." in err
    codes = [*["19.02.01.2012"] * 3, "19.02.01.2007"]
    assert desk.rows("SELECT village_code FROM residence ORDER BY id") == [(code,) for code in codes]
