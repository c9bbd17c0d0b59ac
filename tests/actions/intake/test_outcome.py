"""What an import reports and what the log keeps of it: columns, counts, the digest of the file, the first of many."""

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.log import take_back
from tests.sheets.fixtures.sheets import workbook
from timpora_cli.actions.intake import places
from timpora_cli.actions.intake.request import Request
from timpora_cli.actions.intake.run import columns_of, run

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

WHO = "Nama,No Paspor,Negara"
ANN = "Ann Invented,X0001,Australia"
COMMAND = "SELECT command FROM change ORDER BY id DESC LIMIT 1"


# Headers ---------------------------------------------------------------------------------------------------------


def test_how_a_sheet_would_be_read_is_told_also_where_it_is_too_little(desk: "Desk") -> None:
    path = desk.sheet("Judul", "No,Orangnya,Nommor Paspor,Tgl Lahir (mm/dd/yyyy),No KITAS,", "1,Ann,X1,,,")
    columns, remarks = columns_of(path, Request(mapping={"Orangnya": "name"}))
    assert [(column.header, column.meaning.field, column.dates) for column in columns.read] == [
        ("Orangnya", "name", None),
        ("Tgl Lahir (mm/dd/yyyy)", "born", "MDY"),
        ("No KITAS", "permit_number", None),
    ]
    assert columns.ignored == ("Nommor Paspor", "column 6")
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


@pytest.mark.slow
def test_the_same_file_again_leaves_no_log_and_is_known_again(desk: "Desk", office: "Office") -> None:
    path = desk.sheet(WHO, ANN)
    assert desk.bring_file(path).remarks == ()
    before = office.dump()
    assert desk.bring_file(path).remarks[-1].startswith("This very file was imported before: change 2 of ")
    assert office.dump() == before
    assert desk.bring(WHO, ANN, "").remarks == ()


@pytest.mark.slow
@pytest.mark.parametrize("request_", [{"dry_run": True}, {"strict": True}])
def test_what_is_not_kept_is_not_remembered(desk: "Desk", office: "Office", request_: dict[str, object]) -> None:
    before = office.dump()
    desk.bring(WHO, ANN, "Bob Invented,X0002,Atlantis", **request_)  # type: ignore[arg-type]
    assert office.dump() == before


@pytest.mark.slow
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
    take_back(office)
    assert desk.people() == before
    assert len(office.dump()["change"]) == log + 2


# Many ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_of_many_refusals_and_likely_duplicates_the_first_are_kept_and_all_are_counted(desk: "Desk") -> None:
    refused = [f"Person,X{number:04},Atlantis" for number in range(130)]
    alike = [f"Ann Invented,Y{number:04},Australia" for number in range(130)]
    outcome = desk.bring(WHO, *refused, *alike)
    assert (outcome.rejected, len(outcome.rejects), outcome.rejects[-1].line) == (130, 100, 101)
    assert (outcome.duplicated, len(outcome.duplicates)) == (129, 100)
    assert outcome.rejects_file is not None
    assert len(outcome.rejects_file.read_text().splitlines()) == 131


def test_a_sheet_of_many_words_is_read_as_one_of_few(desk: "Desk", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "KEPT", 1)
    villages = ("Sijuk", "Terong", "Keciput", "Sijuk")
    rows = [f"Person,X{number:04},{'Jerman' if number % 2 else 'Jepang'},{villages[number]}" for number in range(4)]
    assert desk.bring(f"{WHO},Desa", *rows).new == 4


def test_how_far_an_import_has_come_is_told_after_each_row(desk: "Desk", office: "Office") -> None:
    heard: list[tuple[int, float | None]] = []
    path = workbook(desk.folder / "list.xlsx", {"A": [WHO.split(","), ANN.split(","), ["x", "X2", "y"]]})
    run(office.connection, path, office.author, office.today, watch=lambda read, done: heard.append((read, done())))
    assert heard == [(1, pytest.approx(2 / 3)), (2, 1.0)]


def test_an_import_counts_what_it_accepted(desk: "Desk") -> None:
    header = "Nama,No Paspor,Masa Berlaku Paspor,Negara,Tipe Izin,No Izin,Tgl Terbit,Tgl Berakhir"
    outcome = desk.bring(
        header,
        "Ann Invented,X0001,2020-01-01,Australia,DINAS,N1,2019-01-01,2019-12-31",
        "Bob Invented,X0002,2025-01-01,Australia,DINAS,N2,2019-01-01,2019-12-31",
        "Bob Invented,X0002,2025-01-01,Australia,DINAS,N3,2020-01-11,2026-12-31",
        "Cid Invented,X0003,,Australia,DINAS,N4,2020-01-01,2020-12-31",
    )
    assert outcome.noticed == {"PERMIT_ENDED": 1, "PASSPORT_ENDED": 1, "GAP": 1, "BEYOND_PASSPORT": 1}
