"""Everyone present on a day with the grants that led to the permit they hold, as an import reads them again.

What one sheet cannot say is left out: a grant that was broken off would come back as one that is in force.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cmp_to_key
from itertools import groupby
from operator import itemgetter

from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PASSPORT_ON_DAY, PERSON_ON_DAY, VALID_ON_DAY, by_state
from timpora_cli.queries.rows import Stored, rows
from timpora_cli.store.change import Value
from timpora_cli.store.facts import versioned_tables

# The day on which an officer last named a passport the one that lists show.
LAST_NAMED = "(SELECT max(on_day) FROM passport_named WHERE passport_id = {passport} AND on_day <= :on)"
# All that a sheet can say of one person and one grant, by the fields of an import, in the order of its columns.
FACTS = """
    resident.full_name AS name, resident.nationality, resident.sex, resident.born, resident.birthplace,
    passport.number AS passport_number, passport.country AS passport_country, NULL AS passport_kept,
    {last_named} AS passport_current,
    passport.issued_on AS passport_issued, passport.expires_on AS passport_expires, resident.niora,
    resident.purpose_code AS purpose, resident.occupation, resident.contact, sponsor.name AS sponsor,
    sponsor.kind AS sponsor_kind, stay.arrived,
    residence.village_code AS village, residence.district_code AS district, residence.address, residence.rt,
    residence.rw, permit.class_code AS class, permit.index_code AS "index", permit.number AS permit_number,
    permit.issued_on AS issued, permit.valid_from, iif(permit.unlimited, 'unlimited', permit.expires_on) AS expires,
    permit.office,
    (
        SELECT max(on_day) FROM permit_report WHERE permit_report.permit_id = permit.id AND on_day <= :on
    ) AS last_report
FROM held
JOIN resident ON resident.id = held.resident_id
JOIN residence
    ON residence.resident_id = resident.id
    AND (residence.from_on IS NULL OR residence.from_on <= :on)
    AND (residence.until_on IS NULL OR residence.until_on > :on)
LEFT JOIN stay
    ON stay.resident_id = resident.id
    AND (stay.from_on IS NULL OR stay.from_on <= :on)
    AND (stay.departed IS NULL OR stay.departed > :on)
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
LEFT JOIN passport ON passport.id = ({in_use})
LEFT JOIN permit ON permit.id = held.permit_id
"""
PRESENT = """
WITH person AS ({person_on_day}),
held (resident_id, permit_id) AS (SELECT resident_id, permit_id FROM person WHERE {conditions})
SELECT held.resident_id, {facts}
ORDER BY held.resident_id
"""
# The grant that is in force on the day and those that it follows, the oldest first: each later row is a renewal.
HELD = """
WITH RECURSIVE person AS ({person_on_day}),
held (resident_id, permit_id, back) AS (
    SELECT resident_id, permit_id, 0 FROM person WHERE {conditions}
    UNION ALL
    SELECT held.resident_id, permit.follows_id, held.back + 1
    FROM held
    JOIN permit ON permit.id = held.permit_id
    WHERE permit.follows_id IS NOT NULL
)
SELECT held.resident_id, {facts}
ORDER BY held.resident_id, held.back DESC
"""
LOG = ("id", "at", "officer", "host", "command", "reason")
PEOPLE = "SELECT count(*) FROM resident"
IN_USE = PASSPORT_ON_DAY.replace("used", "in_use").format(resident="used.resident_id")
# The other passports: those that another one replaced, and those that are valid beside the one in use.
OTHERS = f"""
SELECT
    used.resident_id, used.number AS passport_number, used.country AS passport_country,
    iif({VALID_ON_DAY.strip()}, 'yes', NULL) AS passport_kept,
    {LAST_NAMED.format(passport="used.id")} AS passport_current,
    used.issued_on AS passport_issued, used.expires_on AS passport_expires
