"""Join two records of one person, as an officer says, into one.

A fact that the kept record lacks is taken from the other. Where both give a fact and differ, the kept one stays, and
the difference is reported. The other record is removed; its versions stay in the register.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions import stays
from timpora_cli.actions.joined_periods import join_residences, joined_permits, write_permits
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Resident
from timpora_cli.queries.rows import Stored, first, rows
from timpora_cli.store.change import Change, Value
from timpora_cli.store.stays import Said, join_stays

# The resident's own columns of arrival and departure are from before there were stays; the last stay's stand for them.
PERSON = """
SELECT resident.*, sponsor.name AS sponsor, last_stay.arrived, last_stay.departed, last_stay.departed_how
FROM resident
JOIN last_stay ON last_stay.resident_id = resident.id
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
WHERE resident.id = :resident
"""
FIRST_DAY = """
SELECT coalesce(min(from_on), :arrived) FROM residence WHERE resident_id = :resident
    AND NOT EXISTS (SELECT 1 FROM residence WHERE resident_id = :resident AND from_on IS NULL)
"""
STAYS = "SELECT id, arrived, departed, departed_how FROM stay WHERE resident_id = :resident ORDER BY id"
PASSPORTS = "SELECT * FROM passport WHERE resident_id = :resident ORDER BY id"
RELATIVES = "SELECT * FROM family_link WHERE :resident IN (resident_id, relative_id) ORDER BY id"
TOGETHER = """
SELECT relation FROM family_link
WHERE (resident_id = :one AND relative_id = :other) OR (resident_id = :other AND relative_id = :one)
"""
FACTS = (
    "full_name", "sex", "born", "birthplace", "nationality", "purpose_code", "occupation", "contact", "sponsor_id",
    "niora", "arrived", "note",
)  # fmt: skip
WORDS = {"full_name": "name", "purpose_code": "purpose", "sponsor_id": "sponsor"}  # what a person calls a column
UNKNOWN_COUNTRY = "XXX"


class OnePerson(WrongUsage):
    """Resident {resident} is one record already. Name the one to keep, then the one that is the same person."""


class Relatives(Refused):
    """Resident {kept} and resident {other} are each other's {relation} by what is recorded, so they are two people."""


class TwoNiora(Refused):
    """Resident {kept} and resident {other} have different NIORA on record, so they are two people, or one is wrong.
    Nothing was changed. A wrong one is corrected with: timpora resident edit {other} --niora NUMBER
    """


class HereAndGone(Refused):
    """Resident {gone} departed on {departed}, and resident {here} was here at the same time by what is recorded.
    Nothing was changed. Correct one first: timpora resident depart {here}, or timpora resident edit {here} --since DATE
    """


class PassportsUnordered(Refused):
    """Resident {kept} and resident {other} hold different passports, and nothing tells which is the newer.
    Nothing was changed. Give the day of issue or the last day of both: timpora resident edit {other}
    """


