"""The columns of a sheet: which field each is, what is mapped, what is refused, what is named."""

import csv
from pathlib import Path

import pytest

from timpora_cli.model.terms import UnknownTerm
from timpora_cli.sheets.headers import (
    Columns,
    NoIdentifyingColumn,
    NoNameColumn,
    NoSuchHeader,
    Order,
    TwoColumns,
    assigned,
    date_order,
    guess,
    matched,
)
from timpora_cli.sheets.sheet import Sheet

REAL = {
    "1": "ID,Nama Lengkap,No Paspor,Negara,Tipe Izin,Sponsor,Alamat,Domisili,Status",
    "2": "NO,NO PASPOR,NAMA,JENIS IZIN TINGGAL,TANGGAL TERBIT,TGL BERAKHIR,WARGANEGARA,KANTOR IMIGRASI,PROVINSI,"
    "KABUPATEN/KOTA,LATITUDE,LONGITUDE,STATUS,SUMBER,PERIODE",
    "5": "NIM,Nama,Jenis Kelamin,Jenjang,Fakultas,Prodi,Tahun Masuk,Warga Negara,Email Kampus,Keterangan,Link Foto,"
    "No. Paspor,No. ITAS,No. STM,No. SKTT,Masa Berlaku Paspor,Masa Berlaku ITAS,Masa Berlaku SKJ/STM,"
    "Masa Berlaku SKTT,Link Paspor,Link ITAS,Link STM,Link SKTT,Tempat Lahir,Tanggal Lahir,Alamat Sekarang,"
    "Alamat Asal,Telepon,HP,No. Paket Data,Email Pribadi",
    "7": "Nik,Nama Penduduk,Tempat Lahir,Tanggal Lahir (tgl/bln/thn),Jenis Kelamin,No Telp,Email,No Kitas,No Paspor,"
    "Golongan Darah,RT,RW,Nama Dusun,Pekerjaan,Kewarganegaraan,Alamat Jalan,Nama Ayah,Nama Ibu",
    "11": "NO.,nama_lengkap,jenis_kelamin,tempat_lahir,tanggal_lahir,nomor_paspor,kewarganegaraan,jenis_izin,"
    "masa_berlaku,tujuan,alamat,kabupaten,nama_penjamin,alamat_penjamin",
    "12": 'nama,jenis_kelamin,nomor_paspor,warganegara,jenis_izin_tinggal,kolom_6,penjamin,alamat,"lat,lng"',
    "16": "nomor_paspor,nama,jenis_kelamin,kewarganegaraan,nomor_register,masa_izin_tinggal,penjamin,"
    "jenis_izin_tinggal",
    "17": "nama_lengkap,tempat_lahir,tanggal_lahir,jenis_kelamin,nomor_paspor,paspor_expire,nomor_izin_tinggal,"
    "tanggal_penerbitan,stay_permit_expire,keterangan,status",
    "18": "stambuk,nama,kelas,rayon,negara,tempat_lahir,tanggal_lahir,jenis_kelamin,alamat,no_sktt,no_paspor,"
    "exp_paspor,tempat_paspor,tgl_paspor,no_itas,exp_itas,level_itas",
    "19": "nama,no_paspor,tgl_akhir_paspor,tipe_sponsor,nama_sponsor,alamat_sponsor,dokumen_ijin_tinggal,"
    "no_kitas_kitap,tmp_terbit_kitas_kitap,tgl_terbit_kitas_kitap,tgl_akhir_kitas_kitap,tmp_datang_pertama,"
    "tgl_datang_pertama",
    "20": "Nomor SKTT,NIK,Nama,Jenis Kelamin,Kewarganegaraan,Pekerjaan,Alamat,Kelurahan/Desa,Kecamatan,Nomor KITAS,"
    "Masa Berlaku s.d",
}
READ = {
    "1": "name passport_number nationality class sponsor address",
    "2": "passport_number name class issued expires nationality office regency",
    "5": "name sex nationality passport_number permit_number passport_expires expires birthplace born address contact"
    " contact contact",
    "7": "name birthplace born sex contact contact permit_number passport_number rt rw occupation nationality address",
    "11": "name sex birthplace born passport_number nationality class expires purpose address regency sponsor",
    "12": "name sex passport_number nationality class sponsor address",
    "16": "passport_number name sex nationality sponsor class",
    "17": "name birthplace born sex passport_number passport_expires permit_number issued expires",
    "18": "name nationality birthplace born sex address passport_number passport_expires passport_issued permit_number"
    " expires",
    "19": "name passport_number passport_expires sponsor_kind sponsor class permit_number issued expires arrived",
    "20": "name sex nationality occupation address village district permit_number expires",
}


