"""People on record: which cells correct, which move somebody, what is refused of the departed; and their passports."""

from datetime import date
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


# People and places -----------------------------------------------------------------------------------------------


def test_a_cell_that_differs_is_a_correction_kept_in_history(desk: "Desk") -> None:
    header = f"{WHO},Pekerjaan,Tgl Lahir"
    desk.bring(header, f"{ANN},guru,")
    assert desk.tally(desk.bring(header, "Ann Reinvented,X0001,Australia,juru masak,1980-01-01")) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT full_name, occupation, born FROM resident") == [
        ("Ann Reinvented", "juru masak", "1980-01-01")
    ]
    assert desk.office.rows("SELECT full_name, occupation, born FROM resident_version") == [
        ("Ann Invented", "guru", None)
    ]


def test_a_sponsor_in_another_spelling_is_the_same_sponsor(desk: "Desk") -> None:
    header = f"{WHO},Penjamin,Jenis Penjamin"
    desk.bring(header, f"{ANN},PT Contoh,", "Bob Invented,X0002,Jerman,PT. CONTOH,perusahaan")
    assert desk.office.rows("SELECT name, kind FROM sponsor") == [("PT Contoh", "COMPANY")]
    assert desk.tally(desk.bring(header, f"{ANN},CV Umpama,perusahaan")) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT sponsor_id FROM resident ORDER BY id") == [(2,), (1,)]
    assert desk.tally(desk.bring(header, f"{ANN},,perorangan")) == (0, 0, 0, 0, 1)  # it would change for all its people
    assert desk.office.rows("SELECT kind FROM sponsor WHERE id = 2") == [("COMPANY",)]


def test_a_sponsor_that_is_written_in_capitals_alone_is_kept(desk: "Desk") -> None:
    sheet = ("Nama,No Paspor,Negara,Penjamin", "Ann Invented,X0001,Australia,PT CONTOH")
    desk.bring(*sheet)
    assert desk.people()[0]["sponsor"] == "PT CONTOH"
    assert desk.bring(*sheet).unchanged == 1


def test_a_kind_of_sponsor_without_its_name_is_taken_only_where_it_is_known(desk: "Desk") -> None:
    header = f"{WHO},Penjamin,Jenis Penjamin"
    desk.bring(header, f"{ANN},PT Contoh,", "Bob Invented,X0002,Jerman,PT Contoh,")
    assert "Name the sponsor too" in desk.reason(desk.bring(header, f"{ANN},,perusahaan"))
    rows = (f"{ANN},,perusahaan", "Bob Invented,X0002,Jerman,PT Contoh,perusahaan")
    assert desk.tally(desk.bring(header, *rows))[4] == 0
    assert desk.office.rows("SELECT name, kind FROM sponsor") == [("PT Contoh", "COMPANY")]


def test_a_kind_of_sponsor_without_a_sponsor_is_of_nobody(desk: "Desk") -> None:
    assert desk.tally(desk.bring(f"{WHO},Penjamin,Jenis Penjamin", f"{ANN},-,perusahaan")) == (1, 0, 0, 0, 0)
    assert desk.office.rows("SELECT count(*) FROM sponsor") == [(0,)]


def test_a_refused_row_leaves_no_spelling_of_a_sponsor_behind(desk: "Desk") -> None:
    header = f"{PERMIT},Penjamin"
    desk.bring(
        header,
        f"{ANN},ITAS,N1,2020-01-01,2019-01-01,P.T. CONTOH",
        "Bob Invented,X0002,Jerman,ITAS,N2,2020-01-01,2021-01-01,PT Contoh",
    )
    assert desk.office.rows("SELECT id, name FROM sponsor") == [(1, "PT Contoh")]


