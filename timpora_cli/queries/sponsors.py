"""The sponsors: which one a reference names, and whom each answers for."""

import sqlite3
from datetime import date

from timpora_cli.errors import NotFound
from timpora_cli.model.names import did_you_mean, excerpt, fold_name, whole_number
from timpora_cli.model.people import Person, Sponsor, SponsorListed
from timpora_cli.queries.filters import NoSponsor, Where
from timpora_cli.queries.people import people
from timpora_cli.queries.rows import Stored, rows

SPONSORS = "SELECT id, name, kind, address, contact FROM sponsor ORDER BY name COLLATE NOCASE, id"
LISTED = """
SELECT sponsor.id, sponsor.name, sponsor.kind, sponsor.address, sponsor.contact,
    count(resident.id) AS on_record,
    count(residence.id) AS people
FROM sponsor
LEFT JOIN resident ON resident.sponsor_id = sponsor.id
LEFT JOIN residence
    ON residence.resident_id = resident.id
    AND (residence.from_on IS NULL OR residence.from_on <= :on)
    AND (residence.until_on IS NULL OR residence.until_on > :on)
GROUP BY sponsor.id
ORDER BY sponsor.name COLLATE NOCASE, sponsor.id
"""
ON_RECORD = "SELECT count(*) FROM resident WHERE sponsor_id = :sponsor"
OF_SPONSOR = "person.sponsor_id = CAST(:sponsor AS INTEGER)"
NAMED_AT_MOST = 3


class SeveralSponsors(NotFound):
    """{reference} fits several sponsors: {names}. Give the id; see them with: timpora sponsor list"""


def sponsors(connection: sqlite3.Connection, on: date) -> list[SponsorListed]:
    """Return the sponsors by name, each with how many people it answers for on the day `on`, and on record at all."""
    return [
        SponsorListed(_sponsor(row), row["people"], row["on_record"])
        for row in rows(connection, LISTED, {"on": on.isoformat()})
    ]


def sponsor_named(connection: sqlite3.Connection, reference: str) -> Sponsor:
    """Return the sponsor of an id, of a name, or of a part of a name that fits one alone.

    Raises NoSponsor or SeveralSponsors.
    """
    known = [_sponsor(row) for row in rows(connection, SPONSORS, {})]
    wanted = fold_name(reference)
    number = whole_number(reference.strip())
    named = [one for one in known if one.id == number]
    named = named or [one for one in known if fold_name(one.name) == wanted]
    named = named or [one for one in known if wanted and wanted in fold_name(one.name)]
    if not named:
        raise NoSponsor(name=excerpt(reference), hint=did_you_mean(reference, [one.name for one in known]))
    if len(named) > 1:
        some = [f"{one.id} ({excerpt(one.name)})" for one in named[:NAMED_AT_MOST]]
        more = ["..."] if len(named) > NAMED_AT_MOST else []
        raise SeveralSponsors(reference=excerpt(reference), names=", ".join([*some, *more]))
    return named[0]


def people_of(connection: sqlite3.Connection, on: date, sponsor_id: int) -> tuple[Person, ...]:
    """Return the people present on the day `on` whom a sponsor answers for."""
    return tuple(people(connection, on, Where(OF_SPONSOR, {"sponsor": str(sponsor_id)})))


def on_record(connection: sqlite3.Connection, sponsor_id: int) -> int:
    """Return how many people on record, present or departed, have the sponsor of an id."""
    (row,) = rows(connection, ON_RECORD, {"sponsor": sponsor_id})
    return int(row["count(*)"])


def _sponsor(row: Stored) -> Sponsor:
    return Sponsor(row["id"], row["name"], row["kind"], row["address"], row["contact"])
