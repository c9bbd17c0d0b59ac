"""Which district or village a word names on a day, what took the place of one that has ended, and the lists of them.

Several places may have one name. Then the district decides, else the office's own area; else the person is asked.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Literal

from timpora_cli.errors import NotFound, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import did_you_mean, excerpt, fold_place
from timpora_cli.model.places import District, DistrictListed, Village
from timpora_cli.queries.rows import Stored, first, in_force, region_on_day, rows

Level = Literal["district", "village"]
LATEST = date.max
"""The day on which each region is as it is now: no change of a region lies in the future."""

# On the day :on, each region is called as it was then, and lies in what it lay in then. Where only a region of another
# day fits, it is found too, to say what there is in its place.
DISTRICT = f"""
SELECT
    district.code, {region_on_day("district", "name")} AS name,
    {region_on_day("district", "regency_code")} AS regency_code, district.ours,
    {region_on_day("district", "folded")} AS folded, district.from_on, district.until_on,
    {in_force("district")} AS there
FROM district
WHERE {{condition}}
ORDER BY district.code
"""
VILLAGE = f"""
SELECT
    village.code, {region_on_day("village", "name")} AS name, village.kind, district.code AS district_code,
    {region_on_day("district", "name")} AS district, district.ours,
    {region_on_day("village", "folded")} AS folded, village.from_on, village.until_on,
    {in_force("village")} AS there
FROM village JOIN district ON district.code = {region_on_day("village", "district_code")}
WHERE {{condition}}
ORDER BY village.code
"""
BY_CODE = "{level}.code = :text"
BY_NAME = "({level}.folded = :folded OR {level}.code IN (SELECT code FROM region_past WHERE folded = :folded))"
WITHIN = "(:ours = 0 OR district.ours = 1) AND (:district IS NULL OR district.code = :district)"
# The villages that lie, or lay, in the districts that are asked for: found by indexes, before each day is looked at.
VILLAGES_EVER = f"""
village.code IN (
    SELECT village.code FROM village JOIN district ON district.code = village.district_code WHERE {WITHIN}
    UNION ALL
    SELECT past.code FROM region_past AS past JOIN district ON district.code = past.parent_code WHERE {WITHIN}
) AND {WITHIN} AND {in_force("village")}
"""
DISTRICTS = f"""
SELECT
    district.code, {region_on_day("district", "name")} AS name, regency.code AS regency_code, district.ours,
    {region_on_day("regency", "name")} AS regency,
    (
        SELECT count(*) FROM village
        WHERE (
            village.district_code = district.code
            OR village.code IN (SELECT past.code FROM region_past AS past WHERE past.parent_code = district.code)
        )
            AND {region_on_day("village", "district_code")} = district.code
            AND {in_force("village")}
    ) AS villages
