"""What may be written for a date, in place of one, or for a length of time (manual: dates): the one grammar, for all.

Nothing is ever filled in, and the day always stands before the month. Forms that only sheets have (serial numbers,
YYYYMMDD) are not read here.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _, chosen
from timpora_cli.model.dates.almanac import MONTHS, WEEKDAY_OF, WEEKDAYS
from timpora_cli.model.dates.faults import Unreadable, missing_number, missing_word, month_of, refuse, unknown_form
from timpora_cli.model.names import excerpt, fold_name

Unit = Literal["d", "w", "m", "y"]

FIRST_YEAR, LAST_YEAR = 1900, 2199

# fmt: off
_UNIT_LETTERS: dict[str, Unit] = {"d": "d", "w": "w", "m": "m", "y": "y"}
_UNIT_WORDS: dict[str, Unit] = _UNIT_LETTERS | {
    "day": "d", "days": "d", "hari": "d", "week": "w", "weeks": "w", "minggu": "w",
    "month": "m", "months": "m", "bulan": "m", "year": "y", "years": "y", "tahun": "y",
}
# fmt: on
_DAYS_IN = {"d": 1, "w": 7}
_MONTHS_IN = {"m": 1, "y": 12}
_ENDS = {"eom": "eom", "akhir bulan": "eom", "eoy": "eoy", "akhir tahun": "eoy"}
_DAYS_AWAY = {"today": 0, "hari ini": 0, "tomorrow": 1, "besok": 1, "yesterday": -1, "kemarin": -1}

# Kept as text: the re module compiles each when it is first used, so a command without a date compiles none of them.
_UNTIL = r"^(?:s/d|s\.d\.?|sd)(?![a-z])[ :]*"
_NUMBERS = r"([0-9]+)(?:([-/.])([0-9]+)(?:\2([0-9]+))?)?"
_RELATIVE = r"([+-]) ?([0-9]+) ?([^\W\d_]*)"
_LENGTH = r"\+? ?([0-9]+) ?([^\W\d_]*)"
_AFTER_WORD = r"([^0-9 ,.(]+)(?:[ ,.]+|(?=\())(.+)"
_WORDED = r"([0-9]{1,2})[ .,/-]{0,3}([^\W\d_]+)[ .,/-]{0,3}([0-9]+)"
UNLIMITED = "unlimited"
"""What stands for the last day of a permit without an end, where a last day is text; its words are accepted too."""
_UNLIMITED_WORDS = (UNLIMITED, "seumur hidup", "tidak terbatas")
_UNKNOWN_WORDS = ("", "unknown", "tidak diketahui", "?")
CLOCK_TOLERANCE_SECONDS = 60
"""How far a machine's clock may stand before the last change of a register, where the office says nothing else."""
MOST_TOLERANCE_SECONDS = 24 * 60 * 60
"""How far at most an office may let it stand before that: a day."""


class NotADate(WrongUsage):
    """ "{text}" is not a date: {reason}.
    Write it as 2020-09-20, 20 Sept 2020, today or +30d.
    """  # noqa: D210 the sentence opens with what was typed


class NotADuration(WrongUsage):
    """ "{text}" is not a length of time: {reason}.
    Write it as 30d, 2w, 3m or 1y.
    """  # noqa: D210 the sentence opens with what was typed


class NotAnAge(WrongUsage):
    """ "{text}" is not a time that may have passed. Write it as 26h, 2d or 1w."""  # noqa: D210 as above


class Duration(NamedTuple):
    """A length of time as the calendar counts it: `amount` (0 or more) days, weeks, months or years."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        """Return the length in its one written form: 2w is 14d, and 1y is 12m."""
        if self.unit in _DAYS_IN:
            return f"{self.amount * _DAYS_IN[self.unit]}d"
        return f"{self.amount * _MONTHS_IN[self.unit]}m"

    def after(self, day: date) -> date:
        """Return the day this long after `day`; at a month's end, the last day there is. Raises NotADate."""
        try:
            return _moved(day, self.amount, self.unit)
        except Unreadable as fault:
            raise NotADate(text=f"+{self.amount}{self.unit}", reason=str(fault)) from None


