"""Reading a file: its kind is recognised by its content, rows come one by one, and other files are refused by name."""

import io
import os
import threading
from pathlib import Path

import pytest

from tests.sheets.fixtures.sheets import FORMATS, read_rows, written
from timpora_cli.errors import TimporaError
from timpora_cli.sheets.delimited import BrokenCsv
from timpora_cli.sheets.objects import BrokenJson
from timpora_cli.sheets.reader import EmptySheet, NoTable, OldWorkbook, Reading, opened
from timpora_cli.sheets.source import NoSheet, SheetUnreadable
from timpora_cli.sheets.xlsx.parts import NotAWorkbook

ROWS = [["Nama", "No Paspor", "Alamat"], ["Émile Inventé", "X1", "Jl. Contoh"], ["Zoë Invented", "X2", ""]]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_rows_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    header, found = read_rows(FORMATS[name](tmp_path / "list.txt", ROWS))
    assert header == ("Nama", "No Paspor", "Alamat")
    assert [row.cells for row in found] == [("Émile Inventé", "X1", "Jl. Contoh"), ("Zoë Invented", "X2", "")]


def test_a_stream_is_read_as_a_file_is(tmp_path: Path) -> None:
    path = FORMATS["xlsx"](tmp_path / "list", ROWS)
    with path.open("rb") as stream, opened(Path("-"), Reading(stream=stream)) as sheet:
        assert (sheet.path, len(list(sheet.rows))) == (Path("stdin"), 2)


@pytest.mark.slow
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


def test_the_title_lines_above_a_header_are_told_of(tmp_path: Path) -> None:
    with opened(written(tmp_path, "Daftar\n\nSeptember 2020\nNo,Nama,No Paspor\n1,Ann,X1\n")) as sheet:
        assert sheet.header == ("No", "Nama", "No Paspor")
        assert sheet.remarks == ("The header is line 4; 2 lines above it were passed over.",)


def test_a_header_is_looked_for_among_the_first_rows_only(tmp_path: Path) -> None:
    for titles, found in ((29, "Nama"), (30, "judul 0")):
        lines = [f"judul {number},x" for number in range(titles)]
        assert read_rows(written(tmp_path, "\n".join([*lines, "Nama,No Paspor", "Ann,X1"])))[0][0] == found


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = written(tmp_path, "Nama,No Paspor\n" + "Ann,X1\n" * 40 + '"Bob\n')
    with opened(path) as sheet:
        assert next(sheet.rows).line == 2
        assert next(sheet.rows).line == 3
        with pytest.raises(BrokenCsv, match="line 42"):
            list(sheet.rows)


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
        read_rows(path)
    assert str(path) in str(error.value)
    assert error.value.exit_code == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSheet, match=r"no file .*list\.csv") as error:
        read_rows(tmp_path / "list.csv")
    assert error.value.exit_code == 4


def test_a_folder_is_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadable, match="directory"):
        read_rows(tmp_path)


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
        read_rows(Path("-"), Reading(stream=broken))
    later = Failing(b"Nama,No Paspor\n" + b"Ann,X1\n" * 20_000)
    with opened(Path("-"), Reading(stream=later)) as sheet:
        later.failing = True
        with pytest.raises(SheetUnreadable, match="Input/output error"):
            list(sheet.rows)
