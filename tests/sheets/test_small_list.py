"""A list of two columns: found by their headers, read as UTF-8, and refused with the reason."""

from pathlib import Path

import pytest

from timpora_cli.sheets.bounds import TooLarge
from timpora_cli.sheets.small_list import Line, ListHeaders, UnreadableList, read_list


def lines(path: Path) -> list[Line]:
    return list(read_list(path, ("code", "kode"), ("name", "nama"), "code and name"))


def written(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


def test_columns_are_found_by_their_headers_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfNama,Note, KODE \n Somewhere ,x, 11 \n")
    assert lines(path) == [Line(2, "11", "Somewhere")]


def test_of_two_known_headers_the_likelier_is_read(tmp_path: Path) -> None:
    assert lines(written(tmp_path, b"kode,code,name\n1,2,Somewhere\n")) == [Line(2, "2", "Somewhere")]


def test_a_missing_column_is_refused_with_the_headers_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ListHeaders, match="has no columns code and name; it has: code, place"):
        lines(written(tmp_path, b"Code,place\n1,x\n"))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"code,name\n1,\xff\n", "it is not text in UTF-8"),
        (b"code,name\n1," + b"x" * 200_000, "it is not a CSV file"),
        (b"code,name\n1,a\0b\n", "a character that no text holds"),
    ],
)
def test_a_file_that_is_not_csv_is_refused_with_the_reason(tmp_path: Path, content: bytes, fault: str) -> None:
    with pytest.raises(UnreadableList, match=fault):
        lines(written(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableList, match="No such file"):
        lines(tmp_path / "none.csv")


def test_a_list_is_bounded_as_a_sheet_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableList):
        lines(written(tmp_path, b"code,name\n11," + b"x" * 40_000 + b"\n"))
    monkeypatch.setattr("timpora_cli.sheets.bounds.LONGEST_LINE", 1000)
    with pytest.raises(TooLarge, match="32,767 characters"):
        lines(written(tmp_path, b"code,name\n11," + b"x" * 2000 + b"\n"))
    monkeypatch.setattr("timpora_cli.sheets.small_list.MOST_ROWS", 1)
    with pytest.raises(TooLarge, match="rows"):
        lines(written(tmp_path, b"code,name\n11,A\n12,B\n"))