def test_another_village_is_a_move_on_the_day_of_the_sheet(desk: "Desk", office: "Office") -> None:
    header = f"{PERMIT},Desa,Alamat,RT"
    desk.bring(header, f"{FIRST},Air Merbau,Jl. Contoh 1,001")
    moved = desk.bring(header, f"{FIRST},Sijuk,Jl. Umpama 2,", on=date(2020, 9, 17))
    assert desk.tally(moved) == (0, 0, 1, 0, 0)
    assert office.rows("SELECT village_code, address, rt, from_on, until_on FROM residence ORDER BY id") == [
        ("19.02.01.2012", "Jl. Contoh 1", "001", "2019-06-01", "2020-09-17"),
        ("19.02.04.2001", "Jl. Umpama 2", None, "2020-09-17", None),
    ]
    assert office.totals("2020-09-16") == {"19.02.01": 1}
    assert office.totals("2020-09-17") == {"19.02.04": 1}


def test_without_the_day_of_the_sheet_another_village_is_a_correction_and_its_address_goes(
    desk: "Desk", office: "Office"
) -> None:
    header = f"{PERMIT},Desa,Alamat,RT"
    desk.bring(header, f"{FIRST},Air Merbau,Jl. Contoh 1,001")
    assert desk.tally(desk.bring(header, f"{FIRST},Sijuk,,")) == (0, 0, 1, 0, 0)
    assert office.rows("SELECT village_code, address, rt, from_on, until_on FROM residence") == [
        ("19.02.04.2001", None, None, "2019-06-01", None)
    ]


def test_on_the_day_of_a_move_another_village_is_a_correction_of_it(desk: "Desk", office: "Office") -> None:
    header = f"{WHO},Desa"
    for village in ("Air Merbau", "Sijuk", "Terong"):
        desk.bring(header, f"{ANN},{village}", on=date(2020, 9, 17))
    assert office.rows("SELECT village_code, from_on, until_on FROM residence ORDER BY id") == [
        ("19.02.01.2012", None, "2020-09-17"),
        ("19.02.04.2003", "2020-09-17", None),
    ]


def test_another_address_and_a_village_that_was_not_known_are_corrections(desk: "Desk", office: "Office") -> None:
    header = f"{WHO},Desa,Alamat,RT,RW"
    desk.bring(header, f"{ANN},,Jl. Contoh 1,,")
    assert desk.tally(desk.bring(header, f"{ANN},Sijuk,Jl. Contoh 2,4,5")) == (0, 0, 1, 0, 0)
    assert office.rows("SELECT village_code, address, rt, rw, until_on FROM residence") == [
        ("19.02.04.2001", "Jl. Contoh 2", "4", "5", None)
    ]


def test_a_district_that_is_not_the_one_on_record_asks_for_the_village(desk: "Desk") -> None:
    desk.bring(f"{WHO},Desa", f"{ANN},Air Merbau")
    header = f"{WHO},Kecamatan"
    assert "Name the village too" in desk.reason(desk.bring(header, f"{ANN},Sijuk"))
    assert desk.tally(desk.bring(header, f"{ANN},Tanjung Pandan")) == (0, 0, 0, 1, 0)


@pytest.mark.slow
def test_another_district_is_a_move_and_a_village_within_it_is_said_more_exactly(
    desk: "Desk", office: "Office"
) -> None:
    header = f"{WHO},Kecamatan,Desa"
    for row in (f"{ANN},,", f"{ANN},Sijuk,", f"{ANN},Sijuk,Terong"):
        desk.bring(header, row)
    assert office.rows("SELECT village_code, district_code, until_on FROM residence") == [("19.02.04.2003", None, None)]
    desk.bring(header, "Bob Invented,X0002,Jerman,Sijuk,")
    desk.bring(header, "Bob Invented,X0002,Jerman,Badau,", on=date(2020, 9, 17))
    assert office.rows("SELECT district_code, until_on FROM residence WHERE resident_id = 2 ORDER BY id") == [
        ("19.02.04", "2020-09-17"),
        ("19.02.05", None),
    ]


