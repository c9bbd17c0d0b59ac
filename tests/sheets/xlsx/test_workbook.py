"""A workbook into rows: which sheet is read, and its cells as they are shown."""

import zipfile
from datetime import datetime, time
from pathlib import Path

import pytest

from tests.sheets.fixtures.sheets import Cell, as_saved, delimited, read_rows, workbook
from timpora_cli.sheets.reader import EmptySheet, NoWorkbook, Reading, opened
from timpora_cli.sheets.sheet import Sheet
from timpora_cli.sheets.xlsx import texts
from timpora_cli.sheets.xlsx.parts import NotAWorkbook
from timpora_cli.sheets.xlsx.workbook import NoSuchSheet

ROWS = [["Nama", "No Paspor", "Alamat"], ["Émile Inventé", "X1", "Jl. Contoh"], ["Zoë Invented", "X2", ""]]


TABS = {
    "Sampul": [["Laporan bulanan"]],
    "Lama": [["Nama", "No Paspor"], ["Old Invented", "X0"]],
    "September": [["Judul"], ["Nama", "No Paspor"], ["Ann Invented", "X1"]],
    "Oktober": [["Nama", "No Paspor"], ["Bob Invented", "X2"]],
}


def sheet_of(path: Path, tab: str | None = None) -> tuple[str, tuple[str, ...]]:
    with opened(path, Reading(tab=tab)) as sheet:
        (row,) = sheet.rows
        return row.cells[0], sheet.remarks


def test_the_first_visible_sheet_with_a_header_is_read_and_the_others_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", TABS, hidden=["Lama"])
    name, remarks = sheet_of(path)
    assert name == "Ann Invented"
    assert remarks == (
        "Sheets not read: Sampul, Oktober. Another one is read with --sheet.",
        "Hidden sheets not read: Lama. Another one is read with --sheet.",
        "The header is line 2; 1 line above it was passed over.",
    )


def test_a_sheet_is_read_by_its_name_even_a_hidden_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", TABS, hidden=["Lama"])
    assert sheet_of(path, "Oktober")[0] == "Bob Invented"
    assert sheet_of(path, "Lama")[0] == "Old Invented"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", TABS)
    with pytest.raises(NoSuchSheet, match="Its sheets: Sampul, Lama, September, Oktober") as error:
        read_rows(path, Reading(tab="November"))
    assert error.value.exit_code == 2
    with pytest.raises(NoWorkbook) as refused:
        read_rows(delimited(tmp_path / "list.csv", ROWS), Reading(tab="Data"))
    assert refused.value.exit_code == 2


def test_a_workbook_without_a_header_shows_its_first_sheet_that_holds_anything(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": [], "B": [["Apa saja"]], "C": [["Lain"]]})
    assert read_rows(path)[0] == ("Apa saja",)
    with pytest.raises(EmptySheet):
        read_rows(workbook(tmp_path / "blank.xlsx", {"A": [], "B": [[None]]}))


def test_what_a_workbook_says_of_its_size_cuts_nothing_off(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": ROWS})
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(lying, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            copy.writestr(name, content.replace(b'ref="A1:C3"', b'ref="A1"') if "sheet1" in name else content)
    assert len(read_rows(lying)[1]) == 2


def test_a_workbook_that_breaks_off_is_refused_halfway(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": [*ROWS, *[["Ann", "X1", ""]] * 200]})
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(broken, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            copy.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with opened(broken) as sheet, pytest.raises(NotAWorkbook):
        list(sheet.rows)


def test_a_cell_is_read_as_it_is_shown(tmp_path: Path) -> None:
    shown: list[Cell] = [
        True,
        time(8, 30),
        0.5,
        12.0,
        123456789012345,
        1234567890123456,
        datetime(2020, 9, 20, 13, 30),  # noqa: DTZ001 a workbook knows no zones
        "x",
    ]
    expected = ("TRUE", "08:30:00", "0.5", "12", "123456789012345", "1.23457E+15", "2020-09-20 13:30:00", "x")
    assert read_rows(workbook(tmp_path / "book.xlsx", {"A": [["Nama", "No Paspor"], shown]}))[1][0].cells == expected


def test_texts_are_found_again_however_many_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "RECENT", 3)
    sheet: list[list[Cell]] = [["Nama", "No Paspor", "Alamat"]]
    sheet += [[f"Persön {number}", f"X{number % 7}", "Jl. Contoh\n _x000D_ 1"] for number in range(50)]
    found = read_rows(as_saved(workbook(tmp_path / "book.xlsx", {"A": sheet})))[1]
    assert [row.cells[:2] for row in found] == [tuple(row[:2]) for row in sheet[1:]]
    assert {row.cells[2] for row in found} == {"Jl. Contoh\n \n 1"}


def test_a_text_that_is_not_in_the_table_is_a_broken_workbook(tmp_path: Path) -> None:
    path = as_saved(workbook(tmp_path / "book.xlsx", {"A": ROWS}))
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<v>5</v>", b"<v>999</v>")
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    with pytest.raises(NotAWorkbook), opened(path) as sheet:
        list(sheet.rows)


def test_how_far_a_sheet_is_read_is_known(tmp_path: Path) -> None:
    def parts(sheet: Sheet) -> list[float | None]:
        return [sheet.done() for _row in sheet.rows]

    with opened(workbook(tmp_path / "book.xlsx", {"A": ROWS})) as sheet:
        assert parts(sheet) == [pytest.approx(2 / 3), 1.0]
    with opened(delimited(tmp_path / "list.csv", ROWS)) as sheet:
        assert parts(sheet) == [1.0, 1.0]
    assert Sheet(Path("x"), (), iter(())).done() is None
