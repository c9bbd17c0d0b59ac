"""Lists as workbooks, read back with openpyxl: days are days, texts are texts, and nothing runs or is cut."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.render.toys import Record, column, listed
from tests.search.plugin import examples
from timpora_cli.render import write
from timpora_cli.render.answer import Cell, Column, Kind, Table, Wanted, arrange
from timpora_cli.render.formats import xlsx
from timpora_cli.render.formats.xlsx import LONGEST_TEXT, MOST_ROWS, WIDEST, TooLongForACell, TooManyForASheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = (column("text", "Text"), column("number", "Number", Kind.ID), column("day", "Day", Kind.DATE))


def sheet_of(path: Path, rows: list[tuple[Cell, ...]], columns: tuple[Column[Record], ...] = COLUMNS) -> "Worksheet":
    write.file(listed(columns, rows), Wanted("table"), path, force=True)
    (sheet,) = load_workbook(path).worksheets
    return sheet


def values(sheet: "Worksheet") -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "list.xlsx"


def test_days_are_real_days_and_show_as_iso(book: Path) -> None:
    sheet = sheet_of(book, [("Ann Invented", "1", date(2020, 9, 20)), ("Bob Invented", "2", None)])
    assert (sheet["C2"].value, sheet["C2"].data_type) == (datetime(2020, 9, 20), "d")  # noqa: DTZ001 as it is read
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert sheet["C3"].value is None


@pytest.mark.slow
@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
@examples(6, 16)
def test_every_day_that_the_register_knows_reads_back(book: Path, day: date) -> None:
    value = sheet_of(book, [("Ann Invented", "1", day)])["C2"].value
    assert isinstance(value, datetime)
    assert value.date() == day


def test_the_header_holds_the_keys_and_stays_in_sight(book: Path) -> None:
    sheet = sheet_of(book, [("Ann Invented", "1", None)])
    assert [cell.value for cell in sheet[1]] == ["text", "number", "day"]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert not any(cell.font.bold for cell in sheet[2])


def test_columns_are_as_wide_as_what_they_hold_up_to_a_limit(book: Path) -> None:
    sheet = sheet_of(book, [("x" * 30, "李" * 10, date(2020, 9, 20)), ("x" * 500, "1", None)])
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABC"}
    assert widths["A"] == WIDEST
    assert widths["B"] >= 20
    assert 10 <= widths["C"] <= 20


@pytest.mark.one_in(4)
@pytest.mark.parametrize("text", ["007", "0123456789012345678", "2E5", "1/2/2020", "TRUE", " 1", "1e400", "#N/A"])
def test_ids_stay_the_text_that_they_are(book: Path, text: str) -> None:
    cell = sheet_of(book, [("Ann Invented", text, None)])["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.one_in(4)
@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(1)", "\t=1", "=", "'=1"])
def test_what_looks_like_a_formula_is_a_text(book: Path, text: str) -> None:
    cell = sheet_of(book, [(text, "1", None)])["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_looks_like_a_formula_in_a_header_is_a_text_too(book: Path) -> None:
    sheet = sheet_of(book, [], (column("=1+1", "Sum"),))
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("a\0b", "a\\x00b"),
        ("a\ufffeb", "a\\ufffeb"),
        ("a\nb\tc", "a\nb\tc"),
        ("<b>&", "<b>&"),
    ],
)
def test_what_a_workbook_cannot_hold_comes_out_visible(book: Path, text: str, shown: str) -> None:
    assert sheet_of(book, [(text, "1", None)])["A2"].value == shown


def test_numbers_and_yes_or_no_stay_what_they_are(book: Path) -> None:
    columns = (column("fine", "Fine", Kind.MONEY), column("ours", "Ours", Kind.WORD))
    rows: list[tuple[Cell, ...]] = [(6_000_000, True), (None, None), (0, False)]
    assert values(sheet_of(book, rows, columns)) == rows


def test_a_text_that_no_cell_holds_is_refused_and_not_cut(book: Path) -> None:
    for text in ("x" * 40_000, "𝕏" * 16_384):
        with pytest.raises(TooLongForACell) as refused:
            sheet_of(book, [("Ann Invented", "1", None), (text, "2", None)])
        assert refused.value.exit_code == 1
        assert "text" in str(refused.value)
        assert list(book.parent.iterdir()) == []


def test_the_longest_text_that_a_cell_holds_is_whole(book: Path) -> None:
    assert sheet_of(book, [("x" * LONGEST_TEXT, "1", None)])["A2"].value == "x" * LONGEST_TEXT


def test_more_rows_than_a_sheet_holds_are_refused(book: Path) -> None:
    with pytest.raises(TooManyForASheet):
        xlsx.write(arrange(Table(COLUMNS).of([{}] * (MOST_ROWS + 1)), Wanted("csv")), book)


def test_the_file_of_rows_is_kept_beside_the_workbook_and_nowhere_else(
    book: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path_factory.mktemp("shared")
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    sheet_of(book, [("Ann Invented", "1", None)])
    with pytest.raises(TooLongForACell):
        sheet_of(book, [("x" * 40_000, "1", None)])
    assert list(shared.iterdir()) == []
    assert tempfile.tempdir == str(shared)
    assert list(book.parent.iterdir()) == [book]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
CELLS = TEXTS | st.sampled_from(["=1", "\n", "'"]) | st.none() | st.integers(-(10**14), 10**14)


@pytest.mark.slow
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6))
@examples(8, 25)
def test_any_list_reads_back(book: Path, rows: list[tuple[Cell, ...]]) -> None:
    numbered = [(number, *row) for number, row in enumerate(rows)]
    read = values(sheet_of(book, numbered, (column("n", "No"), column("a", "A"), column("b", "B"))))
    wanted = [tuple(None if cell == "" else cell for cell in row) for row in numbered]
    assert read == wanted
