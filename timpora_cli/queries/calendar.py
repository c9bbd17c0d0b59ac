"""Which days of an expiry list go into a calendar, and which events of an earlier calendar are taken back.

Nothing is written for this. The sequence number of an event is counted from the versions of the rows that the register
keeps, and from the days on which a relief begins or ends to matter.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import NamedTuple

from timpora_cli.model.calendar import Calendar, Entry
from timpora_cli.model.people import PermitHeld, Person
from timpora_cli.queries.expiring import Due, Window, reporting
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import ONE, PERSON, in_states, people, person_in, persons, rules_on
from timpora_cli.queries.rows import rows, stored_day

A_DAY = timedelta(days=1)
TAKEN_BACK_FOR = timedelta(days=365)  # after a year, every calendar that is still filled has read it

# Change 1 made the register. Its digest never changes, and no other register has it.
REGISTER = """
SELECT first.digest, coalesce(last.id, 0) AS last, coalesce(moment.at, first.at) AS changed_at
FROM main.change AS first
LEFT JOIN change AS last ON last.id = (SELECT max(id) FROM change)
LEFT JOIN change_moment AS moment ON moment.change_id = last.id
WHERE first.id = 1
"""

# A permit that ended in the last year. Its effective end is never before the printed one, so two indexes find the
# candidates: those whose printed day is in this year or later, and those that ended after their printed day.
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
# Where its holder lived on its last day, and in which stay, or else on the day on which it ended: a permit that was
# granted and ended on one day was in a calendar for some hours too.
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
# KITAP that ended in the last year, and those for which a report was made in it.
ENDED_KITAP = """
JOIN permit
    ON permit.resident_id = resident.id
    AND permit.class_code = 'KITAP'
    AND permit.ended_on >= :ended_from
    AND permit.ended_on <= :on
"""
REPORTED = """
SELECT permit.id, permit.resident_id, max(permit_report.on_day) AS on_day
FROM permit_report
JOIN permit ON permit.id = permit_report.permit_id
WHERE permit_report.on_day >= :ended_from AND permit_report.on_day <= :on
    AND (permit.ended_on IS NULL OR permit.ended_on > :on)
GROUP BY permit.id
"""
LAST_STAY = """
LEFT JOIN stay
    ON stay.id = (
        SELECT present.id FROM stay AS present
        WHERE present.resident_id = permit.resident_id
            AND (present.from_on IS NULL OR present.from_on <= permit.ended_on)
            AND (present.departed IS NULL OR present.departed >= permit.ended_on)
        ORDER BY present.from_on
        LIMIT 1
    )
"""
# The people of a year's ended permits; {permit} says which of them.
ENDED_OF = PERSON.format(
    day="date(permit.ended_on, '-1 day')",
    more=",\n    permit.ended_on,\n    date(permit.ended_on, '-1 day') AS last_day",
    permit="{permit}",
    residence=LAST_RESIDENCE.strip(),
    stay=LAST_STAY.strip(),
)
ENDED = ENDED_OF.format(permit=ENDED_PERMIT.strip())
ENDED_REPORTING = ENDED_OF.format(permit=ENDED_KITAP.strip())

# Every change that wrote or ended a version of a row. These are the tables of the file (`main`), not what was known at
# an earlier moment: :last leaves out the changes after that moment.
TOUCHED = """
SELECT change_id AS number FROM main.{table} WHERE {condition}
UNION
SELECT change_id FROM {table}_version WHERE {condition}
UNION
SELECT until_change FROM {table}_version WHERE {condition}
"""
LAW = ("relief", "relief_class", "holiday", "rule")
LAW_TOUCHED = " UNION ".join(TOUCHED.format(table=table, condition="1") for table in LAW)
LAW_CHANGES = f"SELECT count(*) FROM ({LAW_TOUCHED}) WHERE number <= :last"
# A merge gives a permit to another resident. All who have ever held it count, or the number would get smaller.
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
    {TOUCHED.format(table="permit_report", condition="permit_id = :permit")}
    UNION
    {TOUCHED.format(table="resident", condition="id IN (SELECT id FROM holder)")}
    UNION
    {TOUCHED.format(table="stay", condition="resident_id IN (SELECT id FROM holder)")}
)
WHERE number <= :last
"""
# The days on which a relief begins to be in force for a permit, or stops.
RELIEF_TURNS = """
SELECT permit_id, speaks_from, speaks_until
FROM relief_offer
WHERE permit_id IN (SELECT value FROM json_each(:permits))
"""
# A sequence is changes x MOST_TURNS + turns. A turn is a day on which a relief begins or stops, and the end of the
# permit. As days pass, turns are only added. A change may take turns away, but one change counts for more than all
# turns: no permit has a thousand. iCalendar's largest number allows two million changes of a permit.
MOST_TURNS = 1000