def parse_date(text: str, today: date) -> date:
    """Return the date that `text` names, counted from `today` where it is relative. Raises NotADate with the reason."""
    try:
        phrase = _phrase(text)
        return _written(phrase) if phrase[0].isdigit() else _read(phrase, today)
    except Unreadable as fault:
        raise NotADate(text=excerpt(text), reason=str(fault)) from None


def standard_form(text: str) -> str:
    """Return a date in its one written form, whatever day it is: 2020-09-20, +1d for besok, eom. Raises NotADate."""
    try:
        return _standard_form(re.sub(_UNTIL, "", _phrase(text)))
    except Unreadable as fault:
        raise NotADate(text=excerpt(text), reason=str(fault)) from None


def parse_age(text: str) -> timedelta:
    """Return how long ago something may be: 26h, or 2d and 1w as in parse_duration. Raises NotAnAge."""
    hours = re.fullmatch(r"([0-9]{1,6}) ?(?:h|hours?|jam)", " ".join(text.lower().split()), re.ASCII)
    if hours is not None:
        return timedelta(hours=int(hours[1]))
    try:
        length = parse_duration(text)
    except NotADuration as error:
        raise NotAnAge(text=excerpt(text)) from error
    if length.unit not in _DAYS_IN:
        raise NotAnAge(text=excerpt(text))
    return timedelta(days=length.amount * _DAYS_IN[length.unit])


def parse_duration(text: str) -> Duration:
    """Return the length of time that `text` names: 30d, 2w, 3m, 1y, "30 days", "30 hari". Raises NotADuration."""
    try:
        length = re.fullmatch(_LENGTH, _phrase(text))
        if length is None:
            unknown_form()
        return Duration(_amount(length[1]), _unit(length[2], _UNIT_WORDS))
    except Unreadable as fault:
        raise NotADuration(text=excerpt(text), reason=str(fault)) from None


def is_unknown(text: str) -> bool:
    """Return whether `text` is empty or a dash, or says that nobody knows."""
    return spaced(text) in _UNKNOWN_WORDS


def is_unlimited(text: str) -> bool:
    """Return whether `text` says, in place of a last day, that there is none."""
    return spaced(text) in _UNLIMITED_WORDS


