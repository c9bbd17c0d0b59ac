"""Which district or village a word names, and the lists of them. Names are no keys: a name that several places bear is
settled by the district, else by the office's own area, else asked about.
"""

import sqlite3
from collections.abc import Sequence

from timpora_cli.errors import NotFound, WrongUsage
from timpora_cli.model.names import did_you_mean, excerpt, fold_place
from timpora_cli.model.people import District, DistrictListed, Village

DISTRICT_BY_CODE = "SELECT code, name, regency_code, ours FROM district WHERE code = ?"
DISTRICT_BY_NAME = "SELECT code, name, regency_code, ours FROM district WHERE folded = ? ORDER BY code"
DISTRICT_OF_VILLAGE = """
SELECT district.code, district.name, district.regency_code, district.ours
FROM village JOIN district ON district.code = village.district_code
WHERE village.code = ?
"""
DISTRICTS = """
SELECT district.code, district.name, district.regency_code, district.ours, regency.name, count(village.code)
FROM district
JOIN regency ON regency.code = district.regency_code
LEFT JOIN village ON village.district_code = district.code
WHERE (:ours = 0 OR district.ours = 1)
GROUP BY district.code
ORDER BY district.code
"""
VILLAGE_BY_CODE = """
SELECT village.code, village.name, village.kind, district.code, district.name, district.ours
FROM village JOIN district ON district.code = village.district_code
WHERE village.code = ?
"""
VILLAGE_BY_NAME = """
SELECT village.code, village.name, village.kind, district.code, district.name, district.ours
FROM village JOIN district ON district.code = village.district_code
WHERE village.folded = ?
ORDER BY village.code
"""
VILLAGES = """
SELECT village.code, village.name, village.kind, district.code, district.name, district.ours
FROM village JOIN district ON district.code = village.district_code
WHERE (:ours = 0 OR district.ours = 1) AND (:district IS NULL OR district.code = :district)
ORDER BY village.code
"""
WORDS_FOR_OUR_DISTRICTS = """
SELECT name FROM district WHERE ours = 1
UNION ALL
SELECT code FROM district WHERE ours = 1
ORDER BY 1
"""
WORDS_FOR_OUR_VILLAGES = """
SELECT village.name FROM village JOIN district ON district.code = village.district_code WHERE district.ours = 1
UNION ALL
SELECT village.code FROM village JOIN district ON district.code = village.district_code WHERE district.ours = 1
ORDER BY 1
"""


class NoDistrict(NotFound):
    """There is no district {name}.{hint} See them with: timpora district list"""


class NoVillage(NotFound):
    """There is no village {name}.{hint} See them with: timpora village list"""


class ElsewhereVillage(NoVillage):
    """The village {name} does not lie in that district; there is {places}."""


class AmbiguousDistrict(WrongUsage):
    """{name} is the name of {count} districts: {places}. Give the code."""


class AmbiguousVillage(WrongUsage):
    """{name} is the name of {count} villages: {places}. Name the district too ({example}), or give the code."""


def district_named(connection: sqlite3.Connection, text: str) -> District:
    """Return the district of a code or a name in any spelling that folds to it; raise where none or several fit."""
    found = [District(*row) for row in connection.execute(DISTRICT_BY_CODE, (text.strip(),))] or [
        District(*row) for row in connection.execute(DISTRICT_BY_NAME, (fold_place(text),))
    ]
    if not found:
        known = [word for (word,) in connection.execute(WORDS_FOR_OUR_DISTRICTS)]
        raise NoDistrict(name=excerpt(text), hint=did_you_mean(text, known))
    fitting = [district for district in found if district.ours] if len(found) > 1 else found
    if len(fitting) == 1:
        return fitting[0]
    candidates = fitting or found
    places = ", ".join(f"{district.code} {district.name}" for district in candidates[:5])
    raise AmbiguousDistrict(name=excerpt(text), count=len(candidates), places=places)


def village_named(connection: sqlite3.Connection, text: str, districts: Sequence[str] = ()) -> Village:
    """Return the one village of a code or name, within `districts` (codes) where they are given.

    "Dukong, Simpang Pesak" names the district too. Raises where no village fits, or several.
    """
    name, _comma, district_text = text.partition(",")
    if district_text.strip():
        districts = [district_named(connection, district_text).code]
    found = [Village(*row) for row in connection.execute(VILLAGE_BY_CODE, (name.strip(),))] or [
        Village(*row) for row in connection.execute(VILLAGE_BY_NAME, (fold_place(name),))
    ]
    elsewhere = [village for village in found if districts and village.district_code not in districts]
    found = [village for village in found if village not in elsewhere]
    if elsewhere and not found:
        places = ", ".join(f"{village.code} ({village.district})" for village in elsewhere[:5])
        raise ElsewhereVillage(name=excerpt(name), places=places)
    if not found:
        known = [word for (word,) in connection.execute(WORDS_FOR_OUR_VILLAGES)]
        raise NoVillage(name=excerpt(text), hint=did_you_mean(name, known))
    fitting = [village for village in found if village.ours] or found
    if len(fitting) > 1:
        places = ", ".join(f"{village.code} ({village.district})" for village in fitting[:5])
        example = f"{fitting[0].name}, {fitting[0].district}"
        raise AmbiguousVillage(name=excerpt(name), count=len(fitting), places=places, example=example)
    return fitting[0]


def district_rows(connection: sqlite3.Connection, ours: bool) -> list[DistrictListed]:
    """Return the districts (only the office's own, if `ours`), each with its regency's name and number of villages."""
    rows = connection.execute(DISTRICTS, {"ours": int(ours)})
    return [DistrictListed(District(*row[:4]), str(row[4]), int(row[5])) for row in rows]


def village_rows(connection: sqlite3.Connection, ours: bool, district: str | None = None) -> list[Village]:
    """Return the villages, by code: only the office's own, if `ours`; only of one district (a code), if given."""
    return [Village(*row) for row in connection.execute(VILLAGES, {"ours": int(ours), "district": district})]


def district_of(
    connection: sqlite3.Connection, village_code: str | None, district_code: str | None = None
) -> District | None:
    """Return the district that a village lies in, or the one of a code; None where neither is given."""
    if village_code is not None:
        return District(*connection.execute(DISTRICT_OF_VILLAGE, (village_code,)).fetchone())
    return (
        None if district_code is None else District(*connection.execute(DISTRICT_BY_CODE, (district_code,)).fetchone())
    )
