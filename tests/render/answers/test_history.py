"""Changes of the log as lines: one for each field, and which values of them are secret."""

from dataclasses import replace

import pytest

from timpora_cli.model.log import ChangeMade, FieldChange, RowChange, RowKey, Whose
from timpora_cli.render.answer import Cell, Wanted, arrange
from timpora_cli.render.answers.history import UNDO, history, taken_back, who_and_when


def change(*rows: RowChange) -> ChangeMade:
    return ChangeMade(7, "2020-09-17T01:30:00.000Z", "officer", "desk", "timpora resident edit 1", None, rows)


def row(table: str, *fields: FieldChange) -> RowChange:
    return RowChange(table, (1,), "changed", fields)


def shown(made: ChangeMade, *columns: str, mask: bool = False) -> list[tuple[Cell, ...]]:
    return list(arrange(history([made], "Asia/Jakarta"), Wanted("csv", columns=columns, mask=mask)).rows)


def test_the_time_is_that_of_the_office() -> None:
    assert shown(change(), "at") == [("2020-09-17 08:30:00.000+07:00",)]


def test_a_change_and_a_row_that_changed_no_field_have_a_line() -> None:
    assert shown(change(), "table", "did", "field") == [(None, "nothing", None)]
    assert shown(change(row("resident")), "table", "did", "field") == [("resident", "changed", None)]


@pytest.mark.parametrize(("table", "name"), [("passport", "number"), ("permit", "number"), ("resident", "niora")])
def test_the_mask_hides_the_numbers_of_documents_before_and_after(table: str, name: str) -> None:
    made = change(row(table, FieldChange(name, "X0001234", "X0005678")))

    assert shown(made, "before", "after", mask=True) == [("*****234", "*****678")]
    assert shown(made, "before", "after") == [("X0001234", "X0005678")]


def test_the_mask_leaves_other_fields_as_they_are() -> None:
    made = change(row("permit", FieldChange("office", "Tanjungpandan", None)))

    assert shown(made, "before", "after", mask=True) == [("Tanjungpandan", None)]


def test_an_undo_shows_whose_each_field_is_as_it_is_and_as_it_would_be() -> None:
    renamed = row("resident", FieldChange("full_name", "Ann Invented", "Anne Invented"))
    made = change(renamed, row("permit"), row("undone", FieldChange("undone_id", None, 3)))
    people: dict[RowKey, Whose] = {("resident", (1,)): Whose(1, "Anne Invented")}

    assert list(arrange(taken_back(made, people, UNDO), Wanted("csv")).rows) == [
        ("resident", "1", "Anne Invented (1)", "full_name", "Anne Invented", "Ann Invented")
    ]


def test_a_change_is_named_with_its_officer_host_time_and_reason() -> None:
    assert who_and_when(change(), "Asia/Jakarta") == (
        "Change 7, by officer on desk, 2020-09-17 08:30:00.000+07:00: timpora resident edit 1"
    )
    assert who_and_when(replace(change(), reason="a mistake"), "UTC").endswith(
        "2020-09-17 01:30:00.000+00:00: timpora resident edit 1 (a mistake)"
    )
