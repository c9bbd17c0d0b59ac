"""Strangers stay strangers: a word is no number, and a number never makes one person of two who differ."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.actions.conftest import Desk

HEADER = "Nama,No Paspor,Kewarganegaraan,Tgl Lahir,L/P,Tipe Izin,No Izin,Tgl Terbit,Tgl Berakhir"
MAN = "Contoh Pria,{},Belanda,1/1/1980,L,ITAS,2C21FL0001,21/9/2019,20/9/2020"
WOMAN = "Contoh Wanita,{},Belanda,5/5/1995,P,ITAS,2C21FL0002,1/9/2020,31/8/2021"


@pytest.mark.one_in(3)
@pytest.mark.parametrize("word", ["hilang", "tidak ada", "dalam proses", "belum ada", "TBA", "XXXXXXX", "000000000"])
def test_two_people_with_one_word_for_a_passport_are_two_people(desk: "Desk", word: str) -> None:
    desk.bring(HEADER, MAN.format(word))
    outcome = desk.bring(HEADER, WOMAN.format(word))
    assert desk.tally(outcome) == (1, 0, 0, 0, 0)
    assert f'Column "No Paspor": 1 cell says "{word}", which is no number and was left out.' in outcome.remarks
    assert desk.office.rows("SELECT resident_id FROM permit ORDER BY id") == [(1,), (2,)]
    assert desk.office.rows("SELECT count(*) FROM passport") == [(0,)]


def test_the_last_day_of_a_passport_without_number_is_left_out_too(desk: "Desk") -> None:
    outcome = desk.bring(
        "Nama,No Paspor,Paspor Berlaku,Negara,Tipe Izin,No Izin", "Ann Invented,hilang,2025-01-01,Australia,ITAS,N1"
    )
    assert desk.tally(outcome) == (1, 0, 0, 0, 0)


def test_a_number_of_somebody_else_is_refused_with_both_sides(desk: "Desk") -> None:
    desk.bring(HEADER, MAN.format("X0000777"))
    before = desk.office.dump()
    said = desk.reason(desk.bring(HEADER, WOMAN.format("X0000777")))
    assert "The passport number is of resident 1, who is another person: Contoh Pria, 1980-01-01, M, NLD." in said
    assert "The row says: Contoh Wanita, 1995-05-05, F, NLD." in said
    assert desk.office.dump() == before


def test_what_stands_around_a_number_is_no_part_of_it(desk: "Desk") -> None:
    around = ("No. NX0000011", "NLD NX0000011", "Paspor: NX0000011", "PASPOR-NX0000011", "nx 0000011", "NX.0000011")
    rows = [f"Ann Invented,{text},Belanda" for text in around]
    assert desk.tally(desk.bring("Nama,No Paspor,Negara", *rows)) == (1, 0, 0, len(around) - 1, 0)
    assert desk.office.rows("SELECT number, country FROM passport") == [("NX0000011", "NLD")]
