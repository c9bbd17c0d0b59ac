"""Regions: the office's own, the national list, and a single district or village added by hand.

The codes of Kemendagri are text (19.10 is not 19.1). The parts of a code say which region lies in which. Two regions
may have one name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.names import fold_place
from timpora_cli.sheets.small_list import read_list
from timpora_cli.store.change import Change

CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)
Level = Literal["province", "regency", "district", "village"]
LEVELS: dict[int, Level] = {2: "province", 5: "regency", 8: "district", 13: "village"}
VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa adat"}
CODE_HEADERS = ("kode", "code")
NAME_HEADERS = ("nama", "name")

WRITE_PROVINCE = """
INSERT INTO province (code, name, change_id) VALUES (:code, :name, :change)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, change_id = excluded.change_id WHERE name <> excluded.name
"""
WRITE_REGENCY = """
INSERT INTO regency (code, name, folded, province_code, change_id)
VALUES (:code, :name, :folded, :parent, :change)
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, folded = excluded.folded, change_id = excluded.change_id
WHERE name <> excluded.name
"""
WRITE_DISTRICT = """
INSERT INTO district (code, name, folded, regency_code, ours, change_id)
VALUES (:code, :name, :folded, :parent, :ours, :change)
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, folded = excluded.folded, ours = max(ours, excluded.ours), change_id = excluded.change_id
WHERE name <> excluded.name OR ours < excluded.ours
"""
WRITE_VILLAGE = """
INSERT INTO village (code, name, folded, kind, district_code, change_id)
VALUES (:code, :name, :folded, :kind, :parent, :change)
ON CONFLICT (code) DO UPDATE
SET name = excluded.name, folded = excluded.folded, change_id = excluded.change_id
WHERE name <> excluded.name
"""
WRITE: dict[Level, str] = {
    "province": WRITE_PROVINCE,
    "regency": WRITE_REGENCY,
    "district": WRITE_DISTRICT,
    "village": WRITE_VILLAGE,
}
EXISTS = {
    "province": "SELECT 1 FROM province WHERE code = :code",
    "regency": "SELECT 1 FROM regency WHERE code = :code",
    "district": "SELECT 1 FROM district WHERE code = :code",
    "village": "SELECT 1 FROM village WHERE code = :code",
}


class BadRegionFile(Refused):
    """{path}, line {line}: {fault}. Nothing was imported."""


class UnknownParent(Refused):
    """{code} lies in {parent}, which is not on record. Add that first, or import a list that holds it."""


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


def load(change: Change, regions: Iterable[Region], ours: bool) -> dict[str, int]:
    """Write regions, new or renamed, and return how many of each level were written.

    `ours` marks the districts as the office's working area. Regions may come in any order; each needs its parent.
    """
    by_level: dict[Level, list[Region]] = {level: [] for level in WRITE}
    for region in regions:
        by_level[region.level].append(region)
    written: dict[str, int] = {}
    for level, of_level in by_level.items():
        _refuse_orphans(change, of_level)
        rows = [_row(region, change.number, ours) for region in of_level]
        # The connection's own total would also count the versions that triggers keep.
        written[level] = change.connection.executemany(WRITE[level], rows).rowcount
        change.wrote_anywhere(level, written[level])
    return written


def add(change: Change, code: str, name: str, level: str, example: str) -> Region:
    """Record one district or village of the office's own area; its parent must be on record."""
    region = Region(code.strip(), name.strip())
    if not CODE.fullmatch(region.code) or region.level != level:
        raise BadRegionCode(code=code, level=level, example=example)
    if change.connection.execute(EXISTS[level], {"code": region.code}).fetchone():
        raise RegionExists(code=region.code)
    load(change, [region], ours=True)
    return region


def _row(region: Region, change: int, ours: bool) -> dict[str, str | int]:
    kind = VILLAGE_KINDS.get(region.code[9:10], "desa")
    return {
        "code": region.code,
        "name": region.name,
        "folded": fold_place(region.name),
        "parent": region.parent,
        "kind": kind,
        "ours": int(ours),
        "change": change,
    }


def _refuse_orphans(change: Change, regions: list[Region]) -> None:
    known: set[str] = set()
    for region in regions:
        if region.parent in known or not region.parent:
            continue
        level = LEVELS[len(region.parent)]
        if not change.connection.execute(EXISTS[level], {"code": region.parent}).fetchone():
            raise UnknownParent(code=region.code, parent=region.parent)
        known.add(region.parent)
