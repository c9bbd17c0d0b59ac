"""What an answer in JSON promises, as JSON Schema: made of the columns that the answer itself is made of.

It knows no command; which answer has which shape is said in cli/schema.py.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from timpora_cli.model.rules import State
from timpora_cli.model.terms import CLASSES
from timpora_cli.render.answer import Cell, Column, Kind, Listing
from timpora_cli.render.formats.card import Part, Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Columns = tuple[Column, ...]
Shape = Columns | Plan
"""A list is its columns, a card its plan."""
Schema = dict[str, object]

# The types of each kind's values, and what else is true of them.
TYPES: Mapping[Kind, tuple[tuple[str, ...], Schema]] = {
    Kind.TEXT: (("string",), {}),
    Kind.ID: (("integer",), {}),
    Kind.REFERENCE: (("string",), {}),
    Kind.DATE: (("string",), {"format": "date"}),
    Kind.NUMBER: (("integer",), {}),
    Kind.MONEY: (("integer", "string"), {"minimum": 0, "pattern": "^over [0-9]+$"}),
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

LISTED = (
    Column("command", "Command", always=True, says="as it stands behind timpora schema"),
    Column("gives", "Gives", Kind.WORD, always=True, codes=("array", "object"), says="the type of the JSON"),
)
WORDS = {"array": "a list", "object": "a card"}


def schema(title: str, shape: Shape) -> Schema:
    """Return the JSON Schema (draft 2020-12) of an answer of this shape in full, under the title of its command line.

    Every key is required: a value that is absent is null. Others may come to stand beside them.
    """
    head: Schema = {"$schema": DIALECT, "title": title}
    if isinstance(shape, Plan):
        return head | _object(shape.fields, shape.parts)
    return head | _array(shape)


def listed(shapes: Mapping[str, Shape]) -> Listing:
    """Return the list of the commands whose answers have these shapes."""
    rows: list[tuple[Cell, ...]] = [
        (command, "object" if isinstance(shape, Plan) else "array") for command, shape in shapes.items()
    ]
    return Listing(LISTED, rows, words=WORDS)


def write(promised: Schema, stream: TextIO | None = None) -> None:
    """Write a schema to `stream` (stdout). OSError as the stream gives it."""
    import json

    stream = sys.stdout if stream is None else stream
    stream.write(json.dumps(promised, indent=2) + "\n")
    stream.flush()


def _array(columns: Columns) -> Schema:
    return {"type": "array", "items": _object(columns)}


def _object(columns: Columns, parts: Sequence[Part] = ()) -> Schema:
    properties = {column.key: _property(column) for column in columns if not column.people_only}
    properties |= {part.key: {"description": part.heading} | _array(part.columns) for part in parts}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _property(column: Column) -> Schema:
    kinds, limits = TYPES[column.kind]
    types = kinds if column.always else (*kinds, "null")
    described: Schema = {
        "description": f"{column.title}: {column.says}" if column.says else column.title,
        "type": types[0] if len(types) == 1 else list(types),
        **limits,
    }
    if codes := column.codes or CODES.get(column.kind):
        described["enum"] = list(codes) if column.always else [*codes, None]
    return described
