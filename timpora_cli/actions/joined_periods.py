"""The permits and the residences of two records of one person, each as one line of time; or the reason why not.

A period that nobody has ended gives way to a later one. What ended on a day that somebody recorded never does: two
records that contradict each other there are refused, and the officer corrects one first.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cmp_to_key
from itertools import pairwise

from timpora_cli.actions import permits
from timpora_cli.actions.intake.plan import placed
from timpora_cli.actions.permits import Grant
from timpora_cli.errors import Refused
from timpora_cli.queries.find import PermitFound
from timpora_cli.queries.people import day
from timpora_cli.store.change import Change, Value

Row = dict[str, Value]

PERMITS = "SELECT * FROM permit WHERE resident_id = ? ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, id"
RESIDENCES = "SELECT * FROM residence WHERE resident_id = ? ORDER BY from_on IS NOT NULL, from_on, until_on IS NULL, id"
PRINTED = ("number", "issued_on", "valid_from", "expires_on", "index_code", "office", "note")
LIVING = ("address", "rt", "rw")
RAN_ON = ("EXTENDED", "CONVERTED")


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
    """The permits of two records as they will be, oldest first; as they are; and those that both hold, which go."""

    line: Sequence[Row] = field(repr=False)
    was: Mapping[Value, Row] = field(repr=False)
    gone: AbstractSet[Value]
    brought: int

    def ends_permit_of(self, resident: int) -> bool:
        """Return whether the resident's current permit gives way to a later one of the other record."""
        return any(
            row["ended_on"] is not None and self.was[row["id"]]["ended_on"] is None
            for row in self.line
            if row["resident_id"] == resident
        )


def joined_permits(connection: sqlite3.Connection, kept: int, other: int, today: date) -> Chain:
    """Return the permits of both records as one chain. Raises PermitsOverlap or PermitsUnordered."""
    mine, theirs = rows_of(connection, PERMITS, kept), rows_of(connection, PERMITS, other)
    was = {row["id"]: dict(row) for row in (*mine, *theirs)}
    gone = _absorb_grants(mine, theirs)
    moving = [row for row in theirs if row["id"] not in gone]
    line = sorted((*mine, *moving), key=cmp_to_key(_before))
    for before, after in pairwise(line):
        _close_permit(before, after, today)
    for place, row in enumerate(line):
        _link(line[place - 1] if place else None, row)
    return Chain(line, was, gone, len(theirs))


def write_permits(change: Change, kept: int, chain: Chain) -> None:
    """Give all permits of a chain to `kept`, who has a home by now."""
    for identity in chain.gone:
        change.remove("permit", _key(identity))
    mine = [row for row in chain.line if row["resident_id"] == kept]
    moving = [row for row in chain.line if row["resident_id"] != kept]
    coming = {row["id"] for row in moving}
    for row in mine:  # these make room; whom they follow may not be here yet
        late = row["follows_id"] in coming
        _write(change, "permit", chain.was, {**row, "follows_id": None, "granted_as": "NEW"} if late else row)
    numbers = [_number(row) for row in chain.was.values() if row["resident_id"] != kept]
    renamed = _move_permits(
        change, kept, moving, {number for number in numbers if number and numbers.count(number) > 1}
    )
    for row in mine:
        if row["follows_id"] in coming:
            follows = renamed.get(row["follows_id"], row["follows_id"])
            change.update("permit", _key(row["id"]), {"follows_id": follows, "granted_as": row["granted_as"]})


def join_residences(change: Change, kept: int, other: int, *, keep_theirs: bool) -> int:
    """Give the residences of `other` to `kept`, and return how many went; where both lived in one place, it is one.

    Of two open ones the row of `kept` stays, or with `keep_theirs` the other's: an undo that opens a permit again has
    to find its holder at home. Raises ResidencesOverlap or ResidencesUnordered.
    """
    mine, theirs = rows_of(change.connection, RESIDENCES, kept), rows_of(change.connection, RESIDENCES, other)
    was = {row["id"]: dict(row) for row in (*mine, *theirs)}
    absorbed: set[Value] = set()
    going: list[Value] = []
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
        change.remove("residence", _key(identity))
    for row in (*mine, *({**row, "resident_id": kept} for row in moving)):
        _write(change, "residence", was, row)
    return len(theirs)


# Permits ---------------------------------------------------------------------------------------------------------


def _absorb_grants(mine: Sequence[Row], theirs: Sequence[Row]) -> set[Value]:
    """Fill the grants that both records hold from the other record; return the other's, which go."""
    gone: set[Value] = set()
    chain = [_found(row) for row in mine]
    for row in theirs:
        twin = _same_grant(row, chain)
        own = next((one for one in mine if twin is not None and one["id"] == twin.id), None)
        if own is None:
            continue
        gone.add(row["id"])
        own.update({column: row[column] for column in PRINTED if own[column] is None})
        if own["issued_on"] is not None and own["issued_on"] != own["starts_on"]:
            for before in mine:
                before["ended_on"] = own["issued_on"] if before["id"] == own["follows_id"] else before["ended_on"]
            own["starts_on"] = own["issued_on"]
        if own["ended_on"] is None:
            own.update(ended_on=row["ended_on"], end_reason=row["end_reason"])
    return gone


def _same_grant(row: Row, chain: Sequence[PermitFound]) -> PermitFound | None:
    held = _found(row)
    try:
        place = placed(Grant(held.class_code, held.number, held.issued_on, held.expires_on), chain)
    except Refused:
        return None  # another grant, which has no place that can be told without its own record's
    return place.beside if place.kind == "same" else None


