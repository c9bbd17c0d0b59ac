"""Cells without blanks; and the rows that are not people: counted and named, and never a person among them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.sheets.sheet import KeyColumns, PassedOver, SheetRow, people_only, tidy

HEADER = ("NO", "NAMA", "NO PASPOR", "NEGARA", "TEMPAT/TGL LAHIR", "ALAMAT")
KEY_COLUMNS = KeyColumns(HEADER, frozenset({1}), frozenset({2}), frozenset({0}))
ANN = ("1", "Ann Invented", "X0001", "Australia", "Sydney, 17-09-1980", "Jl. Contoh 1")


def sorted_out(*rows: tuple[str, ...]) -> tuple[list[int], PassedOver]:
    """The lines of those that may be people, and the rest."""
    passed = PassedOver()
    sheet = [SheetRow(line, cells) for line, cells in enumerate(rows, start=2)]
    return [row.line for row in people_only(sheet, KEY_COLUMNS, passed)], passed


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("1", "2", "3", "4", "5", "6"), "numbering"),
        (("(1)", "(2)", "(3)"), "numbering"),
        (HEADER, "header"),
        ((*(name.lower() for name in HEADER), "", ""), "header"),
        (("JUMLAH", "", "38"), "total"),
        (("", "Jumlah WNA : 38 orang"), "total"),
        (("", "TOTAL", "", "1.234", "12%"), "total"),
        (("Sub Total", "3"), "total"),
        (("Grand Total :", "3 orang"), "total"),
        (("7",), "number"),
        (("7.", "-", "nihil"), "number"),
        (("", "", "", "Tanjungpandan, 17 September 2020"), "closing"),
        (("", "Mengetahui,", "", "", "Kepala Kantor Imigrasi,"), "closing"),
        (("Catatan : data sementara",), "closing"),
        (("", "", "NIP. 19700101 199003 1 001"), "closing"),
        (("", "", "Tanjungpandan, ..... September 2020"), "closing"),
    ],
)
def test_what_is_no_person_is_passed_over_and_named(row: tuple[str, ...], kind: str) -> None:
    lines, passed = sorted_out(row)
    assert (lines, dict(passed.counts)) == ([], {kind: 1})
    assert passed.described().startswith("line 2 (")


@pytest.mark.parametrize(
    "row",
    [
        ANN,
        ("2", "Total Invented", "X0002", "Jerman", "", ""),
        ("3", "Jumlah", "1234567", "Jerman"),
        ("4", "Camat Invented", "X0003", "Jerman"),
        ("", "Camat Invented", "", "Jerman", "Berlin, 1-5-1970", "Jl. Contoh 2"),
        ("5", "Kepala Sekolah Dasar", "X0004"),
        ("6", "", "", "", "Sydney, 17 September 1980", "Jl. Contoh 3"),
        ("", "Dee Invented", "", "", "Tanjungpandan, 17 September 1980"),
        ("", "", "X0005"),
        ("", "", "", "", "", "KECAMATAN SIJUK"),
        ("1", "3", "2"),
    ],
)
def test_who_may_be_a_person_is_never_passed_over(row: tuple[str, ...]) -> None:
    lines, passed = sorted_out(ANN, row, ANN)
    assert (lines, passed.counts.total()) == ([2, 3, 4], 0)


def test_column_numbers_are_such_only_right_below_the_header() -> None:
    lines, passed = sorted_out(ANN, ("1", "2", "3"))
    assert (lines, passed.counts.total()) == ([2, 3], 0)


def test_signatures_are_such_to_the_last_row_and_named_as_one() -> None:
    lines, passed = sorted_out(
        ANN, ("", "", "", "Mengetahui,"), ("", "Siti Karangan", "", "Budi Bayangan"), ("", "Pembina, IV/a")
    )
    assert lines == [2]
    assert passed.described() == "line 3-5 (signatures and notes at the end)"


def test_rows_that_look_like_signatures_among_people_are_kept_to_be_refused() -> None:
    lines, passed = sorted_out(ANN, ("", "", "", "Mengetahui,"), ("", "Siti Karangan"), ANN)
    assert (lines, passed.counts.total()) == ([2, 3, 4, 5], 0)


def test_what_is_too_long_for_signatures_is_not_held_back() -> None:
    many = [("", "", "", "Mengetahui,"), *[("", f"Person {number}") for number in range(100)]]
    lines, passed = sorted_out(*many)
    assert len(lines) == 101
    assert passed.counts.total() == 0


def test_stretches_are_named_up_to_a_dozen() -> None:
    rows: list[tuple[str, ...]] = []
    for _page in range(20):
        rows += [ANN, ("JUMLAH", "3")]
    _lines, passed = sorted_out(*rows)
    assert passed.counts["total"] == 20
    assert passed.described().count("a total") == 12
    assert passed.described().endswith(", ...")
    assert sorted_out(ANN)[1].described() == ""


# Cells --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["", "  ", "-", " - ", "--", "–", "nihil", "NIHIL", "N/A", "n/a", "'", "'-"])
def test_these_cells_are_empty(cell: str) -> None:
    assert tidy(cell, free_text=True) == tidy(cell, free_text=False) == ""


def test_blanks_go_and_so_does_the_apostrophe_of_a_spreadsheet() -> None:
    assert tidy("  Jl.  Contoh\n No. 1 ", free_text=True) == "Jl. Contoh No. 1"
    assert tidy("'0812", free_text=True) == "0812"
    assert tidy("'Ann", free_text=True) == "Ann"
    assert tidy("'a1", free_text=False) == "a1"


def test_the_apostrophe_of_a_name_stays() -> None:
    assert tidy("'t Hart", free_text=True) == "'t Hart"


@given(st.text())
def test_a_tidy_cell_is_tidy(cell: str) -> None:
    once = tidy(cell, free_text=False)
    assert once == " ".join(once.split())
