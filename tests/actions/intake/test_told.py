"""What an officer tells of a sheet, and what an import remembers of it: constants, the file's digest, the way back."""

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.sheets.fixtures.sheets import workbook
from timpora_cli.actions.intake import stage
from timpora_cli.actions.intake.run import Request, columns_of, run
from timpora_cli.actions.intake.stage import BadConstant, NotForAll
from timpora_cli.actions.undo import undo
from timpora_cli.errors import TimporaError
from timpora_cli.model.terms import UnknownTerm
from timpora_cli.queries.history import change_made, last_number

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

WHO = "Nama,No Paspor,Negara"
ANN = "Ann Invented,X0001,Australia"
COMMAND = "SELECT command FROM change ORDER BY id DESC LIMIT 1"
PLACED = "SELECT village_code, district_code FROM residence ORDER BY id"


# Constants -------------------------------------------------------------------------------------------------------


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


# Headers ---------------------------------------------------------------------------------------------------------


def test_how_a_sheet_would_be_read_is_told_also_where_it_is_too_little(desk: "Desk") -> None:
    path = desk.sheet("Judul", "No,Orangnya,Nomer Paspor,Tgl Lahir (mm/dd/yyyy),No KITAS,", "1,Ann,X1,,,")
    columns, remarks = columns_of(path, Request(mapping={"Orangnya": "name"}))
    assert [(column.header, column.meaning.field, column.dates) for column in columns.read] == [
        ("Orangnya", "name", None),
        ("Tgl Lahir (mm/dd/yyyy)", "born", "MDY"),
        ("No KITAS", "permit_number", None),
    ]
    assert columns.ignored == ("Nomer Paspor", "column 6")
    assert remarks == ("The header is line 2; 1 line above it was passed over.",)


def test_a_column_without_a_header_is_named_only_if_something_stands_in_it(desk: "Desk") -> None:
    assert desk.bring(f"{WHO},,", f"{ANN},,").ignored == ()
    assert desk.bring(f"{WHO},,", f"{ANN},,x").ignored == ("column 5",)


# Remembered ------------------------------------------------------------------------------------------------------


def test_the_digest_of_the_file_and_the_counts_are_in_the_log(desk: "Desk", office: "Office") -> None:
    lines = (WHO, "1,2,3", ANN, "Bob Invented,X0002,Atlantis", "Jumlah,2")
    outcome = run(office.connection, desk.sheet(*lines), office.author, office.today)
    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert office.rows(COMMAND) == [
        (f"timpora test sha256:{digest} new=1 renewed=0 changed=0 unchanged=0 rejected=1 skipped=2",)
    ]
    assert (outcome.read, outcome.skipped) == (4, 2)


def test_the_same_file_again_leaves_no_log_and_is_known_again(desk: "Desk", office: "Office") -> None:
    path = desk.sheet(WHO, ANN)
    assert desk.bring_file(path).remarks == ()
    before = office.dump()
    assert desk.bring_file(path).remarks[-1].startswith("This very file was imported before: change 2 of ")
    assert office.dump() == before
    assert desk.bring(WHO, ANN, "").remarks == ()


@pytest.mark.parametrize("request_", [{"dry_run": True}, {"strict": True}])
def test_what_is_not_kept_is_not_remembered(desk: "Desk", office: "Office", request_: dict[str, object]) -> None:
    before = office.dump()
    desk.bring(WHO, ANN, "Bob Invented,X0002,Atlantis", **request_)  # type: ignore[arg-type]
    assert office.dump() == before


def test_an_import_is_taken_back_whole(desk: "Desk", office: "Office") -> None:
    header = f"{WHO},Tipe Izin,No Izin,Tgl Terbit,Tgl Berakhir,Desa,Pekerjaan,Penjamin"
    desk.bring(header, f"{ANN},ITAS,N1,2019-06-01,2020-05-31,Sijuk,guru,PT Contoh")
    before, log = desk.people(), len(office.dump()["change"])
    desk.bring(
        header,
        f"{ANN},ITAS,N2,2020-05-15,2021-05-14,Terong,juru masak,PT Umpama",
        f"{ANN},ITK,N0,2019-01-01,2019-05-31,,,",
        "Bob Invented,X0002,Jerman,ITAP,N3,2018-01-01,2023-12-31,Dukong,,",
    )
    assert desk.people() != before
    made = change_made(office.connection, last_number(office.connection))
    with office.change() as change:
        undo(change, made)
    assert desk.people() == before
    assert len(office.dump()["change"]) == log + 2


# Many ------------------------------------------------------------------------------------------------------------


def test_of_many_refusals_and_likely_duplicates_the_first_are_kept_and_all_are_counted(desk: "Desk") -> None:
    refused = [f"Person,X{number:04},Atlantis" for number in range(130)]
    alike = [f"Ann Invented,Y{number:04},Australia" for number in range(130)]
    outcome = desk.bring(WHO, *refused, *alike)
    assert (outcome.rejected, len(outcome.rejects), outcome.rejects[-1].line) == (130, 100, 101)
    assert (outcome.duplicated, len(outcome.duplicates)) == (129, 100)
    assert outcome.rejects_file is not None
    assert len(outcome.rejects_file.read_text().splitlines()) == 131


def test_a_sheet_of_many_words_is_read_as_one_of_few(desk: "Desk", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "KEPT", 1)
    villages = ("Sijuk", "Terong", "Keciput", "Sijuk")
    rows = [f"Person,X{number:04},{'Jerman' if number % 2 else 'Jepang'},{villages[number]}" for number in range(4)]
    assert desk.bring(f"{WHO},Desa", *rows).new == 4


def test_how_far_an_import_has_come_is_told_after_each_row(desk: "Desk", office: "Office") -> None:
    heard: list[tuple[int, float | None]] = []
    path = workbook(desk.folder / "list.xlsx", {"A": [WHO.split(","), ANN.split(","), ["x", "X2", "y"]]})
    run(office.connection, path, office.author, office.today, watch=lambda read, done: heard.append((read, done())))
    assert heard == [(1, pytest.approx(2 / 3)), (2, 1.0)]