@pytest.mark.slow
def test_a_residence_follows_the_facts_that_it_began_with(desk: "Desk", office: "Office") -> None:
    desk.bring(PERMIT, f"{ANN},ITAS,N1,,")
    for row, since in (
        (f"{FIRST},", "2019-06-01"),
        (f"{ANN},ITK,N0,2019-04-01,2019-05-31,", "2019-04-01"),
        (f"{FIRST},2019-03-15", "2019-03-15"),
    ):
        desk.bring(f"{PERMIT},Tanggal Masuk", row)
        assert office.rows("SELECT from_on, until_on FROM residence") == [(since, None)]


def test_a_residence_whose_beginning_somebody_has_said_stays(desk: "Desk", office: "Office") -> None:
    resident = office.person("Ann Invented", since="2018-01-01", passport="X0001")
    desk.bring(f"{PERMIT},Tanggal Masuk", f"{FIRST},2019-03-15")
    assert office.rows("SELECT from_on FROM residence WHERE resident_id = ?", resident) == [("2018-01-01",)]


def test_after_a_move_the_residences_stay_as_they_are(desk: "Desk", office: "Office") -> None:
    desk.bring(PERMIT, FIRST)
    office.move(1, "19.02.04.2001", "2020-01-01")
    desk.bring(PERMIT, f"{ANN},ITK,N0,2019-04-01,2019-05-31")
    assert office.rows("SELECT from_on, until_on FROM residence ORDER BY id") == [
        ("2019-06-01", "2020-01-01"),
        ("2020-01-01", None),
    ]


# Those who have left ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_somebody_departed_keeps_what_is_on_record_and_takes_corrections(desk: "Desk", office: "Office") -> None:
    header = f"{PERMIT},Desa,Pekerjaan"
    desk.bring(header, f"{FIRST},Sijuk,")
    office.depart(1, "2020-03-01")
    assert desk.tally(desk.bring(header, f"{FIRST},Sijuk,")) == (0, 0, 0, 1, 0)
    assert desk.tally(desk.bring(header, f"{FIRST},Sijuk,guru")) == (0, 0, 1, 0, 0)
    assert desk.tally(desk.bring(header, f"{ANN},ITK,N0,2019-04-01,2019-05-31,,")) == (0, 0, 1, 0, 0)
    assert office.totals("2020-09-17") == {}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{SECOND},Sijuk", "Resident 1 departed on 2020-03-01"),
        (f"{ANN},ITAS,N2,2020-02-01,2021-01-31,", "Resident 1 departed on 2020-03-01"),
        (f"{ANN},ITAS,N2,,2021-01-31,", "Resident 1 departed on 2020-03-01"),
        (f"{FIRST},Terong", "Resident 1 departed on 2020-03-01"),
    ],
)
def test_a_later_permit_or_another_place_of_somebody_departed_is_refused(
    desk: "Desk", office: "Office", row: str, said: str
) -> None:
    header = f"{PERMIT},Desa"
    desk.bring(header, f"{FIRST},Sijuk")
    office.depart(1, "2020-03-01")
    assert said in desk.reason(desk.bring(header, row))


def test_a_first_permit_of_somebody_departed_is_refused(desk: "Desk", office: "Office") -> None:
    desk.bring(WHO, ANN)
    office.depart(1, "2020-03-01")
    assert "Resident 1 departed" in desk.reason(desk.bring(PERMIT, FIRST))


# Passports -------------------------------------------------------------------------------------------------------

PASSPORT = "Nama,NIORA,Negara,No Paspor,Tanggal Paspor,Masa Berlaku Paspor"
OLD = "Ann Invented,NI1,Australia,X0001,2010-01-01,2020-01-01"
NEW = "Ann Invented,NI1,Australia,X0002,2019-11-01,2029-11-01"
OLDEST = "Ann Invented,NI1,Australia,X0000,2000-01-01,2010-01-01"
MIDDLE = "Ann Invented,NI1,Australia,X0009,2015-05-05,2025-05-05"


