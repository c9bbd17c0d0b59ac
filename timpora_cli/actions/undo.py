"""Undoing a change, as a new change: what it added is removed, what it changed and removed comes back.

Refused where a later change builds on it, and for what is never taken back (irrevocable.py). An undo is a change, so
it can be undone too: that is a redo. In which order the rows of a change come back makes no difference.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from timpora_cli.actions.irrevocable import refuse_irrevocable
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.log import ChangeMade, RowChange, Undone
from timpora_cli.queries.history import change_made, changes_of_resident, resident_column, undone_by, undone_last
from timpora_cli.store.change import Change, Value
from timpora_cli.store.constraints import SENTENCES, refusal
from timpora_cli.store.facts import Versioned, versioned_tables
from timpora_cli.store.presence import difference
from timpora_cli.store.steps.stays import is_before_stays, record_stays_again

STANDS_NOW = "SELECT {columns} FROM {table} WHERE {condition}"
LEFT_BY = "SELECT {columns} FROM {table}_version WHERE {condition} AND change_id = ? AND until_change > change_id"
LAST_ENDED = "SELECT max(until_change) FROM {table}_version WHERE {condition}"
LEFT_HANGING = "SELECT change_id FROM {table} WHERE rowid = ? AND change_id > ?"
OWNERS = """
SELECT {owner} FROM {table} WHERE {condition}
UNION
SELECT {owner} FROM {table}_version WHERE {condition}
"""
WRITTEN_BEFORE = "SELECT {columns} FROM {table}_version WHERE {condition} AND until_change = ?"
PRESENCE = ("resident", "residence")
UNDONE = "undone"
# The rules that let a number or a time to one row only, beside those of SQLite.
TAKEN = frozenset(
    {
        *("permit_number_is_unique", "resident_niora_names_one_person"),
        *("permit_periods_do_not_overlap", "residence_periods_do_not_overlap", "stays_do_not_overlap"),
    }
)
NOT_TRIED = sqlite3.IntegrityError()


class BuiltOn(Refused):
    """Change {number} cannot be undone: later changes build on it ({later}). Undo those first."""


class InTheWay(Refused):
    """Change {number} cannot be undone, something is in the way: {rule}{later}"""


class NothingToUndo(Refused):
    """Change {number} touched no row that could be taken back."""


class UndoneAlready(BuiltOn):
    """Change {number} is taken back already, by change {by}. Bring it forward again with: timpora undo {by}"""


class NothingToRedo(Refused):
    """There is nothing to redo: no change is taken back."""


class ChangedSince(NothingToRedo):
    """There is nothing to redo: change {later} came after change {number} was undone.
    To bring change {number} forward all the same: timpora undo {by}
    """


class NoLongerLast(Refused):
    """Somebody else has changed the register meanwhile. Look again at what there is to redo: timpora redo"""


@dataclass(frozen=True, slots=True)
class _Step:
    table: Versioned
    row: RowChange


class _Attempt(NamedTuple):
    """One row to be taken back, how, and why it was refused."""

    back: Callable[[Change, int, _Step], None]
    step: _Step
    why: sqlite3.IntegrityError = NOT_TRIED

    @property
    def waits_for_room(self) -> bool:
        """Whether another row has what only one row may have: a number, or a time."""
        return str(self.why) in TAKEN or getattr(self.why, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_UNIQUE"


def refuse_impossible(connection: sqlite3.Connection, made: ChangeMade) -> None:
    """Raise the refusal where it is plain, before anything is tried, that `made` cannot be taken back."""
    number = made.number
    refuse_irrevocable(connection, made)
    if not made.rows:
        raise NothingToUndo(number=number)
    _refuse_what_others_built_on(connection, number, _steps(connection, made))


def undo(change: Change, made: ChangeMade) -> None:
    """Take back the change `made`. Where that is an undo, what it had taken back is there again."""
    refuse_impossible(change.connection, made)
    number, steps = made.number, _steps(change.connection, made)
    change.connection.execute("PRAGMA defer_foreign_keys = ON")
    stuck = _settled(change, number, [_Attempt(BACK[step.row.did], step) for step in steps])
    if swapped := [one for one in stuck if one.back is _write_back and one.waits_for_room]:
        # Rows that changed a number or their times between them each wait for the other: they go, and come back.
        gone = _settled(change, number, [_Attempt(_take_away, one.step) for one in swapped])
        back = [_Attempt(_bring_back, one.step) for one in swapped]
        stuck = gone or _settled(change, number, back + [one for one in stuck if one not in swapped])
    if stuck:
        why = stuck[-1].why
        raise _in_the_way(change, number, [one.step for one in stuck], refusal(why).values["rule"]) from why
    _refuse_what_is_left_hanging(change, number)
    residents = _owners(change, steps)
    if is_before_stays(change.connection, number):
        for resident in _owners(change, [step for step in steps if step.table.name in PRESENCE]):
            record_stays_again(change, resident)
    if differing := difference(change.connection, residents):
        raise _in_the_way(change, number, steps, str(differing))
    _record(change, made)


def _record(change: Change, made: ChangeMade) -> None:
    """Record what is taken back now: `made`; or where `made` is an undo or a redo, what that is of, the other way."""
    marks = [row for row in made.rows if row.table == UNDONE]
    for number, is_undo in [(int(row.key[0]), row.did != "removed") for row in marks] or [(made.number, False)]:
        there = undone_by(change.connection, number) is not None
        if is_undo:
            if there:
                change.remove(UNDONE, number)
        elif there:  # somebody had brought it forward by hand
            change.update(UNDONE, number, {})
        else:
            change.insert(UNDONE, {"undone_id": number})


def redo(change: Change, number: int) -> None:
    """Bring the change `number`, the last that is taken back, forward. Raises NothingToRedo, and NoLongerLast."""
    last = last_undone(change.connection, change.number)
    if last.number != number:
        raise NoLongerLast
    undo(change, change_made(change.connection, last.by))


def last_undone(connection: sqlite3.Connection, under_way: int | None = None) -> Undone:
    """Return the last change that is taken back, whatever the change that is `under_way`.

    Raises NothingToRedo, also where an officer's change came after its undo.
    """
    last = undone_last(connection, under_way)
    if last is None:
        raise NothingToRedo
    if last.later is not None:
        raise ChangedSince(number=last.number, by=last.by, later=last.later)
    return last


def _steps(connection: sqlite3.Connection, made: ChangeMade) -> list[_Step]:
    """Return the rows of a change in the order in which most can be taken back at the first attempt."""
    tables = {table.name: table for table in versioned_tables(connection)}
    order = list(BACK)
    rows = sorted((row for row in made.rows if row.table != UNDONE), key=lambda row: order.index(row.did))
    return [_Step(tables[row.table], row) for row in rows]


def _settled(change: Change, number: int, attempts: list[_Attempt]) -> list[_Attempt]:
    """Take the steps in whatever order the rules let them; return those that they let in no order, each with why."""
    # Rules between rows hold at every step, so a step that another has to make room for is tried again after it.
    tried = -1
    while attempts and tried != len(attempts):
        tried = len(attempts)
        attempts = [refused for one in attempts if (refused := _attempted(change, number, one)) is not None]
    return attempts


def _attempted(change: Change, number: int, attempt: _Attempt) -> _Attempt | None:
    """Take one step; return it with why it was refused, or None."""
    change.connection.execute("SAVEPOINT step")
    refused = None
    try:
        attempt.back(change, number, attempt.step)
    except sqlite3.IntegrityError as error:
        change.connection.execute("ROLLBACK TO step")
        refused = attempt._replace(why=error)
    change.connection.execute("RELEASE step")
    return refused


def _refuse_what_others_built_on(connection: sqlite3.Connection, number: int, steps: Iterable[_Step]) -> None:
    built_on = (_built_on_by(connection, number, step) for step in steps)
    if later := {one for one in built_on if one is not None}:
        if (by := undone_by(connection, number)) in later:
            raise UndoneAlready(number=number, by=by)
        raise BuiltOn(number=number, later=_listed(later))


def _built_on_by(connection: sqlite3.Connection, number: int, step: _Step) -> int | None:
    """Return the change that made a row another one than the change `number` left it; None where it is as it was left.

    What was changed and changed back stands as it was left: changes can be taken back one after another.
    """
    names = {"table": step.table.name, "columns": step.table.listed, "condition": step.table.by_key}
    now = connection.execute(STANDS_NOW.format(**names), step.row.key).fetchone()
    if now is None:
        (ended,) = connection.execute(LAST_ENDED.format(**names), step.row.key).fetchone()
        return None if step.row.did == "removed" else int(ended)
    place = step.table.columns.index("change_id")
    left = connection.execute(LEFT_BY.format(**names), (*step.row.key, number)).fetchone()
    as_left = left is not None and left[:place] + left[place + 1 :] == now[:place] + now[place + 1 :]
    return None if as_left or now[place] == number else int(now[place])


def _refuse_what_is_left_hanging(change: Change, number: int) -> None:
    hanging: set[int] = set()
    for table, rowid, _parent, _key in change.connection.execute("PRAGMA foreign_key_check").fetchall():
        query = LEFT_HANGING.format(table=table)
        hanging |= {written_by for (written_by,) in change.connection.execute(query, (rowid, number))}
    if later := hanging - {change.number}:
        raise BuiltOn(number=number, later=_listed(later))
    if hanging:  # what came back names something that is gone by now
        raise _in_the_way(change, number, (), _(SENTENCES["FOREIGN KEY"]))


def _in_the_way(change: Change, number: int, refused: Iterable[_Step], rule: object) -> InTheWay:
    touched = {
        made.number for owner in _owners(change, refused) for made in changes_of_resident(change.connection, owner)
    }
    later = {one for one in touched if number < one < change.number}
    said = " " + _("Later changes to the same people: {later}.").format(later=_listed(later)) if later else ""
    return InTheWay(number=number, rule=rule, later=said)


def _owners(change: Change, steps: Iterable[_Step]) -> set[int]:
    """Return the residents whose rows the steps are of; a case may be about nobody who is known."""
    owners: set[int] = set()
    for step in steps:
        if owner := resident_column(step.table):
            query = OWNERS.format(owner=owner, table=step.table.name, condition=step.table.by_key)
            owners |= {who for (who,) in change.connection.execute(query, (*step.row.key, *step.row.key)) if who}
    return owners


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))


def _take_away(change: Change, _number: int, step: _Step) -> None:
    change.take_row_away(step.table, step.row.key)


def _write_back(change: Change, number: int, step: _Step) -> None:
    change.write_row_back(step.table, step.row.key, _before(change, number, step))


def _bring_back(change: Change, number: int, step: _Step) -> None:
    change.bring_row_back(step.table, _before(change, number, step))


# What takes a row back, by what the change did to it.
BACK: Mapping[str, Callable[[Change, int, _Step], None]] = {
    "added": _take_away,
    "changed": _write_back,
    "removed": _bring_back,
}


def _before(change: Change, number: int, step: _Step) -> dict[str, Value]:
    query = WRITTEN_BEFORE.format(columns=step.table.listed, table=step.table.name, condition=step.table.by_key)
    # A change that wrote a row twice ended two versions of it; the one before the change is the older.
    versions = change.connection.execute(f"{query} AND change_id < ?", (*step.row.key, number, number)).fetchall()
    return dict(zip(step.table.columns, versions[-1], strict=True))
