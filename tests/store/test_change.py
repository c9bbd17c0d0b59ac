"""One change: whole or not at all, with one row in the log, and never two at one moment."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.queries.verify import verified
from timpora_cli.store import clock
from timpora_cli.store.change import Author, NoSuchTable, changing
from timpora_cli.store.connect import reading, writing
from timpora_cli.store.constraints import BrokenRule

if TYPE_CHECKING:
    from tests.conftest import AtOnce, Office, RegisterMaker

LOG = "SELECT officer, host, command, reason FROM change ORDER BY id DESC LIMIT 1"
MOMENTS = "SELECT at FROM change ORDER BY id"


def test_a_change_is_logged_with_who_where_and_with_what(office: "Office") -> None:
    author = Author("Sari", "counter-2", "resident add --village", "moved in")
    with changing(office.connection, author) as change:
        change.insert("sponsor", {"name": "PT Contoh"})
        number = change.number
    assert office.rows(LOG) == [("Sari", "counter-2", "resident add --village", "moved in")]
    assert office.rows("SELECT name, change_id FROM sponsor") == [("PT Contoh", number)]


def test_every_row_of_a_change_carries_its_number(office: "Office") -> None:
    with office.change() as change:
        identity = change.insert("sponsor", {"name": "PT Contoh"})
    with office.change() as second:
        second.update("sponsor", identity, {"contact": "made up"})
        assert second.touched == 1
        assert second.number > change.number
    assert office.rows("SELECT change_id FROM sponsor") == [(second.number,)]
    assert office.rows("SELECT change_id, until_change FROM sponsor_version") == [(change.number, second.number)]


def test_a_change_that_writes_nothing_leaves_no_row_in_the_log(office: "Office") -> None:
    before = office.dump()
    with office.change() as change:
        assert change.touched == 0
    assert office.dump() == before


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_is_raised_takes_the_whole_change_back(office: "Office", raised: type[BaseException]) -> None:
    def half_done() -> None:
        with office.change() as change:
            change.insert("sponsor", {"name": "PT Contoh"})
            raise raised

    before = office.dump()
    with pytest.raises(raised):
        half_done()
    assert office.dump() == before
    assert not office.connection.in_transaction


def test_a_broken_rule_takes_the_whole_change_back_and_says_which(office: "Office") -> None:
    def half_right() -> None:
        with office.change() as change:
            change.insert("sponsor", {"name": "PT Contoh"})
            change.insert("resident", {"full_name": " ", "nationality": "AUS"})

    before = office.dump()
    with pytest.raises(BrokenRule, match="a resident has a name") as refused:
        half_right()
    assert office.dump() == before
    assert refused.value.exit_code == 1


def test_a_change_is_seen_by_others_when_it_is_whole(register: "RegisterMaker", author: Author) -> None:
    path = register()
    sponsors = "SELECT count(*) FROM sponsor"
    with writing(path) as connection, changing(connection, author) as change:
        change.insert("sponsor", {"name": "PT Contoh"})
        with reading(path) as other:
            assert other.execute(sponsors).fetchone() == (0,)
    with reading(path) as other:
        assert other.execute(sponsors).fetchone() == (1,)


def test_foreign_keys_hold_in_every_change(register: "RegisterMaker", author: Author) -> None:
    with (
        writing(register()) as connection,
        pytest.raises(BrokenRule, match="does not exist"),
        changing(connection, author) as change,
    ):
        change.insert("resident", {"full_name": "Ann Invented", "nationality": "ZZZ"})


def test_two_changes_never_share_a_moment(office: "Office") -> None:
    for name in ("One", "Two", "Three", "Four"):
        with office.change() as change:
            change.insert("sponsor", {"name": name})
    moments = [str(at) for (at,) in office.rows(MOMENTS)]
    assert moments == sorted(set(moments))
    assert len(moments) == 5


def test_a_clock_set_back_never_puts_a_change_before_an_earlier_one(
    office: "Office", monkeypatch: pytest.MonkeyPatch
) -> None:
    last = datetime(2999, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC)
    office.connection.execute(
        "INSERT INTO change (at, officer, host, command) VALUES (?, 'a', 'b', 'c')", (clock.written(last),)
    )
    monkeypatch.setattr(clock, "now", lambda: last - timedelta(seconds=59))
    with office.change() as change:
        change.insert("sponsor", {"name": "PT Contoh"})
    assert office.rows(MOMENTS)[-1] == ("3000-01-01T00:00:00.000Z",)


def test_a_clock_further_back_than_is_tolerated_records_nothing(
    office: "Office", monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.dump()
    monkeypatch.setattr(clock, "now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    with pytest.raises(clock.ClockBehind, match="timpora clock correct 1 --to MOMENT"), office.change() as change:
        change.insert("sponsor", {"name": "PT Contoh"})
    assert office.dump() == before


def test_a_moment_is_written_in_utc_with_milliseconds(office: "Office") -> None:
    before = datetime.now(UTC)
    with office.change() as change:
        change.insert("sponsor", {"name": "PT Contoh"})
    at = datetime.fromisoformat(str(office.rows(MOMENTS)[-1][0]))
    assert at.utcoffset() == timedelta(0)
    assert before - timedelta(seconds=1) < at < before + timedelta(seconds=60)


def test_what_a_change_removes_is_kept(office: "Office") -> None:
    with office.change() as change:
        identity = change.insert("sponsor", {"name": "PT Contoh"})
    with office.change() as second:
        second.remove("sponsor", identity)
    assert office.rows("SELECT count(*) FROM sponsor") == [(0,)]
    assert office.rows("SELECT name, change_id, until_change FROM sponsor_version") == [
        ("PT Contoh", change.number, second.number)
    ]


WRITE = """
from pathlib import Path
from timpora_cli.store.change import Author, NoSuchTable, changing
from timpora_cli.store.connect import writing
import timpora_cli.store.migrate
ready()
with writing(Path(sys.argv[1])) as connection:
    for _time in range(10):
        with changing(connection, Author("made up", "made up", "test")) as change:
            change.insert("sponsor", {"name": f"PT {change.number}"})
