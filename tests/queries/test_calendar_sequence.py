"""Whatever is recorded, corrected and undone, and as days pass: where an event is another one, its sequence is
greater; it never falls; and what is recorded of others leaves it as it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.log import last_number
from timpora_cli.actions import law, merging, residents
from timpora_cli.actions.undo import undo
from timpora_cli.errors import TimporaError
from timpora_cli.model.calendar import Calendar
from timpora_cli.queries.calendar import calendar
from timpora_cli.queries.expiring import Window, permits_due
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.queries.history import change_made
from timpora_cli.queries.law import relief_named

if TYPE_CHECKING:
    from tests.conftest import Office
    from timpora_cli.store.change import Value

OpenOffice = Callable[[], "Office"]

BEGIN, TODAY = date(2019, 12, 1), date(2021, 3, 1)
EVER = Window(date(2199, 12, 31))
LARGEST = 2**31  # what an INTEGER of iCalendar holds


class Step(NamedTuple):
    """One thing that happens: to which of the people, about which day, and a second day where it needs one."""

    what: str
    who: int
    on: date
    other: date


class Event(NamedTuple):
    """What a calendar says of a permit: the day, whether it is taken back, and its sequence."""

    act_by: date
    taken_back: bool
    sequence: int

    @property
    def said(self) -> tuple[date, bool]:
        return self.act_by, self.taken_back


# Few days, so that things fall together; on many of them a relief of 2020 begins to speak, gives way or runs out.
edges = ["2020-01-15", "2020-04-02", "2020-04-10", "2020-07-13", "2020-07-22", "2020-08-18", "2020-09-18", "2020-09-21"]
days = st.builds(
    lambda edge, away: date.fromisoformat(edge) + timedelta(days=away),
    st.sampled_from(edges),
    st.sampled_from([-1, 0, 0, 1]),
)
steps = st.builds(
    Step,
    what=st.sampled_from(
        ["end", "end", "class", "arrived", "note", "relief", "relief", "relief ends", "holiday", "no holiday", "depart",
         "extend", "revoke", "return", "undo", "undo", "merge", "remove", "stranger"]
    ),
    who=st.integers(0, 2),
    on=days,
    other=days,
)  # fmt: skip


@dataclass
class Book:
    """An office, with every calendar that was ever asked of it: by the change that was the last, and by the day."""

    office: "Office"
    days: Sequence[date]
    people: list[int] = field(default_factory=list)
    strangers: set[int] = field(default_factory=set)
    looks: dict[tuple[int, date], Calendar] = field(default_factory=dict)

    def go(self, step: Step) -> None:
        who = self.people[step.who % len(self.people)]
        permits = self.office.rows("SELECT id FROM permit WHERE resident_id = ? ORDER BY id DESC", who)
        try:
            ACTS[step.what](self, step, who, permits[0][0] if permits else 0)
        except TimporaError:
            return
        self.look()

    def look(self) -> None:
        for day in self.days:
            self.looks[last_number(self.office.connection), day] = asked(self.office, day)


def asked(office: "Office", on: date) -> Calendar:
    due = permits_due(office.connection, on, EVER, EVERYONE, accounted=False)
    return calendar(office.connection, on, EVER, EVERYONE, due)


def events(made: Calendar) -> dict[str, Event]:
    return {entry.uid: Event(entry.act_by, entry.ended_on is not None, entry.sequence) for entry in made.entries}


def ends(book: Book, step: Step, _who: int, permit: int) -> None:
    book.office.edit(permit, expires_on=step.on.isoformat())


def is_of_a_class(book: Book, step: Step, _who: int, permit: int) -> None:
    book.office.edit(permit, class_code=["KITAS", "ITK", "DINAS"][step.on.day % 3])


def arrived(book: Book, step: Step, who: int, _permit: int) -> None:
    correct(book, who, "arrived", "2020-01-05" if step.on < step.other else "2019-11-01")


def noted(book: Book, step: Step, who: int, _permit: int) -> None:
    correct(book, who, "note", step.on.isoformat())


def correct(book: Book, who: int, column: str, value: str | None) -> None:
    with book.office.change() as change:
        residents.edit(change, book.office.resident(who), {column: value})


def relief_comes(book: Book, step: Step, _who: int, _permit: int) -> None:
    row: dict[str, Value] = {
        "code": f"R-{last_number(book.office.connection)}", "name": "A made-up relief", "legal_basis": "made up",
        "effective_from": min(step.on, step.other).isoformat(),
        "effective_until": (max(step.on, step.other) + timedelta(days=40)).isoformat() if step.on.day % 5 else None,
        "expired_from": None if step.on.day % 2 else BEGIN.isoformat(), "expired_until": None,
        "entered_from": "2020-01-01" if step.other.day % 2 else None, "entered_until": None, "in_country_only": 0,
        "extendable": "any", "source_url": "made up", "verified": 0,
    }  # fmt: skip
    with book.office.change() as change:
        law.add_relief(change, row, ["KITAS", "ITK"])


def relief_ends(book: Book, step: Step, _who: int, _permit: int) -> None:
    codes = [code for (code,) in book.office.rows("SELECT code FROM relief ORDER BY code")]
    relief = relief_named(book.office.connection, codes[step.on.day % len(codes)])
    with book.office.change() as change:
        law.end_relief(change, relief, step.on)


def holiday(book: Book, step: Step, who: int, _permit: int) -> None:
    """A day on which somebody would have had to act is free."""
    entries = asked(book.office, book.days[step.on.day % len(book.days)]).entries
    with book.office.change() as change:
        law.add_holiday(change, entries[who % len(entries)].act_by if entries else step.on, f"holiday {step.on}", None)


def no_holiday(book: Book, step: Step, _who: int, _permit: int) -> None:
    days = [day for (day,) in book.office.rows("SELECT day FROM holiday ORDER BY day")]
    if days:
        with book.office.change() as change:
            change.remove("holiday", days[step.on.day % len(days)])


def departs(book: Book, step: Step, who: int, _permit: int) -> None:
    book.office.depart(who, step.on.isoformat())


def is_extended(book: Book, step: Step, _who: int, permit: int) -> None:
    book.office.extend(permit, step.on.isoformat(), (step.on + timedelta(days=200)).isoformat())


def is_revoked(book: Book, step: Step, _who: int, permit: int) -> None:
    book.office.revoke(permit, step.on.isoformat())


def returns(book: Book, step: Step, who: int, _permit: int) -> None:
    book.office.move(who, None, step.on.isoformat())


def undone(book: Book, step: Step, _who: int, _permit: int) -> None:
    number = last_number(book.office.connection) - [0, 0, 0, 1, 2][step.on.day % 5]
    with book.office.change() as change:
        undo(change, change_made(book.office.connection, number))


def merged(book: Book, step: Step, who: int, _permit: int) -> None:
    other = book.people[step.on.day % len(book.people)]
    with book.office.change() as change:
        merging.merge(change, book.office.resident(who), book.office.resident(other), book.office.today)


def removed(book: Book, step: Step, who: int, _permit: int) -> None:
    if step.on.day % 3 == 0:
        book.office.remove(who)


def stranger(book: Book, step: Step, _who: int, _permit: int) -> None:
    """Somebody else, a grant to them, a rule: nothing that anybody's event hangs on."""
    before = {day: events(asked(book.office, day)) for day in book.days}
    other = book.office.person(f"Stranger {step.on} Invented", since=step.other.isoformat())
    book.office.permit(other, "KITAS", BEGIN.isoformat(), step.on.isoformat())
    with book.office.change() as change:
        change.insert("setting", {"key": f"made up {last_number(book.office.connection)}", "value": "1"})
    for day, stood in before.items():
        stands = events(asked(book.office, day))
        assert {uid: stands[uid] for uid in stood} == stood
        assert len(stands) <= len(stood) + 1


