"""The encoding of a sheet is read from its bytes; a mixture of encodings is refused."""

from pathlib import Path

import pytest

from tests.sheets.fixtures.sheets import read_rows, written
from timpora_cli.sheets.reader import opened
from timpora_cli.sheets.sheet import SheetRow
from timpora_cli.sheets.source import BrokenText, NotText


def test_a_byte_order_mark_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeffNama,No Paspor\r\nÉmile,X1\r\n")
    assert read_rows(path) == (("Nama", "No Paspor"), [SheetRow(2, ("Émile", "X1"))])


def test_blank_rows_are_passed_over_and_lines_still_count(tmp_path: Path) -> None:
    header, found = read_rows(written(tmp_path, '\n ,\nNama,No Paspor\n\n,\n"Ann\nInvented",X1\n  ,""\nBob,X2\n'))
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
    before = "Nama,No Paspor\n" + f"{'x' * 1000},X0\n" * ((width - 100) // 1004)
    name = "x" * (width - len(before) - 1) + "é"
    _header, found = read_rows(written(tmp_path, f"{before}{name},X1\n"))
    assert found[-1].cells[0] == name


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
        read_rows(written(tmp_path, content))
    assert error.value.exit_code == 1


def test_a_file_that_breaks_off_within_a_letter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenText, match="begins as UTF-16 text"):
        read_rows(written(tmp_path, "Nama\tNo Paspor\nAnn\tX1\n".encode("utf-16") + b"A"))
