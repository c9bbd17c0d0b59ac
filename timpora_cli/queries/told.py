"""What an expiry list has marked as told, and when.

A mark belongs to one version of a permit or passport, one end and one threshold. So after a renewal, a correction, or a
relief that moves the end, it is to be told again; without such a change it is not.
"""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from timpora_cli.model.log import MarkedRun
from timpora_cli.queries.rows import iso, rows

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
MARKS = """
SELECT expiry_mark.subject_id, expiry_mark.subject_change AS version, expiry_mark.until_on AS until
FROM expiry_mark
JOIN expiry_run ON expiry_run.id = expiry_mark.run_id
WHERE expiry_mark.subject_id IN (SELECT value FROM json_each(:ids))
    AND expiry_run.subject = :subject
    AND expiry_run.threshold = :threshold
"""
RUNS = """
SELECT
    expiry_run.subject, expiry_run.threshold, max(change.at) AS at, expiry_run.on_day AS "on", expiry_run.listed,
    change.officer
FROM expiry_run
JOIN change ON change.id = expiry_run.change_id
GROUP BY expiry_run.subject, expiry_run.threshold
ORDER BY change.at DESC
"""


class Notice(NamedTuple):
    """What one mark is of: a permit or passport, the change that wrote this version of it, and its end.

    The version of a report that is due is that of the permit, or of the last report on record.
    """

    subject_id: int
    version: int
    until: str | None


Ends = Mapping[int, date | None]
"""The ends of permits or passports, or the days of the reports of permits, by id; None where nobody knows it."""


def notices(connection: sqlite3.Connection, subject: str, ends: Ends) -> list[Notice]:
    """Return the notices of these permits or passports (`subject` PERMIT, PASSPORT or REPORT) as they are now."""
    versions = connection.execute(VERSIONS[subject], {"ids": str(list(ends))})
    return [Notice(subject_id, version, iso(ends[subject_id])) for subject_id, version in versions]


def untold(connection: sqlite3.Connection, subject: str, threshold: str, ends: Ends) -> list[Notice]:
    """Return those of the notices that no run with this threshold has marked yet."""
    marks = rows(connection, MARKS, {"ids": str(list(ends)), "subject": subject, "threshold": threshold})
    told = {Notice(**mark) for mark in marks}
    return [notice for notice in notices(connection, subject, ends) if notice not in told]


def last_runs(connection: sqlite3.Connection) -> list[MarkedRun]:
    """Return the last marked run of each list and threshold, the latest first."""
    return [MarkedRun(**run) for run in rows(connection, RUNS)]
