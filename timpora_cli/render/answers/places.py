"""The lists of districts and of villages, and what becomes of them on a day."""

from collections import defaultdict
from typing import NamedTuple

from timpora_cli.language import _
from timpora_cli.model.places import DistrictListed, Living, RegionPlan, RegionStep, Rehoused, Village
from timpora_cli.render.answer import Answer, Column, Kind, Table

VILLAGE_KINDS = ("kelurahan", "desa", "desa adat")

DISTRICTS: Table[DistrictListed] = Table(
    (
        Column("district_code", "Code", lambda one: one.district.code, always=True),
        Column("district", "District", lambda one: one.district.name, always=True),
        Column("regency", "Regency", lambda one: one.regency, rank=2, always=True),
        Column(
            "villages",
            "Villages",
            lambda one: one.villages,
            Kind.NUMBER,
            always=True,
            says="how many there are on record",
        ),
        Column(
            "ours",
            "Ours",
            lambda one: bool(one.district.ours),
            Kind.FLAG,
            rank=3,
            always=True,
            says="whether it lies in the office's own area",
        ),
    )
)
VILLAGES: Table[Village] = Table(
    (
        Column("village_code", "Code", lambda one: one.code, always=True),
        Column("village", "Village", lambda one: one.name, always=True),
        Column("kind", "Kind", lambda one: one.kind, Kind.WORD, always=True, codes=VILLAGE_KINDS),
        Column("district", "District", lambda one: one.district, always=True),
        Column("district_code", "District code", lambda one: one.district_code, rank=3, always=True),
    )
)


class RegionLine(NamedTuple):
    """What becomes of one region, and one of those who live there: a line each; without one where nobody does.

    `becomes` and `place` are written out: what takes its place or surrounds it now, and where this person lives then.
    """

    step: RegionStep
    before: str | None
    becomes: str | None
    people: int | None
    lives: Living | None = None
    place: str | None = None


REGION_CHANGES: Table[RegionLine] = Table(
    (
        Column("did", "Becomes", lambda line: line.step.did, Kind.WORD, always=True),
        Column("code", "Code", lambda line: line.step.code, Kind.REFERENCE, always=True),
        Column("name", "Name", lambda line: line.step.name, always=True),
        Column("before", "Before", lambda line: line.before),
        Column("becomes", "After", lambda line: line.becomes),
        Column("people", "People", lambda line: line.people, Kind.NUMBER),
        Column("resident_id", "Id", lambda line: line.lives.resident_id if line.lives else None, Kind.ID),
        Column("resident", "Resident", lambda line: line.lives.name if line.lives else None),
        Column("place", "Lives then in", lambda line: line.place),
    ),
    words={"NEW": "new", "RENAMED": "renamed", "SWAPPED": "swapped", "MOVED": "moved", "ENDED": "ended"},
)


def region_changes(plan: RegionPlan) -> Answer[RegionLine]:
    """Return what a plan does: a line for each region, or for each of the people who live there."""
    living: defaultdict[str, list[Living]] = defaultdict(list)
    for one in plan.living:
        living[one.code].append(one)
    goes = {(home.code, home.resident_id): home for home in plan.rehoused}
    lines: list[RegionLine] = []
    for step in plan.steps:
        line = _line(plan, step)
        lines += [
            line._replace(lives=one, place=_place(plan, goes.get((one.code, one.resident_id))))
            for one in living[step.code]
        ] or [line]
    return REGION_CHANGES.of(lines)


def _line(plan: RegionPlan, step: RegionStep) -> RegionLine:
    new = step.did == "NEW"
    before = step.before if step.did in {"RENAMED", "SWAPPED"} else None if new else _named(plan, step.before)
    became = ", ".join(named for code in step.heirs if (named := _named(plan, code)))
    becomes = became or (_named(plan, step.parent) if step.did in {"NEW", "MOVED"} else None)
    return RegionLine(step, before, becomes, None if new else plan.people.get(step.code, 0))


def _named(plan: RegionPlan, code: str | None) -> str | None:
    return None if code is None else f"{code} {plan.names.get(code, '')}".rstrip()


def _place(plan: RegionPlan, goes: Rehoused | None) -> str | None:
    if goes is None:
        return None
    if goes.village_code is not None:
        return _named(plan, goes.village_code)
    if goes.district_code is None:
        return _("not known")
    return _("{district}, village not known").format(district=_named(plan, goes.district_code))
