"""The lists of districts and of villages."""

from timpora_cli.model.places import DistrictListed, Village
from timpora_cli.render.answer import Column, Kind, Table

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