FROM district
JOIN regency ON regency.code = {region_on_day("district", "regency_code")}
WHERE (:ours = 0 OR district.ours = 1) AND {in_force("district")}
ORDER BY district.code
"""
LIES_IN = f"SELECT {region_on_day('village', 'district_code')} FROM village WHERE village.code = :code"
SUCCESSORS = "SELECT successor_code FROM {level}_successor WHERE code = :code ORDER BY 1"
# Where one of a region's first day came out of: what it was split from, or what ended on that day.
PREDECESSORS = """
SELECT split_from AS code FROM {level} WHERE code = :code AND split_from IS NOT NULL
UNION
SELECT before.code
FROM {level}_successor AS link
JOIN {level} AS before ON before.code = link.code
JOIN {level} AS heir ON heir.code = link.successor_code
WHERE link.successor_code = :code AND before.until_on = heir.from_on
ORDER BY 1
"""
ENDS = "SELECT until_on FROM {level} WHERE code = :code"
WORDS_FOR_OUR_DISTRICTS = """
SELECT name FROM district WHERE ours = 1 AND until_on IS NULL
UNION ALL
SELECT code FROM district WHERE ours = 1 AND until_on IS NULL
ORDER BY 1
"""
WORDS_FOR_OUR_VILLAGES = """
SELECT village.name FROM village JOIN district ON district.code = village.district_code
WHERE district.ours = 1 AND village.until_on IS NULL
UNION ALL
SELECT village.code FROM village JOIN district ON district.code = village.district_code
WHERE district.ours = 1 AND village.until_on IS NULL
ORDER BY 1
"""
SHOWN = 5


class NoDistrict(NotFound):
    """There is no district {name}.{hint} See them with: timpora district list"""


class NoVillage(NotFound):
    """There is no village {name}.{hint} See them with: timpora village list"""


class DistrictOfAnotherDay(NoDistrict):
    """On {day} there is no district {name}. {known}"""


class VillageOfAnotherDay(NoVillage):
    """On {day} there is no village {name}. {known}"""


class ElsewhereVillage(NoVillage):
    """The village {name} does not lie in that district; there is {places}."""


class AmbiguousDistrict(WrongUsage):
    """{name} is the name of {count} districts: {places}. Give the code."""


class AmbiguousVillage(WrongUsage):
    """{name} is the name of {count} villages: {places}. Name the district too ({example}), or give the code."""


def district_named(connection: sqlite3.Connection, text: str, on: date = LATEST) -> District:
    """Return the district of a code, or of a name in any spelling that folds to it, as of the day `on`.

    Raises where none or several fit; where one fits on another day, the error says what there is on that day.
    """
    found = _found(connection, "district", text, on)
    there, others = _on_the_day(found, fold_place(text), text)
    if not there and others:
        known = " ".join(_known(connection, "district", row, on) for row in others[:SHOWN])
        raise DistrictOfAnotherDay(day=on.isoformat(), name=excerpt(text), known=known)
    if not there:
        words = [word for (word,) in connection.execute(WORDS_FOR_OUR_DISTRICTS)]
        raise NoDistrict(name=excerpt(text), hint=did_you_mean(text, words))
    districts = [_district(row) for row in there]
    candidates = [district for district in districts if district.ours] or districts
    if len(candidates) == 1:
        return candidates[0]
    places = ", ".join(f"{district.code} {district.name}" for district in candidates[:SHOWN])
    raise AmbiguousDistrict(name=excerpt(text), count=len(candidates), places=places)


def village_named(
    connection: sqlite3.Connection, text: str, districts: Sequence[str] = (), on: date = LATEST
) -> Village:
    """Return the one village of a code or name as of the day `on`, within `districts` (codes) where they are given.

    "Dukong, Simpang Pesak" names the district too. Raises where no village fits, or several; where one fits on another
    day, the error says what there is on that day.
    """
    name, _comma, district_text = text.partition(",")
    found = _found(connection, "village", name, on)
    there, others = _on_the_day(found, fold_place(name), name)
    if district_text.strip():
        districts = [_district_of_words(connection, district_text, found, on)]
    within = [_village(row) for row in there if not districts or row["district_code"] in districts]
    others = [row for row in others if not districts or row["district_code"] in districts]
    if not within and others:
        known = " ".join(_known(connection, "village", row, on) for row in others[:SHOWN])
        raise VillageOfAnotherDay(day=on.isoformat(), name=excerpt(text), known=known)
    if there and not within:
        raise ElsewhereVillage(name=excerpt(name), places=_places([_village(row) for row in there]))
    if not within:
        words = [word for (word,) in connection.execute(WORDS_FOR_OUR_VILLAGES)]
        raise NoVillage(name=excerpt(text), hint=did_you_mean(name, words))
    candidates = [village for village in within if village.ours] or within
    if len(candidates) > 1:
        example = f"{candidates[0].name}, {candidates[0].district}"
        raise AmbiguousVillage(name=excerpt(name), count=len(candidates), places=_places(candidates), example=example)
    return candidates[0]


def _district_of_words(connection: sqlite3.Connection, text: str, villages: Sequence[Stored], on: date) -> str:
    """Return the code of the district that stands behind a village's name; also one that has ended with the village."""
    try:
        return district_named(connection, text, on).code
    except DistrictOfAnotherDay:
        ended: list[str] = [row["code"] for row in _found(connection, "district", text, on)]
        return next((code for code in ended if any(row["district_code"] == code for row in villages)), ended[0])


def _found(connection: sqlite3.Connection, level: Level, text: str, on: date) -> list[Stored]:
    """Return the regions of a code, else those that have or had a name, each as of the day `on`."""
    query = {"district": DISTRICT, "village": VILLAGE}[level]
    asked = {"text": text.strip(), "folded": fold_place(text), "on": on.isoformat()}
    for condition in (BY_CODE, BY_NAME):
        found = list(rows(connection, query.format(condition=condition.format(level=level)), asked))
        if found:
            return found
    return []


def _on_the_day(found: Sequence[Stored], folded: str, text: str) -> tuple[list[Stored], list[Stored]]:
    """Return the rows that were there on the day under that name or code, and the others."""
    there = [row for row in found if row["there"] and (row["folded"] == folded or row["code"] == text.strip())]
    return there, [row for row in found if row not in there]


