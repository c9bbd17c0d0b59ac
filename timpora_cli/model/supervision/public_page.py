"""The public page of a day: how many people are present, by district, group of permits and nationality, as it may be
published. And the page as it is kept: the numbers and the names on it, as JSON.

What is hidden follows from `small_cells.py`, which rows there are from `areas.py`. Groups are taken together likewise:
the page has the groups, or KITAP, KITAS and the others, whatever is the first of which no total is small and whose
table can be protected; else the totals alone, without what lies where they meet. Why a finer table was not printed, the
reader cannot tell: one of the groups that are taken together may always have had a small total.

The table of nationalities has the same total as that of the districts, and no other number in common with it: any of
its numbers go together with any of the other's. So each is protected on its own.

Nothing links the pages of two days: no page says what changed, or that nothing did.
"""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from timpora_cli.model.supervision.areas import Area, Row, Unit, rows_of
from timpora_cli.model.supervision.small_cells import Cell, hidden, is_small
from timpora_cli.model.terms import GROUPS

OTHER = "OTHER"
MOST_NATIONALITIES = 5
GROUP_CODES = tuple(group.code for group in GROUPS)
NAMED = ("KITAP", "KITAS")
COLUMNS: tuple[dict[str, tuple[str, ...]], ...] = (
    {code: (code,) for code in GROUP_CODES},
    {**{code: (code,) for code in NAMED}, OTHER: tuple(code for code in GROUP_CODES if code not in NAMED)},
)
"""The columns of a table, finest first, with the groups that each has."""


class Nationality(NamedTuple):
    """How many people have a nationality, and what it is called in both languages."""

    name_id: str
    name_en: str
    people: int


class Counted(NamedTuple):
    """The people present on a day: by district and group, and by nationality, the most frequent first.

    The units are the districts that the office had on the day, also without people, and at the end who lives elsewhere.
    """

    units: tuple[Unit, ...]
    nationalities: tuple[Nationality, ...]

    @property
    def total(self) -> int:
        """All people."""
        return sum(unit.total for unit in self.units)


class PublicPage(NamedTuple):
    """A page as it is published.

    `total` is None where it is small itself: then there is nothing else. There are no `areas` or no `columns` where
    their totals would be small. `cells` are the people by area and column, None in a hidden one; there are none where
    the totals stand alone. `others` are the people of the nationalities that are not named.
    """

    on: date
    letterhead: tuple[str, ...]
    threshold: int
    total: int | None
    areas: tuple[Area, ...] = ()
    area_totals: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    column_totals: tuple[int, ...] = ()
    cells: tuple[tuple[int | None, ...], ...] = ()
    nationalities: tuple[Nationality, ...] = ()
    others: int = 0

    @property
    def hides(self) -> bool:
        """Whether a cell is hidden."""
        return any(number is None for row in self.cells for number in row)

    def hidden_in(self, areas: Sequence[Area], columns: Sequence[str]) -> set[Cell]:
        """Return the places, in a table of these areas and columns, of what this page hides."""
        hid = {
            (area[:2], column)
            for area, numbers in zip(self.areas, self.cells, strict=False)
            for column, number in zip(self.columns, numbers, strict=True)
            if number is None
        }
        return {
            (row, place)
            for row, area in enumerate(areas)
            for place, column in enumerate(columns)
            if (area[:2], column) in hid
        }

    def as_json(self) -> str:
        """Return the page as it is kept."""
        return json.dumps(self._replace(on=self.on.isoformat())._asdict(), ensure_ascii=False)  # type: ignore[arg-type]


def page_of_json(kept: str) -> PublicPage:
    """Return a page as it was kept."""
    facts = json.loads(kept)
    return PublicPage(
        **facts
        | {name: tuple(facts[name]) for name in ("letterhead", "area_totals", "columns", "column_totals")}
        | {
            "on": date.fromisoformat(facts["on"]),
            "areas": tuple(Area(*area) for area in facts["areas"]),
            "cells": tuple(tuple(row) for row in facts["cells"]),
            "nationalities": tuple(Nationality(*one) for one in facts["nationalities"]),
        }
    )


def page_of(
    on: date, letterhead: tuple[str, ...], threshold: int, counted: Counted, last: PublicPage | None
) -> PublicPage:
    """Return the page of a day. `last` is the page that was published last: what it hides is hidden rather than else.

    So two pages between which little has changed hide the same.
    """
    page = PublicPage(on, letterhead, threshold, None if is_small(counted.total, threshold) else counted.total)
    if not page.total:
        return page
    rows = rows_of(counted.units, threshold) or ()
    if len(rows) > 1:
        page = page._replace(areas=tuple(row.area for row in rows), area_totals=tuple(row.total for row in rows))
    return _with_nationalities(_with_groups(page, rows, counted, last), counted)


def _with_groups(page: PublicPage, rows: Sequence[Row], counted: Counted, last: PublicPage | None) -> PublicPage:
    """Return the page with the finest columns whose table can be protected, else with the finest totals alone."""
    alone = page
    for columns in COLUMNS:
        totals = _by_column(tuple(unit.groups for unit in counted.units), columns)
        if any(is_small(total, page.threshold) for total in totals):
            continue
        made = page._replace(columns=tuple(columns), column_totals=totals)
        alone = alone if alone.columns else made
        if page.areas:
            table = [_by_column((row.groups,), columns) for row in rows]
            chosen = hidden(table, page.threshold, last.hidden_in(page.areas, made.columns) if last else ())
            if chosen is not None:
                return made._replace(cells=_shown(table, chosen))
    return alone


def _by_column(people: Sequence[tuple[int, ...]], columns: dict[str, tuple[str, ...]]) -> tuple[int, ...]:
    """Return how many there are in each column, of people by group."""
    places = [[GROUP_CODES.index(code) for code in codes] for codes in columns.values()]
    return tuple(sum(groups[place] for groups in people for place in some) for some in places)


def _shown(table: Sequence[Sequence[int]], chosen: Collection[Cell]) -> tuple[tuple[int | None, ...], ...]:
    return tuple(
        tuple(None if (row, column) in chosen else number for column, number in enumerate(numbers))
        for row, numbers in enumerate(table)
    )


def _with_nationalities(page: PublicPage, counted: Counted) -> PublicPage:
    """Return the page with the most frequent nationalities that can be named, and how many people all others have.

    The last one is not named where the others would be few: with it, nobody knows which nationalities they are.
    """
    named = [one for one in counted.nationalities[:MOST_NATIONALITIES] if one.people >= page.threshold]
    while is_small(others := counted.total - sum(one.people for one in named), page.threshold):
        named.pop()
    return page._replace(nationalities=tuple(named), others=others) if named else page
