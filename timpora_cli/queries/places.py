"""Which district, village or regency a word names, the lists of them, and the office's own working area.

Several places may have one name. Then the district decides, else the office's own area; else the person is asked.
"""

import re
import sqlite3
from collections.abc import Sequence

from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.model.names import did_you_mean, excerpt, fold_place
from timpora_cli.model.places import District, DistrictListed, Village
from timpora_cli.queries.rows import first, rows

DISTRICT_BY_CODE = "SELECT code, name, regency_code, ours FROM district WHERE code = :code"
DISTRICT_BY_NAME = "SELECT code, name, regency_code, ours FROM district WHERE folded = :folded ORDER BY code"
DISTRICT_OF_VILLAGE = """
SELECT district.code, district.name, district.regency_code, district.ours
FROM village JOIN district ON district.code = village.district_code
WHERE village.code = :code
"""
DISTRICTS = """
SELECT
    district.code, district.name, district.regency_code, district.ours, regency.name AS regency,
    count(village.code) AS villages
FROM district
JOIN regency ON regency.code = district.regency_code
LEFT JOIN village ON village.district_code = district.code
WHERE (:ours = 0 OR district.ours = 1)
GROUP BY district.code
ORDER BY district.code
"""
VILLAGE_BY_CODE = """
SELECT village.code, village.name, village.kind, district.code AS district_code,
    district.name AS district, district.ours
FROM village JOIN district ON district.code = village.district_code
WHERE village.code = :code
"""
VILLAGE_BY_NAME = """
SELECT village.code, village.name, village.kind, district.code AS district_code,
    district.name AS district, district.ours
FROM village JOIN district ON district.code = village.district_code
WHERE village.folded = :folded
ORDER BY village.code
"""
VILLAGES = """
SELECT village.code, village.name, village.kind, district.code AS district_code,
    district.name AS district, district.ours
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
CODE = re.compile(r"\d\d\.\d\d(\.\d\d)?", re.ASCII)

# A regency of which only some districts are the office's own stands there by those.
AREA = """
SELECT regency.code, regency.name
FROM regency JOIN district ON district.regency_code = regency.code
GROUP BY regency.code
HAVING min(district.ours) = 1
UNION ALL
SELECT code, name FROM district
WHERE ours = 1 AND regency_code IN (SELECT regency_code FROM district WHERE ours = 0)
ORDER BY 1
"""
REGENCIES = "SELECT code, name, folded FROM regency ORDER BY code"
REGENCIES_AND_DISTRICTS = """
SELECT regency.code, regency.name, EXISTS (SELECT 1 FROM district WHERE district.regency_code = regency.code)
FROM regency
UNION ALL
SELECT code, name, 1 FROM district
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


class NoRegency(NotFound):
    """There is no regency {name}.{hint}
    Give names with commas between, or codes as in 19.02 19.06.
    """


class AmbiguousRegency(WrongUsage):
    """{name} is the name of {count} regencies: {places}. Give the code."""


class NothingInRegency(Refused):
    """{code} {name} has no district on record. Bring in its districts first: timpora region import FILE"""


class NoArea(WrongUsage):
    """No regency is named, and an office has an area to work in. Give its regencies, as in 19.02 19.06."""


def district_named(connection: sqlite3.Connection, text: str) -> District:
    """Return the district of a code or a name in any spelling that folds to it; raise where none or several fit."""
    districts = [District(**row) for row in rows(connection, DISTRICT_BY_CODE, {"code": text.strip()})] or [
        District(**row) for row in rows(connection, DISTRICT_BY_NAME, {"folded": fold_place(text)})
    ]
    if not districts:
        known = [word for (word,) in connection.execute(WORDS_FOR_OUR_DISTRICTS)]
        raise NoDistrict(name=excerpt(text), hint=did_you_mean(text, known))
    candidates = [district for district in districts if district.ours] or districts
    if len(candidates) == 1:
        return candidates[0]
    places = ", ".join(f"{district.code} {district.name}" for district in candidates[:5])
    raise AmbiguousDistrict(name=excerpt(text), count=len(candidates), places=places)


