"""What the events of a case mean: its state against a plain model in any order, and deadlines counted hour by hour."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timpora_cli import data
from timpora_cli.model.law import DatedRule
from timpora_cli.model.supervision.case_files import deadline
from timpora_cli.model.supervision.cases import CaseEvent, CaseState, CaseStep, Course, Moment, Workflow, course
from timpora_cli.model.terms import Term

BEGIN = datetime.fromisoformat("2020-09-14T08:00")
ROWS = data.rows("case_states.csv")
STATES = {row["code"]: CaseState(Term(row["code"], "", ""), row["is_closed"] == "1", row["needs"], "") for row in ROWS}
FOLLOWS: Mapping[str, set[str]] = {
    code: {row["code"] for row in ROWS if code in row["follows"].split()} for code in STATES
}


def step(code: str, *, needed: bool = True) -> CaseStep:
    nothing = (None, None)
    return CaseStep(code, "OTHER", 1, "x", "x", *nothing, needed, *nothing, *nothing, None, "x", verified=False)


FLOW = Workflow(STATES, FOLLOWS, (), {"OTHER": (step("ONE"), step("TWO"), step("TOLD", needed=False))})


def event(number: int, minutes: int, what: str, *, text: bool = True, other: bool = True) -> CaseEvent:
    """An event of a step where `what` is the code of one, else of a state."""
    at, note = Moment(BEGIN + timedelta(minutes=minutes)), "because" if text else None
    if what in STATES:
        return CaseEvent(number, 1, at, what, 2 if other and what == "DUPLICATE" else None, None, None, note)
    return CaseEvent(number, 1, at, None, None, what, "DONE", note)


HAPPENED = some.lists(
    some.tuples(
        some.integers(0, 20),
        some.sampled_from([*STATES, "ONE", "TWO", "TOLD"]),
        some.booleans(),
        some.booleans(),
    ),
    max_size=12,
)


OPEN = ("REPORTED", "RETURNED", "VERIFIED", "FOLLOWED_UP")
MOVES = {
    *{("REPORTED", "VERIFIED"), ("REPORTED", "RETURNED"), ("RETURNED", "VERIFIED"), ("VERIFIED", "FOLLOWED_UP")},
    *{("VERIFIED", "DONE"), ("FOLLOWED_UP", "DONE")},
    *{(state, closed) for state in OPEN for closed in ("REJECTED", "DUPLICATE")},
    *{("DONE", "VERIFIED"), ("REJECTED", "REPORTED"), ("DUPLICATE", "REPORTED")},
}


def plainly(events: list[CaseEvent]) -> tuple[str, set[str]]:
    """The state by hand: SIMPEL's way as it is told in the manual, page cases."""
    state, settled = "REPORTED", set[str]()
    for one in sorted(events, key=lambda one: (one.at.at, one.event_id)):
        if one.step:
            settled.add(one.step)
            continue
        lacking = {
            "RETURNED": not one.note,
            "FOLLOWED_UP": not one.note,
            "REJECTED": not one.note,
            "DUPLICATE": not one.other_case,
            "DONE": not settled >= {"ONE", "TWO"},
        }
        if (state, one.state) in MOVES and not lacking.get(str(one.state)):
            state = str(one.state)
    return state, settled


def gone(events: list[CaseEvent]) -> Course:
    return course("OTHER", Moment(BEGIN), events, FLOW)


@given(HAPPENED, some.randoms(use_true_random=False))
def test_in_any_order_the_state_is_that_of_a_plain_model(
    happened: list[tuple[int, str, bool, bool]], chance: "object"
) -> None:
    events = [
        event(number, minutes, what, text=text, other=other)
        for number, (minutes, what, text, other) in enumerate(happened)
    ]
    expected = plainly(events)
    for _again in range(3):
        chance.shuffle(events)  # type: ignore[attr-defined]
        course_ = gone(events)
        assert (course_.state, set(course_.settled)) == expected
        assert len(course_.counted) + len(course_.not_counted) == len(events)


def ways(state: str, seen: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every way from a state that comes to no state twice."""
    yield (*seen, state)
    for following in FOLLOWS[state] - {state, *seen}:
        yield from ways(following, (*seen, state))


@pytest.mark.one_in(4)
@pytest.mark.parametrize("way", sorted(ways("REPORTED")))
def test_a_case_goes_every_allowed_way(way: tuple[str, ...]) -> None:
    settled = [event(1, 0, "ONE"), event(2, 0, "TWO")]
    events = [*settled, *(event(number, number, state) for number, state in enumerate(way[1:], 3))]
    assert gone(events).state == way[-1]
    for wrong in STATES.keys() - FOLLOWS[way[-1]] - {way[-1]}:
        assert gone([*events, event(99, 99, wrong)]).state == way[-1]


def counted_by_hand(since: datetime, hours: int, holidays: set[date]) -> datetime:
    at = since
    while hours:
        if at.weekday() < 5 and at.date() not in holidays:
            hours -= 1
        at += timedelta(hours=1)
    return at


@given(some.integers(0, 24 * 20), some.integers(1, 200), some.sets(some.integers(0, 30), max_size=6))
def test_a_deadline_counts_the_hours_of_working_days_one_by_one(begins: int, hours: int, free: set[int]) -> None:
    since = BEGIN.replace(hour=0) + timedelta(hours=begins)
    holidays = {(BEGIN + timedelta(days=days)).date(): "Hari Contoh" for days in free}
    limited = FLOW._replace(limits=[DatedRule(1, "REPORTED", hours, None, None, "x")])
    until = deadline(course("OTHER", Moment(since), [], limited), limited, holidays)
    assert until is not None
    assert until.at == counted_by_hand(since, hours, set(holidays))
    days = {since.date() + timedelta(days=number) for number in range((until.day - since.date()).days + 1)}
    assert {one.day for one in until.left_out} == {
        day for day in days if day <= until.day and (day.weekday() >= 5 or day in holidays)
    }


def test_midnight_is_the_end_of_a_day() -> None:
    limited = FLOW._replace(limits=[DatedRule(1, "REPORTED", 24, None, None, "x")])
    by_day = deadline(course("OTHER", Moment.read("2020-09-18"), [], limited), limited, {})
    by_hour = deadline(course("OTHER", Moment.read("2020-09-18T00:00"), [], limited), limited, {})
    assert (str(by_day), str(by_hour)) == ("2020-09-18", "2020-09-18 24:00")
