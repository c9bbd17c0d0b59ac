"""What an answer in JSON promises, as JSON Schema: made of the columns that the answer itself is made of.

It knows no command: which command answers with which table or card is said by the command.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TextIO

from timpora_cli.model.rules import State
from timpora_cli.model.terms import CLASSES
from timpora_cli.render.answer import Answer, Card, Column, Kind, Part, Table
from timpora_cli.render.inner import Deep, Values

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Shape = Table[Any] | Card[Any]
Schema = dict[str, object]

# The types of each kind's values, and what else is true of them.
TYPES: Mapping[Kind, tuple[tuple[str, ...], Schema]] = {
    Kind.TEXT: (("string",), {}),
    Kind.ID: (("integer",), {}),
    Kind.REFERENCE: (("string",), {}),
    Kind.DATE: (("string",), {"format": "date"}),
    Kind.NUMBER: (("integer",), {}),
    Kind.MONEY: (("integer",), {"minimum": 0}),
    Kind.OVER: (("integer",), {"minimum": 0}),
    Kind.STATE: (("string",), {}),
    Kind.CLASS: (("string",), {}),
    Kind.WORD: (("string",), {}),
    Kind.FLAG: (("boolean",), {}),
    Kind.VALUE: (("string", "integer"), {}),
}
CODES: Mapping[Kind, tuple[str, ...]] = {
    Kind.STATE: tuple(state.value for state in State),
    Kind.CLASS: tuple(kind.term.code for kind in CLASSES),
}


class Schemed(NamedTuple):
    """A command line whose answer has a schema, with its table or card."""

    command: str
    shape: Shape


LISTED: Table[Schemed] = Table(
    (
        Column("command", "Command", lambda one: one.command, always=True, says="as it stands behind timpora schema"),
        Column(
            "gives",
            "Gives",
            lambda one: "object" if isinstance(one.shape, Card) else "array",
            Kind.WORD,
            always=True,
            codes=("array", "object"),
            says="the type of the JSON",
        ),
    ),
    words={"array": "a list", "object": "a card"},
)


def schema(title: str, shape: Shape) -> Schema:
    """Return the JSON Schema (draft 2020-12) of an answer of this shape in full, under the title of its command line.

    Every key is required, but for those that are there only when asked for by name: a value that is absent is null.
    More keys may be added later.
    """
    head: Schema = {"$schema": DIALECT, "title": title}
    if isinstance(shape, Card):
        return head | _object(shape.fields, shape.parts)
    return head | _array(shape)


def listed(shapes: Iterable[tuple[str, Shape]]) -> Answer[Schemed]:
    """Return the list of the commands whose answers have these shapes."""
    return LISTED.of([Schemed(command, shape) for command, shape in shapes])


def write(promised: Schema, stream: TextIO | None = None) -> None:
    """Write a schema to `stream` (stdout). OSError as the stream gives it."""
    import json

    stream = sys.stdout if stream is None else stream
    stream.write(json.dumps(promised, indent=2) + "\n")
    stream.flush()


def _array(table: Table[Any]) -> Schema:
    return {"type": "array", "items": _object(table.columns)}


def _list(part: Part[Any]) -> Schema:
    if isinstance(part, Values):
        return {"type": "array", "items": _property(part.table.columns[0])}
    if isinstance(part, Deep):
        return {"type": "array", "items": _object(part.table.columns, part.parts)}
    return _array(part.table)


def _object(columns: Sequence[Column[Any]], parts: Sequence[Part[Any]] = ()) -> Schema:
    properties = {column.key: _property(column) for column in columns if not column.people_only}
    properties |= {part.key: {"description": part.heading} | _list(part) for part in parts}
    left_out = {column.key for column in columns if column.by_name}
    return {"type": "object", "properties": properties, "required": [key for key in properties if key not in left_out]}


def _property(column: Column[Any]) -> Schema:
    kinds, limits = TYPES[column.kind]
    types = kinds if column.always else (*kinds, "null")
    described: Schema = {
        "description": f"{column.heading}: {column.says}" if column.says else column.heading,
        "type": types[0] if len(types) == 1 else list(types),
        **limits,
    }
    if codes := column.codes or CODES.get(column.kind):
        described["enum"] = list(codes) if column.always else [*codes, None]
    return described
