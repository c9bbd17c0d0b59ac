"""`timpora undo`: a change is shown in two columns and taken back."""

from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Timpora
    from tests.conftest import EarlierRegister


@pytest.mark.slow
def test_the_last_change_is_shown_in_two_columns_and_taken_back(timpora: "Timpora") -> None:
    before = timpora.answer("resident", "show", "41")
    timpora.answer("permit", "edit", "78", "--office", "Contoh", "--index", "C317")
    head, *shown = timpora.answer("undo", "--yes", "--reason", "a mistake").splitlines()
    assert shown == [
        "Record  Id  Person                Field       Now     After undo",
        "permit  78  Képzelt Piroska (41)  index_code  C317    B211",
        "permit  78  Képzelt Piroska (41)  office      Contoh  Tanjungpandan",
        "Change 3 undone by change 4.",
    ]
    (last, *_rest) = timpora.rows("history", "--permit", "78", "--limit", "3")[2:]
    assert head == (f"Change 3, by a made-up officer on {gethostname()}, {last['at']}: permit edit --index --office")
    assert timpora.answer("resident", "show", "41") == before
    (row, *_rest) = timpora.rows("history", "--last", "1")
    assert (row["command"], row["reason"]) == ("undo --yes --reason", "a mistake")


@pytest.mark.slow
def test_what_was_added_has_nothing_after_the_undo_and_both_columns_stand(timpora: "Timpora") -> None:
    timpora.answer("holiday", "add", "2020-09-18", "Cuti rekaan")
    assert timpora.answer("undo", "--yes").splitlines()[1:4] == [
        "Record   Id          Field  Now          After undo",
        "holiday  2020-09-18  day    2020-09-18",
        "holiday  2020-09-18  name   Cuti rekaan",
    ]
    assert timpora.answer("redo", "--yes").splitlines()[2:4] == [
        "Record   Id          Field  Now  After redo",
        "holiday  2020-09-18  day         2020-09-18",
    ]
    assert timpora.rows("holiday", "list")[0]["name"] == "Cuti rekaan"


