"""What is on record of one resident beside the permits: stays, residences, passports, family."""

from timpora_cli.model.personal.dossier import PassportHeld, RelativeHeld, ResidenceHeld, StayHeld
from timpora_cli.model.terms import DEPARTURES
from timpora_cli.render.answer import Column, Kind, Table

RELATION_WORDS = {"SPOUSE": "spouse", "CHILD": "child", "PARENT": "parent"}

STAYS: Table[StayHeld] = Table(
    (
        Column("arrived", "Arrived", lambda one: one.arrived, Kind.DATE, empty="(not known)"),
        Column("departed", "Departed", lambda one: one.departed, Kind.DATE),
        Column("departed_how", "How", lambda one: one.how, Kind.WORD, codes=tuple(way.code for way in DEPARTURES)),
    ),
    words={way.code: way.name_en for way in DEPARTURES},
)
RESIDENCES: Table[ResidenceHeld] = Table(
    (
        Column("since", "Since", lambda one: one.since, Kind.DATE),
        Column("until", "Until", lambda one: one.until, Kind.DATE),
        Column("village", "Village", lambda one: one.village, empty="(not known)"),
        Column("district", "District", lambda one: one.district),
        Column("village_code", "Code", lambda one: one.village_code, rank=3),
        Column("address", "Address", lambda one: one.address, rank=2),
        Column("rt", "RT", lambda one: one.rt, rank=3),
        Column("rw", "RW", lambda one: one.rw, rank=3),
    )
)
PASSPORTS: Table[PassportHeld] = Table(
    (
        Column("passport_number", "Number", lambda one: one.number, Kind.REFERENCE, secret=True, always=True),
        Column("passport_country", "Issued by", lambda one: one.country, always=True),
        Column("issued_on", "Issued", lambda one: one.issued_on, Kind.DATE),
        Column("expires_on", "Expires", lambda one: one.expires_on, Kind.DATE),
        Column("retired_on", "Retired", lambda one: one.retired_on, Kind.DATE),
        Column("in_use", "In use", lambda one: one.in_use, Kind.FLAG, always=True, says="whether lists show this one"),
    )
)
FAMILY: Table[RelativeHeld] = Table(
    (
        Column("relation", "Relation", lambda one: one.relation, Kind.WORD, always=True, codes=tuple(RELATION_WORDS)),
        Column("name", "Name", lambda one: one.name, always=True),
        Column("resident_id", "Id", lambda one: one.resident_id, Kind.ID),
        Column("nationality", "Nat.", lambda one: one.nationality, always=True),
        Column("born", "Born", lambda one: one.born, Kind.DATE),
        Column("since", "Since", lambda one: one.since, Kind.DATE),
        Column("until", "Until", lambda one: one.until, Kind.DATE),
    ),
    words=RELATION_WORDS,
)
