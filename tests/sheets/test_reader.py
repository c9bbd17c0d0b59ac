"""Reading a file: what it is, told by what is in it; rows one by one, and a file that is none of them named as such."""

import io
import os
import threading
import zipfile
from datetime import datetime, time
from pathlib import Path

import pytest

from tests.sheets.fixtures.sheets import FORMATS, Cell, as_saved, delimited, workbook
from timpora_cli.errors import TimporaError
from timpora_cli.sheets import texts
from timpora_cli.sheets.delimited import BrokenCsv
from timpora_cli.sheets.objects import BrokenJson
from timpora_cli.sheets.reader import EmptySheet, NoTable, NoWorkbook, OldWorkbook, Reading, opened
from timpora_cli.sheets.sheet import Sheet, SheetRow
from timpora_cli.sheets.source import BrokenText, NoSheet, NotText, SheetUnreadable
from timpora_cli.sheets.workbook import NoSuchSheet, NotAWorkbook

ROWS = [["Nama", "No Paspor", "Alamat"], ["Émile Inventé", "X1", "Jl. Contoh"], ["Zoë Invented", "X2", ""]]


def rows(path: Path, reading: Reading | None = None) -> tuple[tuple[str, ...], list[SheetRow]]:
    with opened(path, reading) as sheet:
        return sheet.header, list(sheet.rows)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_rows_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    header, found = rows(FORMATS[name](tmp_path / "list.txt", ROWS))
    assert header == ("Nama", "No Paspor", "Alamat")
    assert [row.cells for row in found] == [("Émile Inventé", "X1", "Jl. Contoh"), ("Zoë Invented", "X2", "")]


def test_a_stream_is_read_as_a_file_is(tmp_path: Path) -> None:
    path = FORMATS["xlsx"](tmp_path / "list", ROWS)
    with path.open("rb") as stream, opened(Path("-"), Reading(stream=stream)) as sheet:
        assert (sheet.path, len(list(sheet.rows))) == (Path("stdin"), 2)


def test_a_pipe_is_read_to_its_end() -> None:
    ends = os.pipe()

    def write() -> None:
        with os.fdopen(ends[1], "w") as pipe:
            pipe.write("Nama;No Paspor\n" + "Ann;X1\n" * 20_000)

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(ends[0], "rb") as stream, opened(Path("-"), Reading(stream=stream)) as sheet:
        assert len(list(sheet.rows)) == 20_000
        assert sheet.done() == 1.0
    writer.join()


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    with opened(written(tmp_path, "Nama,No Paspor\n")) as sheet:  # as sha256sum has it
        assert sheet.digest == "074da8c3e99acd177ebfba91448142098ac79310cff16494da09c1c349a5e542"


# Text ------------------------------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffNama,No Paspor\r\nÉmile,X1\r\n")
    assert rows(path) == (("Nama", "No Paspor"), [SheetRow(2, ("Émile", "X1"))])


def test_blank_rows_are_passed_over_and_lines_still_count(tmp_path: Path) -> None:
    header, found = rows(written(tmp_path, '\n ,\nNama,No Paspor\n\n,\n"Ann\nInvented",X1\n  ,""\nBob,X2\n'))
    assert header == ("Nama", "No Paspor")
    assert [(row.line, row.cells[1]) for row in found] == [(6, "X1"), (9, "X2")]


def test_what_is_not_utf_8_is_taken_for_windows_1252_and_said_to_be(tmp_path: Path) -> None:
    path = written(tmp_path, b"Nama,No Paspor\nJ\xfcrgen \x80,X2\n")
    with opened(path) as sheet:
        assert [row.cells[0] for row in sheet.rows] == ["Jürgen €"]
        assert "Windows-1252" in sheet.remarks[0]
    with opened(written(tmp_path, "Nama,No Paspor\nJürgen €,X2\n")) as sheet:
        assert sheet.remarks == ()


@pytest.mark.parametrize("width", [4096, 65536])
def test_a_letter_across_the_edge_of_what_is_read_at_once_stays_whole(tmp_path: Path, width: int) -> None:
    name = "x" * (width - len("Nama,No Paspor\n") - 1) + "é"
    _header, found = rows(written(tmp_path, f"Nama,No Paspor\n{name},X1\n"))
    assert found[0].cells[0] == name


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"Nama,No Paspor\nJ\xc3\xbcrgen,X1\nJ\xfcrgen,X2\n", 3),
        (b"Nama,No Paspor\nJ\xfcrgen,X1\nJ\xc3\xbcrgen,X2\n", 2),
        (b"Nama,No Paspor\nAnn,X1\nBob,X2\nCid\x81,X3\n", 4),
    ],
)
def test_a_mixture_of_encodings_is_refused_with_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    with pytest.raises(NotText, match=f"line {line}: .*neither UTF-8 text nor Windows-1252") as error:
        rows(written(tmp_path, content))
    assert error.value.exit_code == 1


