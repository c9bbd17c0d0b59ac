"""The records of regions: districts and villages, and what becomes of them on a day."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class District(NamedTuple):
    """A kecamatan. `ours` says whether it lies in the office's working area."""

    code: str
    name: str
    regency_code: str
    ours: bool


class DistrictListed(NamedTuple):
    """A district with its regency's name and how many villages it has on record."""

    district: District
    regency: str
    villages: int


class Village(NamedTuple):
    """A desa or kelurahan, in its district. `ours` says whether it lies in the office's working area."""

    code: str
    name: str
    kind: str
    district_code: str
    district: str
    ours: bool


class RegionStep(NamedTuple):
    """What becomes of one region on a day.

    `did` is NEW, RENAMED, SWAPPED (renamed to what another was called), MOVED or ENDED. `name` is how it is called from
    that day. `before` is the name, or the code of the region in which it lay, up to that day; `parent` the code of the
    one in which it lies from then on; `heirs` the codes of those that take its place.
    """

    did: str
    code: str
    name: str
    before: str | None = None
    parent: str | None = None
    heirs: tuple[str, ...] = ()


class Living(NamedTuple):
    """Somebody who lives in a region on a day, or later."""

    code: str
    resident_id: int
    name: str

    def __repr__(self) -> str:
        return f"<Living {self.resident_id} in {self.code}>"


class Rehoused(NamedTuple):
    """A residence in the region `code` that gets another place: a village, a district alone, or neither."""

    code: str
    residence_id: int
    resident_id: int
    village_code: str | None
    district_code: str | None


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """What becomes of regions on the day `on`, who lives there, and the residences that get another place.

    `names` has the names, by code, of the regions that the steps speak of; `people` how many live in each on that day.
    """

    on: date
    steps: tuple[RegionStep, ...]
    living: tuple[Living, ...] = field(repr=False)
    rehoused: tuple[Rehoused, ...]
    names: dict[str, str] = field(default_factory=dict, repr=False)
    people: dict[str, int] = field(default_factory=dict)

    def of(self, *did: str) -> list[RegionStep]:
        """Return the steps of these kinds."""
        return [step for step in self.steps if step.did in did]
