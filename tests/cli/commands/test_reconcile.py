"""`timpora reconcile`: a list from another body beside the register, in groups whose numbers add up."""

import csv
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.search.plugin import examples
from timpora_cli.actions import reconcile
from timpora_cli.actions.intake.request import Request
from timpora_cli.model.reconciled import Group

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.conftest import Office

HEADER = "Nama,No Paspor,Kewarganegaraan,Jenis Izin,Tanggal Berakhir,Desa,Kecamatan"
KEYS = ["group", "resident_id", "name", "nationality", "passport_number", "line", "field", "there", "here", "reason"]
SAME = "HEMI POHEWA,X 0000001,Selandia Baru,ITAP,20/9/2020,tanjung binga,SIJUK"
DIFFERENT = "Joost van Nergenshuizen,X0000002,Belanda,ITAS,2020-10-11,Air Merbau,Tanjungpandan"
ONLY_THERE = "Baru Sekali,Z000001,Jerman,ITAS,2021-01-01,Dukong,Tanjungpandan"
NAMESAKE = "Everard Makebelieve,Z000003,Inggris,,,,"
UNREADABLE = "Tanpa Tanggal,X0000004,Jerman,,31/2/2020,,"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(*rows: str, header: str = HEADER, name: str = "list.csv") -> str:
    Path(name).write_text("".join(f"{row}\n" for row in (header, *rows)), encoding="utf-8")
    return name


def groups(rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(row["group"], row["resident_id"], row["field"]) for row in rows if row["group"] != "ONLY_HERE"]


def test_everyone_stands_in_one_of_the_groups(timpora: "Timpora") -> None:
    rows = timpora.rows("reconcile", listed(SAME, DIFFERENT, ONLY_THERE, UNREADABLE), "--all")
    assert list(rows[0]) == KEYS
    assert groups(rows) == [
        ("DIFFERENT", "2", "class"),
        ("DIFFERENT", "2", "village"),
        ("ONLY_THERE", "", ""),
        ("UNREADABLE", "", ""),
        ("SAME", "1", ""),
    ]
    here = {row["resident_id"] for row in rows if row["group"] == "ONLY_HERE"}
    assert here == {row["resident_id"] for row in timpora.rows("resident", "list")} - {"1", "2"}


def test_a_difference_is_shown_with_both_sides_and_its_line(timpora: "Timpora") -> None:
    row, place = timpora.rows("reconcile", listed(SAME, DIFFERENT), "--limit", "2")
    assert (row["line"], row["name"], row["nationality"]) == ("3", "Joost van Nergenshuizen", "NLD")
    assert (row["there"], row["here"]) == ("KITAS", "KITAP")
    assert (place["there"], place["here"]) == ("Air Merbau, Tanjungpandan", "Keciput, Sijuk")


def test_a_row_that_cannot_be_read_has_its_line_its_name_and_its_reason(timpora: "Timpora") -> None:
    (row,) = [row for row in timpora.rows("reconcile", listed(UNREADABLE)) if row["group"] == "UNREADABLE"]
    assert (row["line"], row["name"]) == ("2", "Tanpa Tanggal")
    assert '"31/2/2020" is not a date' in row["reason"]


def test_the_closing_lines_account_for_every_row_and_for_everyone_here(timpora: "Timpora") -> None:
    total = "JUMLAH,,,,,,"
    lines = timpora("reconcile", listed(SAME, DIFFERENT, ONLY_THERE, UNREADABLE, SAME, total)).lines
    assert lines[-2:] == [
        "1 the same + 1 different + 1 only there + 1 unreadable + 1 repeated + 1 not people = 6 rows in list.csv.",
        "1 the same + 1 different + 45 only here = 47 people here on 2020-09-17.",
    ]


def test_who_is_only_there_and_bears_the_name_of_somebody_only_here_may_be_the_same(timpora: "Timpora") -> None:
    rows = timpora.rows("reconcile", listed(NAMESAKE, ONLY_THERE))
    assert [row["reason"] for row in rows if row["group"] == "ONLY_THERE"] == [
        "Perhaps resident 3, of the same name.",
        "",
    ]


@pytest.mark.slow
def test_a_blank_cell_says_nothing_and_another_spelling_is_the_same(timpora: "Timpora") -> None:
    sparse = "O'TKIR TOQIMA,{passport},,,,,"
    resident = next(row for row in timpora.rows("resident", "list") if row["name"].startswith("O'tkir"))
    passport = next(
        row["passport_number"]
        for row in timpora.rows("expiring", "--passports", "--before", "2199-01-01")
        if row["resident_id"] == resident["resident_id"]
    )
    rows = timpora.rows("reconcile", listed(sparse.format(passport=passport)), "--all")
    assert ("SAME", resident["resident_id"], "") in groups(rows)


def test_a_fact_that_the_register_lacks_is_a_difference(ann: "Timpora") -> None:
    row = ann.rows("reconcile", listed("Ann Invented,X0000001,guru", header="Nama,No Paspor,Pekerjaan"))[0]
    assert (row["group"], row["field"], row["there"], row["here"]) == ("DIFFERENT", "occupation", "guru", "")


