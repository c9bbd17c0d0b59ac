"""Whether the rows of a register are those that the changes in its log wrote, and which row is not.

A change has one digest over all the rows that it wrote and ended, and no row has one of its own. So whether a change
still fits is certain, and which row is to blame is found by trying: another program that alters, adds or removes a row
leaves a version of it behind (versions.py), and without its traces the change fits again.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, islice, pairwise
from typing import NamedTuple

from timpora_cli.language import _
from timpora_cli.store.facts import Row, Sums, Versioned, all_sums, chained, reference_digest, versioned_tables

LOG = "SELECT id, at, officer, host, command, reason, reference_digest, digest FROM change ORDER BY id"
REFERENCE = -2  # the place of the digest of the reference tables in a row of LOG
MOST_TRIED = 20_000
"""So many ways are tried at most; of a change with more rows, no row is looked for."""
FEW = 5
"""So many rows are named where one of them was altered and nothing tells which."""
ALTERED, ADDED, REMOVED = "altered", "added", "removed"
SAID = {
    ALTERED: "{row} was altered by another program, after change {number} of {at}",
    ADDED: "{row} was added by another program, after change {number} of {at}",
    REMOVED: "{row} was removed by another program, after change {number} of {at}",
}


class Misfit(NamedTuple):
    """A change whose digest does not fit what it says, wrote and ended. `said` is its row of the log."""

    number: int
    said: Row
    reference: str
    before: str | None
    digest: str | None


class Trace(NamedTuple):
    """What another program may have left in a change: a row, what was done to it, and how it is told from the rest."""

    table: str
    key: tuple[object, ...]
    did: str


class Touched(NamedTuple):
    """A row that a change wrote: its content as it is hashed, and the change that wrote it.

    Where the change ended the row, `until` is its number.
    """

    table: Versioned
    key: tuple[object, ...]
    content: bytes
    began: object
    until: object = None

    @property
    def ended(self) -> bool:
        """Whether it is here as a row that the change ended."""
        return self.until is not None


Part = tuple[list[Touched], Sums]
"""Rows of a change, with their sums."""


def read_any_text(connection: sqlite3.Connection) -> None:
    """Let text be read that another program or a bad disk left as no text: that is for the digests to find."""
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")


def fault(connection: sqlite3.Connection) -> tuple[int, str | None]:
    """Return how many changes the log has, and the first fault of them or of their rows; None where there is none."""
    sums, log = all_sums(connection), connection.execute(LOG).fetchall()
    if misfit := next(misfits(log, sums), None):
        return len(log), _sentence(connection, misfit)
    if unlogged := sums.keys() - {said[0] for said in log}:
        number = min(named or 0 for named in unlogged)  # a broken page may give a row that names no change at all
        return len(log), _("change {number} is missing from the log, and rows of it are there").format(number=number)
    if log and log[-1][REFERENCE] != reference_digest(connection):
        return len(log), _("a country, class, group or purpose was altered behind the log")
    return len(log), None


def misfits(log: Sequence[Row], sums: Mapping[int, Sums]) -> Iterator[Misfit]:
    """Yield the changes whose digest does not fit, of the rows of LOG and the rows of each change, added up."""
    for (*_earlier, before), (*said, reference, digest) in pairwise([(None,), *log]):
        if chained(before, said, reference, sums.get(said[0], Sums())) != digest:
            yield Misfit(said[0], said, reference, before, digest)


def traces(connection: sqlite3.Connection, misfit: Misfit) -> list[Trace]:
    """Return the rows by which another program is seen to have touched a change; none where nothing tells which.

    It is certain of them: without what was done to these rows the change fits its digest.
    """
    touched = list(_touched(connection, misfit.number))
    if len(touched) > MOST_TRIED:
        return []
    whole = _added_up(touched)
    left = [*_rewritten(touched, misfit.number), *([one] for one in touched if one.ended)]
    by_itself, together = ([(one, _added_up(one)) for one in each] for each in ([[one] for one in touched], left))
    for some in islice(chain(([one] for one in by_itself), _some_of(together)), MOST_TRIED):
        sums = whole
        for _rows, part in some:
            sums = sums.without(part)
        if chained(misfit.before, misfit.said, misfit.reference, sums) == misfit.digest:
            return [_trace(rows) for rows, _part in some]
    return []


def _some_of(left: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Yield what another program may have left behind: one of each, then two at once, and so on."""
    return chain.from_iterable(combinations(left, number) for number in range(1, len(left) + 1))


def _sentence(connection: sqlite3.Connection, misfit: Misfit) -> str:
    number, at, _officer, _host, command, _reason = misfit.said
    found = traces(connection, misfit)
    if found:
        sentence = SAID[found[0].did]
        return _(sentence).format(row=_row(found[0].table, found[0].key), number=number, at=at)
    sentence = _("change {number} of {at} ({command}): it, or a row that it wrote or ended, was altered")
    said = sentence.format(number=number, at=at, command=command)
    rows = list(dict.fromkeys(_row(one.table.name, one.key) for one in _touched(connection, int(str(number)))))
    if 0 < len(rows) <= FEW:
        return _("{said} (its rows: {rows})").format(said=said, rows=", ".join(rows))
    return said


def _row(table: str, key: Sequence[object]) -> str:
    return f"{table} {' '.join(map(str, key))}"


def _touched(connection: sqlite3.Connection, number: int) -> Iterator[Touched]:
    for table in versioned_tables(connection):
        standing = f"SELECT {table.content}, {', '.join(table.key)} FROM {table.name} WHERE change_id = ?"
        for content, *key in connection.execute(standing, (number,)):
            yield Touched(table, tuple(key), content, number)
        kept = f"SELECT {table.ending} FROM {table.versions} WHERE change_id = ?1 OR until_change = ?1"
        for began, until, content, *key in connection.execute(kept, (number,)):
            if began == number:
                yield Touched(table, tuple(key), content, began)
            if until == number:
                yield Touched(table, tuple(key), content, began, until)


def _rewritten(touched: Sequence[Touched], number: int) -> list[list[Touched]]:
    """Return, for each row that was written over without a change of its own, what that left behind.

    That is the end of the version which the change wrote, and the row that took its place under the same change.
    """
    over = {(one.table.name, one.key): one for one in touched if one.ended and one.began == number}
    return [
        [ending, one]
        for one in touched
        if not one.ended and (ending := over.get((one.table.name, one.key))) and one.content != ending.content
    ]


def _trace(some: Sequence[Touched]) -> Trace:
    one = some[0]
    return Trace(one.table.name, one.key, ALTERED if len(some) > 1 else REMOVED if one.ended else ADDED)


def _added_up(touched: Sequence[Touched]) -> Sums:
    sums = Sums()
    for one in touched:
        if one.ended:
            sums.end(one.table, one.began, one.until, list(one.key))
        else:
            sums.write(one.content)
    return sums
