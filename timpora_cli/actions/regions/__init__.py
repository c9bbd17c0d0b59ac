"""Regions: lists of them read from a file, those that are not on record yet, and one added by hand.

The codes of Kemendagri are text (19.10 is not 19.1). The parts of a code say in which region another lies. Two regions
may have one name. What becomes of regions that are on record, on a day: region_changes.py.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from sqlite3 import Connection
from typing import Literal

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.names import fold_place
from timpora_cli.queries.places import Level as PlaceLevel
from timpora_cli.queries.places import district_named, village_named
from timpora_cli.queries.rows import iso
from timpora_cli.sheets.small_list import read_list
from timpora_cli.store.change import Change

CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)
Level = Literal["province", "regency", "district", "village"]
LEVELS: dict[int, Level] = {2: "province", 5: "regency", 8: "district", 13: "village"}
VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa adat"}
CODE_HEADERS = ("kode", "code")
NAME_HEADERS = ("nama", "name")

# The regions of a list stand in a table of their own while it is compared: the whole country is 91,599 rows.
DROP_LISTED = "DROP TABLE IF EXISTS temp.listed"
MAKE_LISTED = """
CREATE TEMP TABLE listed (
    code TEXT PRIMARY KEY, name TEXT, folded TEXT, kind TEXT, parent TEXT, from_on TEXT, other TEXT
) WITHOUT ROWID
"""
LIST = """
INSERT INTO listed (code, name, folded, kind, parent) VALUES (:code, :name, :folded, :kind, :parent)
ON CONFLICT (code) DO UPDATE SET other = excluded.name WHERE name <> excluded.name
"""
LISTED_TWICE = "SELECT code, name, other FROM listed WHERE other IS NOT NULL ORDER BY code LIMIT 1"
ORPHAN = """
SELECT listed.code, listed.parent
FROM listed
WHERE length(listed.code) = :length
    AND listed.parent NOT IN (SELECT code FROM {parents})
    AND listed.parent NOT IN (SELECT code FROM listed)
