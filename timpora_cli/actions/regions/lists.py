"""A list of regions compared with those on record: what is new, called otherwise, swapped between codes, or ended.

The list is staged (regions.stage). A region of the list is known by its code. A village that the list lacks has ended
where the list holds other villages of its regency; a district has ended when its last village has. A new code of the
same name in the same regency takes the place of one that has ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from sqlite3 import Connection
from typing import NamedTuple

from timpora_cli.actions.regions import LEVELS, Level, write_new
from timpora_cli.actions.regions.changes import carry_out
from timpora_cli.actions.regions.plans import planned
from timpora_cli.errors import Refused
from timpora_cli.language import counted
from timpora_cli.model.places import RegionPlan, RegionStep
from timpora_cli.queries.rows import Stored, rows
from timpora_cli.store.change import Change

CAME_BACK = """
SELECT listed.code, {level}.name, {level}.until_on
FROM listed JOIN {level} ON {level}.code = listed.code
WHERE {level}.until_on IS NOT NULL
ORDER BY listed.code
LIMIT 1
"""
OTHER_NAME = """
SELECT listed.code, {level}.name AS before, listed.name, {folded} AS was, listed.folded
FROM listed JOIN {level} ON {level}.code = listed.code
WHERE {level}.name <> listed.name
ORDER BY listed.code
"""
REGENCIES_LISTED = "SELECT DISTINCT substr(code, 1, 5) FROM listed WHERE length(code) = 13"
VILLAGES_LACKING = f"""
SELECT village.code, village.name, village.folded, village.district_code, district.regency_code
FROM district JOIN village ON village.district_code = district.code
WHERE district.regency_code IN ({REGENCIES_LISTED})
    AND village.until_on IS NULL
    AND village.code NOT IN (SELECT code FROM listed)
ORDER BY village.code
"""
DISTRICTS_LACKING = """
SELECT code, name, folded, regency_code, NULL AS district_code
FROM district
WHERE until_on IS NULL AND code NOT IN (SELECT code FROM listed) AND code IN (SELECT value FROM json_each(:emptied))
ORDER BY code
"""
STILL_THERE = (
    "SELECT 1 FROM village WHERE district_code = :code AND until_on IS NULL AND code IN (SELECT code FROM listed)"
)
# New codes in the regencies that are on record already, and whose villages the list holds.
NEW = """
SELECT listed.code, listed.name, listed.folded, listed.parent
FROM listed
WHERE length(listed.code) = :length
    AND listed.code NOT IN (SELECT code FROM {level})
    AND substr(listed.code, 1, 5) IN (SELECT regency_code FROM district)
