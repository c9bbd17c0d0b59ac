"""Rows by the names of their columns, with days that may not be known."""

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.actions.permits import NUMBER_HOLDER
from timpora_cli.actions.residents import NIORA_HOLDER
from timpora_cli.model.names import DASHES, fold_number
from timpora_cli.queries.rows import dated, day, first, folded, iso, rows

if TYPE_CHECKING:
    from tests.conftest import Office

NUMBERS = st.text(st.sampled_from("aZé0ß/. 9Łı'" + DASHES) | st.characters(exclude_characters="\0", codec="utf-8"))

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


# Numbers -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@given(NUMBERS)
def test_a_number_is_compared_alike_in_sql_and_in_python(number: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        (in_sql,) = connection.execute(f"SELECT {folded('?')}".replace("?", ":number"), {"number": number}).fetchone()
    assert in_sql == fold_number(number)


@pytest.mark.parametrize(
    ("query", "index"), [(NUMBER_HOLDER, "permit_by_folded_number"), (NIORA_HOLDER, "resident_by_folded_niora")]
)
def test_a_number_is_found_by_the_index_on_its_folded_form(office: "Office", query: str, index: str) -> None:
    asked = {"number": "N1", "niora": "N1", "mine": None}
    plan = [str(row[-1]) for row in office.connection.execute(f"EXPLAIN QUERY PLAN {query}", asked)]
    assert index in plan[0]
    assert plan[0].startswith("SEARCH")
