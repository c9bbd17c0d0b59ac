"""All that is held on one person, for the person: UU 27/2022 arts 7 and 32(2) give everybody access to it."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

from timpora_cli.model.people import Sponsor
from timpora_cli.model.personal.file import FindingAccepted, Inspected, LetterMade, PassportNamed, PersonalFile, Told
from timpora_cli.model.supervision.duties import Duty
from timpora_cli.queries.expiring import Window
from timpora_cli.queries.filters import Where
from timpora_cli.queries.history import changes_of_rows
from timpora_cli.queries.people import ONE
from timpora_cli.queries.personal.disclosures import looked_at
from timpora_cli.queries.personal.dossier import dossier
from timpora_cli.queries.personal.tables import Rows, merged_into, rows_about
from timpora_cli.queries.rows import dated, rows
from timpora_cli.queries.supervision.cases import Asked, case_files, cases
from timpora_cli.queries.supervision.duties import BACK, duties
from timpora_cli.queries.supervision.inspections import inspections, looked_for

SPONSORS = "SELECT id, name, kind, address, contact FROM sponsor WHERE id IN (SELECT value FROM json_each(:keys))"
NAMED = """
SELECT passport.number, passport_named.on_day AS "on"
FROM passport_named JOIN passport ON passport.id = passport_named.passport_id
WHERE passport_named.id IN (SELECT value FROM json_each(:keys)) AND passport_named.on_day <= :on
ORDER BY passport_named.on_day, passport_named.id
"""
LETTERS = """
SELECT letter.id AS letter_id, letter.on_day AS day, letter.addressee, letter_person.permit_id,
    letter_person.until_on AS until
FROM letter_person JOIN letter ON letter.id = letter_person.letter_id
WHERE letter_person.id IN (SELECT value FROM json_each(:keys)) AND letter.on_day <= :on
ORDER BY letter.id, letter_person.id
"""
TOLD = """
SELECT expiry_run.subject, expiry_mark.subject_id, expiry_mark.until_on AS until, expiry_run.on_day AS "on",
    expiry_run.threshold
FROM expiry_mark JOIN expiry_run ON expiry_run.id = expiry_mark.run_id
WHERE expiry_mark.id IN (SELECT value FROM json_each(:keys)) AND expiry_run.on_day <= :on
ORDER BY expiry_mark.id
"""
ACCEPTED = "SELECT key, reason FROM accepted_finding WHERE key IN (SELECT value FROM json_each(:keys)) ORDER BY key"
AHEAD = timedelta(days=366)
"""How far ahead the duties of the person are looked for: a year."""


def personal_file(connection: sqlite3.Connection, resident_id: int, on: date) -> PersonalFile:
    """Return all that is held on the resident of an id, as of the day `on`, with its history and who looked."""
    merged = merged_into(connection, resident_id)
    own = rows_about(connection, (resident_id, *merged))
    found = cases(connection, on, Asked(resident=resident_id, all=True))
    events = [event for file in case_files(connection, found) for event in file.events]
    return PersonalFile(
        dossier=dossier(connection, resident_id, on),
        on=on,
        merged=merged,
        sponsors=[Sponsor(**row) for row in rows(connection, SPONSORS, _asked(own, "sponsor", on))],
        named=[PassportNamed(**dated(row, "on")) for row in rows(connection, NAMED, _asked(own, "passport_named", on))],
        cases=found,
        events=events,
        inspections=list(_inspected(connection, resident_id, on)),
        duties=_duties(connection, resident_id, on),
        letters=[
            LetterMade(**dated(row, "day", "until"))
            for row in rows(connection, LETTERS, _asked(own, "letter_person", on))
        ],
        told=[Told(**dated(row, "until", "on")) for row in rows(connection, TOLD, _asked(own, "expiry_mark", on))],
        accepted=[FindingAccepted(**row) for row in rows(connection, ACCEPTED, _asked(own, "accepted_finding", on))],
        # Who looked has a list of its own.
        history=changes_of_rows(connection, {table: keys for table, keys in own.items() if table != "disclosure"}),
        looked=looked_at(connection, (resident_id, *merged)),
    )


def _asked(own: Rows, table: str, on: date) -> dict[str, str]:
    return {"keys": json.dumps(sorted(own[table], key=str)), "on": on.isoformat()}


def _inspected(connection: sqlite3.Connection, resident_id: int, on: date) -> Iterator[Inspected]:
    for inspection in inspections(connection, on, resident_id):
        for found in looked_for(connection, inspection.id):
            if found.resident_id == resident_id:
                yield Inspected(inspection, found)


def _duties(connection: sqlite3.Connection, resident_id: int, on: date) -> list[Duty]:
    window = Window(min(on, date.max - AHEAD) + AHEAD, max(on, date.min + BACK) - BACK)
    return duties(connection, on, window, Where(ONE, {"resident": str(resident_id)}))
