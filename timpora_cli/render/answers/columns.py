"""The columns of an answer as a list, for whoever asks what a command can show; and a column as a field of a card."""

from collections.abc import Callable
from typing import Any, TypeVar

from timpora_cli.render.answer import Answer, Card, Cell, Column, Kind, Table

Whole = TypeVar("Whole")
Part = TypeVar("Part")

COLUMNS: Table[Column[Any]] = Table(
    (
        Column("key", "Key", lambda one: one.key, always=True),
        Column("heading", "Heading", lambda one: one.heading, Kind.WORD, always=True),
        Column("kind", "Kind", lambda one: one.kind.name, always=True, codes=tuple(kind.name for kind in Kind)),
        Column("says", "What it says", lambda one: one.says or None),
    )
)


def columns(shape: Table[Any] | Card[Any]) -> Answer[Column[Any]]:
    """Return the columns of a table, or the fields of a card, in their order."""
    return COLUMNS.of(shape.fields if isinstance(shape, Card) else shape.columns)


def field_of(column: Column[Part], part: Callable[[Whole], Part]) -> Column[Whole]:
    """Return the column of a list as a field of a card, whose record has in a `part` what the column reads."""

    def get(record: Whole) -> Cell:
        return column.get(part(record))

    return Column(**{**column._asdict(), "get": get})
