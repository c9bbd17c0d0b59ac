"""The columns of an answer as a list of their own: for the manual, and for whoever asks what a command can show."""

from typing import Any

from timpora_cli.render.answer import Answer, Card, Column, Kind, Table

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