@dataclass(frozen=True, slots=True)
class Left:
    """A fact in which the records differ: the value that stays, and the one that was not taken."""

    column: str
    stays: Value = field(repr=False)
    left: Value = field(repr=False)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: how many rows of each kind came from the other record, and which facts were not taken."""

    passports: int
    permits: int
    residences: int
    relatives: int
    left: tuple[Left, ...]


def merge(change: Change, kept: Resident, other: Resident, today: date) -> Merged:
    """Join the record `other` to the record `kept`, and remove `other`.

    Passports, permits, residences, family links and the facts that `kept` lacks go to it. Where both are present, a
    period without a recorded end ends where the later one begins. Raises the refusals above and those of
    `joined_periods`.
    """
    if kept.id == other.id:
        raise OnePerson(resident=kept.id)
    connection = change.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")  # rows that refer to each other are changed one by one
    (mine,), (theirs,) = (rows(connection, PERSON, {"resident": one.id}) for one in (kept, other))
    _refuse_two_people(connection, mine, theirs)
    last = _last_stay(connection, mine, theirs)
    said = _stays_of_both(connection, kept.id, other.id)
    passports = _join_passports(change, kept.id, other.id, today)
    chain = joined_permits(connection, kept.id, other.id, today)
    homes = join_residences(change, kept.id, other.id, keep_theirs=chain.ends_permit_of(other.id))
    write_permits(change, kept.id, chain)
    for row in list(rows(connection, STAYS, {"resident": other.id})):
        change.remove("stay", row["id"])
    join_stays(change, kept.id, [Said(last["arrived"]), *said])
    relatives = _join_relatives(change, kept.id, other.id)
    change.remove("resident", other.id)
    taken = {column: theirs[column] for column in FACTS if mine[column] is None}
    if mine["nationality"] == UNKNOWN_COUNTRY:
        taken["nationality"] = theirs["nationality"]
    if mine["note"] and theirs["note"] and mine["note"] != theirs["note"]:
        taken["note"] = f"{mine['note']} / {theirs['note']}"
    changed = {column: value for column, value in taken.items() if value != mine[column] and column != "arrived"}
    if changed:
        change.update("resident", kept.id, changed)
    return Merged(passports, chain.brought, homes, relatives, _left({**mine, **taken}, theirs))


def _left(after: Mapping[str, Value], theirs: Mapping[str, Value]) -> tuple[Left, ...]:
    """Return the facts in which the removed record differs; the code for an unknown country is no fact."""
    left = []
    for column in FACTS:
        value = theirs[column]
        if value in {None, after[column], UNKNOWN_COUNTRY} or column == "note":
            continue
        shown = "sponsor" if column == "sponsor_id" else column
        left.append(Left(WORDS.get(column, column), after[shown], theirs[shown]))
    return tuple(left)


def _refuse_two_people(connection: sqlite3.Connection, mine: Stored, theirs: Stored) -> None:
    link = first(connection, TOGETHER, {"one": mine["id"], "other": theirs["id"]})
    if link is not None:
        raise Relatives(kept=mine["id"], other=theirs["id"], relation=link["relation"].lower())
    if mine["niora"] and theirs["niora"] and fold_number(mine["niora"]) != fold_number(theirs["niora"]):
        raise TwoNiora(kept=mine["id"], other=theirs["id"])


def _last_stay(connection: sqlite3.Connection, mine: Stored, theirs: Stored) -> Stored:
    """Return the arrival of the person's last stay.

    Somebody departed and somebody present are one person only if one stay ended before the other began.
    """
    if mine["departed"] is None and theirs["departed"] is None:
        return {"arrived": mine["arrived"] or theirs["arrived"]}
    first, last = sorted((mine, theirs), key=lambda row: str(row["departed"] or "9999"))
    (began,) = connection.execute(FIRST_DAY, {"resident": last["id"], "arrived": last["arrived"]}).fetchone()
    apart = began is not None and str(began) >= str(first["departed"])
    if not apart and first["departed"] != last["departed"]:
        raise HereAndGone(gone=first["id"], departed=first["departed"], here=last["id"])
    if apart and first["departed_how"] in stays.FOR_EVER:
        raise stays.GoneForEver(resident=first["id"], how=first["departed_how"])
    return {"arrived": last["arrived"]}


def _stays_of_both(connection: sqlite3.Connection, kept: int, other: int) -> list[Said]:
    """Return what the stays of both records say; where two end on one day, what the kept one lacks is the other's."""
    said: dict[str | None, Said] = {}
    for one in (kept, other):
        for row in rows(connection, STAYS, {"resident": one}):
            known = said.get(row["departed"], Said())
            arrived, how = known.arrived or row["arrived"], known.how or row["departed_how"]
            said[row["departed"]] = Said(arrived, row["departed"], how)
    return list(said.values())


def _join_passports(change: Change, kept: int, other: int, today: date) -> int:
    mine, theirs = (list(rows(change.connection, PASSPORTS, {"resident": one})) for one in (kept, other))
    current = [[row for row in of_one if row["retired_on"] is None] for of_one in (mine, theirs)]
    if all(len(valid) == 1 for valid in current):
        older, newer = _in_order([row for valid in current for row in valid], kept, other)
        retired = max(str(newer["issued_on"] or today.isoformat()), str(older["issued_on"] or ""))
        change.update("passport", older["id"], {"retired_on": retired})
    for row in theirs:
        change.update("passport", row["id"], {"resident_id": kept})
    return len(theirs)


def _in_order(current: list[Stored], kept: int, other: int) -> tuple[Stored, Stored]:
    """Return two passports, the older first. Raises PassportsUnordered."""
    one, another = current
    for column in ("issued_on", "expires_on"):
        if one[column] and another[column] and one[column] != another[column]:
            return (one, another) if str(one[column]) < str(another[column]) else (another, one)
    raise PassportsUnordered(kept=kept, other=other)


def _join_relatives(change: Change, kept: int, other: int) -> int:
    """Give the family links of `other` to `kept`; one that `kept` has already is removed."""
    known = {_relative(row) for row in rows(change.connection, RELATIVES, {"resident": kept})}
    theirs = list(rows(change.connection, RELATIVES, {"resident": other}))
    for row in theirs:
        ends = {column: kept for column in ("resident_id", "relative_id") if row[column] == other}
        if _relative({**row, **ends}) in known:
            change.remove("family_link", row["id"])
        else:
            change.update("family_link", row["id"], ends)
    return len(theirs)


def _relative(row: Stored) -> tuple[object, ...]:
    """Return what two equal family links have in common: a marriage is the same from both sides."""
    ends = [row["resident_id"], row["relative_id"]]
    if row["relation"] == "SPOUSE" and row["relative_id"] is not None:
        ends.sort()
    return row["relation"], *ends, row["citizen_name"], row["until_on"]
