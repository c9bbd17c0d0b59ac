"""`timpora verify`: what was altered behind the change log is found."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(statement)
        other.commit()


@pytest.mark.slow
def test_a_whole_register_is_said_to_be_with_counts_and_the_head_of_its_history(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("undo", "--yes")
    given = timpora("verify")
    assert (given.code, given.err) == (0, "")
    *lines, blank, last = given.lines
    with closing(sqlite3.connect(timpora.db)) as connection:
        ((head,),) = connection.execute("SELECT digest FROM change ORDER BY id DESC LIMIT 1")
    assert (blank, last) == ("", f"Whole. Head of the history: {head}")
    assert len(lines) == 11
    assert any(line.split() == ["changes", "in", "the", "log", "4", "yes"] for line in lines)
    found = json.loads(timpora.answer("verify", "--format", "json"))
    assert (found["whole"], found["fault"], found["head"]) == (True, None, head)
    assert {row["whole"] for row in found["findings"]} == {True}
    assert {row["fault"] for row in found["findings"]} == {None}
    assert len(found["findings"]) == 10
    timpora.answer("resident", "edit", "7", "--note", "x")
    assert timpora.answer("verify").splitlines()[-1] != last


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE permit SET expires_on = '2020-12-24' WHERE id = 78",
            "permit 78 was altered by another program, after change 3 of ",
        ),
        (
            "UPDATE permit SET expires_on = '2020-12-24' WHERE id = 77",
            "permit 77 was altered by another program, after change 2 of ",
        ),
        ("DELETE FROM change WHERE id = 3", "change 3 is missing from the log, and rows of it are there"),
        ("DELETE FROM permit_version WHERE id = 78", "change 2 of "),
        ("DROP TRIGGER permit_keeps_what_was_changed", "trigger permit_keeps_what_was_changed is missing"),
        ("UPDATE country SET name_en = 'Oz' WHERE code = 'AUS'", "a country, class, group or purpose was"),
    ],
)
def test_what_was_altered_behind_the_log_is_named_and_is_exit_1(timpora: "Timpora", statement: str, said: str) -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    alter(timpora.db, statement)
    given = timpora("verify")
    assert given.code == 1
    assert given.err.startswith(f"timpora: The register is not whole: {said}")
    assert given.err.endswith("Put back the last good copy, or find out who altered the file.\n")
    assert len(given.err.splitlines()) <= 3
    assert " no " in given.out
    found = json.loads(timpora("verify", "--format", "json").out)
    assert not found["whole"]
    assert found["fault"].startswith(said)
    assert sum(not row["whole"] for row in found["findings"]) in {1, 2}


@pytest.mark.slow
def test_a_file_whose_pages_are_damaged_is_never_said_to_be_whole(timpora: "Timpora") -> None:
    whole = timpora.db.read_bytes()
    for page in range(1, len(whole) // 4096, 9):
        damaged = bytearray(whole)
        damaged[page * 4096 : page * 4096 + 64] = b"\xff" * 64
        timpora.db.write_bytes(bytes(damaged))
        given = timpora("verify")
        assert given.code in {1, 5}, page
        assert "whole: " in given.err or "is damaged" in given.err, page


def test_a_register_that_cannot_be_read_is_not_verified(timpora: "Timpora", tmp_path: Path) -> None:
    assert timpora.on(tmp_path / "none.db").refused(5, "verify").startswith("There is no register at")
