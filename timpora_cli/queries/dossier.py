"""Everything on record about one resident as of a day: who, where, the permit chain, passports, sponsor, family."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from timpora_cli.model.dossier import Dossier, GrantHeld, PassportHeld, RelativeHeld, ResidenceHeld
from timpora_cli.queries.people import PASSPORT_ON_DAY, day, person_of

RESIDENT = """
SELECT
    resident.full_name, resident.sex, resident.born, resident.birthplace, resident.nationality, resident.purpose_code,
    resident.occupation, resident.contact, resident.niora, resident.arrived, resident.departed, resident.departed_how,
    resident.note, sponsor.name, sponsor.kind
FROM resident
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
WHERE resident.id = ?
"""
RESIDENCES = """
SELECT residence.from_on, residence.until_on, village.name, district.name, village.code,
    residence.address, residence.rt, residence.rw,
    (residence.from_on IS NULL OR residence.from_on <= :on)
        AND (residence.until_on IS NULL OR residence.until_on > :on) AS held
FROM residence
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(village.district_code, residence.district_code)
WHERE residence.resident_id = :resident
ORDER BY residence.from_on IS NOT NULL, residence.from_on, residence.id
"""
PERMITS = """
SELECT id, class_code, index_code, number, issued_on, valid_from, expires_on, office, granted_as, follows_id,
    ended_on, end_reason, note
FROM permit
WHERE resident_id = ?
ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, id
"""
PASSPORTS = """
SELECT number, country, issued_on, expires_on, retired_on, id IS ({in_use}) AS used
FROM passport
WHERE resident_id = :resident
ORDER BY retired_on IS NULL, retired_on, id
"""
FAMILY = """
SELECT family_link.relation, relative.id, coalesce(relative.full_name, family_link.citizen_name),
    coalesce(relative.nationality, 'IDN'), coalesce(family_link.born, relative.born),
    family_link.from_on, family_link.until_on, family_link.id
FROM family_link
LEFT JOIN resident AS relative ON relative.id = family_link.relative_id
WHERE family_link.resident_id = :resident
UNION ALL
SELECT
    CASE family_link.relation WHEN 'CHILD' THEN 'PARENT' WHEN 'PARENT' THEN 'CHILD' ELSE family_link.relation END,
    resident.id, resident.full_name, resident.nationality, resident.born, family_link.from_on, family_link.until_on,
    family_link.id
FROM family_link
JOIN resident ON resident.id = family_link.resident_id
WHERE family_link.relative_id = :resident
ORDER BY 1 DESC, 6, 8
"""
HOLDER = "SELECT resident_id FROM permit WHERE id = ?"


def dossier(connection: sqlite3.Connection, resident_id: int, on: date) -> Dossier:
    """Return everything on record about the resident of an id, with the permit in force on the day `on`."""
    row = connection.execute(RESIDENT, (resident_id,)).fetchone()
    name, sex, born, birthplace, nationality, purpose, occupation, contact, niora, arrived, departed, how, note, *by = (
        row
    )
    person = person_of(connection, on, resident_id)
    asked = {"resident": resident_id, "on": on.isoformat()}
    passports = PASSPORTS.format(in_use=PASSPORT_ON_DAY.format(resident=":resident"))
    return Dossier(
        resident_id=resident_id,
        name=name,
        sex=sex,
        born=day(born),
        birthplace=birthplace,
        nationality=nationality,
        purpose=purpose,
        occupation=occupation,
        contact=contact,
        niora=niora,
        arrived=day(arrived),
        departed=day(departed),
        departed_how=how,
        note=note,
        sponsor=by[0],
        sponsor_kind=by[1],
        permit=person.permit if person else None,
        residences=tuple(
            ResidenceHeld(day(since), day(until), village, district, code, address, rt, rw, held=bool(held))
            for since, until, village, district, code, address, rt, rw, held in connection.execute(RESIDENCES, asked)
        ),
        grants=tuple(_grant(row) for row in connection.execute(PERMITS, (resident_id,))),
        passports=tuple(
            PassportHeld(number, country, day(issued), day(expires), day(retired), in_use=bool(used))
            for number, country, issued, expires, retired, used in connection.execute(passports, asked)
        ),
        family=tuple(
            RelativeHeld(relation, identity, known_as, citizen_of, day(of), day(since), day(until))
            for relation, identity, known_as, citizen_of, of, since, until, _link in connection.execute(
                FAMILY, {"resident": resident_id}
            )
        ),
    )


def holder_of(connection: sqlite3.Connection, permit_id: int) -> int:
    """Return the id of the resident to whom a permit was granted."""
    (resident_id,) = connection.execute(HOLDER, (permit_id,)).fetchone()
    return int(resident_id)


def _grant(row: Sequence[Any]) -> GrantHeld:
    identity, class_code, index, number, issued, valid_from, expires, office, granted_as, follows, ended, why, note = (
        row
    )
    return GrantHeld(
        permit_id=identity,
        class_code=class_code,
        index_code=index,
        number=number,
        issued_on=day(issued),
        valid_from=day(valid_from),
        expires_on=day(expires),
        office=office,
        granted_as=str(granted_as),
        follows_id=None if follows is None else int(follows),
        ended_on=day(ended),
        end_reason=why,
        note=note,
    )