ACTS: Mapping[str, Callable[[Book, Step, int, int], None]] = {
    "end": ends, "class": is_of_a_class, "arrived": arrived, "note": noted, "relief": relief_comes,
    "relief ends": relief_ends, "holiday": holiday, "no holiday": no_holiday, "depart": departs, "extend": is_extended,
    "revoke": is_revoked, "return": returns, "undo": undone, "merge": merged, "remove": removed, "stranger": stranger,
}  # fmt: skip


def opened(open_office: OpenOffice, asked_on: Sequence[date]) -> Book:
    book = Book(replace(open_office(), today=TODAY), sorted(set(asked_on)))
    for name, kind, expires in (("Ann", "KITAS", "2020-08-17"), ("Bob", "ITK", "2020-04-10"), ("Cid", "ITK", None)):
        who = book.office.person(f"{name} Invented", arrived="2019-11-01")
        book.office.permit(who, kind, BEGIN.isoformat(), expires)
        book.people.append(who)
    book.look()
    return book


def later_looks(book: Book) -> Iterator[tuple[dict[str, Event], dict[str, Event]]]:
    """Every two looks of which the second knew no less, on no earlier day."""
    looks = {key: events(look) for key, look in book.looks.items()}
    for (known, day), first in looks.items():
        for (known_later, later_day), second in looks.items():
            if known <= known_later and day <= later_day:
                yield first, second


