"""Why a text is no date and no length of time: each reason as a clause that an error's sentence repeats."""

import re
from typing import NoReturn

from timpora_cli.language import _
from timpora_cli.model.dates.almanac import MONTH_OF, WEEKDAY_OF
from timpora_cli.model.names import excerpt

_MONTH_FIRST = r"[^\W\d_]+[ .,/-]{1,3}[0-9]{1,2}[ .,/-]{1,3}[0-9]{4}"


class Unreadable(Exception):
    """Why a text cannot be read, as a translated clause. It never reaches a person as it is."""


def refuse(reason: str) -> NoReturn:
    """Raise Unreadable with a reason."""
    raise Unreadable(reason)


def unknown_form() -> NoReturn:
    """Raise Unreadable for a text of which nothing more can be said."""
    refuse(_("it is written in no form that is known"))


def missing_number(first: str, second: str | None) -> str:
    """Return what is missing where only one or two numbers are written."""
    if second is not None:
        return _("the day is missing") if 4 in {len(first), len(second)} else _("the year is missing")
    if len(first) == 4:
        return _("the day and the month are missing")
    if len(first) > 2:
        return _("a number without separators could be anything")
    return _("the month and the year are missing")


def missing_word(phrase: str) -> str:
    """Return what is wrong where a word is written, but not between a day and a year."""
    words: list[str] = re.findall(r"[^\W\d_]+", phrase)
    if len(words) != 1:
        return _("it is written in no form that is known")
    if words[0] in WEEKDAY_OF:
        return _("the day, the month and the year are missing")
    if re.fullmatch(r"[0-9]+ ?[dwmy]", phrase):
        return _("a step from today begins with + or -")
    month_of(words[0])
    return _missing_number_beside(phrase)


def month_of(word: str) -> int:
    """Return the month that a word names, 1 to 12. Raises Unreadable."""
    if word not in MONTH_OF:
        refuse(_('"{word}" is no month').format(word=excerpt(word)))
    return MONTH_OF[word] + 1


def _missing_number_beside(phrase: str) -> str:
    """Return what is wrong where a month's name is written with too few numbers, or before them."""
    numbers = re.findall(r"[0-9]+", phrase)
    if not numbers:
        return _("the day and the year are missing")
    if len(numbers) == 1:
        return _("the year is missing") if len(numbers[0]) < 3 else _("the day is missing")
    if re.fullmatch(_MONTH_FIRST, phrase):
        return _("the day comes before the month")
    return _("it is written in no form that is known")
