"""Stays worked out from what was recorded before there were stays: residences, arrivals and departures.

Residences that follow each other without a gap are one stay; a gap is a departure and a return. What the resident's row
said is often the last stay only, so the row's versions are read too: a return overwrote the arrival and the way of
leaving. No day of presence is lost.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from timpora_cli.store.change import Change
from timpora_cli.store.presence import FIRST, LAST
from timpora_cli.store.steps.reference import logged

STEP = "0006_stays_and_rules"
SOURCE = "stays, from the residences, arrivals and departures on record"
HOMES = """
SELECT resident_id, id, from_on, until_on FROM residence
WHERE :resident IS NULL OR resident_id = :resident
ORDER BY resident_id, coalesce(from_on, :first), coalesce(until_on, :last), id
"""
# What a resident's row says now, then what it said before, the newest first. A residence that came with a merge brings
# the rows of the record that it came from.
SAID = """
SELECT id AS resident_id, arrived, departed, departed_how, :always AS until_change FROM resident
WHERE :resident IS NULL OR id = :resident
UNION ALL
SELECT owned.owner, said.arrived, said.departed, said.departed_how, said.until_change
FROM (
    SELECT id AS owner, id AS former FROM resident
    UNION
    SELECT residence.resident_id, residence_version.resident_id
    FROM residence_version JOIN residence ON residence.id = residence_version.id
) AS owned
JOIN resident_version AS said ON said.id = owned.former
WHERE (:resident IS NULL OR owned.owner = :resident) AND (said.arrived IS NOT NULL OR said.departed IS NOT NULL)
ORDER BY until_change DESC
"""
ALWAYS = 2**62  # after every change
INDEX = "CREATE INDEX stay_version_by_resident ON stay_version (resident_id)"
WRITE_STAY = """
INSERT INTO stay (resident_id, from_on, arrived, departed, departed_how, change_id) VALUES (?, ?, ?, ?, ?, ?)
"""
WRITE_UNPLACED = "INSERT INTO residence (resident_id, from_on, until_on, change_id) VALUES (?, ?, ?, ?)"
WRITE_BEGINNING = "UPDATE residence SET from_on = ?, change_id = ? WHERE id = ?"
STANDING = "SELECT id, from_on, arrived, departed, departed_how FROM stay WHERE resident_id = ? ORDER BY id"
BEGAN = f"SELECT min(id) FROM change WHERE command = 'upgrade {STEP}' AND reason = '{SOURCE}'"
WRITTEN_LATER = """
SELECT EXISTS (SELECT 1 FROM stay WHERE resident_id = :resident AND change_id > :began)
    OR EXISTS (SELECT 1 FROM stay_version WHERE resident_id = :resident AND until_change < :now)
"""


class Home(NamedTuple):
    """One residence: its number, its first day and the day on which it ended; None where it has no limit."""

    id: int
    since: str | None
    until: str | None


class Said(NamedTuple):
    """What a resident's row said of the arrival and the departure."""

    arrived: str | None = None
    departed: str | None = None
    how: str | None = None


class Stay(NamedTuple):
    """One stay, as the table has it."""

    from_on: str | None
    arrived: str | None
    departed: str | None
    departed_how: str | None


@dataclass(frozen=True, slots=True)
class Derived:
    """The stays of a resident, and what the residences lack: days without a known place, and first days."""

    stays: list[Stay] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    begun: dict[int, str] = field(default_factory=dict)


def derived(homes: Sequence[Home], said: Sequence[Said]) -> Derived:
    """Return the stays that `homes` (by their first days) and `said` (the newest first) make.

    - An arrival before the first residence: the person was somewhere else here on the days between.
    - An arrival and a residence whose first day nobody knows: the residence begins on arrival.
    - An arrival in the middle of a residence: the latest of several entries, so that two stays touch on that day.
    """
    result = Derived()
    free_from = FIRST
    blocks = list(_blocks(homes))
    for block in blocks:
        fits = [one for one in said if one.departed == block.until] or [Said()]
        arrivals = [fits[0].arrived, said[0].arrived if said else None]
        arrived = next((day for day in arrivals if day and free_from <= day <= (block.until or LAST)), None)
        since = block.since
        if arrived is not None and since is None and arrived <= (block.first.until or LAST):
            result.begun[block.first.id] = since = arrived
        if arrived is not None and since is not None and arrived < since:
            result.unplaced.append((arrived, since))
            since = arrived
        if arrived is not None and arrived != since:
            result.stays.append(Stay(since, None, arrived, None))
            since = arrived
        result.stays.append(Stay(since, arrived, block.until, fits[0].how))
        free_from = block.until or LAST
    return result


