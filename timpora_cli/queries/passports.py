"""Whose passport runs out before a day."""

import sqlite3
from datetime import date

from timpora_cli.model.names import fold_name
from timpora_cli.model.people import Account, PassportDue, Place
from timpora_cli.queries.expiring import KNOWN, Window
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PASSPORT_ON_DAY, PERSON_ON_DAY, by_state, day, present

PASSPORTS = """
WITH person AS ({person_on_day})
SELECT
    passport.id, person.resident_id, person.full_name, person.nationality,
    passport.number, passport.country, passport.expires_on,
    person.village_code, person.village, person.district_code, person.district
FROM person
JOIN passport ON passport.id = ({in_use})
WHERE {conditions}
"""


def passports_due(
    connection: sqlite3.Connection, on: date, window: Window, where: Where
) -> tuple[list[PassportDue], Account]:
    """Return the passports in use on the day `on` that run out in `window`, soonest first, and everyone's account.

    A passport whose last day is not known is in every window, and last.
    """
    where = by_state(connection, on, where)
    parameters = {"on": on.isoformat(), **where.parameters}
    in_use = PASSPORT_ON_DAY.format(resident="person.resident_id")
    query = PASSPORTS.format(person_on_day=PERSON_ON_DAY, in_use=in_use, conditions=where.conditions)
    held = [_passport(row, on) for row in connection.execute(query, parameters)]
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
    return sorted(listed, key=_soonest), account


def _passport(row: tuple[str | None, ...], on: date) -> PassportDue:
    passport_id, resident_id, name, nationality, number, country, expires, *place = row
    expires_on = day(expires)
    return PassportDue(
        passport_id=int(passport_id or 0),
        resident_id=int(resident_id or 0),
        name=str(name),
        nationality=str(nationality),
        number=str(number),
        country=str(country),
        expires_on=expires_on,
        days_left=None if expires_on is None else (expires_on - on).days,
        place=Place(*place),
    )


def _soonest(passport: PassportDue) -> tuple[date, str, int]:
    return passport.expires_on or date.max, fold_name(passport.name), passport.resident_id