def spaced(text: str) -> str:
    """Return words as they are compared: in small letters with single spaces, underscores and dashes taken as such."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def is_exact(text: str) -> bool:
    """Return whether a date was typed in digits alone, so that nobody needs it read back to them."""
    numbers = re.fullmatch(_NUMBERS, re.sub(_UNTIL, "", " ".join(text.lower().split())))
    return numbers is not None and numbers[4] is not None


def in_words(day: date) -> str:
    """Return `day` with its weekday, as in Sunday 20 September 2020, in the language in force."""
    return f"{WEEKDAYS[chosen()][day.weekday()]} {day_month_year(day)}"


def day_month_year(day: date, language: str = "") -> str:
    """Return `day` as in 20 September 2020, in a language ("en", "id"); without one, in the language in force."""
    return f"{day.day} {MONTHS[language or chosen()][day.month - 1]} {day.year}"


def _phrase(text: str) -> str:
    """Return `text` in small letters with single spaces. Digits of other scripts are refused, not guessed at."""
    phrase = " ".join(text.lower().split())
    if not phrase:
        refuse(_("nothing is written"))
    if not phrase.isascii() and any(character.isnumeric() and not character.isascii() for character in phrase):
        refuse(_("only the digits 0 to 9 are read"))
    return phrase


def _read(phrase: str, today: date) -> date:
    phrase = re.sub(_UNTIL, "", phrase)
    if phrase in _DAYS_AWAY:
        return _moved(today, _DAYS_AWAY[phrase], "d")
    if phrase in _ENDS:
        year, month = _plausible(today.year), today.month if _ENDS[phrase] == "eom" else 12
        return date(year, month, _days_in(year, month))
    if phrase[:1] in {"+", "-"}:
        sign, length = _step(phrase)
        return _moved(today, -length.amount if sign == "-" else length.amount, length.unit)
    named = re.fullmatch(_AFTER_WORD, phrase)
    weekday = WEEKDAY_OF.get(fold_name(named[1])) if named else None
    if named is None or weekday is None:
        return _written(phrase)
    day = _written(re.sub(r"^\((.*)\)$", r"\1", named[2]))  # the newspapers' Kamis (17/9/2020)
    if day.weekday() != weekday:
        right, wrong = WEEKDAYS[chosen()][day.weekday()], WEEKDAYS[chosen()][weekday]
        refuse(_("{date} is a {right}, not a {wrong}").format(date=day_month_year(day), right=right, wrong=wrong))
    return day


def _standard_form(phrase: str) -> str:
    if phrase in _DAYS_AWAY:
        return f"{_DAYS_AWAY[phrase]:+}d"
    if phrase in _ENDS:
        return _ENDS[phrase]
    if phrase[:1] in {"+", "-"}:
        sign, length = _step(phrase)
        return f"{sign}{length}"
    return _read(phrase, date.min).isoformat()


def _step(phrase: str) -> tuple[str, Duration]:
    """Return which way a step from today goes, and how far."""
    step = re.fullmatch(_RELATIVE, phrase)
    if step is None:
        unknown_form()
    return step[1], Duration(_amount(step[2]), _unit(step[3], _UNIT_LETTERS))


def _unit(word: str, known: Mapping[str, Unit]) -> Unit:
    if not word:
        refuse(_("the number has no unit"))
    if word not in known:
        refuse(_('"{unit}" is no unit here, only d, w, m and y are').format(unit=excerpt(word)))
    return known[word]


def _amount(digits: str) -> int:
    significant = digits.lstrip("0") or "0"
    if len(significant) > 6:
        refuse(_("that is too far away"))
    return int(significant)


def _moved(day: date, amount: int, unit: Unit) -> date:
    """Return `day` moved by the whole of `amount` at once: a month's end is clamped from the original day."""
    try:
        if unit in _DAYS_IN:
            moved = day + timedelta(days=amount * _DAYS_IN[unit])
        else:
            from dateutil.relativedelta import relativedelta

            moved = day + relativedelta(months=amount * _MONTHS_IN[unit])
    except (OverflowError, ValueError):
        refuse(_("that is too far away"))
    _plausible(moved.year)
    return moved


def _written(phrase: str) -> date:
    """Read a date that names its own day: digits, or a day, a month's name and a year."""
    numbers = re.fullmatch(_NUMBERS, phrase)
    if numbers is None:
        return _worded(phrase)
    first, separator, second, third = numbers.groups()
    if third is None:
        refuse(missing_number(first, second))
    if len(first) == 4:
        if (separator, len(second), len(third)) != ("-", 2, 2):
            refuse(_("with the year first it is written with hyphens and two digits each, as in 2020-09-05"))
        return _calendar_day(first, int(second), third)
    if len(first) > 2 or len(second) > 2:
        unknown_form()
    if 12 >= int(first) > 0 and 31 >= int(second) > 12 and len(third) == 4:
        sentence = _("there is no month {month}, and the day comes before the month: {month}/{day}/{year}")
        refuse(sentence.format(month=int(second), day=int(first), year=third))
    return _calendar_day(third, int(second), first)


def _worded(phrase: str) -> date:
    worded = re.fullmatch(_WORDED, phrase)
    if worded is None:
        refuse(missing_word(phrase))
    day, word, year = worded.groups()
    return _calendar_day(year, month_of(word), day)


def _calendar_day(year: str, month: int, day: str) -> date:
    if len(year) != 4:
        refuse(_("the year needs four digits"))
    if not 1 <= month <= 12:
        refuse(_("there is no month {month}").format(month=month))
    if not 1 <= int(day) <= _days_in(_plausible(int(year)), month):
        name = MONTHS[chosen()][month - 1]
        refuse(_("{month} {year} has no day {day}").format(month=name, year=year, day=int(day)))
    return date(int(year), month, int(day))


def _plausible(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        sentence = _("the year {year} is not between {first} and {last}")
        refuse(sentence.format(year=year, first=FIRST_YEAR, last=LAST_YEAR))
    return year


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
