"""What a change answers to programs: one object."""

from timpora_cli.model.notices import Done, Notice
from timpora_cli.render.answer import Card, Column, Kind, Part, Table

KINDS = ("PERMIT_ENDED", "PASSPORT_ENDED", "GAP", "BEYOND_PASSPORT", "LONGER_THAN_TERM", "KNOWN_ALREADY")

NOTICES: Table[Notice] = Table(
    (
        Column("kind", "What", lambda one: one.kind, Kind.WORD, always=True, codes=KINDS),
        Column("text", "Notice", lambda one: one.text, always=True, says="a sentence, in the language of the call"),
    )
)
DONE: Card[Done] = Card(
    (
        Column("change", "Change", lambda one: one.change, Kind.ID, says="none where nothing was changed"),
        Column("resident_id", "Resident", lambda one: one.resident_id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.name, always=True),
        Column("permit_id", "Permit", lambda one: one.permit_id, Kind.ID),
        Column("changed", "Changed", lambda one: one.change is not None, Kind.FLAG, always=True),
    ),
    (Part("notices", "Notices", NOTICES, lambda one: one.notices),),
)