def village_named(connection: sqlite3.Connection, text: str, districts: Sequence[str] = ()) -> Village:
    """Return the one village of a code or name, within `districts` (codes) where they are given.

    "Dukong, Simpang Pesak" names the district too. Raises where no village fits, or several.
    """
    name, _comma, district_text = text.partition(",")
    if district_text.strip():
        districts = [district_named(connection, district_text).code]
    villages = [Village(**row) for row in rows(connection, VILLAGE_BY_CODE, {"code": name.strip()})] or [
        Village(**row) for row in rows(connection, VILLAGE_BY_NAME, {"folded": fold_place(name)})
    ]
    within = [village for village in villages if not districts or village.district_code in districts]
    if villages and not within:
        raise ElsewhereVillage(name=excerpt(name), places=_places(villages))
    if not villages:
        known = [word for (word,) in connection.execute(WORDS_FOR_OUR_VILLAGES)]
        raise NoVillage(name=excerpt(text), hint=did_you_mean(name, known))
    candidates = [village for village in within if village.ours] or within
    if len(candidates) > 1:
        example = f"{candidates[0].name}, {candidates[0].district}"
        raise AmbiguousVillage(name=excerpt(name), count=len(candidates), places=_places(candidates), example=example)
    return candidates[0]


def _places(villages: Sequence[Village]) -> str:
    return ", ".join(f"{village.code} ({village.district})" for village in villages[:5])


def district_rows(connection: sqlite3.Connection, ours: bool) -> list[DistrictListed]:
    """Return the districts (only the office's own, if `ours`), each with its regency's name and number of villages."""
    return [
        DistrictListed(
            District(row["code"], row["name"], row["regency_code"], row["ours"]), row["regency"], row["villages"]
        )
        for row in rows(connection, DISTRICTS, {"ours": int(ours)})
    ]


def village_rows(connection: sqlite3.Connection, ours: bool, district: str | None = None) -> list[Village]:
    """Return the villages, by code: only the office's own, if `ours`; only of one district (a code), if given."""
    return [Village(**row) for row in rows(connection, VILLAGES, {"ours": int(ours), "district": district})]


def district_of(
    connection: sqlite3.Connection, village_code: str | None, district_code: str | None = None
) -> District | None:
    """Return the district that a village lies in, or the one of a code; None where neither is given."""
    query = DISTRICT_BY_CODE if village_code is None else DISTRICT_OF_VILLAGE
    row = first(connection, query, {"code": village_code or district_code})
    return None if row is None else District(**row)


def area(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the codes and names of the regencies that are the office's own, by code.

    Where only some districts of a regency are, those stand there in its place.
    """
    return [(str(code), str(name)) for code, name in connection.execute(AREA)]


def area_named(connection: sqlite3.Connection, text: str) -> list[str]:
    """Return the codes of the regencies, and of the single districts, that `text` names.

    Codes may stand with blanks or commas between them, names with commas; the list that `area` gives is understood.
    Raises NoArea, NoRegency, AmbiguousRegency, or NothingInRegency where a regency has no district on record.
    """
    codes = [code for part in text.split(",") for code in _codes(connection, part.split())]
    if not codes:
        raise NoArea
    known = {code: (str(name), bool(filled)) for code, name, filled in connection.execute(REGENCIES_AND_DISTRICTS)}
    for code in codes:
        if code not in known:
            alike = [one for one in known if len(one) == len(code)]
            raise NoRegency(name=code, hint=did_you_mean(code, alike))
        name, filled = known[code]
        if not filled:
            raise NothingInRegency(code=code, name=name)
    return sorted(set(codes))


def _codes(connection: sqlite3.Connection, words: list[str]) -> list[str]:
    """Return the codes at the head of `words`, and that of the regency which the rest names, if there is a rest."""
    at = next((place for place, word in enumerate(words) if not CODE.fullmatch(word)), len(words))
    return words[:at] + ([_regency_named(connection, " ".join(words[at:]))] if words[at:] else [])


def _regency_named(connection: sqlite3.Connection, text: str) -> str:
    known = connection.execute(REGENCIES).fetchall()
    wanted = fold_place(text)
    regencies = [(code, name) for code, name, folded in known if folded == wanted]
    if not regencies:
        raise NoRegency(name=excerpt(text), hint=did_you_mean(text, [name for _code, name, _folded in known]))
    if len(regencies) > 1:
        places = ", ".join(f"{code} {name}" for code, name in regencies[:5])
        raise AmbiguousRegency(name=excerpt(text), count=len(regencies), places=places)
    ((code, _name),) = regencies
    return str(code)