ORDER BY listed.code
"""
IN_FORCE = """
SELECT district.regency_code, regency.name, count(*)
FROM village
JOIN district ON district.code = village.district_code
JOIN regency ON regency.code = district.regency_code
WHERE village.until_on IS NULL AND district.regency_code IN (SELECT value FROM json_each(:regencies))
GROUP BY 1
"""
BEGINS = "UPDATE listed SET from_on = :on WHERE code = :code"


class OlderList(Refused):
    """The list has {code} {name}, which ended on {day}: it is older than the register. Nothing was changed."""


class SwappedNames(Refused):
    """The list gives these codes the names of one another: {swapped}. {people}
    Nothing was changed. A swap is rare; a list with shifted lines is not. If it is right: --yes-swap
    """


class PartOfAList(Refused):
    """The list lacks {missing} of the {number} villages of {regency}, and an import ends what a list lacks.
    Nothing was changed. Add single villages with timpora village add, or say that the list is whole: --yes
    """


class ListPlan(NamedTuple):
    """What a list would change, and how many villages of each regency would end without another in their place."""

    plan: RegionPlan
    lost: Mapping[str, int]


def compared(connection: Connection, on: date, *, dated: bool) -> ListPlan:
    """Return what the staged list changes from the day `on`.

    What is new begins on that day where it takes the place of another, or if the day was given (`dated`); else nobody
    knows since when it is there. Raises OlderList, and as `planned` does.
    """
    levels: tuple[Level, ...] = ("village", "district")
    for level in levels:
        came_back = connection.execute(CAME_BACK.format(level=level)).fetchone()
        if came_back is not None:
            raise OlderList(code=came_back[0], name=came_back[1], day=came_back[2])
    new = {level: list(rows(connection, NEW.format(level=level), {"length": _length(level)})) for level in levels}
    villages = list(rows(connection, VILLAGES_LACKING))
    emptied = _json(
        code
        for code in dict.fromkeys(row["district_code"] for row in villages)
        if connection.execute(STILL_THERE, {"code": code}).fetchone() is None
    )
    districts = list(rows(connection, DISTRICTS_LACKING, {"emptied": emptied}))
    district_heirs = _heirs(districts, new["district"], {})
    village_heirs = _heirs(villages, new["village"], district_heirs)
    begun = _begun(new, {**district_heirs, **village_heirs}, everything=dated)
    connection.executemany(BEGINS, [{"code": code, "on": on.isoformat()} for code in begun])
    steps = [
        *(RegionStep("NEW", row["code"], row["name"], None, row["parent"]) for level in new for row in new[level]),
        *_otherwise_named(connection),
        *(_ended(row, village_heirs) for row in villages),
        *(_ended(row, district_heirs) for row in districts),
    ]
    lost: dict[str, int] = defaultdict(int)
    for row in villages:
        lost[row["regency_code"]] += row["code"] not in village_heirs
    return ListPlan(planned(connection, on, steps), lost)


def refuse_swapped(plan: RegionPlan) -> None:
    """Raise SwappedNames where codes would be called what others were called."""
    swapped = plan.of("SWAPPED")
    if swapped:
        named = "; ".join(f"{step.code} {step.before} -> {step.name}" for step in swapped[:4])
        people = [f"{one.resident_id} {one.name}" for one in plan.living if one.code in {step.code for step in swapped}]
        shown = ", ".join(people[:5]) + (", ..." if len(people) > 5 else "")
        live = counted("{number} person lives there", "{number} people live there", len(people))
        raise SwappedNames(swapped=named, people=f"{live}{': ' if people else ''}{shown}.")


def refuse_part(connection: Connection, lost: Mapping[str, int]) -> None:
    """Raise PartOfAList where most villages of a regency would end and nothing takes their place."""
    asked = {"regencies": _json(code for code, number in lost.items() if number)}
    for regency, name, number in connection.execute(IN_FORCE, asked).fetchall():
        if lost[regency] * 2 > number:
            raise PartOfAList(missing=lost[regency], number=number, regency=f"{regency} {name}")


def take_in(change: Change, plan: RegionPlan, ours: bool) -> dict[str, int]:
    """Do what a staged list changes, and return how many regions of each level are new."""
    written = write_new(change, ours)
    carry_out(change, replace(plan, steps=tuple(step for step in plan.steps if step.did != "NEW")))
    return written


def _otherwise_named(connection: Connection) -> Iterator[RegionStep]:
    for level in LEVELS.values():
        folded = "province.name" if level == "province" else f"{level}.folded"
        found = list(rows(connection, OTHER_NAME.format(level=level, folded=folded)))
        was = {(row["code"][:5], row["was"]): row["code"] for row in found}
        given = {(row["code"][:5], row["folded"]): row["code"] for row in found}
        for row in found:
            takes = was.get((row["code"][:5], row["folded"]), row["code"])
            gives = given.get((row["code"][:5], row["was"]), row["code"])
            did = "RENAMED" if takes == gives == row["code"] else "SWAPPED"
            yield RegionStep(did, row["code"], row["name"], row["before"])


def _heirs(lacking: Sequence[Stored], new: Sequence[Stored], districts: Mapping[str, str]) -> dict[str, str]:
    """Return the new code that takes the place of each that ends: the only one of its name in its regency.

    Of several, the only one in the same district, or in the one that took the district's place.
    """
    alike: dict[tuple[str, str], list[Stored]] = defaultdict(list)
    for row in new:
        alike[row["code"][:5], row["folded"]].append(row)
    heirs: dict[str, list[str]] = defaultdict(list)
    for row in lacking:
        found = alike.get((row["regency_code"], row["folded"]), [])
        district = districts.get(row["district_code"], row["district_code"])
        near = [one for one in found if one["parent"] == district] if len(found) > 1 else found
        if len(near) == 1:
            heirs[near[0]["code"]].append(row["code"])
    return {ended[0]: heir for heir, ended in heirs.items() if len(ended) == 1}


def _begun(new: Mapping[Level, Sequence[Stored]], heirs: Mapping[str, str], *, everything: bool) -> set[str]:
    """Return the new codes of which it is known that they begin on the day of the list."""
    if everything:
        return {row["code"] for level in new for row in new[level]}
    villages = set(heirs.values())
    return villages | {row["code"] for row in new["district"] if any(one.startswith(row["code"]) for one in villages)}


def _ended(row: Stored, heirs: Mapping[str, str]) -> RegionStep:
    heir = heirs.get(row["code"])
    return RegionStep("ENDED", row["code"], row["name"], heirs=() if heir is None else (heir,))


def _length(level: Level) -> int:
    return next(length for length, one in LEVELS.items() if one == level)


def _json(codes: Iterable[str]) -> str:
    import json

    return json.dumps(list(codes))
