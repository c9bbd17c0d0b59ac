"""The office's own settings: which there are, what is used before the register's value, and how a value is read.

The register keeps the values. The environment is read by the command line, never here.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.checked import CHECKED_KB, MOST_KB
from timpora_cli.model.dates import (
    CLOCK_TOLERANCE_SECONDS,
    MOST_TOLERANCE_SECONDS,
    NotADate,
    NotADuration,
    parse_duration,
)
from timpora_cli.model.names import did_you_mean, excerpt, tidy, visible, whole_number
from timpora_cli.model.rules import DEFAULT_WINDOW_DAYS
from timpora_cli.model.supervision.ranking import USUAL, weights, written
from timpora_cli.model.supervision.small_cells import FEWEST

ZONES_OF_INDONESIA = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
# Zones in the system's folder that name no place: the machine's own time zone is not the office's.
NO_ZONES = {"localtime", "Factory"}
MOST_ROWS = 1_048_576
# A window must end on a day of the calendar, whatever day of this century a list is asked for.
LAST_DAY_OF_A_LIST = date(2100, 1, 1)
MOST_THRESHOLD = 1000


class NotATimeZone(WrongUsage):
    """ "{text}" is no time zone.{hint}
    Write WIB, WITA or WIT, or a name as in Asia/Jakarta.
    """  # noqa: D210 the sentence opens with what was typed


class NotAName(WrongUsage):
    """ "{text}" holds a character that cannot be seen. Type it again."""  # noqa: D210 as above


class NotThatMany(WrongUsage):
    """ "{text}" is no number of {what}. Write a whole number from {least} to {most}."""  # noqa: D210 as above


class Setting(NamedTuple):
    """One setting: its key, what it is (a sentence `_` knows), and what the office has when it says nothing.

    `variable` is the environment variable that is used before the register's value, and `option` the option that is
    used before both; empty where there is none.
    """

    key: str
    says: str
    default: str = ""
    variable: str = ""
    option: str = ""


OFFICE_NAME = Setting("office_name", "The office's name, as it stands in headings.")
TIME_ZONE = Setting("time_zone", "The time zone whose day is today, whatever the machine's is.", "Asia/Jakarta")
DEFAULT_WINDOW = Setting(
    "default_window",
    "How far an expiry list reaches when nobody says otherwise.",
    f"{DEFAULT_WINDOW_DAYS}d",
    "TIMPORA_WITHIN",
    "--within",
)
CLOCK_TOLERANCE = Setting(
    "clock_tolerance",
    "How many seconds the machine's clock may stand before the register's last change.",
    str(CLOCK_TOLERANCE_SECONDS),
)
REGION = Setting("region", "The regencies of the office's working area, whose districts have a row in every count.")
OFFICE_TOWN = Setting("office_town", "The town of the office, as it stands before the day of a letter.")
LETTERHEAD = Setting("letterhead", "The lines at the head of letters and minutes, from a day on.")
RANK_WEIGHTS = Setting("rank_weights", "By what the districts are ranked, each term with its weight.", USUAL)
PUBLIC_THRESHOLD = Setting("public_threshold", "The smallest number that a public page prints, but for 0.", "5")
IMPORT_BACKUP = Setting(
    "import_backup",
    "An import of so many rows or more makes a backup first; 0 is never.",
    "1000",
)
CHECKED = Setting(
    "checked_kb",
    "Each answer checks the whole register first where its file has at most so many kB; 0 is never.",
    str(CHECKED_KB),
)

SETTINGS = (
    OFFICE_NAME,
    TIME_ZONE,
    DEFAULT_WINDOW,
    CLOCK_TOLERANCE,
    REGION,
    RANK_WEIGHTS,
    OFFICE_TOWN,
    LETTERHEAD,
    PUBLIC_THRESHOLD,
    IMPORT_BACKUP,
    CHECKED,
)

Source = Literal["register", "environment", "default"]


class InForce(NamedTuple):
    """A setting with the value in use and where it comes from; `words`, where there are any, is what people read."""

    setting: Setting
    value: str
    source: Source
    words: str = ""

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return self.words or self.value


def setting_named(text: str) -> Setting:
    """Return the setting that `text` names in any letter case; UnknownTerm, with the nearest and all, otherwise."""
    from timpora_cli.model.terms import one_of

    known = {setting.key: setting for setting in SETTINGS}
    return known[one_of(text, known, _("setting"))]


def office_name(text: str) -> str:
    """Return a name of the office, or another line of its letterhead, with single blanks. Raises NotAName."""
    name = tidy(text)
    if visible(name) != name:
        raise NotAName(text=excerpt(name))
    return name


def time_zone(text: str) -> str:
    """Return the zone that `text` names, as the zone files write it; WIB, WITA and WIT are known. Raises NotATimeZone.

    Looks through the zone files of the machine, which takes a moment.
    """
    from zoneinfo import available_timezones

    wanted = "_".join(text.casefold().split())
    known = {zone.casefold(): zone for zone in available_timezones() - NO_ZONES}
    zone = ZONES_OF_INDONESIA.get(wanted) or known.get(wanted)
    if zone is None:
        places = sorted(zone for zone in known.values() if "/" in zone and not zone.startswith("Etc/"))
        raise NotATimeZone(text=excerpt(text), hint=did_you_mean(text, places))
    return zone


def window(text: str) -> str:
    """Return a length of time in its one written form, as in 30d for "30 hari" and 14d for 2w. Raises NotADuration."""
    length = parse_duration(text)
    try:
        length.after(LAST_DAY_OF_A_LIST)
    except NotADate:
        raise NotADuration(text=excerpt(text), reason=_("that is too far away")) from None
    return str(length)


def seconds(text: str) -> str:
    """Return a whole number of seconds, at most a day. Raises NotThatMany."""
    return _number(text, _("seconds"), 0, MOST_TOLERANCE_SECONDS)


def public_threshold(text: str) -> str:
    """Return the threshold of public pages, a number of people. Raises NotThatMany, also below the least one."""
    return _number(text, _("people"), FEWEST, MOST_THRESHOLD)


def rows(text: str) -> str:
    """Return a whole number of rows, at most those of a sheet. Raises NotThatMany."""
    return _number(text, _("rows"), 0, MOST_ROWS)


def kilobytes(text: str) -> str:
    """Return a whole number of kilobytes, at most a gigabyte of them. Raises NotThatMany."""
    return _number(text, _("kilobytes"), 0, MOST_KB)


def _number(text: str, what: str, least: int, most: int) -> str:
    number = whole_number(text, most)
    if number is None or number < least:
        raise NotThatMany(text=excerpt(text), what=what, least=least, most=most)
    return str(number)


READS: Mapping[str, Callable[[str], str]] = {
    OFFICE_NAME.key: office_name,
    OFFICE_TOWN.key: office_name,
    TIME_ZONE.key: time_zone,
    DEFAULT_WINDOW.key: window,
    CLOCK_TOLERANCE.key: seconds,
    PUBLIC_THRESHOLD.key: public_threshold,
    IMPORT_BACKUP.key: rows,
    CHECKED.key: kilobytes,
    RANK_WEIGHTS.key: lambda text: written(weights(text)),
}
"""How a text is read into the value of each setting, but for the working area, which `queries.places` reads, and the
letterhead, which has several lines (`actions/supervision/letterhead.py`)."""
