"""`timpora undo`: a change is shown in two columns and taken back."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Timpora


def test_the_last_change_is_shown_in_two_columns_and_taken_back(timpora: "Timpora") -> None:
    before = timpora.answer("resident", "show", "41")
    timpora.answer("permit", "edit", "78", "--office", "Contoh", "--index", "C317")
    assert timpora.answer("undo", "--yes", "--reason", "a mistake") == (
        "Record  Id  Field       Now     After undo\n"
        "permit  78  index_code  C317    B211\n"
        "permit  78  office      Contoh  Tanjungpandan\n"
        "Change 3 undone by change 4.\n"
    )
    assert timpora.answer("resident", "show", "41") == before
    (row, *_rest) = timpora.rows("history", "--last", "1")
    assert (row["command"], row["reason"]) == ("undo --reason --yes", "a mistake")


def test_what_was_added_has_nothing_after_the_undo_and_both_columns_stand(timpora: "Timpora") -> None:
    timpora.answer("holiday", "add", "2020-09-18", "Cuti rekaan")
    assert timpora.answer("undo", "--yes").splitlines()[:3] == [
        "Record   Id          Field  Now          After undo",
        "holiday  2020-09-18  day    2020-09-18",
        "holiday  2020-09-18  name   Cuti rekaan",
    ]
    assert timpora.answer("undo", "--yes").splitlines()[1] == "holiday  2020-09-18  day         2020-09-18"
    assert timpora.rows("holiday", "list")[0]["name"] == "Cuti rekaan"


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


def test_away_from_a_terminal_it_wants_yes(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    before = timpora.db.read_bytes()
    given = timpora("undo")
    assert given.code == 2
    assert given.out.splitlines()[1] == "permit  78  office  Contoh  Tanjungpandan"
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
    assert given.out.splitlines()[1] == "permit  78  office  Contoh  Tanjungpandan"
    if undone:
        assert given.code == 0
        assert given.out.endswith("Change 3 undone by change 4.\n")
    else:
        assert given.code == 1
        assert given.err.endswith("timpora: Nothing was undone.\n")
    assert len(timpora.rows("history", "--permit", "78", "--limit", "1")) == 1
    assert timpora.rows("history", "--permit", "78")[0]["change"] == ("4" if undone else "3")
