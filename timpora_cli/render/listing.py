"""A list as the renderers take it: columns, rows, and what one call asks of them (pick, sort, limit, mask).

It never asks the register and never makes a sentence of a value; `words` does that, for people alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import nearest, visible

Cell = str | int | date | bool | None

FOR_PEOPLE = ("table", "plain")


class UnknownColumn(WrongUsage):
    """There is no column "{key}"{hint}.
    Known: {known}.
    """


class Kind(Enum):
    """What a value is: its type for machines; its side of the column, its colour and its words for people."""

    TEXT = auto()
    ID = auto()
    """A key of the register: a whole number, on the right."""
    REFERENCE = auto()
    """The number of a document, or another reference that is text; it never breaks inside a row."""
    DATE = auto()
    NUMBER = auto()
    MONEY = auto()
    """Whole rupiah; in words where there is no amount to show ("over 60")."""
    STATE = auto()
    CLASS = auto()
    WORD = auto()
    """Any other code that people read in their language (a purpose, a role)."""
    FLAG = auto()
    """Yes or no."""
    VALUE = auto()
    """What a field of the register holds: a text or a whole number."""


class Column(NamedTuple):
    """One column: `key` for machines (English snake_case), `title` for people (a sentence `_` knows).

    `rank` 1 stays longest on a narrow terminal, 3 goes first. `secret` values are hidden on `--mask`. A `people_only`
    column (the place in a ranking) stands in table and plain and is unknown to the machine formats. `empty` is what
    people read in a row that has no value there, another sentence that `_` knows.

    The schema (render/schema.py) says the rest: whether there is `always` a value, which `codes` there are where the
    kind alone does not say it, and in `says`, for whoever writes a script, what the title leaves open.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    rank: int = 1
    secret: bool = False
    people_only: bool = False
    empty: str = ""
    always: bool = False
    codes: tuple[str, ...] = ()
    says: str = ""


