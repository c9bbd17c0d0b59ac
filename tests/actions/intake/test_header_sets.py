"""The header sets of real files, and files that broke other importers: each is written as a file and imported.

The tables give for each how many rows are new, renewed, changed, unchanged, rejected, and not people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sheets.fixtures.sheets import SETS, Rows, delimited, workbook
from timpora_cli.actions.intake.request import Outcome, Request
from timpora_cli.actions.intake.run import run
from timpora_cli.errors import TimporaError
from timpora_cli.sheets.headers import NoNameColumn

if TYPE_CHECKING:
    from tests.conftest import Office

ASKED = {
    "who": "SELECT full_name, sex, born, nationality, purpose_code FROM resident ORDER BY id",
    "passports": "SELECT number, country, expires_on FROM passport ORDER BY id",
    "permits": "SELECT class_code, number, issued_on, expires_on FROM permit ORDER BY id",
    "homes": "SELECT village_code, rt, rw FROM residence ORDER BY id",
    "births": "SELECT birthplace, born FROM resident ORDER BY id",
}
ANN = ("Ann Invented", "F", "1980-09-17", "AUS", None)


@dataclass(frozen=True, slots=True)
class Expected:
    """What comes of a sheet: the six counts, and of some questions the answers."""

    counts: tuple[int, int, int, int, int, int]
    answers: Mapping[str, list[tuple[object, ...]]] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


def bring(office: "Office", path: Path, **request: object) -> Outcome:
    return run(office.connection, path, office.author, office.today, Request(**request))  # type: ignore[arg-type]


def counts(outcome: Outcome) -> tuple[int, int, int, int, int, int]:
    found = (outcome.new, outcome.renewed, outcome.changed, outcome.unchanged, outcome.rejected, outcome.skipped)
    assert sum(found) == outcome.read
    return found


def check(office: "Office", outcome: Outcome, expected: Expected) -> None:
    assert [reject.reason for reject in outcome.rejects if expected.reasons == ()] == []
    for reject, reason in zip(outcome.rejects, expected.reasons, strict=True):
        assert reason in reject.reason
    assert counts(outcome) == expected.counts
    for question, answer in expected.answers.items():
        assert (question, office.rows(ASKED[question])) == (question, answer)


# Header sets -----------------------------------------------------------------------------------------------------

OF_SETS: dict[str, Expected | type[TimporaError]] = {
    "1": Expected(
        (2, 0, 0, 0, 0, 0),
        {
            "permits": [("KITAS", None, None, None), ("KITAP", None, None, None)],
            "homes": [(None, None, None), ("19.02.01.2012", None, None)],
        },
    ),
    "2": Expected(
        (2, 0, 0, 0, 0, 0),
        {"permits": [("KITAS", None, "2020-01-05", "2021-01-04"), ("ITK", None, "2020-08-20", "2020-09-18")]},
    ),
    "3": NoNameColumn,
    "5": Expected(
        (1, 0, 0, 0, 1, 0),
        {
            "who": [("Ann Invented", "F", "2000-02-29", "TLS", None)],
            "permits": [("KITAS", "2C21JD0001", None, "2021-01-31")],
            "passports": [("X0000001", "TLS", "2025-01-31")],
        },
        ('"31/02/2025" is not a date',),
    ),
    "7": Expected(
        (1, 0, 0, 0, 2, 0),
        {
            "who": [("Bob Invented", "M", "1980-01-13", "D", None)],
            "homes": [(None, "003", "002")],
        },
        ("names no nationality", "this is an Indonesian"),
    ),
    "8": NoNameColumn,
    "11": Expected(
        (2, 0, 0, 0, 1, 0),
        {
            "who": [
                ("Ann Invented", "F", "1980-02-29", "AUS", "WORK"),
                ("Bob Invented", "M", "1970-01-31", "D", None),
            ],
            "permits": [("KITAS", None, None, "2021-01-31"), ("KITAP", None, None, "2024-09-20")],
        },
        ("19700231",),
    ),
    "12": Expected(
        (2, 0, 0, 0, 0, 0),
        {
            "who": [("Ann Invented", "F", None, "AUS", "INVESTOR"), ("Bob Invented", "M", None, "D", "FAMILY")],
            "permits": [("KITAS", None, None, None), ("KITAP", None, None, None)],
        },
    ),
    "16": Expected((1, 0, 0, 0, 0, 0), {"permits": [("KITAS", None, None, None)]}),
    "18": Expected(
        (2, 0, 0, 0, 0, 0),
        {
            "permits": [("KITAS", "2C21JD0001", None, "2021-01-31")],
            "passports": [("X0000001", "THA", "2025-01-31"), ("X0000002", "THA", None)],
        },
    ),
    "20": Expected(
        (1, 0, 0, 0, 0, 0),
        {
            "who": [ANN],
            "births": [("Sydney", "1980-09-17")],
            "permits": [("KITAS", "2C21JD0001", None, "2021-09-20")],
            "homes": [("19.02.01.2012", None, None)],
        },
    ),
    "21": Expected(
        (1, 0, 0, 0, 1, 0),
        {
            "who": [ANN],
            "passports": [("X0000001", "AUS", "2025-09-20")],
            "permits": [("KITAS", "2C21JD0001-V", None, "2021-09-20")],
            "births": [("Sydney", "1980-09-17")],
        },
        ('"31/2/2025" is not a date',),
    ),
    "22": NoNameColumn,
}
TOLD: Mapping[str, Mapping[str, object]] = {"11": {"serials": True}}


@pytest.mark.slow
@pytest.mark.one_in(5)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", SETS)
def test_the_sheets_of_others_come_in(office: "Office", tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / f"set{name}.{kind}"
    if kind == "xlsx":
        workbook(path, {"Data": SETS[name]})
    else:
        delimited(path, SETS[name], encoding="utf-8-sig")
    expected = OF_SETS[name]
    if not isinstance(expected, Expected):
        with pytest.raises(expected, match=r"no column with people's names.* Its columns: "):
            bring(office, path, **TOLD.get(name, {}))
        return
    outcome = bring(office, path, **TOLD.get(name, {}))
    check(office, outcome, expected)
    before = office.dump()
    again = bring(office, path, **TOLD.get(name, {}))
    assert (again.new, again.renewed, again.changed, again.rejected) == (0, 0, 0, outcome.rejected)
    assert office.dump() == before


def test_every_set_is_in_the_table() -> None:
    assert OF_SETS.keys() == SETS.keys()


# What breaks importers -------------------------------------------------------------------------------------------

HEADER = ["NO", "NAMA", "NO PASPOR", "NEGARA", "JENIS IZIN", "TGL BERAKHIR"]
PEOPLE: Rows = [
    [1, "Ann Invented", "X0000001", "Australia", "ITAS", date(2021, 1, 31)],
    [2, "Bob Invented", "X0000002", "Jerman", "ITAP", date(2024, 9, 20)],
]
BOTH: list[tuple[object, ...]] = [("KITAS", None, None, "2021-01-31"), ("KITAP", None, None, "2024-09-20")]
DAY_ONLY = ["NAMA", "NO PASPOR", "NEGARA"]
ANY = ["Ann Invented", "X0000001", "Australia"]

BROKEN: dict[str, tuple[Rows, Mapping[str, object], Expected]] = {
    "title rows above the header": (
        [["DAFTAR ORANG ASING"], ["Kecamatan", "Tanjungpandan"], [], ["Bulan", "September 2020"], HEADER, *PEOPLE],
        {},
        Expected((2, 0, 0, 0, 0, 0), {"permits": BOTH}),
    ),
    "a row of column numbers below": (
        [HEADER, [1, 2, 3, 4, 5, 6], *PEOPLE],
        {},
        Expected((2, 0, 0, 0, 0, 1), {"permits": BOTH}),
    ),
    "column numbers in brackets": (
        [HEADER, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], *PEOPLE],
        {},
        Expected((2, 0, 0, 0, 0, 1)),
    ),
    "a total and signatures at the end": (
        [
            HEADER, *PEOPLE, ["JUMLAH", None, None, None, None, 2], [],
            [None, None, None, None, "Tanjungpandan, 17 September 2020"],
            [None, "Mengetahui,", None, None, "Camat Tanjungpandan,"], [], [],
            [None, "Budi Karangan, S.Sos", None, None, "SITI REKAAN"],
            [None, None, None, None, "NIP. 19700101 199003 1 001"],
        ],
        {},
        Expected((2, 0, 0, 0, 0, 5), {"permits": BOTH}),
    ),
    "a total in the middle": (
        [HEADER, PEOPLE[0], [None, "TOTAL KITAS : 1 orang"], PEOPLE[1], [None, "Grand Total", None, None, None, "2"]],
        {},
        Expected((2, 0, 0, 0, 0, 2), {"permits": BOTH}),
    ),
    "the header again on each page, and rows that are only numbered": (
        [HEADER, PEOPLE[0], HEADER, PEOPLE[1], [3], [4]],
        {},
        Expected((2, 0, 0, 0, 0, 3)),
    ),
    "blank rows and columns": (
        [[], [None, *HEADER, None], [], [None, *PEOPLE[0], None], [], [], [None, *PEOPLE[1], None], []],
        {},
        Expected((2, 0, 0, 0, 0, 0), {"permits": BOTH}),
    ),
    "a header with its format in brackets": (
        [[*DAY_ONLY, "TANGGAL LAHIR (tgl/bln/thn)"], [*ANY, "9/10/1980"]],
        {},
        Expected((1, 0, 0, 0, 0, 0), {"births": [(None, "1980-10-09")]}),
    ),
    "a header with the month first": (
        [[*DAY_ONLY, "TANGGAL LAHIR (mm/dd/yyyy)"], [*ANY, "9/10/1980"], ["Bob", "X0000002", "Jerman", "20/9/1980"]],
        {},
        Expected((1, 0, 0, 0, 1, 0), {"births": [(None, "1980-09-10")]}, ("there is no month 20",)),
    ),
    "a header with the year first": (
        [[*DAY_ONLY, "TANGGAL LAHIR (yyyy/mm/dd)"], [*ANY, "1980/10/09"]],
        {},
        Expected((1, 0, 0, 0, 0, 0), {"births": [(None, "1980-10-09")]}),
    ),
    "an apostrophe glued to an id": (
        [[*DAY_ONLY, "NO KITAS"], ["Ann Invented", "'00123456", "Australia", "'2C21JD0001"]],
        {},
        Expected(
            (1, 0, 0, 0, 0, 0),
            {"passports": [("00123456", "AUS", None)], "permits": [("KITAS", "2C21JD0001", None, None)]},
        ),
    ),
    "ids typed as numbers": (
        [
            [*DAY_ONLY, "NIORA"],
            ["Ann Invented", 1234567, "Australia", 12.0],
            ["Bob Invented", 1234567890123456, "Jerman", None],
            ["Cid Invented", "1.23457E+15", "Jerman", None],
            ["Dee Invented", "1234568.0", "Jerman", "1,2E+5"],
        ],
        {},
        Expected(
            (1, 0, 0, 0, 3, 0),
            {"passports": [("1234567", "AUS", None)]},
            ("shortened", "shortened", "stored as a decimal"),
        ),
    ),
    "hyphens for empty": (
        [[*DAY_ONLY, "TUJUAN", "ALAMAT", "TGL LAHIR"], [*ANY, "-", "nihil", "--"]],
        {},
        Expected((1, 0, 0, 0, 0, 0), {"who": [("Ann Invented", None, None, "AUS", None)]}),
    ),
    "serials and numbers side by side": (
        [[*DAY_ONLY, "TGL LAHIR", "JENIS IZIN", "MASA BERLAKU"], [*ANY, 19800917, "ITAS", 44227]],
        {"serials": True},
        Expected(
            (1, 0, 0, 0, 0, 0),
            {"births": [(None, "1980-09-17")], "permits": [("KITAS", None, None, "2021-01-31")]},
        ),
    ),
    "a serial that nobody announced": (
        [[*DAY_ONLY, "JENIS IZIN", "MASA BERLAKU"], [*ANY, "ITAS", 44227]],
        {},
        Expected((0, 0, 0, 0, 1, 0), {}, ("if a spreadsheet means 2021-01-31 by it, import with --excel-dates",)),
    ),
    "two facts in one cell": (
        [
            ["NAMA", "Paspor (berlaku s/d)", "NEGARA", "Tempat/Tgl Lahir", "Nomor KITAS/ Masa Berlaku", "RT/RW"],
            ["Ann Invented", "X0000001 (s/d 20-09-2025)", "Australia", "Sydney, 17-09-1980",
             "2C21JD0001-V / 20 Sept 2021", "003/002"],
        ],
        {},
        Expected(
            (1, 0, 0, 0, 0, 0),
            {
                "births": [("Sydney", "1980-09-17")],
                "passports": [("X0000001", "AUS", "2025-09-20")],
                "permits": [("KITAS", "2C21JD0001-V", None, "2021-09-20")],
                "homes": [(None, "003", "002")],
            },
        ),
    ),
    "a place in the address": (
        [[*DAY_ONLY, "ALAMAT"], [*ANY, "RT 03/02 Desa Air Merbau Kec. Tanjungpandan"]],
        {},
        Expected((1, 0, 0, 0, 0, 0), {"homes": [("19.02.01.2012", "03", "02")]}),
    ),
    "what a sheet does not say": (
        [["NAMA", "NO PASPOR"], ["Ann Invented", "X0000001"]],
        {"constants": {"class": "ITAS", "district": "Sijuk", "nationality": "Australia", "expires": "31/1/2021"}},
        Expected(
            (1, 0, 0, 0, 0, 0),
            {"permits": [("KITAS", None, None, "2021-01-31")], "passports": [("X0000001", "AUS", None)]},
        ),
    ),
    "columns that only their place tells": (
        [["NO.", "", "", ""], [1, "Ann Invented", "X0000001", "Australia"]],
        {"mapping": {"column 2": "name", "kolom 3": "passport_number", "Column 4": "nationality"}},
        Expected((1, 0, 0, 0, 0, 0), {"passports": [("X0000001", "AUS", None)]}),
    ),
}  # fmt: skip


# A text sheet has its numbers as they were typed: there is nothing to refuse.
ONLY_IN_XLSX = "ids typed as numbers"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name in BROKEN for kind in ("xlsx", "csv") if (name, kind) != (ONLY_IN_XLSX, "csv")],
)
def test_what_breaks_importers_does_not_break_this_one(office: "Office", tmp_path: Path, name: str, kind: str) -> None:
    rows, request, expected = BROKEN[name]
    path = tmp_path / f"broken.{kind}"
    if kind == "xlsx":
        workbook(path, {"Data": rows})
    else:
        delimited(path, rows, delimiter=";")
    outcome = bring(office, path, **request)
    check(office, outcome, expected)
    before = office.dump()
    assert counts(bring(office, path, **request))[3:] == (sum(expected.counts[:4]), *expected.counts[4:])
    assert office.dump() == before


def test_a_number_keeps_the_leading_zeros_that_its_format_shows(office: "Office", tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(tmp_path / "zeros.xlsx", {"Data": [DAY_ONLY, ["Ann Invented", 123456, "Australia"]]})
    book = load_workbook(path)
    book["Data"]["B2"].number_format = "00000000"
    book.save(path)
    bring(office, path)
    assert office.rows(ASKED["passports"]) == [("00123456", "AUS", None)]
