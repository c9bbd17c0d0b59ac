"""What holds for any sheet: nothing is lost, a second time changes nothing, and neither the order of rows nor the
format of the file matters.
"""

import csv
import io
import re
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.plugin import examples
from tests.sheets.fixtures.sheets import FORMATS, read_rows
from timpora_cli.actions.intake.listing import Listing
from timpora_cli.actions.intake.request import Outcome
from timpora_cli.actions.intake.run import run
from timpora_cli.errors import TimporaError
from timpora_cli.queries.history import change_made, people_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.actions.conftest import Desk
    from tests.conftest import Office

    DeskMaker = Callable[["Office"], Desk]

HEADER = (
    "Nama", "No Paspor", "NIORA", "Negara", "Tgl Masuk", "Tipe Izin", "No Izin", "Tgl Terbit", "Tgl Berakhir",
    "Pekerjaan", "Penjamin", "Desa", "Alamat",
)  # fmt: skip
TODAY = date(2020, 9, 17)
EXAMPLES = examples(4, 10)
Cells = tuple[str, ...]

# Any cell of any row may be dirty here: blank, misspelt, contradictory, of somebody else.
DIRTY = st.tuples(
    st.sampled_from(["Ann Invented", "Bob Invented", "ANN INVENTED", "", "123"]),
    st.sampled_from(["X0001", "X0002", "'x 0001", "-", "?"]),
    st.sampled_from(["", "", "NI1", "NI2"]),
    st.sampled_from(["Australia", "Jerman", "", "Indonesia", "Atlantis"]),
    st.sampled_from(["", "", "2018-01-01", "2019-05-05", "2021-01-01", "kemarin"]),
    st.sampled_from(["ITAS", "KITAP", "ITAS INVESTOR", "", "KITTAS"]),
    st.sampled_from(["", "N1", "N2", "n 1"]),
    st.sampled_from(["", "2019-01-01", "2020-01-01", "1/6/2020", "31/2/2020"]),
    st.sampled_from(["", "2019-12-31", "2020-12-31", "31 Mei 2021", "2018-01-01"]),
    st.sampled_from(["", "guru", "juru masak"]),
    st.sampled_from(["", "PT Contoh", "PT. CONTOH", "CV Umpama"]),
    st.sampled_from(["", "Sijuk", "Air Merbau", "Dukong"]),
    st.sampled_from(["", "Jl. Contoh 1", "Jl. Umpama 2"]),
)


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person whose rows agree with each other: one grant a row, of which every day of issue is known."""

    key: int
    known: bool
    arrived: str
    grants: tuple[tuple[str, int, bool], ...]

    def rows(self) -> list[Cells]:
        rows: list[Cells] = []
        issued = date(2015, 1, 1)
        for number, (kind, days, told) in enumerate(self.grants):
            expires = (issued + timedelta(days=days + 30)).isoformat() if told else ""
            printed = f"N{self.key}{number}" if self.known else ""
            facts = ("guru", "PT Contoh", "Sijuk", "Jl. Contoh 1") if number % 2 == 0 else ("", "", "", "")
            who = (f"Person {'abcdef'[self.key]}", f"X000{self.key}", "", "Jerman", self.arrived if number else "")
            rows.append((*who, kind, printed, issued.isoformat(), expires, *facts))
            issued += timedelta(days=days)
        return rows


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[Cells], list[Cells]]:
    """The rows of up to three people, in one order and in another."""
    grant = st.tuples(st.sampled_from(["ITK", "ITAS", "ITAP"]), st.integers(40, 400), st.booleans())
    rows: list[Cells] = []
    for key in range(draw(st.integers(1, 3))):
        arrived = draw(st.sampled_from(["", "2014-12-01", "2016-06-06"]))
        grants = draw(st.lists(grant, min_size=1, max_size=4))
        rows += Someone(key, draw(st.booleans()), arrived, tuple(grants)).rows()
    return draw(st.permutations(rows)), draw(st.permutations(rows))


def written(rows: list[Cells]) -> list[str]:
    sheet = io.StringIO()
    csv.writer(sheet, lineterminator="\n").writerows([HEADER, *rows])
    return sheet.getvalue().splitlines()


@pytest.fixture
def desk_of(desk: "Desk") -> "DeskMaker":
    """A desk in the same folder, for another office: a property needs a new register for every example."""
    return lambda office: type(desk)(office, desk.folder)


@pytest.mark.slow
@given(st.lists(DIRTY, max_size=12))
@EXAMPLES
def test_no_row_is_lost_and_a_second_time_changes_nothing(
    open_office: Callable[[], "Office"], desk_of: "DeskMaker", rows: list[Cells]
) -> None:
    office = open_office()
    with closing(office.connection):
        desk = desk_of(office)
        first = desk.bring(*written(rows))
        assert first.read == len(rows)
        assert_whole(first, rows)
        before = office.dump()
        again = desk.bring(*written(rows))
        assert (again.read, again.new, again.renewed, again.changed) == (len(rows), 0, 0, 0)
        assert [reject.line for reject in again.rejects] == [reject.line for reject in first.rejects]
        assert office.dump() == before


def assert_whole(outcome: Outcome, rows: list[Cells]) -> None:
    """Every refused row is read from the file of rejects as it stood in the sheet."""
    if outcome.rejects_file is None:
        assert outcome.rejected == 0
        return
    header, found = read_rows(outcome.rejects_file)
    assert [row.cells[header.index("line")] for row in found] == [str(one.line) for one in outcome.rejects]
    assert [row.cells[: len(HEADER)] for row in found] == [rows[one.line - 2] for one in outcome.rejects]


WITHOUT_CLASS = "Ann Invented,X0001,Jerman,,2027-01-01"
WITHOUT_DAYS = "Ann Invented,X0001,Jerman,ITAS,"


@pytest.mark.slow
def test_a_grant_told_in_two_rows_is_the_same_the_second_time(office: "Office", desk: "Desk") -> None:
    sheet = ("Nama,No Paspor,Kewarganegaraan,Jenis Izin,Tanggal Berakhir", WITHOUT_CLASS, WITHOUT_DAYS)
    desk.bring(*sheet)
    before = office.dump()
    desk.bring(*sheet)
    assert office.dump() == before


def test_a_grant_told_in_two_rows_is_the_same_in_either_order(
    open_office: Callable[[], "Office"], desk_of: "DeskMaker"
) -> None:
    registers = []
    for rows in ((WITHOUT_CLASS, WITHOUT_DAYS), (WITHOUT_DAYS, WITHOUT_CLASS)):
        office = open_office()
        with closing(office.connection):
            desk = desk_of(office)
            desk.bring("Nama,No Paspor,Kewarganegaraan,Jenis Izin,Tanggal Berakhir", *rows)
            registers.append(desk.people())
    assert registers[0] == registers[1]


@pytest.mark.slow
@given(shuffled())
@EXAMPLES
def test_any_order_of_rows_gives_the_same_register(
    open_office: Callable[[], "Office"], desk_of: "DeskMaker", orders: tuple[list[Cells], list[Cells]]
) -> None:
    registers = []
    for rows in orders:
        office = open_office()
        with closing(office.connection):
            desk = desk_of(office)
            outcome = desk.bring(*written(rows))
            assert [reject.reason for reject in outcome.rejects] == []
            registers.append(desk.people())
    assert registers[0] == registers[1]


@pytest.mark.slow
@given(st.lists(DIRTY, max_size=8), st.lists(DIRTY, max_size=8))
@settings(EXAMPLES, max_examples=10)
def test_a_dry_run_says_what_an_import_then_does(
    open_office: Callable[[], "Office"], desk_of: "DeskMaker", known: list[Cells], rows: list[Cells]
) -> None:
    office = open_office()
    with closing(office.connection):
        desk = desk_of(office)
        desk.bring(*written(known))
        before = office.dump()
        with closing(Listing(of_people=True)) as listing:
            trial = desk.bring(*written(rows), dry_run=True, listing=listing)
            people, rejects = list(listing.people()), list(listing.rejects())
        assert office.dump() == before
        outcome = desk.bring(*written(rows))
        assert desk.tally(outcome) == desk.tally(trial)
        assert outcome.rejects == trial.rejects
        assert [one.line for one in rejects] == [one.line for one in outcome.rejects]
        assert {one.name for one in people} == touched(office, outcome.change)
        assert sum(one.came == "new" for one in people) == outcome.new
        assert any(one.came == "renewed" for one in people) == (outcome.renewed > 0)
        assert all(one.facts and one.lines for one in people)


def touched(office: "Office", change: int | None) -> set[str]:
    """The names of those of whom a change has changed any field."""
    if change is None:
        return set()
    made = change_made(office.connection, change)
    return {whose.name for whose in people_of(office.connection, made).values()}


# Rows that are no people, and rows that are nearly so, among dirty ones.
NO_PEOPLE: list[Cells] = [
    ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"),
    ("JUMLAH", "", "", "", "38"),
    ("", "Total: 38 orang"),
    HEADER,
    ("", "", "", "Mengetahui,"),
    ("Camat Sijuk",),
    ("Budi Karangan, S.Sos", "", "", ""),
    ("", "NIP. 19700101 199003 1 001"),
    ("Tanjungpandan, 17 September 2020",),
    ("Catatan: contoh", "X0001"),
]
MIXED = st.lists(st.one_of(DIRTY, st.sampled_from(NO_PEOPLE)), min_size=1, max_size=8)
FEW = settings(EXAMPLES, max_examples=5)


def brought(office: "Office", path: "Path") -> Outcome:
    return run(office.connection, path, office.author, TODAY)


@pytest.mark.slow
@given(MIXED)
@FEW
def test_the_same_rows_in_any_format_give_the_same_register(
    open_office: Callable[[], "Office"], tmp_path: "Path", rows: list[Cells]
) -> None:
    compare_formats(open_office, tmp_path, rows)


@pytest.mark.slow
@given(MIXED)
@settings(EXAMPLES, max_examples=80)
def test_many_rows_in_any_format_give_the_same_register(
    open_office: Callable[[], "Office"], tmp_path: "Path", rows: list[Cells]
) -> None:
    compare_formats(open_office, tmp_path, rows)


def compare_formats(open_office: Callable[[], "Office"], tmp_path: "Path", rows: list[Cells]) -> None:
    found = []
    for number, (name, write) in enumerate(FORMATS.items()):
        office = open_office()
        with closing(office.connection):
            outcome = brought(office, write(tmp_path / f"sheet{number}", [HEADER, *rows]))
            assert outcome.read == len(rows), name
            register = {table: held for table, held in office.dump().items() if table != "change"}
            reasons = [re.sub("[Ll]ine [0-9]+", "line", reject.reason) for reject in outcome.rejects]
            found.append((outcome.counts, outcome.skipped, reasons, register))
            before = office.dump()
            again = brought(office, tmp_path / f"sheet{number}")
            assert (again.new, again.renewed, again.changed, again.skipped) == (0, 0, 0, outcome.skipped)
            assert (again.read, office.dump()) == (outcome.read, before)
    assert all(one == found[0] for one in found)


@pytest.mark.slow
@given(st.lists(DIRTY, min_size=1, max_size=5), st.integers(0, 3), st.integers(0, 3))
@settings(EXAMPLES, max_examples=10)
def test_what_stands_around_the_people_changes_nothing(
    open_office: Callable[[], "Office"], tmp_path: "Path", rows: list[Cells], above: int, below: int
) -> None:
    registers = []
    titles: list[Cells] = [("DAFTAR ORANG ASING",), ("", "Bulan", "September"), ("Kecamatan Sijuk",)]
    closing_lines = [("JUMLAH", "", "38"), ("", "", "Mengetahui,"), ("", "Siti Karangan, S.H.")]
    for around in (False, True):
        sheet = [HEADER, *rows]
        if around:
            sheet = [*titles[:above], HEADER, NO_PEOPLE[0], *rows, *closing_lines[:below]]
        office = open_office()
        with closing(office.connection):
            outcome = brought(office, FORMATS["semicolons"](tmp_path / "sheet", sheet))
            assert outcome.skipped == (1 + below if around else 0)
            registers.append((outcome.counts, outcome.rejected, office.dump()["permit"], office.dump()["resident"]))
    assert registers[0] == registers[1]


@pytest.mark.slow
@given(
    st.sampled_from(sorted(FORMATS)),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=4), st.integers(0, 20)), min_size=1, max_size=6),
)
@EXAMPLES
def test_a_spoilt_file_is_refused_or_read_and_never_a_surprise(
    open_office: Callable[[], "Office"], tmp_path: "Path", name: str, wounds: list[tuple[int, bytes, int]]
) -> None:
    path = FORMATS[name](tmp_path / "sheet", [HEADER, ("Ann Invented", "X0001", "", "Australia", "", "ITAS")])
    content = path.read_bytes()
    for place, put, cut in wounds:
        at = place % (len(content) + 1)
        content = content[:at] + put + content[at + cut :]
    path.write_bytes(content)
    office = open_office()
    with closing(office.connection), suppress(TimporaError):
        outcome = brought(office, path)
        assert outcome.read == sum(outcome.counts.values()) + outcome.rejected + outcome.skipped
