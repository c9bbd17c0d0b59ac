"""`timpora export`, and `--output` on the lists: what goes into a file, and what is said meanwhile."""

import csv
import json
import re
import resource
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from timpora_cli.store.facts import versioned_tables

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Real, Timpora

ENDINGS = [".csv", ".tsv", ".json", ".ndjson", ".txt", ".xlsx"]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")


def read(name: str) -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if name.endswith(".tsv") else ","))


def of_workbook(name: str) -> list[dict[str, object]]:
    (sheet,) = load_workbook(name).worksheets
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def left() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


@pytest.mark.one_in(6)
@pytest.mark.parametrize("ending", ENDINGS)
def test_an_export_says_how_many_rows_it_wrote_and_is_for_its_owner_alone(timpora: "Timpora", ending: str) -> None:
    assert timpora.answer("export", f"people{ending}") == f"47 rows written to people{ending}.\n"
    assert stat.S_IMODE(Path(f"people{ending}").stat().st_mode) == 0o600
    assert left() == [f"people{ending}"]


@pytest.mark.slow
def test_an_export_holds_what_the_list_of_residents_shows(timpora: "Timpora") -> None:
    for name in ("people.csv", "people.tsv"):
        timpora.answer("export", name)
        assert read(name) == timpora.rows("resident", "list")
    timpora.answer("export", "people.json")
    assert json.loads(Path("people.json").read_text(encoding="utf-8")) == json.loads(
        timpora.answer("resident", "list", "--format", "json")
    )
    timpora.answer("export", "people.ndjson")
    assert Path("people.ndjson").read_text(encoding="utf-8") == timpora.answer("resident", "list", "--format", "ndjson")


@pytest.mark.slow
def test_a_workbook_holds_the_same_with_real_days_and_text_ids(timpora: "Timpora") -> None:
    timpora.answer("export", "people.xlsx")
    timpora.answer("export", "people.csv")
    shown = of_workbook("people.xlsx")
    assert all(isinstance(row["born"], datetime) for row in shown if row["born"] is not None)
    texts = [
        {
            key: value.date().isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
            for key, value in (
                {**row, "unlimited": str(row["unlimited"] or False).lower()} if row["class"] else row
            ).items()
        }
        for row in shown
    ]
    assert texts == read("people.csv")


@pytest.mark.slow
def test_filters_and_columns_hold(timpora: "Timpora") -> None:
    timpora.answer("export", "manggar.csv", "--district", "Manggar", "--class", "ITAP", "--columns", "name,class")
    rows = read("manggar.csv")
    assert [list(row) for row in rows] == [["name", "class"]] * 2
    assert {row["class"] for row in rows} == {"KITAP"}
    timpora.answer("export", "due.csv", "--state", "OVERSTAY")
    assert [row["name"] for row in read("due.csv")] == ["Ștefan Născocit"]


@pytest.mark.slow
def test_both_clocks_hold(timpora: "Timpora") -> None:
    timpora.answer("export", "then.csv", "--as-of", "2019-01-01")
    assert read("then.csv") == timpora.rows("resident", "list", "--as-of", "2019-01-01")
    assert timpora.answer("export", "before.csv", "--as-of", "1900-01-01") == "0 rows written to before.csv.\n"
    assert timpora.refused(2, "export", "never.csv", "--known-at", "2000-01-01").startswith("--known-at 2000-01-01: ")


def test_masked_numbers_show_three_characters(timpora: "Timpora") -> None:
    timpora.answer("export", "masked.csv", "--mask", "--class", "KITAP", "--columns", "permit_number")
    assert {row["permit_number"][:-3] for row in read("masked.csv")} == {"*" * 9}


def test_a_masked_export_is_not_made_for_an_import(timpora: "Timpora") -> None:
    said = timpora.refused(2, "export", "masked.csv", "--mask", "--layout", "import")
    assert "--mask" in said
    assert left() == []


@pytest.mark.slow
def test_formulas_are_made_inert_where_that_is_asked_for(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "1", "--name", "=Contoh+1")
    timpora.answer("export", "a.csv", "--columns", "name")
    timpora.answer("export", "b.csv", "--columns", "name", "--for-spreadsheet")
    timpora.answer("export", "c.xlsx", "--columns", "name")
    assert (read("a.csv")[0]["name"], read("b.csv")[0]["name"]) == ("=Contoh+1", "'=Contoh+1")
    cell = load_workbook("c.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=Contoh+1", "s")


