"""The permits and the residences of two records of one person, joined into one series; or the reason why not.

A period without a recorded end ends where a later one begins. A recorded end is never changed: where the two records
contradict each other there, the merge is refused, and the officer corrects one record first.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cmp_to_key
from itertools import pairwise

from timpora_cli.actions import reports
from timpora_cli.actions.counting import counted_anew, counted_from
from timpora_cli.actions.intake.plan import placed
from timpora_cli.actions.permits import FOLLOWING, Grant
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Permit
from timpora_cli.queries.find import permit_in
from timpora_cli.queries.rows import Stored, iso, rows
from timpora_cli.store.change import Change

PERMITS = """
SELECT * FROM permit WHERE resident_id = :resident ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, id
"""
RESIDENCES = """
SELECT * FROM residence WHERE resident_id = :resident ORDER BY from_on IS NOT NULL, from_on, until_on IS NULL, id
"""
PRINTED = ("number", "issued_on", "valid_from", "index_code", "office", "note")
LIVING = ("address", "rt", "rw")
RAN_ON = {end_reason for _granted_as, end_reason in FOLLOWING.values()}


class PermitsOverlap(Refused):
    """Permits {one} and {other} are of the two records and hold at the same time, so they are not one person's, or a
    day is wrong. Nothing was changed. Correct one first: timpora permit edit {other}, or timpora permit revoke {other}
    """


class PermitsUnordered(Refused):
    """Nothing tells which of the permits {one} and {other} of the two records came first. Nothing was changed.
    Give the day of issue or the last day of both: timpora permit edit {other}
    """


class ResidencesOverlap(Refused):
    """Resident {one} and resident {other} lived in different places at the same time, by what is recorded.
    Nothing was changed. Correct one first: timpora resident edit {other} --village NAME --since DATE
    """


class ResidencesUnordered(Refused):
    """Resident {one} and resident {other} live in different places, and nothing tells which is the later.
    Nothing was changed. Say since when: timpora resident edit {unknown} --since DATE
    """


@dataclass(frozen=True, slots=True)
class Chain:
    """The permits of two records, oldest first, as they will be (`line`) and as they are (`was`).

    `gone` are the ids of those that are on both records, of which one is removed, each with the id of the one that
    stays; `brought` is how many the other had.
    """

    line: Sequence[Stored] = field(repr=False)
    was: Mapping[int, Stored] = field(repr=False)
    gone: Mapping[int, int]
    brought: int

    def ends_permit_of(self, resident: int) -> bool:
        """Return whether the resident's current permit ends, because a permit of the other record is later."""
        return any(
            row["ended_on"] is not None and self.was[row["id"]]["ended_on"] is None
            for row in self.line
            if row["resident_id"] == resident
        )


def joined_permits(connection: sqlite3.Connection, kept: int, other: int, today: date) -> Chain:
    """Return the permits of both records as one chain. Raises PermitsOverlap or PermitsUnordered."""
    mine, theirs = (list(rows(connection, PERMITS, {"resident": one})) for one in (kept, other))
    was = {row["id"]: dict(row) for row in (*mine, *theirs)}
    gone = _absorb_grants(mine, theirs, today)
    moving = [row for row in theirs if row["id"] not in gone]
    line = sorted((*mine, *moving), key=cmp_to_key(_before))
    for before, after in pairwise(line):
        _close_permit(before, after, today)
    for place, row in enumerate(line):
        _link(line[place - 1] if place else None, row)
    return Chain(line, was, gone, len(theirs))


def write_permits(change: Change, kept: int, chain: Chain) -> None:
    """Give all permits of a chain to `kept`, whose residences are joined already."""
    reports.move(change, chain.gone)
    for identity in chain.gone:
        change.remove("permit", identity)
    mine = [row for row in chain.line if row["resident_id"] == kept]
    moving = [row for row in chain.line if row["resident_id"] != kept]
    coming = {row["id"] for row in moving}
    for row in mine:  # written first, to make room; the grants that they follow may not have been given yet
        late = row["follows_id"] in coming
        _write(change, "permit", chain.was, {**row, "follows_id": None, "granted_as": "NEW"} if late else row)
    numbers = [_number(row) for row in chain.was.values() if row["resident_id"] != kept]
    renamed = _move_permits(
        change, kept, moving, {number for number in numbers if number and numbers.count(number) > 1}
    )
    reports.move(change, renamed)
    for row in mine:
        if row["follows_id"] in coming:
            follows = renamed.get(row["follows_id"], row["follows_id"])
            change.update("permit", row["id"], {"follows_id": follows, "granted_as": row["granted_as"]})


