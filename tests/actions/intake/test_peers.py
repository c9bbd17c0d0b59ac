"""The faults that other importers were found to have do not happen here. Letters in test names stand for importers."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

HEADER = "nama,jenis_kelamin,nomor_paspor,warganegara,jenis_izin_tinggal,masa_berlaku,penjamin,jenis_penjamin"
ANN = "Ann Invented,P,X0001,Australia,ITAS INVESTOR,2020-12-31,Siti Rekaan,"
TODAY = "2020-09-17"


def test_a_no_row_is_given_today_for_its_last_day_nor_a_company_for_its_sponsor(desk: "Desk", office: "Office") -> None:
    desk.bring(HEADER, ANN, "Bob Invented,L,X0002,Jerman,ITAS KERJA,-,PT Contoh,perorangan")
    assert office.rows("SELECT expires_on FROM permit ORDER BY id") == [("2020-12-31",), (None,)]
    assert office.rows("SELECT kind FROM sponsor ORDER BY id") == [(None,), ("PERSON",)]


def test_a_the_row_of_a_renewal_renews(desk: "Desk", office: "Office") -> None:
    desk.bring(HEADER, ANN)
    outcome = desk.bring(HEADER, ANN.replace("2020-12-31", "2021-12-31"))
    assert (outcome.renewed, outcome.rejects) == (1, ())
    assert office.rows("SELECT expires_on FROM permit WHERE ended_on IS NULL") == [("2021-12-31",)]


def test_b_another_person_of_an_equal_name_is_not_overwritten(desk: "Desk", office: "Office") -> None:
    desk.bring(HEADER, ANN)
    outcome = desk.bring(HEADER, ANN.replace("X0001", "X0099"))
    assert (outcome.new, len(outcome.duplicates)) == (1, 1)
    assert office.rows("SELECT number FROM passport ORDER BY id") == [("X0001",), ("X0099",)]


def test_b_a_row_without_a_passport_is_never_dropped_in_silence(desk: "Desk") -> None:
    outcome = desk.bring(HEADER, ANN, "Bob Invented,L,-,Jerman,ITAS,-,-,-", "Cid Invented,L,X0003,Jerman,ITAS,-,-,-")
    assert desk.tally(outcome) == (2, 0, 0, 0, 1)
    assert [reject.line for reject in outcome.rejects] == [3]
    assert outcome.rejects_file is not None
    assert "Bob Invented" in outcome.rejects_file.read_text()


def test_d_somebody_may_have_several_passports_and_two_people_the_same_number(desk: "Desk", office: "Office") -> None:
    header = f"{HEADER},niora,masa_berlaku_paspor"
    desk.bring(header, f"{ANN},NI1,2021-01-01", "Bob Invented,L,X0001,Jerman,ITAS,-,-,-,NI2,2022-02-02")
    desk.bring(header, f"{ANN},NI1,2031-01-01".replace("X0001", "X0002"))
    assert office.rows("SELECT resident_id, number, country, retired_on FROM passport ORDER BY id") == [
        (1, "X0001", "AUS", TODAY),
        (2, "X0001", "D", None),
        (1, "X0002", "AUS", None),
    ]


def test_f_the_current_permit_is_the_latest_by_its_days_not_by_its_entry(desk: "Desk", office: "Office") -> None:
    header = "nama,nomor_paspor,warganegara,jenis_izin,tanggal_terbit,masa_berlaku"
    who = "Ann Invented,X0001,Australia"
    desk.bring(header, f"{who},ITAP,2020-02-01,2025-01-31", f"{who},ITAS,2019-02-01,2020-01-31")
    desk.bring(header, f"{who},ITK,2018-12-01,2019-01-31")
    held = office.people(TODAY)[1].permit
    assert held is not None
    assert (held.class_code, str(held.expires_on)) == ("KITAP", "2025-01-31")
    assert office.rows("SELECT class_code FROM permit ORDER BY id DESC LIMIT 1") == [("ITK",)]


def test_c_every_spelling_of_a_sex_and_a_regency_is_counted_and_a_hyphen_is_no_purpose(
    desk: "Desk", office: "Office"
) -> None:
    header = "nama,jenis_kelamin,nomor_paspor,warganegara,kabupaten,desa,tujuan"
    spelt = [("L", "Belitung"), ("Laki-laki", "KAB. BELITUNG"), ("lk", "Kabupaten Belitung"), ("Pria", "belitung")]
    rows = [
        f"Person {'abcdefgh'[number]},{sex},X000{number},Jerman,{regency},Air Merbau,-"
        for number, (sex, regency) in enumerate([*spelt, ("P", "Belitung"), ("PEREMPUAN", "KAB.BELITUNG")])
    ]
    assert desk.bring(header, *rows).new == 6
    assert office.totals(TODAY, "sex") == {"M": 4, "F": 2}
    assert office.totals(TODAY, "regency") == {"19.02": 6}
    assert office.totals(TODAY, "purpose") == {None: 6}


def test_e_the_last_valid_day_is_valid_wherever_it_is_asked_for(desk: "Desk", office: "Office") -> None:
    desk.bring(HEADER, ANN.replace("2020-12-31", "2020-10-31"))
    for day, state in (("2020-10-31", "DUE"), ("2020-11-01", "OVERSTAY")):
        assert office.state(1, day) == state
        held = office.people(day)[1].permit
        assert held is not None
        assert (held.standing.state.value == "OVERSTAY") == bool(held.standing.overstay_days)
    assert office.listed("2020-10-31", "2020-11-01")[0] == office.listed("2020-11-01", "2020-11-02")[0] == [1]


def test_f_the_passport_in_use_is_the_latest_by_its_days_not_by_its_entry(desk: "Desk", office: "Office") -> None:
    header = "nama,no_paspor,negara,niora,tgl_paspor"
    desk.bring(header, "Ann Invented,X0002,Australia,NI1,2019-11-01", "Ann Invented,X0001,Australia,NI1,2009-11-01")
    assert office.rows("SELECT number FROM passport WHERE retired_on IS NULL") == [("X0002",)]


def test_g_an_older_month_keeps_its_count_when_a_later_one_comes_in(desk: "Desk", office: "Office") -> None:
    header = "nama,nomor_paspor,warganegara,desa,jenis_izin,tanggal_terbit,masa_berlaku"
    ann = "Ann Invented,X0001,Australia,Air Merbau,ITAS,2020-01-05,2021-01-04"
    august = [ann, "Bob Invented,X0002,Jerman,Sijuk,ITAP,2018-01-01,2023-01-01"]
    for month, rows in ((date(2020, 8, 31), august), (date(2020, 9, 17), [ann.replace("Air Merbau", "Sijuk")])):
        desk.bring(header, *rows, today=month, on=month)
    assert office.totals("2020-08-31") == {"19.02.01": 1, "19.02.04": 1}
    assert office.totals(TODAY) == {"19.02.04": 2}


def test_h_a_blank_last_day_leaves_the_class_as_it_is_and_is_never_today(desk: "Desk", office: "Office") -> None:
    desk.bring("nama,no_paspor,negara,no_itas,exp_itas,tgl_paspor", "Ann Invented,X0001,Thailand,2C21JD0001,,")
    assert office.rows("SELECT class_code, expires_on, issued_on FROM permit") == [("KITAS", None, None)]
    assert office.rows("SELECT issued_on FROM passport") == [(None,)]
    assert office.state(1, TODAY) == "UNKNOWN"


def test_h_a_second_passport_takes_the_place_of_the_first(desk: "Desk", office: "Office") -> None:
    header = "nama,no_paspor,negara,no_itas,exp_paspor"
    for number, until in (("X0001", "2021-01-01"), ("X0002", "2031-01-01")):
        desk.bring(header, f"Ann Invented,{number},Thailand,2C21JD0001,{until}")
    assert office.rows("SELECT number FROM passport WHERE retired_on IS NULL") == [("X0002",)]


@pytest.mark.parametrize("day", ["31/02/2020", "09/20/2020", "2020-02-30", "20/09/20"])
def test_h_a_day_that_is_none_is_written_nowhere(desk: "Desk", office: "Office", day: str) -> None:
    before = office.dump()
    assert "is not a date" in desk.reason(desk.bring("nama,no_paspor,negara,exp_paspor", f"Ann,X0001,Thailand,{day}"))
    assert office.dump() == before
