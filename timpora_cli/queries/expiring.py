"""Whose permit, or whose passport, ends before a day; and where everyone else is, so that the list accounts for all."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar, cast

from timpora_cli.model.names import fold_name
from timpora_cli.model.people import Account, PassportDue, PermitHeld, Person, Place
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PASSPORT_ON_DAY, PERSON_ON_DAY, by_state, people, present
from timpora_cli.queries.rows import Stored, day, rows

# An effective end is never before the printed one, so an index on the printed day finds every candidate.
ENDS_BEFORE = "person.permit_id IS NOT NULL AND (person.expires_on IS NULL OR person.expires_on < :before)"

KNOWN = "SELECT count(DISTINCT resident_id) FROM residence WHERE from_on IS NULL OR from_on <= :on"
HOLIDAY_YEARS = "SELECT DISTINCT CAST(substr(day, 1, 4) AS INTEGER) FROM holiday"
PASSPORTS = """
WITH person AS ({person_on_day})
SELECT
    passport.id AS passport_id, person.resident_id, person.full_name AS name, person.nationality,
    passport.number, passport.country, passport.expires_on,
    person.village_code, person.village, person.district_code, person.district
FROM person
JOIN passport ON passport.id = ({in_use})
WHERE {conditions}
"""


One = TypeVar("One", Person, PassportDue)


class Window(NamedTuple):
    """The ends that a list asks for: strictly before `before`, and not before `since` where that is given."""

    before: date
    since: date | None = None

    def holds(self, end: date | None) -> bool:
        """Return whether an end is in the window. An end that nobody knows is in every window."""
        return end is None or (end < self.before and (self.since is None or end >= self.since))

    def is_past(self, end: date | None) -> bool:
        """Return whether an end is before the window."""
        return end is not None and self.since is not None and end < self.since


class Ending(NamedTuple):
    """Those whose permit ends in a window, soonest first, and how many were left out because they end before it."""

    people: tuple[Person, ...]
    earlier: int


class Due(NamedTuple, Generic[One]):
    """What an expiry list is of: permits (`subject` PERMIT) with their holders, or passports (PASSPORT).

    `account` is where everyone else is, None where nobody asked.
    """

    subject: str
    listed: tuple[One, ...]
    account: Account | None

    @property
    def ends(self) -> dict[int, date | None]:
        """The end of each permit or passport, by its id; None where it is not known."""
        return dict(map(end_of, self.listed))

    def only(self, ids: Collection[int]) -> "Due[One]":
        """Return the list of the permits or passports of these ids; the others count as told before."""
        listed = tuple(one for one in self.listed if end_of(one)[0] in ids)
        known = self.account
        told = len(self.listed) - len(listed)
        return Due(self.subject, listed, known and known._replace(listed=len(listed), told=told))


def end_of(one: Person | PassportDue) -> tuple[int, date | None]:
    """Return the id and the effective end of a passport, or of the permit that a person on an expiry list holds."""
    if isinstance(one, PassportDue):
        return one.passport_id, one.expires_on
    permit = cast("PermitHeld", one.permit)
    return permit.permit_id, permit.effective_until


def due_in(
    connection: sqlite3.Connection, on: date, window: Window, where: Where, *, passports: bool, accounted: bool
) -> Due[Any]:
    """Return the `passports` that run out in `window`, else the permits that end in it, as of the day `on`.

    `accounted` asks for the account of permits; that of passports is always there.
    """
    if passports:
        return passports_due(connection, on, window, where)
    return permits_due(connection, on, window, where, accounted=accounted)


def permits_due(
    connection: sqlite3.Connection, on: date, window: Window, where: Where, *, accounted: bool
) -> Due[Person]:
    """Return the permits that end in `window`, and who holds them on the day `on`; if `accounted`, the account."""
    ending = expiring(connection, on, window, where)
    return Due("PERMIT", ending.people, account(connection, on, ending, where) if accounted else None)


def expiring(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> Ending:
    """Return the holders, as of the day `on`, of permits whose effective end lies in `window`.

    Soonest first, then by name, then by id; permits without a known end come last and are in every window.
    """
    listed: list[Person] = []
    earlier = 0
    for person in people(connection, on, where, also=ENDS_BEFORE, before=window.before.isoformat()):
        end = person.permit.effective_until if person.permit else None
        if window.holds(end):
            listed.append(person)
        elif window.is_past(end):
            earlier += 1
    return Ending(tuple(sorted(listed, key=_soonest)), earlier)


def account(connection: sqlite3.Connection, on: date, ending: Ending, where: Where) -> Account:
    """Return where everyone known on the day `on` is in relation to the list `ending`, which was made with `where`."""
    here, matching, without = present(connection, on, where)
    if where.states:
        matching, without = sum(1 for _person in people(connection, on, where)), 0
    (known,) = connection.execute(KNOWN, {"on": on.isoformat()}).fetchone()
    listed = len(ending.people)
    return Account(
        listed=listed,
        not_due=matching - without - listed - ending.earlier,
        earlier=ending.earlier,
        without=without,
        departed=known - here,
        filtered_out=here - matching,
    )


def years_without_holidays(connection: sqlite3.Connection, people: Iterable[Person]) -> list[int]:
    """Return the years of which no holiday is on record, of those in which these people have their day to act by."""
    days = [person.permit.standing.act_by for person in people if person.permit]
    known = {year for (year,) in connection.execute(HOLIDAY_YEARS)}
    return sorted({day.year for day in days if day} - known)


def _soonest(person: Person) -> tuple[date, str, int]:
    end = person.permit.effective_until if person.permit else None
    return end or date.max, fold_name(person.name), person.resident_id


def passports_due(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> Due[PassportDue]:
    """Return the passports in use on the day `on` that run out in `window`, soonest first, with everyone's account.

    A passport whose last day is not known is in every window, and last.
    """
    where = by_state(connection, on, where)
    parameters = {"on": on.isoformat(), **where.parameters}
    in_use = PASSPORT_ON_DAY.format(resident="person.resident_id")
    query = PASSPORTS.format(person_on_day=PERSON_ON_DAY, in_use=in_use, conditions=where.conditions)
    held = [_passport(row, on) for row in rows(connection, query, parameters)]
    listed = [passport for passport in held if window.holds(passport.expires_on)]
    earlier = sum(window.is_past(passport.expires_on) for passport in held)
    here, matching, _without_permit = present(connection, on, where)
    (known,) = connection.execute(KNOWN, {"on": on.isoformat()}).fetchone()
    account = Account(
        listed=len(listed),
        not_due=len(held) - len(listed) - earlier,
        earlier=earlier,
        without=matching - len(held),
        departed=known - here,
        filtered_out=here - matching,
    )
    return Due("PASSPORT", tuple(sorted(listed, key=_soonest_passport)), account)


def _passport(row: Stored, on: date) -> PassportDue:
    expires_on = day(row["expires_on"])
    return PassportDue(
        passport_id=row["passport_id"],
        resident_id=row["resident_id"],
        name=row["name"],
        nationality=row["nationality"],
        number=row["number"],
        country=row["country"],
        expires_on=expires_on,
        days_left=None if expires_on is None else (expires_on - on).days,
        place=Place(row["village_code"], row["village"], row["district_code"], row["district"]),
    )


def _soonest_passport(passport: PassportDue) -> tuple[date, str, int]:
    return passport.expires_on or date.max, fold_name(passport.name), passport.resident_id