class Listing(NamedTuple):
    """Rows with a cell a column; `foot` rows and `closing` lines stand in table and plain only.

    `words` gives what people read for a code in STATE, CLASS and WORD columns, in English or already in their language;
    a code that it lacks is its own word.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    foot: Sequence[tuple[Cell, ...]] = ()
    closing: tuple[str, ...] = ()
    words: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"<Listing of {len(self.rows)} rows>"


class Output(NamedTuple):
    """What one call asks of the renderer: the options of contract §5, already read.

    `terminal` says whether a person's terminal reads the answer; `exit_code` is carried for the caller, who compares
    the number of rows written. `title` is a heading for people, above a list that is not empty.
    """

    format: str
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None
    mask: bool = False
    for_spreadsheet: bool = False
    terminal: bool = False
    exit_code: bool = False
    title: str | None = None

    @property
    def for_people(self) -> bool:
        """Whether people read this format, so that it has words, foot rows and closing lines."""
        return self.format in FOR_PEOPLE

    @property
    def named(self) -> tuple[str, ...]:
        """The column keys that were asked for, in order, each once."""
        return tuple(dict.fromkeys(_split(self.columns)))


class Arranged(NamedTuple):
    """A listing after `--columns`, `--sort`, `--limit` and `--mask`; `rows` can be read once."""

    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    number: int
    foot: Sequence[tuple[Cell, ...]]
    closing: tuple[str, ...]
    words: Mapping[str, str]
    named: bool
    """Whether the columns were asked for by name: then none is left out for being empty or for want of room."""

    def __repr__(self) -> str:
        return f"<Arranged {self.number} rows>"

    @property
    def ending(self) -> tuple[str, ...]:
        """The closing lines, after a blank one where rows stand above them."""
        return ("", *self.closing) if self.number and self.closing else self.closing


def arrange(listing: Listing, output: Output) -> Arranged:
    """Return what `output` asks for of `listing`.

    Raises WrongUsage for a column that is not there, before anything is written.
    """
    known = _places(listing, output)
    places = [known[key] for key in picked(output.named, known)]
    rows = chosen_rows(listing, output)
    total = len(listing.rows)
    closing = listing.closing
    if len(rows) < total:
        more = _("… and {count} more (--limit {limit})").format(count=total - len(rows), limit=output.limit)
        closing = (more, *closing)
    return Arranged(
        columns=tuple(listing.columns[place] for place in places),
        rows=_cells(rows, places, listing.columns, output.mask),
        number=len(rows),
        foot=tuple(_cells(listing.foot, places, listing.columns, output.mask)) if output.for_people else (),
        closing=closing,
        words=listing.words,
        named=bool(output.named),
    )


def chosen_rows(listing: Listing, output: Output) -> Sequence[tuple[Cell, ...]]:
    """Return the rows that are written, whole and in their order: after `--sort` and `--limit`."""
    rows = _ordered(listing, output.sort, _places(listing, output))
    return rows if output.limit is None else rows[: output.limit]


def picked(named: Sequence[str], known: Iterable[str]) -> list[str]:
    """Return the keys `named`, or all that are `known` where none is. Raises UnknownColumn."""
    known = list(known)
    for key in named:
        if key not in known:
            raise _unknown_column(key, known)
    return list(named) or known


def masked(cell: Cell) -> Cell:
    """Return `cell` with all but its last three characters hidden; with all of them hidden if it has no more."""
    if cell is None:
        return None
    text = str(cell)
    shown = text[-3:] if len(text) > 3 else ""
    return "*" * (len(text) - len(shown)) + shown


def _places(listing: Listing, output: Output) -> dict[str, int]:
    return {column.key: place for place, column in enumerate(listing.columns) if _offered(column, output)}


def _offered(column: Column, output: Output) -> bool:
    return output.for_people or not column.people_only


def _cells(
    rows: Sequence[tuple[Cell, ...]], places: list[int], columns: tuple[Column, ...], mask: bool
) -> Iterable[tuple[Cell, ...]]:
    hidden = frozenset(place for place in places if mask and columns[place].secret)
    if hidden:
        return _hiding(rows, places, hidden)
    if places == list(range(len(columns))):
        return rows
    return (tuple([row[place] for place in places]) for row in rows)


def _hiding(rows: Sequence[tuple[Cell, ...]], places: list[int], hidden: frozenset[int]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield tuple([masked(row[place]) if place in hidden else row[place] for place in places])


def _ordered(listing: Listing, sort: tuple[str, ...], known: Mapping[str, int]) -> Sequence[tuple[Cell, ...]]:
    keys = [(key.removeprefix("-"), key.startswith("-")) for key in _split(sort)]
    picked([key for key, _backwards in keys], known)
    rows = listing.rows
    for key, backwards in reversed(keys):
        rows = sorted(rows, key=_sort_key(known[key], backwards), reverse=backwards)
    return rows


def _sort_key(place: int, backwards: bool) -> Callable[[tuple[Cell, ...]], tuple[bool, int, str]]:
    # The first part puts the empty ones last in both directions, since `reverse` turns it round as well.
    def key(row: tuple[Cell, ...]) -> tuple[bool, int, str]:
        cell = row[place]
        if cell is None or cell == "":
            return (not backwards, 0, "")
        if isinstance(cell, int):
            return (backwards, cell, "")
        return (backwards, 0, cell.isoformat() if isinstance(cell, date) else cell.casefold())

    return key


def _split(keys: Iterable[str]) -> list[str]:
    return [key.strip() for several in keys for key in several.split(",") if key.strip()]


def _unknown_column(key: str, known: Sequence[str]) -> UnknownColumn:
    near = nearest(key, known, limit=1)
    hint = _('; the nearest is "{near}"').format(near=near[0]) if near else ""
    return UnknownColumn(key=visible(key), hint=hint, known=", ".join(known))
