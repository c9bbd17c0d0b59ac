"""Which days an expiry list puts into a calendar, and which events of an earlier one it takes back.

Nothing is written, so a sequence is counted from what the register keeps: the versions of its rows, and the days.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import NamedTuple

from timpora_cli.model.calendar import Calendar, Entry
from timpora_cli.model.people import PermitHeld, Person
from timpora_cli.queries.expiring import Ending, Window
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PERSON, person_in, persons, rows
from timpora_cli.queries.rules import rules_on

A_DAY = timedelta(days=1)
TAKEN_BACK_FOR = timedelta(days=365)  # by then, every calendar that is filled at all has been told

# Change 1 made the register: its digest is there from then on, is never written anew, and is nobody else's.
REGISTER = """
SELECT first.digest, coalesce(last.id, 0), coalesce(last.at, first.at)
FROM main.change AS first
LEFT JOIN change AS last ON last.id = (SELECT max(id) FROM change)
WHERE first.id = 1
"""

# A permit that ended in the last year. Its effective end is never before the printed one, so the printed day finds the
# candidates, by an index each: those printed for this year or later, and those that were closed late.
ENDED_PERMIT = """
JOIN permit
    ON permit.resident_id = resident.id
    AND permit.ended_on >= :ended_from
    AND permit.ended_on <= :on
    AND permit.id IN (
        SELECT id FROM permit WHERE expires_on >= :ended_from AND expires_on < :before
        UNION ALL
        SELECT id FROM permit WHERE expires_on < :ended_from AND expires_on < :before AND ended_on > expires_on
    )
"""
# Where its holder lived on its last day, or else on the day on which it ended: what was granted and ended on one day
# has stood in a calendar for some hours too.
LAST_RESIDENCE = """
residence.id = (
    SELECT home.id FROM residence AS home
    WHERE home.resident_id = permit.resident_id
        AND (home.from_on IS NULL OR home.from_on <= permit.ended_on)
        AND (home.until_on IS NULL OR home.until_on >= permit.ended_on)
    ORDER BY home.from_on
    LIMIT 1
)
"""
ENDED = PERSON.format(
    more=",\n    permit.ended_on,\n    date(permit.ended_on, '-1 day') AS last_day",
    permit=ENDED_PERMIT.strip(),
    residence=LAST_RESIDENCE.strip(),
)

# Every change that wrote or ended a version of a row. The tables are asked themselves, whatever was known when: of all
# versions, those count that a change up to the last known one has touched.
TOUCHED = """
SELECT change_id AS number FROM main.{table} WHERE {condition}
UNION
SELECT change_id FROM {table}_version WHERE {condition}
UNION
SELECT until_change FROM {table}_version WHERE {condition}
"""
LAW = ("relief", "relief_class", "holiday")
LAW_TOUCHED = " UNION ".join(TOUCHED.format(table=table, condition="1") for table in LAW)
LAW_CHANGES = f"SELECT count(*) FROM ({LAW_TOUCHED}) WHERE number <= :last"
# A merge gives a permit to another resident: whoever has held it counts, or the number would fall.
OWN_CHANGES = f"""
WITH holder (id) AS (
    SELECT resident_id FROM main.permit WHERE id = :permit AND change_id <= :last
    UNION
    SELECT resident_id FROM permit_version WHERE id = :permit AND change_id <= :last
)
SELECT count(*)
FROM (
    {TOUCHED.format(table="permit", condition="id = :permit")}
    UNION
    {TOUCHED.format(table="resident", condition="id IN (SELECT id FROM holder)")}
)
WHERE number <= :last
"""
# The days on which a relief begins to speak for a permit, or gives way.
RELIEF_TURNS = """
SELECT permit_id, speaks_from, speaks_until
FROM relief_coverage
WHERE permit_id IN (SELECT value FROM json_each(:permits))
"""
# Days bring turns and take none away; what takes turns away is a change, and one change outweighs all of them. The end
# of a permit is its last turn. iCalendar allows two million changes of a permit, and no permit has a thousand turns.
MOST_TURNS = 1000


class _Held(NamedTuple):
    """A permit in somebody's hand: as of the day that is asked about, or as of its last day."""

    person: Person
    permit: PermitHeld
    on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Register:
    """What the entries of one calendar share: whose permits they are, how much is known, and the days of relief."""

    connection: sqlite3.Connection
    name: str
    last_change: int
    law_changes: int
    turns: Mapping[int, Sequence[str]]

    def entry(self, held: _Held) -> Entry | None:
        """Return the entry of a permit that somebody holds, or held; None where there is no day to act by."""
        permit = held.permit
        if permit.effective_until is None or permit.standing.act_by is None:
            return None
        return Entry(
            uid=f"permit-{permit.permit_id}@{self.name}.timpora",
            sequence=self._changes(permit.permit_id) * MOST_TURNS + self._turns(held),
            act_by=permit.standing.act_by,
            until=permit.effective_until,
            person=held.person,
            permit=permit,
            ended_on=held.ended_on,
        )

    def _changes(self, permit_id: int) -> int:
        row = self.connection.execute(OWN_CHANGES, {"permit": permit_id, "last": self.last_change}).fetchone()
        return self.law_changes + int(row[0])

    def _turns(self, held: _Held) -> int:
        asked = held.on.isoformat()
        turned = sum(turn <= asked for turn in self.turns.get(held.permit.permit_id, ()))
        return turned + (held.ended_on is not None)


