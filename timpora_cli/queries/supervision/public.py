"""What a public page counts, and the public pages that were published."""

import sqlite3
from datetime import date

from timpora_cli.model.supervision.areas import DISTRICT, ELSEWHERE, OTHERS_OF, Area, Unit
from timpora_cli.model.supervision.public_page import GROUP_CODES, Counted, Nationality, PublicPage, page_of_json
from timpora_cli.queries.people import PERSON_ON_DAY
from timpora_cli.queries.rows import first, in_force, region_on_day, rows

DISTRICTS = f"""
SELECT
    district.code, {region_on_day("district", "name")} AS name,
    regency.code AS regency_code, {region_on_day("regency", "name")} AS regency
FROM district JOIN regency ON regency.code = {region_on_day("district", "regency_code")}
WHERE district.ours AND {in_force("district")}
ORDER BY district.code
"""
PEOPLE = f"""
WITH person AS ({PERSON_ON_DAY})
SELECT district_code AS code, group_code AS in_group, count(*) AS people FROM person GROUP BY 1, 2
"""
NATIONALITIES = f"""
WITH person AS ({PERSON_ON_DAY})
SELECT country.name_id, country.name_en, count(*) AS people
FROM person JOIN country ON country.code = person.nationality
GROUP BY country.code
ORDER BY 3 DESC, country.code
"""
# What was published stays so: a disclosure is never taken back.
PAGES = """
SELECT page FROM disclosure WHERE page IS NOT NULL AND {condition} ORDER BY id {order} LIMIT 1
"""
OF_DAY = PAGES.format(condition="on_day = :on", order="")
LAST = PAGES.format(condition="true", order="DESC")


def counted(connection: sqlite3.Connection, on: date) -> Counted:
    """Return the people present on the day `on`, by the office's districts and group, and by nationality."""
    day = {"on": on.isoformat()}
    people: dict[str | None, dict[str, int]] = {}
    for row in rows(connection, PEOPLE, day):
        people.setdefault(row["code"], {})[row["in_group"]] = row["people"]
    units = [
        Unit(
            Area(DISTRICT, row["code"], row["name"]),
            Area(OTHERS_OF, row["regency_code"], row["regency"]),
            _by_group(people.pop(row["code"], {})),
        )
        for row in rows(connection, DISTRICTS, day)
    ]
    elsewhere = tuple(map(sum, zip(*map(_by_group, people.values()), strict=True))) or _by_group({})
    units.append(Unit(Area(ELSEWHERE), Area(ELSEWHERE), elsewhere))
    return Counted(tuple(units), tuple(Nationality(**row) for row in rows(connection, NATIONALITIES, day)))


def page_published(connection: sqlite3.Connection, on: date) -> PublicPage | None:
    """Return the page of the day `on` as it was published first; None where none was."""
    return _page(connection, OF_DAY, {"on": on.isoformat()})


def last_published(connection: sqlite3.Connection) -> PublicPage | None:
    """Return the page that was published last, of whatever day; None where none was."""
    return _page(connection, LAST, {})


def _page(connection: sqlite3.Connection, query: str, values: dict[str, str]) -> PublicPage | None:
    row = first(connection, query, values)
    return None if row is None else page_of_json(row["page"])


def _by_group(people: dict[str, int]) -> tuple[int, ...]:
    return tuple(people.get(code, 0) for code in GROUP_CODES)
