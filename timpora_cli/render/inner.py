"""The lists of a card that are no plain tables: lists of values, and lists whose records have lists of their own."""

from collections.abc import Callable, Iterable
from typing import Any

from timpora_cli.render.answer import Of_contra, Part, Table


class Values(Part[Of_contra]):
    """A list of plain values: for machines no objects, but the only column of its table."""


class Deep(Part[Of_contra]):
    """A list for machines whose records have lists of their own, its `parts`."""

    def __init__(
        self,
        key: str,
        heading: str,
        table: Table[Any],
        get: Callable[[Of_contra], Iterable[Any]],
        parts: tuple[Part[Any], ...],
    ) -> None:
        super().__init__(key, heading, table, get)
        self.parts = parts
