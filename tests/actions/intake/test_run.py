"""One import is one change, whole or not at all; its rejects stand beside the sheet and import once mended."""

import csv
import errno
import os
import re
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.intake.request import Request
from timpora_cli.actions.intake.run import run
from timpora_cli.errors import TimporaError
from timpora_cli.sheets.headers import NoNameColumn
from timpora_cli.sheets.rejects import RejectsUnwritable

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

HEADER = "Nama,No Paspor,Negara,Tipe Izin,Tgl Berakhir,Status"
ANN = "Ann Invented,X0001,Australia,ITAS,2021-01-01,aktif"
BOB = "Bob Invented,X0002,Jerman,ITAP,2021-01-01,aktif"
BAD = '"Cid, Invented",X0003,Atlantis,KITTAS,31/2/2020,"aktif ""ya"""'
MENDED = '"Cid, Invented",X0003,Jerman,KITAS,2021-02-28,"aktif ""ya"""'


@pytest.mark.slow
def test_the_counts_add_up_to_the_rows_that_were_read(desk: "Desk") -> None:
    desk.bring(HEADER, ANN, BOB)
    outcome = desk.bring(
        HEADER, ANN, BOB.replace("2021", "2022"), BAD, "", " , ,,,,", ANN.replace("ITAS", "ITAS INVESTOR"),
        "Dee Invented,X0004,Jerman,,,",
    )  # fmt: skip
    assert desk.tally(outcome) == (1, 1, 1, 1, 1)
    assert outcome.read == 5
    assert outcome.ignored == ("Status",)


def test_an_import_is_one_change(desk: "Desk", office: "Office") -> None:
    before = office.rows("SELECT max(id) FROM change")[0][0]
    desk.bring(HEADER, ANN, BAD, BOB)
    assert office.rows("SELECT id FROM change WHERE id > ?", before) == [(int(str(before)) + 1,)]
    assert office.rows("SELECT DISTINCT change_id FROM permit") == [(int(str(before)) + 1,)]


@pytest.mark.slow
def test_the_same_sheet_again_changes_not_one_row(desk: "Desk", office: "Office") -> None:
    desk.bring(HEADER, ANN, BAD, BOB)
    before = office.dump()
    assert desk.tally(desk.bring(HEADER, ANN, BAD, BOB)) == (0, 0, 0, 2, 1)
    assert office.dump() == before


def test_an_import_that_is_all_refused_leaves_no_change(desk: "Desk", office: "Office") -> None:
    before = office.dump()
    outcome = desk.bring("Nama,No Paspor,Negara,No Izin,Penjamin", "Ann Invented,X0001,Jerman,N1,PT Contoh")
    assert "without its class" in desk.reason(outcome)  # known when the person had been written already
    assert office.dump() == before


# Rejects ---------------------------------------------------------------------------------------------------------