def check_sequences(book: Book) -> None:
    for first, second in later_looks(book):
        for uid in first.keys() & second.keys():
            one, other = first[uid], second[uid]
            assert one.sequence <= other.sequence < LARGEST
            assert one.said == other.said or one.sequence < other.sequence, (one, other)


def check_days(book: Book) -> None:
    """Hold the last calendars against the people as they stood on the day, or on the last day of their permit."""
    office = book.office
    for day in book.days:
        entries = asked(office, day).entries
        standing = {entry.permit.permit_id: entry.act_by for entry in entries if entry.ended_on is None}
        assert standing == day_of_each(office, day)
        taken_back = {entry.permit.permit_id: entry.act_by for entry in entries if entry.ended_on is not None}
        earliest = (day - timedelta(days=365)).isoformat()
        ended = office.rows("SELECT id, ended_on FROM permit WHERE ended_on BETWEEN ? AND ?", earliest, day.isoformat())
        for permit, ended_on in ended:
            last_day = date.fromisoformat(ended_on) - timedelta(days=1)
            held = day_of_each(office, last_day)
            if permit in held:
                assert taken_back[permit] == held[permit]
        assert taken_back.keys() <= {permit for permit, _ended_on in ended}


def day_of_each(office: "Office", on: date) -> dict[int, date]:
    held = [person.permit for person in office.people(on.isoformat()).values() if person.permit]
    return {permit.permit_id: permit.standing.act_by for permit in held if permit.standing.act_by}


def check_memory(book: Book) -> None:
    """Ask for each calendar again, as it was known."""
    moments = dict(book.office.rows("SELECT id, at FROM change"))
    for (known, day), look in book.looks.items():
        with book.office.looking_back(moments[known]):
            assert asked(book.office, day) == look


def live_through(open_office: OpenOffice, history: Sequence[Step], asked_on: Sequence[date]) -> None:
    book = opened(open_office, asked_on)
    with closing(book.office.connection):
        for step in history:
            book.go(step)
        check_sequences(book)
        check_days(book)
        check_memory(book)


@pytest.mark.slow
@settings(max_examples=2)
@given(history=st.lists(steps, min_size=3, max_size=12), asked_on=st.lists(days, min_size=3, max_size=5))
def test_an_event_that_is_another_one_has_a_greater_sequence(
    open_office: OpenOffice, history: list[Step], asked_on: list[date]
) -> None:
    live_through(open_office, history, asked_on)


@pytest.mark.slow
@settings(max_examples=80)
@given(history=st.lists(steps, min_size=3, max_size=25), asked_on=st.lists(days, min_size=3, max_size=6))
def test_an_event_that_is_another_one_has_a_greater_sequence_in_many_long_histories(
    open_office: OpenOffice, history: list[Step], asked_on: list[date]
) -> None:
    live_through(open_office, history, asked_on)