def _before(one: Row, other: Row) -> int:
    """Compare two grants by their days of issue, else by their last days, as grants of one chain are compared."""
    if one["resident_id"] == other["resident_id"]:
        places = [(str(row["starts_on"] or ""), str(row["ended_on"] or "9")) for row in (one, other)]
        return -1 if places[0] < places[1] else 1
    for column in ("starts_on", "expires_on"):
        this, that = one[column], other[column]
        if this is not None and that is not None and this != that:
            return -1 if str(this) < str(that) else 1
    first, second = sorted((_key(one["id"]), _key(other["id"])))
    raise PermitsUnordered(one=first, other=second)


def _close_permit(before: Row, after: Row, today: date) -> None:
    starts = after["starts_on"]
    if before["ended_on"] is None:
        if starts is None:  # it comes later by its last day, and nobody knows when it was issued
            starts = permits.day_counted_from(_found(before), today).isoformat()
            after["starts_on"] = starts
        if str(before["starts_on"] or "") >= str(starts):
            raise PermitsOverlap(one=before["id"], other=after["id"])
        extends = before["class_code"] == after["class_code"]
        before.update(ended_on=starts, end_reason="EXTENDED" if extends else "CONVERTED")
    elif starts is None:
        raise PermitsUnordered(one=before["id"], other=after["id"])
    elif str(before["ended_on"]) > str(starts):
        raise PermitsOverlap(one=before["id"], other=after["id"])


def _link(before: Row | None, after: Row) -> None:
    """Let a grant follow the one that ran on into it, and no other."""
    after.update(follows_id=None, granted_as="NEW")
    if before is not None and before["end_reason"] in RAN_ON and before["ended_on"] == after["starts_on"]:
        extends = before["class_code"] == after["class_code"]
        before["end_reason"] = "EXTENDED" if extends else "CONVERTED"
        after.update(follows_id=before["id"], granted_as="EXTENSION" if extends else "CONVERSION")


def _move_permits(change: Change, kept: int, moving: Sequence[Row], shared: AbstractSet[str]) -> dict[Value, Value]:
    """Give permits to `kept`, oldest first; return the new ids of those that get one.

    Grants under one number, a `shared` one, are one person's at any moment, also while an undo takes the merge back:
    they do not go one by one, but go out and come in.
    """
    together = [row for row in moving if _number(row) in shared]
    for row in reversed(together):
        change.remove("permit", _key(row["id"]))
    renamed: dict[Value, Value] = {}
    for row in moving:
        values = {column: value for column, value in row.items() if column not in {"id", "change_id"}}
        values.update(resident_id=kept, follows_id=renamed.get(row["follows_id"], row["follows_id"]))
        if row in together:
            renamed[row["id"]] = change.insert("permit", values)
        else:
            change.update("permit", _key(row["id"]), values)
    return renamed


def _number(row: Row) -> str:
    return str(row["number"] or "").casefold()


def _found(row: Row) -> PermitFound:
    def on(column: str) -> date | None:
        return day(None if row[column] is None else str(row[column]))

    number, reason, follows = row["number"], row["end_reason"], row["follows_id"]
    return PermitFound(
        id=_key(row["id"]),
        resident_id=_key(row["resident_id"]),
        class_code=str(row["class_code"]),
        number=None if number is None else str(number),
        issued_on=on("issued_on"),
        starts_on=on("starts_on"),
        expires_on=on("expires_on"),
        ended_on=on("ended_on"),
        end_reason=None if reason is None else str(reason),
        follows_id=None if follows is None else _key(follows),
    )


# Residences ------------------------------------------------------------------------------------------------------


def _one_place(one: Row, other: Row) -> bool:
    """Return whether two residences may be in one place: the same village, or one that is known less exactly."""
    places = [str(row["village_code"] or row["district_code"] or "") for row in (one, other)]
    return places[0].startswith(places[1]) or places[1].startswith(places[0])


def _overlap(one: Row, other: Row) -> bool:
    def begins_in_time(this: Row, that: Row) -> bool:
        return str(this["from_on"] or "") < str(that["until_on"] or "9999")

    return begins_in_time(one, other) and begins_in_time(other, one)


def _absorb_home(home: Row, row: Row) -> None:
    place = str(home["village_code"] or home["district_code"] or "")
    if len(str(row["village_code"] or row["district_code"] or "")) > len(place):
        home.update(village_code=row["village_code"], district_code=row["district_code"])
    home.update({column: row[column] for column in LIVING if home[column] is None})
    home["from_on"] = min((str(since) for since in (home["from_on"], row["from_on"]) if since), default=None)
    home["until_on"] = home["until_on"] or row["until_on"]


def _close_residence(before: Row, after: Row) -> None:
    whose = {"one": before["resident_id"], "other": after["resident_id"]}
    if before["until_on"] is None:
        if before["from_on"] is None or before["from_on"] == after["from_on"]:
            raise ResidencesUnordered(**whose, unknown=before["resident_id"])
        before["until_on"] = after["from_on"]
    elif after["from_on"] is None or str(before["until_on"]) > str(after["from_on"]):
        raise ResidencesOverlap(**whose)


# Rows ------------------------------------------------------------------------------------------------------------


def rows_of(connection: sqlite3.Connection, query: str, resident: int) -> list[Row]:
    """Return the rows that a query finds of a resident, by their columns."""
    cursor = connection.execute(query, (resident,))
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _write(change: Change, table: str, was: Mapping[Value, Row], row: Row) -> None:
    values = {column: value for column, value in row.items() if value != was[row["id"]][column]}
    if values:
        change.update(table, _key(row["id"]), values)


def _key(value: Value) -> int:
    return int(value or 0)
