"""The office's clock: the present moment, and today in the office's time zone. Nothing else reads the time."""

import re
import sqlite3
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from timpora_cli.errors import RegisterUnusable, WrongUsage
from timpora_cli.model.dates import NotADate, parse_date

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

END_OF_DAY = time(23, 59, 59, 999_000)
DAY_AND_TIME = r"(.+?)[ T]+([0-9]{1,2})(:[0-9]{2}\S*)"
TIME_ZONE = "SELECT value FROM setting WHERE key = 'time_zone'"


class UnknownTimeZone(RegisterUnusable):
    """The register's time zone {zone} is not known to this machine.
    Set another with: timpora setting set time_zone WIB
    """


class NotAMoment(WrongUsage):
    """This is not a moment: {text}. Write a day or a day and a time: 2020-09-17 or 2020-09-17T10:30."""


def office_today(connection: sqlite3.Connection) -> date:
    """Return today's date in the time zone of the register's setting."""
    return now().astimezone(_zone(connection)).date()


def office_day(at: str, connection: sqlite3.Connection) -> date:
    """Return the office's day of a moment of the change log."""
    return datetime.fromisoformat(at).astimezone(_zone(connection)).date()


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def moment_of(text: str, connection: sqlite3.Connection) -> str:
    """Return the moment that `text` names, as the change log writes it: UTC, with milliseconds.

    A moment is a date of the grammar in model/dates.py, counted from the office's today, or an ISO date, and a time may
    follow it. A date alone means the end of that day in the office; a time without an offset is the office's own.
    Raises NotAMoment.
    """
    try:
        when = _moment(text.strip(), connection)
    except (ValueError, NotADate) as error:
        raise NotAMoment(text=text) from error
    if when.tzinfo is None:
        when = when.replace(tzinfo=_zone(connection))
    when = when.astimezone(UTC)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z"


def _moment(text: str, connection: sqlite3.Connection) -> datetime:
    """Read a date and, if it is there, a time. Raises ValueError or NotADate."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        timed = re.fullmatch(DAY_AND_TIME, text)
        if timed is None:
            day, at = text, END_OF_DAY
        else:  # Python reads no hour of one digit
            day, at = timed[1], time.fromisoformat(f"{timed[2]:0>2}{timed[3]}")
        return datetime.combine(parse_date(day, office_today(connection)), at)
    return datetime.combine(when, END_OF_DAY) if len(text) <= len("2020-09-17") else when


def _zone(connection: sqlite3.Connection) -> "ZoneInfo":
    from zoneinfo import ZoneInfo

    row = connection.execute(TIME_ZONE).fetchone()
    if row is None:
        from timpora_cli.model.settings import TIME_ZONE as DECLARED

        row = (DECLARED.default,)
    zone = row[0]
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownTimeZone(zone=zone) from error
