"""What in the data an officer should look at: one line each, with the command that corrects it."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from timpora_cli.language import _, n_
from timpora_cli.model.log import Concern
from timpora_cli.model.names import fold_name
from timpora_cli.queries.verify import OVERLAPPING_PERMITS

PERMIT_BEYOND_PASSPORT = """
SELECT permit.id, permit.resident_id, resident.full_name, permit.expires_on, passport.expires_on
FROM permit
JOIN resident ON resident.id = permit.resident_id
JOIN passport ON passport.resident_id = permit.resident_id AND passport.retired_on IS NULL
WHERE permit.ended_on IS NULL AND permit.expires_on > passport.expires_on
ORDER BY permit.resident_id
"""
EXPIRES_BEFORE_ISSUE = """
SELECT permit.id, permit.resident_id, resident.full_name, permit.expires_on, permit.issued_on
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.expires_on < permit.issued_on
ORDER BY permit.resident_id
"""
# The valid days end with the printed end, or with the reliefs that were in force before the next grant was issued.
LATE_GRANTS = """
WITH follower AS (
    SELECT
        permit.id,
        permit.resident_id,
        permit.starts_on,
        before.expires_on,
        (
            SELECT max(iif(speaks_until >= permit.starts_on, keeps_valid_until, kept_until)) FROM relief_coverage
            WHERE relief_coverage.permit_id = before.id AND relief_coverage.speaks_from < permit.starts_on
        ) AS relief_until
    FROM permit
    JOIN permit AS before ON before.id = permit.follows_id
    WHERE permit.ended_on IS NULL AND permit.issued_on > date(before.expires_on, '+1 day')
)
SELECT
    follower.id, follower.resident_id, resident.full_name,
    max(follower.expires_on, coalesce(follower.relief_until, follower.expires_on)), follower.starts_on