def matching(line: str, **mapping: str) -> Columns:
    (header,) = csv.reader([line])
    return matched(Sheet(Path("list.csv"), tuple(header), iter(())), mapping)


def fields(columns: Columns) -> list[str]:
    return [column.meaning.field for column in columns.read]


@pytest.mark.parametrize("number", REAL)
def test_the_headers_of_real_files_are_read(number: str) -> None:
    columns = matching(REAL[number])
    assert fields(columns) == READ[number].split()


@pytest.mark.parametrize("number", REAL)
def test_every_column_of_a_real_file_is_read_or_named(number: str) -> None:
    columns = matching(REAL[number])
    (header,) = csv.reader([REAL[number]])
    quiet = [text for text in header if text.upper() in {"NO", "NO."}]
    assert len(columns.read) + len(columns.ignored) + len(quiet) == len(header)


@pytest.mark.parametrize(
    "spelling", ["No Paspor", "NO. PASPOR", "no_paspor", " No-Paspor ", "No Paspor (sesuai dokumen)", "No.Paspor [9]"]
)
def test_case_dots_lines_and_brackets_do_not_matter(spelling: str) -> None:
    assert fields(matching(f"Nama,{spelling}")) == ["name", "passport_number"]


def test_a_header_that_is_all_in_brackets_is_read_with_them() -> None:
    assert fields(matching("(Nama),No Paspor")) == ["name", "passport_number"]


def test_the_officer_says_what_a_column_is() -> None:
    columns = matching("Orangnya,No Paspor,Catatan", Orangnya="name", catatan="Occupation")
    assert fields(columns) == ["name", "passport_number", "occupation"]


def test_what_the_officer_says_goes_before_what_is_known() -> None:
    columns = matching("Nama,Nama Lengkap,No Paspor,Negara", **{"Nama Lengkap": "name", "Negara": "ignored"})
    assert fields(columns) == ["name", "passport_number"]
    assert columns.ignored == ("Nama",)


def test_an_unknown_column_is_named_once_and_one_without_a_header_by_its_place() -> None:
    columns = matching("NO,Nama,No Paspor,Zodiak,")
    assert columns.ignored == ("Zodiak", "column 5")
    assert columns.width == 5


def test_the_columns_of_a_rejects_file_are_passed_over_quietly() -> None:
    assert matching("Nama,No Paspor,line,reason").ignored == ()


def test_no_name_column_is_refused_with_what_was_found_and_what_is_known() -> None:
    with pytest.raises(NoNameColumn, match=r'1 \(A\) "Orangnya", 2 \(B\) "No Paspor"') as error:
        matching("Orangnya,No Paspor")
    assert "Nama Lengkap" in str(error.value)
    assert error.value.exit_code == 1


def test_no_way_to_tell_the_person_is_refused() -> None:
    with pytest.raises(NoIdentifyingColumn, match=r'1 \(A\) "Nama", 2 \(B\) "Negara"') as error:
        matching("Nama,Negara")
    assert "NIORA" in str(error.value)
    assert error.value.exit_code == 1


def test_two_columns_for_one_field_are_refused_with_both() -> None:
    with pytest.raises(TwoColumns, match=r'1 \(A\) "Nama", 2 \(B\) "Nama Lengkap"') as error:
        matching("Nama,Nama Lengkap,No Paspor")
    assert '--map "A=name"' in str(error.value)


def test_a_header_that_is_not_there_cannot_be_mapped() -> None:
    with pytest.raises(NoSuchHeader, match='no column "Orangnya"') as error:
        matching("Nama,No Paspor", Orangnya="name")
    assert error.value.exit_code == 2


def test_a_field_that_is_not_known_cannot_be_mapped_to() -> None:
    with pytest.raises(UnknownTerm, match="Did you mean passport_number"):
        matching("Nama,No Paspor", **{"No Paspor": "pasport_number"})