@pytest.mark.slow
def test_a_named_change_and_a_whole_import_are_taken_back(timpora: "Timpora", tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = "".join(f"Import {number} Rekaan,X00080{number},Jerman,Sijuk\n" for number in range(5))
    sheet.write_text(f"Nama,No Paspor,Negara,Desa\n{rows}", encoding="utf-8")
    before = timpora.answer("counts")
    assert timpora("import", str(sheet)).code == 0
    assert timpora.answer("counts") != before
    timpora.answer("resident", "edit", "41", "--note", "somebody else")
    assert timpora.answer("undo", "3", "--yes").endswith("Change 3 undone by change 5.\n")
    assert timpora.answer("counts") == before


@pytest.mark.slow
def test_what_others_build_on_is_refused_by_number_and_nothing_is_shown(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("permit", "edit", "78", "--office", "Lain")
    before = timpora.db.read_bytes()
    assert timpora.refused(1, "undo", "3", "--yes") == (
        "Change 3 cannot be undone: later changes build on it (4). Undo those first.\n"
    )
    assert timpora.db.read_bytes() == before
    timpora.answer("undo", "--yes")
    timpora.answer("undo", "3", "--yes")
    assert timpora.rows("permit", "show", "78")[0]["permit_number"] == "2C21DEMO0077"


@pytest.mark.slow
def test_a_second_undo_takes_back_the_change_before(timpora: "Timpora") -> None:
    shown = [timpora.answer("permit", "show", "78")]
    for office in ("Contoh", "Lain"):
        timpora.answer("permit", "edit", "78", "--office", office)
        shown.append(timpora.answer("permit", "show", "78"))
    assert timpora.answer("undo", "--yes").endswith("Change 4 undone by change 5.\n")
    assert timpora.answer("permit", "show", "78") == shown[1]
    assert timpora.answer("undo", "--yes").endswith("Change 3 undone by change 6.\n")
    assert timpora.answer("permit", "show", "78") == shown[0]
    assert timpora.answer("redo", "--yes").endswith("Change 3 brought forward by change 7.\n")
    assert timpora.answer("redo", "--yes").endswith("Change 4 brought forward by change 8.\n")
    assert timpora.answer("permit", "show", "78") == shown[2]
    assert timpora.answer("undo", "--yes").endswith("Change 4 undone by change 9.\n")
    assert timpora.answer("permit", "show", "78") == shown[1]
    assert timpora.answer("verify").splitlines()[-1].startswith("Whole. ")


@pytest.mark.slow
def test_what_is_undone_is_not_undone_twice_and_the_way_back_is_named(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("undo", "--yes")
    assert timpora.refused(1, "undo", "3", "--yes") == (
        "Change 3 is taken back already, by change 4. Bring it forward again with: timpora undo 4\n"
    )
    timpora.answer("undo", "4", "--yes")
    assert timpora.rows("permit", "list", "--name", "Piroska", "--columns", "permit_number")
    assert timpora.answer("undo", "--yes").endswith("Change 3 undone by change 6.\n")


@pytest.mark.slow
def test_a_marking_run_is_passed_over_which_is_said(ann: "Timpora") -> None:
    ann.answer("expiring", "--within", "30d", "--new", "--mark")
    given = ann("undo", "--yes")
    assert (given.code, given.out.splitlines()[-1]) == (0, "Change 3 undone by change 5.")
    assert given.err == ("Passed over: change 4, a marking run (expiring --mark). Take it back with: timpora undo 4\n")


@pytest.mark.slow
def test_several_marking_runs_are_passed_over_and_each_goes_by_its_number(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "41", "--note", "Contoh")
    tell = ("expiring", "--within", "30d", "--new", "--mark")
    listed = timpora.answer(*tell)
    given = timpora("undo", "--yes")
    assert (given.code, given.out.splitlines()[-1]) == (0, "Change 3 undone by change 5.")
    assert given.err == ("Passed over: change 4, a marking run (expiring --mark). Take it back with: timpora undo 4\n")
    assert timpora.answer(*tell) == ""
    given = timpora("undo", "--yes")
    assert given.out.splitlines()[-1] == "Change 2 undone by change 7."
    assert given.err.startswith("Passed over: 2 marking runs (expiring --mark), the last of them change 6. Take that")
    timpora.answer("redo", "--yes")
    timpora.answer("undo", "6", "--yes")
    timpora.answer("undo", "4", "--yes")
    assert timpora.answer(*tell) == listed


@pytest.mark.slow
def test_when_all_is_taken_back_the_change_that_made_the_register_stays(timpora: "Timpora") -> None:
    timpora.answer("undo", "--yes")
    assert timpora.refused(1, "undo", "--yes") == "Change 1 made the register itself; it cannot be undone.\n"


def exported(timpora: "Timpora") -> bytes:
    """The whole register as a file that import takes."""
    path = timpora.db.with_name("exported.csv")
    timpora("export", str(path), "--layout", "import", "--force")
    return path.read_bytes()


@pytest.mark.slow
def test_a_removed_resident_comes_back_and_is_named_in_what_is_shown(timpora: "Timpora") -> None:
    before = exported(timpora)
    timpora.answer("resident", "remove", "41", "--yes")
    removed = exported(timpora)
    assert removed != before
    shown = timpora.answer("undo", "4", "--yes").splitlines()
    assert any("Képzelt Piroska (41)" in line and line.startswith("permit") for line in shown)
    assert exported(timpora) == before
    timpora.answer("redo", "--yes")  # that somebody has looked meanwhile does not matter
    assert exported(timpora) == removed


@pytest.mark.slow
def test_an_undo_of_an_earlier_version_counts_as_any_other_change(
    timpora: "Timpora", earlier_register: "EarlierRegister"
) -> None:
    older = timpora.on(earlier_register(3))
    given = older("undo", "--yes")  # change 21 undid change 20, a note; nobody recorded that it was this one
    assert given.out.splitlines()[-1].startswith("Change 21 undone by change ")
    assert older("undo", "--yes").out.splitlines()[-1].startswith("Change 20 undone by change ")
    assert older("undo", "--yes").out.splitlines()[-1].startswith("Change 19 undone by change ")
    assert older.answer("verify").splitlines()[-1].startswith("Whole. ")


def test_away_from_a_terminal_it_wants_yes(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    before = timpora.db.read_bytes()
    given = timpora("undo")
    assert given.code == 2
    assert given.out.splitlines()[2] == "permit  78  Képzelt Piroska (41)  office  Contoh  Tanjungpandan"
    assert given.err == (
        "timpora: Undo change 3 (permit edit --office)? "
        "This is only asked on a terminal; elsewhere, say yes with --yes.\n"
    )
    assert timpora.db.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize(("key", "undone"), [("y", True), ("ya", True), ("", False), ("n", False)])
def test_at_a_terminal_it_asks_and_takes_only_yes_for_yes(
    typing: "AtTerminal", timpora: "Timpora", key: str, undone: bool
) -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    given = typing("undo", keys=f"{key}\n")
    assert given.err.startswith("Undo change 3 (permit edit --office)? [y/N]: ")
    assert given.out.splitlines()[2] == "permit  78  Képzelt Piroska (41)  office  Contoh  Tanjungpandan"
    if undone:
        assert given.code == 0
        assert given.out.endswith("Change 3 undone by change 4.\n")
    else:
        assert given.code == 1
        assert given.err.endswith("timpora: Nothing was undone.\n")
    assert len(timpora.rows("history", "--permit", "78", "--limit", "1")) == 1
    assert timpora.rows("history", "--permit", "78")[0]["change"] == ("4" if undone else "3")