def test_a_file_that_breaks_off_within_a_letter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenText, match="begins as UTF-16 text"):
        rows(written(tmp_path, "Nama\tNo Paspor\nAnn\tX1\n".encode("utf-16") + b"A"))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Nama;No Paspor;Alamat\nAnn;X1;Jl. A, B, C, D\n", ("Ann", "X1", "Jl. A, B, C, D")),
        ('Nama,No Paspor,Alamat\nAnn,X1,"a;b;c;d;e;f"\n', ("Ann", "X1", "a;b;c;d;e;f")),
        ("Nama\tNo Paspor\tAlamat\nAnn\tX1\tJl. A, B; C\n", ("Ann", "X1", "Jl. A, B; C")),
        ("Nama|No Paspor\nAnn|X1\n", ("Ann", "X1")),
        ("sep=;\r\nNama;No Paspor\r\nAnn;X,1\r\n", ("Ann", "X,1")),
        ("Daftar, dan, judul, yang, panjang\nNama;No Paspor\nAnn;X1\n", ("Ann", "X1")),
        ('"Judul; dengan; titik koma"\nNama,No Paspor\nAnn,X1\n', ("Ann", "X1")),
        ("Orangnya;Nomornya\nAnn;X1\n", ("Ann", "X1")),
        ("Orangnya\nAnn\n", ("Ann",)),
    ],
)
def test_the_delimiter_is_the_one_that_makes_headers(tmp_path: Path, text: str, cells: tuple[str, ...]) -> None:
    assert rows(written(tmp_path, text))[1][-1].cells == cells


def test_the_title_lines_above_a_header_are_told_of(tmp_path: Path) -> None:
    with opened(written(tmp_path, "Daftar\n\nSeptember 2020\nNo,Nama,No Paspor\n1,Ann,X1\n")) as sheet:
        assert sheet.header == ("No", "Nama", "No Paspor")
        assert sheet.remarks == ("The header is line 4; 2 lines above it were passed over.",)


def test_a_header_is_looked_for_among_the_first_rows_only(tmp_path: Path) -> None:
    for titles, found in ((29, "Nama"), (30, "judul 0")):
        lines = [f"judul {number},x" for number in range(titles)]
        assert rows(written(tmp_path, "\n".join([*lines, "Nama,No Paspor", "Ann,X1"])))[0][0] == found


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = written(tmp_path, "Nama,No Paspor\n" + "Ann,X1\n" * 40 + '"Bob\n')
    with opened(path) as sheet:
        assert next(sheet.rows).line == 2
        assert next(sheet.rows).line == 3
        with pytest.raises(BrokenCsv, match="line 42"):
            list(sheet.rows)


# What is no sheet ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ("", EmptySheet, "no header"),
        ("\n\n , \n", EmptySheet, "no header"),
        ("[]", EmptySheet, "no header"),
        ('Nama,No Paspor\n"Ann,X1\nBob,X2\n', BrokenCsv, "line 2"),
        ('Nama,No Paspor\nAnn,X1\n"Bob"by,X2\n', BrokenCsv, "line 3"),
        ('Nama,No Paspor\n"' + "x" * 200_000, BrokenCsv, "line 2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OldWorkbook, "with a password"),
        ("<html><table><tr><td>Nama</td></tr></table></html>", NoTable, "a web page"),
        ('<?xml version="1.0"?><Workbook/>', NoTable, "a file of XML"),
        (b"PK\x03\x04 and then nothing", NotAWorkbook, "not a whole xlsx"),
        ('[{"Nama": "Ann"}, {"Nama": ]', BrokenJson, "line 1"),
        ('{"Nama": "Ann"}\n{"Nama": "Bob"\n', BrokenJson, "line 3"),
        ('[{"Nama": "Ann"}', BrokenJson, "does not end"),
        ('[{"Nama": "Ann"} {"Nama": "Bob"}]', BrokenJson, "a comma is missing"),
        ('[{"Nama": "Ann"}, 7]', BrokenJson, "has to be an object"),
        ('[{"Nama": "Ann"}] 7', BrokenJson, "follows the end"),
        ('{"Nama": "Ann"}\n\n["Bob"]', BrokenJson, "line 3"),
        ('{"Nama": "Ann", "Nama": "Bob"}', BrokenJson, '"Nama" stands twice'),
        ('{"Nama": "Ann", "Izin": [{"No": 1}]}', BrokenJson, "a list of objects"),
        ('{"a":' * 50_000, BrokenJson, "too deep"),
    ],
)
def test_what_is_no_sheet_is_refused_and_named(
    tmp_path: Path, content: str | bytes, kind: type[TimporaError], said: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(kind, match=said) as error:
        rows(path)
    assert str(path) in str(error.value)
    assert error.value.exit_code == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSheet, match=r"no file .*list\.csv") as error:
        rows(tmp_path / "list.csv")
    assert error.value.exit_code == 4


def test_a_folder_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadable, match="directory"):
        rows(tmp_path)


