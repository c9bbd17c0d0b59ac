"""Corrections of an arrival and of the first day of a residence: stays and residences go on covering the same days.

What follows from the corrected day without a doubt is corrected with it; else the correction is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions.stays import (
    BeforeDeparture,
    insert_earlier_stay,
    insert_unplaced,
    open_residence,
    refuse_born_later,
)
from timpora_cli.actions.stays.housing import settle
from timpora_cli.errors import Refused
from timpora_cli.model.people import Resident
from timpora_cli.queries.rows import Stored, iso, rows
from timpora_cli.store.change import Change, Value

STAYS = """
SELECT id, from_on, arrived, departed, departed_how FROM stay
WHERE resident_id = :resident
ORDER BY from_on IS NOT NULL, from_on, departed IS NULL, departed, id
"""
RESIDENCES = """
SELECT id, village_code, district_code, address, from_on, until_on FROM residence
WHERE resident_id = :resident
ORDER BY from_on IS NOT NULL, from_on, until_on IS NULL, until_on, id
"""


class LivedInOnePlace(Refused):
    """Resident {resident} lived in one place from {since} to {until} by what is on record; the day {on} does not fit.
    Nothing was changed. See the changes with: timpora history --resident {resident}
    """


def correct_residence(change: Change, resident: Resident, values: Mapping[str, Value]) -> None:
    """Correct the place of the present residence; `move` is for somebody who has moved."""
    _rewrite(change, open_residence(change, resident)["id"], values)


def correct_arrival(change: Change, resident: Resident, arrived: date | None, *, moves_home: bool = False) -> None:
    """Correct the arrival of the present stay, or of the last one. The residence that begins on the arrival follows it.

    Where a residence began on a day of its own, and that is before the arrival, an earlier stay ends on the arrival;
    with `moves_home` the residence follows there too. Where nobody knows the arrival any more, the days stay.
    """
    _write_arrival(change, resident, arrived, moves_home=moves_home)
    refuse_born_later(change, resident.id)


def _write_arrival(change: Change, resident: Resident, arrived: date | None, *, moves_home: bool) -> None:
    present = _Presence.of(change, resident)
    stay, before = present.stays[-1], present.stays[-2] if len(present.stays) > 1 else None
    begins = stay["from_on"]
    if arrived is None or arrived.isoformat() == begins:
        change.update("stay", stay["id"], {"arrived": iso(arrived)})
        return
    first = present.first_of(stay)
    if before is not None and first["from_on"] != begins and before["departed"] == begins:
        present.shift_entry(change, before, stay, arrived)
        return
    if before is not None and arrived.isoformat() < before["departed"]:
        raise BeforeDeparture(resident=resident.id, departed=before["departed"], on=arrived)
    moves_home = moves_home or begins is None or stay["arrived"] is not None
    entered = {"from_on": arrived.isoformat(), "arrived": arrived.isoformat()}
    if begins is not None and arrived.isoformat() > begins and not moves_home:
        change.update("stay", stay["id"], entered)
        insert_earlier_stay(change, resident.id, date.fromisoformat(begins), arrived)
    else:
        present.begin_first(change, first, arrived, moves_home=moves_home)
        change.update("stay", stay["id"], entered)


def correct_since(change: Change, resident: Resident, since: date | None) -> None:
    """Correct the first day of the present residence; what ends on that day, or begins with it, follows."""
    present = _Presence.of(change, resident)
    open_one = open_residence(change, resident)["id"]
    home = next(home for home in present.homes if home["id"] == open_one)
    stay = present.stay_that_begins_with(home)
    if stay is None:
        present.shift_move(change, home, since)
    elif stay["arrived"] is None or since is not None:
        present.begin(change, stay, home, since)


@dataclass(frozen=True, slots=True)
class _Presence:
    """The stays and the residences of one resident, the oldest first."""

    resident: Resident
    stays: list[Stored] = field(repr=False)
    homes: list[Stored] = field(repr=False)

    @classmethod
    def of(cls, change: Change, resident: Resident) -> "_Presence":
        """Read them."""
        whose = {"resident": resident.id}
        return cls(
            resident, list(rows(change.connection, STAYS, whose)), list(rows(change.connection, RESIDENCES, whose))
        )

    def first_of(self, stay: Stored) -> Stored:
        """Return the residence on the first day of a stay."""
        begins = str(stay["from_on"] or "")
        return next(home for home in reversed(self.homes) if str(home["from_on"] or "") <= begins)

    def stay_that_begins_with(self, home: Stored) -> Stored | None:
        """Return the stay of which a residence is the first."""
        return next((stay for stay in self.stays if stay["from_on"] == home["from_on"]), None)

    def begin(self, change: Change, stay: Stored, home: Stored, since: date | None) -> None:
        """Let a stay's first residence begin on `since`."""
        place, arrived = self.stays.index(stay), stay["arrived"]
        before = self.stays[place - 1] if place else None
        if before is not None and (since is None or since.isoformat() < before["departed"]):
            raise BeforeDeparture(resident=self.resident.id, departed=before["departed"], on=since or "?")
        _rewrite(change, home["id"], {"from_on": iso(since)})
        if arrived is None:
            change.update("stay", stay["id"], {"from_on": iso(since)})
        elif since is not None and since.isoformat() < arrived:
            insert_earlier_stay(change, self.resident.id, since, date.fromisoformat(arrived))
        elif since is not None and since.isoformat() > arrived:
            insert_unplaced(change, self.resident.id, date.fromisoformat(arrived), since)

    def begin_first(self, change: Change, first: Stored, on: date, *, moves_home: bool) -> None:
        """Let the first residence of a stay begin on `on`, or put a residence without a place before it."""
        begins, until, known = first["from_on"], first["until_on"], _has_place(first)
        if begins is not None and on.isoformat() < begins and known and not moves_home:
            insert_unplaced(change, self.resident.id, on, date.fromisoformat(begins))
        elif until is None or on.isoformat() < until:
            _rewrite(change, first["id"], {"from_on": on.isoformat()})
        elif on.isoformat() == until and not known:
            change.remove("residence", first["id"])
        else:
            raise LivedInOnePlace(resident=self.resident.id, since=begins or "?", until=until, on=on)

    def shift_entry(self, change: Change, before: Stored, stay: Stored, on: date) -> None:
        """Move the day on which two stays touch: an entry of somebody who lived here before and after it."""
        if on.isoformat() < str(before["from_on"] or ""):
            raise LivedInOnePlace(resident=self.resident.id, since=before["from_on"], until=before["departed"], on=on)
        shorter, longer = (
            (before["id"], {"departed": on.isoformat()}),
            (stay["id"], {"from_on": on.isoformat(), "arrived": on.isoformat()}),
        )
        for identity, values in (shorter, longer) if on.isoformat() < stay["from_on"] else (longer, shorter):
            change.update("stay", identity, values)

    def shift_move(self, change: Change, home: Stored, on: date | None) -> None:
        """Move the day on which somebody moved from the residence before `home` to it."""
        before = self.homes[self.homes.index(home) - 1]
        if on is None or on.isoformat() < str(before["from_on"] or ""):
            raise LivedInOnePlace(
                resident=self.resident.id, since=before["from_on"] or "?", until=before["until_on"], on=on or "?"
            )
        if on.isoformat() == before["from_on"] and not _has_place(before):
            change.remove("residence", before["id"])
            _rewrite(change, home["id"], {"from_on": on.isoformat()})
            return
        ends, begins = (before["id"], {"until_on": on.isoformat()}), (home["id"], {"from_on": on.isoformat()})
        for identity, values in (ends, begins) if on.isoformat() < home["from_on"] else (begins, ends):
            _rewrite(change, identity, values)


def _rewrite(change: Change, residence_id: int, values: Mapping[str, Value]) -> None:
    """Write a residence again; days on which its place was not there get the place that was there then."""
    change.update("residence", residence_id, values)
    settle(change, residence_id)


def _has_place(home: Stored) -> bool:
    return any(home[column] for column in ("village_code", "district_code", "address"))