class _Held(NamedTuple):
    """A permit with its holder, as of the day that is asked about, or as of the day before `ended_on`."""

    person: Person
    permit: PermitHeld
    on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Register:
    """What the entries of one calendar share: the register its name, the last known change, and the days of relief."""

    connection: sqlite3.Connection
    name: str
    last_change: int
    law_changes: int
    turns: Mapping[int, Sequence[str]]

    def entry(self, held: _Held) -> Entry | None:
        """Return the entry of a permit that somebody holds, or held; None where there is no day to act by."""
        permit, report = held.permit, held.person.reporting
        kind, until, act_by = "permit", permit.effective_until, permit.standing.act_by
        if report is not None:
            kind, until, act_by = "report", report.next, report.act_by
        if until is None or act_by is None:
            return None
        return Entry(
            uid=f"{kind}-{permit.permit_id}@{self.name}.timpora",
            sequence=self._changes(permit.permit_id) * MOST_TURNS + self._turns(held),
            act_by=act_by,
            until=until,
            person=held.person,
            permit=permit,
            ended_on=held.ended_on,
        )

    def _changes(self, permit_id: int) -> int:
        (own,) = self.connection.execute(OWN_CHANGES, {"permit": permit_id, "last": self.last_change}).fetchone()
        return self.law_changes + int(own)

    def _turns(self, held: _Held) -> int:
        asked = held.on.isoformat()
        turned = sum(turn <= asked for turn in self.turns.get(held.permit.permit_id, ()))
        return turned + (held.ended_on is not None)


def calendar(connection: sqlite3.Connection, on: date, window: Window, where: Where, due: Due[Person]) -> Calendar:
    """Return the calendar of a list of permits or of reports, made as of the day `on` for `window` and `where`.

    It has an entry for each permit or report on the list that has a day to act by. Taken back are the permits that
    would have been on such a list on their last day, and ended (by departure, extension, conversion or revocation) on
    or before `on`, at most a year earlier; and the reports that would have been on it, and were made in that year.
    """
    listed = [_Held(person, person.permit, on) for person in due.listed if person.permit]
    if due.subject == "PERMIT":
        ended = list(_ended(connection, on, window, where))
    else:
        ended = list(_reported(connection, on, window, where, {held.permit.permit_id for held in listed}))
    (log,) = rows(connection, REGISTER)
    (law_changes,) = connection.execute(LAW_CHANGES, {"last": log["last"]}).fetchone()
    turns = _turns(connection, [*listed, *ended])
    register = _Register(connection, log["digest"][:16], log["last"], law_changes, turns)
    return Calendar(
        entries=(*_by_day(map(register.entry, listed)), *_by_day(map(register.entry, ended))),
        undated=tuple(held.person.resident_id for held in listed if register.entry(held) is None),
        changed_at=datetime.fromisoformat(log["changed_at"]),
        subject=due.subject,
    )


def _ended(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> Iterator[_Held]:
    """Yield the permits that ended in the last year and would have been listed on their last day, as of it."""
    for held in _ended_among(connection, ENDED, on, window, where):
        if window.holds(held.permit.effective_until):
            yield held


def _ended_among(connection: sqlite3.Connection, ended: str, on: date, window: Window, where: Where) -> Iterator[_Held]:
    """Yield the permits that the query `ended` (PERSON, filled in) finds, as of their last day, that meet `where`."""
    rules = cache(partial(rules_on, connection))
    for row in rows(connection, persons(ended, "person.last_day", where.conditions), _year(on, window, where)):
        ended_on = stored_day(row["ended_on"])
        last_day = ended_on - A_DAY
        person = person_in(row, last_day, rules(last_day))
        if person.permit and in_states(person, where.states):
            yield _Held(person, person.permit, last_day, ended_on)


def _reported(
    connection: sqlite3.Connection, on: date, window: Window, where: Where, listed: Collection[int]
) -> Iterator[_Held]:
    """Yield the KITAP that ended, or for which a report was made, in the last year, as of the day before that.

    They are those whose report would have been on the list then; a permit that is `listed` again is not taken back.
    """
    days = _year(on, window, where)
    gone = list(_ended_among(connection, ENDED_REPORTING, on, window, where))
    for row in list(rows(connection, REPORTED, days)):
        reported = stored_day(row["on_day"])
        one = Where(f"{where.conditions} AND {ONE}", {**where.parameters, "resident": row["resident_id"]}, where.states)
        gone += [
            _Held(person, person.permit, reported - A_DAY, reported)
            for person in people(connection, reported - A_DAY, one)
            if person.permit and person.permit.permit_id == row["id"] and row["id"] not in listed
        ]
    for held in gone:
        known = reporting(connection, held.on, [held.permit])[held.permit.permit_id]
        if known.next is not None and window.holds(known.next):
            yield held._replace(person=held.person._replace(reporting=known))


def _year(on: date, window: Window, where: Where) -> Mapping[str, str]:
    days = {"on": on, "ended_from": on - TAKEN_BACK_FOR, "before": window.before}
    return {**{name: day.isoformat() for name, day in days.items()}, **where.parameters}


def _turns(connection: sqlite3.Connection, held: Sequence[_Held]) -> Mapping[int, Sequence[str]]:
    """Return the days of relief of each permit, as they are stored."""
    turns: defaultdict[int, list[str]] = defaultdict(list)
    permits = {"permits": str([one.permit.permit_id for one in held])}
    for permit, *days in connection.execute(RELIEF_TURNS, permits):
        turns[permit] += days
    return turns


def _by_day(entries: Iterable[Entry | None]) -> list[Entry]:
    return sorted((entry for entry in entries if entry), key=lambda entry: (entry.act_by, entry.permit.permit_id))