def rejected(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_refused_row_stands_whole_in_a_file_beside_the_sheet_with_line_and_reason(desk: "Desk") -> None:
    outcome = desk.bring(HEADER, ANN, '"Two\nlines",,,,,', BAD)
    path = desk.folder / "list.csv.rejects.csv"
    assert outcome.rejects_file == path
    (header, first, second) = rejected(path)
    assert header[:-1] == [
        "name", "passport_number", "nationality", "class", "expires", "Status", "line", "reason"
    ]  # fmt: skip
    assert re.fullmatch("timpora [0-9a-f]{16}", header[-1])
    assert first[:7] == ["Two\nlines", "", "", "", "", "", "3"]
    assert second[:7] == ["Cid, Invented", "X0003", "Atlantis", "KITTAS", "31/2/2020", 'aktif "ya"', "5"]
    for said in ("Atlantis", "KITTAS", "31/2/2020"):
        assert said in second[7]
    assert (first[8], second[8]) == ("", "")
    assert [(reject.line, reject.reason) for reject in outcome.rejects] == [(3, first[7]), (5, second[7])]


def test_the_file_is_for_its_owner_alone_and_nothing_else_is_left(desk: "Desk") -> None:
    outcome = desk.bring(HEADER, BAD)
    assert outcome.rejects_file is not None
    assert stat.S_IMODE(outcome.rejects_file.stat().st_mode) == 0o600
    assert sorted(path.name for path in desk.folder.iterdir()) == ["list.csv", "list.csv.rejects.csv"]


def test_mended_rejects_import_and_the_sheet_then_changes_nothing(desk: "Desk") -> None:
    outcome = desk.bring(HEADER, ANN, BAD)
    assert outcome.rejects_file is not None
    text = outcome.rejects_file.read_text()
    assert BAD in text
    outcome.rejects_file.write_text(text.replace(BAD, MENDED))
    mended = desk.bring_file(outcome.rejects_file)
    assert desk.tally(mended) == (1, 0, 0, 0, 0)
    assert mended.ignored == ("Status",)
    assert desk.tally(desk.bring(HEADER, ANN, MENDED)) == (0, 0, 0, 2, 0)


@pytest.mark.slow
def test_rejects_of_rejects_do_not_pile_up_columns(desk: "Desk") -> None:
    first = desk.bring(HEADER, ANN, "", BAD)
    assert first.rejects_file is not None
    second = desk.bring_file(first.rejects_file)
    assert second.rejects_file == desk.folder / "list.csv.rejects.csv.rejects.csv"
    (header, row), (header_again, row_again) = rejected(first.rejects_file), rejected(second.rejects_file)
    assert header_again[:-1] == header[:-1]
    assert row_again == [*row[:6], "2", row[7].replace("Negara", "nationality").replace("Tipe Izin", "class")
                         .replace("Tgl Berakhir", "expires"), ""]  # fmt: skip


def test_cells_beyond_the_header_and_rows_that_are_short_stay_whole(desk: "Desk") -> None:
    outcome = desk.bring("Nama,No Paspor,Negara", "Ann,X1,Jerman,one,more", "Bob")
    assert outcome.rejects_file is not None
    _header, long, short = rejected(outcome.rejects_file)
    assert (long[:3], long[5:]) == (["Ann", "X1", "Jerman"], ["", "one", "more"])
    assert short[:4] == ["Bob", "", "", "3"]
    again = desk.bring_file(outcome.rejects_file)
    assert again.rejects_file is not None
    assert rejected(again.rejects_file)[1][5:] == ["", "one", "more"]


@pytest.mark.slow
def test_rejects_of_an_earlier_import_are_replaced_and_at_last_taken_away(desk: "Desk") -> None:
    desk.bring(HEADER, BAD, ANN, "Dee Invented,,,,,")
    outcome = desk.bring(HEADER, MENDED, ANN, "Dee Invented,,,,,")
    assert outcome.rejects_file is not None
    assert [row[0] for row in rejected(outcome.rejects_file)] == ["name", "Dee Invented"]
    outcome = desk.bring(HEADER, MENDED, ANN)
    assert outcome.rejects_file is None
    (gone,) = outcome.files.discarded
    assert gone == desk.folder / "list.csv.rejects.csv"
    assert not gone.exists()
    assert desk.bring(HEADER, MENDED, ANN).files.discarded == ()


@pytest.mark.slow
def test_where_the_rejects_cannot_be_written_nothing_is_imported(
    desk: "Desk", office: "Office", monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = office.dump()
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(RejectsUnwritable, match="Nothing was imported") as error:
        desk.bring(HEADER, ANN, BAD)
    assert error.value.exit_code == 1
    assert office.dump() == before
    assert [path.name for path in desk.folder.iterdir()] == ["list.csv"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_to_stops_the_import(desk: "Desk", office: "Office") -> None:
    path = desk.sheet(HEADER, ANN, BAD)
    before = office.dump()
    desk.folder.chmod(0o500)
    try:
        with pytest.raises(RejectsUnwritable):
            desk.bring_file(path)
    finally:
        desk.folder.chmod(0o700)
    assert office.dump() == before


# For trial, and all or none ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_dry_run_counts_the_same_and_writes_nothing(desk: "Desk", office: "Office") -> None:
    desk.bring(HEADER, ANN)
    before, files = office.dump(), sorted(desk.folder.iterdir())
    rows = (HEADER, ANN.replace("2021", "2022"), BOB, BAD)
    trial = desk.bring(*rows, dry_run=True)
    assert not trial.imported
    assert trial.rejects_file is None
    assert office.dump() == before
    assert sorted(desk.folder.iterdir()) == files
    outcome = desk.bring(*rows)
    assert desk.tally(outcome) == desk.tally(trial) == (1, 1, 0, 0, 1)
    assert outcome.rejects == trial.rejects


@pytest.mark.slow
def test_a_dry_run_leaves_stale_rejects_where_they_are(desk: "Desk") -> None:
    outcome = desk.bring(HEADER, BAD)
    assert outcome.rejects_file is not None
    assert desk.bring(HEADER, ANN, dry_run=True).files.discarded == ()
    assert outcome.rejects_file.exists()


@pytest.mark.slow
def test_strict_imports_nothing_if_any_row_is_refused(desk: "Desk", office: "Office") -> None:
    before = office.dump()
    outcome = desk.bring(HEADER, ANN, BAD, strict=True)
    assert not outcome.imported
    assert desk.tally(outcome) == (1, 0, 0, 0, 1)
    assert office.dump() == before
    assert outcome.rejects_file is not None
    assert len(rejected(outcome.rejects_file)) == 2
    assert desk.bring(HEADER, ANN, BOB, strict=True).imported


# Failures ----------------------------------------------------------------------------------------------------------


def test_a_sheet_that_breaks_halfway_is_not_imported_at_all(desk: "Desk", office: "Office") -> None:
    before = office.dump()
    with pytest.raises(TimporaError, match="line 3"):
        desk.bring(HEADER, ANN, '"Bob Invented,X0002,Jerman,ITAP,2021-01-01,aktif')
    assert office.dump() == before


def test_a_sheet_that_cannot_be_matched_is_refused_before_anything_happens(desk: "Desk", office: "Office") -> None:
    before = office.dump()
    with pytest.raises(NoNameColumn):
        desk.bring("Orangnya,No Paspor", "Ann,X0001")
    assert office.dump() == before
    outcome = desk.bring("Orangnya,No Paspor,Negara", "Ann,X0001,Jerman", mapping={"Orangnya": "name"})
    assert outcome.new == 1


def test_a_fault_of_the_file_is_no_fault_of_a_row(desk: "Desk", office: "Office") -> None:
    path = desk.sheet(HEADER, ANN)
    office.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError):
        run(office.connection, path, office.author, office.today, Request())


def test_names_and_numbers_are_in_no_repr(desk: "Desk") -> None:
    desk.bring(HEADER, ANN)
    outcome = desk.bring(HEADER, ANN.replace("X0001", "X0009"), ANN.replace("2021", "2022"), "Cid,X0003,X,,,")
    assert not any(secret in repr(outcome) for secret in ("Ann Invented", "X0001", "X0009", "X0003", "2022-01-01"))


def test_a_person_who_is_recorded_while_the_rows_wait_for_the_lock_is_not_recorded_twice(
    desk: "Desk", office: "Office"
) -> None:
    # `before` is called when all rows have been matched, and nothing is locked yet.
    outcome = desk.bring(HEADER, ANN, BOB, before=lambda _rows: office.person(nationality="AUS", passport="X0001"))
    assert desk.tally(outcome) == (1, 0, 1, 0, 0)
    assert office.rows("SELECT id, full_name FROM resident") == [(1, "Ann Invented"), (2, "Bob Invented")]
    assert office.rows("SELECT resident_id, class_code FROM permit ORDER BY 1") == [(1, "KITAS"), (2, "KITAP")]
