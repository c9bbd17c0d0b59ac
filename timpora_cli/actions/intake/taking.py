"""The rows of a sheet into the register, once all are read: person by person, each whole or not at all."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from timpora_cli.actions.intake.attempt import Fault, Given
from timpora_cli.actions.intake.namesakes import Namesakes
from timpora_cli.actions.intake.plan import Came, plan
from timpora_cli.actions.intake.recorded import Person, recorded
from timpora_cli.actions.intake.scratch import Scratch, Together
from timpora_cli.actions.intake.who import Who
from timpora_cli.actions.intake.write import Load, write
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.language import n_
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import IDENTIFYING
from timpora_cli.store.change import Change
from timpora_cli.store.constraints import refusal

NAMED = 5  # residents who are named in a remark


@dataclass(slots=True)
class Taken:
    """What came of the rows so far: how many of each kind, of how many people something was guessed, who was rehoused.

    `rehoused` are residents of whom another place was taken as a correction, since the day of the sheet is not known.
    """

    load: Load
    counts: Counter[Came] = field(default_factory=Counter)
    guessed: int = 0
    rehoused: list[int] = field(default_factory=list)

    def remarks(self) -> Iterator[str]:
        """Yield what an officer is to know of it."""
        if self.guessed:
            sentence = n_(
                "Of {number} person, something was taken that no printed day or number tells for certain.",
                "Of {number} people, something was taken that no printed day or number tells for certain.",
                self.guessed,
            )
            yield sentence.format(number=self.guessed)
        if self.rehoused:
            sentence = n_(
                "Another place was taken as a correction for {number} person (resident {named}). If this was a move, "
                "take the import back with timpora undo, and give the day of the sheet: --on DATE",
                "Another place was taken as a correction for {number} people (residents {named}). If these were moves, "
                "take the import back with timpora undo, and give the day of the sheet: --on DATE",
                len(self.rehoused),
            )
            named = ", ".join(map(str, self.rehoused[:NAMED]))
            yield sentence.format(number=len(self.rehoused), named=named + ", ..." * (len(self.rehoused) > NAMED))


def take_all(change: Change, scratch: Scratch, given: Given) -> Taken:
    """Import every row that can be, and return what came of them. The others are refused in `scratch`, with the reason.

    Call it inside the change that the import is.
    """
    connection = change.connection
    taken = Taken(Load(change, Namesakes(connection)))
    scratch.match(connection)
    for together in scratch.together(connection):
        _take_together(taken, scratch, together, given)
    return taken


def _take_together(taken: Taken, scratch: Scratch, together: Together, given: Given) -> None:
    """Import the rows that numbers join."""
    who = Who(together.rows, together.people, given.defaults)
    groups = who.groups()
    _refuse(scratch, {line: fault for line, fault in who.refused.items() if line not in together.unread})
    for rows, resident in groups:
        read = [row for row in rows if row.line not in together.unread]
        if read:
            person = together.people[resident] if resident is not None else _without_number(taken, read, given)
            _refuse(scratch, _take(taken, read, person, given, who.doubted))


def _without_number(taken: Taken, rows: Sequence[Entry], given: Given) -> Person | None:
    """Return whom rows without a number are about: somebody of an equal name of whom they say nothing new; or None."""
    facts = rows[0].values
    if not facts.keys().isdisjoint(IDENTIFYING):
        return None
    alike = taken.load.namesakes.of(facts["name"], facts.get("born"), facts.get("nationality"))
    people = recorded(given.connection, alike).values()
    return next((person for person in people if plan(person, rows, given).wanted == person), None)


def _take(
    taken: Taken, rows: Sequence[Entry], person: Person | None, given: Given, doubted: Mapping[str, int]
) -> Mapping[int, Fault]:
    """Import the rows of one person; return which are refused, and why."""
    planned = plan(person, rows, given, doubted)
    wanted = planned.wanted
    if wanted is None:
        return planned.refused
    read = [row for row in rows if row.line in planned.came]
    if wanted != person:
        try:
            _write(taken.load, read, person, wanted)
        except (Refused, WrongUsage, NotFound) as error:
            return {**planned.refused, **{row.line: error for row in read}}
    taken.counts.update(planned.came.values())
    taken.guessed += planned.guessed
    if planned.rehoused and wanted.id is not None:
        taken.rehoused.append(wanted.id)
    return planned.refused


def _write(load: Load, rows: Sequence[Entry], person: Person | None, wanted: Person) -> None:
    """Write a person as wanted; one who is new is compared with the names on record."""
    like: tuple[int, ...] = ()
    facts = wanted.facts
    if person is None:
        like = load.namesakes.of(facts["name"], facts.get("born"), facts["nationality"])
    with _savepoint(load):
        resident = write(load, rows, person or Person(), wanted)
    if person is None:
        load.namesakes.add(min(row.line for row in rows), facts["name"], resident, like)


def _refuse(scratch: Scratch, refused: Mapping[int, Fault]) -> None:
    for line, fault in refused.items():
        scratch.refuse(line, " ".join(str(fault).split()))


@contextmanager
def _savepoint(load: Load) -> Iterator[None]:
    change, shown = load.change, len(load.differences)
    touched = change.touched
    change.connection.execute("SAVEPOINT sheet_person")
    try:
        yield
    except BaseException as error:
        change.connection.execute("ROLLBACK TO sheet_person")
        change.connection.execute("RELEASE sheet_person")
        change.touched = touched  # a change of which nothing is left is not logged
        del load.differences[shown:]
        if isinstance(error, sqlite3.IntegrityError):
            raise refusal(error) from error
        raise
    change.connection.execute("RELEASE sheet_person")
