"""The rows of a sheet into the register, once all are read: person by person, each whole or not at all."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from timpora_cli.actions.intake.lanes import Lanes
from timpora_cli.actions.intake.namesakes import Namesakes
from timpora_cli.actions.intake.planning.attempt import Fault, Given
from timpora_cli.actions.intake.planning.plan import Came, plan
from timpora_cli.actions.intake.planning.who import Who
from timpora_cli.actions.intake.recorded import Person, recorded
from timpora_cli.actions.intake.scratch import Scratch, Together
from timpora_cli.actions.intake.write import write
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.language import n_
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import IDENTIFYING
from timpora_cli.store.change import Change
from timpora_cli.store.constraints import refusal

AFTER_ALL = 1 << 62  # a line behind every line
NAMED = 5  # residents who are named in a remark


@dataclass(slots=True)
class Taken:
    """What came of the rows so far: how many of each kind, of how many people something was guessed, who was rehoused.

    `rehoused` are residents of whom another place was taken as a correction, since the day of the sheet is not known.
    """

    change: Change
    namesakes: Namesakes
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


def matched(scratch: Scratch, given: Given) -> Lanes:
    """Find whom the rows are about, and which need no plan. Nothing is locked by it."""
    scratch.match()
    lanes = Lanes(scratch.register, given, frozenset(scratch.fields))
    lanes.find()
    return lanes


def take_all(change: Change, scratch: Scratch, lanes: Lanes) -> Taken:
    """Import every row that can be, and return what came of them. The others are refused in `scratch`, with the reason.

    Call it inside the change that the import is.
    """
    taking = _Taking(scratch, lanes, Taken(change, Namesakes(change.connection)))
    taking.taken.counts["unchanged"] += lanes.unchanged
    for together in scratch.together():
        taking.write_newcomers(before=together.rows[0].line)
        taking.take(together)
    taking.write_newcomers(before=AFTER_ALL)
    return taking.taken


@dataclass(slots=True)
class _Taking:
    """The rows of a sheet on their way into the register."""

    scratch: Scratch
    lanes: Lanes
    taken: Taken

    @property
    def given(self) -> Given:
        return self.lanes.given

    def write_newcomers(self, *, before: int) -> None:
        """Write the new people of lines before one; where a constraint refuses them, one after another by a plan."""
        for first, last in self.lanes.stretches(before):
            try:
                with _savepoint(self.taken.change):
                    new = self.lanes.write(self.taken.change, first, last)
            except (Refused, WrongUsage, NotFound):
                for line in self.lanes.lines(first, last):
                    self.take(self.scratch.lone(line))
            else:
                self.taken.namesakes.add(new)
                self.taken.counts["new"] += len(new)

    def take(self, together: Together) -> None:
        """Import the rows that numbers join."""
        who = Who(together.rows, together.people, self.given.defaults)
        groups = who.groups()
        self._refuse({line: fault for line, fault in who.refused.items() if line not in together.unread})
        for rows, resident in groups:
            read = [row for row in rows if row.line not in together.unread]
            if read:
                person = together.people[resident] if resident is not None else self._without_number(read)
                self._refuse(self._take_person(read, person, who.doubted))

    def _without_number(self, rows: Sequence[Entry]) -> Person | None:
        """Return whom rows without a number are about: somebody of an equal name of whom they say nothing new."""
        facts = rows[0].values
        if not facts.keys().isdisjoint(IDENTIFYING):
            return None
        alike = self.taken.namesakes.of(facts["name"], facts.get("born"), facts.get("nationality"))
        people = recorded(self.given.connection, alike).values()
        return next((person for person in people if plan(person, rows, self.given).wanted == person), None)

    def _take_person(
        self, rows: Sequence[Entry], person: Person | None, doubted: Mapping[str, int]
    ) -> Mapping[int, Fault]:
        """Import the rows of one person; return which are refused, and why."""
        planned = plan(person, rows, self.given, doubted)
        wanted, taken = planned.wanted, self.taken
        if wanted is None:
            return planned.refused
        read = [row for row in rows if row.line in planned.came]
        if wanted != person:
            try:
                _write(taken, read, person, wanted)
            except (Refused, WrongUsage, NotFound) as error:
                return {**planned.refused, **{row.line: error for row in read}}
        taken.counts.update(planned.came.values())
        taken.guessed += planned.guessed
        if planned.rehoused and wanted.id is not None:
            taken.rehoused.append(wanted.id)
        return planned.refused

    def _refuse(self, refused: Mapping[int, Fault]) -> None:
        for line, fault in refused.items():
            self.scratch.refuse(line, " ".join(str(fault).split()))


def _write(taken: Taken, rows: Sequence[Entry], person: Person | None, wanted: Person) -> None:
    """Write a person as wanted; one who is new is compared with the names on record."""
    with _savepoint(taken.change):
        resident = write(taken.change, person or Person(), wanted)
    if person is None:
        taken.namesakes.add([(min(row.line for row in rows), wanted.facts["name"], resident)])


@contextmanager
def _savepoint(change: Change) -> Iterator[None]:
    touched = change.touched
    change.connection.execute("SAVEPOINT sheet_person")
    try:
        yield
    except BaseException as error:
        if not change.connection.in_transaction:
            raise  # SQLite itself has rolled everything back, as on a full disk
        change.connection.execute("ROLLBACK TO sheet_person")
        change.connection.execute("RELEASE sheet_person")
        change.touched = touched  # a change of which nothing is left is not logged
        if isinstance(error, sqlite3.IntegrityError):
            raise refusal(error) from error
        raise
    change.connection.execute("RELEASE sheet_person")
