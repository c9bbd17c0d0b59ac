"""Reading a csv: rows one by one, by the line they begin on, and a file that is none named by its line."""

from pathlib import Path

import pytest

from timpora_cli.actions.intake.reader import BrokenCsv, EmptySheet, NoSheet, NotUtf8, SheetRow, SheetUnreadable, opened
from timpora_cli.errors import TimporaError


def rows(path: Path) -> tuple[tuple[str, ...], list[SheetRow]]:
    with opened(path) as sheet:
        return sheet.header, list(sheet.rows)


def test_a_byte_order_mark_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("\ufeffNama,No Paspor\r\nÉmile,X1\r\n".encode())
    assert rows(path) == (("Nama", "No Paspor"), [SheetRow(2, ("Émile", "X1"))])


def test_blank_rows_are_passed_over_and_lines_still_count(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('\n ,\nNama,No Paspor\n\n,\n"Ann\nInvented",X1\n  ,""\nBob,X2\n')
    header, found = rows(path)
    assert header == ("Nama", "No Paspor")
    assert [(row.line, row.cells[1]) for row in found] == [(6, "X1"), (9, "X2")]


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ("", EmptySheet, "no header"),
        ("\n\n , \n", EmptySheet, "no header"),
        (b"Nama,No Paspor\nAnn,X1\nJ\xfcrgen,X2\n", NotUtf8, "line 3"),
        ("Nama,No Paspor\n".encode("utf-16"), NotUtf8, "CSV UTF-8"),
        ('Nama,No Paspor\n"Ann,X1\nBob,X2\n', BrokenCsv, "line 2"),
        ('Nama,No Paspor\nAnn,X1\n"Bob"by,X2\n', BrokenCsv, "line 3"),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, kind: type[TimporaError], said: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
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


def test_a_fault_while_reading_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def __enter__(self) -> "Failing":
            return self

        def __exit__(self, *_error: object) -> None: ...

        def __iter__(self) -> "Failing":
            return self

        def __next__(self) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", lambda *_arguments: Failing())
    with pytest.raises(SheetUnreadable, match="Input/output error"):
        rows(tmp_path / "list.csv")


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Nama,No Paspor\n" + b"Ann,X1\n" * 3 + b"\xff\n")
    with opened(path) as sheet:
        assert next(sheet.rows).line == 2
        assert next(sheet.rows).line == 3
        with pytest.raises(NotUtf8, match="line 5"):
            list(sheet.rows)
