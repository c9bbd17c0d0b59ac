"""What came of an import, or would come of it: the counts, and person by person what changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Value = str | int | None


class FactTold(NamedTuple):
    """One fact of a person that an import changes, and the record it stands in.

    `record_id` is None for a record that is new; then `new_record` says which of the person's new ones of its kind it
    is, from 1. `what` is the field that an import reads, or another name where it
    reads none. `before` is None where nothing was known. The words are what people read in place of the values.
    """

    record: str
    record_id: int | None
    new_record: int | None
    what: str
    before: Value
    after: Value
    before_words: Value = None
    after_words: Value = None

    def __repr__(self) -> str:
        return f"<FactTold {self.record} {self.what}>"


@dataclass(frozen=True, slots=True)
class PersonTold:
    """One person of whom an import changes something: the lines that say so, and whether it is new, renewed or changed.

    `resident_id` is None for somebody who is new: the number is given when the sheet is imported.
    """

    lines: tuple[int, ...]
    resident_id: int | None
    name: str = field(repr=False)
    came: str
    facts: tuple[FactTold, ...]

    @property
    def line(self) -> int | None:
        """The first of the lines; None where no number of a row names the person."""
        return self.lines[0] if self.lines else None


class RejectTold(NamedTuple):
    """One row that was refused: its line, and why."""

    line: int
    reason: str

    def __repr__(self) -> str:
        return f"<RejectTold line {self.line}>"


class DuplicateTold(NamedTuple):
    """A new person who may be the same as others: the line, the id (None where it is not given yet), and their ids."""

    line: int
    resident_id: int | None
    name: str
    like: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<DuplicateTold line {self.line}>"


class FileTold(NamedTuple):
    """A file of rejects that was left alone, and what it is: edited, foreign or closed."""

    file: str
    why: str


class Total(NamedTuple):
    """How many there are of a kind."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Imported:
    """All that an import answers. `counts` are of rows, by what came of them; `rows` are all that were read.

    `guessed` is of how many people something was taken that nothing printed tells for certain.
    `people` and `totals` are those of a dry run. `people` and `rejects` are read once, from a private database.
    """

    change: int | None
    imported: bool
    rows: int
    counts: Mapping[str, int]
    rejects_file: str | None
    ignored: tuple[str, ...]
    remarks: tuple[str, ...]
    duplicates: tuple[DuplicateTold, ...]
    duplicated: int
    guessed: int
    noticed: tuple[Total, ...]
    left_alone: tuple[FileTold, ...]
    removed: tuple[str, ...]
    again: tuple[str, ...]
    rejects: Iterable[RejectTold] = ()
    people: Iterable[PersonTold] = ()
    totals: tuple[Total, ...] = ()
