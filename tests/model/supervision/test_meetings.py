"""What the days of a meeting and of a decision make of them, and how a time of day is written."""

from datetime import date

import pytest

from timpora_cli.model.supervision.meetings import (
    Decision,
    DecisionState,
    Meeting,
    MeetingPage,
    MeetingRecord,
    MeetingState,
    NotATimeOfDay,
    Present,
    time_of_day,
)

DAY, DUE = date(2020, 9, 17), date(2020, 10, 31)


def meeting(closed: date | None = None, letter: date | None = None) -> Meeting:
    facts = dict.fromkeys(Meeting._fields) | {"id": 1, "on_day": DAY, "letter_on": letter, "closed_on": closed}
    return Meeting(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "closed", "state"),
    [
        ("2020-09-16", None, "PLANNED"),
        ("2020-09-17", None, "HELD"),
        ("2020-12-01", None, "HELD"),
        ("2020-09-17", "2020-09-18", "HELD"),
        ("2020-09-18", "2020-09-18", "CLOSED"),
        ("2020-09-16", "2020-09-18", "PLANNED"),
    ],
)
def test_a_meeting_is_planned_until_its_day_and_held_until_it_is_closed(
    on: str, closed: str | None, state: str
) -> None:
    closed_on = date.fromisoformat(closed) if closed else None
    assert meeting(closed_on).state(date.fromisoformat(on)) is MeetingState(state)


@pytest.mark.parametrize(
    ("on", "ended", "how", "state"),
    [
        ("2020-10-31", None, None, "OPEN"),
        ("2020-11-01", None, None, "LATE"),
        ("2020-11-01", "2020-11-02", "DONE", "LATE"),
        ("2020-11-02", "2020-11-02", "DONE", "DONE"),
        ("2020-11-02", "2020-10-01", "DROPPED", "DROPPED"),
    ],
)
def test_a_decision_is_open_until_it_ends_and_late_after_its_day(
    on: str, ended: str | None, how: str | None, state: str
) -> None:
    ended_on = date.fromisoformat(ended) if ended else None
    decision = Decision(1, 1, DAY, "x", "y", DUE, ended_on, how, None)
    assert decision.state(date.fromisoformat(on)) is DecisionState(state)


def test_the_day_of_the_letter_is_the_recorded_one_or_at_the_latest_that_of_the_meeting() -> None:
    assert meeting(letter=date(2020, 9, 10)).letter_day(date(2020, 12, 1)) == date(2020, 9, 10)
    assert meeting().letter_day(date(2020, 9, 2)) == date(2020, 9, 2)
    assert meeting().letter_day(date(2020, 12, 1)) == DAY


@pytest.mark.parametrize(
    ("typed", "read"), [("9.00", "09:00"), ("09:00", "09:00"), (" 23.59 ", "23:59"), ("0:05", "00:05")]
)
def test_a_time_of_day_has_one_written_form(typed: str, read: str) -> None:
    assert time_of_day(typed) == read


@pytest.mark.parametrize("typed", ["", "9", "24:00", "9:60", "09:00:00", "nine", "٩:٠٠"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(NotATimeOfDay):
        time_of_day(typed)


def test_no_name_stands_in_a_repr() -> None:
    record = MeetingRecord(meeting(), MeetingState.HELD, (), (), (), (), ())
    page = MeetingPage(record, (), "", DAY, None, to_sign=False)
    came = Present(3, None, "x", None, "Ann Invented", None, None)
    assert [repr(one) for one in (record.meeting, came, record, page)] == [
        *("<Meeting 1>", "<Present 3>", "<MeetingRecord 1>", "<MeetingPage 1>"),
    ]
