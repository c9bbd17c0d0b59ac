"""What an expiry list has marked as told, and whether the end that was told has been another one since.

The last mark of a permit or passport with a threshold counts. It is told again where its end is another one now, and
where it was another one on some day since the mark, whatever moved it: an edit, a renewal, a relief, a merge, an undo.
What leaves the end as it is does not tell it again.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from timpora_cli.model.log import MarkedRun
from timpora_cli.queries.rows import day, iso, rows

VERSIONS = {
    "PERMIT": "SELECT id, change_id FROM permit WHERE id IN (SELECT value FROM json_each(:ids))",
    "PASSPORT": "SELECT id, change_id FROM passport WHERE id IN (SELECT value FROM json_each(:ids))",
    "REPORT": """
        SELECT permit.id, max(permit.change_id, coalesce(max(permit_report.change_id), 0))
        FROM permit
        LEFT JOIN permit_report ON permit_report.permit_id = permit.id
        WHERE permit.id IN (SELECT value FROM json_each(:ids))
        GROUP BY permit.id
    """,
}
# The last mark of each: SQLite takes the other columns from the row that has the greatest change.
MARKS = """
SELECT
    expiry_mark.subject_id, max(expiry_mark.change_id) AS change, expiry_mark.until_on AS until,
    expiry_run.on_day AS told_on
FROM expiry_mark
JOIN expiry_run ON expiry_run.id = expiry_mark.run_id
WHERE expiry_mark.subject_id IN (SELECT value FROM json_each(:ids))
    AND expiry_run.subject = :subject
    AND expiry_run.threshold = :threshold
GROUP BY expiry_mark.subject_id
"""
RUNS = """
SELECT
    expiry_run.subject, expiry_run.threshold, change_moment.at, expiry_run.on_day AS "on", expiry_run.listed,
    change.officer
