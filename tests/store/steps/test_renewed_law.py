"""Step 0006 renews the rules, the reliefs' notes and the holidays; what an officer wrote is left as it is."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.earlier import VERSIONS
from timpora_cli.actions import law
from timpora_cli.queries.people import rules_on
from timpora_cli.queries.verify import verified
from timpora_cli.store import migrate
from timpora_cli.store.change import Author, changing
from timpora_cli.store.connect import writing

if TYPE_CHECKING:
    from tests.conftest import EarlierRegister

RULES = "SELECT kind, subject, value, valid_from, valid_until, legal_basis, source, verified FROM rule"
RELIEFS = "SELECT code, name, legal_basis, effective_until, action_required, source_url, verified FROM relief"
# The rows of the law that no officer wrote: the program's own changes are the first, and the upgrades.
OURS = " WHERE change_id = 1 OR change_id IN (SELECT id FROM change WHERE command LIKE 'upgrade %')"
LAW = {
    "rules": RULES + OURS + " ORDER BY id",
    "reliefs": RELIEFS + OURS + " ORDER BY code",
    "classes": "SELECT relief_code, class_code FROM relief_class" + OURS + " ORDER BY 1, 2",
    "holidays": "SELECT day, name, source FROM holiday" + OURS + " ORDER BY day",
}
STEPS = "SELECT officer, command, reason FROM change WHERE command = 'upgrade 0006_stays_and_rules' ORDER BY id"


def law_of(path: Path) -> dict[str, list[object]]:
    with closing(sqlite3.connect(path)) as connection:
        return {what: connection.execute(query).fetchall() for what, query in LAW.items()}


def upgraded(path: Path) -> Path:
    with writing(path) as connection:
        migrate.bring_up_to_date(connection, path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_a_register_made_before_gets_the_law_of_a_new_one_and_past_days_keep_their_rules(
    earlier_register: "EarlierRegister", made: Path, version: int
) -> None:
    path = upgraded(earlier_register(version))
    assert law_of(path) == law_of(made)
    with writing(path) as connection:
        of = {day: rules_on(connection, date.fromisoformat(day)) for day in ("2019-05-02", "2020-09-17", "2026-01-01")}
    assert [rules.windows["KITAP"] for rules in of.values()] == [60, 60, 90]
    assert {rules.overstay_limit for rules in of.values()} == {60}


@pytest.mark.slow
def test_each_part_of_the_renewal_is_a_change_of_its_own_with_its_source(earlier_register: "EarlierRegister") -> None:
    path = upgraded(earlier_register(5))
    with closing(sqlite3.connect(path)) as connection:
        changes = connection.execute(STEPS).fetchall()
        assert verified(connection).whole
    assert {(officer, command) for officer, command, _reason in changes} == {
        ("timpora", "upgrade 0006_stays_and_rules")
    }
    sources = [reason for _officer, _command, reason in changes]
    for source in (
        "PP 45/2024",
        "Permenkumham 11/2024",
        "UU 24/2013",
        "SKB 3 Menteri 1497/2025",
        "SKB 3 Menteri 1205/2026",
    ):
        assert any(reason.startswith(source) for reason in sources), source


def test_the_tariffs_are_three_rows_without_a_gap(made: Path) -> None:
    with closing(sqlite3.connect(made)) as connection:
        rows = connection.execute(
            "SELECT value, valid_from, valid_until FROM rule WHERE kind = 'OVERSTAY_RUPIAH_A_DAY' ORDER BY valid_from"
        ).fetchall()
    assert rows == [
        (300_000, None, "2019-05-02"),
        (1_000_000, "2019-05-03", "2024-12-16"),
        (1_000_000, "2024-12-17", None),
    ]


@pytest.mark.slow
def test_what_an_officer_wrote_is_left_as_it_is_and_nothing_follows_it(
    earlier_register: "EarlierRegister", author: Author
) -> None:
    path = earlier_register(5)
    # The officer's change is made in a register of version 5, by that version's own tables.
    with closing(sqlite3.connect(path)) as connection:
        (ours,) = connection.execute(
            "SELECT id FROM rule WHERE kind = 'OVERSTAY_RUPIAH_A_DAY' AND value = 1000000"
        ).fetchone()
    with writing(path) as connection, changing(connection, author) as change:
        change.update("rule", ours, {"valid_until": "2026-06-30"})
        law.add_holiday(change, date(2026, 8, 17), "The officer's own", "a circular")
    upgraded(path)
    with closing(sqlite3.connect(path)) as connection:
        rates = connection.execute(
            "SELECT value, valid_until FROM rule WHERE kind = 'OVERSTAY_RUPIAH_A_DAY'"
        ).fetchall()
        assert sorted(rates) == [(300_000, "2019-05-02"), (1_000_000, "2026-06-30")]
        holidays = connection.execute("SELECT name, source FROM holiday WHERE day = '2026-08-17'").fetchall()
        assert holidays == [("The officer's own", "a circular")]
        assert connection.execute("SELECT count(*) FROM holiday").fetchone() == (51,)
        assert verified(connection).whole
