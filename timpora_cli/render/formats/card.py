"""One record as a card: its fields one below the other, then its parts as small lists."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TextIO

from timpora_cli.model.names import visible
from timpora_cli.render import text
from timpora_cli.render.answer import Arranged, Card, Cell, Column, Part, Row, Wanted, arrange, reader
from timpora_cli.render.inner import Deep, Values
from timpora_cli.render.write import write_line, write_list


class _Picked(NamedTuple):
    """The fields of a card with their values, and the parts, after --columns and --mask."""

    title: str
    fields: Sequence[tuple[Column[Any], Cell]]
    parts: Sequence[Part[Any]]
    words: Mapping[str, str]


def write(card: Card[Row], record: Row, wanted: Wanted, stream: TextIO) -> None:
    """Write `record` as a card. `--columns` picks fields and parts by key; WrongUsage for a key that does not exist.

    csv and tsv hold the fields alone, as one row: a list has no place in a cell.
    """
    shown = _picked(card, record, wanted)
    if wanted.for_people:
        _write_for_people(shown, record, stream, wanted)
        return
    from timpora_cli.render.formats import data

    values = {column.key: value for column, value in shown.fields}
    if wanted.format in data.DELIMITERS:
        data.write_delimited(list(values), [list(values.values())], wanted, stream)
    else:
        lists = {part.key: _elements(part, record, wanted) for part in shown.parts}
        data.write_object(values, lists, stream, indent=2 if wanted.format == "json" else None)


def _elements(part: Part[Row], record: Row, wanted: Wanted) -> Iterator[object]:
    """Yield what machines read of a list: objects, with their own lists in them, or plain values."""
    columns = [column for column in part.table.columns if not column.people_only and not column.by_name]
    getters = {column.key: reader(column, wanted) for column in columns}
    for one in part.get(record):
        if isinstance(part, Values):
            yield next(iter(getters.values()))(one)
            continue
        lists = part.parts if isinstance(part, Deep) else ()
        yield {key: get(one) for key, get in getters.items()} | {
            inner.key: list(_elements(inner, one, wanted)) for inner in lists
        }


def _picked(card: Card[Row], record: Row, wanted: Wanted) -> _Picked:
    fields = {column.key: column for column in card.fields}
    parts = {part.key: part for part in card.parts if wanted.format not in ("csv", "tsv")}
    keys = wanted.shown(card.fields, parts)
    return _Picked(
        card.title(record),
        [(fields[key], reader(fields[key], wanted)(record)) for key in keys if key in fields],
        [parts[key] for key in keys if key in parts],
        card.words,
    )


def _arranged(part: Part[Row], record: Row, wanted: Wanted) -> Arranged:
    whole = wanted._replace(columns=(), sort=(), limit=None)
    return arrange(part.table.of(tuple(part.get(record)), closing=part.closing), whole)


def _write_for_people(card: _Picked, record: Any, stream: TextIO, wanted: Wanted) -> None:
    labels, texts = _facts(card)
    arranged = [(part, _arranged(part, record, wanted)) for part in card.parts]
    parts = [
        (text.sentence(part.heading), listed)
        for part, listed in arranged
        if listed.number >= part.least or listed.closing
    ]
    if wanted.format == "table":
        _draw(card.title, (labels, texts), parts, stream, wanted)
        return
    write_line(stream, visible(card.title))
    for label, value in zip(text.aligned(labels), texts, strict=True):
        write_line(stream, label + text.GAP + value)
    for heading, listed in parts:
        write_line(stream, "")
        write_line(stream, heading)
        write_list(text.text_columns(listed) if listed.number else [], listed.ending, stream)


def _facts(card: _Picked) -> tuple[list[str], list[str]]:
    """Return the labels and the texts of the fields that are not empty."""
    labels, texts = [], []
    for column, value in card.fields:
        if shown := text.text_of(column.kind, card.words)(value):
            labels.append(text.sentence(column.heading))
            texts.append(shown)
    return labels, texts


def _draw(
    title: str,
    facts: tuple[Sequence[str], Sequence[str]],
    parts: Sequence[tuple[str, Arranged]],
    stream: TextIO,
    wanted: Wanted,
) -> None:
    from timpora_cli.render.formats import table

    canvas = table.Canvas(stream, wanted)
    canvas.line(title, "bold")
    table.write_facts(*facts, canvas)
    for heading, listed in parts:
        canvas.line("")
        canvas.line(heading, "bold")
        if listed.number:
            table.write(text.text_columns(listed), listed.words, named=False, canvas=canvas)
        for line in listed.ending:
            canvas.line(line)
