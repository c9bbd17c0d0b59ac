"""The schema of a shape and what is written of that shape: made of the same columns, held against each other."""

import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tests.render.toys import Record, column, listed
from tests.search.plugin import examples
from timpora_cli.model.rules import State
from timpora_cli.model.terms import CLASSES
from timpora_cli.render import write
from timpora_cli.render.answer import Answer, Card, Cell, Column, Kind, Part, Table, Wanted
from timpora_cli.render.formats import schema as schemas

VALUES: dict[Kind, st.SearchStrategy[Cell]] = {
    Kind.TEXT: st.text(),
    Kind.ID: st.integers(),
    Kind.REFERENCE: st.text(),
    Kind.DATE: st.dates(),
    Kind.NUMBER: st.integers(),
    Kind.MONEY: st.integers(0),
    Kind.OVER: st.integers(0),
    Kind.STATE: st.sampled_from(list(State)),
    Kind.CLASS: st.sampled_from([kind.term.code for kind in CLASSES]),
    Kind.WORD: st.text(),
    Kind.FLAG: st.booleans(),
    Kind.VALUE: st.text() | st.integers(),
}
WRONG: dict[Kind, Cell] = {
    Kind.TEXT: 1,
    Kind.ID: "1",
    Kind.REFERENCE: 1,
    Kind.DATE: "20/9/2020",
    Kind.NUMBER: "1",
    Kind.MONEY: "over there",
    Kind.OVER: "over 60",
    Kind.STATE: "valid",
    Kind.CLASS: "ITAS",
    Kind.WORD: True,
    Kind.FLAG: "yes",
    Kind.VALUE: True,
}
KEYS = st.lists(st.text("abcdefgh_", min_size=1), min_size=1, max_size=6, unique=True)


@st.composite
def columns(draw: st.DrawFn) -> tuple[Column[Record], ...]:
    """Columns of every kind, some of them with codes and some for people alone."""
    return tuple(
        column(
            key,
            "A title",
            draw(st.sampled_from(Kind)),
            always=draw(st.booleans()),
            people_only=draw(st.integers(0, 5)) == 0,
        )
        for key in draw(KEYS)
    )


@st.composite
def lists(draw: st.DrawFn) -> Answer[Record]:
    drawn = draw(columns())
    row = st.tuples(*[VALUES[one.kind] if one.always else VALUES[one.kind] | st.none() for one in drawn])
    return listed(drawn, draw(st.lists(row, max_size=4)))


def promise(shape: schemas.Shape) -> Draft202012Validator:
    promised = schemas.schema("timpora toys", shape)
    Draft202012Validator.check_schema(promised)
    return Draft202012Validator(promised, format_checker=FormatChecker())


def kept(shape: schemas.Shape, answer: object) -> bool:
    return bool(promise(shape).is_valid(answer))


def written(listing: Answer[Record]) -> Any:
    stream = StringIO(newline="")
    write.answer(listing, Wanted("json"), stream)
    return json.loads(stream.getvalue())


@pytest.mark.slow
@examples(10, 40)
@given(lists())
def test_whatever_a_list_writes_keeps_the_promise_of_its_columns(listing: Answer[Record]) -> None:
    promise(listing.table).validate(written(listing))


@pytest.mark.slow
@examples(10, 40)
@given(columns(), st.data())
def test_whatever_a_card_writes_keeps_the_promise_of_its_fields(
    fields: tuple[Column[Record], ...], data: st.DataObject
) -> None:
    fields = tuple(one._replace(people_only=False) for one in fields)
    part = data.draw(lists())
    shape = Card(fields, (Part("the_part", "A part", part.table, lambda _record: part.rows),))
    values: Record = {
        one.key: data.draw(VALUES[one.kind] if one.always else VALUES[one.kind] | st.none()) for one in fields
    }
    stream = StringIO(newline="")
    write.card(shape, values, Wanted("json"), stream)

    promise(shape).validate(json.loads(stream.getvalue()))


def test_every_kind_has_a_type() -> None:
    assert set(schemas.TYPES) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("always", [True, False])
def test_a_value_of_another_type_breaks_the_promise(kind: Kind, always: bool) -> None:
    shape = Table((column("value", "Value", kind, always=always),))

    assert not kept(shape, [{"value": WRONG[kind]}])
    assert kept(shape, [{"value": None}]) is not always


@pytest.mark.slow
@examples(10, 40)
@given(lists().filter(lambda listing: bool(listing.rows)), st.data())
def test_a_key_that_is_left_out_breaks_the_promise_and_one_more_does_not(
    listing: Answer[Record], data: st.DataObject
) -> None:
    answer = written(listing)
    answer[-1]["something_new"] = object
    assert kept(listing.table, answer)
    machines = [one.key for one in listing.table.columns if not one.people_only]
    if machines:
        del answer[-1][data.draw(st.sampled_from(machines))]
        assert not kept(listing.table, answer)


@pytest.mark.parametrize(("always", "expected"), [(True, ["A", "B"]), (False, ["A", "B", None])])
def test_codes_are_all_that_may_stand_there(always: bool, expected: Sequence[str | None]) -> None:
    shape = Table((column("kind", "Kind", Kind.WORD, always=always, codes=("A", "B")),))

    assert schemas.schema("x", shape)["items"] == {
        "type": "object",
        "properties": {
            "kind": {"description": "Kind", "type": "string" if always else ["string", "null"], "enum": expected}
        },
        "required": ["kind"],
    }
    assert kept(shape, [{"kind": "B"}])
    assert not kept(shape, [{"kind": "C"}])


def test_a_column_says_in_english_what_its_title_leaves_open() -> None:
    shape = Table((column("until", "Until", Kind.DATE, always=True, says="the last day"),))

    assert schemas.schema("timpora toys", shape) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "timpora toys",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"until": {"description": "Until: the last day", "type": "string", "format": "date"}},
            "required": ["until"],
        },
    }


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.OVER])
def test_a_fine_and_a_limit_are_whole_numbers_or_null(kind: Kind) -> None:
    shape = Table((column("fine", "Fine", kind),))

    assert [kept(shape, [{"fine": fine}]) for fine in (0, 1_000_000, None)] == [True] * 3
    assert [kept(shape, [{"fine": fine}]) for fine in (-1, 1.5, "over 60", "60")] == [False] * 4


def test_a_schema_is_written_in_ascii_with_a_line_feed() -> None:
    stream = StringIO(newline="")
    schemas.write({"title": "é"}, stream)

    assert stream.getvalue() == '{\n  "title": "\\u00e9"\n}\n'


def test_the_list_of_schemas_says_what_each_answer_is() -> None:
    stream = StringIO()
    write.answer(schemas.listed([("one", Table((column("a", "A"),))), ("two", Card(()))]), Wanted("csv"), stream)

    assert stream.getvalue() == "command,gives\none,array\ntwo,object\n"
