"""What the cells of a row are read as, and what is refused with its column, its value and what to write instead."""

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.intake.stage import BadRow, CellReader
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Columns, Field, matched
from timpora_cli.sheets.sheet import Sheet, SheetRow

if TYPE_CHECKING:
    from tests.conftest import Office

TODAY = date(2020, 9, 17)


def columns(header: str) -> Columns:
    (cells,) = csv.reader([header])
    return matched(Sheet(Path("list.csv"), tuple(cells), iter(())), {})


def read(office: "Office", header: str, cells: str) -> Entry:
    (row,) = csv.reader([cells])
    reader = CellReader(office.connection, columns(f"Nama,No Paspor,{header}"), TODAY)
    return reader.entry(SheetRow(2, ("Ann Invented", "X0001", *row)))


def refused(office: "Office", header: str, cells: str) -> str:
    with pytest.raises(BadRow) as error:
        read(office, header, cells)
    return str(error.value)


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("L/P", "P", "sex", "F"),
        ("Jenis Kelamin", "laki-laki", "sex", "M"),
        ("Negara", "RRC", "nationality", "CHN"),
        ("Kewarganegaraan", "jerman", "nationality", "D"),
        ("Negara Penerbit", "Inggris", "passport_country", "GBR"),
        ("Tipe Izin", "itas", "class", "KITAS"),
        ("Tipe Izin", "'ITAP", "class", "KITAP"),
        ("Tujuan", "tenaga_kerja_asing", "purpose", "WORK"),
        ("Jenis Penjamin", "PERORANGAN", "sponsor_kind", "PERSON"),
        ("Tgl Lahir", "1/2/1980", "born", "1980-02-01"),
        ("Tgl Berakhir", "s/d 20 September 2020", "expires", "2020-09-20"),
        ("Tgl Terbit", "17 Sep 2020", "issued", "2020-09-17"),
        ("No Izin Tinggal", "'2C21  JD0001", "permit_number", "2C21 JD0001"),
        ("NIORA", "'00123", "niora", "00123"),
        ("Alamat", " Jl. Contoh  1 ", "address", "Jl. Contoh 1"),
        ("RT", "'003", "rt", "003"),
        ("Desa", "AIK MERBAU", "village", "19.02.01.2012"),
    ],
)
def test_a_cell_becomes_what_the_register_knows(
    office: "Office", header: str, cell: str, field: Field, value: str
) -> None:
    assert read(office, header, cell).values[field] == value


@pytest.mark.parametrize(
    ("cell", "kind", "purpose"),
    [
        ("ITAS INVESTOR", "KITAS", "INVESTOR"),
        ("ITAP KELUARGA", "KITAP", "FAMILY"),
        ("itas - tenaga_kerja_asing", "KITAS", "WORK"),
        ("Izin Tinggal Terbatas ikut suami", "KITAS", "FAMILY"),
        ("bebas visa", "BVK", None),
        ("ITK PERALIHAN", "PERALIHAN", None),
        ("ITK Peralihanan", "PERALIHAN", None),
        ("Izin Tinggal Kunjungan Peralihan", "PERALIHAN", None),
        ("bridging visit permit - wisata", "PERALIHAN", "TOURISM"),
        ("ITK wisata", "ITK", "TOURISM"),
    ],
)
def test_a_class_and_a_purpose_may_stand_in_one_cell(
    office: "Office", cell: str, kind: str, purpose: str | None
) -> None:
    values = read(office, "Tipe Izin", cell).values
    assert (values["class"], values.get("purpose")) == (kind, purpose)


