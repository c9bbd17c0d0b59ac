"""What headers say: every name that was ever known, the names of public code, and names that no list had."""

import csv
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from timpora_cli import data
from timpora_cli.sheets.grammar import FIELD_ROWS, NOTHING, OWNERS, WORDS, examples, understood
from timpora_cli.sheets.headers import FIELDS

FIXTURES = Path(__file__).parent / "fixtures"
KINDS = {"document", "person", "fact", "dated fact", "filler"}


def rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def field_of(header: str) -> str:
    """The field of a header; '' where it is none, a row number among them."""
    found = understood(header).field or ""
    return "" if found == "ignored" else found


def words() -> list[dict[str, str]]:
    return data.rows(WORDS)


def test_a_word_stands_in_one_row_of_the_table() -> None:
    spelt = Counter(word.casefold().replace(" ", "") for row in words() for word in row["words"].split(" | "))
    assert [word for word, times in spelt.items() if times > 1] == []
    assert {row["kind"] for row in words()} == KINDS


def test_the_rows_of_fields_use_the_meanings_of_words_and_each_has_an_example_that_is_read_so() -> None:
    meant = set(chain.from_iterable(row["meanings"].split() for row in words()))
    used = set(chain.from_iterable(row["meanings"].split() for row in data.rows(FIELD_ROWS)))
    assert used <= meant
    assert meant >= {*OWNERS}
    for row in data.rows(FIELD_ROWS):
        assert (row["example"], understood(row["example"]).field) == (row["example"], row["field"])


def test_every_field_has_headers_and_its_own_name_is_one() -> None:
    assert {row["field"] for row in data.rows(FIELD_ROWS)} - {""} == set(FIELDS)
    assert [name for name in FIELDS if name != "ignored" and understood(name).field != name] == []
    assert "Nama Lengkap" in examples("name")


def test_a_header_of_the_former_list_is_understood_as_it_was() -> None:
    known = rows("known_headers.csv")
    sayings = {row["alias"]: understood(row["alias"]) for row in known}
    read = {header: (saying.field, saying.implies or "") for header, saying in sayings.items()}
    assert read == {row["alias"]: (row["field"], row["implies"]) for row in known}


def test_no_header_of_public_code_is_misread_and_nearly_all_are_read() -> None:
    missed = 0
    for row in rows("field/headers.csv"):
        wanted = row["field"].replace(" (period)", "").removeprefix("(").removesuffix(")").split(" or ")
        found = field_of(row["header"])
        assert (row["header"], found or "none") in {*((row["header"], one) for one in wanted), (row["header"], "none")}
        missed += not found and "none" not in wanted
    assert missed == 0


def test_names_that_are_in_no_list_are_read_or_left_and_never_misread() -> None:
    read = {row["header"]: field_of(row["header"]) for row in rows("other_headers.csv")}
    assert read == {row["header"]: row["field"] for row in rows("other_headers.csv")}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("KITAS Expired", "expires"),
        ("Tgl. Habis Berlaku Izin Tinggal", "expires"),
        ("Sponsor/Penjamin", "sponsor"),
        ("Kel./Desa", "village"),
        ("Passport Expired", "passport_expires"),
        ("Tempat Tinggal", "address"),
        ("Nama & Paspor", "name_and_passport"),
    ],
)
def test_the_headers_of_the_issue_are_read(header: str, field: str) -> None:
    assert understood(header).field == field


@pytest.mark.parametrize(
    "spelling",
    [
        "No Paspor",
        "NO. PASPOR",
        "no_paspor",
        "nopaspor",
        "noPaspor",
        "3. No. Paspor",
        "Paspor (Nomor)",
        "Nomor (Paspor)",
    ],
)
def test_the_spelling_and_the_order_do_not_matter(spelling: str) -> None:
    assert understood(spelling).field == "passport_number"


@pytest.mark.parametrize("header", ["Zodiak", "Nama Kapal", "Paspor Kuning", "", "(?)", "#"])
def test_a_header_with_an_unknown_word_is_not_understood(header: str) -> None:
    assert understood(header) == NOTHING or not understood(header).field


@pytest.mark.parametrize(
    ("header", "either"),
    [
        ("No. Paspor/KITAS", ("passport_number", "permit_number")),
        ("Nama dan Alamat", ("address", "name")),
        ("Desa/Kecamatan", ("district", "village")),
        ("Alamat Penjamin", ()),
        ("Nomor dan Tanggal KITAS", ()),
    ],
)
def test_two_readings_are_named_and_none_is_taken(header: str, either: tuple[str, ...]) -> None:
    assert (understood(header).field, understood(header).either) == (None, either)


def test_a_class_in_a_header_is_that_of_the_permit_and_of_nothing_else() -> None:
    assert [understood(header).implies for header in ("No ITAP", "Alamat KITAS", "Exp KITAS/KITAP")] == [
        "KITAP",
        None,
        None,
    ]
