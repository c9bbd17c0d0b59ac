"""The records of regions: districts and villages."""

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