@pytest.mark.parametrize("name", ["people.pdf", "people", "people.xls", "."])
def test_an_unknown_ending_is_wrong_usage(timpora: "Timpora", name: str) -> None:
    said = timpora.refused(2, "export", name)
    assert all(ending in said for ending in ENDINGS)
    assert timpora.refused(2, "counts", "--output", name) == said
    assert left() == []


@pytest.mark.parametrize("columns", ["nothing", "name,,class", ""])
def test_a_column_that_is_not_there_is_wrong_usage_and_leaves_nothing(timpora: "Timpora", columns: str) -> None:
    for name in ("people.csv", "people.xlsx"):
        timpora.refused(2, "export", name, "--columns", columns)
    assert left() == []


@pytest.mark.slow
def test_a_file_that_is_there_is_kept_unless_force_is_said(timpora: "Timpora") -> None:
    Path("people.csv").write_text("mine", encoding="utf-8")
    assert "--force" in timpora.refused(1, "export", "people.csv")
    timpora.refused(1, "resident", "list", "--output", "people.csv")
    assert Path("people.csv").read_text(encoding="utf-8") == "mine"
    timpora.answer("export", "people.csv", "--force")
    assert len(read("people.csv")) == 47
    assert timpora.answer("resident", "list", "--output", "people.csv", "--force", "--limit", "2") == ""
    assert len(read("people.csv")) == 2


@pytest.mark.one_in(4)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_is_said_and_leaves_nothing(timpora: "Timpora", ending: str) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        for line in (("export", f"people{ending}"), ("expiring", "--output", f"people{ending}")):
            assert "could not be written" in timpora.refused(1, *line)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left() == []


@pytest.mark.one_in(8)
@pytest.mark.parametrize(
    "line",
    [("expiring", "--before", "2020-09-21"), ("counts",), ("resident", "list"), ("permit", "list")],
    ids=" ".join,
)
@pytest.mark.parametrize("ending", [".csv", ".json", ".txt", ".xlsx"])
def test_a_list_goes_into_a_file_and_nothing_is_said(timpora: "Timpora", line: tuple[str, ...], ending: str) -> None:
    shape = {".csv": "csv", ".json": "json", ".txt": "plain"}.get(ending, "csv")
    assert timpora.answer(*line, "--output", f"list{ending}") == ""
    shown = timpora.answer(*line, "--format", shape)
    if ending == ".xlsx":
        header, *rows = csv.reader(shown.splitlines())
        found = of_workbook("list.xlsx")
        assert list(found[0]) == header
        assert len(found) == len(rows)
    else:
        assert Path(f"list{ending}").read_bytes().decode() == shown
    assert left() == [f"list{ending}"]


@pytest.mark.slow
def test_an_empty_list_is_written_with_its_header(timpora: "Timpora") -> None:
    line = ("expiring", "--before", "2020-09-21", "--district", "Dendang")
    for ending in ENDINGS:
        assert timpora.answer(*line, "--output", f"none{ending}", "--exit-code") == ""
    assert Path("none.csv").read_text(encoding="utf-8").startswith("resident_id,name,")
    assert Path("none.json").read_text(encoding="utf-8") == "[]\n"
    assert Path("none.ndjson").read_text(encoding="utf-8") == ""
    (header,) = load_workbook("none.xlsx").worksheets[0].iter_rows()
    assert header[0].value == "resident_id"


def test_exit_code_and_columns_hold_with_a_file(timpora: "Timpora") -> None:
    given = timpora("expiring", "--output", "list.csv", "--exit-code", "--columns", "name", "--limit", "1")
    assert (given.code, given.out, given.err) == (3, "", "")
    assert Path("list.csv").read_text(encoding="utf-8").splitlines() == ["name", "Ștefan Născocit"]


@pytest.mark.parametrize(
    "options", [("--output", "a.csv", "--format", "csv"), ("--force",), ("--output", "")], ids=" ".join
)
def test_options_that_contradict_each_other_are_wrong_usage(timpora: "Timpora", options: tuple[str, ...]) -> None:
    timpora.refused(2, "resident", "list", *options)
    assert left() == []


@pytest.mark.slow
def test_on_a_terminal_a_list_that_went_into_a_file_is_said_on_stderr(typing: "AtTerminal") -> None:
    given = typing("resident", "list", "--limit", "1", "--output", "list.csv")
    assert (given.code, given.out, given.err) == (0, "", "1 row written to list.csv.\n")


@pytest.mark.slow
def test_a_process_of_its_own_writes_a_workbook_and_says_nothing_else(real: "Real", timpora: "Timpora") -> None:
    given = real("export", Path("people.xlsx").absolute(), TIMPORA_DB=str(timpora.db))
    assert (given.code, given.err) == (0, "")
    assert left() == ["people.xlsx"]


