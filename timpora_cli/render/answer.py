"""What a command answers with: a table of columns or a card, whose getters read records; and what one call asks of it.

A column is declared once. Every format, the JSON schema, `--columns`, `--sort`, their TAB, `--mask` and the manual take
it from there. Nothing here reads the register, and nothing here turns a value into words: `text` does that.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from typing import Any, Generic, NamedTuple, TypeVar

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, masked, nearest
from timpora_cli.render.formats import FOR_PEOPLE

Cell = str | int | date | bool | None
Row = TypeVar("Row")
Of_contra = TypeVar("Of_contra", contravariant=True)
"""The record that a column reads. A column that reads more than one type of record serves the tables of each."""

NO_WORDS: Mapping[str, str] = {}


class NoSuchColumn(WrongUsage):
    """There is no column "{key}"{near}.
    Known: {known}.
    """


class Kind(Enum):
    """What a value is. It decides the type for machines, and the side, the colour and the words for people."""

    TEXT = auto()
    ID = auto()
    """A key of the register: a whole number, on the right."""
    REFERENCE = auto()
    """The number of a document, or another reference that is text; it never breaks inside a row."""
    DATE = auto()
    NUMBER = auto()
    MONEY = auto()
    """Whole rupiah."""
    OVER = auto()
    """A number that something is over: people read "over 60"."""
    STATE = auto()
    CLASS = auto()
    WORD = auto()
    """Any other code that people read in their language (a purpose, a role)."""
    FLAG = auto()
    """Yes or no."""
    VALUE = auto()
    """What a field of the register holds: a text or a whole number."""


class Column(NamedTuple, Generic[Of_contra]):
    """One column of a list, or one field of a card.

    `key` is for machines (English, snake_case), `heading` for people (a sentence that `_` knows); `get` reads the value
    of a record. `rank` 1 stays longest on a narrow terminal, 3 goes first. A `secret` value is hidden by `--mask`; if
    that depends on the record, `secret` is a function of it. A `people_only` column is in table and plain alone. One
    that is `by_name` is there only where it is asked for by name, one `for_programs` also where programs read. `empty`
    is what people read where there is no value (a sentence that `_` knows); if that depends on the record, it is a
    function of it.

    For the schema and the manual: whether there is `always` a value, which `codes` there are if the kind does not say
    it, and in `says` what the heading leaves open.
    """

    key: str
    heading: str
    get: Callable[[Of_contra], Cell]
    kind: Kind = Kind.TEXT
    rank: int = 1
    secret: bool | Callable[[Of_contra], bool] = False
    people_only: bool = False
    by_name: bool = False
    for_programs: bool = False
    empty: str | Callable[[Of_contra], str] = ""
    always: bool = False
    codes: tuple[str, ...] = ()
    says: str = ""


class Table(Generic[Row]):
    """The columns of a list. `words` gives what people read for a code in STATE, CLASS and WORD columns.

    The words are sentences that `_` knows, or are already in the reader's language. A code that is not among them is
    shown as it is.
    """

    def __init__(self, columns: tuple[Column[Row], ...], words: Mapping[str, str] = NO_WORDS) -> None:
        self.columns = columns
        self.words = words

    def of(
        self, rows: Sequence[Row], *, foot: Sequence[Mapping[str, Cell]] = (), closing: tuple[str, ...] = ()
    ) -> "Answer[Row]":
        """Return the list of these rows; `foot` rows, by column key, and `closing` lines are for people alone."""
        return Answer(self, rows, foot, closing)


class Answer(Generic[Row]):
    """A table with the records that it lists."""

    def __init__(
        self, table: Table[Row], rows: Sequence[Row], foot: Sequence[Mapping[str, Cell]], closing: tuple[str, ...]
    ) -> None:
        self.table = table
        self.rows = rows
        self.foot = foot
        self.closing = closing


class Part(Generic[Of_contra]):
    """A list on a card: its key for machines, its heading for people, its table, and how its records are read.

    The `closing` lines are for people alone, below the list; they stand there also where the list is empty. A list of
    fewer than `least` records is for machines alone.
    """

    def __init__(
        self,
        key: str,
        heading: str,
        table: Table[Any],
        get: Callable[[Of_contra], Iterable[Any]],
        closing: tuple[str, ...] = (),
        least: int = 1,
    ) -> None:
        self.key = key
        self.heading = heading
        self.table = table
        self.get = get
        self.closing = closing
        self.least = least


class Card(Generic[Row]):
    """One record as a card: its fields, then its parts. `words` is as in a Table.

    `title` gives the first line for people: data, shown as it is.
    """

    def __init__(
        self,
        fields: tuple[Column[Row], ...],
        parts: tuple[Part[Row], ...] = (),
        words: Mapping[str, str] = NO_WORDS,
        title: Callable[[Row], str] = lambda _record: "",
    ) -> None:
        self.fields = fields
        self.parts = parts
        self.words = words
        self.title = title


class Wanted(NamedTuple):
    """What one call asks for: the options on output, already read.

    `terminal`: for a person's terminal. `title` is a heading for people, above a list that is not empty.
    """

    format: str
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None
    mask: bool = False
    for_spreadsheet: bool = False
    terminal: bool = False
    title: str | None = None

    @property
    def for_people(self) -> bool:
        """Whether people read this format, so that it has words, foot rows and closing lines."""
        return self.format in FOR_PEOPLE

    @property
    def named(self) -> tuple[str, ...]:
        """The column keys that were asked for, in order, each once."""
        return tuple(dict.fromkeys(_split(self.columns)))

    @property
    def sorted_by(self) -> list[tuple[str, bool]]:
        """The column keys to sort by, each with whether it is sorted backwards."""
        return [(key.removeprefix("-"), key.startswith("-")) for key in _split(self.sort)]

    def check(self, columns: Sequence[Column[Any]]) -> None:
        """Raise WrongUsage for a key in --columns or --sort that is not the key of one of these columns."""
        known = self.keys(columns)
        picked(self.named, known)
        picked([key for key, _backwards in self.sorted_by], known)

    def keys(self, columns: Sequence[Column[Any]]) -> list[str]:
        """Return the keys of those of these columns that the format has."""
        return [column.key for column in columns if self.for_people or not column.people_only]

    def shown(self, columns: Sequence[Column[Any]], more: Iterable[str] = ()) -> list[str]:
        """Return the keys that are written: those named, or those that the format has by itself, and the `more`."""
        by_itself = [column for column in columns if not (column.by_name or (self.for_people and column.for_programs))]
        return picked(self.named, [*self.keys(columns if self.named else by_itself), *more])


class Arranged:
    """A list after --columns, --sort, --limit and --mask; `rows` can be read once, and there are `number` of them.

    `named` says whether the columns were asked for by name. Then none is left out, though it is empty or has no room.
    """

    def __init__(
        self, answer: Answer[Any], columns: tuple[Column[Any], ...], rows: Sequence[Any], wanted: Wanted
    ) -> None:
        self.columns = columns
        getters = [reader(column, wanted) for column in columns]
        self.rows: Iterable[tuple[Cell, ...]] = (tuple([get(row) for get in getters]) for row in rows)
        self.number = len(rows)
        self.foot = [tuple([row.get(one.key) for one in columns]) for row in answer.foot] if wanted.for_people else []
        self.words, self.closing, self.named = answer.table.words, answer.closing, bool(wanted.named)
        if left := len(answer.rows) - len(rows):
            more = _("… and {count} more (--limit {limit})").format(count=left, limit=wanted.limit)
            self.closing = (more, *answer.closing)

    @property
    def ending(self) -> tuple[str, ...]:
        """The closing lines, after a blank one where rows stand above them."""
        return ("", *self.closing) if self.number and self.closing else self.closing


def arrange(answer: Answer[Row], wanted: Wanted) -> Arranged:
    """Return what `wanted` asks for of `answer`. Only the rows and columns that are shown are read.

    Raises WrongUsage for a column that does not exist, before anything is written.
    """
    rows = chosen_rows(answer, wanted)
    by_key = {column.key: column for column in answer.table.columns}
    keys = wanted.shown(answer.table.columns)
    return Arranged(answer, tuple(by_key[key] for key in keys), rows, wanted)


def chosen_rows(answer: Answer[Row], wanted: Wanted) -> Sequence[Row]:
    """Return the records that are written, in their order: after --sort and --limit. Raises as `arrange` does."""
    wanted.check(answer.table.columns)
    getters = {column.key: column.get for column in answer.table.columns}
    rows = answer.rows
    for key, backwards in reversed(wanted.sorted_by):
        rows = sorted(rows, key=_sort_key(getters[key], backwards), reverse=backwards)
    return rows if wanted.limit is None else rows[: wanted.limit]


def picked(named: Sequence[str], known: Iterable[str]) -> list[str]:
    """Return the keys `named`, or all that are `known` where none is named. Raises WrongUsage for an unknown one."""
    known = list(known)
    for key in named:
        if key not in known:
            near = nearest(key, known, limit=1)
            nearby = _('; the nearest is "{near}"').format(near=near[0]) if near else ""
            raise NoSuchColumn(key=excerpt(key), near=nearby, known=", ".join(known))
    return list(named) or known


def reader(column: Column[Row], wanted: Wanted) -> Callable[[Row], Cell]:
    """Return the function that reads what is written of `column`: with --mask a secret value is hidden, and people read
    the words for no value where they depend on the record.
    """
    get, secret, empty = column.get, column.secret, column.empty
    if wanted.for_people and not isinstance(empty, str):
        get = _filled(get, empty)
    if not wanted.mask or secret is False:
        return get

    def hidden(record: Row) -> Cell:
        cell = get(record)
        return cell if cell is None or not (secret is True or secret(record)) else masked(str(cell))

    return hidden


def _filled(get: Callable[[Row], Cell], empty: Callable[[Row], str]) -> Callable[[Row], Cell]:
    def filled(record: Row) -> Cell:
        cell = get(record)
        words = empty(record) if cell is None else ""
        return _(words) if words else cell

    return filled


def _sort_key(get: Callable[[Row], Cell], backwards: bool) -> Callable[[Row], tuple[bool, int, str]]:
    # The first part puts empty values last in both directions, since `reverse` turns it round as well.
    def key(row: Row) -> tuple[bool, int, str]:
        cell = get(row)
        if cell is None or cell == "":
            return (not backwards, 0, "")
        if isinstance(cell, int):
            return (backwards, cell, "")
        return (backwards, 0, cell.isoformat() if isinstance(cell, date) else cell.casefold())

    return key


def _split(keys: Iterable[str]) -> list[str]:
    return [key.strip() for several in keys for key in several.split(",") if key.strip()]
