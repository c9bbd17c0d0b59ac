"""The file of rejects as an officer meets it: mended and imported with no option, and never lost once it is edited."""

import csv
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands.conftest import FIELD
from tests.sheets.fixtures.sheets import FORMATS, Cell, Rows, workbook
from timpora_cli.sheets.seal import made

if TYPE_CHECKING:
    from tests.cli.commands.conftest import Desk

ROWS = [
    ["No", "Nama", "No Paspor", "Negara", "Tipe Izin", "No. KITAS", "Berlaku s/d", "Zodiak"],
    ["1", "Ann Invented", "X0001", "Australia", "ITAS", "2C21JD0001", "2021-01-31", "leo"],
    ["2", "Bob, Invented", "X0002", "Atlantis", "ITAS", "2C21JD0002", "2021-02-28", "'=1+1"],
]
LINES = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in ROWS]
PERMITS = """
    SELECT full_name, nationality, class_code, permit.number, permit.expires_on
    FROM resident JOIN permit ON permit.resident_id = resident.id ORDER BY permit.number
"""
BOB = ("Bob, Invented", "D", "KITAS", "2C21JD0002", "2021-02-28")


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def mended(path: Path, *changes: tuple[str, str]) -> str:
    """Correct a file of rejects as an editor would."""
    text = path.read_text(encoding="utf-8")
    for wrong, right in changes:
        assert wrong in text
        text = text.replace(wrong, right)
    path.write_text(text, encoding="utf-8")
    return str(path)


