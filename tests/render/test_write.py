"""Lists into files: the ending says the format, a file is whole or not there, and never written over unasked."""

import csv
import json
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.toys import Record, column, listed
from tests.search.plugin import examples
from timpora_cli.files import placed
from timpora_cli.render import write
from timpora_cli.render.answer import Answer, Kind, Wanted
from timpora_cli.render.write import ENDINGS, FileThere, FileUnwritable, UnknownEnding, format_of

COLUMNS = (column("name", "Name"), column("number", "Number", Kind.ID, secret=True), column("day", "Day", Kind.DATE))
ROWS = [("Ann Invented", "007", date(2020, 9, 17)), ("Bob Invented", None, None)]
LISTING = listed(COLUMNS, ROWS, closing=("2 people.",))
EVERY_ENDING = pytest.mark.parametrize("ending", ENDINGS)


def written(path: Path, listing: Answer[Record] = LISTING, *, force: bool = False) -> int:
    return write.file(listing, Wanted("table", terminal=True), path, force=force)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def no_room(size: int = 10) -> Iterator[None]:
    """Let no file grow beyond `size` bytes, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_csv_and_tsv_have_keys_and_codes(tmp_path: Path) -> None:
    for ending, between in ((".csv", ","), (".tsv", "\t")):
        assert written(tmp_path / f"list{ending}") == 2
        with (tmp_path / f"list{ending}").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, delimiter=between)
        assert header == ["name", "number", "day"]
        assert rows == [["Ann Invented", "007", "2020-09-17"], ["Bob Invented", "", ""]]


def test_json_and_ndjson_have_the_same_objects(tmp_path: Path) -> None:
    written(tmp_path / "list.json")
    written(tmp_path / "list.ndjson")
    lines = (tmp_path / "list.ndjson").read_text(encoding="utf-8").splitlines()
    objects = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    assert [json.loads(line) for line in lines] == objects
    assert objects[1] == {"name": "Bob Invented", "number": None, "day": None}


def test_a_text_file_is_what_people_read(tmp_path: Path) -> None:
    written(tmp_path / "list.txt")
    assert (tmp_path / "list.txt").read_text(encoding="utf-8").splitlines() == [
        "Name          Number  Day",
        "Ann Invented  007     2020-09-17",
        "Bob Invented",
        "",
        "2 people.",
    ]


def test_an_ending_is_read_in_any_letter_case(tmp_path: Path) -> None:
    written(tmp_path / "LIST.CSV")
    assert (tmp_path / "LIST.CSV").read_text(encoding="utf-8").startswith("name,number,day\n")


@pytest.mark.parametrize("name", ["list.pdf", "list", "list.xls", "csv", ".csv", "list.csv.gz", "list."])
def test_another_ending_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownEnding) as refused:
        format_of(Path(name))
    assert refused.value.exit_code == 2
    assert all(ending in str(refused.value) for ending in ENDINGS)


@EVERY_ENDING
def test_a_file_is_for_its_owner_alone_whatever_the_mask_of_the_process(tmp_path: Path, ending: str) -> None:
    usual = os.umask(0)
    try:
        written(tmp_path / f"list{ending}")
    finally:
        os.umask(usual)
    assert stat.S_IMODE((tmp_path / f"list{ending}").stat().st_mode) == 0o600
    assert left_in(tmp_path) == [f"list{ending}"]


@EVERY_ENDING
def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    path.write_bytes(b"of somebody else")
    with pytest.raises(FileThere) as refused:
        written(path)
    assert refused.value.exit_code == 1
    assert "--force" in str(refused.value)
    assert path.read_bytes() == b"of somebody else"
    assert left_in(tmp_path) == [path.name]


@EVERY_ENDING
def test_force_puts_the_new_file_in_its_place(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    path.write_bytes(b"of somebody else")
    path.chmod(0o644)
    written(path, force=True)
    assert b"of somebody else" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert left_in(tmp_path) == [path.name]


def test_a_link_to_nothing_is_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(FileThere):
        written(path)
    assert left_in(tmp_path) == ["list.csv"]


@EVERY_ENDING
@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_nothing_and_what_was_there(tmp_path: Path, ending: str, force: bool) -> None:
    path = tmp_path / f"list{ending}"
    if force:
        path.write_bytes(b"the older")
    with no_room(), pytest.raises(FileUnwritable) as refused:
        written(path, force=force)
    assert refused.value.exit_code == 1
    assert str(refused.value).count("\n") == 0
    assert left_in(tmp_path) == ([path.name] if force else [])
    assert not force or path.read_bytes() == b"the older"


@EVERY_ENDING
def test_a_folder_that_is_not_there_or_is_a_file_is_said(tmp_path: Path, ending: str) -> None:
    (tmp_path / "file").touch()
    for folder in ("nowhere", "file"):
        with pytest.raises(FileUnwritable):
            written(tmp_path / folder / f"list{ending}")
    assert left_in(tmp_path) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FileUnwritable):
        written(tmp_path / "list.csv")
    tmp_path.chmod(0o700)
    assert left_in(tmp_path) == []


def test_a_folder_is_not_written_over_even_by_force(tmp_path: Path) -> None:
    (tmp_path / "list.csv").mkdir()
    with pytest.raises(FileUnwritable):
        written(tmp_path / "list.csv", force=True)
    assert left_in(tmp_path) == ["list.csv"]


def test_a_name_as_long_as_a_file_system_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 251}.csv"
    written(path)
    assert left_in(tmp_path) == [path.name]


@EVERY_ENDING
def test_an_empty_list_is_a_file_with_its_header(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    assert written(path, listed(COLUMNS, [], closing=("Nobody.",))) == 0
    if ending == ".xlsx":
        from openpyxl import load_workbook

        cells = [tuple(cell.value for cell in row) for row in load_workbook(path).worksheets[0].iter_rows()]
        assert cells == [("name", "number", "day")]
    else:
        header = {".csv": "name,number,day\n", ".tsv": "name\tnumber\tday\n", ".json": "[]\n"}
        assert path.read_text(encoding="utf-8") == header.get(ending, "")


def test_columns_mask_sort_and_limit_hold_in_files(tmp_path: Path) -> None:
    wanted = Wanted("table", columns=("number", "name"), mask=True, sort=("-name",), limit=2)
    rows = [*ROWS, ("Cid Invented", "X0001234", None)]
    assert write.file(listed(COLUMNS, rows), wanted, tmp_path / "list.csv", force=False) == 2
    assert (tmp_path / "list.csv").read_text(encoding="utf-8").splitlines() == [
        "number,name",
        "*****234,Cid Invented",
        ",Bob Invented",
    ]


def test_whatever_goes_wrong_while_a_file_is_made_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with placed(tmp_path / "list.csv") as scratch:
            scratch.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert left_in(tmp_path) == []


def test_a_file_that_comes_while_another_is_made_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"

    def overtaken() -> None:
        with placed(path) as scratch:
            scratch.write_text("mine", encoding="utf-8")
            path.write_text("theirs", encoding="utf-8")

    with pytest.raises(FileExistsError):
        overtaken()
    assert path.read_text(encoding="utf-8") == "theirs"
    assert left_in(tmp_path) == ["list.csv"]


@pytest.mark.slow
@given(name=st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=30))
@examples(15, 60)
def test_any_name_with_a_known_ending_is_written_beside_or_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.json"
    path.unlink(missing_ok=True)
    written(path)
    assert left_in(tmp_path) == [path.name]
    path.unlink()


def test_a_watcher_hears_how_far_a_workbook_has_come(tmp_path: Path) -> None:
    heard: list[tuple[int, float | None]] = []
    rows = [(f"Person {number}",) for number in range(4)]
    listing = listed((column("name", "Name"),), rows)
    write.file(
        listing, Wanted("csv"), tmp_path / "a.xlsx", force=False, watch=lambda n, part: heard.append((n, part()))
    )
    assert heard == [(1, 0.25), (2, 0.5), (3, 0.75), (4, 1.0)]
