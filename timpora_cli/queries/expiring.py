"""Who holds a permit that ends before a day; and where everyone else is, so that the list accounts for all."""

import sqlite3
from datetime import date
from typing import NamedTuple

from timpora_cli.model.names import fold_name
from timpora_cli.model.people import Account, Person
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import people, present

# An effective end is never before the printed one, so the printed day alone finds every candidate, by an index.
ENDS_BEFORE = "person.permit_id IS NOT NULL AND (person.expires_on IS NULL OR person.expires_on < :before)"

KNOWN = "SELECT count(DISTINCT resident_id) FROM residence WHERE from_on IS NULL OR from_on <= :on"


class Window(NamedTuple):
    """The ends that a list asks for: strictly before `before`; from `since` on, where that is given."""

    before: date
    since: date | None = None

    def holds(self, end: date | None) -> bool:
        """Return whether an end lies in the window; an end that nobody knows is in every window."""
        return end is None or (end < self.before and (self.since is None or end >= self.since))

    def is_past(self, end: date | None) -> bool:
        """Return whether an end is one that `since` drops."""
        return end is not None and self.since is not None and end < self.since


class Ending(NamedTuple):
    """Those whose permit ends in a window, soonest first, and how many the window's start has dropped."""

    people: tuple[Person, ...]
    earlier: int


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
    """Return where everyone known on the day `on` stands in relation to the list `ending`, made with `where`."""
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


def _soonest(person: Person) -> tuple[date, str, int]:
    end = person.permit.effective_until if person.permit else None
    return end or date.max, fold_name(person.name), person.resident_id
