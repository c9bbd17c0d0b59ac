"""One person, permit or case as a card: its fields under each other, then what hangs on it as small lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TextIO

from timpora_cli.model.names import visible
from timpora_cli.render import plain
from timpora_cli.render import text as words
from timpora_cli.render.answer import Arranged, Cell, Column, Kind, Listing, Output, arrange, masked, picked


@dataclass(frozen=True, slots=True)
class Field:
    """One fact: `key` for machines, `title` for people (a sentence `_` knows); `secret` is hidden on `--mask`."""

    key: str
    title: str
    value: Cell = field(repr=False)
    kind: Kind = Kind.TEXT
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """`title` is data, shown as it is; each part is a key for machines, a heading for people and its list.

    `words` gives what people read for a code in STATE, CLASS and WORD fields, as in a Listing.
    """

    title: str = field(repr=False)
    fields: tuple[Field, ...]
    parts: tuple[tuple[str, str, Listing], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


Rows = Sequence[tuple[Cell, ...]]


class Part(NamedTuple):
    """What one part of a card holds: its key for machines, its heading for people, and the columns of its list."""

    key: str
    heading: str
    columns: tuple[Column, ...]


class Plan(NamedTuple):
    """What a card holds, of whomever it is: its fields, each with a value on every card, and its parts."""

    fields: tuple[Column, ...]
    parts: tuple[Part, ...] = ()

    def card(
        self,
        title: str,
        values: Mapping[str, Cell],
        rows: Mapping[str, Rows],
        words: Mapping[str, str],
    ) -> Card:
        """Return a card of this plan, with the `values` and the `rows` of its parts by key.

        A key that is not in the plan, or is missing, is a ValueError: the schema promises the plan's.
        """
        planned = {column.key for column in self.fields} | {part.key for part in self.parts}
        if (given := values.keys() | rows.keys()) != planned:
            message = f"not as planned: {', '.join(sorted(given ^ planned))}"
            raise ValueError(message)
        return Card(
            title,
            tuple(Field(one.key, one.title, values[one.key], one.kind, one.secret) for one in self.fields),
            tuple((part.key, part.heading, Listing(part.columns, rows[part.key], words=words)) for part in self.parts),
            words,
        )


def write(card: Card, output: Output, stream: TextIO) -> None:
    """Write a card; `--columns` picks fields and parts by key. WrongUsage for a key that is not there.

    csv and tsv hold the fields alone, as one row: a list inside a cell is nobody's csv.
    """
    card = _picked(card, output)
    if output.for_people:
        _write_for_people(card, output, stream)
        return
    from timpora_cli.render.formats import data

    values = {one.key: masked(one.value) if output.mask and one.secret else one.value for one in card.fields}
    if output.format in data.DELIMITERS:
        data.write_delimited(list(values), [list(values.values())], output, stream)
    else:
        lists = {key: list(data.records(_part(listing, output))) for key, _heading, listing in card.parts}
        data.write_record({**values, **lists}, stream, indent=2 if output.format == "json" else None)


def _picked(card: Card, output: Output) -> Card:
    fields = {one.key: one for one in card.fields}
    parts = {key: (key, heading, listing) for key, heading, listing in card.parts} if _holds_parts(output) else {}
    keys = picked(output.named, [*fields, *parts])
    return replace(
        card,
        fields=tuple(fields[key] for key in keys if key in fields),
        parts=tuple(parts[key] for key in keys if key in parts),
    )


def _holds_parts(output: Output) -> bool:
    return output.format not in ("csv", "tsv")


def _part(listing: Listing, output: Output) -> Arranged:
    return arrange(listing, output._replace(columns=(), sort=(), limit=None))


def _write_for_people(card: Card, output: Output, stream: TextIO) -> None:
    labels, texts = _facts(card, output)
    parts = [(words.sentence(heading), _part(listing, output)) for _key, heading, listing in card.parts]
    parts = [(heading, part) for heading, part in parts if part.number or part.closing]
    if output.format == "table":
        _draw(card.title, (labels, texts), parts, stream, output)
        return
    plain.say(stream, visible(card.title))
    for label, text in zip(plain.aligned(labels), texts, strict=True):
        plain.say(stream, label + plain.GAP + text)
    for heading, part in parts:
        plain.say(stream, "")
        plain.say(stream, heading)
        plain.write(words.strips(part) if part.number else [], part.ending, stream)


def _facts(card: Card, output: Output) -> tuple[list[str], list[str]]:
    """Return the labels and the texts of the fields that are not empty."""
    labels, texts = [], []
    for one in card.fields:
        value = masked(one.value) if output.mask and one.secret else one.value
        text = words.speaker(one.kind, card.words)(value)
        if text:
            labels.append(words.sentence(one.title))
            texts.append(text)
    return labels, texts


def _draw(
    title: str,
    facts: tuple[Sequence[str], Sequence[str]],
    parts: Sequence[tuple[str, Arranged]],
    stream: TextIO,
    output: Output,
) -> None:
    from timpora_cli.render.formats import table

    easel = table.Easel(stream, output)
    easel.line(title, "bold")
    table.write_facts(*facts, easel)
    for heading, part in parts:
        easel.line("")
        easel.line(heading, "bold")
        if part.number:
            table.write(words.strips(part), part.words, named=False, easel=easel)
        for line in part.ending:
            easel.line(line)