# Under the names of fields ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_rejects_of_any_file_import_after_mending_with_no_option(desk: "Desk", kind: str) -> None:
    sheet = FORMATS[kind](desk.folder / "list", ROWS)
    assert desk("import", str(sheet))[0] == 6
    path = desk.folder / "list.rejects.csv"
    header, row = cells(path)
    assert header[:-1] == [
        "No", "name", "passport_number", "nationality", "class", "permit_number KITAS", "expires", "Zodiak",
        "line", "reason",
    ]  # fmt: skip
    assert row[1:8] == ["Bob, Invented", "X0002", "Atlantis", "ITAS", "2C21JD0002", "2021-02-28", "''=1+1"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    code, out, err = desk("import", mended(path, (",Atlantis,", ",Jerman,")))
    assert (code, out.splitlines()[0]) == (0, "1 row: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert err.splitlines()[0] == "Columns not imported: Zodiak."
    assert desk.rows(PERMITS)[1] == BOB
    code, out, _err = desk("import", str(FORMATS[kind](desk.folder / "list", [ROWS[0], ROWS[1]])))
    assert (code, out) == (0, "1 row: 0 new, 0 renewed, 0 changed, 1 unchanged, 0 rejected.\n")


@pytest.mark.slow
def test_what_map_said_of_the_columns_is_not_needed_again(desk: "Desk") -> None:
    sheet = desk.sheet("Siapa,No Paspor,Asal,Tempo,Berlaku s/d,KITAS", "Bob,X0002,Atlantis,2021-02-28,kelak,2C21JD0002")
    mapping = ["Siapa=name", "Asal=nationality", "Tempo=expires", "KITAS=permit_number", "Berlaku s/d=ignored"]
    code, _out, _err = desk(
        "import", sheet, *(word for one in mapping for word in ("--map", one)), "--set", "class=ITAS"
    )
    assert code == 6
    path = desk.folder / "list.csv.rejects.csv"
    assert cells(path)[0][:6] == [
        "name", "passport_number", "nationality", "expires", "ignored (Berlaku s/d)", "permit_number"
    ]  # fmt: skip
    assert desk("import", mended(path, ("Atlantis", "D")), "--set", "class=ITAS")[0] == 0
    assert desk.rows(PERMITS) == [("Bob", "D", "KITAS", "2C21JD0002", "2021-02-28")]


@pytest.mark.slow
def test_a_header_of_two_rows_and_merged_headings_become_one_row(desk: "Desk") -> None:
    assert desk.bring("01_two_row_header.xlsx", "--set", "office=x", "--strict")[0] == 0
    desk("undo", "--yes")
    sheet = desk.sheet(
        "DAFTAR,,,,,,,", ",,,Paspor,,Izin Tinggal,,", "No,Nama,Kebangsaan,Nomor,Berlaku s/d,Jenis,Nomor,Berlaku s/d",
        "1,Contoh Alfa,Belanda,NA0000001,2026-01-31,ITAS,2C21FT0001,31/2/2020",
    )  # fmt: skip
    assert desk("import", sheet)[0] == 6
    path = desk.folder / "list.csv.rejects.csv"
    assert cells(path)[0][:8] == [
        "No", "name", "nationality", "passport_number", "passport_expires", "class", "permit_number", "expires"
    ]  # fmt: skip
    assert desk("import", mended(path, ("31/2/2020", "2020-12-31")))[0] == 0
    assert desk.rows("SELECT expires_on FROM passport UNION ALL SELECT expires_on FROM permit") == [
        ("2026-01-31",),
        ("2020-12-31",),
    ]


@pytest.mark.slow
def test_days_that_only_excel_dates_has_read_are_written_as_days(desk: "Desk") -> None:
    header = ["Nama", "No Paspor", "Negara", "Tgl Lahir", "Tempat/Tgl Lahir", "KITAS Berlaku s/d", "RT"]
    row: list[Cell] = ["Ann", "X0001 s/d 47000", "Atlantis", 30000, "Berlin, 30000", 44456, 301]
    book: dict[str, Rows] = {"Data": [header, row]}
    told = ["--excel-dates", "--set", "class=ITAS"]
    assert desk("import", str(workbook(desk.folder / "list", book)), *told)[0] == 6
    path = desk.folder / "list.rejects.csv"
    assert cells(path)[1][1:7] == [
        "X0001 s/d 2028-09-04", "Atlantis", "1982-02-18", "Berlin, 1982-02-18", "2021-09-17", "301"
    ]  # fmt: skip
    assert desk("import", mended(path, ("Atlantis", "D")), "--set", "class=ITAS")[0] == 0
    assert desk.rows("SELECT born FROM resident") == [("1982-02-18",)]
    assert desk("undo", "--yes")[0] == 0
    assert desk("import", str(workbook(desk.folder / "list", book)))[0] == 6
    assert cells(desk.folder / "list.rejects-2.csv")[1][3] == "30000"


def test_days_of_a_workbook_that_counts_from_1904_are_written_as_those_days(desk: "Desk") -> None:
    desk.bring("04b_1904_serial.xlsx", "--excel-dates", "--map", "Kewarganegaraan=ignored")
    of_1904 = [cell for row in cells(desk.folder / "04b_1904_serial.xlsx.rejects.csv")[1:] for cell in row]
    assert not [cell for cell in of_1904 if cell.isdigit() and len(cell) == 5]
    assert [cell for cell in of_1904 if cell.startswith("20")] == [
        "2019-09-21", "2020-09-20", "2020-09-20"
    ]  # fmt: skip


@pytest.mark.slow
def test_the_options_to_give_again_are_said_and_set_is_in_no_cell(desk: "Desk") -> None:
    sheet = desk.sheet("Nama,No Paspor,Negara,Tipe Izin", "Bob,X0002,Atlantis,")
    told = ["--set", "sponsor=PT Contoh", "--set", "class=ITAS", "--on", "1 Sept 2020", "--accept-doubtful"]
    _code, _out, err = desk("import", sheet, *told)
    assert err.splitlines()[-1] == (
        "Give again with that file: --set 'sponsor=PT Contoh' --set class=ITAS --accept-doubtful --on 2020-09-01"
    )
    assert cells(desk.folder / "list.csv.rejects.csv")[1][:4] == ["Bob", "X0002", "Atlantis", ""]
    assert "Give again" not in desk("import", sheet)[2]
    assert "Give again" not in desk("import", sheet, "--strict", *told)[2]


@pytest.mark.slow
def test_a_formula_and_a_line_break_are_read_back_as_they_were(desk: "Desk") -> None:
    rows = [["Nama", "No Paspor", "Negara", "=Zodiak"], ["Bob", "X0002", "Atlantis", "=cmd()\r@x"]]
    assert desk("import", str(FORMATS["ndjson"](desk.folder / "list", rows)))[0] == 6
    for _again in range(2):
        header, row = cells(desk.folder / "list.rejects.csv")
        assert (header[3], row[3]) == ("'=Zodiak", "'=cmd()\r'@x")
        (desk.folder / "list").write_bytes((desk.folder / "list.rejects.csv").read_bytes())
        assert desk("import", str(desk.folder / "list"))[0] == 6


@pytest.mark.slow
def test_the_columns_of_an_edited_file_of_rejects_are_not_told_and_are_made_anew(desk: "Desk") -> None:
    desk("import", desk.sheet(*LINES))
    path = desk.folder / "list.csv.rejects.csv"
    code, _out, err = desk("import", mended(path, ("Atlantis", "Lemuria")))
    assert (code, err.splitlines()[0]) == (6, "Columns not imported: Zodiak.")
    again = desk.folder / "list.csv.rejects.csv.rejects.csv"
    assert cells(again)[0][:-1] == cells(path)[0][:-1]
    assert (made(path), made(again)) == ("edited", "unedited")


@pytest.mark.slow
def test_a_file_saved_with_semicolons_or_as_a_workbook_is_still_ours_to_read(desk: "Desk") -> None:
    desk("import", desk.sheet(*LINES))
    header, row = cells(desk.folder / "list.csv.rejects.csv")
    row[3] = "Jerman"
    for kind in ("semicolons", "xlsx", "utf-16"):
        code, _out, err = desk("import", str(FORMATS[kind](desk.folder / f"{kind}", [header, row])))
        assert (code, err.splitlines()[0]) == (0, "Columns not imported: Zodiak.")
        assert desk.rows(PERMITS)[1] == BOB
        assert desk("undo", "--yes")[0] == 0


# Never written over once edited ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_an_unedited_file_is_replaced_and_at_last_taken_away(desk: "Desk") -> None:
    desk("import", desk.sheet(*LINES))
    path = desk.folder / "list.csv.rejects.csv"
    desk("import", desk.sheet(*LINES[:2], "", LINES[2]))
    assert cells(path)[1][8] == "4"
    _code, _out, err = desk("import", desk.sheet(*LINES[:2]))
    assert err.splitlines()[-1] == f"Taken away, since nothing was rejected: {path}"
    assert not path.exists()


@pytest.mark.slow
def test_an_edited_file_is_left_alone_and_the_next_rejects_go_beside_it(desk: "Desk") -> None:
    desk("import", desk.sheet(*LINES))
    path, second, third = (desk.folder / f"list.csv.rejects{number}.csv" for number in ("", "-2", "-3"))
    mended(path, ("Atlantis", "Lemuria"))
    mine = path.read_bytes()
    for _again in range(2):
        code, _out, err = desk("import", desk.sheet(*LINES))
        assert (code, err.splitlines()[-2:]) == (
            6,
            [
                f"Left as it is, because it was edited since timpora wrote it: {path}",
                f"Rejected rows with their reasons: {second}. Mend them there, and import that file.",
            ],
        )
        assert (path.read_bytes(), made(second), third.exists()) == (mine, "unedited", False)
    second.write_text("of another making\n")
    err = desk("import", desk.sheet(*LINES))[2]
    assert err.splitlines()[-2:] == [
        f"Left as it is, because timpora did not make it: {second}",
        f"Rejected rows with their reasons: {third}. Mend them there, and import that file.",
    ]
    code, _out, err = desk("import", desk.sheet(*LINES[:2]))
    assert (code, err.splitlines()[-3:]) == (
        0,
        [
            f"Left as it is, because it was edited since timpora wrote it: {path}",
            f"Left as it is, because timpora did not make it: {second}",
            f"Taken away, since nothing was rejected: {third}",
        ],
    )
    assert (path.read_bytes(), second.read_text(), third.exists()) == (mine, "of another making\n", False)


@pytest.mark.slow
def test_a_dry_run_leaves_every_file_as_it_is(desk: "Desk") -> None:
    desk("import", desk.sheet(*LINES))
    before = {path: path.read_bytes() for path in desk.folder.iterdir() if "list" in path.name}
    assert desk("import", str(desk.folder / "list.csv"), "--dry-run")[0] == 6
    assert {path: path.read_bytes() for path in desk.folder.iterdir() if "list" in path.name} == before


@pytest.mark.slow
def test_a_strict_import_that_is_refused_leaves_an_edited_file_too(desk: "Desk") -> None:
    desk("import", desk.sheet(*LINES), "--strict")
    path = desk.folder / "list.csv.rejects.csv"
    mine = mended(path, ("Atlantis", "Lemuria"))
    code, _out, err = desk("import", desk.sheet(*LINES), "--strict")
    assert code == 1
    assert err.splitlines()[-1].startswith(f"Rejected rows with their reasons: {desk.folder}/list.csv.rejects-2.csv.")
    assert "Lemuria" in Path(mine).read_text()


def test_the_field_fixture_of_formulas_without_values_goes_whole_into_the_file(desk: "Desk") -> None:
    assert (FIELD / "03_formula_no_cache.xlsx").exists()
    assert desk.bring("03_formula_no_cache.xlsx")[0] == 6
    assert len(cells(desk.folder / "03_formula_no_cache.xlsx.rejects.csv")) == 3
