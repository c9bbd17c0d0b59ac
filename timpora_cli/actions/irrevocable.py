"""The changes that are never taken back, whatever came after them."""

import sqlite3

from timpora_cli.errors import Refused
from timpora_cli.model.log import ChangeMade
from timpora_cli.queries.personal.tables import LINKS, rows_about

FIRST_CHANGE = 1
CLOCK_CORRECTION = "clock_correction"
DISCLOSURE = "disclosure"
PURGED = "purged_person"
PURGED_BY = "SELECT resident_id, change_id FROM purged_person"


class MadeTheRegister(Refused):
    """Change {number} made the register itself; it cannot be undone."""


class MadeByUpgrade(Refused):
    """Change {number} brought the register up to date; it cannot be undone."""


class CorrectsClock(Refused):
    """Change {number} says when changes {changes} were made; it is not undone.
    Say it again: timpora clock correct {changes} --to MOMENT
    """


class RecordsALook(Refused):
    """Change {number} records who was shown people; that stays on record, and is not undone."""


class WasAPurge(Refused):
    """Change {number} purged the data of people. What it removed is gone; it cannot be undone."""


class SincePurged(Refused):
    """Change {number} is about people whose data was purged by change {by}; it cannot be undone."""


def refuse_irrevocable(connection: sqlite3.Connection, made: ChangeMade) -> None:
    """Raise the refusal where the change `made` is one that is never taken back."""
    number = made.number
    if number == FIRST_CHANGE:
        raise MadeTheRegister(number=number)
    if made.by_upgrade:
        raise MadeByUpgrade(number=number)
    for row in made.rows:
        if row.table == PURGED:
            raise WasAPurge(number=number)
        if row.table == DISCLOSURE:
            raise RecordsALook(number=number)
        if row.table == CLOCK_CORRECTION:
            said = {field.name: field.after for field in row.fields}
            raise CorrectsClock(number=number, changes=f"{said['first_change']}..{said['last_change']}")
    _refuse_since_purged(connection, made)


def _refuse_since_purged(connection: sqlite3.Connection, made: ChangeMade) -> None:
    purged = {resident: by for resident, by in connection.execute(PURGED_BY) if by > made.number}
    if not purged:
        return
    found = rows_about(connection, purged.keys())
    theirs = {(table, key) for table in ("resident", *(link.table for link in LINKS)) for key in found[table]}
    if any((row.table, row.key[0]) in theirs for row in made.rows):
        raise SincePurged(number=made.number, by=max(purged.values()))
