"""How many people were present at each month's end, and how many came and went between: one pass over the changes.

A person counts on each day as `counts` counts on it. Who is counted on a day, and was not counted on the day before,
has arrived; who was counted on the day before, and is not any more, has departed. Only the days are looked at on which
something of a person begins or ends, and the days before them.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from timpora_cli.model.counting.counts import TrendRow
from timpora_cli.model.dates.months import A_DAY, Period
from timpora_cli.model.names import fold_name
from timpora_cli.queries.counting.counts import KEYS, LABELS, counts
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PERSON_ON, present

SIDES = ("class", "sex", "district", "nationality")

# A row per person and day on which something of the person begins or ends. A day that nobody knows is no such day: a
# stay that reaches back without limit has no beginning.
RESIDENCE_EDGES = """
    SELECT resident_id, from_on AS day FROM residence WHERE from_on BETWEEN :first AND :last
    UNION
    SELECT resident_id, until_on FROM residence WHERE until_on BETWEEN :first AND :last
"""
PERMIT_EDGES = """
    UNION
    SELECT resident_id, starts_on FROM permit WHERE starts_on BETWEEN :first AND :last
    UNION
    SELECT resident_id, ended_on FROM permit WHERE ended_on BETWEEN :first AND :last
"""
# A village that goes to another district on a day takes its people along.
VILLAGE_EDGES = """
    UNION
    SELECT residence.resident_id, region_past.until_on
    FROM region_past JOIN residence ON residence.village_code = region_past.code
    WHERE region_past.until_on BETWEEN :first AND :last
"""
# Each person is asked for on the day of the edge (1) and on the day before (-1): what was so on both adds up to 0.
CHANGES = """
WITH edge (resident_id, day) AS ({edges}),
asked (resident_id, edge, day, sign) AS (
    SELECT resident_id, day, day, 1 FROM edge
    UNION ALL
    SELECT resident_id, day, date(day, '-1 day'), -1 FROM edge
),
person AS ({person}),
change_of_person (edge, value, step) AS (
    SELECT person.edge, {value}, sum(person.sign)
    FROM person
    WHERE {conditions}
    GROUP BY person.resident_id, person.edge, {value}
)
SELECT substr(edge, 1, 7), value, count(*) FILTER (WHERE step > 0), count(*) FILTER (WHERE step < 0)
FROM change_of_person
GROUP BY 1, 2
"""
PERSON_ON_EDGE = PERSON_ON.format(
    day="asked.day",
    more=",\n    asked.edge,\n    asked.sign",
    asked="JOIN asked ON asked.resident_id = resident.id",
)

Code = str | None


class Change(NamedTuple):
    """How many people came to a value in a month, and how many left it."""

    arrived: int = 0
    departed: int = 0


def trend(
    connection: sqlite3.Connection, months: Sequence[Period], where: Where, by: str | None = None
) -> list[TrendRow]:
    """Return a row for each of the `months`, which follow one another; with `by`, one of SIDES, for each value in each.

    Only people who meet `where` are counted; its states are not looked at. The values are those that anybody had in
    these months, in the same order in each month: those that the most have at the end, then by name or code, and those
    of whom it is not known last. Districts are called as on the last day of all.
    """
    before = months[0].first - A_DAY
    changes = _changes(connection, months, where, by)
    if by is None:
        return _rows(months, {None: present(connection, before, where).matching}, changes)
    at_start: dict[Code, int] = {row.code: row.total for row in counts(connection, before, by, where) if row.total}
    appeared = {value for _month, value in changes}
    rows = _rows(months, {**dict.fromkeys(appeared, 0), **at_start}, changes)
    labels = LABELS[by](connection, months[-1].last)
    named = [row if row.code is None else row._replace(name=labels[row.code][0]) for row in rows]
    at_end = {row.code: row.at_end for row in named}  # of the last month
    # Countries, classes and sexes are in order of their codes: their names change with the language, as in `counts`.
    return sorted(
        named,
        key=lambda row: (
            row.month,
            row.code is None,
            -at_end[row.code],
            fold_name(row.name or "") if by == "district" else "",
            row.code or "",
        ),
    )


def _changes(
    connection: sqlite3.Connection, months: Sequence[Period], where: Where, by: str | None
) -> dict[tuple[str, Code], Change]:
    only_stays_count = where.everyone and by not in {"class", "district"}
    edges = RESIDENCE_EDGES if only_stays_count else RESIDENCE_EDGES + PERMIT_EDGES + VILLAGE_EDGES
    value = "NULL" if by is None else KEYS[by]
    query = CHANGES.format(edges=edges, person=PERSON_ON_EDGE, value=value, conditions=where.conditions)
    asked = {"first": months[0].first.isoformat(), "last": months[-1].last.isoformat(), **where.parameters}
    return {(month, code): Change(*numbers) for month, code, *numbers in connection.execute(query, asked)}


def _rows(
    months: Sequence[Period], at_start: Mapping[Code, int], changes: Mapping[tuple[str, Code], Change]
) -> list[TrendRow]:
    """Return the rows of each value, month after month: each begins with as many as the one before ended with."""
    rows = []
    for value, before in at_start.items():
        present_then = before
        for month in months:
            row = TrendRow(month.text, value, None, present_then, *changes.get((month.text, value), Change()))
            present_then = row.at_end
            rows.append(row)
    return rows
