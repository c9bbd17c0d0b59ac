"""A migration changes reference rows as a logged, sealed change: what an officer wrote is left as it is."""

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.log import last_number
from timpora_cli.actions import law
from timpora_cli.actions.irrevocable import MadeByUpgrade
from timpora_cli.actions.undo import undo
from timpora_cli.model.law import NewRule
from timpora_cli.queries.history import change_made
from timpora_cli.queries.verify import verified
from timpora_cli.store import migrate
from timpora_cli.store.change import Value
from timpora_cli.store.steps.reference import Amendment, amend

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Office

STEP, SOURCE = "0099_made_up", "Contoh 9/2026"
LAST = "SELECT officer, host, command, reason FROM change ORDER BY id DESC LIMIT 1"
GOLDEN: dict[str, Value] = {
    "code": "GOLDEN",
    "group_code": "KITAP",
    "position": 3,
    "name_id": "Visa emas rekaan",
    "name_en": "Invented golden visa",
}
WINDOW: dict[str, Value] = {"kind": "RENEWAL_WINDOW_DAYS", "subject": "KITAS", "valid_from": None}
NEW_WINDOW: dict[str, Value] = {
    "kind": "RENEWAL_WINDOW_DAYS",
    "subject": "GOLDEN",
    "value": 60,
    "valid_from": None,
    "legal_basis": "Contoh",
    "source": "example.invalid",
    "verified": 0,
}


def amended(office: "Office", write: "Callable[[Amendment], object]") -> object:
    """Run a step on the register; give what its one call returned."""
    returned: list[object] = []
    office.connection.execute("BEGIN IMMEDIATE")
    amend(office.connection, STEP, SOURCE, lambda amendment: returned.append(write(amendment)))
    office.connection.commit()
    return returned[0]


def is_whole(office: "Office") -> bool:
    return verified(office.connection).whole


def test_a_step_is_logged_with_its_source_and_leaves_the_register_whole(office: "Office") -> None:
    assert amended(office, lambda step: step.add("permit_class", GOLDEN)) is True
    assert office.rows(LAST) == [("timpora", "-", f"upgrade {STEP}", SOURCE)]
    codes = [code for (code,) in office.rows("SELECT code FROM permit_class ORDER BY position")]
    assert codes[:4] == ["KITAP", "KITAS", "GOLDEN", "ITK"]
    assert office.rows("SELECT max(position) FROM permit_class") == [(len(codes),)]
    assert is_whole(office)


def test_the_same_row_written_behind_the_log_is_found(office: "Office") -> None:
    office.connection.execute(
        "INSERT INTO permit_class VALUES (:code, :group_code, 99, :name_id, :name_en)",
        {key: value for key, value in GOLDEN.items() if key != "position"},
    )
    assert not is_whole(office)


def test_what_was_altered_before_a_step_is_found_after_it(office: "Office") -> None:
    office.connection.execute("UPDATE country SET name_en = 'Elsewhere' WHERE code = 'AUS'")
    amended(office, lambda step: step.add("permit_class", GOLDEN))
    assert not is_whole(office)


@pytest.mark.slow
def test_a_new_register_has_no_change_to_amend() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate.make(connection)
        amend(connection, STEP, SOURCE, lambda step: step.add("permit_class", GOLDEN))
        assert connection.execute("SELECT count(*) FROM change").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM permit_class").fetchone() == (0,)


@pytest.mark.parametrize(
    ("table", "named", "values"),
    [
        ("permit_class", {"code": "ITK"}, {"name_en": "Renamed"}),
        ("permit_group", {"code": "VISIT"}, {"name_en": "Renamed"}),
        ("purpose", {"code": "WORK"}, {"name_en": "Renamed"}),
        ("country", {"code": "AUS"}, {"name_en": "Renamed"}),
        ("rule", WINDOW, {"legal_basis": "Renamed"}),
        ("relief", {"code": "ITKT-2020-09"}, {"name": "Renamed"}),
    ],
)
def test_a_row_is_renamed(office: "Office", table: str, named: dict[str, Value], values: dict[str, Value]) -> None:
    assert amended(office, lambda step: step.rewrite(table, named, values)) is True
    (column,) = values
    assert office.rows(f"SELECT count(*) FROM {table} WHERE {column} = 'Renamed'") == [(1,)]
    assert is_whole(office)