FROM follower
JOIN resident ON resident.id = follower.resident_id
WHERE follower.relief_until IS NULL OR date(follower.relief_until, '+1 day') < follower.starts_on
ORDER BY follower.resident_id
"""
WITHOUT_PERMIT = """
SELECT residence.resident_id, resident.full_name
FROM residence
JOIN resident ON resident.id = residence.resident_id
WHERE residence.until_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM permit WHERE permit.resident_id = residence.resident_id AND permit.ended_on IS NULL
)
ORDER BY residence.resident_id
"""
UNKNOWN_END = """
SELECT permit.id, permit.resident_id, resident.full_name
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.ended_on IS NULL AND permit.expires_on IS NULL
ORDER BY permit.resident_id
"""
UNKNOWN_VILLAGE = """
SELECT residence.resident_id, resident.full_name
FROM residence JOIN resident ON resident.id = residence.resident_id
WHERE residence.until_on IS NULL AND residence.village_code IS NULL
ORDER BY residence.resident_id
"""
WITHOUT_SPONSOR = """
SELECT permit.resident_id, resident.full_name, permit.class_code
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.ended_on IS NULL AND permit.class_code IN ('KITAS', 'KITAP') AND resident.sponsor_id IS NULL
ORDER BY permit.resident_id
"""
SPONSOR_OF_NOBODY = """
SELECT sponsor.id, sponsor.name FROM sponsor
WHERE NOT EXISTS (SELECT 1 FROM resident WHERE resident.sponsor_id = sponsor.id)
ORDER BY sponsor.id
"""
EVERYBODY = "SELECT id, full_name, born, nationality FROM resident ORDER BY id"


def concerns(connection: sqlite3.Connection) -> list[Concern]:
    """Return what an officer should look at in the register as it is now, the gravest kind first."""
    kinds = (_impossible, _passports, _permits, _places, _sponsors, _duplicates)
    return [concern for kind in kinds for concern in kind(connection)]


def _impossible(connection: sqlite3.Connection) -> Iterator[Concern]:
    for one, other in connection.execute(OVERLAPPING_PERMITS):
        text = _("permits {one} and {other} overlap").format(one=one, other=other)
        yield Concern("OVERLAP", None, None, text, f"timpora permit edit {other} --issued DATE")
    for permit, resident, name, expires, issued in connection.execute(EXPIRES_BEFORE_ISSUE):
        text = _("permit {permit} expires {expires}, before its issue {issued}").format(
            permit=permit, expires=expires, issued=issued
        )
        yield Concern("EXPIRY_BEFORE_ISSUE", resident, name, text, f"timpora permit edit {permit} --expires DATE")


def _passports(connection: sqlite3.Connection) -> Iterator[Concern]:
    for permit, resident, name, expires, passport in connection.execute(PERMIT_BEYOND_PASSPORT):
        text = _("permit {permit} runs to {expires}, the passport only to {passport}").format(
            permit=permit, expires=expires, passport=passport
        )
        mend = f"timpora resident edit {resident} --passport NUMBER --passport-expires DATE"
        yield Concern("BEYOND_PASSPORT", resident, name, text, mend)


def _permits(connection: sqlite3.Connection) -> Iterator[Concern]:
    for permit, resident, name in connection.execute(UNKNOWN_END):
        text = _("nobody recorded the last day of permit {permit}").format(permit=permit)
        yield Concern("UNKNOWN_END", resident, name, text, f"timpora permit edit {permit} --expires DATE")
    for resident, name in connection.execute(WITHOUT_PERMIT):
        mend = f"timpora permit add {resident} --class CLASS --number NUMBER --issued DATE --expires DATE"
        yield Concern("WITHOUT_PERMIT", resident, name, _("is present without a current permit"), mend)
    for permit, resident, name, ended, began in connection.execute(LATE_GRANTS):
        days = (date.fromisoformat(began) - date.fromisoformat(ended)).days - 1
        text = n_(
            "{days} day without a valid permit before permit {permit} was issued on {began}",
            "{days} days without a valid permit before permit {permit} was issued on {began}",
            days,
        ).format(days=days, permit=permit, began=began)
        yield Concern("GAP", resident, name, text, f"timpora permit edit {permit} --issued DATE")


def _places(connection: sqlite3.Connection) -> Iterator[Concern]:
    for resident, name in connection.execute(UNKNOWN_VILLAGE):
        mend = f"timpora resident edit {resident} --village NAME"
        yield Concern("UNKNOWN_VILLAGE", resident, name, _("lives in a village that nobody recorded"), mend)


def _sponsors(connection: sqlite3.Connection) -> Iterator[Concern]:
    for resident, name, kind in connection.execute(WITHOUT_SPONSOR):
        text = _("holds a {kind} without a sponsor on record").format(kind=kind)
        yield Concern("WITHOUT_SPONSOR", resident, name, text, f"timpora resident edit {resident} --sponsor NAME")
    for _identity, name in connection.execute(SPONSOR_OF_NOBODY):
        text = _("sponsor {name} answers for nobody").format(name=name)
        yield Concern("SPONSOR_OF_NOBODY", None, None, text, "timpora resident edit RESIDENT --sponsor NAME")


class _Known(NamedTuple):
    id: int
    full_name: str
    born: str | None
    nationality: str


def _duplicates(connection: sqlite3.Connection) -> Iterator[Concern]:
    alike: dict[tuple[str, str], list[_Known]] = {}
    for one in map(_Known._make, connection.execute(EVERYBODY)):
        folded = " ".join(sorted(fold_name(one.full_name).split()))
        alike.setdefault((folded, one.nationality), []).append(one)
    for people in alike.values():
        for place, one in enumerate(people[1:], 1):
            twin = next((other for other in people[:place] if _may_be_born_alike(one, other)), None)
            if twin is not None:
                text = _("may be the same person as resident {twin}").format(twin=twin.id)
                yield Concern("LIKELY_DUPLICATE", one.id, one.full_name, text, _mend_duplicate(one, twin))


def _may_be_born_alike(one: _Known, other: _Known) -> bool:
    return one.born is None or other.born is None or one.born == other.born


def _mend_duplicate(one: _Known, twin: _Known) -> str:
    if one.born is not None and twin.born is not None:
        return f"timpora resident merge {twin.id} {one.id}"
    return f"timpora resident edit {one.id if one.born is None else twin.id} --born DATE"
