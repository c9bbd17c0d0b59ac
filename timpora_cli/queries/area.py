"""The office's working area: which regencies it is made of, and which ones a text names.

It is kept nowhere but on the districts, each of which is the office's own or not.
"""

import re
import sqlite3

from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.model.names import did_you_mean, excerpt, fold_place

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
    found = [(code, name) for code, name, folded in known if folded == wanted]
    if not found:
        raise NoRegency(name=excerpt(text), hint=did_you_mean(text, [name for _code, name, _folded in known]))
    if len(found) > 1:
        places = ", ".join(f"{code} {name}" for code, name in found[:5])
        raise AmbiguousRegency(name=excerpt(text), count=len(found), places=places)
    return str(found[0][0])
