"""What a plan writes: regions that are new, called otherwise, moved or ended, and the residences in them.

What a region was called, and where it lay, is kept for the days before.
"""

from datetime import date
from typing import TYPE_CHECKING

from timpora_cli.actions.regions import LEVELS, VILLAGE_KINDS
from timpora_cli.actions.regions.plans import PARENTS, REGION
from timpora_cli.actions.stays.housing import rehouse
from timpora_cli.model.names import fold_place
from timpora_cli.model.places import RegionPlan, RegionStep
from timpora_cli.queries.rows import first, rows
from timpora_cli.store.change import Change

if TYPE_CHECKING:
    from timpora_cli.queries.places import Level

PAST_OF_DAY = "SELECT 1 FROM region_past WHERE code = :code AND until_on = :on"


def carry_out(change: Change, plan: RegionPlan) -> None:
    """Do what a plan says, in the change."""
    for step in plan.of("NEW"):
        _add(change, step, plan.on)
    for step in plan.of("RENAMED", "SWAPPED", "MOVED"):
        _keep_past(change, step.code, plan.on)
        values = {PARENTS[LEVELS[len(step.code)]]: step.parent} if step.did == "MOVED" else _named(step)
        change.update(LEVELS[len(step.code)], step.code, values)
    for step in plan.of("ENDED"):
        level = LEVELS[len(step.code)]
        change.update(level, step.code, {"until_on": plan.on.isoformat()})
        for heir in step.heirs:
            change.insert(f"{level}_successor", {"code": step.code, "successor_code": heir})
    for one in plan.rehoused:
        known: Level = "village" if one.village_code else "district"
        rehouse(change, one.residence_id, known, one.village_code or one.district_code, plan.on)


def _named(step: RegionStep) -> dict[str, str]:
    values = {"name": step.name}
    return values if LEVELS[len(step.code)] == "province" else {**values, "folded": fold_place(step.name)}


def _add(change: Change, step: RegionStep, on: date) -> None:
    level = LEVELS[len(step.code)]
    row = {"code": step.code, **_named(step), PARENTS[level]: step.parent}
    row |= {"from_on": on.isoformat(), "split_from": step.before}
    if level == "village":
        change.insert(level, {**row, "kind": VILLAGE_KINDS.get(step.code[9:10], "desa")})
        return
    (mother,) = rows(change.connection, REGION.format(level=level), {"code": step.before})
    change.insert(level, {**row, "ours": mother["ours"]})


def _keep_past(change: Change, code: str, on: date) -> None:
    """Keep what a region was called and where it lay up to the day, unless that is kept already."""
    level = LEVELS[len(code)]
    (region,) = rows(change.connection, REGION.format(level=level), {"code": code})
    if first(change.connection, PAST_OF_DAY, {"code": code, "on": on.isoformat()}) is None:
        change.insert(
            "region_past",
            {
                "code": code,
                "until_on": on.isoformat(),
                "name": region["name"],
                "folded": fold_place(region["name"]),
                "parent_code": region.get(PARENTS.get(level, "")),
            },
        )