class _Block(NamedTuple):
    """Residences without a gap between them: the first of them, and the days of them all."""

    first: Home
    since: str | None
    until: str | None


def _blocks(homes: Sequence[Home]) -> Iterator[_Block]:
    block = None
    for home in homes:
        if block is not None and (home.since or FIRST) <= (block.until or LAST):
            until = max(home.until or LAST, block.until or LAST)
            block = block._replace(until=None if until == LAST else until)
            continue
        if block is not None:
            yield block
        block = _Block(home, home.since, home.until)
    if block is not None:
        yield block


def record_stays(connection: sqlite3.Connection) -> None:
    """Write the stays of everybody on record, as one logged, sealed change, inside the transaction of the upgrade."""
    connection.execute(INDEX)
    logged(connection, STEP, SOURCE, _record_all)


def _record_all(change: Change) -> None:
    stays, unplaced, begun = [], [], []
    said = _said(change.connection, None)
    for resident, homes in _homes(change.connection, None).items():
        one = derived(homes, said[resident])
        stays += [(resident, *stay, change.number) for stay in one.stays]
        unplaced += [(resident, since, until, change.number) for since, until in one.unplaced]
        begun += [(since, change.number, home) for home, since in one.begun.items()]
    change.connection.executemany(WRITE_BEGINNING, begun)
    change.connection.executemany(WRITE_UNPLACED, unplaced)
    change.connection.executemany(WRITE_STAY, stays)
    change.wrote_anywhere("residence", len(begun) + len(unplaced))
    change.wrote_anywhere("stay", len(stays))


def is_before_stays(connection: sqlite3.Connection, number: int) -> bool:
    """Return whether a change was made before there were stays, in a register that was upgraded since."""
    (began,) = connection.execute(BEGAN).fetchone()
    return began is not None and number < int(began)


def record_stays_again(change: Change, resident: int) -> None:
    """Work out a resident's stays again, after an undo took back what was recorded before there were stays.

    Stays that a later change has written are left as they are.
    """
    (began,) = change.connection.execute(BEGAN).fetchone()
    asked = {"resident": resident, "began": began, "now": change.number}
    if change.connection.execute(WRITTEN_LATER, asked).fetchone() != (0,):
        return
    said = _said(change.connection, resident)[resident]
    _write_stays(change, resident, derived(_homes(change.connection, resident)[resident], said))


def _write_stays(change: Change, resident: int, one: Derived) -> None:
    """Write what was worked out of a resident's stays over those on record; a stay that stands so already is left."""
    wanted = list(one.stays)
    for identity, *columns in change.connection.execute(STANDING, (resident,)).fetchall():
        stay = Stay(*columns)
        if stay in wanted:
            wanted.remove(stay)
        else:
            change.remove("stay", identity)
    for home, since in one.begun.items():
        change.update("residence", home, {"from_on": since})
    for since, until in one.unplaced:
        change.insert("residence", {"resident_id": resident, "from_on": since, "until_on": until})
    for stay in wanted:
        change.insert("stay", {"resident_id": resident, **stay._asdict()})


def _homes(connection: sqlite3.Connection, resident: int | None) -> Mapping[int, list[Home]]:
    """Return the residences of a resident, or of everybody, by their first days."""
    homes: defaultdict[int, list[Home]] = defaultdict(list)
    for owner, *home in connection.execute(HOMES, {"resident": resident, "first": FIRST, "last": LAST}):
        homes[owner].append(Home(*home))
    return homes


def _said(connection: sqlite3.Connection, resident: int | None) -> Mapping[int, list[Said]]:
    """Return what the row of a resident, or of everybody, said, the newest first."""
    said: defaultdict[int, list[Said]] = defaultdict(list)
    for owner, *row, _until in connection.execute(SAID, {"resident": resident, "always": ALWAYS}):
        said[owner].append(Said(*row))
    return said