@pytest.mark.slow
def test_the_export_changes_nothing_but_the_record_of_who_looked(timpora: "Timpora") -> None:
    def facts() -> list[str]:
        log = ('INSERT INTO "change"', 'INSERT INTO "disclosure"', 'INSERT INTO "sqlite_sequence"')
        return [line for line in timpora.dump() if not line.startswith(log)]

    before = facts()
    timpora.answer("export", "people.xlsx")
    timpora.answer("export", "grants.xlsx", "--layout", "import")
    assert facts() == before
    assert len(timpora.changes()) == 4


@pytest.mark.slow
def test_the_layout_for_an_import_imports_without_a_change(timpora: "Timpora") -> None:
    for name in ("grants.csv", "grants.xlsx", "grants.json"):
        timpora.answer("export", name, "--layout", "import")
        before = timpora.db.read_bytes()
        said = timpora("import", name)
        assert (said.code, said.out) == (0, "85 rows: 0 new, 0 renewed, 0 changed, 85 unchanged, 0 rejected.\n")
        assert timpora.db.read_bytes() == before


def test_an_unknown_layout_is_refused_with_the_known_ones(timpora: "Timpora") -> None:
    said = timpora.refused(2, "export", "a.csv", "--layout", "imports")
    assert "import" in said
    assert left() == []


# All that is recorded


@pytest.mark.slow
def test_the_tables_hold_every_row_that_stands(timpora: "Timpora") -> None:
    said = timpora.answer("export", "register", "--layout", "tables")
    with closing(sqlite3.connect(timpora.db)) as register:
        tables = {table.name: table.columns for table in versioned_tables(register)}
        assert {path.stem for path in Path("register").iterdir()} == {"change", *tables}
        assert {"case_file", "inspection", "meeting", "decision"} < tables.keys()
        for name, columns in tables.items():
            stored = register.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall()
            kept = [
                {key: "" if cell is None else str(cell) for key, cell in zip(columns, row, strict=True)}
                for row in stored
            ]
            # The export adds a row to the access log after what it has written.
            exported = read(f"register/{name}.csv")
            assert sorted(map(repr, exported)) == sorted(map(repr, kept[:-1] if name == "disclosure" else kept)), name
    assert re.fullmatch(r"\d+ rows of \d+ tables written to the folder register\.\n", said)
    assert stat.S_IMODE(Path("register").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in Path("register").iterdir()} == {0o600}


@pytest.mark.slow
def test_the_tables_are_those_of_an_earlier_moment(timpora: "Timpora") -> None:
    before = timpora.clock.now()
    timpora.clock.machine = before + timedelta(minutes=5)
    timpora.answer("resident", "remove", "47", "--yes")
    timpora.answer("export", "then", "--layout", "tables", "--known-at", before.isoformat())
    timpora.answer("export", "now", "--layout", "tables")
    numbers = [[row["id"] for row in read(f"{name}/resident.csv")] for name in ("then", "now")]
    assert numbers[0] == [*numbers[1][:46], "47", *numbers[1][46:]]


def test_whom_the_tables_named_is_in_the_access_log(timpora: "Timpora") -> None:
    timpora.answer("export", "register", "--layout", "tables")
    with closing(sqlite3.connect(timpora.db)) as register:
        assert register.execute("SELECT kind, people FROM disclosure").fetchall() == [("EXPORT", 49)]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--class", "KITAS", "--mask"), "--class, --mask"),
        (("--columns", "name", "--district", "Sijuk"), "--district, --columns"),
    ],
)
def test_a_part_of_the_tables_is_refused(timpora: "Timpora", words: tuple[str, ...], named: str) -> None:
    refused = timpora.refused(2, "export", "register", "--layout", "tables", *words)
    assert refused.endswith(f"into a folder. Leave out {named}.\n")
    assert left() == []


def test_the_tables_never_write_over_anything(timpora: "Timpora") -> None:
    for there in (Path("folder"), Path("link")):
        there.mkdir() if there.name == "folder" else there.symlink_to("nowhere")
        before = timpora.db.read_bytes()
        assert f"{there} is there already" in timpora.refused(1, "export", str(there), "--layout", "tables")
        assert timpora.db.read_bytes() == before
    assert left() == ["folder", "link"]
    given = timpora("export", "missing/register", "--layout", "tables")
    assert (given.code, given.out) == (1, "")
    assert given.err.endswith("could not be written: No such file or directory. Nothing was left behind.\n")