def join_residences(change: Change, kept: int, other: int, *, keep_theirs: bool) -> int:
    """Give the residences of `other` to `kept` and return how many. Two in one place at one time become one.

    Of two open ones the row of `kept` stays, or with `keep_theirs` the other's: when an undo makes a permit current
    again, its holder must have an open residence. Raises ResidencesOverlap or ResidencesUnordered.
    """
    mine, theirs = (list(rows(change.connection, RESIDENCES, {"resident": one})) for one in (kept, other))
    was = {row["id"]: dict(row) for row in (*mine, *theirs)}
    absorbed: set[int] = set()
    going: list[int] = []
    for row in theirs:
        home = next((own for own in mine if _one_place(own, row) and _overlap(own, row)), None)
        if home is not None:
            both_open = home["until_on"] is None and row["until_on"] is None
            _absorb_home(home, row)
            absorbed.add(row["id"])
            going.append(home["id"] if keep_theirs and both_open else row["id"])
            home["id"] = row["id"] if keep_theirs and both_open else home["id"]
    moving = [row for row in theirs if row["id"] not in absorbed]
    line = sorted((*mine, *moving), key=lambda row: str(row["from_on"] or ""))
    for before, after in pairwise(line):
        _close_residence(before, after)
    for identity in going:
        change.remove("residence", identity)
    for row in (*mine, *({**row, "resident_id": kept} for row in moving)):
        _write(change, "residence", was, row)
    return len(theirs)


# Permits ---------------------------------------------------------------------------------------------------------


def _absorb_grants(mine: Sequence[Stored], theirs: Sequence[Stored], today: date) -> dict[int, int]:
    """Complete the grants that are on both records from the other; return those to be removed, as in `Chain.gone`."""
    gone: dict[int, int] = {}
    chain = [permit_in(row) for row in mine]
    for row in theirs:
        twin = _same_grant(row, chain)
        own = next((one for one in mine if twin is not None and one["id"] == twin.id), None)
        if own is None:
            continue
        gone[row["id"]] = own["id"]
        was = permit_in(own)
        if was.expires_on is None:
            own.update({column: row[column] for column in ("expires_on", "unlimited")})
        own.update({column: row[column] for column in PRINTED if own[column] is None})
        if own["issued_on"] is not None and own["issued_on"] != own["starts_on"]:
            for before in mine:
                before["ended_on"] = own["issued_on"] if before["id"] == own["follows_id"] else before["ended_on"]
            own["starts_on"] = own["issued_on"]
        if own["ended_on"] is None:
            own.update(ended_on=row["ended_on"], end_reason=row["end_reason"])
        for later in (one for one in mine if one["follows_id"] == own["id"]):
            starts = counted_anew(permit_in(later), was, permit_in(own), today)
            later["starts_on"] = own["ended_on"] = iso(starts)
    return gone


def _same_grant(row: Stored, chain: Sequence[Permit]) -> Permit | None:
    held = permit_in(row)
    try:
        place = placed(Grant(held.class_code, held.number, held.issued_on, held.expires_on), chain)
    except Refused:
        return None  # another grant: its place cannot be worked out from these alone
    return place.beside if place.kind == "same" else None


def _before(one: Stored, other: Stored) -> int:
    """Compare two grants: of one record by their periods, else by their days of issue, else by their last days."""
    if one["resident_id"] == other["resident_id"]:
        places = [(str(row["starts_on"] or ""), str(row["ended_on"] or "9")) for row in (one, other)]
        return -1 if places[0] < places[1] else 1
    this, that = permit_in(one), permit_in(other)
    for mine, theirs in ((this.starts_on, that.starts_on), (this.expires_on, that.expires_on)):
        if mine is not None and theirs is not None and mine != theirs:
            return -1 if mine < theirs else 1
    first, second = sorted((one["id"], other["id"]))
    raise PermitsUnordered(one=first, other=second)


