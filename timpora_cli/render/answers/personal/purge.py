"""The list of people whose data a purge removes."""

from timpora_cli.model.personal.purge import Closed
from timpora_cli.render.answer import Column, Kind, Table

PURGE: Table[Closed] = Table(
    (
        Column("resident_id", "Id", lambda one: one.ids[0], Kind.ID, always=True),
        Column("name", "Name", lambda one: one.name, always=True),
        Column("closed_on", "Gone since", lambda one: one.closed_on, Kind.DATE, always=True),
        Column("removed", "Removed", lambda one: one.was_removed, Kind.FLAG, always=True, says="from the register"),
        Column("rows", "Rows", lambda one: one.rows, Kind.NUMBER, always=True, says="with personal data"),
    )
)