@pytest.mark.parametrize("rows", [(OLDEST, OLD, MIDDLE, NEW), (NEW, OLDEST, OLD, MIDDLE), (OLD, NEW, MIDDLE, OLDEST)])
def test_the_passport_in_use_is_the_latest_by_its_days_in_any_order(desk: "Desk", rows: tuple[str, ...]) -> None:
    assert desk.tally(desk.bring(PASSPORT, *rows)) == (1, 0, 3, 0, 0)
    assert desk.office.rows("SELECT number, retired_on FROM passport ORDER BY issued_on") == [
        ("X0000", "2010-01-01"),
        ("X0001", "2015-05-05"),
        ("X0009", "2019-11-01"),
        ("X0002", None),
    ]


def test_the_days_of_the_same_passport_are_filled_in_and_corrected(desk: "Desk") -> None:
    desk.bring(f"{WHO},Masa Berlaku Paspor", f"{ANN},")
    assert desk.tally(desk.bring(f"{WHO},Masa Berlaku Paspor", f"{ANN},2025-01-01")) == (0, 0, 1, 0, 0)
    assert desk.tally(desk.bring(f"{WHO},Masa Berlaku Paspor", f"{ANN},2026-01-01")) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT expires_on FROM passport") == [("2026-01-01",)]


def test_last_days_tell_the_newer_passport_where_issue_days_do_not(desk: "Desk") -> None:
    desk.bring(PASSPORT, "Ann Invented,NI1,Australia,X0001,,2025-01-01")
    desk.bring(PASSPORT, "Ann Invented,NI1,Australia,X0000,,2019-01-01")
    desk.bring(PASSPORT, "Ann Invented,NI1,Australia,X0002,,2030-01-01")
    assert desk.office.rows("SELECT number, retired_on FROM passport ORDER BY number") == [
        ("X0000", "2019-01-01"),
        ("X0001", "2020-09-17"),
        ("X0002", None),
    ]


def test_another_passport_without_any_day_is_refused(desk: "Desk") -> None:
    desk.bring(PASSPORT, OLD)
    outcome = desk.bring(PASSPORT, "Ann Invented,NI1,Australia,X0002,,")
    assert "nothing in this row tells which is the newer" in desk.reason(outcome)


def test_a_first_passport_of_somebody_known_is_filled_in(desk: "Desk") -> None:
    desk.bring("Nama,NIORA,Negara", "Ann Invented,NI1,Australia")
    assert desk.tally(desk.bring(PASSPORT, OLD)) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT number, country, retired_on FROM passport") == [("X0001", "AUS", None)]


def test_a_passport_of_another_country_than_the_nationality(desk: "Desk") -> None:
    header = f"{WHO},Negara Penerbit,NIORA"
    desk.bring(header, f"{ANN},Inggris,NI1")
    assert desk.office.rows("SELECT country FROM passport") == [("GBR",)]
    assert desk.tally(desk.bring(f"{WHO},NIORA", f"{ANN},NI1")) == (0, 0, 0, 1, 0)
    assert desk.tally(desk.bring(header, f"{ANN},Irlandia,NI1")) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT country FROM passport") == [("IRL",)]


def test_a_corrected_nationality_corrects_the_country_of_the_passport(desk: "Desk") -> None:
    desk.bring(f"{WHO},NIORA", "Ann Invented,X0001,Australia,NI1")
    assert desk.tally(desk.bring(f"{WHO},NIORA", "Ann Invented,X0001,Austria,NI1")) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT nationality, country FROM resident, passport") == [("AUT", "AUT")]


def test_a_day_after_today_is_the_offices_today(desk: "Desk") -> None:
    header, row = f"{PERMIT}", f"{ANN},ITAS,N1,2020-09-18,2021-09-17"
    assert "after today" in desk.reason(desk.bring(header, row))
    assert desk.tally(desk.bring(header, row, today=date(2020, 9, 18))) == (1, 0, 0, 0, 0)
