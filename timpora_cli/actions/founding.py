"""A new register, with the reference rows and the regions that ship with timpora."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from timpora_cli import data
from timpora_cli.actions import regions
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_name
from timpora_cli.model.settings import SETTINGS
from timpora_cli.model.terms import CLASSES, GROUPS, PURPOSES
from timpora_cli.store import connect
from timpora_cli.store.change import Author, Change, changing
from timpora_cli.store.steps.shipped import SHIPPED_WITH, holiday_row, known, write_rules

OUR_REGIONS = data.FOLDER / "regions.csv"

WRITE_COUNTRY = """
INSERT INTO country (code, iso3, iso2, name_id, name_en, source)
VALUES (:icao, nullif(:iso3, ''), nullif(:iso2, ''), :name_id, :name_en, :source)
"""
WRITE_ALIAS = "INSERT INTO country_alias (alias, code) VALUES (?, ?)"
WRITE_GROUP = "INSERT INTO permit_group (code, position, name_id, name_en) VALUES (?, ?, ?, ?)"
WRITE_CLASS = "INSERT INTO permit_class (code, group_code, position, name_id, name_en) VALUES (?, ?, ?, ?, ?)"
WRITE_PURPOSE = "INSERT INTO purpose (code, name_id, name_en) VALUES (?, ?, ?)"

Then = Callable[[sqlite3.Connection, Author], None]


class RegisterExists(Refused):
    """There is already a register at {path}; it was left as it is."""


def make(path: Path, region_file: Path | None, author: Author, then: Then | None = None) -> dict[str, int]:
    """Make a new register at `path` (mode 0600) with countries, terms, the law, what ships with cases,
    inspections and purges, and its regions.

    `region_file` is used in place of the districts and villages of Belitung and Belitung Timur. `then` is what is done
    with the register before it is put at `path`. Returns how many regions of each level it has. Where anything fails,
    no file is left. Raises RegisterExists.
    """
    try:
        with connect.making(path) as connection:
            regions_of_levels = _fill(connection, region_file or OUR_REGIONS, author)
            if then is not None:
                then(connection, author)
    except FileExistsError as error:
        raise RegisterExists(path=path) from error
    return regions_of_levels


def _fill(connection: sqlite3.Connection, region_file: Path, author: Author) -> dict[str, int]:
    from timpora_cli.store import migrate

    connection.execute("BEGIN IMMEDIATE")
    migrate.make(connection)
    connection.commit()
    with changing(connection, author) as change:
        _load_reference(change)
        _load_law(change)
        for _source, write in SHIPPED_WITH.values():
            write(change)
        for setting in SETTINGS:
            if setting.default:
                change.insert("setting", {"key": setting.key, "value": setting.default})
        return regions.load(change, regions.read_regions(region_file), ours=True)


def _load_reference(change: Change) -> None:
    connection = change.connection
    connection.executemany(WRITE_COUNTRY, data.rows("countries.csv"))
    connection.executemany(
        WRITE_ALIAS, [(fold_name(row["alias"]), row["code"]) for row in data.rows("country_aliases.csv")]
    )
    connection.executemany(
        WRITE_GROUP,
        [(group.code, position, group.name_id, group.name_en) for position, group in enumerate(GROUPS, 1)],
    )
    connection.executemany(
        WRITE_CLASS,
        [
            (kind.term.code, kind.group, position, kind.term.name_id, kind.term.name_en)
            for position, kind in enumerate(CLASSES, 1)
        ],
    )
    connection.executemany(WRITE_PURPOSE, [(term.code, term.name_id, term.name_en) for term in PURPOSES])


def _load_law(change: Change) -> None:
    write_rules(change, "rules.csv")
    for row in data.rows("reliefs.csv"):
        classes = row.pop("classes").split()
        flags = {"in_country_only": int(row.pop("in_country_only")), "verified": int(row.pop("verified"))}
        change.insert("relief", {**known(row), **flags})
        for class_code in classes:
            change.insert("relief_class", {"relief_code": row["code"], "class_code": class_code})
    for row in data.rows("holidays_2026_2027.csv"):
        change.insert("holiday", holiday_row(row))
