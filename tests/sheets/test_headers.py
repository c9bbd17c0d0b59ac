"""Headers: one table, each header meaning one thing; what is mapped, what is refused, what is named."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from timpora_cli import data
from timpora_cli.model.terms import CLASSES, UnknownTerm
from timpora_cli.sheets import headers
from timpora_cli.sheets.headers import (
    ALIASES,
    FIELDS,
    Columns,
    NoIdentifyingColumn,
    NoNameColumn,
    NoSuchHeader,
    Order,
    TwoColumns,
    date_order,
    fold_header,
    guess,
    known_headers,
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


def table() -> list[dict[str, str]]:
    return data.rows(ALIASES)


def test_each_header_means_one_thing() -> None:
    spellings = Counter(fold_header(row["alias"]) for row in table())
    assert [alias for alias, times in spellings.items() if times > 1] == []


def test_every_field_has_headers_and_its_own_name_is_one() -> None:
    assert {row["field"] for row in table()} == set(FIELDS)
    assert [name for name in FIELDS if name != "ignored" and known_headers()[fold_header(name)].field != name] == []


def test_a_header_that_speaks_of_a_class_implies_a_real_one() -> None:
    implied = {row["implies"] for row in table() if row["implies"]}
    assert implied == {"KITAS", "KITAP"}
    assert implied <= {kind.term.code for kind in CLASSES}
    for row in table():
        kitas, kitap = "itas" in fold_header(row["alias"]), "itap" in fold_header(row["alias"])
        assert row["implies"] == ({(True, False): "KITAS", (False, True): "KITAP"}.get((kitas, kitap), ""))


def test_the_immigration_office_is_the_office_and_nothing_else() -> None:
    assert known_headers()[fold_header("KANTOR IMIGRASI")].field == "office"


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
    with pytest.raises(NoNameColumn, match=r"Orangnya, No Paspor") as error:
        matching("Orangnya,No Paspor")
    assert "Nama Lengkap" in str(error.value)
    assert error.value.exit_code == 1


def test_no_way_to_tell_the_person_is_refused() -> None:
    with pytest.raises(NoIdentifyingColumn, match="Nama, Negara") as error:
        matching("Nama,Negara")
    assert "NIORA" in str(error.value)
    assert error.value.exit_code == 1


def test_two_columns_for_one_field_are_refused_with_both() -> None:
    with pytest.raises(TwoColumns, match="Nama, Nama Lengkap") as error:
        matching("Nama,Nama Lengkap,No Paspor")
    assert '--map "Nama=name"' in str(error.value)


def test_a_header_that_is_not_there_cannot_be_mapped() -> None:
    with pytest.raises(NoSuchHeader, match='no column "Orangnya"') as error:
        matching("Nama,No Paspor", Orangnya="name")
    assert error.value.exit_code == 2


def test_a_field_that_is_not_known_cannot_be_mapped_to() -> None:
    with pytest.raises(UnknownTerm, match="Did you mean passport_number"):
        matching("Nama,No Paspor", **{"No Paspor": "pasport_number"})


def test_the_table_is_read_once() -> None:
    assert headers.known_headers() is headers.known_headers()


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
        ("Nomer Paspor", "passport_number"),
        ("Kewarganegaran", "nationality"),
        ("Tgl. Berakir", "expires"),
        ("Zodiak", None),
        ("No", None),
    ],
)
def test_an_unknown_header_is_guessed_at_by_the_nearest_known_one(header: str, field: str | None) -> None:
    assert guess(header) == field
