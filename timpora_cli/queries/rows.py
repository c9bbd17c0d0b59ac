"""The one way from a stored row to a record: a row by the names of its columns, and its days as dates.

And the one way in which stored numbers are compared (`folded`), in which the permits of a person are ordered, and in
which one asks what a region was called on a day and in what it lay (`region_on_day`).
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from timpora_cli.errors import RegisterUnusable
from timpora_cli.model.names import DASHES, excerpt

Stored = dict[str, Any]
"""A row as it is stored, by the names of its columns: text, whole numbers, days as ISO text, None for not known."""


REGION_ON_DAY = """coalesce(
        (
            SELECT past.{fact} FROM region_past AS past
            WHERE past.code = {region}.code AND past.until_on > {day}
            ORDER BY past.until_on
            LIMIT 1
        ),
        {region}.{column}
    )"""
PERMITS_NEWEST_FIRST = "ORDER BY starts_on IS NULL, starts_on DESC, ended_on IS NOT NULL, ended_on DESC, id DESC"
"""The permits of one person from the last to the first."""
IN_FORCE = """(
        ({region}.from_on IS NULL OR {region}.from_on <= {day})
        AND ({region}.until_on IS NULL OR {region}.until_on > {day})
    )"""


class NoDayStored(RegisterUnusable):
    """The register is damaged: it holds "{text}" where a day belongs. Nothing was changed.
    See all of it with: timpora verify. Put back the last good copy with: timpora restore FILE
    """


def region_on_day(region: str, column: str, day: str = ":on") -> str:
    """Return the SQL of a column of a region (name, folded, or the code of its parent) as it was on the day `day`."""
    fact = "parent_code" if column.endswith("_code") else column
    return REGION_ON_DAY.format(region=region, column=column, fact=fact, day=day)


def in_force(region: str, day: str = ":on") -> str:
    """Return the SQL condition that a district or a village was there on the day `day`."""
    return IN_FORCE.format(region=region, day=day)


def rows(
    connection: sqlite3.Connection, query: str, values: Mapping[str, Any] | Sequence[Any] = ()
) -> Iterator[Stored]:
    """Yield the rows that a query finds, in its order. Each column of the query needs a name of its own."""
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def first(connection: sqlite3.Connection, query: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> Stored | None:
    """Return the first row that a query finds, or None."""
    return next(rows(connection, query, values), None)


def day(text: str | None) -> date | None:
    """Return the date of a stored ISO day, or None where the day is not known."""
    return None if text is None else stored_day(text)


def stored_day(text: str) -> date:
    """Return the date of a stored ISO day. Raises NoDayStored, which only another program or a bad disk can cause."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise NoDayStored(text=excerpt(str(text))) from error


def iso(known: date | None) -> str | None:
    """Return a day as it is stored, or None where it is not known."""
    return None if known is None else known.isoformat()


def dated(row: Stored, *columns: str) -> Stored:
    """Return a copy of a row in which the days in `columns` are dates, or None where they are not known."""
    return row | {column: day(row[column]) for column in columns}


def folded(column: str) -> str:
    """Return the SQL that a number of a column is compared by, without blanks, dashes and letter case.

    The indexes of permits and NIORA are on this very expression; `model.names.fold_number` is the same in Python.
    """
    expression = column
    for left_out in (" ", *DASHES):
        expression = f"replace({expression}, '{left_out}', '')"
    return f"upper({expression})"