FROM passport AS used
WHERE (used.issued_on IS NULL OR used.issued_on <= :on) AND used.id IS NOT ({IN_USE})
ORDER BY used.resident_id, used.retired_on, used.issued_on
"""

Facts = Mapping[str, str | None]
"""What is on record of one person and one grant, as stored (codes, ISO days, texts), by the field of an import."""

PASSPORT = (
    "passport_number", "passport_country", "passport_kept", "passport_current", "passport_issued", "passport_expires",
)  # fmt: skip


def present(connection: sqlite3.Connection, on: date, where: Where) -> Iterator[tuple[int, Facts]]:
    """Yield the id of each person who is present on the day `on` and meets `where`, with the facts that hold then.

    The facts are as they are stored (codes, ISO days and texts), by the name of the field that an import reads them to;
    `district` is there only where the village is not known.
    """
    for row in _asked(connection, PRESENT, on, where):
        yield row["resident_id"], _facts(row)


def grants_held(connection: sqlite3.Connection, on: date, where: Where) -> Iterator[Facts]:
    """Yield, as of the day `on`, the facts of each grant of those who meet `where`, and once those of who has none.

    They are as in `present`. A passport that another one replaced has rows too, where an import can tell that both are
    of one person, and which is newer.
    """
    others = _others(connection, on)
    for resident, held in groupby(_asked(connection, HELD, on, where), key=itemgetter("resident_id")):
        yield from _told_apart([_facts(row) for row in held], others.get(resident, ()))


def _asked(connection: sqlite3.Connection, query: str, on: date, where: Where) -> Iterator[Stored]:
    where = by_state(connection, on, where)
    facts = FACTS.format(
        in_use=PASSPORT_ON_DAY.format(resident="resident.id"), last_named=LAST_NAMED.format(passport="passport.id")
    )
    asked = query.format(person_on_day=PERSON_ON_DAY, conditions=where.conditions, facts=facts)
    return rows(connection, asked, {"on": on.isoformat(), **where.parameters})


def _others(connection: sqlite3.Connection, on: date) -> Mapping[int, Sequence[Facts]]:
    others: defaultdict[int, list[Facts]] = defaultdict(list)
    for passport in rows(connection, OTHERS, {"on": on.isoformat()}):
        others[passport["resident_id"]].append(_facts(passport))
    return others


def _facts(row: Stored) -> Facts:
    return {column: value for column, value in row.items() if column != "resident_id"}


def _told_apart(grants: Sequence[Facts], others: Sequence[Facts]) -> Iterator[Facts]:
    """Yield the rows of one person so that an import sees one person, with passports that follow each other."""
    latest = grants[-1]
    if latest["passport_number"] is None and latest["niora"] is None:
        # Only the number of a permit tells who this is: two of them would be two people.
        yield latest
        return
    kept = [passport for passport in others if passport["passport_kept"]]
    retired = [passport for passport in others if not passport["passport_kept"]]
    passports = _in_turn(retired, {column: latest[column] for column in PASSPORT})
    bridge = next((facts for facts in reversed(grants) if facts["niora"] or facts["permit_number"]), None)
    if bridge is None:
        passports = passports[-1:]
    yield from ({**facts, **passports[0]} for facts in grants)
    if bridge is not None:
        yield from ({**bridge, **passport} for passport in (*passports[1:], *kept))


def _in_turn(retired: Sequence[Facts], in_use: Facts) -> list[Facts]:
    """Return the passports, the oldest first, of which the days show that each is older than the next."""
    passports = [in_use]
    for passport in sorted(retired, key=cmp_to_key(_by_age), reverse=True):
        if _by_age(passport, passports[0]) < 0:
            passports.insert(0, passport)
    return passports


def _by_age(one: Facts, other: Facts) -> int:
    """Return -1 where the days show that `one` is older than `other`, 1 where it is newer, 0 where they do not."""
    for column in ("passport_issued", "passport_expires"):
        this, that = one[column], other[column]
        if this is not None and that is not None and this != that:
            return -1 if this < that else 1
    return 0


def everything(connection: sqlite3.Connection) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Value]]]]:
    """Yield each table of facts, and the log of changes before them: its name, its columns, and its rows by their key.

    They are those that stand, or those of an earlier moment where the connection looks back to one.
    """
    yield "change", LOG, connection.execute(f"SELECT {', '.join(LOG)} FROM change ORDER BY id")
    for table in versioned_tables(connection):
        stored = connection.execute(f"SELECT {table.listed} FROM {table.name} ORDER BY {', '.join(table.key)}")
        yield table.name, table.columns, stored


def recorded_people(connection: sqlite3.Connection) -> int:
    """Return how many people are on record, also those who departed."""
    ((people,),) = connection.execute(PEOPLE).fetchall()
    return int(people)
