"""Everything on record about one resident as of a day: who, where, the permit chain, passports, sponsor, family."""

import sqlite3
from datetime import date

from timpora_cli.model.personal.dossier import (
    Dossier,
    GrantHeld,
    PassportHeld,
    RelativeHeld,
    ReportMade,
    ResidenceHeld,
    StayHeld,
)
from timpora_cli.model.terms import PERMANENT
from timpora_cli.queries.expiring import reporting
from timpora_cli.queries.people import PASSPORT_ON_DAY, person_of
from timpora_cli.queries.rows import Stored, dated, region_on_day, rows

RESIDENT = """
SELECT
    resident.id AS resident_id, resident.full_name AS name, resident.sex, resident.born, resident.birthplace,
    resident.nationality, resident.purpose_code AS purpose, resident.occupation, resident.contact, resident.niora,
    resident.note, sponsor.name AS sponsor, sponsor.kind AS sponsor_kind
FROM resident
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
WHERE resident.id = :resident
"""
# The stays and residences that had begun by the day, the oldest first. A later end had not happened on it.
STAYS = """
SELECT arrived, iif(departed <= :on, departed, NULL) AS departed, iif(departed <= :on, departed_how, NULL) AS how
FROM stay
WHERE resident_id = :resident AND (from_on IS NULL OR from_on <= :on)
ORDER BY from_on IS NOT NULL, from_on, departed IS NULL, departed, id
"""
# A place is called as on the day that is asked about, or on the nearest day of the residence.
NAMED_ON = """max(
    coalesce(residence.from_on, '0000-01-01'),
    min(:on, coalesce(date(residence.until_on, '-1 day'), '9999-12-31'))
)"""
RESIDENCES = f"""
SELECT residence.from_on AS since,
    iif(residence.until_on <= :on, residence.until_on, NULL) AS until,
    {region_on_day("village", "name", NAMED_ON)} AS village,
    {region_on_day("district", "name", NAMED_ON)} AS district,
    village.code AS village_code, residence.address, residence.rt, residence.rw,
    (residence.from_on IS NULL OR residence.from_on <= :on)
        AND (residence.until_on IS NULL OR residence.until_on > :on) AS held
FROM residence
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(
    {region_on_day("village", "district_code", NAMED_ON)}, residence.district_code
)
WHERE residence.resident_id = :resident AND (residence.from_on IS NULL OR residence.from_on <= :on)
ORDER BY residence.from_on IS NOT NULL, residence.from_on, residence.id
"""
PERMITS = """
SELECT id AS permit_id, class_code, index_code, number, issued_on, valid_from, expires_on, unlimited, office,
    granted_as, follows_id, ended_on, end_reason, note
FROM permit
WHERE resident_id = :resident
ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, id
"""
REPORTS = """
SELECT permit_report.permit_id, permit_report.on_day
FROM permit_report
JOIN permit ON permit.id = permit_report.permit_id
WHERE permit.resident_id = :resident AND permit_report.on_day <= :on
ORDER BY permit_report.on_day
"""
PASSPORTS = """
SELECT number, country, issued_on, expires_on, retired_on, id IS ({in_use}) AS in_use
FROM passport
WHERE resident_id = :resident
ORDER BY retired_on IS NULL, retired_on, id
"""
FAMILY = """
SELECT family_link.relation, relative.id AS resident_id, coalesce(relative.full_name, family_link.citizen_name) AS name,
    coalesce(relative.nationality, 'IDN') AS nationality, coalesce(family_link.born, relative.born) AS born,
    family_link.from_on AS since, family_link.until_on AS until, family_link.id AS link
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
ORDER BY relation DESC, since, link
"""
HOLDER = "SELECT resident_id FROM permit WHERE id = :permit"


def dossier(connection: sqlite3.Connection, resident_id: int, on: date) -> Dossier:
    """Return everything on record about the resident of an id, with the permit in force on the day `on`."""
    asked = {"resident": resident_id, "on": on.isoformat()}
    (resident,) = rows(connection, RESIDENT, asked)
    person = person_of(connection, on, resident_id)
    permit = person.permit if person else None
    held = [permit] if permit and permit.class_code == PERMANENT else []
    stays = tuple(StayHeld(**dated(row, "arrived", "departed")) for row in rows(connection, STAYS, asked))
    last = stays[-1] if stays else StayHeld(None, None, None)
    passports = PASSPORTS.format(in_use=PASSPORT_ON_DAY.format(resident=":resident"))
    return Dossier(
        **dated(resident, "born"),
        arrived=last.arrived,
        departed=last.departed,
        departed_how=last.how,
        stays=stays,
        permit=permit,
        reporting=reporting(connection, on, held)[held[0].permit_id] if held else None,
        residences=tuple(_residence(row) for row in rows(connection, RESIDENCES, asked)),
        grants=tuple(_grant(row) for row in rows(connection, PERMITS, asked)),
        reports=tuple(ReportMade(**dated(row, "on_day")) for row in rows(connection, REPORTS, asked)),
        passports=tuple(_passport(row) for row in rows(connection, passports, asked)),
        family=tuple(_relative(row) for row in rows(connection, FAMILY, asked)),
    )


def holder_of(connection: sqlite3.Connection, permit_id: int) -> int:
    """Return the id of the resident to whom a permit was granted."""
    (row,) = rows(connection, HOLDER, {"permit": permit_id})
    return int(row["resident_id"])


def _residence(row: Stored) -> ResidenceHeld:
    return ResidenceHeld(**dated(row, "since", "until") | {"held": bool(row["held"])})


def _grant(row: Stored) -> GrantHeld:
    days = dated(row, "issued_on", "valid_from", "expires_on", "ended_on")
    return GrantHeld(**days | {"unlimited": row["unlimited"] is not None})


def _passport(row: Stored) -> PassportHeld:
    return PassportHeld(**dated(row, "issued_on", "expires_on", "retired_on") | {"in_use": bool(row["in_use"])})


def _relative(row: Stored) -> RelativeHeld:
    del row["link"]
    return RelativeHeld(**dated(row, "born", "since", "until"))
