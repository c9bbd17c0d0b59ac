"""Rows by the names of their columns, with days that may not be known."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.queries.rows import dated, day, first, iso, rows

if TYPE_CHECKING:
    from tests.conftest import Office

TWO_ROWS = "SELECT 1 AS id, '2020-09-17' AS since, NULL AS until UNION ALL SELECT 2, NULL, NULL ORDER BY id"


def test_a_row_has_its_values_by_the_names_of_its_columns(office: "Office") -> None:
    assert list(rows(office.connection, TWO_ROWS)) == [
        {"id": 1, "since": "2020-09-17", "until": None},
        {"id": 2, "since": None, "until": None},
    ]


def test_the_first_row_is_the_first_or_none(office: "Office") -> None:
    assert first(office.connection, "SELECT :id AS id", {"id": 7}) == {"id": 7}
    assert first(office.connection, "SELECT 1 AS id WHERE 0") is None


def test_the_days_of_a_row_become_dates_and_the_row_itself_stays(office: "Office") -> None:
    row = {"id": 1, "since": "2020-09-17", "until": None}
    assert dated(row, "since", "until") == {"id": 1, "since": date(2020, 9, 17), "until": None}
    assert row["since"] == "2020-09-17"


@pytest.mark.parametrize(("text", "known"), [("2020-02-29", date(2020, 2, 29)), (None, None)])
def test_a_day_is_stored_as_iso_text_and_one_that_is_not_known_as_nothing(text: str | None, known: date | None) -> None:
    assert (day(text), iso(known)) == (known, text)
