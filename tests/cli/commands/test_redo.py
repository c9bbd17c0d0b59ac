"""`timpora redo`: what was undone is shown in two columns and brought forward again."""

from socket import gethostname
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Timpora


@pytest.mark.slow
def test_what_was_undone_is_shown_in_two_columns_and_brought_forward(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh", "--reason", "moved")
    edited = timpora.answer("permit", "show", "78")
    timpora.answer("undo", "--yes", TIMPORA_OFFICER="another officer")
    first, second, *shown = timpora.answer("redo", "--yes", "--reason", "it was right").splitlines()
    assert first.startswith(f"Change 3, by a made-up officer on {gethostname()}, ")
    assert first.endswith(": permit edit --office --reason (moved)")
    assert second.startswith(f"Change 4, by another officer on {gethostname()}, ")
    assert shown == [
        "Record  Id  Person                Field   Now            After redo",
        "permit  78  Képzelt Piroska (41)  office  Tanjungpandan  Contoh",
        "Change 3 brought forward by change 5.",
    ]
    assert timpora.answer("permit", "show", "78") == edited
    assert timpora.changes()[-1] == ("a made-up officer", "redo --yes --reason", "it was right")


@pytest.mark.slow
def test_away_from_a_terminal_it_wants_yes(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("undo", "--yes")
    before = timpora.db.read_bytes()
    given = timpora("redo")
    assert given.code == 2
    assert given.err == (
        "timpora: Redo change 3 (permit edit --office)? "
        "This is only asked on a terminal; elsewhere, say yes with --yes.\n"
    )
    assert timpora.db.read_bytes() == before


def test_with_nothing_undone_there_is_nothing_to_redo(timpora: "Timpora") -> None:
    assert timpora.refused(1, "redo", "--yes") == "There is nothing to redo: no change is taken back.\n"


@pytest.mark.slow
def test_a_new_change_ends_it_and_the_way_back_is_named(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("undo", "--yes")
    timpora.answer("resident", "edit", "7", "--note", "since")
    assert timpora.refused(1, "redo", "--yes") == (
        "There is nothing to redo: change 5 came after change 3 was undone.\n"
        "To bring change 3 forward all the same: timpora undo 4\n"
    )
    timpora.answer("undo", "4", "--yes")
    assert "Contoh" in timpora.answer("permit", "show", "78")


@pytest.mark.slow
@pytest.mark.parametrize(("key", "redone"), [("y", True), ("", False)])
def test_at_a_terminal_it_asks(typing: "AtTerminal", timpora: "Timpora", key: str, redone: bool) -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("undo", "--yes")
    given = typing("redo", keys=f"{key}\n")
    assert given.err.startswith("Redo change 3 (permit edit --office)? [y/N]: ")
    if redone:
        assert given.out.endswith("Change 3 brought forward by change 5.\n")
    else:
        assert (given.code, len(timpora.changes())) == (1, 4)
        assert given.err.endswith("timpora: Nothing was brought forward.\n")
