"""The days of a sheet: the dates that an officer may type (model/dates), and three forms that only sheets have:
YYYYMMDD numbers, a spreadsheet's serial numbers with --excel-dates, and another order of day, month and year where the
header names it. A date that is not complete is refused.
"""

import re
from datetime import date, timedelta

from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.dates import FIRST_YEAR, LAST_YEAR, UNLIMITED, NotADate, is_unlimited, parse_date
from timpora_cli.sheets.headers import Order
from timpora_cli.sheets.sheet import SERIAL_ZERO, BadCell

# Two days of different months and years. A text that does not give the same date from both is not a complete date.
ONE_DAY, ANOTHER_DAY = date(2001, 2, 3), date(2010, 11, 12)
NO_TIME = r"[ T]00:00(?::00(?:\.0+)?)?Z?$"
BEFORE_TIME = frozenset(" T,")  # one of these stands between a day and a time: most cells have none
TIME = r"(?P<day>.*[0-9])(?: |T|, ?)[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?(?:Z| ?[AaPp][Mm])?"
DIGITS = r"[0-9]{8}"
SERIAL = r"([0-9]{1,6})(?:\.0+)?"
THREE = r"([0-9]+) ?[-/. ] ?([0-9]+) ?[-/. ] ?([0-9]+)"
PLAIN = re.compile(r"([0-9]{2})([-/.])([0-9]{2})\2([12][0-9]{3})")  # most days of a sheet are written so
FIRST_SERIAL = 100  # 9 April 1900: a smaller number is a day of the month or a count


def day(text: str, order: Order | None = None, *, serials: bool = False, zero: date = SERIAL_ZERO) -> str:
    """Return the ISO day of a cell; it must not depend on today. Raises BadCell.

    `order` is the order that the column's header names, None for the usual day before month. With `serials`, a bare
    number is a spreadsheet's day, counted from `zero`: 44091 is 2020-09-17.
    """
    if order in {None, "DMY"} and (plain := _plain(text)):
        return plain
    bare = text
    if not BEFORE_TIME.isdisjoint(text):
        bare = re.sub(NO_TIME, "", text)
        if timed := re.fullmatch(TIME, bare):
            raise _of_two_days(text, day(timed["day"], order, serials=serials, zero=zero))
    if re.fullmatch(DIGITS, bare):
        return _of_digits(text, bare, order)
    if serial := re.fullmatch(SERIAL, bare):
        return _of_serial(text, int(serial[1]), zero, serials=serials)
    if order in {"MDY", "YMD"} and (three := re.fullmatch(THREE, bare)):
        bare = _rearranged(bare, three.groups(), order)
    try:
        day_read = again = parse_date(bare, ONE_DAY)
        if not bare[0].isdigit():  # it may be counted from today
            again = parse_date(bare, ANOTHER_DAY)
    except NotADate as error:
        raise no_day(text, str(error.values["reason"])) from error
    if day_read != again:
        raise no_day(text, _("in a sheet a date names its own day"))
    return day_read.isoformat()


def _plain(text: str) -> str | None:
    """Return the ISO day of two figures, two and four; None for others, and for one that there is not."""
    plain = PLAIN.fullmatch(text)
    if plain is None or not FIRST_YEAR <= int(plain[4]) <= LAST_YEAR:
        return None
    try:
        return date(int(plain[4]), int(plain[3]), int(plain[1])).isoformat()
    except ValueError:
        return None


def last_day(text: str, order: Order | None = None, *, serials: bool = False, zero: date = SERIAL_ZERO) -> str:
    """Return the last day of a permit, as `day` does; or UNLIMITED where the cell says in words that there is none."""
    return UNLIMITED if is_unlimited(text) else day(text, order, serials=serials, zero=zero)


def no_day(text: str, reason: str) -> BadCell:
    """Return the refusal of a text that is not a date."""
    sentence = _('"{text}" is not a date: {reason}. Write it as 2020-09-20, 20/9/2020 or 20 Sept 2020.')
    return BadCell(fault=sentence.format(text=names.excerpt(text), reason=reason))


def _of_two_days(text: str, first: str) -> BadCell:
    """Return the refusal of a time of day: another zone's clock may have made it of the midnight that follows."""
    after = date.fromisoformat(first) + timedelta(days=1)
    sentence = _('"{text}" has a time of day: it may mean {first} or {after}. Write the day alone.')
    return BadCell(fault=sentence.format(text=names.excerpt(text), first=first, after=after))


def _of_digits(text: str, digits: str, order: Order | None) -> str:
    """Read eight digits: year, month and day; or in the order of the header. No eight digits are a day in both."""
    written = [digits[:4], digits[4:6], digits[6:]]
    if order in {"DMY", "MDY"} and not _is_year(written[0], written[1]):
        first, second, year = digits[:2], digits[2:4], digits[4:]
        written = [year, second, first] if order == "DMY" else [year, first, second]
    try:
        day_read = date(*map(int, written))
    except ValueError as error:
        raise no_day(text, _("as a number, a date is a year, a month and a day, as in 20200920")) from error
    if not FIRST_YEAR <= day_read.year <= LAST_YEAR:
        sentence = _("the year {year} is not between {first} and {last}")
        raise no_day(text, sentence.format(year=day_read.year, first=FIRST_YEAR, last=LAST_YEAR))
    return day_read.isoformat()


def _is_year(year: str, month: str) -> bool:
    return FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12


def _of_serial(text: str, number: int, zero: date, *, serials: bool) -> str:
    last = (date(LAST_YEAR, 12, 31) - zero).days
    if not FIRST_SERIAL <= number <= last:
        raise no_day(text, _("it is a bare number"))
    day_read = (zero + timedelta(days=number)).isoformat()
    if serials:
        return day_read
    sentence = _("it is a bare number; if a spreadsheet means {day} by it, import with --excel-dates")
    raise no_day(text, sentence.format(day=day_read))


def _rearranged(text: str, parts: tuple[str, ...], order: Order | None) -> str:
    """Return a date that is written in another order as day, month and year; an ISO date stays as it is."""
    if order == "YMD":
        year, month, day_of_month = parts
        return f"{day_of_month}/{month}/{year}" if len(year) == 4 else text
    month, day_of_month, year = parts
    return f"{day_of_month}/{month}/{year}" if len(month) <= 2 else text