@pytest.mark.parametrize("typed", ["3", "C", "c", "kolom 3", "Column 3", "Nama#2", '"Nama"#2'])
def test_a_column_is_chosen_by_its_number_its_letter_or_its_time(typed: str) -> None:
    columns = matching("Nama,No Paspor,Nama", **{typed: "name"})
    assert [(column.place, column.meaning.field) for column in columns.read] == [(1, "passport_number"), (2, "name")]


def test_a_header_goes_before_a_letter_or_a_number() -> None:
    assert [column.place for column in matching("Nama,No Paspor,A,1", A="sex").read] == [0, 1, 2]
    assert [column.place for column in matching("Nama,No Paspor,A,1", **{"1": "sex"}).read] == [0, 1, 3]


@pytest.mark.parametrize("typed", ["9", "ZZ", "Nama#3", "0", "column 0"])
def test_a_column_beyond_the_sheet_cannot_be_mapped(typed: str) -> None:
    with pytest.raises(NoSuchHeader):
        matching("Nama,No Paspor,Nama", **{typed: "name"})


def test_columns_of_one_name_are_told_apart_by_the_document_before_them() -> None:
    columns = matching("Nama,No Paspor,Masa Berlaku,Kewarganegaraan,No KITAS,Masa Berlaku")
    assert fields(columns) == ["name", "passport_number", "passport_expires", "nationality", "permit_number", "expires"]
    assert columns.remarks == (
        'Column 3 (C) "Masa Berlaku" is read as passport_expires, by the columns before it.',
        'Column 6 (F) "Masa Berlaku" is read as expires, by the columns before it.',
    )


def test_columns_of_one_fact_and_two_names_are_told_apart_too() -> None:
    columns = matching("Nama,No Paspor,Tgl Terbit,Tgl Habis,No ITAP,Tgl Dikeluarkan,Berlaku s/d")
    assert fields(columns)[2:] == ["passport_issued", "passport_expires", "permit_number", "issued", "expires"]
    assert [column.meaning.implies for column in columns.read][-3:] == ["KITAP", "KITAP", "KITAP"]


def test_columns_that_their_neighbours_do_not_tell_apart_are_refused_with_their_numbers_and_letters() -> None:
    with pytest.raises(TwoColumns, match=r'3 \(C\) "Masa Berlaku", 4 \(D\) "Masa Berlaku"'):
        matching("Nama,No Paspor,Masa Berlaku,Masa Berlaku")


def test_a_header_with_two_readings_is_not_read_and_asks() -> None:
    columns = matching("Nama,No Paspor,Masa Berlaku Paspor/KITAS")
    assert columns.ignored == ("Masa Berlaku Paspor/KITAS",)
    (said,) = columns.remarks
    assert said.startswith('Column 3 (C) "Masa Berlaku Paspor/KITAS" may be passport_expires or expires, and is not')
    assert said.endswith('--map "C=passport_expires"')


def test_an_address_of_now_goes_before_another_and_no_third_one_is_taken() -> None:
    read = matching("alamat,nama,no_paspor,alamat_sekarang").read
    assert [column.place for column in read if column.meaning.first] == [3]
    with pytest.raises(TwoColumns):
        matching("alamat,nama,no_paspor,alamat_sekarang,Alamat Lengkap")


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("Tanggal Lahir (tgl/bln/thn)", "DMY"),
        ("Tanggal Lahir [DD-MM-YYYY]", "DMY"),
        ("Tgl Berakhir (mm/dd/yyyy)", "MDY"),
        ("Tgl Berakhir (yyyymmdd)", "YMD"),
        ("Tgl Berakhir (thn-bln-tgl)", "YMD"),
        ("Tgl Lahir (hari bulan tahun)", "DMY"),
        ("Jenis Kelamin (L/P)", None),
        ("Paspor (berlaku s/d)", None),
        ("Tgl Lahir (dd/mm)", None),
        ("Tanggal Lahir dd/mm/yyyy", None),
    ],
)
def test_a_header_announces_an_order_in_brackets(header: str, order: Order | None) -> None:
    assert date_order(header) == order


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nommor Paspor", "passport_number"),
        ("Kewarganegraan", "nationality"),
        ("Tgl. Berakir", "expires"),
        ("Zodiak", None),
        ("No", None),
    ],
)
def test_an_unknown_header_is_guessed_at_by_the_nearest_known_one(header: str, field: str | None) -> None:
    (unknown,) = assigned(Sheet(Path("list.csv"), (header,), iter(())), {}).unread
    assert (None if unknown.known else guess(unknown)) == field
