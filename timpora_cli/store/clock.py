"""The office's clock: the moment, and today where the office is, never where the machine is. Read nowhere else."""

import sqlite3
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from timpora_cli.errors import RegisterUnusable, WrongUsage

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

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


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def moment_of(text: str, connection: sqlite3.Connection) -> str:
    """Return the moment that `text` names, as the change log writes it: UTC, with milliseconds.

    A date means the end of that day in the office, a time without an offset is the office's own. Raises NotAMoment.
    """
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise NotAMoment(text=text) from error
    if len(text.strip()) <= len("2020-09-17"):
        when = when.replace(hour=23, minute=59, second=59, microsecond=999_000)
    if when.tzinfo is None:
        when = when.replace(tzinfo=_zone(connection))
    when = when.astimezone(UTC)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z"


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