class Failing(io.BytesIO):
    """A disk that fails after its first `whole` bytes were read twice."""

    failing = False

    def read(self, size: int | None = -1) -> bytes:
        if self.failing:
            raise OSError(5, "Input/output error")
        return super().read(size)

    def read1(self, size: int | None = -1) -> bytes:
        return self.read(size)


def test_a_fault_while_reading_is_named() -> None:
    broken = Failing()
    broken.failing = True
    with pytest.raises(SheetUnreadable, match=r"stdin cannot be read: Input/output error"):
        rows(Path("-"), Reading(stream=broken))
    later = Failing(b"Nama,No Paspor\n" + b"Ann,X1\n" * 20_000)
    with opened(Path("-"), Reading(stream=later)) as sheet:
        later.failing = True
        with pytest.raises(SheetUnreadable, match="Input/output error"):
            list(sheet.rows)


# JSON ------------------------------------------------------------------------------------------------------------


def json_rows(folder: Path, text: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    header, found = rows(written(folder, text))
    return header, [row.cells for row in found]


def test_every_key_of_any_object_is_a_column(tmp_path: Path) -> None:
    text = '[{"Nama": "Ann", "Izin": null}, {"No Paspor": "X2", "Nama": "Bob"}, {}]'
    assert json_rows(tmp_path, text) == (("Nama", "Izin", "No Paspor"), [("Ann", "", ""), ("Bob", "", "X2")])


def test_numbers_stay_as_they_were_typed(tmp_path: Path) -> None:
    text = (
        '{"Nama": 1, "a": 0012}'.replace("0012", "12.50") + '{"Nama": true, "a": 1.23457E+15}\n{"a": NaN, "Nama": "x"}'
    )
    assert json_rows(tmp_path, text)[1] == [("1", "12.50"), ("TRUE", "1.23457E+15"), ("x", "")]


def test_an_object_within_an_object_is_cells_and_a_list_of_texts_is_one(tmp_path: Path) -> None:
    text = '{"nama": "Ann", "passport": {"number": "X1", "expires": "2025-01-31"}, "hp": ["0812", "0813"], "x": {}}'
    assert json_rows(tmp_path, text) == (
        ("nama", "passport number", "passport expires", "hp"),
        [("Ann", "X1", "2025-01-31", "0812, 0813")],
    )


def test_a_row_of_json_is_told_by_its_place(tmp_path: Path) -> None:
    _header, found = rows(written(tmp_path, '[\n\n{"Nama": "Ann"},{"Nama": ""},\n\n{"Nama": "Bob"}]'))
    assert [row.line for row in found] == [1, 3]


def test_an_object_longer_than_what_is_read_at_once_is_whole(tmp_path: Path) -> None:
    long = "é" * 200_000
    text = ", ".join(f'{{"Nama": "{name}"}}' for name in ("Ann", long, "Bob", long))
    assert [cells[0] for cells in json_rows(tmp_path, f"[{text}]")[1]] == ["Ann", long, "Bob", long]


# Workbooks -------------------------------------------------------------------------------------------------------

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
        "The header is line 2; 1 line above it was passed over.",
    )


def test_a_sheet_is_read_by_its_name_even_a_hidden_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", TABS, hidden=["Lama"])
    assert sheet_of(path, "Oktober")[0] == "Bob Invented"
    assert sheet_of(path, "Lama")[0] == "Old Invented"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", TABS)
    with pytest.raises(NoSuchSheet, match="Its sheets: Sampul, Lama, September, Oktober") as error:
        rows(path, Reading(tab="November"))
    assert error.value.exit_code == 2
    with pytest.raises(NoWorkbook) as refused:
        rows(delimited(tmp_path / "list.csv", ROWS), Reading(tab="Data"))
    assert refused.value.exit_code == 2


def test_a_workbook_without_a_header_shows_its_first_sheet_that_holds_anything(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": [], "B": [["Apa saja"]], "C": [["Lain"]]})
    assert rows(path)[0] == ("Apa saja",)
    with pytest.raises(EmptySheet):
        rows(workbook(tmp_path / "blank.xlsx", {"A": [], "B": [[None]]}))


def test_what_a_workbook_says_of_its_size_cuts_nothing_off(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": ROWS})
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(lying, "w") as copy:
        for name in book.namelist():
            content = book.read(name)
            copy.writestr(name, content.replace(b'ref="A1:C3"', b'ref="A1"') if "sheet1" in name else content)
    assert len(rows(lying)[1]) == 2


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
    expected = ("TRUE", "08:30:00", "0.5", "12", "123456789012345", "1.23457E+15", "2020-09-20", "x")
    assert rows(workbook(tmp_path / "book.xlsx", {"A": [["Nama", "No Paspor"], shown]}))[1][0].cells == expected


def test_texts_are_found_again_however_many_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "RECENT", 3)
    sheet: list[list[Cell]] = [["Nama", "No Paspor", "Alamat"]]
    sheet += [[f"Persön {number}", f"X{number % 7}", "Jl. Contoh\n _x000D_ 1"] for number in range(50)]
    found = rows(as_saved(workbook(tmp_path / "book.xlsx", {"A": sheet})))[1]
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
