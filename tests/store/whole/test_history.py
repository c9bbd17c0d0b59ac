"""Which row another program altered, added or removed is named, where its traces tell."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import demo
from timpora_cli.store.facts import all_sums
from timpora_cli.store.whole import history

if TYPE_CHECKING:
    from tests.conftest import Office

BEHIND = "by another program, after change {number} of"
# What is done behind the log, and the beginning of what is said; the numbers are those of the changes of the example.
DONE: dict[str, str] = {
    "UPDATE permit SET expires_on = '2030-01-01' WHERE id = 3": f"permit 3 was altered {BEHIND.format(number=2)}",
    "UPDATE permit SET note = 'x' WHERE id = 3; UPDATE permit SET note = 'y' WHERE id = 4":
        f"permit 3 was altered {BEHIND.format(number=2)}",
    "DELETE FROM stay WHERE id = 5": f"stay 5 was removed {BEHIND.format(number=3)}",
    "DELETE FROM stay WHERE id IN (5, 6)": f"stay 5 was removed {BEHIND.format(number=3)}",
    "INSERT INTO holiday (day, name, source, change_id) VALUES ('2020-01-09', 'x', 'y', 3)":
        f"holiday 2020-01-09 was added {BEHIND.format(number=3)}",
    "DROP TRIGGER sponsor_keeps_what_was_changed; UPDATE sponsor SET contact = 'z' WHERE id = 1": "change 3 of ",
    "DELETE FROM change WHERE id = 3": "change 3 is missing from the log",
}  # fmt: skip


@pytest.fixture(scope="module")
def example(open_office: Callable[[], "Office"]) -> Iterator[sqlite3.Connection]:
    """The example register, whose last change wrote one row. Shared: copy it, never write to it."""
    office = open_office()
    with closing(office.connection):
        demo.fill(office.connection, office.author)
        with office.change() as change:
            change.update("sponsor", 1, {"contact": "made up"})
        yield office.connection


@pytest.fixture
def register(example: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        example.backup(copy)
        yield copy


def test_nothing_is_said_of_what_timpora_wrote(register: sqlite3.Connection) -> None:
    assert history.fault(register) == (3, None)
    assert list(history.misfits(register.execute(history.LOG).fetchall(), all_sums(register))) == []


@pytest.mark.parametrize(("script", "said"), DONE.items())
def test_the_row_is_named_with_what_was_done_to_it(register: sqlite3.Connection, script: str, said: str) -> None:
    register.executescript(script)
    _number, fault = history.fault(register)
    assert (fault or "").startswith(said)


def test_all_rows_that_were_altered_behind_one_change_are_traced(register: sqlite3.Connection) -> None:
    register.execute("UPDATE permit SET note = 'x' WHERE id IN (3, 4)")
    (misfit,) = history.misfits(register.execute(history.LOG).fetchall(), all_sums(register))
    assert misfit.number == 2
    assert {trace.key for trace in history.traces(register, misfit)} == {(3,), (4,)}


def test_few_rows_are_all_named_where_nothing_tells_which_was_altered(register: sqlite3.Connection) -> None:
    register.executescript("DROP TRIGGER sponsor_keeps_what_was_changed; UPDATE sponsor SET kind = NULL WHERE id = 1")
    _number, fault = history.fault(register)
    assert (fault or "").endswith("was altered (its rows: sponsor 1)")
