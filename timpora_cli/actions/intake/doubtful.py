"""Days that can be written and are hardly meant: those from which computers count, and a term far over the class's.

The terms are rule rows, each with its source. What is doubtful is rejected unless the officer accepts it.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from timpora_cli.language import _
from timpora_cli.model.dates import UNLIMITED
from timpora_cli.sheets.facts import Values, in_column
from timpora_cli.sheets.headers import Columns, Field
from timpora_cli.sheets.sheet import BadCell

TERMS = """
SELECT subject, max(CASE kind WHEN 'TERM_MONTHS' THEN value * 31 ELSE value END)
FROM rule
WHERE kind IN ('TERM_DAYS', 'TERM_MONTHS')
GROUP BY subject
"""
BEGINNINGS = frozenset({"1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "1970-01-01"})
BEFORE_ANY_BIRTH = BEGINNINGS - {"1904-01-01", "1970-01-01"}  # on these, people were born too
DAYS: Sequence[Field] = (
    *("born", "arrived", "issued", "valid_from", "expires", "last_report"),
    *("passport_issued", "passport_expires", "passport_current"),
)
FAR = 10  # times the term of its class: a permit that runs so long was written wrongly
LONGEST = 50 * 366  # days of a permit whose class has no term on record


def longest_terms(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Return the longest term of each class, in days, by the rules of any time."""
    return dict(connection.execute(TERMS).fetchall())


def doubts(values: Values, columns: Columns, terms: Mapping[str, int], today: date) -> list[str]:
    """Return a sentence for each day of a row that is hardly meant."""
    faults = [] if BEGINNINGS.isdisjoint(values.values()) else _beginnings(values, columns)
    expires = values.get("expires")
    if expires is None or expires == UNLIMITED:
        return faults
    start = max(filter(None, (values.get("issued"), values.get("valid_from"))), default=today.isoformat())
    most = FAR * terms[values["class"]] if values.get("class") in terms else LONGEST
    if date.fromisoformat(expires) - date.fromisoformat(start) > timedelta(days=most):
        far = _("{day} is far beyond the longest term of {kind}. If it is right, give --accept-doubtful.")
        fault = BadCell(fault=far.format(day=expires, kind=values.get("class", _("any permit"))))
        faults.append(in_column(columns.header_of("expires"), fault))
    return faults


def _beginnings(values: Values, columns: Columns) -> list[str]:
    counted = _("{day} is where a computer begins to count, and hardly meant. If it is, give --accept-doubtful.")
    return [
        in_column(columns.header_of(name), BadCell(fault=counted.format(day=values[name])))
        for name in DAYS
        if values.get(name) in (BEFORE_ANY_BIRTH if name == "born" else BEGINNINGS)
    ]
