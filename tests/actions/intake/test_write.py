"""New people and permits: what a row records, what is a renewal or a correction, and what is refused."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

WHO = "Nama,No Paspor,Negara"
PERMIT = f"{WHO},Tipe Izin,No Izin,Tgl Terbit,Tgl Berakhir"
ANN = "Ann Invented,X0001,Australia"
FIRST = f"{ANN},ITAS,N1,2019-06-01,2020-05-31"
SECOND = f"{ANN},ITAS,N2,2020-05-15,2021-05-14"


# New people ------------------------------------------------------------------------------------------------------


def test_a_new_person_comes_with_all_that_the_row_says(desk: "Desk") -> None:
    outcome = desk.bring(
        "Nama,L/P,Tempat Lahir,Tgl Lahir,No Paspor,Tanggal Paspor,Masa Berlaku Paspor,Negara,Tipe Izin,Indeks,No Izin,"
        "Tgl Terbit,Tgl Berakhir,Kantor,Tujuan,Penjamin,Jenis Penjamin,Pekerjaan,Alamat,RT,RW,Desa,Kecamatan,NIORA,HP,"
        "Tanggal Masuk",
        "Ann Invented,P,Rekaan,1/2/1980,x 0001,2018-01-01,2028-01-01,Australia,ITAS,E31A,N1,2020-01-05,2021-01-04,"
        "Tanjungpandan,keluarga,Budi Karangan,perorangan,guru,Jl. Contoh 1,001,002,Air Merbau,Tanjungpandan,NI1,0812,"
        "2019-12-20",
    )
    assert desk.tally(outcome) == (1, 0, 0, 0, 0)
    assert outcome.imported
    assert desk.people() == [
        {
            "full_name": "Ann Invented", "sex": "F", "born": "1980-02-01", "birthplace": "Rekaan",
            "nationality": "AUS", "purpose_code": "FAMILY", "occupation": "guru", "contact": "0812", "niora": "NI1",
            "arrived": "2019-12-20", "departed": None, "sponsor": "Budi Karangan", "sponsor_kind": "PERSON",
            "passport": [("X0001", "AUS", "2018-01-01", "2028-01-01", None)],
            "residence": [("19.02.01.2012", "Jl. Contoh 1", "001", "002", "2019-12-20", None)],
            "permit": [
                ("KITAS", "N1", "2020-01-05", "2020-01-05", "2021-01-04", None, None, "NEW", "E31A"),
            ],
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arrived", "issued", "since"),
    [("2019-01-01", "2019-06-01", "2019-01-01"), ("", "2019-06-01", "2019-06-01"), ("", "", None)],
)
def test_a_residence_begins_with_the_arrival_or_the_issue_or_nobody_knows(
    desk: "Desk", arrived: str, issued: str, since: str | None
) -> None:
    desk.bring(f"{WHO},Tanggal Masuk,Tipe Izin,Tgl Terbit", f"{ANN},{arrived},ITAS,{issued}")
    assert desk.office.rows("SELECT from_on FROM residence") == [(since,)]


def test_a_person_may_come_without_a_permit(desk: "Desk") -> None:
    assert desk.tally(desk.bring(f"{WHO},Tipe Izin", f"{ANN},-")) == (1, 0, 0, 0, 0)
    assert desk.permits("Ann Invented") == []


def test_a_permit_without_a_last_day_is_unknown_until_one_is_filled_in(desk: "Desk") -> None:
    desk.bring("ID,Nama Lengkap,No Paspor,Negara,Tipe Izin", f"1,{ANN},ITAS")
    assert desk.office.state(1, "2020-09-17") == "UNKNOWN"
    outcome = desk.bring(PERMIT, f"{ANN},ITAS,N1,2019-06-01,2021-05-31")
    assert desk.tally(outcome) == (0, 0, 1, 0, 0)
    assert desk.permits("Ann Invented") == [("KITAS", "N1", "2019-06-01", "2021-05-31", None)]


def test_a_new_person_needs_a_nationality(desk: "Desk") -> None:
    assert "names no nationality" in desk.reason(desk.bring("Nama,No Paspor", "Ann Invented,X0001"))


def test_a_new_permit_needs_its_class(desk: "Desk") -> None:
    assert "without its class" in desk.reason(desk.bring(f"{WHO},No Izin", f"{ANN},N1"))
    assert desk.people() == []


def test_header_set_twelve_comes_in_by_its_own_words(desk: "Desk") -> None:
    outcome = desk.bring(
        'nama,jenis_kelamin,nomor_paspor,warganegara,jenis_izin_tinggal,foto,penjamin,alamat,"lat,lng"',
        'Ann Invented,Perempuan,X0001,Australia,ITAS INVESTOR,a.jpg,PT Contoh,Jl. Contoh 1,"-2.7,107.6"',
        'Bob Invented,Laki-laki,X0002,Jerman,ITAP KELUARGA,,Siti Rekaan,Jl. Contoh 2,"-2.7,107.6"',
    )
    assert desk.tally(outcome) == (2, 0, 0, 0, 0)
    assert outcome.ignored == ("foto", "lat,lng")
    assert [(person["purpose_code"], person["permit"][0][0]) for person in desk.people()] == [  # type: ignore[index]
        ("INVESTOR", "KITAS"),
        ("FAMILY", "KITAP"),
    ]


def test_a_district_without_a_village_counts_in_the_district(desk: "Desk", office: "Office") -> None:
    desk.bring(f"{WHO},Kecamatan", f"{ANN},Sijuk", "Bob Invented,X0002,Jerman,-")
    assert office.totals("2020-09-17") == {"19.02.04": 1, None: 1}


# Permits ---------------------------------------------------------------------------------------------------------


def test_a_later_permit_is_a_renewal_that_begins_on_its_day_of_issue(desk: "Desk") -> None:
    desk.bring(PERMIT, FIRST)
    assert desk.tally(desk.bring(PERMIT, SECOND)) == (0, 1, 0, 0, 0)
    assert desk.permits("Ann Invented") == [
        ("KITAS", "N1", "2019-06-01", "2020-05-31", "2020-05-15"),
        ("KITAS", "N2", "2020-05-15", "2021-05-14", None),
    ]
    assert desk.office.rows("SELECT granted_as FROM permit ORDER BY id") == [("NEW",), ("EXTENSION",)]


def test_a_later_last_day_without_a_day_of_issue_is_a_renewal_and_nobody_overstays_by_it(desk: "Desk") -> None:
    desk.bring(f"{WHO},Tipe Izin,Tgl Berakhir", f"{ANN},ITAS,2020-05-31")
    assert desk.tally(desk.bring(f"{WHO},Tipe Izin,Tgl Berakhir", f"{ANN},ITAS,2021-05-31")) == (0, 1, 0, 0, 0)
    assert desk.permits("Ann Invented") == [
        ("KITAS", None, None, "2020-05-31", "2020-06-01"),
        ("KITAS", None, "2020-06-01", "2021-05-31", None),
    ]


def test_it_counts_from_the_day_of_the_import_where_the_end_before_it_is_still_to_come(desk: "Desk") -> None:
    desk.bring(PERMIT, f"{ANN},ITAS,N1,2019-06-01,2021-05-31")
    desk.bring(PERMIT, f"{ANN},ITAS,N2,,2022-05-31")
    assert [row[2] for row in desk.permits("Ann Invented")] == ["2019-06-01", "2020-09-17"]


def test_a_row_that_corrects_the_end_moves_the_grant_that_follows_it_without_a_gap(desk: "Desk") -> None:
    desk.bring(PERMIT, FIRST)
    desk.bring(PERMIT, f"{ANN},ITAS,N2,,2021-05-14")
    assert desk.tally(desk.bring(PERMIT, f"{ANN},ITAS,N1,2019-06-01,2020-03-31")) == (0, 0, 1, 0, 0)
    assert [row[2:] for row in desk.permits("Ann Invented")] == [
        ("2019-06-01", "2020-03-31", "2020-04-01"),
        ("2020-04-01", "2021-05-14", None),
    ]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("starts", ["2020-06-01", "2020-06-15", "2020-07-01"])
def test_a_printed_start_on_either_side_of_the_issue_is_recorded_and_moves_nothing(desk: "Desk", starts: str) -> None:
    desk.bring(PERMIT, FIRST)
    sheet = (f"{PERMIT},Berlaku Mulai", f"{ANN},ITAS,N2,2020-06-15,2021-05-31,{starts}")
    assert desk.tally(desk.bring(*sheet)) == (0, 1, 0, 0, 0)
    assert desk.office.rows("SELECT starts_on, valid_from FROM permit WHERE number = 'N2'") == [("2020-06-15", starts)]
    assert desk.tally(desk.bring(*sheet)) == (0, 0, 0, 1, 0)


def test_a_later_last_day_under_the_same_number_is_a_renewal(desk: "Desk") -> None:
    header = f"{WHO},Tipe Izin,No Izin,Tgl Berakhir"
    desk.bring(header, f"{ANN},ITAS,N1,2020-05-31")
    assert desk.tally(desk.bring(header, f"{ANN},ITAS,N1,2021-05-31")) == (0, 1, 0, 0, 0)
    before = desk.office.dump()
    assert desk.tally(desk.bring(header, f"{ANN},ITAS,N1,2021-05-31")) == (0, 0, 0, 1, 0)
    assert desk.office.dump() == before


def test_a_later_permit_of_another_class_is_a_conversion(desk: "Desk") -> None:
    desk.bring(PERMIT, FIRST)
    assert desk.tally(desk.bring(PERMIT, f"{ANN},ITAP,N2,2020-05-15,2025-05-14")) == (0, 1, 0, 0, 0)
    assert desk.office.rows("SELECT end_reason, granted_as FROM permit ORDER BY id") == [
        ("CONVERTED", "NEW"),
        (None, "CONVERSION"),
    ]


def test_an_earlier_permit_fills_in_the_past(desk: "Desk") -> None:
    desk.bring(PERMIT, SECOND)
    assert desk.tally(desk.bring(PERMIT, FIRST)) == (0, 0, 1, 0, 0)
    assert [row[1] for row in desk.permits("Ann Invented")] == ["N1", "N2"]
    assert desk.office.rows("SELECT from_on FROM residence") == [("2019-06-01",)]


def test_two_permits_in_one_sheet_are_one_chain_in_either_order(desk: "Desk") -> None:
    outcome = desk.bring(PERMIT, SECOND, FIRST)
    assert desk.tally(outcome) == (1, 0, 1, 0, 0)
    assert desk.permits("Ann Invented") == [
        ("KITAS", "N1", "2019-06-01", "2020-05-31", "2020-05-15"),
        ("KITAS", "N2", "2020-05-15", "2021-05-14", None),
    ]


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (f"{ANN},ITAS,N1,2019-06-01,2020-06-30", "expires_on", "2020-06-30"),
        (f"{ANN},ITAS,N1,2019-06-01,2020-04-30", "expires_on", "2020-04-30"),
        (f"{ANN},ITAS,N1,2019-06-11,2020-05-31", "issued_on", "2019-06-11"),
        (f"{ANN},ITAP,N1,2019-06-01,2020-05-31", "class_code", "KITAP"),
        (f"{ANN},ITAS,N7,2019-06-01,2020-05-31", "number", "N7"),
        (f"{ANN},ITAS,N7,,2020-05-31", "number", "N7"),
        (f"{ANN},ITAS,,2019-06-11,2020-05-31", "issued_on", "2019-06-11"),
    ],
)
def test_a_cell_that_differs_corrects_the_same_permit(desk: "Desk", row: str, column: str, value: str) -> None:
    desk.bring(PERMIT, FIRST)
    assert desk.tally(desk.bring(PERMIT, row)) == (0, 0, 1, 0, 0)
    assert desk.office.rows(f"SELECT {column} FROM permit") == [(value,)]
    assert desk.office.rows("SELECT count(*) FROM permit_version") == [(1,)]
    assert desk.tally(desk.bring(PERMIT, row)) == (0, 0, 0, 1, 0)


@pytest.mark.slow
def test_blank_cells_and_other_spellings_change_nothing(desk: "Desk") -> None:
    header = f"{PERMIT},Indeks,Kantor,Pekerjaan,Alamat,RT,Penjamin,Tempat Lahir,HP"
    desk.bring(header, f"{FIRST},E31A,Kanim Tanjungpandan,Guru,Jl. Contoh No. 1,003,PT Contoh,Rekaan,0812-34")
    before = desk.office.dump()
    person = "guru,jl contoh no 1,3,pt. contoh,REKAAN,0812 34"
    respelt = f"ANN INVENTED,x-0001,AUS,KITAS,n1,1/6/2019,31 Mei 2020,e31a,KANIM TANJUNGPANDAN,{person}"
    for row in (respelt, f"{ANN},,,,,,,,,,,,"):
        assert desk.tally(desk.bring(header, row)) == (0, 0, 0, 1, 0)
    assert desk.office.dump() == before


def test_a_class_alone_says_nothing_new(desk: "Desk") -> None:
    desk.bring(PERMIT, FIRST)
    assert desk.tally(desk.bring(f"{WHO},Tipe Izin", f"{ANN},KITAS")) == (0, 0, 0, 1, 0)


@pytest.mark.slow
def test_without_a_class_a_row_may_speak_of_the_permit_on_record(desk: "Desk") -> None:
    desk.bring(PERMIT, f"{ANN},ITAS,N1,,")
    header = f"{WHO},No Izin,Tgl Terbit,Tgl Berakhir"
    assert desk.tally(desk.bring(header, f"{ANN},N1,2019-06-01,")) == (0, 0, 1, 0, 0)
    assert desk.tally(desk.bring(header, f"{ANN},,,2020-05-31")) == (0, 0, 1, 0, 0)
    assert desk.permits("Ann Invented") == [("KITAS", "N1", "2019-06-01", "2020-05-31", None)]
    for row in (f"{ANN},N2,2020-05-15,2021-05-14", f"{ANN},,,2021-05-14"):
        assert "without its class" in desk.reason(desk.bring(header, row))


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{ANN},ITAS,N2,,", "nothing in this row tells"),
        (
            f"{ANN},ITAS,N2,2019-06-01,2020-07-31",
            "which was issued on 2019-06-01, and nobody is granted two on one day",
        ),
        (f"{ANN},ITAS,N2,2020-01-01,2020-03-31", "so one of the four days is wrong"),
        (f"{ANN},ITAS,N2,2020-06-01,2020-05-31", '2020-05-31 is before 2020-06-01, the day in the column "Tgl Terbit"'),
        ("Bob Invented,X0002,Jerman,ITAS,N1,2019-06-01,2020-05-31", "recorded under another name"),
    ],
)
def test_what_contradicts_the_register_is_refused_and_leaves_nothing(desk: "Desk", row: str, said: str) -> None:
    desk.bring(PERMIT, FIRST)
    before = desk.office.dump()
    outcome = desk.bring(PERMIT, row)
    assert said in desk.reason(outcome)
    assert desk.office.dump() == before


def test_an_earlier_permit_is_placed_before_one_whose_issue_is_not_known_by_its_last_day(desk: "Desk") -> None:
    desk.bring(PERMIT, f"{ANN},ITAS,N2,,2021-05-14")
    assert desk.tally(desk.bring(PERMIT, FIRST)) == (0, 0, 1, 0, 0)
    assert desk.permits("Ann Invented") == [
        ("KITAS", "N1", "2019-06-01", "2020-05-31", "2020-06-01"),
        ("KITAS", "N2", "2020-06-01", "2021-05-14", None),
    ]


@pytest.mark.parametrize("number", ["N2", "N1"])
def test_an_earlier_permit_without_its_day_of_issue_ends_where_the_next_one_was_issued(
    desk: "Desk", number: str
) -> None:
    desk.bring(PERMIT, FIRST)
    assert desk.tally(desk.bring(PERMIT, f"{ANN},ITAS,{number},,2019-05-31")) == (0, 0, 1, 0, 0)
    assert desk.permits("Ann Invented") == [
        ("KITAS", number, None, "2019-05-31", "2019-06-01"),
        ("KITAS", "N1", "2019-06-01", "2020-05-31", None),
    ]


@pytest.mark.slow
def test_a_permit_after_a_revocation_begins_anew_but_never_over_it(desk: "Desk", office: "Office") -> None:
    desk.bring(PERMIT, FIRST)
    office.revoke(1, "2020-01-10")
    assert "overlap" in desk.reason(desk.bring(PERMIT, f"{ANN},ITAP,N3,2019-12-01,2024-11-30"))
    assert "Give its day of issue" in desk.reason(desk.bring(PERMIT, f"{ANN},ITAP,N3,,2024-11-30"))
    assert desk.tally(desk.bring(PERMIT, FIRST)) == (0, 0, 0, 1, 0)
    assert desk.tally(desk.bring(PERMIT, f"{ANN},ITAS,N2,2020-02-01,2020-04-30")) == (0, 1, 0, 0, 0)
    assert desk.tally(desk.bring(PERMIT, f"{ANN},ITK,N0,2019-01-01,2019-03-01")) == (0, 0, 1, 0, 0)
    assert [row[1] for row in desk.permits("Ann Invented")] == ["N0", "N1", "N2"]


# Rows of one sheet against each other -----------------------------------------------------------------------------


def test_the_same_row_twice_changes_nothing_the_second_time(desk: "Desk") -> None:
    assert desk.tally(desk.bring(PERMIT, FIRST, FIRST)) == (1, 0, 0, 1, 0)


def test_a_row_may_fill_in_what_an_earlier_row_left_blank(desk: "Desk") -> None:
    outcome = desk.bring(f"{WHO},Pekerjaan", f"{ANN},", f"{ANN},guru", f"{ANN},")
    assert desk.tally(outcome) == (1, 0, 1, 1, 0)


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("header", "first", "second", "field"),
    [
        (f"{WHO},Pekerjaan", f"{ANN},guru", f"{ANN},juru masak", "occupation"),
        (f"{WHO},Desa", f"{ANN},Sijuk", f"{ANN},Terong", "village"),
        (PERMIT, FIRST, f"{ANN},ITAS,N9,2019-06-01,2020-05-31", "permit_number"),
        (f"{WHO},Masa Berlaku Paspor", f"{ANN},2025-01-01", f"{ANN},2026-01-01", "passport_expires"),
        (f"{WHO},Penjamin,Jenis Penjamin", f"{ANN},PT X,perusahaan", f"{ANN},PT X,perorangan", "sponsor_kind"),
        (f"{WHO},Penjamin", f"{ANN},PT X", f"{ANN},PT Y", "sponsor"),
    ],
)
def test_rows_that_contradict_each_other_are_refused_at_every_import_each_with_the_line_of_the_other(
    desk: "Desk", header: str, first: str, second: str, field: str
) -> None:
    bob = f"Bob Invented,X0002,Jerman{',' * (header.count(',') - 2)}"
    outcome = desk.bring(header, first, second, bob)
    assert desk.tally(outcome) == (1, 0, 0, 0, 2)
    assert [(reject.line, reject.reason) for reject in outcome.rejects] == [
        (line, f"Line {other} of this sheet says otherwise: {field}. One of the two lines is wrong.")
        for line, other in ((2, 3), (3, 2))
    ]
    before = desk.office.dump()
    assert desk.tally(desk.bring(header, second, first, bob)) == (0, 0, 0, 1, 2)
    assert desk.office.dump() == before
