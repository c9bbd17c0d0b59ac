"""The office's own settings, as the register has them. A setting without a row has its default value.

The working area is one of them: the districts that are the office's own, and which of them a text names.
"""

import re
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.model.names import did_you_mean, excerpt, fold_place
from timpora_cli.queries.rows import first

if TYPE_CHECKING:
    from timpora_cli.model.settings import InForce, Setting

VALUE = "SELECT value FROM setting WHERE key = :key"
LINE_BREAK = " / "
"""What stands between the lines of the letterhead where they are one value."""
CODE = re.compile(r"\d\d\.\d\d(\.\d\d)?", re.ASCII)

# A regency of which only some districts are the office's own stands there by those.
AREA = """
SELECT regency.code, regency.name
FROM regency JOIN district ON district.regency_code = regency.code
WHERE district.until_on IS NULL
GROUP BY regency.code
HAVING min(district.ours) = 1
UNION ALL
SELECT code, name FROM district
WHERE ours = 1
    AND until_on IS NULL
    AND regency_code IN (SELECT regency_code FROM district WHERE ours = 0 AND until_on IS NULL)
ORDER BY 1
"""
REGENCIES = "SELECT code, name, folded FROM regency ORDER BY code"
REGENCIES_AND_DISTRICTS = """
SELECT regency.code, regency.name, EXISTS (SELECT 1 FROM district WHERE district.regency_code = regency.code)
FROM regency
UNION ALL
SELECT code, name, 1 FROM district WHERE until_on IS NULL
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


def office_name(connection: sqlite3.Connection) -> str:
    """Return the office's name for headings; empty where nobody has given one."""
    return _value(connection, "office_name")


def time_zone(connection: sqlite3.Connection) -> str:
    """Return the office's time zone, as in Asia/Jakarta."""
    return _value(connection, "time_zone")


def default_window(connection: sqlite3.Connection) -> str:
    """Return how far an expiry list reaches, as in 30d, where neither the command line nor the environment says it."""
    return _value(connection, "default_window")


def rank_weights(connection: sqlite3.Connection) -> str:
    """Return the weights by which the districts are ranked, as in residents=1."""
    return _value(connection, "rank_weights")


def import_backup(connection: sqlite3.Connection) -> int:
    """Return from how many rows on an import makes a backup first; 0 is never."""
    from timpora_cli.model.settings import IMPORT_BACKUP

    return _number(connection, IMPORT_BACKUP)


def office_town(connection: sqlite3.Connection) -> str:
    """Return the town of the office; empty where nobody has given one."""
    return _value(connection, "office_town")


def public_threshold(connection: sqlite3.Connection) -> int:
    """Return the smallest number that a public page prints, but for 0."""
    from timpora_cli.model.settings import PUBLIC_THRESHOLD

    return _number(connection, PUBLIC_THRESHOLD)


def _number(connection: sqlite3.Connection, setting: "Setting") -> int:
    """Return a setting that is a number; its default where another program wrote what is none: that verify finds."""
    from timpora_cli.model.settings import READS, NotThatMany

    try:
        return int(READS[setting.key](_value(connection, setting.key)))
    except NotThatMany:
        return int(setting.default)


def settings(connection: sqlite3.Connection, on: date) -> "list[InForce]":
    """Return every setting as the register has it on the day `on`, in the order in which they are declared."""
    from timpora_cli.model.settings import SETTINGS

    return [in_register(connection, setting, on) for setting in SETTINGS]


def in_register(connection: sqlite3.Connection, setting: "Setting", on: date = date.max) -> "InForce":
    """Return one setting as the register has it, or with its default. The letterhead alone is of a day: `on`.

    The working area has no row. It is worked out from the districts that are the office's own, so the two always agree.
    """
    from timpora_cli.model.settings import LETTERHEAD, REGION, InForce

    if setting == LETTERHEAD:
        from timpora_cli.queries.supervision.letterhead import letterhead, own_letterhead

        lines = LINE_BREAK.join(letterhead(connection, on))
        return InForce(setting, lines, "register" if own_letterhead(connection, on) else "default")

    if setting == REGION:
        places = area(connection)
        codes = " ".join(code for code, _name in places)
        names = ", ".join(" ".join(place) for place in places)
        return InForce(setting, codes, "register" if places else "default", names)
    value = _kept(connection, setting.key)
    return InForce(setting, setting.default, "default") if value is None else InForce(setting, value, "register")


def _value(connection: sqlite3.Connection, key: str) -> str:
    value = _kept(connection, key)
    if value is None:
        from timpora_cli.model.settings import setting_named

        return setting_named(key).default
    return value


def _kept(connection: sqlite3.Connection, key: str) -> str | None:
    row = first(connection, VALUE, {"key": key})
    return None if row is None else str(row["value"])


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
    return words[:at] + ([regency_named(connection, " ".join(words[at:]))] if words[at:] else [])


def regency_named(connection: sqlite3.Connection, text: str) -> str:
    """Return the code of the regency that a code or a name means. Raises NoRegency or AmbiguousRegency."""
    known = connection.execute(REGENCIES).fetchall()
    wanted = fold_place(text)
    regencies = [(code, name) for code, name, folded in known if wanted == folded or text.strip() == code]
    if not regencies:
        raise NoRegency(name=excerpt(text), hint=did_you_mean(text, [name for _code, name, _folded in known]))
    if len(regencies) > 1:
        places = ", ".join(f"{code} {name}" for code, name in regencies[:5])
        raise AmbiguousRegency(name=excerpt(text), count=len(regencies), places=places)
    ((code, _name),) = regencies
    return str(code)
