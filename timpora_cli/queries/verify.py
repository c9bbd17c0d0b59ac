"""Whether the file and its history are whole: SQLite's own checks, the schema, the chain of digests, the invariants."""

import sqlite3
from collections.abc import Callable
from itertools import pairwise

from timpora_cli.language import _, counted, n_
from timpora_cli.model.log import Finding, Verdict
from timpora_cli.store import clock
from timpora_cli.store.presence import difference
from timpora_cli.store.whole import history
from timpora_cli.store.whole.history import read_any_text
from timpora_cli.store.whole.schema import differences, schema_of

MOMENTS = "SELECT change_id, at FROM change_moment ORDER BY change_id"
CORRECTIONS = "SELECT count(*) FROM clock_correction"
HEAD = "SELECT digest FROM change ORDER BY id DESC LIMIT 1"
# A change has its digest; one that a purge has sealed anew had another one before.
OF_DIGEST = """
SELECT id, NULL FROM change WHERE digest = :digest
UNION ALL
SELECT sealed_change, change_id FROM purged_digest WHERE digest_before = :digest
"""
SEALED_ANEW = "SELECT count(DISTINCT sealed_change) FROM purged_digest"

OVERLAPPING_PERMITS = """
SELECT one.id, other.id
FROM permit AS one
JOIN permit AS other ON other.resident_id = one.resident_id AND other.id > one.id
WHERE coalesce(one.starts_on, '0000-01-01') < coalesce(other.ended_on, '9999-12-31')
    AND coalesce(other.starts_on, '0000-01-01') < coalesce(one.ended_on, '9999-12-31')
"""
OVERLAPPING_RESIDENCES = """
SELECT one.id, other.id
FROM residence AS one
JOIN residence AS other ON other.resident_id = one.resident_id AND other.id > one.id
WHERE coalesce(one.from_on, '0000-01-01') < coalesce(other.until_on, '9999-12-31')
    AND coalesce(other.from_on, '0000-01-01') < coalesce(one.until_on, '9999-12-31')
"""
BROKEN_CHAINS = """
SELECT permit.id, before.id
FROM permit
JOIN permit AS before ON before.id = permit.follows_id
WHERE before.resident_id <> permit.resident_id OR before.ended_on IS NOT permit.starts_on
"""
OVERLAPPING_STAYS = """
SELECT one.id, other.id
FROM stay AS one
JOIN stay AS other ON other.resident_id = one.resident_id AND other.id > one.id
WHERE coalesce(one.from_on, '0000-01-01') < coalesce(other.departed, '9999-12-31')
    AND coalesce(other.from_on, '0000-01-01') < coalesce(one.departed, '9999-12-31')
"""

Check = Callable[[sqlite3.Connection], tuple[int, str | None]]


def verified(connection: sqlite3.Connection) -> Verdict:
    """Check the register of `connection`: its file, its schema against that of a new register, its whole history."""
    # Another program may have written bytes that are no text. That is a finding, and the other checks go on.
    read_any_text(connection)
    findings = [
        Finding(_("pages of the file"), *_integrity(connection)),
        Finding(_("tables, rules and views"), *_schema(connection)),
        Finding(_("changes in the log"), *_looked(history.fault, connection), _sealed_anew(connection)),
    ]
    findings.append(_moments(connection))
    row = connection.execute(HEAD).fetchone() if findings[2].number else None
    findings += [Finding(what, *_looked(check, connection)) for what, check in _invariants()]
    return Verdict(tuple(findings), row[0] if row else None)


def change_of(connection: sqlite3.Connection, digest: str) -> tuple[int, int | None] | None:
    """Return the number of the change that has this digest, or had it before a purge: then that one's number, too.

    None where none has or had it.
    """
    found: tuple[int, int | None] | None = connection.execute(OF_DIGEST, {"digest": digest}).fetchone()
    return found


def _looked(check: Check, connection: sqlite3.Connection) -> tuple[int, str | None]:
    """Return what a check finds; a check that tables of another program make impossible finds that."""
    try:
        return check(connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":
            raise
        return 0, _("SQLite says: {said}").format(said=error)


def _integrity(connection: sqlite3.Connection) -> tuple[int, str | None]:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return int(pages), None if said == "ok" else _("SQLite says: {said}").format(said=said)


def _references(connection: sqlite3.Connection) -> tuple[int, str | None]:
    tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    number = sum(len(connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()) for (name,) in tables)
    row = connection.execute("PRAGMA foreign_key_check").fetchone()
    if row is None:
        return number, None
    sentence = _("row {row} of {table} refers to a row of {other} that is not there")
    return number, sentence.format(row=row[1], table=row[0], other=row[2])


def _schema(connection: sqlite3.Connection) -> tuple[int, str | None]:
    found = schema_of(connection)
    return len(found), next((said for _name, said in differences(found)), None)


def _sealed_anew(connection: sqlite3.Connection) -> str | None:
    """Say how many changes purges have sealed anew; None where there was no purge."""
    try:
        (number,) = connection.execute(SEALED_ANEW).fetchone()
    except sqlite3.OperationalError:
        return None  # that the table is missing is found with the schema
    return (
        counted("{number} was sealed anew by a purge", "{number} were sealed anew by a purge", number)
        if number
        else None
    )


def _moments(connection: sqlite3.Connection) -> Finding:
    """Say which moments of changes are not what they should be. That a clock was wrong is no fault of the register."""
    what = _("moments of changes")
    try:
        moments = connection.execute(MOMENTS).fetchall()
        (corrections,) = connection.execute(CORRECTIONS).fetchone()
    except sqlite3.OperationalError as error:
        return Finding(what, 0, _("SQLite says: {said}").format(said=error))
    said, now = [], clock.written(clock.now() + clock.tolerance(connection))
    if back := [number for (_before, before), (number, at) in pairwise(moments) if at < before]:
        said.append(_("they go backwards at change {number}").format(number=back[0]))
    if ahead := [number for number, at in moments if at > now]:
        sentence = n_("{count} is after the machine's clock", "{count} are after the machine's clock", len(ahead))
        said.append(
            _("{some}, the first of change {number}").format(some=sentence.format(count=len(ahead)), number=ahead[0])
        )
    if corrections:
        said.append(counted("{number} correction of the clock", "{number} corrections of the clock", corrections))
    return Finding(what, len(moments), None, "; ".join(said) or None)


def _invariants() -> tuple[tuple[str, Check], ...]:
    return (
        (_("references between rows"), _references),
        (_("permits, one at a time"), _none("permit", OVERLAPPING_PERMITS, _("permits {one} and {other} overlap"))),
        (
            _("residences, one at a time"),
            _none("residence", OVERLAPPING_RESIDENCES, _("residences {one} and {other} overlap")),
        ),
        (_("chains of grants"), _none("permit", BROKEN_CHAINS, _("permit {one} does not begin where {other} ends"))),
        (_("stays, one at a time"), _none("stay", OVERLAPPING_STAYS, _("stays {one} and {other} overlap"))),
        (_("presence"), _presence),
    )


def _presence(connection: sqlite3.Connection) -> tuple[int, str | None]:
    (number,) = connection.execute("SELECT count(*) FROM stay").fetchone()
    found = difference(connection)
    return int(number), None if found is None else str(found)


def _none(table: str, query: str, fault: str) -> Check:
    """Return the check that `query` finds no pair of rows; `fault` says what a pair is."""

    def check(connection: sqlite3.Connection) -> tuple[int, str | None]:
        (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        row = connection.execute(query).fetchone()
        return int(number), None if row is None else fault.format(one=row[0], other=row[1])

    return check
