"""What is missing of people: where they live, who answers for them; and who may be on record twice."""

import shlex
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from timpora_cli.language import _
from timpora_cli.model.log import Concern
from timpora_cli.model.names import fold_name
from timpora_cli.queries.check.found import NOBODY, Accepted, Who
from timpora_cli.queries.places import LATEST, Level, heirs_of

UNKNOWN_VILLAGE = """
SELECT residence.resident_id, resident.full_name, residence.id
FROM residence JOIN resident ON resident.id = residence.resident_id
WHERE residence.until_on IS NULL AND residence.village_code IS NULL
ORDER BY residence.resident_id
"""
# A village that has ended, or one of a district that has, or such a district alone.
UNDER_ENDED = """
SELECT
    residence.resident_id, resident.full_name, residence.id, residence.from_on, village.code, village.name,
    village.until_on, district.code, district.name, district.until_on
FROM residence
JOIN resident ON resident.id = residence.resident_id
LEFT JOIN village ON village.code = residence.village_code
JOIN district ON district.code = coalesce(village.district_code, residence.district_code)
WHERE residence.until_on IS NULL AND (village.until_on IS NOT NULL OR district.until_on IS NOT NULL)
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
# Two marriages of one person, the one that began first before the other.
MARRIAGES = """
WITH side (person, link, partner, name, from_on, until_on) AS (
    SELECT resident_id, id, relative_id, citizen_name, from_on, until_on FROM family_link WHERE relation = 'SPOUSE'
    UNION ALL
    SELECT relative_id, id, resident_id, NULL, from_on, until_on
    FROM family_link WHERE relation = 'SPOUSE' AND relative_id IS NOT NULL
)
SELECT one.person, resident.full_name, one.link, one.partner, one.name, one.from_on, one.until_on,
    other.link, other.partner, other.name, other.from_on, other.until_on
FROM side AS one
JOIN side AS other
    ON other.person = one.person
    AND (coalesce(other.from_on, ''), other.link) > (coalesce(one.from_on, ''), one.link)
    AND (other.partner IS NOT one.partner OR other.name IS NOT one.name)
JOIN resident ON resident.id = one.person
ORDER BY one.person, one.link, other.link
"""
EVERYBODY = "SELECT id, full_name, born, nationality FROM resident ORDER BY id"


def unplaced(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the people whose village nobody recorded."""
    for resident, name, residence in connection.execute(UNKNOWN_VILLAGE):
        text = _("lives in a village that nobody recorded")
        mend = f"timpora resident edit {resident} --village NAME"
        yield accepted.concern("UNKNOWN_VILLAGE", (resident,), Who(resident, name), text, mend, facts=(residence,))


def under_ended_places(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the people who live under the code of a village or a district that has ended."""
    for resident, name, residence, since, *places in connection.execute(UNDER_ENDED).fetchall():
        village, district = places[:3], places[3:]
        level: Level = "village" if village[2] is not None else "district"
        code, place, ended = village if level == "village" else district
        text = _("lives in {code} {place}, which ended on {day}").format(code=code, place=place, day=ended)
        heirs = heirs_of(connection, level, code, LATEST)
        heir = heirs[0] if len(heirs) == 1 else "NAME"
        if village[0] is not None and level == "district":  # the village is there, and lies in what has ended
            mend = f"timpora village move {village[0]} --district {heir} --on {ended}"
        elif len(heirs) == 1 and (since is None or since <= ended):
            mend = f"timpora resident move {resident} --{level} {heir} --on {ended}"
        else:
            mend = f"timpora resident edit {resident} --{level} {heir}"
        yield accepted.concern("ENDED_PLACE", (resident,), Who(resident, name), text, mend, facts=(residence, code))


def sponsors(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the people for whom nobody answers, and the sponsors who answer for nobody."""
    for resident, name, kind in connection.execute(WITHOUT_SPONSOR):
        text = _("holds a {kind} without a sponsor on record").format(kind=kind)
        mend = f"timpora resident edit {resident} --sponsor NAME"
        yield accepted.concern("WITHOUT_SPONSOR", (resident,), Who(resident, name), text, mend, facts=(kind,))
    for sponsor, name in connection.execute(SPONSOR_OF_NOBODY):
        text = _("sponsor {name} answers for nobody").format(name=name)
        mend = f"timpora sponsor remove {sponsor}"
        yield accepted.concern("SPONSOR_OF_NOBODY", (sponsor,), NOBODY, text, mend, facts=(name,))


def marriages(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the marriages that began, by days that are known, while another of the same person ran."""
    for person, full_name, *both in connection.execute(MARRIAGES):
        first, second = map(_Marriage._make, (both[:5], both[5:]))
        begun = first.until is None or (second.since is not None and second.since < first.until)
        running = second.until is None or (first.since is not None and first.since < second.until)
        told = first.until is None and second.until is None
        if not (told or (begun and running and first.since is not None and second.since is not None)):
            continue
        text = _("is married to two people at a time, by what is recorded")
        whom = first.name if first.partner is None else str(first.partner)
        mend = f"timpora resident edit {person} --spouse {shlex.quote(str(whom))} --marriage-ended DATE"
        about = (first.link, second.link)
        yield accepted.concern("MARRIED_TWICE", about, Who(person, full_name), text, mend, facts=both)


class _Marriage(NamedTuple):
    link: int
    partner: int | None
    name: str | None
    since: str | None
    until: str | None


class _Known(NamedTuple):
    id: int
    full_name: str
    born: str | None
    nationality: str


def duplicates(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield those who may be the same person as somebody recorded before: with the first of whom nobody denied it."""
    alike: dict[str, list[_Known]] = {}
    for one in map(_Known._make, connection.execute(EVERYBODY)):
        alike.setdefault(" ".join(sorted(fold_name(one.full_name).split())), []).append(one)
    for people in alike.values():
        for place, one in enumerate(people[1:], 1):
            for twin in people[:place]:
                if (text := _likeness(one, twin)) is None:
                    continue
                facts = (*twin, *one)
                mend = _mend_duplicate(one, twin)
                who = Who(one.id, one.full_name)
                found = accepted.concern("LIKELY_DUPLICATE", (twin.id, one.id), who, text, mend, facts=facts)
                yield found
                if found.accepted is None:
                    break


def _likeness(one: _Known, twin: _Known) -> str | None:
    """Return the sentence that two people of one name may be the same, None where their facts tell them apart."""
    if one.nationality != twin.nationality:
        if one.born is None or one.born != twin.born:
            return None
        sentence = _("may be the same person as resident {twin}, of another nationality ({nationality})")
        return sentence.format(twin=twin.id, nationality=twin.nationality)
    if one.born is not None and twin.born is not None and one.born != twin.born:
        return None
    return _("may be the same person as resident {twin}").format(twin=twin.id)


def _mend_duplicate(one: _Known, twin: _Known) -> str:
    if one.born is not None and twin.born is not None:
        return f"timpora resident merge {twin.id} {one.id}"
    return f"timpora resident edit {one.id if one.born is None else twin.id} --born DATE"
