"""The longest period of one grant of each class, as rule rows: for registers made before step 0006, a change a source.

A new register gets the same rows from `data/`. The term of the bridging visit permit is among those of renewed_law.py.
"""

import sqlite3
from collections.abc import Iterable
from functools import partial

from timpora_cli.store.reference import Amendment, Named, amend

COLUMNS = ("kind", "subject", "valid_from", "value", "legal_basis", "source", "verified")
STEP = "0006_stays_and_rules"
VOA_PAGES = "cnnindonesia.com of 2020-03-20; legalindonesia.id"
ITAS_PAGE = "lisahuang.com/izin-tinggal-terbatas-itap"
VISIT = "ngurahrai.imigrasi.go.id/read/izin-tinggal-kunjungan"
# The source of the change; then kind, class, value, legal basis and source of each row.
TERMS: tuple[tuple[str, tuple[tuple[str, str, int, str, str], ...]], ...] = (
    (
        "Page of the Ngurah Rai office: term of a visit permit",
        (("TERM_DAYS", "ITK", 60, "Izin tinggal kunjungan: at most 60 days each", VISIT),),
    ),
    (
        "Press and agents' pages of 2020 to 2024, and general knowledge: terms of VOA and BVK",
        (
            ("TERM_DAYS", "VOA", 30, "Visa on arrival: 30 days each", VOA_PAGES),
            ("TERM_DAYS", "BVK", 30, "Visa-free visit: 30 days", "general knowledge, not checked"),
        ),
    ),
    (
        "PP 31/2013 art 148: term of an ITAS",
        (("TERM_MONTHS", "KITAS", 24, "PP 31/2013 art 148: at most 2 years each", ITAS_PAGE),),
    ),
    (
        "Permenkumham 22/2023 art 121(1): term of an ITAP",
        (
            (
                "TERM_MONTHS",
                "KITAP",
                60,
                "Permenkumham 22/2023 art 121(1): 5 years at first",
                "Permenkumham 22/2023, as quoted in secondary sources",
            ),
        ),
    ),
)


def class_terms(connection: sqlite3.Connection) -> None:
    """Add the terms, each group as a logged change with its source."""
    for source, rules in TERMS:
        rows = [
            dict(zip(COLUMNS, (kind, subject, None, value, basis, page, 0), strict=True))
            for kind, subject, value, basis, page in rules
        ]
        amend(connection, STEP, source, partial(_add, rows=rows))


def _add(step: Amendment, rows: Iterable[Named]) -> None:
    for row in rows:
        step.add("rule", row)
