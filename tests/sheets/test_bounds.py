"""Sheets beyond the bounds of a spreadsheet, and traps: each a plain refusal, soon, and in little memory."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sheets.fixtures.hostile import WORKBOOKS, hostile
from tests.sheets.fixtures.sheets import read_rows, workbook, written
from timpora_cli.sheets.bounds import MOST_ROWS, TooLarge
from timpora_cli.sheets.delimited import BrokenCsv
from timpora_cli.sheets.xlsx.parts import LockedWorkbook

SECONDS, KILOBYTES = 10, 300 * 1024
READ = """
import sys, resource
from pathlib import Path
from timpora_cli.sheets.reader import opened
from timpora_cli.errors import Refused
try:
    with opened(Path(sys.argv[1])) as sheet:
        for row in sheet.rows: pass
    print("read")
except Refused as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def read_alone(path: Path) -> tuple[str, float, int]:
    """What a process of its own says of a sheet, in how many seconds, and with how much memory (KB)."""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    said, _line, memory = done.stdout.strip().rpartition("\n")
    return said, time.monotonic() - begun, int(memory)


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_workbook_is_refused_soon_and_in_little_memory(tmp_path: Path, name: str) -> None:
    part, content, reason = WORKBOOKS[name]
    said, seconds, memory = read_alone(hostile(tmp_path / "book.xlsx", part, content))
    assert reason in said
    assert seconds < SECONDS
    assert memory < KILOBYTES


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begins", "piece", "reason"),
    [
        ("Nama,No Paspor\n", "x", "32,767 characters"),
        ("Nama,No Paspor\n", "a,", "larger than a sheet may be"),
        ("Nama,No Paspor\n", 'x\n"', "not the csv of a sheet"),
        ('[{"Nama": "', "x", "not an array of objects"),
        ('[{"Nama": "x"', ', "a": "b"', "not an array of objects"),
    ],
)
def test_a_text_of_200_megabytes_in_a_row_is_refused_soon(tmp_path: Path, begins: str, piece: str, reason: str) -> None:
    path = tmp_path / "list.csv"
    with path.open("w") as file:
        file.write(begins)
        for _number in range(200):
            file.write(piece * (1_000_000 // len(piece)))
    said, seconds, memory = read_alone(path)
    assert reason in said
    assert seconds < SECONDS
    assert memory < KILOBYTES


def test_a_workbook_with_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", {"A": [["Nama", "No Paspor"]]})
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    with pytest.raises(LockedWorkbook, match="has a password"):
        read_rows(path)


def test_what_would_unpack_to_more_than_may_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timpora_cli.sheets.xlsx.parts.MOST_UNPACKED", 1000)
    with pytest.raises(TooLarge, match="unpacked"):
        read_rows(workbook(tmp_path / "book.xlsx", {"A": [["Nama", "No Paspor"]]}))


@pytest.mark.slow
def test_a_cell_of_the_greatest_length_is_read_and_a_longer_one_refused(tmp_path: Path) -> None:
    for longest, kind in ((32_767, "csv"), (32_767, "xlsx")):
        for length in (longest, longest + 1):
            rows = [["Nama", "No Paspor"], ["x" * length, "X1"]]
            text = "".join(f"{','.join(row)}\n" for row in rows)
            path = written(tmp_path, text) if kind == "csv" else workbook(tmp_path / "book.xlsx", {"A": rows})
            if length == longest:
                assert len(read_rows(path)[1]) == 1
            elif kind == "csv":
                with pytest.raises((TooLarge, BrokenCsv), match="32,767 characters"):
                    read_rows(path)


def test_the_rows_of_any_sheet_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_ROWS == 1_048_576
    monkeypatch.setattr("timpora_cli.sheets.bounds.MOST_ROWS", 3)
    path = written(tmp_path, "Nama,No Paspor\nA,X1\nB,X2\nC,X3\n")
    with pytest.raises(TooLarge, match="more than 3 rows"):
        read_rows(path)
