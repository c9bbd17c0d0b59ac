"""The access log: every briefing and export that was written is on record, and the record stays."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

ON = ("--as-of", "2020-09-17")


def looks(timpora: "Timpora") -> list[tuple[object, ...]]:
    """Kind, day, audience, whose and how many people of each row, with the officer who looked."""
    with closing(sqlite3.connect(timpora.db)) as connection:
        return connection.execute(
            "SELECT kind, on_day, audience, resident_id, people, officer FROM disclosure"
            " JOIN change ON change.id = change_id ORDER BY disclosure.id"
        ).fetchall()


@pytest.mark.slow
def test_an_export_and_a_briefing_are_recorded_each_as_one_change(timpora: "Timpora", tmp_path: Path) -> None:
    file = str(tmp_path / "people.csv")
    timpora.answer("export", file, "--district", "Manggar", *ON, "--officer", "Rekaan")
    timpora.answer("export", file, "--layout", "import", "--class", "KITAP", "--as-of", "2020-09-01", "--force")
    timpora.answer("brief", *ON, "--audience", "agency", "--sections", "overstays,cases")
    timpora.answer("brief", *ON, "--sections", "counts")
    assert looks(timpora) == [
        ("EXPORT", "2020-09-17", None, None, len(timpora.rows("resident", "list", "--district", "Manggar")), "Rekaan"),
        ("EXPORT", "2020-09-01", None, None, 11, "a made-up officer"),
        ("BRIEF", "2020-09-17", "agency", None, 3, "a made-up officer"),
        ("BRIEF", "2020-09-17", "office", None, None, "a made-up officer"),
    ]
    assert [command for _officer, command, _why in timpora.changes()[2:]] == [
        *("export --district", "export --class --layout --force"),
        *("brief --audience --sections", "brief --sections"),
    ]
    assert timpora("verify").code == 0


@pytest.mark.slow
def test_what_was_refused_or_failed_is_no_look(timpora: "Timpora", tmp_path: Path) -> None:
    before = timpora.dump()
    timpora.refused(1, "export", str(tmp_path / "no such folder" / "people.csv"))
    timpora.refused(4, "brief", "--district", "Sijk")
    timpora.refused(2, "export", str(tmp_path / "people.csv"), "--known-at", "2000-01-01")
    assert timpora.dump() == before


@pytest.mark.slow
def test_the_page_as_it_was_known_earlier_is_recorded_now(timpora: "Timpora") -> None:
    moment = timpora.rows("history", "--last", "1")[0]["at"]
    page = timpora.answer("brief", *ON)
    timpora.answer("resident", "edit", "1", "--name", "Another Invented")
    assert timpora.answer("brief", *ON, "--known-at", moment) == page
    assert [row[0] for row in looks(timpora)] == ["BRIEF", "BRIEF"]


@pytest.mark.slow
def test_undo_passes_over_who_looked_and_never_takes_it_back(timpora: "Timpora", tmp_path: Path) -> None:
    timpora.answer("resident", "edit", "1", "--note", "a slip")
    timpora.answer("brief", *ON)
    timpora.answer("export", str(tmp_path / "people.csv"))
    said = "Change 5 records who was shown people; that stays on record, and is not undone.\n"
    assert timpora.refused(1, "undo", "5", "--yes") == said
    given = timpora("undo", "--yes")
    assert (given.code, given.lines[-1]) == (0, "Change 3 undone by change 6.")
    assert given.err == "Passed over: 2 changes that record who was shown people. They cannot be undone.\n"
    timpora.answer("export", str(tmp_path / "again.csv"))
    assert timpora.answer("redo", "--yes").splitlines()[-1] == "Change 3 brought forward by change 8."
    assert len(looks(timpora)) == 3


def test_the_history_says_who_was_shown_how_many_people(timpora: "Timpora") -> None:
    timpora.answer("brief", *ON, "--audience", "agency")
    told = {row["field"]: row["after"] for row in timpora.rows("history", "--last", "1")}
    assert (told["kind"], told["audience"], told["on_day"]) == ("BRIEF", "agency", "2020-09-17")
    assert int(told["people"]) > 0


@pytest.mark.slow
def test_a_digest_on_a_page_is_found_after_the_look_was_recorded(timpora: "Timpora") -> None:
    page = timpora.answer("brief", *ON, "--sections", "log").split()
    assert timpora.answer("verify", "--digest", page[-1]).splitlines()[-1] == "Change 2 has this digest."
    assert "No change of this register has" in timpora("verify", "--digest", "0" * 64).err
    assert timpora("verify", "--digest", "0" * 64).code == 4