"""


@pytest.mark.slow
def test_several_who_write_at_once_take_turns_and_every_change_stands(
    register: "RegisterMaker", at_once: "AtOnce"
) -> None:
    path = register()
    at_once(WRITE, path, times=3)
    with reading(path) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT name) FROM sponsor").fetchone() == (30, 30)
        moments = [at for (at,) in connection.execute(MOMENTS)]
        assert moments == sorted(set(moments))


def test_a_column_that_is_not_there_is_not_made(office: "Office") -> None:
    before = office.dump()
    with pytest.raises(sqlite3.OperationalError), office.change() as change:
        change.insert("sponsor", {"name": "PT Contoh", "no_such_column": "x"})
    assert office.dump() == before


@pytest.mark.parametrize("name", ["sponsors", "permit_class", "current_permit"])
def test_a_table_that_holds_no_facts_is_not_written_and_not_made(office: "Office", name: str) -> None:
    before = office.dump()
    with pytest.raises(NoSuchTable, match=name), office.change() as change:
        change.insert(name, {"name": "PT Contoh"})
    assert office.dump() == before


def test_rows_of_a_query_are_written_like_any_others_and_have_ids_in_a_row(office: "Office") -> None:
    names = "FROM json_each(:names) AS one WHERE one.value LIKE :like ORDER BY one.key"
    asked = {"names": '["PT B", "PT A", "CV C"]'}
    with office.change() as change:
        assert change.insert_from("sponsor", {"name": "one.value"}, names, {**asked, "like": "nobody"}) == 0
        assert change.touched == 0
        first = change.insert_from("sponsor", {"name": "one.value"}, names, {**asked, "like": "PT%"})
        assert change.touched == 2
    written = [(first, "PT B", change.number), (first + 1, "PT A", change.number)]
    assert office.rows("SELECT id, name, change_id FROM sponsor ORDER BY id") == written
    assert verified(office.connection).whole