def test_a_rule_is_added_and_ended(office: "Office") -> None:
    assert amended(office, lambda step: step.add("rule", NEW_WINDOW)) is True
    assert amended(office, lambda step: step.rewrite("rule", WINDOW, {"valid_until": "2026-12-31"})) is True
    assert office.rows("SELECT valid_until FROM rule WHERE id = 2") == [("2026-12-31",)]
    assert is_whole(office)
    with office.looking_back(str(office.rows("SELECT at FROM change WHERE id = 2")[0][0])):
        assert office.rows("SELECT valid_until FROM rule WHERE id = 2") == [(None,)]


def test_a_rule_that_an_officer_wrote_is_left_as_it_is(office: "Office") -> None:
    with office.change() as change:
        law.add_rule(change, NewRule("RENEWAL_WINDOW_DAYS", "GOLDEN", 7, None, None, "an officer", "s", verified=False))
    assert amended(office, lambda step: step.add("rule", NEW_WINDOW)) is False
    named: dict[str, Value] = {"kind": "RENEWAL_WINDOW_DAYS", "subject": "GOLDEN", "valid_from": None}
    assert amended(office, lambda step: step.rewrite("rule", named, {"value": 60})) is False
    assert amended(office, lambda step: step.remove("rule", named)) is False
    assert office.rows("SELECT value FROM rule WHERE subject = 'GOLDEN'") == [(7,)]


def test_a_relief_that_an_officer_wrote_over_is_left_as_it_is(office: "Office") -> None:
    with office.change() as change:
        change.update("relief", "ITKT-2020-09", {"name": "An officer's name"})
    assert amended(office, lambda step: step.rewrite("relief", {"code": "ITKT-2020-09"}, {"name": "Other"})) is False
    assert office.rows("SELECT name FROM relief WHERE code = 'ITKT-2020-09'") == [("An officer's name",)]


def test_the_classes_of_a_relief_that_an_officer_wrote_over_are_left_as_they_are(office: "Office") -> None:
    member: dict[str, Value] = {"relief_code": "ITKT-2020-09", "class_code": "BVK"}
    new: dict[str, Value] = {"relief_code": "ITKT-2020-09", "class_code": "PERALIHAN"}
    with office.change() as change:
        change.update("relief", "ITKT-2020-09", {"name": "An officer's name"})
    assert amended(office, lambda step: step.add("relief_class", new)) is False
    assert amended(office, lambda step: step.remove("relief_class", member)) is False
    other: dict[str, Value] = {**new, "relief_code": "ITKT-2020-08"}
    assert amended(office, lambda step: step.add("relief_class", other)) is True
    assert is_whole(office)


def test_a_row_is_removed_where_nothing_refers_to_it(office: "Office") -> None:
    office.permit(office.person(), "ITK", "2020-01-01", "2020-02-01")
    assert amended(office, lambda step: step.remove("permit_class", {"code": "ITK"})) is False
    assert amended(office, lambda step: step.remove("permit_class", {"code": "DINAS"})) is True
    member: dict[str, Value] = {"relief_code": "ITKT-2020-09", "class_code": "BVK"}
    assert amended(office, lambda step: step.remove("relief_class", member)) is True
    assert amended(office, lambda step: step.remove("relief_class", member)) is False
    assert is_whole(office)


def test_undo_refuses_a_step_and_passes_over_it(office: "Office") -> None:
    office.person("Ann Invented")
    mine = last_number(office.connection)
    amended(office, lambda step: step.add("rule", NEW_WINDOW))
    assert last_number(office.connection) == mine
    with pytest.raises(MadeByUpgrade, match="brought the register up to date") as refused, office.change() as change:
        undo(change, change_made(office.connection, mine + 1))
    assert refused.value.exit_code == 1
