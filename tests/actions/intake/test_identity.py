"""Whom a row is about: the same passport of the same country, else the NIORA, else the permit number; never a name."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

ALL = "Nama,No Paspor,Negara,NIORA,Tipe Izin,No Izin,Tgl Lahir,Pekerjaan"
ANN = "Ann Invented,X0001,Australia,NI1,ITAS,N1,1980-01-01,"
BOB = "Bob Invented,X0002,Jerman,NI2,ITAS,N2,1980-01-01,"


@pytest.mark.parametrize(
    "row",
    [
        "Ann Invented,x 0001,Australia,,,,,guru",
        "Ann Invented,,,NI1,,,,guru",
        "Ann Invented,,,,,n1,,guru",
        "INVENTED Ann,,,,,N1,,guru",
        "Ann Maria Invented,,,,,N1,,guru",
        "Ann Invented,X0001,,,,,,guru",
        "Ann Reinvented,X0001,Australia,,,,,guru",
        "Ann Reinvented,,,NI1,,,,guru",
    ],
)
def test_each_of_these_tells_who_it_is(desk: "Desk", row: str) -> None:
    desk.bring(ALL, ANN, BOB)
    assert desk.tally(desk.bring(ALL, row)) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT id FROM resident WHERE occupation = 'guru'") == [(1,)]


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Ann Invented,X0001,Australia,NI2,,,,", "The passport number is of resident 1 and the NIORA of resident 2"),
        ("Ann Invented,X0001,Australia,,ITAS,N2,,", "passport number is of resident 1 and the permit number of"),
        ("Ann Invented,,,NI1,ITAS,N2,,", "The NIORA is of resident 1 and the permit number of resident 2"),
        ("Ann Invented,X0001,Australia,NI9,,,,", "resident 1, who is recorded with another NIORA"),
        ("Ann Invented,,,NI9,ITAS,N1,,", "resident 1, who is recorded with another NIORA"),
        ("Dee Invented,,,,ITAS,N1,,", "resident 1, who is recorded under another name"),
        ("Dee Invented,X0001,,,,,,", "resident 1, who is recorded under another name"),
    ],
)
def test_a_row_whose_numbers_belong_to_several_people_is_refused(desk: "Desk", row: str, said: str) -> None:
    desk.bring(ALL, ANN, BOB)
    before = desk.office.dump()
    assert said in desk.reason(desk.bring(ALL, row))
    assert desk.office.dump() == before


def test_a_passport_number_of_two_countries_is_of_two_people(desk: "Desk") -> None:
    outcome = desk.bring(ALL, "Ann Invented,X0001,Australia,,,,,", "Bob Invented,X0001,Jerman,,,,,")
    assert desk.tally(outcome) == (2, 0, 0, 0, 0)
    assert "number is of several countries" in desk.reason(desk.bring(ALL, "Ann Invented,X0001,,,,,,"))


def test_a_niora_that_was_not_known_is_filled_in(desk: "Desk") -> None:
    desk.bring(ALL, "Ann Invented,X0001,Australia,,,,,")
    assert desk.tally(desk.bring(ALL, "Ann Invented,X0001,Australia,NI1,,,,")) == (0, 0, 1, 0, 0)
    assert desk.office.rows("SELECT niora FROM resident") == [("NI1",)]


@pytest.mark.parametrize(
    ("row", "like"),
    [
        ("ANN  INVENTED,X0009,Australia,,,,1999-09-09,", (1,)),
        ("Ánn Invented,X0009,Jerman,,,,1980-01-01,", (1,)),
        ("Ann Invented,X0009,Jerman,,,,1999-09-09,", ()),
        ("Ann Invented,X0009,Jerman,,,,,", ()),
        ("Ann Reinvented,X0009,Australia,,,,1980-01-01,", ()),
    ],
)
def test_an_equal_name_is_reported_where_more_is_equal_and_never_merged(
    desk: "Desk", row: str, like: tuple[int, ...]
) -> None:
    desk.bring(ALL, ANN)
    outcome = desk.bring(ALL, row)
    assert desk.tally(outcome) == (1, 0, 0, 0, 0)
    assert [(found.line, found.resident_id, found.like) for found in outcome.duplicates] == (
        [(2, 2, like)] if like else []
    )
    assert desk.office.rows("SELECT count(*) FROM resident") == [(2,)]


def test_likely_duplicates_within_one_sheet_are_reported_too(desk: "Desk") -> None:
    outcome = desk.bring(ALL, ANN, "Ann Invented,X0008,Australia,,,,,", "Ann Invented,X0009,Australia,,,,,")
    assert [(found.line, found.like) for found in outcome.duplicates] == [(3, (1,)), (4, (1, 2))]


def test_a_refused_row_is_nobodys_likely_duplicate(desk: "Desk", office: "Office") -> None:
    outcome = desk.bring(
        ALL, "Ann Invented,X0001,Australia,,,N1,,", "Ann Invented,X0002,Australia,,ITAS,N2,,", name="one.csv"
    )
    assert desk.tally(outcome) == (1, 0, 0, 0, 1)
    assert outcome.duplicates == ()
    assert office.rows("SELECT max(id) FROM resident") == [(1,)]


def test_a_passport_keeps_its_country_while_a_row_names_its_number_without_one(desk: "Desk") -> None:
    header = f"{ALL},Negara Penerbit"
    desk.bring(header, "Ann Invented,X0001,Australia,NI1,,,,,")
    rows = ("Ann Invented,X0001,,,,,,,", "Ann Invented,X0001,Australia,NI1,,,,,Inggris")
    for order in (rows, rows[::-1]):
        outcome = desk.bring(header, *order)
        assert desk.tally(outcome) == (0, 0, 0, 0, 2)
        assert desk.office.rows("SELECT country FROM passport") == [("AUS",)]
