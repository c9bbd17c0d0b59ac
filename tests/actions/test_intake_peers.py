"""The faults that other importers were found to have (domain.md 5d) cannot be made to happen here."""

from typing import TYPE_CHECKING

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
