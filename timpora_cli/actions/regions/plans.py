"""What becomes of districts and villages on a day: an end, a split, another name, another parent; planned, then done.

A plan only reads. It says what becomes of each region and which residences get another place, so that an officer sees
it first. Days before keep the old names and places: a region keeps its row, and what it was called is kept beside it.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from timpora_cli.actions.regions import LEVELS, Level, Region, RegionExists, refuse_bad_code
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.model.places import Living, RegionPlan, RegionStep, Rehoused
from timpora_cli.queries.counting.counts import present_by
from timpora_cli.queries.rows import Stored, first, rows

Changing = Literal["district", "village"]
PARENTS: Mapping[Level, str] = {"regency": "province_code", "district": "regency_code", "village": "district_code"}
REGION = "SELECT * FROM {level} WHERE code = :code"
LAST_PAST = "SELECT max(until_on) FROM region_past WHERE code = :code"
VILLAGES_OF = "SELECT code, name FROM village WHERE district_code = :code AND until_on IS NULL ORDER BY code"
# Who lives in a region on the day or later: also who left it since, and who came to it since.
LIVING = """
SELECT residence.id, residence.resident_id, resident.full_name
FROM residence JOIN resident ON resident.id = residence.resident_id
WHERE residence.{column} = :code AND (residence.until_on IS NULL OR residence.until_on > :on)
ORDER BY residence.resident_id, residence.from_on
"""

Place = tuple[str | None, str | None]
"""A village, or else a district, by code; neither, where nobody knows."""


class RegionChangedLater(Refused):
    """{code} {name} changed on {day} already, and {on} is not after that. Nothing was changed.
    Take the later change back first: timpora undo CHANGE (see timpora history)
    """


class RegionEnded(Refused):
    """{code} {name} ended on {day}. Nothing was changed."""


class OwnHeir(WrongUsage):
    """{code} cannot take its own place. Name another, or leave it out."""


class NotSplit(WrongUsage):
    """A split has at least two parts, and one of them is new. Name each with --into, as in "19.02.01.2099 Contoh"."""


class NamelessPart(WrongUsage):
    """{code} is not on record, so it needs a name: --into "{code} NAME"."""


class NotAPart(WrongUsage):
    """{code} is none of the parts: {parts}."""


class NoDistrictLeft(Refused):
    """{number} villages lie in {code} {name}, and nothing says where they go: {villages}.
    Say it with --village NAME=CODE for each, or --villages-to CODE for all others.
    """


class SameName(Refused):
    """{code} is called {name} already. Nothing was changed."""


class SameParent(Refused):
    """{code} lies in {parent} already. Nothing was changed."""


class CodeElsewhere(WrongUsage):
    """{code} does not lie in {parent}: a code begins with that of the region around it."""


class PlanChanged(Refused):
    """The register was changed meanwhile, and it would become something else now. Nothing was changed. Look again."""


def ended(connection: sqlite3.Connection, level: Changing, code: str, heirs: Sequence[str], on: date) -> RegionPlan:
    """Return what becomes of a region that ends on the day `on`; those of the codes `heirs` take its place.

    With one heir, everyone and everything in it goes there. Else people stay with a district known and no village.
    """
    region = region_that_can_change(connection, level, code, on)
    if code in heirs:
        raise OwnHeir(code=code)
    for heir in heirs:
        region_that_can_change(connection, level, heir, on, at_all=True)
    steps = [RegionStep("ENDED", code, region["name"], heirs=tuple(heirs))]
    if level == "district":
        lying = list(rows(connection, VILLAGES_OF, {"code": code}))
        if lying and len(heirs) != 1:
            raise _no_district_left(region, lying)
        steps += [RegionStep("MOVED", row["code"], row["name"], code, heirs[0]) for row in lying]
    return planned(connection, on, steps)


class Split(NamedTuple):
    """A split: its parts (those without a name are on record), and who and what goes to which, by code.

    `people_to` is the part to which the people go; without it they stay in the region, or have a district and no
    village once it has ended. `villages` says which village of a district goes to which part, and under "" the others.
    """

    parts: Sequence[Region]
    people_to: str | None = None
    villages: Mapping[str, str] = {}


def split(connection: sqlite3.Connection, level: Changing, code: str, into: Split, on: date) -> RegionPlan:
    """Return what becomes of a region that is split on the day `on`. It ends, unless it is one of the parts."""
    parts = into.parts
    region = region_that_can_change(connection, level, code, on)
    codes = [part.code for part in parts]
    new = [part for part in parts if _is_new(connection, level, part, on)]
    if len(set(codes)) < 2 or not new:
        raise NotSplit
    for named in {into.people_to, *into.villages.values()} - {None, *codes}:
        raise NotAPart(code=named, parts=", ".join(codes))
    parent = region[PARENTS[level]]
    for part in new:
        _refuse_elsewhere(part.code, parent)
    steps = [RegionStep("NEW", part.code, part.name, code, parent) for part in new]
    stays = code in codes
    if not stays:
        steps.append(RegionStep("ENDED", code, region["name"], heirs=tuple(codes)))
    if level == "district":
        steps += _villages_go(connection, region, into.villages, stays=stays)
    to = {} if into.people_to in {None, code} else {code: _place(level, into.people_to)}
    return planned(connection, on, steps, to)


def renamed(connection: sqlite3.Connection, level: Changing, code: str, name: str, on: date) -> RegionPlan:
    """Return what becomes of a region that has another name from the day `on`."""
    region = region_that_can_change(connection, level, code, on)
    if region["name"] == name:
        raise SameName(code=code, name=name)
    return planned(connection, on, [RegionStep("RENAMED", code, name, region["name"], region[PARENTS[level]])])


def moved(
    connection: sqlite3.Connection, level: Changing, code: str, parent: str, on: date, new_code: str | None = None
) -> RegionPlan:
    """Return what becomes of a region that lies in another from the day `on`; with a new code where there is one.

    Without one it keeps its code. With one, the old code ends, and the new one takes its place.
    """
    region = region_that_can_change(connection, level, code, on)
    if region[PARENTS[level]] == parent:
        raise SameParent(code=code, parent=parent)
    if new_code is None:
        return planned(connection, on, [RegionStep("MOVED", code, region["name"], region[PARENTS[level]], parent)])
    if not _is_new(connection, level, Region(new_code, region["name"]), on):
        raise RegionExists(code=new_code)
    _refuse_elsewhere(new_code, parent)
    steps = [
        RegionStep("NEW", new_code, region["name"], code, parent),
        RegionStep("ENDED", code, region["name"], heirs=(new_code,)),
    ]
    if level == "district":
        lying = rows(connection, VILLAGES_OF, {"code": code})
        steps += [RegionStep("MOVED", row["code"], row["name"], code, new_code) for row in lying]
    return planned(connection, on, steps)


def planned(
    connection: sqlite3.Connection, on: date, steps: Sequence[RegionStep], to: Mapping[str, Place] | None = None
) -> RegionPlan:
    """Return the plan of these steps: who lives where something changes, and who gets another place.

    `to` gives the people of a region a place; else they go to the only heir of one that ends. A NEW step names as
    `before` the region out of which it comes. Raises as `region_that_can_change` does.
    """
    for step in steps:
        if step.did != "NEW":
            region_that_can_change(connection, LEVELS[len(step.code)], step.code, on)
    ending = {step.code: step for step in steps if step.did == "ENDED"}
    places = {code: _place_after(connection, code, ending) for code in ending} | dict(to or {})
    living: list[Living] = []
    rehoused: list[Rehoused] = []
    for code in dict.fromkeys([*(step.code for step in steps if step.did not in {"NEW", "MOVED"}), *places]):
        level = LEVELS[len(code)]
        if level not in {"district", "village"}:
            continue
        if level == "district" and code not in places:
            continue  # its people are counted, not named: it is called otherwise, no more
        asked = {"code": code, "on": on.isoformat()}
        for row in rows(connection, LIVING.format(column=f"{level}_code"), asked):
            living.append(Living(code, row["resident_id"], row["full_name"]))
            if code in places:
                rehoused.append(Rehoused(code, row["id"], row["resident_id"], *places[code]))
    spoken_of = {code for step in steps for code in (step.code, step.parent, step.before, *step.heirs) if code}
    spoken_of |= {code for place in places.values() for code in place if code}
    return RegionPlan(
        on,
        tuple(steps),
        tuple(dict.fromkeys(living)),
        tuple(rehoused),
        {**_names(connection, spoken_of), **{step.code: step.name for step in steps if step.did == "NEW"}},
        _numbers(connection, on, steps),
    )


def region_that_can_change(
    connection: sqlite3.Connection, level: Level, code: str, on: date, *, at_all: bool = False
) -> Stored:
    """Return the row of a region that is there on the day, and was not changed on a later one.

    `at_all` asks only whether it is there. Raises RegionEnded or RegionChangedLater.
    """
    (region,) = rows(connection, REGION.format(level=level), {"code": code})
    name, day = region["name"], on.isoformat()
    if region.get("until_on") is not None:
        raise RegionEnded(code=code, name=name, day=region["until_on"])
    (changed,) = connection.execute(LAST_PAST, {"code": code}).fetchone()
    begun = region.get("from_on")
    if begun is not None and (begun > day or (begun == day and not at_all)):
        raise RegionChangedLater(code=code, name=name, on=day, day=begun)
    if changed is not None and changed > day and not at_all:
        raise RegionChangedLater(code=code, name=name, on=day, day=changed)
    return region


def _is_new(connection: sqlite3.Connection, level: Level, part: Region, on: date) -> bool:
    if first(connection, REGION.format(level=level), {"code": part.code}) is not None:
        region_that_can_change(connection, level, part.code, on, at_all=True)
        return False
    refuse_bad_code(part.code, level)
    if not part.name:
        raise NamelessPart(code=part.code)
    return True


def _refuse_elsewhere(code: str, parent: str) -> None:
    if Region(code, "").parent != parent:
        raise CodeElsewhere(code=code, parent=parent)


def _villages_go(
    connection: sqlite3.Connection, region: Stored, to: Mapping[str, str], *, stays: bool
) -> list[RegionStep]:
    """Return where the villages of a district that is split go. Those that nothing names stay in it, if it stays."""
    code, others = region["code"], to.get("")
    lying = list(rows(connection, VILLAGES_OF, {"code": code}))
    lost = [row for row in lying if not (row["code"] in to or others or stays)]
    if lost:
        raise _no_district_left(region, lost)
    goes = [(row, to.get(row["code"], others or code)) for row in lying]
    return [RegionStep("MOVED", row["code"], row["name"], code, part) for row, part in goes if part != code]


def _no_district_left(region: Stored, villages: Sequence[Stored]) -> NoDistrictLeft:
    names = ", ".join(row["name"] for row in villages[:5]) + (", ..." if len(villages) > 5 else "")
    return NoDistrictLeft(code=region["code"], name=region["name"], number=len(villages), villages=names)


def _place(level: Level, code: str | None) -> Place:
    return (code, None) if level == "village" else (None, code)


def _place_after(connection: sqlite3.Connection, code: str, ending: Mapping[str, RegionStep]) -> Place:
    """Return where the people of a region that ends go: to its only heir, else the district is known and no more."""
    heirs = ending[code].heirs
    level = LEVELS[len(code)]
    if len(heirs) == 1:
        return _place(level, heirs[0])
    if level == "district":
        return None, None
    (village,) = rows(connection, REGION.format(level=level), {"code": code})
    district = village["district_code"]
    return _place_after(connection, district, ending) if district in ending else (None, district)


def _names(connection: sqlite3.Connection, codes: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in codes:
        row = first(connection, REGION.format(level=LEVELS.get(len(code), "province")), {"code": code})
        if row is not None:
            found[code] = row["name"]
    return found


def _numbers(connection: sqlite3.Connection, on: date, steps: Sequence[RegionStep]) -> dict[str, int]:
    """Return how many live in each region of the steps on the day."""
    found: dict[str, int] = {}
    for level in {LEVELS[len(step.code)] for step in steps if step.did != "NEW"} & {"village", "district", "regency"}:
        found |= present_by(connection, on, level)
    return {step.code: found.get(step.code, 0) for step in steps}
