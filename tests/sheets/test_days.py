"""The days of a sheet: which forms are read, in which order, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.model.dates import parse_date
from timpora_cli.sheets.days import day
from timpora_cli.sheets.headers import Order
from timpora_cli.sheets.sheet import BadCell

DATES = st.dates(date(1900, 3, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("20200920", None, "2020-09-20"),
        ("2020-09-20 00:00:00", None, "2020-09-20"),
        ("2020-09-20T00:00:00.000Z", None, "2020-09-20"),
        ("s/d 20 September 2020", None, "2020-09-20"),
        ("9/10/2020", "DMY", "2020-10-09"),
        ("9/10/2020", "MDY", "2020-09-10"),
        ("09-20-2020", "MDY", "2020-09-20"),
        ("2020-09-20", "MDY", "2020-09-20"),
        ("20 Sept 2020", "MDY", "2020-09-20"),
        ("2020/9/20", "YMD", "2020-09-20"),
        ("2020.09.20", "YMD", "2020-09-20"),
        ("20/9/2020", "YMD", "2020-09-20"),
        ("20092020", "DMY", "2020-09-20"),
        ("09202020", "MDY", "2020-09-20"),
        ("20200920", "DMY", "2020-09-20"),
    ],
)
def test_a_day_is_read_in_the_order_that_the_header_announces(text: str, order: Order | None, iso: str) -> None:
    assert day(text, order) == iso


@pytest.mark.parametrize(
    ("text", "order", "said"),
    [
        ("20200931", None, "as in 20200920"),
        ("20092020", None, "as in 20200920"),
        ("17090920", None, "the year 1709"),
        ("20-09-20", None, "four digits"),
        ("9/20/2020", None, "the day comes before the month"),
        ("20/9/2020", "MDY", "there is no month 20"),
        ("2020/9/20", None, "year first"),
        ("20/9/20", "YMD", "four digits"),
        ("besok", None, "names its own day"),
        ("10", None, "it is a bare number"),
        ("44094", None, "if a spreadsheet means 2020-09-20 by it, import with --excel-dates"),
        ("999999", None, "it is a bare number"),
    ],
)
def test_what_is_no_day_is_refused_and_nothing_is_filled_in(text: str, order: Order | None, said: str) -> None:
    with pytest.raises(BadCell, match=r"is not a date: .*Write it as 2020-09-20") as error:
        day(text, order)
    assert said in str(error.value)


@given(st.dates(date(1900, 4, 9), date(2199, 12, 31)))
def test_a_serial_is_the_day_that_a_spreadsheet_counts(when: date) -> None:
    from openpyxl.utils.datetime import to_excel

    serial = int(to_excel(when))  # type: ignore[no-untyped-call]
    assert day(str(serial), serials=True) == day(f"{serial}.0", serials=True) == when.isoformat()
    with pytest.raises(BadCell):
        day(str(serial))


@given(DATES, st.sampled_from(["/", "-", ".", " "]))
def test_every_announced_order_reads_back_what_it_wrote(when: date, mark: str) -> None:
    for order, form in (("DMY", "%d{0}%m{0}%Y"), ("MDY", "%m{0}%d{0}%Y"), ("YMD", "%Y{0}%m{0}%d")):
        if (order, mark) != ("DMY", " "):
            assert day(when.strftime(form.format(mark)), order) == when.isoformat()  # type: ignore[arg-type]
    for form in ("%Y%m%d", "%Y-%m-%d"):
        assert {day(when.strftime(form), order) for order in (None, "DMY", "MDY", "YMD")} == {when.isoformat()}


@pytest.mark.parametrize(
    "text",
    ["2020-09-19 13:30", "2020-09-19T17:00:00Z", "19/9/2020 23:59:17", "20200919 17:00", "19 Sept 2020, 5:00 PM"],
)
def test_a_time_of_day_is_refused_with_the_two_days_that_it_may_mean(text: str) -> None:
    with pytest.raises(BadCell, match=r"has a time of day: it may mean 2020-09-19 or 2020-09-20\. Write the day alone"):
        day(text)


@pytest.mark.parametrize("mark", "-/.")
def test_a_day_in_plain_figures_is_the_day_that_an_officer_types(mark: str) -> None:
    for number in range(0, 3000, 7):
        text = f"{date(1900, 1, 1) + timedelta(days=number * 30):%d{mark}%m{mark}%Y}"
        assert day(text) == day(text, "DMY") == parse_date(text, date(2020, 9, 17)).isoformat()
