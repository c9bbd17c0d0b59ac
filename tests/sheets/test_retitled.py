"""The headers of a file of rejects are read again as those of the sheet were, with no option."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.sheets.fixtures.sheets import SETS, shown
from tests.sheets.test_headers import REAL
from timpora_cli.sheets.headers import Columns, assigned
from timpora_cli.sheets.retitled import retitled
from timpora_cli.sheets.sheet import Sheet

FIXTURES = Path(__file__).parent / "fixtures"
AT_ONCE = 8  # headers of one sheet, where a table lists single ones


def listed(name: str, column: str) -> dict[str, list[str]]:
    """Sheets whose headers stand one below the other in a table."""
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        every = [row[column] for row in csv.DictReader(file)]
    return {f"{name} {at}": every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE)}


HEADERS = {
    **{f"set {name}": [shown(cell) for cell in rows[0]] for name, rows in SETS.items()},
    **{f"file {name}": next(csv.reader([line])) for name, line in REAL.items()},
    **listed("known_headers.csv", "alias"),
    **listed("other_headers.csv", "header"),
}


def sheet(header: Sequence[str]) -> Sheet:
    return Sheet(Path("list.csv"), tuple(header), iter(()))


def meanings(columns: Columns) -> dict[int, object]:
    return {
        column.place: (
            *(getattr(column.meaning, name) for name in ("field", "implies", "first", "coded")),
            column.dates,
        )
        for column in columns.read
    }


def again(header: Sequence[str], **mapping: str) -> tuple[str, ...]:
    """The new headers, once it is sure that they say the same."""
    columns = assigned(sheet(header), mapping)
    titles = retitled(sheet(header), columns)
    assert titles.places == tuple(range(len(header)))
    assert meanings(assigned(sheet([*titles.header, "line", "reason"]), {})) == meanings(columns)
    return titles.header


@pytest.mark.parametrize("name", HEADERS)
def test_every_header_set_is_read_the_same_under_the_names_of_fields(name: str) -> None:
    again(HEADERS[name])


def test_a_column_that_is_read_has_the_name_of_its_field_and_others_keep_their_own() -> None:
    assert again(["No", "Nama Lengkap", "Zodiak", "", "No. Paspor", "Desa", "Desa/Kecamatan"]) == (
        "No", "name", "Zodiak", "", "passport_number", "village", "Desa/Kecamatan",
    )  # fmt: skip


def test_what_a_header_says_beside_its_field_stays() -> None:
    assert again(["Nama", "No. KITAS", "Tgl Lahir (bln/tgl/thn)", "KITAP Berlaku s/d (dd/mm/yyyy)"]) == (
        "name", "permit_number KITAS", "born (mm/dd/yyyy)", "expires KITAP (dd/mm/yyyy)",
    )  # fmt: skip


def test_a_header_that_no_name_of_a_field_can_say_stays() -> None:
    assert again(["Nama", "Alamat Sekarang", "Alamat", "warganegara_id", "Telepon", "Email"]) == (
        "name", "Alamat Sekarang", "address", "warganegara_id", "contact", "contact",
    )  # fmt: skip


def test_two_columns_of_one_name_that_their_neighbours_tell_apart_need_none() -> None:
    assert again(["Nama", "No Paspor", "Masa Berlaku", "No KITAS", "Masa Berlaku"]) == (
        "name", "passport_number", "passport_expires", "permit_number KITAS", "expires KITAS",
    )  # fmt: skip


def test_what_the_officer_said_of_columns_is_not_needed_again() -> None:
    header = ["Siapa", "No Paspor", "Tempo", "Berlaku s/d", "Negara (asal)", "Zodiak"]
    assert again(header, Siapa="name", Tempo="expires", Negara="ignored", Zodiak="ignored") == (
        "name", "passport_number", "expires", "ignored (Berlaku s/d)", "ignored (Negara  asal )", "ignored (Zodiak)",
    )  # fmt: skip


@pytest.mark.parametrize("own", [["line", "reason"], ["line", "reason", "timpora 0123456789abcdef"]])
def test_the_columns_of_an_earlier_file_are_left_out(own: list[str]) -> None:
    titles = retitled(sheet(["name", *own]), assigned(sheet(["name", *own]), {}))
    assert (titles.header, titles.places) == (("name",), (0,))
    assert titles.row(["Ann", *own, "more"]) == (["Ann"], ["more"])


def test_columns_that_an_officer_added_to_an_earlier_file_stay() -> None:
    header = ["name", "line", "reason", "timpora 0123456789abcdef", "Pekerjaan"]
    titles = retitled(sheet(header), assigned(sheet(header), {}))
    assert (titles.header, titles.row(["Ann", "2", "why", "", "guru"])) == (
        ("name", "occupation"),
        (["Ann", "guru"], []),
    )