def _close_permit(before: Stored, after: Stored, today: date) -> None:
    starts = after["starts_on"]
    if before["ended_on"] is None:
        if starts is None:  # its last day says that it is the later one; its day of issue is not known
            starts = counted_from(permit_in(before), today).isoformat()
            after["starts_on"] = starts
        if str(before["starts_on"] or "") >= str(starts):
            raise PermitsOverlap(one=before["id"], other=after["id"])
        _granted_as, end_reason = FOLLOWING[before["class_code"] == after["class_code"]]
        before.update(ended_on=starts, end_reason=end_reason)
    elif starts is None:
        raise PermitsUnordered(one=before["id"], other=after["id"])
    elif str(before["ended_on"]) > str(starts):
        raise PermitsOverlap(one=before["id"], other=after["id"])


def _link(before: Stored | None, after: Stored) -> None:
    """Let a grant follow the one that was extended or converted on its first day, and no other."""
    after.update(follows_id=None, granted_as="NEW")
    if before is not None and before["end_reason"] in RAN_ON and before["ended_on"] == after["starts_on"]:
        granted_as, before["end_reason"] = FOLLOWING[before["class_code"] == after["class_code"]]
        after.update(follows_id=before["id"], granted_as=granted_as)


def _move_permits(change: Change, kept: int, moving: Sequence[Stored], shared: AbstractSet[str]) -> dict[int, int]:
    """Give permits to `kept`, oldest first; return the new ids of those that get one.

    Grants with one number (`shared`) must belong to one person at every step, also when an undo takes the merge back.
    So they are all removed, and then inserted again.
    """
    together = [row for row in moving if _number(row) in shared]
    for row in reversed(together):
        change.remove("permit", row["id"])
    renamed: dict[int, int] = {}
    for row in moving:
        values = {column: value for column, value in row.items() if column not in {"id", "change_id"}}
        values.update(resident_id=kept, follows_id=renamed.get(row["follows_id"], row["follows_id"]))
        if row in together:
            renamed[row["id"]] = change.insert("permit", values)
        else:
            change.update("permit", row["id"], values)
    return renamed


def _number(row: Stored) -> str:
    return fold_number(str(row["number"] or ""))


# Residences ------------------------------------------------------------------------------------------------------


def _one_place(one: Stored, other: Stored) -> bool:
    """Return whether two residences may be in one place: in one village, or one of them known only by its district."""
    places = [str(row["village_code"] or row["district_code"] or "") for row in (one, other)]
    return places[0].startswith(places[1]) or places[1].startswith(places[0])


def _overlap(one: Stored, other: Stored) -> bool:
    def begins_in_time(this: Stored, that: Stored) -> bool:
        return str(this["from_on"] or "") < str(that["until_on"] or "9999")

    return begins_in_time(one, other) and begins_in_time(other, one)


def _absorb_home(home: Stored, row: Stored) -> None:
    place = str(home["village_code"] or home["district_code"] or "")
    if len(str(row["village_code"] or row["district_code"] or "")) > len(place):
        home.update(village_code=row["village_code"], district_code=row["district_code"])
    home.update({column: row[column] for column in LIVING if home[column] is None})
    home["from_on"] = min((str(since) for since in (home["from_on"], row["from_on"]) if since), default=None)
    home["until_on"] = home["until_on"] or row["until_on"]


def _close_residence(before: Stored, after: Stored) -> None:
    one, other = before["resident_id"], after["resident_id"]
    if before["until_on"] is None:
        if before["from_on"] is None or before["from_on"] == after["from_on"]:
            raise ResidencesUnordered(one=one, other=other, unknown=one)
        before["until_on"] = after["from_on"]
    elif after["from_on"] is None or str(before["until_on"]) > str(after["from_on"]):
        raise ResidencesOverlap(one=one, other=other)


def _write(change: Change, table: str, was: Mapping[int, Stored], row: Stored) -> None:
    values = {column: value for column, value in row.items() if value != was[row["id"]][column]}
    if values:
        change.update(table, row["id"], values)
