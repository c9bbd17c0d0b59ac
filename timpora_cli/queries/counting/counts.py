"""How many people are present on a day, by district or by another fact about them, in a column for each group."""

import sqlite3
from collections.abc import Callable
from datetime import date

from timpora_cli.language import _
from timpora_cli.model.counting.counts import CountRow
from timpora_cli.model.names import fold_name
from timpora_cli.model.supervision.inspections import seen_since
from timpora_cli.model.terms import CLASSES, GROUPS, PURPOSES
from timpora_cli.queries.countries import country_names
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PERSON_ON_DAY, by_state
from timpora_cli.queries.rows import in_force, region_on_day
from timpora_cli.queries.supervision.inspections import IS_SEEN, days_to_be_seen

COUNT = """
WITH person AS ({person_on_day})
SELECT {key}, person.group_code, count(*), {seen}
FROM person
WHERE {conditions}
GROUP BY 1, 2
"""

IN_DISTRICT = """
WITH person AS ({person_on_day})
SELECT count(*) FROM person WHERE person.district_code IS :district
"""

BY_KEY = """
WITH person AS ({person_on_day})
SELECT {key}, count(*) FROM person WHERE {key} IS NOT NULL GROUP BY 1
"""

KEYS = {
    "district": "person.district_code",
    "village": "person.village_code",
    "regency": "person.regency_code",
    "class": "person.class_code",
    "nationality": "person.nationality",
    "purpose": "person.purpose_code",
    "sponsor": "person.sponsor_id",
    "sex": "person.sex",
}
REGIONS = ("district", "village", "regency")
SEEN = f"count(*) FILTER (WHERE {IS_SEEN.strip()})"
NOT_ASKED = "NULL"

# Regions are called as on the day, and those that were there on it have a row although nobody lives there.
DISTRICTS = f"""
SELECT
    district.code, {region_on_day("district", "name")}, regency.code, {region_on_day("regency", "name")},
    district.ours AND {in_force("district")}
FROM district JOIN regency ON regency.code = {region_on_day("district", "regency_code")}
"""
VILLAGES = f"""
SELECT village.code, {region_on_day("village", "name")}, district.code, {region_on_day("district", "name")}, 0
FROM village JOIN district ON district.code = {region_on_day("village", "district_code")}
"""
REGENCIES = f"""
SELECT
    code, {region_on_day("regency", "name")}, NULL, NULL,
    code IN (
        SELECT {region_on_day("district", "regency_code")} FROM district
        WHERE ours = 1 AND {in_force("district")}
    )
FROM regency
"""
SPONSORS = "SELECT CAST(id AS TEXT), name, NULL, NULL, 0 FROM sponsor"

Label = tuple[str, str | None, str | None, bool]


def counts(connection: sqlite3.Connection, on: date, by: str, where: Where) -> list[CountRow]:
    """Return the people present on the day `on` who meet `where`, counted `by` one of KEYS and by group.

    Most first, then by name or by code; those of whom the fact is not known come last. Districts and regencies of the
    office's own area have their row even when nobody lives there, unless a region was asked for. By class, a row also
    has how many of its people were seen in the field within the days of the rule.
    """
    where = by_state(connection, on, where)
    days = days_to_be_seen(connection, on) if by == "class" else None
    seen, since = (NOT_ASKED, None) if days is None else (SEEN, seen_since(on, days).isoformat())
    query = COUNT.format(person_on_day=PERSON_ON_DAY, key=KEYS[by], conditions=where.conditions, seen=seen)
    counted: dict[str | None, dict[str, int]] = {}
    met: dict[str | None, int | None] = {}
    asked = {"on": on.isoformat(), "seen_since": since, **where.parameters}
    for key, group, number, of_them in connection.execute(query, asked):
        code = None if key is None else str(key)
        counted.setdefault(code, {})[group] = number
        met[code] = of_them  # a class has one group, so one row
    labels = LABELS[by](connection, on)
    if by in REGIONS and not {"district", "village"} & where.parameters.keys():
        for key in [*(key for key, (*_names, always) in labels.items() if always), None]:
            counted.setdefault(key, {})
    rows = [_row(key, labels, groups)._replace(seen=met.get(key)) for key, groups in counted.items()]
    # Ties of places and sponsors are in order of their names. Other names change with the language: there the code
    # decides.
    named = by in (*REGIONS, "sponsor")
    return sorted(
        rows,
        key=lambda row: (row.code is None, -row.total, fold_name(row.name or "") if named else "", row.code or ""),
    )


def present_in(connection: sqlite3.Connection, on: date, district_code: str | None) -> int:
    """Return how many people are present in a district on the day `on`; None counts those in no known region."""
    query = IN_DISTRICT.format(person_on_day=PERSON_ON_DAY)
    (number,) = connection.execute(query, {"on": on.isoformat(), "district": district_code}).fetchone()
    return int(number)


def present_by(connection: sqlite3.Connection, on: date, by: str) -> dict[str, int]:
    """Return how many people are present on the day `on` by one of KEYS; those without it are left out."""
    query = BY_KEY.format(person_on_day=PERSON_ON_DAY, key=KEYS[by])
    return {str(key): int(number) for key, number in connection.execute(query, {"on": on.isoformat()})}


def _row(key: str | None, labels: dict[str, Label], groups: dict[str, int]) -> CountRow:
    name, within_code, within, _always = labels[key] if key is not None else (None, None, None, False)
    return CountRow(key, name, within_code, within, tuple(groups.get(group.code, 0) for group in GROUPS))


def _from(query: str) -> Callable[[sqlite3.Connection, date], dict[str, Label]]:
    def labels(connection: sqlite3.Connection, on: date) -> dict[str, Label]:
        return {
            code: (name, within_code, within, bool(always))
            for code, name, within_code, within, always in connection.execute(query, {"on": on.isoformat()})
        }

    return labels


def _countries(connection: sqlite3.Connection, _on: date) -> dict[str, Label]:
    return {code: (name, None, None, False) for code, name in country_names(connection).items()}


def _classes(_connection: sqlite3.Connection, _on: date) -> dict[str, Label]:
    return {kind.term.code: (kind.term.name, kind.group, None, False) for kind in CLASSES}


def _purposes(_connection: sqlite3.Connection, _on: date) -> dict[str, Label]:
    return {purpose.code: (purpose.name, None, None, False) for purpose in PURPOSES}


def _sexes(_connection: sqlite3.Connection, _on: date) -> dict[str, Label]:
    return {"M": (_("Male"), None, None, False), "F": (_("Female"), None, None, False)}


LABELS: dict[str, Callable[[sqlite3.Connection, date], dict[str, Label]]] = {
    "district": _from(DISTRICTS),
    "village": _from(VILLAGES),
    "regency": _from(REGENCIES),
    "class": _classes,
    "nationality": _countries,
    "purpose": _purposes,
    "sponsor": _from(SPONSORS),
    "sex": _sexes,
}
