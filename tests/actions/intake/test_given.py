"""What an officer gives for the whole sheet (--set), and what a row leaves to an address or to nothing."""

from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.intake.stage import BadConstant, NotForAll
from timpora_cli.errors import TimporaError
from timpora_cli.model.terms import UnknownTerm

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

WHO = "Nama,No Paspor,Negara"
ANN = "Ann Invented,X0001,Australia"
PLACED = "SELECT village_code, district_code FROM residence ORDER BY id"


def test_a_constant_fills_what_a_row_leaves_blank_and_no_more(desk: "Desk", office: "Office") -> None:
    header = f"{WHO},Tipe Izin,Tujuan"
    told = {"class": "ITAS", "purpose": "kerja", "sponsor": "PT Contoh", "sponsor_kind": "perusahaan"}
    desk.bring(header, f"{ANN},,", "Bob Invented,X0002,Jerman,ITAP,keluarga", constants=told)
    assert office.rows("SELECT class_code FROM permit ORDER BY id") == [("KITAS",), ("KITAP",)]
    assert office.rows("SELECT purpose_code, sponsor_id FROM resident ORDER BY id") == [("WORK", 1), ("FAMILY", 1)]
    assert desk.tally(desk.bring(header, f"{ANN},,", constants=told)) == (0, 0, 0, 1, 0)


def test_a_header_that_speaks_of_a_class_goes_before_a_constant(desk: "Desk", office: "Office") -> None:
    desk.bring(f"{WHO},No KITAP", f"{ANN},2C21", constants={"class": "ITAS"})
    assert office.rows("SELECT class_code FROM permit") == [("KITAP",)]


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("header", "cells", "told", "placed"),
    [
        ("Desa", "Dukong", {"district": "Simpang Pesak"}, ("19.06.07.2004", None)),
        ("Desa", "Dukong", {"regency": "Belitung"}, ("19.02.01.2007", None)),
        ("Desa", "", {"district": "Sijuk"}, (None, "19.02.04")),
        ("Kecamatan", "Tanjungpandan", {"village": "Dukong"}, ("19.02.01.2007", None)),
        ("Kecamatan", "Badau", {"district": "Sijuk"}, (None, "19.02.05")),
        ("Alamat", "Jl. Contoh Desa Dukong", {"district": "Simpang Pesak"}, ("19.06.07.2004", None)),
        ("Alamat", "Jl. Contoh Desa Terong Kec. Sijuk", {"district": "Badau"}, (None, "19.02.05")),
        ("Alamat", "Kel. Menteng Kec. Menteng", {"village": "Terong"}, ("19.02.04.2003", None)),
    ],
)
def test_a_place_that_is_told_helps_to_find_the_village(
    desk: "Desk", office: "Office", header: str, cells: str, told: dict[str, str], placed: tuple[str | None, str | None]
) -> None:
    assert desk.bring(f"{WHO},{header}", f"{ANN},{cells}", constants=told).new == 1
    assert office.rows(PLACED) == [placed]


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("address", "placed"),
    [
        ("RT 03/02 Desa Air Merbau Kec. Tanjungpandan", ("19.02.01.2012", None)),
        ("Jl. Contoh 1 Kel. Kota", ("19.02.01.1001", None)),
        ("Jl. Contoh 1 Kec. Sijuk", (None, "19.02.04")),
        ("Desa Dukong", (None, None)),
        ("Desa Entah Kec. Sijuk", (None, None)),
        ("Desa Terong Kec. Jagakarsa", (None, None)),
        ("Desa Terong Kab. Belitung Timur", (None, None)),
        ("Jl. Contoh 1", (None, None)),
    ],
)
def test_an_address_places_somebody_only_where_it_is_certain(
    desk: "Desk", office: "Office", address: str, placed: tuple[str | None, str | None]
) -> None:
    assert desk.bring(f"{WHO},Alamat", f"{ANN},{address}").new == 1
    assert office.rows(PLACED) == [placed]
    assert office.rows("SELECT address FROM residence") == [(address,)]


def test_cells_of_their_own_go_before_the_address(desk: "Desk", office: "Office") -> None:
    desk.bring(f"{WHO},Alamat,Desa,RT", f'{ANN},"RT 03/02 Desa Terong",Sijuk,007')
    assert office.rows("SELECT village_code, rt, rw FROM residence") == [("19.02.04.2001", "007", None)]


@pytest.mark.parametrize(
    ("told", "kind", "said"),
    [
        ({"clas": "ITAS"}, UnknownTerm, "Did you mean class"),
        ({"class": "KITTAS"}, BadConstant, "--set class=KITTAS: KITTAS is not a known class. Did you mean KITAS"),
        ({"district": "Sijukk"}, BadConstant, "There is no district Sijukk"),
        ({"expires": "31/2/2021"}, BadConstant, "is not a date"),
        ({"passport_number": "X0001"}, NotForAll, "would give everybody the same passport_number"),
        ({"name": "Ann"}, NotForAll, "would give everybody the same name"),
        ({"permit": "ITAS 2C21JD0001"}, NotForAll, "the same permit"),
    ],
)
def test_a_constant_that_cannot_be_is_refused_before_a_row_is_read(
    desk: "Desk", office: "Office", told: dict[str, str], kind: type[TimporaError], said: str
) -> None:
    before = office.dump()
    with pytest.raises(kind, match=said) as error:
        desk.bring(WHO, ANN, constants=told)
    assert error.value.exit_code == 2
    assert office.dump() == before


def test_a_nationality_that_is_only_foreign_is_none(desk: "Desk", office: "Office") -> None:
    assert "names no nationality" in desk.reason(desk.bring(WHO, "Ann Invented,X0001,WNA"))
    assert desk.bring(WHO, "Ann Invented,X0001,WNA", constants={"nationality": "Australia"}).new == 1
    assert "an Indonesian" in desk.reason(desk.bring(WHO, "Siti Karangan,X0002,WNI"))


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#name?"])
def test_a_spreadsheets_error_is_no_value(desk: "Desk", error: str) -> None:
    assert "a spreadsheet's error, not a value" in desk.reason(desk.bring(f"{WHO},Alamat", f"{ANN},{error}"))


def test_half_a_character_is_refused_and_its_row_is_kept(desk: "Desk") -> None:
    path = desk.sheet('[{"Nama": "Ann \\ud800", "No Paspor": "X0001", "Negara": "Jerman"}]')
    outcome = desk.bring_file(path)
    assert "a character that no text holds" in desk.reason(outcome)
    assert outcome.rejects_file is not None
    assert "Ann \\ud800" in outcome.rejects_file.read_text()