def test_a_district_agrees_with_any_village_in_it(timpora: "Timpora") -> None:
    header = "Nama,No Paspor,Kewarganegaraan,Kecamatan"
    rows = timpora.rows(
        "reconcile",
        listed("Hemi Pohewa,X0000001,NZL,Sijuk", "Joost van Nergenshuizen,X0000002,NLD,Badau", header=header),
        "--all",
    )
    assert groups(rows) == [("DIFFERENT", "2", "district"), ("SAME", "1", "")]
    assert (rows[0]["there"], rows[0]["here"]) == ("Badau", "Keciput, Sijuk")


def test_of_several_rows_of_one_person_the_one_that_agrees_best_counts(timpora: "Timpora") -> None:
    older = SAME.replace("20/9/2020", "20/9/2015")
    for rows in ((older, SAME), (SAME, older)):
        found = timpora.rows("reconcile", listed(*rows), "--all")
        assert groups(found) == [("SAME", "1", ""), ("REPEATED", "1", "")]


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(("name", "options"), [("a.csv", ()), ("b.xlsx", ()), ("c.csv", ("--as-of", "2019-06-01"))])
def test_an_export_of_the_register_agrees_with_it_whole(
    timpora: "Timpora", name: str, options: tuple[str, ...]
) -> None:
    timpora.answer("export", name, "--layout", "import", *options)
    assert timpora.answer("reconcile", name, "--exit-code", *options) == ""


def test_filters_narrow_who_is_missing_and_nobody_else(timpora: "Timpora") -> None:
    given = timpora("reconcile", listed(SAME, DIFFERENT), "--district", "Manggar")
    assert given.lines[-1] == (
        "1 the same + 1 different + 6 only here + 39 outside the filters = 47 people here on 2020-09-17."
    )
    assert timpora("reconcile", "list.csv", "--district", "Nowhere").code == 4


def test_fields_narrow_what_is_compared(timpora: "Timpora") -> None:
    rows = timpora.rows("reconcile", listed(DIFFERENT), "--fields", "name,village")
    assert groups(rows) == [("DIFFERENT", "2", "village")]
    rows = timpora.rows("reconcile", "list.csv", "--fields", "name", "--all")
    assert groups(rows) == [("SAME", "2", "")]


@pytest.mark.parametrize("fields", ["nothing", "permit", "regency", "ignored", "name,,village"])
def test_a_field_that_cannot_be_compared_is_wrong_usage(timpora: "Timpora", fields: str) -> None:
    timpora.refused(2, "reconcile", listed(SAME), "--fields", fields)


@pytest.mark.slow
def test_who_has_departed_is_only_there_and_it_is_said(ann: "Timpora") -> None:
    row = "Ann Invented,X0000001,AUS,,,,"
    ann.answer("resident", "depart", "1", "--on", "2020-09-10")
    (found,) = ann.rows("reconcile", listed(row))
    assert (found["group"], found["resident_id"]) == ("ONLY_THERE", "1")
    assert found["reason"] == "Resident 1 is on record, but not present on 2020-09-17."
    assert groups(ann.rows("reconcile", "list.csv", "--as-of", "2020-09-09", "--all")) == [("SAME", "1", "")]


@pytest.mark.slow
def test_both_clocks_hold(ann: "Timpora") -> None:
    row = "Ann Invented,X0000001,AUS,ITAS,2020-09-30,Air Merbau,"
    ann.answer("permit", "extend", "1", "--number", "2C21DEMO9002", "--issued", "2020-09-15", "--expires", "2021-09-30")
    (found,) = ann.rows("reconcile", listed(row))
    assert (found["field"], found["there"], found["here"]) == ("expires", "2020-09-30", "2021-09-30")
    assert groups(ann.rows("reconcile", "list.csv", "--as-of", "2020-09-14", "--all")) == [("SAME", "1", "")]
    with closing(sqlite3.connect(ann.db)) as connection:
        made, added, granted, _extended = (at for (at,) in connection.execute("SELECT at FROM change ORDER BY id"))
    assert groups(ann.rows("reconcile", "list.csv", "--known-at", made)) == [("ONLY_THERE", "", "")]
    assert groups(ann.rows("reconcile", "list.csv", "--known-at", added)) == [
        ("DIFFERENT", "1", "class"),
        ("DIFFERENT", "1", "expires"),
    ]
    assert groups(ann.rows("reconcile", "list.csv", "--known-at", granted, "--all")) == [("SAME", "1", "")]


