"""What the office did in a period: the grants by their chains, reports, revocations and departures (manual: months)."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from timpora_cli.errors import NotFound
from timpora_cli.model.counting.report import Activity, Granted, ReportLine, by_office, lines
from timpora_cli.model.dates.months import Period
from timpora_cli.model.names import did_you_mean, excerpt, fold_name
from timpora_cli.queries.counting.counts import counts
from timpora_cli.queries.filters import EVERYONE

# The place of an extension is how many extensions there are in its chain up to it, back to the grant that was none.
GRANTED = """
WITH RECURSIVE granted AS (
    SELECT id, class_code, granted_as, follows_id, office
    FROM permit
    WHERE coalesce(issued_on, starts_on) BETWEEN :first AND :last AND {of_office}
),
back (id, follows_id, place) AS (
    SELECT id, follows_id, 1 FROM granted WHERE granted_as = 'EXTENSION'
    UNION ALL
    SELECT back.id, earlier.follows_id, back.place + 1
    FROM back JOIN permit AS earlier ON earlier.id = back.follows_id
    WHERE earlier.granted_as = 'EXTENSION'
),
placed (id, place) AS (SELECT id, max(place) FROM back GROUP BY id)
SELECT granted.granted_as, granted.class_code, followed.class_code, coalesce(placed.place, 0), granted.office, count(*)
FROM granted
LEFT JOIN permit AS followed ON followed.id = granted.follows_id
LEFT JOIN placed ON placed.id = granted.id
GROUP BY 1, 2, 3, 4, 5
"""
# Of the Foreign Ministry's classes this says nothing: their grants are in no line.
WITHOUT_ISSUE = """
SELECT
    count(*) FILTER (WHERE starts_on BETWEEN :first AND :last),
    count(*) FILTER (
        WHERE starts_on IS NULL
            AND (ended_on IS NULL OR ended_on >= :first)
            AND (expires_on IS NULL OR expires_on >= :first)
    )
FROM permit
WHERE issued_on IS NULL AND class_code NOT IN ('DIPLOMATIK', 'DINAS') AND {of_office}
"""
REPORTED = "SELECT count(*) FROM permit_report WHERE on_day BETWEEN :first AND :last"
REVOKED = "SELECT count(*) FROM permit WHERE end_reason = 'REVOKED' AND ended_on BETWEEN :first AND :last"
# Where the next stay begins on the day on which one ends, the person left and came back, and was not gone.
LEFT = """
SELECT coalesce(departed_how, 'unknown_how'), count(*)
FROM stay
WHERE departed BETWEEN :first AND :last
    AND NOT EXISTS (
        SELECT 1 FROM stay AS next
        WHERE next.resident_id = stay.resident_id AND next.from_on = stay.departed AND next.id <> stay.id
    )
GROUP BY 1
"""
OFFICES = "SELECT DISTINCT office FROM permit WHERE office IS NOT NULL"
ANY_OFFICE = "1"
OF_OFFICE = "(office IS NULL OR office IN (SELECT value FROM json_each(:offices)))"


class NoOffice(NotFound):
    """There is no permit on record by an office {office}.{hint}"""


class Report(NamedTuple):
    """The lines of a report, and what is to be said of its grants: how many are in the lines, by the office on record.

    `without_issue` and `undated` are as in Activity.
    """

    period: Period
    lines: tuple[ReportLine, ...]
    by_office: dict[str | None, int]
    without_issue: int
    undated: int


def report(connection: sqlite3.Connection, period: Period, office: str | None = None) -> Report:
    """Return what was done in `period`, and the people present on its last day.

    With `office`, only grants by an office whose name holds that text are counted, and those of which no office is on
    record. Raises NoOffice where there is none of that name.
    """
    done = _activity(connection, period, office)
    stock = {row.code: row.total for row in counts(connection, period.last, "class", EVERYONE)}
    return Report(period, tuple(lines(period, done, stock)), by_office(done), done.without_issue, done.undated)


def _activity(connection: sqlite3.Connection, period: Period, office: str | None) -> Activity:
    asked = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    of_office = ANY_OFFICE if office is None else OF_OFFICE
    offices: Mapping[str, str] = {} if office is None else {"offices": _offices(connection, office)}
    granted = connection.execute(GRANTED.format(of_office=of_office), {**asked, **offices})
    without_issue, undated = connection.execute(
        WITHOUT_ISSUE.format(of_office=of_office), {**asked, **offices}
    ).fetchone()
    others = {f"left_{how.lower()}": number for how, number in connection.execute(LEFT, asked)}
    for item, query in (("kitap_report", REPORTED), ("revoked", REVOKED)):
        (others[item],) = connection.execute(query, asked).fetchone()
    return Activity(tuple(Granted(*row) for row in granted.fetchall()), others, without_issue, undated)


def _offices(connection: sqlite3.Connection, text: str) -> str:
    """Return the names of offices on record that hold `text`, as a JSON array. Raises NoOffice."""
    import json

    known = [name for (name,) in connection.execute(OFFICES)]
    wanted = fold_name(text)
    found = [name for name in known if wanted and wanted in fold_name(name)]
    if not found:
        raise NoOffice(office=excerpt(text), hint=did_you_mean(text, known))
    return json.dumps(found)