def test_a_purpose_that_two_cells_name_must_be_one(office: "Office") -> None:
    assert read(office, "Tipe Izin,Tujuan", "ITAS INVESTOR,investasi").values["purpose"] == "INVESTOR"
    assert 'Column "Tujuan": it says FAMILY, and another column INVESTOR' in refused(
        office, "Tipe Izin,Tujuan", "ITAS INVESTOR,keluarga"
    )


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        ("Tgl Lahir", "31/2/1980", 'Column "Tgl Lahir": "31/2/1980" is not a date'),
        ("Tgl Lahir", "09/20/1980", "Write it as 2020-09-20"),
        ("Tgl Lahir", "44091", "is not a date"),
        ("Tgl Lahir", "18/9/2020", "2020-09-18 is after today (2020-09-17)"),
        ("Tgl Terbit", "2020-10-01", "is after today"),
        ("Tgl Berakhir", "hari ini", "in a sheet a date names its own day"),
        ("Tgl Berakhir", "+30d", "in a sheet a date names its own day"),
        ("Tgl Berakhir", "akhir tahun", "in a sheet a date names its own day"),
        ("Tipe Izin", "KITTAS", "Did you mean KITAS?"),
        ("Tipe Izin", "ITAS ZODIAK", "ZODIAK is not a known purpose"),
        ("Tujuan", "zodiak", "Known: WORK"),
        ("L/P", "X", "Laki-laki"),
        ("Negara", "Autsralia", "Autsralia is not a known country. Did you mean "),
        ("Negara", "Indonesia", "foreign nationals"),
        ("Jenis Penjamin", "kucing", "kind of sponsor"),
        ("Desa", "Air Merbu", "There is no village Air Merbu"),
        ("Desa", "Dukong", "is the name of 2 villages"),
        ("Kecamatan", "Sijukk", "There is no district Sijukk"),
        ("Kabupaten", "Zodiak", 'there is no regency "Zodiak"'),
        ("No Izin Tinggal", "1.23457E+15", "a spreadsheet has shortened"),
        ("NIORA", "1,2E5", "a spreadsheet has shortened"),
        ("Alamat", "a\0b", "a character that no text holds"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_with_the_reason(
    office: "Office", header: str, cell: str, said: str
) -> None:
    reason = refused(office, header, f'"{cell}"')
    assert reason.startswith(f'Column "{header}": ')
    assert said in reason
    assert "\n" not in reason


def test_days_stand_in_their_order(office: "Office") -> None:
    header = "Tgl Lahir,Tgl Masuk,Tgl Terbit,Berlaku Mulai,Tgl Berakhir,Tgl Paspor,Masa Berlaku Paspor"
    reason = refused(office, header, "2020-05-05,2020-05-04,2020-05-03,2020-05-02,2020-05-01,2020-05-02,2020-05-01")
    assert reason.count(" is before ") == 5  # a printed start may lie before the day of issue
    assert 'Column "Tgl Berakhir": 2020-05-01 is before 2020-05-03, the day in the column "Tgl Terbit".' in reason
    assert read(office, header, ",".join(["2020-05-05"] * 7)).line == 2


def test_a_row_tells_all_that_is_wrong_with_it(office: "Office") -> None:
    reason = refused(office, "L/P,Tgl Lahir,Tipe Izin", "X,31/2/1980,KITTAS")
    assert [f'Column "{header}"' in reason for header in ("L/P", "Tgl Lahir", "Tipe Izin")] == [True] * 3


def test_one_word_is_refused_alike_in_every_row(office: "Office") -> None:
    reader = CellReader(office.connection, columns("Nama,No Paspor,Tujuan"), TODAY)
    said = []
    for line in (2, 3):
        with pytest.raises(BadRow) as error:
            reader.entry(SheetRow(line, ("Ann Invented", "X0001", "zodiak")))
        said.append(str(error.value))
    assert said[0] == said[1]


def test_a_name_has_a_letter_and_everybody_has_one(office: "Office") -> None:
    reader = CellReader(office.connection, columns("Nama Lengkap,No Paspor"), TODAY)
    for cell, said in (("", "nothing is written"), ("12345", '"12345" is no name')):
        with pytest.raises(BadRow, match=f'Column "Nama Lengkap": .*{said}'):
            reader.entry(SheetRow(2, (cell, "X0001")))


def test_a_row_without_any_number_that_tells_a_person_is_refused(office: "Office") -> None:
    reader = CellReader(office.connection, columns("Nama,No Paspor,NIORA"), TODAY)
    with pytest.raises(BadRow, match="nothing tells who this is"):
        reader.entry(SheetRow(2, ("Ann Invented", "-", "")))
    assert reader.entry(SheetRow(2, ("Ann Invented", "-", "N1"))).values["niora"] == "N1"


def test_a_passport_that_cannot_be_read_is_the_one_reason(office: "Office") -> None:
    reader = CellReader(office.connection, columns("Nama,No Paspor"), TODAY)
    with pytest.raises(BadRow) as error:
        reader.entry(SheetRow(2, ("Ann Invented", "X1 (2025)")))
    assert "is not a passport number" in str(error.value)
    assert "nothing tells who this is" not in str(error.value)


def test_the_days_of_a_passport_need_its_number(office: "Office") -> None:
    reader = CellReader(office.connection, columns("Nama,No Paspor,NIORA,Masa Berlaku Paspor"), TODAY)
    with pytest.raises(BadRow, match=r'Column "Masa Berlaku Paspor": .*without its number'):
        reader.entry(SheetRow(2, ("Ann Invented", "", "N1", "2025-01-01")))


def test_a_village_is_found_within_its_district_or_its_regency(office: "Office") -> None:
    assert read(office, "Desa,Kecamatan", "Dukong,KEC. SIMPANG PESAK").values["village"] == "19.06.07.2004"
    assert read(office, "Desa,Kabupaten", "Dukong,Kab. Belitung").values["village"] == "19.02.01.2007"
    assert read(office, "Desa,Kecamatan,Kabupaten", "Dukong,Simpang Pesak,Belitung Timur").values["village"] == (
        "19.06.07.2004"
    )


def test_a_village_elsewhere_is_refused_with_the_place(office: "Office") -> None:
    said = refused(office, "Desa,Kecamatan", "Air Merbau,Sijuk")
    assert 'Column "Desa": The village Air Merbau does not lie in that district' in said
    assert "there is 19.06.01.2003 (Manggar)" in refused(office, "Desa,Kabupaten", "Padang,Belitung")


def test_a_district_must_lie_in_its_regency(office: "Office") -> None:
    assert "Sijuk does not lie in Kabupaten Belitung Timur" in refused(
        office, "Kecamatan,Kabupaten", "Sijuk,Belitung Timur"
    )


def test_a_place_is_not_looked_for_where_its_district_cannot_be_read(office: "Office") -> None:
    said = refused(office, "Desa,Kecamatan", "Dukong,Sijukk")
    assert "no district Sijukk" in said
    assert "Dukong" not in said


def test_a_district_alone_is_kept_to_be_checked(office: "Office") -> None:
    assert read(office, "Kecamatan", "Sijuk").values["district"] == "19.02.04"
    assert "district" not in read(office, "Desa,Kecamatan", "Sijuk,Sijuk").values


def test_a_header_that_speaks_of_a_class_names_it(office: "Office") -> None:
    assert read(office, "No. KITAP", "2C21").values["class"] == "KITAP"
    assert read(office, "Masa Berlaku ITAS", "2021-01-01").values["class"] == "KITAS"
    assert "class" not in read(office, "No. KITAP", "-").values
    assert read(office, "No. KITAS,Tipe Izin", "2C21,ITAP").values["class"] == "KITAP"


def test_contacts_may_stand_in_several_columns(office: "Office") -> None:
    assert read(office, "HP,Email", "'0812,ann@example.invalid").values["contact"] == "0812, ann@example.invalid"


def test_a_short_row_is_blank_at_its_end_and_a_long_one_is_refused(office: "Office") -> None:
    reader = CellReader(office.connection, columns("Nama,No Paspor,Alamat"), TODAY)
    assert "address" not in reader.entry(SheetRow(2, ("Ann Invented", "X0001"))).values
    assert reader.entry(SheetRow(2, ("Ann Invented", "X0001", "Jl. Contoh", " ", ""))).line == 2
    with pytest.raises(BadRow, match="more cells than the header"):
        reader.entry(SheetRow(2, ("Ann Invented", "X0001", "Jl. Contoh", "No. 1")))