@pytest.mark.slow
def test_exit_code_says_whether_anything_differs(timpora: "Timpora") -> None:
    timpora.answer("export", "all.csv", "--layout", "import")
    assert timpora("reconcile", "all.csv", "--exit-code", "--all").code == 0
    assert timpora("reconcile", listed(SAME), "--exit-code").code == 3
    assert timpora("reconcile", "list.csv").code == 0


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("shape", ["table", "plain", "csv", "tsv", "json", "ndjson"])
def test_every_format_has_the_same_rows(timpora: "Timpora", shape: str) -> None:
    answer = timpora.answer("reconcile", listed(SAME, DIFFERENT, UNREADABLE), "--format", shape)
    assert answer.count("Joost van Nergenshuizen") == 2
    if shape == "json":
        assert list(json.loads(answer)[0]) == KEYS
        assert json.loads(answer)[0]["line"] == 3


@pytest.mark.slow
def test_a_workbook_and_a_pipe_do_as_well(timpora: "Timpora") -> None:
    timpora.answer("export", "all.xlsx", "--layout", "import")
    timpora.answer("reconcile", "all.xlsx", "--all", "--output", "found.xlsx")
    assert len(list(load_workbook("found.xlsx").worksheets[0].iter_rows())) == 1 + 85


def test_the_mask_hides_numbers_wherever_they_stand(timpora: "Timpora") -> None:
    header = "Nama,No Paspor,Kewarganegaraan,No Izin"
    listed("Hemi Pohewa,X0000001,NZL,2C21OTHER999", header=header)
    (row,) = [row for row in timpora.rows("reconcile", "list.csv", "--mask") if row["group"] == "DIFFERENT"]
    assert (row["passport_number"], row["there"], row["here"]) == ("*****001", "*********999", "*********001")


def test_a_header_can_be_mapped_and_an_unknown_one_is_named(timpora: "Timpora") -> None:
    listed("Hemi Pohewa,X0000001,NZL,20/9/2020,?", header="Nama,No Paspor,Negara,Tempo,Catatan Kita")
    given = timpora("reconcile", "list.csv", "--map", "Tempo=expires", "--all", "--format", "csv")
    assert given.code == 0
    assert "Columns not compared: Catatan Kita.\n" in given.err
    assert groups(list(csv.DictReader(given.lines))) == [("SAME", "1", "")]


@pytest.mark.parametrize(
    ("code", "header"), [(1, "Alamat,Agama"), (1, "Nama,Agama"), (1, "")], ids=["no name", "no number", "empty"]
)
def test_a_list_that_cannot_be_compared_is_refused(timpora: "Timpora", code: int, header: str) -> None:
    timpora.refused(code, "reconcile", listed("a,b", header=header) if header else listed(header=""))
    timpora.refused(4, "reconcile", "nowhere.csv")


@pytest.mark.slow
def test_nothing_is_written_to_the_register(timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    timpora("reconcile", listed(SAME, DIFFERENT, ONLY_THERE, NAMESAKE, UNREADABLE), "--all")
    timpora("reconcile", "list.csv", "--known-at", "today")
    assert timpora.db.read_bytes() == before
    assert not list(timpora.db.parent.glob("*.rejects.csv"))
    assert not list(timpora.db.parent.glob(f"{timpora.db.name}-*"))


def test_a_register_that_cannot_be_written_can_be_compared(timpora: "Timpora") -> None:
    timpora.db.chmod(0o400)
    assert timpora("reconcile", listed(SAME)).code == 0


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Ann Invented", "Bob Invented", "Cid Invented", "", "JUMLAH"]),
        st.sampled_from(["X0001", "X0002", "X0003", "X0009", "?", ""]),
        st.sampled_from(["AUS", "NZL", "Atlantis", ""]),
        st.sampled_from(["KITAS", "KITAP", ""]),
        st.sampled_from(["N1", "N2", ""]),
        st.sampled_from(["Sijuk", "Badau", "Nowhere", ""]),
    ),
    max_size=8,
)


@pytest.mark.slow
@given(rows=ROWS)
@examples(5, 40)
def test_for_any_list_both_sums_add_up_and_nothing_is_changed(
    office: "Office", tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    if not office.rows("SELECT id FROM resident"):
        for turn, name in enumerate(["Ann Invented", "Bob Invented", "Cid Invented", "Dee Invented"], start=1):
            office.permit(office.person(name, passport=f"X000{turn}"), "KITAS", "2020-01-01", "2021-01-01", f"N{turn}")
        office.depart(3, "2020-08-01")
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("Nama", "No Paspor", "Negara", "Jenis Izin", "No Izin", "Kecamatan"), *rows])
    before = office.dump()
    view = reconcile.View(office.connection, office.today, office.today)
    found = reconcile.reconcile(view, path, Request())
    number = found.number
    both = number(Group.SAME) + number(Group.DIFFERENT)
    of_the_list = both + number(Group.ONLY_THERE) + number(Group.UNREADABLE) + number(Group.REPEATED)
    assert of_the_list + found.passed_over == sum(any(row) for row in rows)
    assert both + number(Group.ONLY_HERE) + found.outside == len(office.people("2020-09-17"))
    assert all(bool(one.disagreements) == (one.group is Group.DIFFERENT) for one in found.rows)
    assert office.dump() == before
    assert not re.search("Invented|X000", repr(found))
