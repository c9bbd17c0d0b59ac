"""A register that another program or a bad disk has altered is refused, as far as a command checks it."""

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

HIDDEN = """
PRAGMA writable_schema = ON;
INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('trigger', 'sqlite_x', 'permit', 0,
    'CREATE TRIGGER sqlite_x AFTER INSERT ON permit BEGIN UPDATE permit SET expires_on = ''2099-01-01''; END');
"""
NO_OVERSTAYS = """
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'JOIN spoken', 'LEFT JOIN spoken') WHERE name = 'relief_span';
"""
BESIDE = "CREATE TABLE notes (text); CREATE VIEW many AS SELECT count(*) FROM resident; CREATE INDEX i ON notes (text);"
# Rows behind the log, and what is said of each.
ROWS = {
    "UPDATE permit SET expires_on = '2030-01-01' WHERE id = 3": "permit 3 was altered by another program",
    "UPDATE resident SET full_name = 'Somebody Else' WHERE id = 3": "resident 3 was altered by another program",
    "DELETE FROM stay WHERE id = 3": "stay 3 was removed by another program",
}  # fmt: skip
LIST = ("expiring", "--before", "2020-09-21")


def alter(timpora: "Timpora", script: str) -> None:
    with closing(sqlite3.connect(timpora.db)) as other:
        other.executescript(script)
        other.commit()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "part"),
    [(HIDDEN, "trigger sqlite_x is not of timpora's making"), (NO_OVERSTAYS, "view relief_span was altered")],
)
@pytest.mark.parametrize("words", [LIST, ("resident", "edit", "7", "--note", "x"), ("brief",)], ids=" ".join)
def test_a_register_with_a_hidden_trigger_or_an_altered_view_is_refused(
    timpora: "Timpora", script: str, part: str, words: tuple[str, ...]
) -> None:
    alter(timpora, script)
    before = timpora.dump()
    said = timpora.refused(5, *words)
    assert f"is not as timpora left it: {part}." in " ".join(said.split())
    assert timpora.dump() == before


def test_verify_names_the_hidden_trigger(timpora: "Timpora") -> None:
    alter(timpora, HIDDEN)
    given = timpora("verify")
    assert given.code == 1
    assert "trigger sqlite_x is not of timpora's making" in given.err


def test_tables_views_and_indexes_of_another_program_stop_no_list(timpora: "Timpora") -> None:
    before = timpora.answer(*LIST)
    alter(timpora, BESIDE)
    assert timpora.answer(*LIST) == before


@pytest.mark.slow
@pytest.mark.parametrize(("statement", "said"), ROWS.items())
def test_a_small_register_is_checked_whole_before_an_answer_where_that_is_set(
    timpora: "Timpora", statement: str, said: str
) -> None:
    timpora.answer("setting", "set", "checked_kb", "5000")
    assert timpora.answer(*LIST)
    alter(timpora, statement)
    for words in (("counts",), (*LIST, "--mark")):
        assert said in " ".join(timpora.refused(5, *words).split()), words


def test_a_page_that_no_longer_agrees_with_an_index_is_refused_too(timpora: "Timpora") -> None:
    timpora.answer("setting", "set", "checked_kb", "5000")
    with closing(sqlite3.connect(timpora.db)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'permit_by_expiry'").fetchone()
    whole = bytearray(timpora.db.read_bytes())
    at = whole.index(b"2020-09", (page - 1) * 4096)
    whole[at : at + 4] = b"2031"
    timpora.db.write_bytes(bytes(whole))
    assert "permit_by_expiry" in timpora.refused(5, *LIST)


def test_a_register_over_the_size_of_the_setting_is_not_walked(timpora: "Timpora") -> None:
    timpora.answer("setting", "set", "checked_kb", "500")
    alter(timpora, "UPDATE permit SET note = 'altered' WHERE id = 3")
    assert timpora.db.stat().st_size > 500_000
    assert timpora.answer(*LIST)


def test_a_broken_day_is_damage_and_no_failure_of_the_program(timpora: "Timpora") -> None:
    whole = timpora.db.read_bytes()
    with closing(sqlite3.connect(timpora.db)) as connection:
        (day,) = connection.execute("SELECT born FROM resident WHERE id = 26").fetchone()
    timpora.db.write_bytes(whole.replace(day.encode(), b"p" + day[1:].encode()))
    said = timpora.refused(5, "resident", "list")
    assert f'it holds "p{day[1:]}" where a day belongs' in " ".join(said.split())