def _known(connection: sqlite3.Connection, level: Level, row: Stored, on: date) -> str:
    """Return in a sentence what became of a region that is not there on the day, or was not there yet."""
    place = f"{row['code']} {row['name']}" + (f" ({row['district']})" if level == "village" else "")
    if row["there"]:
        return _("{code} is called {name} then.").format(code=row["code"], name=row["name"])
    if row["until_on"] is not None and row["until_on"] <= on.isoformat():
        heirs = described(connection, level, heirs_of(connection, level, row["code"], on), on)
        ended = _("{place} ended on {day}; since then it is {heirs}.") if heirs else _("{place} ended on {day}.")
        return ended.format(place=place, day=row["until_on"], heirs=heirs)
    before = [code for (code,) in connection.execute(PREDECESSORS.format(level=level), {"code": row["code"]})]
    was = described(connection, level, before, on)
    began = _("{place} began on {day}; before, it was {was}.") if was else _("{place} began on {day}.")
    return began.format(place=place, day=row["from_on"], was=was)


def heirs_of(connection: sqlite3.Connection, level: Level, code: str, on: date) -> list[str]:
    """Return the codes of those that took the place of a region that has ended, and are there on the day `on`."""
    found: dict[str, None] = {}
    for (heir,) in connection.execute(SUCCESSORS.format(level=level), {"code": code}).fetchall():
        (until,) = connection.execute(ENDS.format(level=level), {"code": heir}).fetchone()
        ended = until is not None and until <= on.isoformat()
        found.update(dict.fromkeys(heirs_of(connection, level, heir, on) if ended else [heir]))
    return list(found)


def described(connection: sqlite3.Connection, level: Level, codes: Sequence[str], on: date) -> str:
    """Return districts or villages of these codes as an officer reads them, each as of the day `on`."""
    query = {"district": DISTRICT, "village": VILLAGE}[level].format(condition=BY_CODE.format(level=level))
    found = [first(connection, query, {"text": code, "on": on.isoformat()}) for code in codes]
    return ", ".join(
        f"{row['code']} {row['name']}" + (f" ({row['district']})" if level == "village" else "")
        for row in found
        if row is not None
    )


def place_name(connection: sqlite3.Connection, code: str, on: date) -> str:
    """Return a village of this code with its district, or else the district of it, as they are called on the day."""
    asked = {"text": code, "on": on.isoformat()}
    village = first(connection, VILLAGE.format(condition=BY_CODE.format(level="village")), asked)
    if village is not None:
        one = _village(village)
        return f"{one.name}, {one.district}"
    district = first(connection, DISTRICT.format(condition=BY_CODE.format(level="district")), asked)
    return code if district is None else str(district["name"])


def _places(villages: Sequence[Village]) -> str:
    return ", ".join(f"{village.code} ({village.district})" for village in villages[:SHOWN])


def _district(row: Stored) -> District:
    return District(row["code"], row["name"], row["regency_code"], row["ours"])


def _village(row: Stored) -> Village:
    return Village(row["code"], row["name"], row["kind"], row["district_code"], row["district"], row["ours"])


def district_rows(connection: sqlite3.Connection, ours: bool, on: date = LATEST) -> list[DistrictListed]:
    """Return the districts that are there on the day `on` (only the office's own, if `ours`), each with its regency's
    name and its number of villages.
    """
    asked = {"ours": int(ours), "on": on.isoformat()}
    return [
        DistrictListed(_district(row), row["regency"], row["villages"]) for row in rows(connection, DISTRICTS, asked)
    ]


def village_rows(
    connection: sqlite3.Connection, ours: bool, district: str | None = None, on: date = LATEST
) -> list[Village]:
    """Return the villages that are there on the day `on`, by code: only the office's own, if `ours`; only of one
    district (a code), if given.
    """
    asked = {"ours": int(ours), "district": district, "on": on.isoformat()}
    return [_village(row) for row in rows(connection, VILLAGE.format(condition=VILLAGES_EVER), asked)]


def district_of(
    connection: sqlite3.Connection, village_code: str | None, district_code: str | None = None, on: date = LATEST
) -> District | None:
    """Return the district that a village lies in on the day `on`, or the one of a code; None where neither is given.

    A code that may be of either is given as both.
    """
    asked = {"code": village_code, "on": on.isoformat()}
    lies_in = None if village_code is None else connection.execute(LIES_IN, asked).fetchone()
    code = lies_in[0] if lies_in else district_code
    query = DISTRICT.format(condition=BY_CODE.format(level="district"))
    row = first(connection, query, {"text": code, "on": on.isoformat()})
    return None if row is None else _district(row)