def calendar(connection: sqlite3.Connection, on: date, window: Window, where: Where, found: Ending) -> Calendar:
    """Return the calendar of an expiry list: `found`, which was made as of the day `on` for `window` and `where`.

    An entry each for those who are on the list and have a day to act by. Taken back are the permits that would have
    been on such a list on their last day, and ended (by departure, extension, conversion or revocation) on or before
    `on`, at most a year earlier.
    """
    listed = [_Held(person, person.permit, on) for person in found.people if person.permit]
    ended = list(_ended(connection, on, window, where))
    digest, last, changed_at = connection.execute(REGISTER).fetchone()
    (law_changes,) = connection.execute(LAW_CHANGES, {"last": last}).fetchone()
    register = _Register(connection, digest[:16], last, law_changes, _turns(connection, [*listed, *ended]))
    return Calendar(
        entries=(*_by_day(map(register.entry, listed)), *_by_day(map(register.entry, ended))),
        undated=tuple(held.person.resident_id for held in listed if held.permit.standing.act_by is None),
        changed_at=datetime.fromisoformat(changed_at),
    )


def _ended(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> Iterator[_Held]:
    """Yield the permits that ended lately and would have been listed on their last day, each as of that day."""
    rules = cache(partial(rules_on, connection))
    days = {"on": on, "ended_from": on - TAKEN_BACK_FOR, "before": window.before}
    parameters = {**{name: day.isoformat() for name, day in days.items()}, **where.parameters}
    for row in rows(connection, persons(ENDED, "person.last_day", where.conditions), parameters):
        ended_on = date.fromisoformat(str(row["ended_on"]))
        last_day = ended_on - A_DAY
        person = person_in(row, last_day, rules(last_day))
        if person.permit and window.holds(person.permit.effective_until) and where.admits(person):
            yield _Held(person, person.permit, last_day, ended_on)


def _turns(connection: sqlite3.Connection, held: Sequence[_Held]) -> Mapping[int, Sequence[str]]:
    """Return the days of relief of each permit, as they are stored."""
    turns: defaultdict[int, list[str]] = defaultdict(list)
    permits = {"permits": str([one.permit.permit_id for one in held])}
    for permit, *days in connection.execute(RELIEF_TURNS, permits):
        turns[permit] += days
    return turns


def _by_day(entries: Iterable[Entry | None]) -> list[Entry]:
    return sorted((entry for entry in entries if entry), key=lambda entry: (entry.act_by, entry.permit.permit_id))