ORDER BY listed.code
LIMIT 1
"""
IN_ENDED = """
SELECT listed.code, above.code, above.until_on
FROM listed JOIN {parents} AS above ON above.code = listed.parent
WHERE above.until_on IS NOT NULL AND listed.code NOT IN (SELECT code FROM {level})
ORDER BY listed.code
LIMIT 1
"""
# A new district of a regency that is wholly the office's own is the office's own too.
OURS = """
(
    :ours OR coalesce(
        (SELECT min(beside.ours) FROM district AS beside
        WHERE beside.regency_code = listed.parent AND beside.until_on IS NULL),
        0
    )
)
"""
COLUMNS: dict[Level, tuple[str, str]] = {
    "province": ("code, name, change_id", "code, name, :change"),
    "regency": ("code, name, folded, province_code, change_id", "code, name, folded, parent, :change"),
    "district": (
        "code, name, folded, regency_code, from_on, ours, change_id",
        f"code, name, folded, parent, from_on, {OURS.strip()}, :change",
    ),
    "village": (
        "code, name, folded, kind, district_code, from_on, change_id",
        "code, name, folded, kind, parent, from_on, :change",
    ),
}
WRITE_NEW = """
INSERT INTO {level} ({columns})
SELECT {values} FROM listed
WHERE length(code) = :length AND code NOT IN (SELECT code FROM {level})
ORDER BY code
"""
MARK_OURS = """
UPDATE district SET ours = 1, change_id = :change
WHERE ours = 0 AND until_on IS NULL AND code IN (SELECT code FROM listed)
"""
EXISTS = "SELECT 1 FROM {level} WHERE code = :code"


class BadRegionFile(Refused):
    """{path}, line {line}: {fault}. Nothing was imported."""


class TwoNames(Refused):
    """The list has {code} twice, as {name} and as {other}. Nothing was imported."""


class UnknownParent(Refused):
    """{code} lies in {parent}, which is not on record. Add that first, or import a list that holds it."""


class EndedParent(Refused):
    """{code} lies in {parent}, which ended on {day}. Nothing was changed."""


class RegionExists(Refused):
    """{code} is already on record. Nothing was changed."""


class BadRegionCode(Refused):
    """{code} is not a Kemendagri code of a {level}; one looks like {example}."""


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its Kemendagri code and its name as the decree writes it."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """province, regency, district or village, by the length of the code."""
        return LEVELS[len(self.code)]

    @property
    def parent(self) -> str:
        """The code of the region that this one lies in; empty for a province."""
        return self.code.rpartition(".")[0]


def read_regions(path: Path) -> Iterator[Region]:
    """Yield the regions of a CSV file with columns kode,nama (or code,name; others are passed over), in file order."""
    for line, code, name in read_list(path, CODE_HEADERS, NAME_HEADERS, _("kode and nama (or code and name)")):
        if not CODE.fullmatch(code):
            raise BadRegionFile(path=path, line=line, fault=_('"{code}" is not a Kemendagri code').format(code=code))
        if not name:
            raise BadRegionFile(path=path, line=line, fault=_("{code} has no name").format(code=code))
        yield Region(code, name)


def stage(connection: Connection, regions: Iterable[Region]) -> None:
    """Put regions into the temporary table `listed`, in any order, for `write_new` and for what compares a list.

    Raises TwoNames, or UnknownParent and EndedParent: each needs the region in which it lies.
    """
    connection.execute(DROP_LISTED)
    connection.execute(MAKE_LISTED)
    connection.executemany(LIST, map(_row, regions))
    if twice := connection.execute(LISTED_TWICE).fetchone():
        raise TwoNames(code=twice[0], name=twice[1], other=twice[2])
    levels = list(LEVELS.items())
    for (_length, parents), (length, level) in pairwise(levels):
        if orphan := connection.execute(ORPHAN.format(parents=parents), {"length": length}).fetchone():
            raise UnknownParent(code=orphan[0], parent=orphan[1])
        if parents == "district":
            ended = connection.execute(IN_ENDED.format(parents=parents, level=level)).fetchone()
            if ended is not None:
                raise EndedParent(code=ended[0], parent=ended[1], day=ended[2])


def write_new(change: Change, ours: bool) -> dict[str, int]:
    """Write those of the staged regions that are not on record, and return how many of each level.

    `ours` marks all staged districts as the office's working area.
    """
    written: dict[str, int] = {}
    for length, level in LEVELS.items():
        columns, values = COLUMNS[level]
        statement = WRITE_NEW.format(level=level, columns=columns, values=values)
        asked = {"length": length, "change": change.number, "ours": int(ours)}
        # The connection's own total would also count the versions that triggers keep.
        written[level] = change.connection.execute(statement, asked).rowcount
        if written[level]:
            change.wrote_anywhere(level, written[level])
    marked = change.connection.execute(MARK_OURS, {"change": change.number}).rowcount if ours else 0
    if marked:
        change.wrote_anywhere("district", marked)
    return written


def load(change: Change, regions: Iterable[Region], ours: bool) -> dict[str, int]:
    """Write regions that are not on record, as ones that were always there; return how many of each level."""
    stage(change.connection, regions)
    return write_new(change, ours)


def add(change: Change, code: str, name: str, level: Level, since: date | None = None) -> Region:
    """Record one district or village of the office's own area; its parent must be on record.

    `since` is the day on which it begins, where that is known.
    """
    region = Region(code.strip(), names.name(name))
    refuse_bad_code(region.code, level)
    if change.connection.execute(EXISTS.format(level=level), {"code": region.code}).fetchone():
        raise RegionExists(code=region.code)
    stage(change.connection, [region])
    change.connection.execute("UPDATE listed SET from_on = ?", (iso(since),))
    write_new(change, ours=level == "district")
    return region


def refuse_bad_code(code: str, level: Level) -> None:
    """Raise BadRegionCode for what is no code of a district, or of a village."""
    if not CODE.fullmatch(code) or LEVELS[len(code)] != level:
        raise BadRegionCode(code=code, level=level, example="19.02.01" if level == "district" else "19.02.01.2012")


def parts_named(connection: Connection, level: PlaceLevel, typed: Sequence[str], on: date) -> list[Region]:
    """Return the parts of a split as typed: "CODE NAME" for a new one; a code or a name for one that is on record."""
    return [_part(connection, level, text, on) for text in typed]


def _part(connection: Connection, level: PlaceLevel, text: str, on: date) -> Region:
    code, _blank, name = text.strip().partition(" ")
    if CODE.fullmatch(code):
        refuse_bad_code(code, level)
        return Region(code, names.name(name))
    if level == "district":
        return Region(district_named(connection, text, on).code, "")
    return Region(village_named(connection, text, on=on).code, "")


def _row(region: Region) -> dict[str, str]:
    return {
        "code": region.code,
        "name": region.name,
        "folded": fold_place(region.name),
        "parent": region.parent,
        "kind": VILLAGE_KINDS.get(region.code[9:10], "desa"),
    }
