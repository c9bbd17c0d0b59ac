"""Months and years: how they are written, and which days are in them."""

from datetime import date

import pytest

from timpora_cli import language
from timpora_cli.model.dates.months import NotAMonth, NotAYear, month_with, months_up_to, parse_month, parse_year


@pytest.mark.parametrize(
    ("text", "last"), [("2020-02", "2020-02-29"), ("2021-02", "2021-02-28"), (" 2020-12 ", "2020-12-31")]
)
def test_a_month_has_its_first_and_its_last_day(text: str, last: str) -> None:
    month = parse_month(text)
    assert (month.text, month.first.day, month.last.isoformat()) == (text.strip(), 1, last)


@pytest.mark.parametrize(
    "text",
    ["2020-13", "2020-00", "Sept", "2020", "2020-9", "9/2020", "2020-09-01", "1899-12", "2200-01", "", "２０２０-09"],
)
def test_what_is_no_month_is_refused_with_what_was_typed(text: str) -> None:
    with pytest.raises(NotAMonth) as refused:
        parse_month(text)
    assert str(refused.value) == f'"{text}" is not a month. Write the year and the month in digits, as in 2020-09.'
    assert refused.value.exit_code == 2


def test_a_year_has_all_its_days() -> None:
    assert parse_year("2020") == ("2020", date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize("text", ["20", "20200", "2020-01", "x", "", "0999", "²²²²"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(NotAYear):
        parse_year(text)


def test_the_last_months_end_on_the_day_and_begin_the_earliest() -> None:
    months = months_up_to(date(2020, 3, 31), 4)
    assert [(month.text, month.last.isoformat()) for month in months] == [
        ("2019-12", "2019-12-31"),
        ("2020-01", "2020-01-31"),
        ("2020-02", "2020-02-29"),
        ("2020-03", "2020-03-31"),
    ]
    assert months_up_to(date(2020, 3, 1), 1)[0].last == date(2020, 3, 1)


def test_a_month_is_called_by_its_name_and_a_year_by_its_number() -> None:
    assert month_with(date(2020, 9, 17)).in_words == "September 2020"
    assert parse_year("2020").in_words == "2020"
    language.choose("id")
    assert parse_month("2020-08").in_words == "Agustus 2020"
