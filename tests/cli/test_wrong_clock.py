"""A machine whose clock is wrong: nobody is told that all is well by it, and what it stamped is read as it was made."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.log import MarkedRun
from timpora_cli.model.status import is_stale

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Timpora
    from tests.conftest import EarlierRegister

pytestmark = pytest.mark.slow  # many commands, each under several clocks

BEHIND = datetime(2001, 1, 1, tzinfo=UTC)
# The register that is changed here is made by the real clock, so all of this is in the years after the present one.
THEN = datetime.now(UTC).year + 1
NOW = datetime(THEN, 3, 21, 3, 0, tzinfo=UTC)
AHEAD = datetime(THEN + 3, 6, 1, 3, 0, tzinfo=UTC)
WARNING = "The machine's clock stands at 2001-01-01 07:00:00+07:00, before the register's last change (2, "
TELL = ("expiring", "--within", "30d", "--new", "--mark")


def logged(timpora: "Timpora") -> list[tuple[object, ...]]:
    """The log as it is stored."""
    with closing(sqlite3.connect(timpora.db)) as connection:
        return connection.execute("SELECT * FROM change ORDER BY id").fetchall()


def monitored(timpora: "Timpora") -> "Answer":
    return timpora("expiring", "--monitor", "--warning", "30d", "--critical", "7d")


# Behind --------------------------------------------------------------------------------------------------------------


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "words",
    [
        ("expiring",),
        ("expiring", "--as-of", "2020-09-17"),
        ("counts", "--format", "json"),
        ("resident", "show", "1"),
        ("history",),
        ("status",),
        ("setting", "list"),
    ],
)
def test_by_a_clock_before_the_last_change_every_answer_warns_in_one_line(
    timpora: "Timpora", words: tuple[str, ...]
) -> None:
    right = timpora(*words)
    timpora.clock.machine = BEHIND
    given = timpora(*words)
    assert (given.code, given.out) == (right.code, right.out)
    assert right.err == ""
    assert given.err.startswith(WARNING)
    assert given.err.count("\n") == 1


def test_verify_warns_and_finds_no_fault(timpora: "Timpora") -> None:
    timpora.clock.machine = BEHIND
    given = timpora("verify", "--format", "json")
    assert (given.code, given.err.startswith(WARNING)) == (0, True)
    assert '"remark": "2 are after the machine\'s clock, the first of change 1"' in given.out


def test_a_monitor_says_unknown_and_exits_3(timpora: "Timpora") -> None:
    assert monitored(timpora).code == 2
    timpora.clock.machine = BEHIND
    given = monitored(timpora)
    assert given.code == 3
    assert given.out.startswith("TIMPORA UNKNOWN - The machine's clock stands at 2001-01-01 07:00:00+07:00, before ")


def test_marks_and_writes_are_refused_with_the_remedy_and_change_no_byte(timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    timpora.clock.machine = BEHIND
    for words in (
        TELL,
        ("resident", "edit", "41", "--note", "x"),
        ("setting", "set", "office_name", "Contoh"),
        ("undo", "--yes"),
        ("redo", "--yes"),
        ("holiday", "add", "2020-12-25", "Contoh"),
    ):
        said = timpora.refused(1, *words)
        assert said.startswith(WARNING)
        assert said.endswith("Or, if it was ahead when 1..2 was recorded: timpora clock correct 1..2 --to MOMENT\n")
        assert len(said) < 500
    assert timpora.db.read_bytes() == before


def test_an_older_register_is_not_brought_up_to_date_by_it(
    timpora: "Timpora", earlier_register: "EarlierRegister"
) -> None:
    older = timpora.on(earlier_register(5))
    before = older.db.read_bytes()
    timpora.clock.machine = BEHIND
    older.refused(1, "resident", "edit", "1", "--note", "x")
    older.refused(1, "init")
    assert older.db.read_bytes() == before


def test_by_a_clock_that_is_behind_nobody_can_tell_what_is_stale(timpora: "Timpora") -> None:
    timpora.answer(*TELL)
    timpora.clock.machine = BEHIND
    given = timpora("status", "--stale", "9999w", "--exit-code", "--format", "json")
    assert (given.code, '"stale": null' in given.out) == (3, True)


def test_a_minute_is_tolerated_and_the_office_may_say_another_number(timpora: "Timpora") -> None:
    timpora.clock.machine = NOW
    timpora.answer("setting", "set", "clock_tolerance", "90")
    timpora.clock.machine = NOW - timedelta(seconds=90)
    assert timpora("counts").err == ""
    timpora.answer("resident", "edit", "41", "--note", "x")
    timpora.clock.machine = NOW - timedelta(seconds=91)
    assert "before the register's last change" in timpora("counts").err
    timpora.clock.machine = NOW
    timpora.answer("setting", "set", "clock_tolerance", "")
    timpora.clock.machine = NOW - timedelta(seconds=61)
    assert "before the register's last change" in timpora("counts").err
    assert timpora.refused(1, "undo", "--yes")


@pytest.mark.parametrize("text", ["-1", "1.5", "a minute", "86401"])
def test_a_tolerance_is_a_number_of_seconds(timpora: "Timpora", text: str) -> None:
    assert "is no number of seconds" in timpora.refused(2, "setting", "set", "clock_tolerance", "--", text)


# Ahead ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ahead(timpora: "Timpora") -> "Timpora":
    """A register whose changes 4 and 5, a note and a marking run, were stamped years ahead; the clock is right now."""

    def build() -> None:
        timpora.clock.machine = NOW - timedelta(days=10)
        timpora.answer("resident", "edit", "41", "--note", "first")
        timpora.clock.machine = AHEAD
        timpora.answer("resident", "edit", "41", "--note", "second")
        timpora.answer(*TELL)

    timpora.prepared(build).clock.machine = NOW
    return timpora


def note_known(timpora: "Timpora", moment: str) -> str:
    return timpora.rows("resident", "show", "41", "--known-at", moment)[0]["note"]


def test_what_a_clock_ahead_stamped_is_read_as_it_was_made(ahead: "Timpora") -> None:
    assert "before the register's last change" in ahead("counts").err
    assert ahead.refused(1, "resident", "edit", "41", "--note", "third").endswith("correct 4..5 --to MOMENT\n")
    assert (ahead("status", "--stale", "26h", "--exit-code").code, monitored(ahead).code) == (3, 3)
    log = logged(ahead)
    assert ahead.answer("clock", "correct", "4..5", "--to", f"{THEN}-03-19T10:00") == (
        f"Changes 4..5 are read at {THEN}-03-19 10:00:00+07:00 from now on.\n"
    )
    assert logged(ahead)[:5] == log  # the log itself is never rewritten
    ahead.answer("resident", "edit", "41", "--note", "third")
    assert note_known(ahead, f"{THEN}-03-19T09:59") == "first"
    assert note_known(ahead, f"{THEN}-03-19T10:00") == "second"
    assert note_known(ahead, f"{THEN}-03-20") == "second"
    assert note_known(ahead, "today") == "third"
    assert ahead("status", "--stale", "26h", "--exit-code").code == 3
    assert ahead("status", "--stale", "3d", "--exit-code").code == 0
    assert monitored(ahead).code == 2


def test_history_and_status_show_both_moments(ahead: "Timpora") -> None:
    ahead.answer("clock", "correct", "4..5", "--to", f"{THEN}-03-19T10:00", "--reason", "the battery was flat")
    rows = {row["change"]: row for row in ahead.rows("history", "--last", "4")}
    assert [(rows[one]["at"], rows[one]["recorded_at"]) for one in ("6", "5", "4", "3")] == [
        (f"{THEN}-03-21 10:00:00.000+07:00", ""),
        (f"{THEN}-03-19 10:00:00.000+07:00", f"{THEN + 3}-06-01 10:00:00.001+07:00"),
        (f"{THEN}-03-19 10:00:00.000+07:00", f"{THEN + 3}-06-01 10:00:00.000+07:00"),
        (f"{THEN}-03-11 10:00:00.000+07:00", ""),
    ]
    assert rows["6"]["reason"] == "the battery was flat"
    assert f"{THEN}-03-19 10:00:00.000+07:00" in ahead.answer("status")
    given = ahead("verify", "--format", "json")
    assert (given.code, '"remark": "1 correction of the clock"' in given.out) == (0, True)


def test_a_marking_run_in_the_future_is_stale() -> None:
    run = MarkedRun("PERMIT", "30d", f"{THEN + 3}-06-01T03:00:00.000Z", f"{THEN + 3}-06-01", 0, "a made-up officer")
    age, slack = timedelta(hours=26), timedelta(seconds=60)
    for seconds, stale in ((-61, True), (-60, False), (0, False), (26 * 3600, False), (26 * 3600 + 1, True)):
        assert is_stale(run, AHEAD + timedelta(seconds=seconds), age, slack) == stale


def test_a_correction_is_passed_over_by_undo_and_not_undone_but_said_again(ahead: "Timpora") -> None:
    ahead.answer("clock", "correct", "4..5", "--to", f"{THEN}-03-19T10:00")
    assert ahead.refused(1, "undo", "6", "--yes") == (
        "Change 6 says when changes 4..5 were made; it is not undone.\n"
        "Say it again: timpora clock correct 4..5 --to MOMENT\n"
    )
    given = ahead("undo", "--yes")
    assert given.out.endswith("Change 4 undone by change 7.\n")
    assert "Passed over: change 6, which says when changes were made." in given.err
    ahead.answer("clock", "correct", "5", "--to", f"{THEN}-03-20")
    assert note_known(ahead, f"{THEN}-03-19T10:00") == "second"
    assert ahead("redo", "--yes").out.endswith("Change 4 brought forward by change 9.\n")


def test_a_day_alone_is_its_end_and_today_is_now(ahead: "Timpora") -> None:
    assert ahead.answer("clock", "correct", "4..5", "--to", "today") == (
        f"Changes 4..5 are read at {THEN}-03-21 10:00:00+07:00 from now on.\n"
    )


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (2, ("4..", "--to", "today"), "4.. is no change and no range of changes. Write 5, or 5..20."),
        (2, ("5..4", "--to", "today"), "5..4 is no change and no range of changes."),
        (2, ("4..5", "--to", "soon"), "This is not a moment: soon."),
        (4, ("4..9", "--to", "today"), "There is no change 9."),
        (4, ("0", "--to", "today"), "There is no change 0."),
        (
            1,
            ("4..5", "--to", f"{THEN}-03-11T09:59"),
            f"4..5 can be read from {THEN}-03-11 10:00:00+07:00 to {THEN}-03-21 10:00:00+07:00, not at {THEN}-03-11",
        ),
        (1, ("4..5", "--to", f"{THEN}-03-21T10:01"), "Changes keep their order: 4..5 can be read from"),
        (
            1,
            ("4", "--to", "today"),
            f"Change 5 would still be read at {THEN + 3}-06-01 10:00:00+07:00, after the machine's clock",
        ),
        (1, ("5", "--to", "today"), f"Change 4 is read at {THEN + 3}-06-01 10:00:00+07:00, after the machine's clock"),
        (2, ("4..5",), "--to"),
    ],
)
def test_what_would_put_changes_out_of_order_is_refused_and_changes_no_byte(
    ahead: "Timpora", code: int, words: tuple[str, ...], said: str
) -> None:
    before = ahead.db.read_bytes()
    given = ahead("clock", "correct", *words)
    assert (given.code, said in given.err) == (code, True), given.err
    assert ahead.db.read_bytes() == before


@pytest.mark.slow
def test_whatever_the_moments_the_order_is_that_of_the_numbers(ahead: "Timpora") -> None:
    """Some program without our rule put moments out of order: no later number is known before an earlier one."""
    with closing(sqlite3.connect(ahead.db)) as connection:
        connection.execute(f"UPDATE change SET at = '{THEN}-03-17T00:00:00.000Z' WHERE id = 5")
        connection.commit()
    known = ahead("history", "--known-at", f"{THEN}-03-18", "--format", "json").out
    assert {row["change"] for row in json.loads(known)} == {1, 2, 3}
    assert json.loads(ahead("history", "--last", "9", "--format", "json").out)[0]["change"] == 5
