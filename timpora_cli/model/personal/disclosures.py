"""The records of the access log: to whom the register's people were shown, and when (manual: personal-data)."""

from datetime import date
from typing import NamedTuple

DOSSIER, EXPORT, BRIEF, PUBLIC = KINDS = ("DOSSIER", "EXPORT", "BRIEF", "PUBLIC")


class Disclosure(NamedTuple):
    """One answer that showed people: its kind, and the day as of which it was made.

    `audience` is for whom a briefing was, `resident_id` whose a dossier was. `people` is how many people are in it by
    name, None where it names nobody. `page` has the cells of a public page, as JSON.
    """

    kind: str
    on: date
    audience: str | None = None
    resident_id: int | None = None
    people: int | None = None
    page: str | None = None


class Looked(NamedTuple):
    """One row of the access log with its change; `at` is UTC, as it is stored."""

    at: str
    officer: str
    host: str
    disclosure: Disclosure
