"""The rows of a sheet into the register, once all are read: person by person, each whole or not at all."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from timpora_cli.actions.intake.alone import newcomer, says_nothing_new
from timpora_cli.actions.intake.attempt import Fault, Given
from timpora_cli.actions.intake.namesakes import Namesakes
from timpora_cli.actions.intake.plan import Came, plan
from timpora_cli.actions.intake.recorded import Person, recorded
from timpora_cli.actions.intake.scratch import Scratch, Together
from timpora_cli.actions.intake.who import Who
from timpora_cli.actions.intake.write import write
from timpora_cli.actions.intake.write_many import ManyNew
from timpora_cli.actions.stays.housing import is_dated
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.language import n_
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import IDENTIFYING
from timpora_cli.store.change import Change
from timpora_cli.store.constraints import refusal

WAITING = 500  # new people that are written at once
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


def take_all(change: Change, scratch: Scratch, given: Given) -> Taken:
    """Import every row that can be, and return what came of them. The others are refused in `scratch`, with the reason.

    Call it inside the change that the import is.
    """
    taking = _Taking(scratch, given, Taken(change, Namesakes(change.connection)), ManyNew(change))
    scratch.match(change.connection)
    for together in scratch.together(change.connection):
        taking.take(together)
    taking.write_newcomers()
    return taking.taken


@dataclass(slots=True)
class _Taking:
    """The rows of a sheet on their way into the register. New people of rows that are alone wait to be many."""

    scratch: Scratch
    given: Given
    taken: Taken
    many: ManyNew
    waiting: list[tuple[Person, Together]] = field(default_factory=list)
    dated: dict[str, bool] = field(default_factory=dict)

    def take(self, together: Together) -> None:
        """Take rows that numbers join, or one that is alone."""
        if len(together.rows) > 1 or together.unread or not self._take_alone(together):
            self.write_newcomers()
            self._take_together(together)

    def write_newcomers(self) -> None:
        """Write the new people that wait; where a constraint refuses them, one after another by a plan."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        people = [person for person, _together in waiting]
        try:
            with _savepoint(self.taken.change):
                first = self.many.write(people)
        except (Refused, WrongUsage, NotFound):
            self.many.forget()
            for _person, together in waiting:
                self._take_together(together)
            return
        self.taken.namesakes.add(
            [
                (together.rows[0].line, person.facts["name"], resident)
                for resident, (person, together) in enumerate(waiting, start=first)
            ]
        )
        self.taken.counts["new"] += len(people)

    def _take_alone(self, together: Together) -> bool:
        """Take a row that is alone without a plan; return whether that could be."""
        (row,) = together.rows
        if len(together.people) == 1:
            (held,) = together.people.values()
            same = says_nothing_new(row, held, self.given)
            self.taken.counts["unchanged"] += same
            return same
        person = newcomer(row, self.given) if not together.people else None
        if person is None or self._is_in_dated_place(person):
            return False
        self.waiting.append((person, together))
        if len(self.waiting) == WAITING:
            self.write_newcomers()
        return True

    def _is_in_dated_place(self, person: Person) -> bool:
        """Return whether somebody lives in a region that began or ended: the residence may have to be divided."""
        where = person.homes[-1].where
        village, district = where.get("village"), where.get("district")
        code = village or district or ""
        if code not in self.dated:
            self.dated[code] = is_dated(self.given.connection, village, district)
        return self.dated[code]

    def _take_together(self, together: Together) -> None:
        """Import the rows that numbers join."""
        who = Who(together.rows, together.people, self.given.defaults)
        groups = who.groups()
        self._refuse({line: fault for line, fault in who.refused.items() if line not in together.unread})
        for rows, resident in groups:
            read = [row for row in rows if row.line not in together.unread]
            if read:
                person = together.people[resident] if resident is not None else self._without_number(read)
                self._refuse(self._take(read, person, who.doubted))

    def _without_number(self, rows: Sequence[Entry]) -> Person | None:
        """Return whom rows without a number are about: somebody of an equal name of whom they say nothing new."""
        facts = rows[0].values
        if not facts.keys().isdisjoint(IDENTIFYING):
            return None
        alike = self.taken.namesakes.of(facts["name"], facts.get("born"), facts.get("nationality"))
        people = recorded(self.given.connection, alike).values()
        return next((person for person in people if plan(person, rows, self.given).wanted == person), None)

    def _take(self, rows: Sequence[Entry], person: Person | None, doubted: Mapping[str, int]) -> Mapping[int, Fault]:
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
