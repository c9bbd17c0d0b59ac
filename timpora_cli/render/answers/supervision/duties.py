"""The list of duties: who has to do what by which day, and on what it rests."""

from timpora_cli.model.supervision.duties import DUTY_KINDS, Duty
from timpora_cli.render.answer import Column, Kind, Table

DUTIES: Table[Duty] = Table(
    (
        Column("due_on", "Until", lambda one: one.due_on, Kind.DATE, says="none where no source names a day"),
        Column("act_by", "Act by", lambda one: one.act_by, Kind.DATE, rank=2, says="the last working day on or before"),
        Column("days_left", "Days", lambda one: one.days_left, Kind.NUMBER),
        Column(
            "duty",
            "What",
            lambda one: one.kind.code,
            Kind.WORD,
            always=True,
            codes=tuple(kind.code for kind in DUTY_KINDS),
        ),
        Column("resident_id", "Id", lambda one: one.person.resident_id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.person.name, always=True),
        Column("about", "Child", lambda one: one.about),
        Column("village", "Village", lambda one: one.person.place.village),
        Column("district", "District", lambda one: one.person.place.district, rank=2),
        Column("fact_on", "Counted from", lambda one: one.fact_on, Kind.DATE, rank=2),
        Column("case_id", "Case", lambda one: one.case_id, Kind.ID, says="the open case about it"),
        Column("legal_basis", "Basis", lambda one: one.basis, rank=3, always=True),
        Column("source", "Source", lambda one: one.source, rank=3, for_programs=True, always=True),
    ),
    words={kind.code: kind.name for kind in DUTY_KINDS},
)
