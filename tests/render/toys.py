"""Lists and cards for the tests of rendering: their records are written as tuples and read by the keys of columns."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from timpora_cli.render.answer import Answer, Card, Cell, Column, Kind, Part, Table

Record = Mapping[str, Cell]


def column(key: str, heading: str, kind: Kind = Kind.TEXT, **more: Any) -> Column[Record]:
    """A column whose value is the one under its key."""
    return Column(key, heading, itemgetter(key), kind, **more)


def records(columns: Sequence[Column[Record]], rows: Sequence[tuple[Cell, ...]]) -> list[Record]:
    """The rows as records, each value under the key of the column in its place."""
    return [dict(zip([one.key for one in columns], row, strict=True)) for row in rows]


def listed(
    columns: tuple[Column[Record], ...],
    rows: Sequence[tuple[Cell, ...]],
    *,
    foot: Sequence[tuple[Cell, ...]] = (),
    closing: tuple[str, ...] = (),
    words: Mapping[str, str] | None = None,
) -> Answer[Record]:
    """A list of these columns and rows."""
    return Table(columns, words or {}).of(records(columns, rows), foot=records(columns, foot), closing=closing)


def field(key: str, heading: str, value: Cell, kind: Kind = Kind.TEXT, *, secret: bool = False) -> Column[None]:
    """A field of a card, with its value."""
    return Column(key, heading, lambda _record: value, kind, secret=secret)


def card_of(
    title: str,
    fields: tuple[Column[None], ...],
    parts: Sequence[tuple[str, str, Answer[Record]]] = (),
    words: Mapping[str, str] | None = None,
) -> Card[None]:
    """A card of these fields and lists, whatever it is of."""
    return Card(fields, tuple(_part(*part) for part in parts), words or {}, title=lambda _record: title)


def _part(key: str, heading: str, answer: Answer[Record]) -> Part[None]:
    return Part(key, heading, answer.table, lambda _record: answer.rows, answer.closing)