FROM expiry_run
JOIN change ON change.id = expiry_run.change_id
JOIN change_moment ON change_moment.change_id = change.id
WHERE expiry_run.id IN (SELECT max(id) FROM expiry_run GROUP BY subject, threshold)
ORDER BY change.id DESC
"""
LAST_CHANGE = "SELECT max(id) FROM change"
MOMENTS = "SELECT change_id, at FROM main.change_moment WHERE change_id IN (SELECT value FROM json_each(:changes))"
# Where an end comes from: rows of the permit or passport itself (of these tables, by these columns; the first has its
# holder), rows of its holder, and rows of the law.
OWN = {
    "PERMIT": (("permit", "id"),),
    "PASSPORT": (("passport", "id"),),
    "REPORT": (("permit", "id"), ("permit_report", "permit_id")),
}
OF_HOLDER = (("resident", "id"), ("stay", "resident_id"))
LAW: Mapping[str, Collection[str]] = {"PERMIT": ("relief", "relief_class"), "PASSPORT": (), "REPORT": ("rule",)}
# Every change that wrote or ended a version of a row, with what the row is of.
TOUCHED = """
SELECT {of} AS touched, change_id FROM main.{table} WHERE {of} IN (SELECT value FROM json_each(:ids))
UNION
SELECT {of}, change_id FROM {table}_version WHERE {of} IN (SELECT value FROM json_each(:ids))
UNION
SELECT {of}, until_change FROM {table}_version WHERE {of} IN (SELECT value FROM json_each(:ids))
"""
LAW_TOUCHED = """
SELECT change_id FROM main.{table}
UNION
SELECT change_id FROM {table}_version
UNION
SELECT until_change FROM {table}_version
"""
HOLDERS = """
SELECT id, resident_id FROM main.{table} WHERE id IN (SELECT value FROM json_each(:ids))
UNION
SELECT id, resident_id FROM {table}_version WHERE id IN (SELECT value FROM json_each(:ids))
"""
# The days on which an end may move though nothing is recorded: a relief or a rule begins or stops, a permit too.
LAW_TURNS = """
SELECT speaks_from FROM relief_span
UNION SELECT speaks_until FROM relief_span
UNION SELECT valid_from FROM rule WHERE kind = 'REPORT_EVERY_YEARS'
UNION SELECT date(valid_until, '+1 day') FROM rule WHERE kind = 'REPORT_EVERY_YEARS'
"""
TURNS = f"{LAW_TURNS} UNION SELECT starts_on FROM permit UNION SELECT ended_on FROM permit"
OF_PERMITS = "person.permit_id IN (SELECT value FROM json_each(:told))"


class Notice(NamedTuple):
    """What one mark is of: a permit or passport, the change that wrote this version of it, and its end.

    The version of a report that is due is that of the permit, or of the last report on record.
    """

    subject_id: int
    version: int
    until: str | None


class Mark(NamedTuple):
    """The last mark of a permit or passport: the change that recorded it, the end that was told, as of which day."""

    subject_id: int
    change: int
    until: str | None
    told_on: date


class Stretch(NamedTuple):
    """The days, from the first to the last, on which the register stood as after one change, for one mark."""

    mark: Mark
    change: int
    first: date
    last: date


Ends = Mapping[int, date | None]
"""The ends of permits or passports, or the days of the reports of permits, by id; None where nobody knows it."""


def notices(connection: sqlite3.Connection, subject: str, ends: Ends) -> list[Notice]:
    """Return the notices of these permits or passports (`subject` PERMIT, PASSPORT or REPORT) as they are now."""
    versions = connection.execute(VERSIONS[subject], {"ids": str(list(ends))})
    return [Notice(subject_id, version, iso(ends[subject_id])) for subject_id, version in versions]


def untold(connection: sqlite3.Connection, subject: str, threshold: str, ends: Ends, on: date) -> list[Notice]:
    """Return the notices of what is to be told with this threshold, of the `ends` as of the day `on`."""
    asked = {"ids": str(list(ends)), "subject": subject, "threshold": threshold}
    marks = [Mark(**row | {"told_on": day(row["told_on"])}) for row in rows(connection, MARKS, asked)]
    same = [mark for mark in marks if mark.until == iso(ends[mark.subject_id])]
    told = {mark.subject_id for mark in same} - _moved(connection, subject, same, on)
    return [notice for notice in notices(connection, subject, ends) if notice.subject_id not in told]


def last_runs(connection: sqlite3.Connection) -> list[MarkedRun]:
    """Return the last marked run of each list and threshold, the latest first."""
    return [MarkedRun(**run) for run in rows(connection, RUNS)]


def _moved(connection: sqlite3.Connection, subject: str, marks: Collection[Mark], on: date) -> set[int]:
    """Return the permits or passports whose end has been another one than `marks` say, on a day since then."""
    holders: defaultdict[int, set[int]] = defaultdict(set)
    ids = {"ids": str([mark.subject_id for mark in marks])}
    for subject_id, resident in connection.execute(HOLDERS.format(table=OWN[subject][0][0]), ids):
        holders[subject_id].add(resident)
    stretches = list(_stretches(connection, subject, marks, holders, on))
    if not stretches:
        return set()
    from timpora_cli.store.known import Replay

    asked = {resident for stretch in stretches for resident in holders[stretch.mark.subject_id]}
    with closing(Replay(connection, asked)) as replay:
        moved: set[int] = set()
        for change in sorted({stretch.change for stretch in stretches}):
            replay.stand_after(change)
            at_stake = [one for one in stretches if one.change == change and one.mark.subject_id not in moved]
            moved |= set(_elsewhere(replay.connection, subject, at_stake))
        return moved


def _stretches(
    connection: sqlite3.Connection,
    subject: str,
    marks: Collection[Mark],
    holders: Mapping[int, Collection[int]],
    on: date,
) -> Iterator[Stretch]:
    """Yield the days and the changes at which the end of each mark is to be looked at.

    There are none for a mark since which nothing was recorded that an end comes from, and no relief or rule has turned.
    """
    touched = _touched(connection, subject, marks, holders)
    days = _days(connection, {change for changes in touched.values() for change in changes})
    turns = [day(turn) for (turn,) in connection.execute(LAW_TURNS)]
    for mark in marks:
        changes = [change for change in touched[mark.subject_id] if change > mark.change]
        turned = bool(LAW[subject]) and any(turn and mark.told_on < turn <= on for turn in turns)
        if not changes and not turned:
            continue
        # No day is before the one on which it was told, or after the one that is asked about.
        begin = min(mark.told_on, on)
        edges = [begin, *(max(begin, min(days[change], on)) for change in changes), on]
        for change, (first, last) in zip((mark.change, *changes), pairwise(edges), strict=True):
            yield Stretch(mark, change, first, max(first, last))


def _touched(
    connection: sqlite3.Connection, subject: str, marks: Collection[Mark], holders: Mapping[int, Collection[int]]
) -> dict[int, list[int]]:
    """Return the known changes since the first mark that may have moved each end, in order."""
    (last,) = connection.execute(LAST_CHANGE).fetchone()
    since = min((mark.change for mark in marks), default=0)
    own, of_holder = defaultdict(set), defaultdict(set)
    ids = str([mark.subject_id for mark in marks])
    for table, of in OWN[subject]:
        for subject_id, change in connection.execute(TOUCHED.format(table=table, of=of), {"ids": ids}):
            own[subject_id].add(change)
    residents = str(list({resident for several in holders.values() for resident in several}))
    for table, of in OF_HOLDER:
        for resident, change in connection.execute(TOUCHED.format(table=table, of=of), {"ids": residents}):
            of_holder[resident].add(change)
    law = {change for table in LAW[subject] for (change,) in connection.execute(LAW_TOUCHED.format(table=table))}
    found: dict[int, list[int]] = {}
    for mark in marks:
        changes = (own[mark.subject_id] | law).union(*(of_holder[one] for one in holders[mark.subject_id]))
        found[mark.subject_id] = sorted(change for change in changes if since < change <= last)
    return found


def _days(connection: sqlite3.Connection, changes: Collection[int]) -> dict[int, date]:
    """Return the office's day of each of these changes."""
    from timpora_cli.store.clock import office_day

    moments = connection.execute(MOMENTS, {"changes": str(list(changes))})
    return {change: office_day(at, connection) for change, at in moments}


def _elsewhere(connection: sqlite3.Connection, subject: str, stretches: Collection[Stretch]) -> Iterator[int]:
    """Yield those whose end is another one than was told, on some day of their stretch."""
    from timpora_cli.queries.expiring import Window, due_in
    from timpora_cli.queries.filters import EVERYONE, Where

    turns = [turned for (turn,) in connection.execute(TURNS) if (turned := day(turn))]
    asked: defaultdict[date, list[Mark]] = defaultdict(list)
    for stretch in stretches:
        for on in {stretch.first, *(turn for turn in turns if stretch.first < turn <= stretch.last)}:
            asked[on].append(stretch.mark)
    for on, marks in asked.items():
        ids = str([mark.subject_id for mark in marks])
        where = EVERYONE if subject == "PASSPORT" else Where(OF_PERMITS, {"told": ids})
        due = due_in(connection, on, Window(date.max), where, subject, accounted=False)
        ends = {subject_id: iso(end) for subject_id, end in due.ends.items()}
        yield from (mark.subject_id for mark in marks if ends.get(mark.subject_id, "") != mark.until)
