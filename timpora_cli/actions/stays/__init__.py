"""Presence: an arrival, a move, a departure for good, a return. Corrections of their days are in corrections.py.

A stay and the residences in it cover the same days (store/presence.py), so each action writes both.
"""

from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions.permits import refuse_before_start
from timpora_cli.actions.stays.housing import settle
from timpora_cli.errors import Refused
from timpora_cli.model.people import Resident
from timpora_cli.queries.find import current_permit_of
from timpora_cli.queries.rows import Stored, day, first, iso, rows
from timpora_cli.store.change import Change, Value

Columns = dict[str, Value]
OPEN_RESIDENCE = "SELECT id, from_on FROM residence WHERE resident_id = :resident AND until_on IS NULL"
LAST_STAY = """
SELECT id, from_on, departed_how FROM stay
WHERE resident_id = :resident
ORDER BY departed IS NOT NULL, departed DESC, from_on DESC
LIMIT 1
"""
BORN_LATER = """
SELECT resident.born, min(stay.arrived) AS arrived
FROM resident JOIN stay ON stay.resident_id = resident.id
WHERE resident.id = :resident AND stay.arrived < resident.born
GROUP BY resident.id
"""
FOR_EVER = ("DIED", "NATURALISED")  # ways of leaving after which nobody is a foreigner here again


class AlreadyDeparted(Refused):
    """Resident {resident} departed on {departed}.
    Record a return with: timpora resident return {resident} --on DATE
    """


class StillPresent(Refused):
    """Resident {resident} is present, and cannot return. A new place is recorded with: timpora resident move {resident}
    A departure for good is recorded first with: timpora resident depart {resident} --on DATE
    """


class GoneForEver(Refused):
    """Resident {resident} is recorded as {how}, and does not return. Take back a mistake with: timpora undo"""


class NotYetArrived(Refused):
    """The day {on} is before {since}, the day this residence or permit began. Nothing was changed."""


class BeforeDeparture(Refused):
    """Resident {resident} departed on {departed}: a later stay does not begin on {on}. Nothing was changed."""


class BornLater(Refused):
    """Nobody arrives on {arrived}, before the day of birth {born}. Nothing was changed."""


class InFuture(Refused):
    """The day {on} is after today ({today}). Record it when it has happened."""


@dataclass(frozen=True, slots=True)
class NewResidence:
    """Where somebody lives, from `since` on; a day or a place that is not known is None.

    `district_code` is given only where the village is not known: a village has one district.
    """

    village_code: str | None = None
    address: str | None = field(default=None, repr=False)
    rt: str | None = None
    rw: str | None = None
    since: date | None = None
    district_code: str | None = None


def begin(change: Change, resident: int, residence: NewResidence, arrived: date | None) -> None:
    """Record a stay that has not ended, with its residence.

    Where the person lives there since a day after the arrival, the days between have a residence without a place; where
    since a day before it, this was not the first entry, and an earlier stay ends on it.
    """
    stays, residences = _beginning(residence, arrived)
    for stay in stays:
        change.insert("stay", {"resident_id": resident, **stay})
    written = [change.insert("residence", {"resident_id": resident, **home}) for home in residences]
    settle(change, written[-1])


def _beginning(residence: NewResidence, arrived: date | None) -> tuple[list[Columns], list[Columns]]:
    """Return the rows of `begin`, stays and residences, each in their order: without the resident, not yet settled."""
    since = residence.since or arrived
    stays: list[Columns] = [{"from_on": iso(arrived or since), "arrived": iso(arrived)}]
    residences: list[Columns] = [_lived(residence, since)]
    if arrived is not None and since is not None and since < arrived:
        stays.insert(0, {"from_on": since.isoformat(), "departed": arrived.isoformat()})
    if arrived is not None and since is not None and arrived < since:
        residences.insert(0, {"from_on": arrived.isoformat(), "until_on": since.isoformat()})
    return stays, residences


def move(change: Change, resident: Resident, to: NewResidence, on: date) -> None:
    """Begin a new residence on the day `on`, which ends the present one."""
    home = open_residence(change, resident)
    since = day(home["from_on"])
    if since is not None and on < since:
        raise NotYetArrived(on=on, since=since)
    change.update("residence", home["id"], {"until_on": on.isoformat()})
    _insert_residence(change, resident.id, to, on)


def return_(change: Change, resident: Resident, to: NewResidence, on: date) -> None:
    """Begin a new stay, of somebody who had departed for good, on the day `on`."""
    if resident.departed is None:
        raise StillPresent(resident=resident.id)
    (last,) = rows(change.connection, LAST_STAY, {"resident": resident.id})
    how = last["departed_how"]
    if how in FOR_EVER:
        raise GoneForEver(resident=resident.id, how=how)
    if on < resident.departed:
        raise BeforeDeparture(resident=resident.id, departed=resident.departed, on=on)
    begin(change, resident.id, to, on)


def depart(change: Change, resident: Resident, on: date, how: str, today: date) -> int | None:
    """Record that somebody left for good on the day `on`: permit, residence and stay end that day.

    `how` is DEPARTED, DEPORTED, DIED or NATURALISED. Returns the id of the permit that it ended, if there was one.
    """
    if on > today:
        raise InFuture(on=on, today=today)
    home = open_residence(change, resident)
    (stay,) = rows(change.connection, LAST_STAY, {"resident": resident.id})
    permit = current_permit_of(change.connection, resident.id)
    starts = (day(home["from_on"]), day(stay["from_on"]), permit.issued_on if permit else None)
    began = max((start for start in starts if start), default=None)
    if began is not None and on < began:
        raise NotYetArrived(on=on, since=began)
    if permit is not None:
        refuse_before_start(change, permit, on)
        change.update("permit", permit.id, {"ended_on": on.isoformat(), "end_reason": how})
    change.update("residence", home["id"], {"until_on": on.isoformat()})
    change.update("stay", stay["id"], {"departed": on.isoformat(), "departed_how": how})
    return permit.id if permit else None


def refuse_born_later(change: Change, resident: int) -> None:
    """Raise BornLater where a stay of a resident begins with an arrival before the day of birth."""
    found = first(change.connection, BORN_LATER, {"resident": resident})
    if found is not None:
        raise BornLater(born=found["born"], arrived=found["arrived"])


def open_residence(change: Change, resident: Resident) -> Stored:
    """Return the number and the first day of the residence that has not ended. Raises AlreadyDeparted."""
    home = first(change.connection, OPEN_RESIDENCE, {"resident": resident.id})
    if home is None:
        raise AlreadyDeparted(resident=resident.id, departed=resident.departed)
    return home


def insert_earlier_stay(change: Change, resident: int, since: date, arrived: date) -> None:
    """Record that somebody who arrived on a day was present before it already, by an entry that nobody knows."""
    change.insert("stay", {"resident_id": resident, "from_on": since.isoformat(), "departed": arrived.isoformat()})


def insert_unplaced(change: Change, resident: int, since: date, until: date) -> None:
    """Record a residence, of days on which the person is present, whose place nobody knows."""
    change.insert("residence", {"resident_id": resident, "from_on": since.isoformat(), "until_on": until.isoformat()})


def _insert_residence(change: Change, resident: int, residence: NewResidence, since: date | None) -> None:
    settle(change, change.insert("residence", {"resident_id": resident, **_lived(residence, since)}))


def _lived(residence: NewResidence, since: date | None) -> Columns:
    return {
        "village_code": residence.village_code,
        "district_code": residence.district_code,
        "address": residence.address,
        "rt": residence.rt,
        "rw": residence.rw,
        "from_on": iso(since),
    }
