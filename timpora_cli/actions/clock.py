"""Recording at which moment changes are to be read that a wrong clock stamped; they keep the order of their numbers."""

import sqlite3

from timpora_cli.errors import Refused
from timpora_cli.queries.history import NoChange
from timpora_cli.store import clock
from timpora_cli.store.change import Change

MOMENT = "SELECT at FROM change_moment WHERE change_id = ?"


class OutOfOrder(Refused):
    """Changes keep their order: {numbers} can be read from {earliest} to {latest}, not at {at}."""


class BeginsEarlier(Refused):
    """Change {before} is read at {earliest}, after the machine's clock ({now}).
    Set the clock, or begin with the first change that was made by the wrong one: timpora clock correct {before}..{last}
    """


class StillAhead(Refused):
    """Change {newest} would still be read at {at}, after the machine's clock ({now}).
    Say it of all that come after, then of a part: timpora clock correct {first}..{newest} --to MOMENT
    """


def correct(change: Change, first: int, last: int, to: str) -> str:
    """Let the changes `first` to `last` be read at the moment that `to` names; return it as the office reads it.

    Raises NoChange; NotAMoment; and OutOfOrder, BeginsEarlier or StillAhead where a change would be read before one
    with a lower number, this one included.
    """
    connection, newest = change.connection, change.number - 1
    for number in (first, last):
        if not 1 <= number <= newest:
            raise NoChange(reference=number)
    own, at = _moment(connection, change.number), clock.moment_of(to, connection)
    if at > own and at == clock.moment_of("today", connection):
        at = own  # today alone is now
    if last < newest and (left := _moment(connection, newest)) > own:
        raise StillAhead(newest=newest, first=first, at=_shown(connection, left), now=_shown(connection, own))
    earliest = _moment(connection, first - 1) if first > 1 else ""
    latest = min(own, _moment(connection, last + 1))
    if earliest > own:
        begins, clock_is = _shown(connection, earliest), _shown(connection, own)
        raise BeginsEarlier(before=first - 1, last=last, earliest=begins, now=clock_is)
    if not earliest <= at <= latest:
        raise OutOfOrder(
            numbers=f"{first}..{last}",
            earliest=_shown(connection, earliest) if earliest else "-",
            latest=_shown(connection, latest),
            at=_shown(connection, at),
        )
    change.insert("clock_correction", {"first_change": first, "last_change": last, "read_at": at})
    return _shown(connection, at)


def _moment(connection: sqlite3.Connection, number: int) -> str:
    (at,) = connection.execute(MOMENT, (number,)).fetchone()
    return str(at)


def _shown(connection: sqlite3.Connection, at: str) -> str:
    return clock.shown(connection, clock.read(at))
