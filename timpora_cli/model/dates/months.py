"""Months and years: how one is written, and which days are in it (manual: dates). Nothing is filled in here either."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from timpora_cli.errors import WrongUsage
from timpora_cli.language import chosen
from timpora_cli.model.dates import FIRST_YEAR, LAST_YEAR
from timpora_cli.model.dates.almanac import MONTHS
from timpora_cli.model.names import excerpt

A_DAY = timedelta(days=1)
MONTHS_A_YEAR = 12


class NotAMonth(WrongUsage):
    """ "{text}" is not a month. Write the year and the month in digits, as in 2020-09."""  # noqa: D210 what was typed


class NotAYear(WrongUsage):
    """--year {year} is not a year. Write four digits, as in --year 2020."""


class Period(NamedTuple):
    """A month or a year: as machines write it (2020-09, 2020), and its first and its last day."""

    text: str
    first: date
    last: date

    @property
    def in_words(self) -> str:
        """The month with its name, as in September 2020, in the language in force; or the year."""
        if len(self.text) == len("2020"):
            return self.text
        return f"{MONTHS[chosen()][self.first.month - 1]} {self.first.year}"

    def until(self, on: date) -> "Period":
        """Return the period up to the day `on`, where it goes on after it."""
        return self._replace(last=min(self.last, on))


def parse_month(text: str) -> Period:
    """Return the month that `text` names, as in 2020-09. Raises NotAMonth."""
    written = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text.strip(), re.ASCII)
    year, month = (int(written[1]), int(written[2])) if written else (0, 0)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS_A_YEAR):
        raise NotAMonth(text=excerpt(text))
    return month_with(date(year, month, 1))


def parse_year(text: str) -> Period:
    """Return the year that `text` names, as in 2020. Raises NotAYear."""
    written = text.isascii() and text.isdigit() and len(text) == len("2020")
    if not written or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise NotAYear(year=excerpt(text))
    return Period(text, date(int(text), 1, 1), date(int(text), MONTHS_A_YEAR, 31))


def month_with(day: date) -> Period:
    """Return the month in which a day is."""
    after = date(day.year + day.month // MONTHS_A_YEAR, day.month % MONTHS_A_YEAR + 1, 1)
    return Period(f"{day.year:04}-{day.month:02}", day.replace(day=1), after - A_DAY)


def months_up_to(on: date, number: int) -> list[Period]:
    """Return the last `number` months up to the day `on`, the earliest first; the last one ends on that day."""
    months = [month_with(on).until(on)]
    while len(months) < number:
        months.append(month_with(months[-1].first - A_DAY))
    return months[::-1]
