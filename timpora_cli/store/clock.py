"""The office's clock: the present moment, and today in the office's time zone. Nothing else reads the time.

The machine's clock may be wrong. Where it stands before the last change of the register, that is found here.
"""

import re
import sqlite3
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timpora_cli.errors import Refused, RegisterUnusable, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.dates import CLOCK_TOLERANCE_SECONDS, MOST_TOLERANCE_SECONDS, NotADate, parse_date
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.store.connect import is_older

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

END_OF_DAY = time(23, 59, 59, 999_000)
DAY_AND_TIME = r"(.+?)[ T]+([0-9]{1,2})(:[0-9]{2}\S*)"
TIME_ZONE = "SELECT value FROM setting WHERE key = 'time_zone'"
TOLERANCE = "SELECT value FROM setting WHERE key = 'clock_tolerance'"
# The order of changes is that of their numbers. In a register of an earlier version all are read as they are recorded.
LAST_CHANGE = "SELECT change_id, at FROM change_moment ORDER BY change_id DESC LIMIT 1"
LAST_RECORDED = "SELECT id, at FROM change ORDER BY id DESC LIMIT 1"
FIRST_AHEAD = "SELECT min(change_id) FROM change_moment WHERE at > ?"
FIRST_RECORDED_AHEAD = "SELECT min(id) FROM change WHERE at > ?"


class UnknownTimeZone(RegisterUnusable):
    """The register's time zone {zone} is not known to this machine.
    Set another with: timpora setting set time_zone WIB
    """


class NotAMoment(WrongUsage):
    """This is not a moment: {text}. Write a day or a day and a time: 2020-09-17 or 2020-09-17T10:30."""


class ClockBehind(Refused):
    """The machine's clock stands at {now}, before the register's last change ({number}, {at}).
    Set the clock. Or, if it was ahead when {ahead} was recorded: timpora clock correct {ahead} --to MOMENT
    """


class LastChange(NamedTuple):
    """The last change of the register, and the moment at which it is to be read."""

    number: int
    at: datetime


def office_today(connection: sqlite3.Connection) -> date:
    """Return today's date in the time zone of the register's setting."""
    return now().astimezone(_zone(connection)).date()


def office_day(at: str, connection: sqlite3.Connection) -> date:
    """Return the office's day of a moment of the change log."""
    return datetime.fromisoformat(at).astimezone(_zone(connection)).date()


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def last_change(connection: sqlite3.Connection) -> LastChange | None:
    """Return the last change, or None in a register without any."""
    row = connection.execute(LAST_RECORDED if is_older(connection) else LAST_CHANGE).fetchone()
    return None if row is None else LastChange(row[0], datetime.fromisoformat(row[1]))


def tolerance(connection: sqlite3.Connection) -> timedelta:
    """Return how far the machine's clock may stand before the last change."""
    row = connection.execute(TOLERANCE).fetchone()
    # What another program wrote over it is for verify to find.
    known = None if row is None else whole_number(row[0], MOST_TOLERANCE_SECONDS)
    return timedelta(seconds=CLOCK_TOLERANCE_SECONDS if known is None else known)


def later_than_now(connection: sqlite3.Connection) -> LastChange | None:
    """Return the last change where the machine's clock stands further before it than is tolerated; None otherwise."""
    last = last_change(connection)
    return last if last is not None and last.at - now() > tolerance(connection) else None


def refuse_behind(connection: sqlite3.Connection) -> None:
    """Raise ClockBehind where the machine's clock stands before the last change."""
    last = later_than_now(connection)
    if last is None:
        return
    query = FIRST_RECORDED_AHEAD if is_older(connection) else FIRST_AHEAD
    (first,) = connection.execute(query, (written(now()),)).fetchone()
    ahead = f"{first}..{last.number}" if first < last.number else str(first)
    stands, recorded = shown(connection, now()), shown(connection, last.at)
    raise ClockBehind(now=stands, number=last.number, at=recorded, ahead=ahead)


def remark_behind(connection: sqlite3.Connection) -> str | None:
    """Return a sentence where the machine's clock stands before the last change; None otherwise."""
    last = later_than_now(connection)
    if last is None:
        return None
    sentence = _(
        "The machine's clock stands at {now}, before the register's last change ({number}, {at}): "
        "what is counted from today may be wrong. See: timpora help dates"
    )
    return sentence.format(now=shown(connection, now()), number=last.number, at=shown(connection, last.at))


def shown(connection: sqlite3.Connection, moment: datetime) -> str:
    """Return a moment as the office's clock shows it, to the second."""
    return moment.astimezone(_zone(connection)).isoformat(sep=" ", timespec="seconds")


def read(at: str) -> datetime:
    """Return a moment that the change log has written."""
    return datetime.fromisoformat(at)


def written(moment: datetime) -> str:
    """Return a moment as the change log writes it: UTC, with milliseconds."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def moment_of(text: str, connection: sqlite3.Connection) -> str:
    """Return the moment that `text` names, as the change log writes it: UTC, with milliseconds.

    A moment is a date of the grammar in model/dates, counted from the office's today, or an ISO date, and a time may
    follow it. A date alone means the end of that day in the office; a time without an offset is the office's own.
    Raises NotAMoment.
    """
    try:
        when = _moment(text.strip(), connection)
    except (ValueError, NotADate) as error:
        raise NotAMoment(text=excerpt(text)) from error
    if when.tzinfo is None:
        when = when.replace(tzinfo=_zone(connection))
    return written(when)


def local_moment(text: str, connection: sqlite3.Connection) -> str:
    """Return the moment that `text` names, by the office's clock: 2020-09-17T10:00, or the day alone without a time.

    It is written as for `moment_of`. Raises NotAMoment.
    """
    try:
        when = _moment(text.strip(), connection)
    except (ValueError, NotADate) as error:
        raise NotAMoment(text=excerpt(text)) from error
    if when.time() == END_OF_DAY:
        return when.date().isoformat()
    return (when if when.tzinfo is None else when.astimezone(_zone(connection))).strftime("%Y-%m-%dT%H:%M")


def local_now(connection: sqlite3.Connection) -> str:
    """Return the present moment by the office's clock, to the minute: 2020-09-17T10:00."""
    return now().astimezone(_zone(connection)).strftime("%Y-%m-%dT%H:%M")


def local_stamp(connection: sqlite3.Connection) -> str:
    """Return the present moment by the office's clock, as it stands in the name of a file: 20200917T100000."""
    return now().astimezone(_zone(connection)).strftime("%Y%m%dT%H%M%S")


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
