"""What a permit's days mean on a day: boundaries for every class, and properties beside a plain oracle."""

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.model.rules import (
    OPEN_ENDED,
    FineTerm,
    Rate,
    RulesInForce,
    Standing,
    State,
    act_by,
    age,
    fine_terms,
    next_report,
    standing,
    years_without,
)
from timpora_cli.model.terms import CLASSES

CODES = [kind.term.code for kind in CLASSES]
WINDOWS = {"KITAP": 60, "KITAS": 30, "ITK": 14}
A_MILLION = (Rate(None, None, 1_000_000, "PP 28/2019"),)
RULES = RulesInForce(WINDOWS, A_MILLION, overstay_limit=60)
END = date(2020, 9, 18)  # a Friday
ONE_DAY = timedelta(days=1)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
classes = st.sampled_from(CODES)


def on(day: date, kind: str = "KITAS", expires: date | None = END, effective: date | None = END) -> Standing:
    return standing(day, kind, expires, effective, RULES)


def window_of(kind: str) -> int:
    return WINDOWS.get(kind, 30)


@pytest.mark.parametrize("kind", CODES)
def test_the_last_valid_day_is_not_expired(kind: str) -> None:
    last = on(END, kind)
    assert (last.state, last.days_left, last.overstay_days, last.fine) == (State.DUE, 0, None, None)


@pytest.mark.parametrize("kind", CODES)
def test_the_day_after_the_last_valid_day_is_one_day_of_overstay(kind: str) -> None:
    after = on(END + ONE_DAY, kind)
    assert (after.state, after.days_left, after.overstay_days, after.fine) == (State.OVERSTAY, -1, 1, 1_000_000)


@pytest.mark.parametrize("kind", CODES)
def test_a_permit_is_due_from_the_first_day_of_the_window_of_its_class(kind: str) -> None:
    first = END - timedelta(days=window_of(kind))
    assert on(first, kind).state is State.DUE
    assert on(first - ONE_DAY, kind).state is State.VALID
    assert on(first, kind).days_left == window_of(kind)


def test_a_class_without_a_row_is_due_thirty_days_before_its_end() -> None:
    bare = RulesInForce()
    assert standing(END - timedelta(days=30), "KITAP", END, END, bare).state is State.DUE
    assert standing(END - timedelta(days=31), "KITAP", END, END, bare).state is State.VALID


@pytest.mark.parametrize(
    ("day", "state", "days_left", "overstay"),
    [
        (date(2020, 9, 17), State.RELIEF, 3, None),
        (date(2020, 9, 20), State.RELIEF, 0, None),
        (date(2020, 9, 21), State.OVERSTAY, -1, 1),
        (date(2020, 5, 10), State.VALID, 133, None),  # printed until 1 June and valid by itself
        (date(2020, 6, 1), State.VALID, 111, None),
        (date(2020, 6, 2), State.RELIEF, 110, None),
    ],
)
def test_relief_holds_from_the_day_after_the_printed_end_until_its_own_last_day(
    day: date, state: State, days_left: int, overstay: int | None
) -> None:
    relieved = on(day, expires=date(2020, 6, 1), effective=date(2020, 9, 20))
    assert (relieved.state, relieved.days_left, relieved.overstay_days) == (state, days_left, overstay)


def test_a_permit_that_relief_lengthens_is_due_in_its_last_days_only_while_the_print_still_holds() -> None:
    assert on(date(2020, 9, 10), expires=date(2020, 9, 15), effective=date(2020, 9, 20)).state is State.DUE
    assert on(date(2020, 9, 16), expires=date(2020, 9, 15), effective=date(2020, 9, 20)).state is State.RELIEF


def test_an_open_ended_relief_has_no_days_left_and_no_day_to_act_by() -> None:
    assert on(date(2020, 6, 2), expires=date(2020, 6, 1), effective=OPEN_ENDED) == Standing(
        State.RELIEF, None, None, None, None, None
    )
    assert on(date(2020, 6, 1), expires=date(2020, 6, 1), effective=OPEN_ENDED).state is State.VALID


@given(days, classes)
def test_a_permit_without_a_known_end_is_unknown_on_every_day(day: date, kind: str) -> None:
    assert on(day, kind, None, None) == Standing(State.UNKNOWN, None, None, None, None, None)


@given(days)
def test_an_unlimited_permit_is_valid_on_every_day(day: date) -> None:
    held = standing(day, "KITAP", None, None, RULES, unlimited=True)
    assert held == Standing(State.VALID, None, None, None, None, None)


@pytest.mark.parametrize(
    ("since", "last", "expires", "due"),
    [
        ("2015-09-20", None, None, "2020-09-20"),
        ("2015-09-20", "2020-09-01", None, "2025-09-01"),
        ("2015-09-20", "2014-01-01", None, "2020-09-20"),
        (None, "2020-09-01", None, "2025-09-01"),
        (None, None, None, None),
        ("2016-02-29", None, None, "2021-02-28"),
        ("2015-02-28", None, None, "2020-02-28"),
        ("2015-09-20", None, "2020-09-19", None),
        ("2015-09-20", None, "2020-09-20", "2020-09-20"),
    ],
)
def test_a_report_is_due_five_years_after_the_later_of_the_issue_and_the_last_one_while_the_permit_holds(
    since: str | None, last: str | None, expires: str | None, due: str | None
) -> None:
    begun, reported, printed, expected = (
        None if day is None else date.fromisoformat(day) for day in (since, last, expires, due)
    )
    assert next_report(begun, reported, printed, 5) == expected
    assert next_report(begun, reported, printed, None) is None


@given(days, days, st.integers(1, 10))
def test_a_report_falls_on_the_same_day_of_the_year_or_on_the_last_of_february(
    since: date, last: date, years: int
) -> None:
    begun = max(since, last)
    due = next_report(since, last, None, years)
    assert due is not None
    leap_day = begun.month == 2 and begun.day == 29
    same = due.month == begun.month and due.day == begun.day
    assert due.year == begun.year + years
    assert same or (leap_day and (due.month, due.day) == (2, 28))


@pytest.mark.parametrize(("expires", "effective"), [(None, END), (END, None)])
def test_one_known_end_without_the_other_is_unknown(expires: date | None, effective: date | None) -> None:
    assert on(END + ONE_DAY, "KITAS", expires, effective) == Standing(State.UNKNOWN, None, None, None, None, None)


@pytest.mark.parametrize(
    ("end", "after"),
    [
        (date(2020, 2, 28), date(2020, 2, 29)),
        (date(2020, 2, 29), date(2020, 3, 1)),
        (date(2019, 2, 28), date(2019, 3, 1)),
        (date(2000, 2, 28), date(2000, 2, 29)),
        (date(2100, 2, 28), date(2100, 3, 1)),
        (date(2020, 4, 30), date(2020, 5, 1)),
        (date(2020, 12, 31), date(2021, 1, 1)),
    ],
)
def test_leap_days_and_month_ends_are_days_like_any_other(end: date, after: date) -> None:
    assert on(end, expires=end, effective=end).days_left == 0
    assert on(after, expires=end, effective=end).overstay_days == 1


@pytest.mark.parametrize(
    ("overstayed", "expected"),
    [
        (1, (1_000_000, None)),
        (59, (59_000_000, None)),
        (60, (60_000_000, None)),  # exactly the limit is not over it
        (61, (None, 60)),
        (4000, (None, 60)),
    ],
)
def test_the_fine_is_days_times_rate_up_to_the_limit_and_the_officers_beyond(
    overstayed: int, expected: tuple[int | None, int | None]
) -> None:
    late = on(END + timedelta(days=overstayed))
    assert (late.fine, late.over_limit) == expected
    assert late.overstay_days == overstayed


def test_without_rule_rows_there_is_no_fine_and_no_limit() -> None:
    def fined(overstayed: int, rules: RulesInForce) -> tuple[int | None, int | None]:
        late = standing(END + timedelta(days=overstayed), "KITAS", END, END, rules)
        return late.fine, late.over_limit

    assert fined(61, RulesInForce()) == (None, None)
    assert fined(61, RulesInForce(overstay_limit=60)) == (None, 60)
    assert fined(5, RulesInForce(overstay_rates=(Rate(None, None, 300_000),))) == (1_500_000, None)


OLD = Rate(None, date(2019, 5, 2), 300_000, "before PP 28/2019")
NEW = Rate(date(2019, 5, 3), None, 1_000_000, "PP 28/2019")


def test_each_day_of_an_overstay_has_the_rate_in_force_on_it() -> None:
    end, on = date(2019, 3, 31), date(2019, 5, 4)
    late = standing(on, "ITK", end, end, RulesInForce(overstay_rates=(OLD, NEW)))
    assert late.fine_terms == (
        FineTerm(date(2019, 4, 1), date(2019, 5, 2), 32, 300_000, "before PP 28/2019"),
        FineTerm(date(2019, 5, 3), on, 2, 1_000_000, "PP 28/2019"),
    )
    assert (late.fine, [term.amount for term in late.fine_terms]) == (11_600_000, [9_600_000, 2_000_000])


@pytest.mark.parametrize(
    ("end", "on", "terms"),
    [
        (date(2019, 5, 1), date(2019, 5, 3), [(1, 300_000), (1, 1_000_000)]),  # the rate turns on the last day
        (date(2019, 5, 2), date(2019, 5, 4), [(2, 1_000_000)]),  # and on the first
        (date(2019, 5, 1), date(2019, 5, 2), [(1, 300_000)]),
    ],
)
def test_a_rate_that_turns_on_the_first_or_the_last_day_of_an_overstay_counts_for_it(
    end: date, on: date, terms: list[tuple[int, int]]
) -> None:
    late = standing(on, "ITK", end, end, RulesInForce(overstay_rates=(OLD, NEW)))
    assert [(term.days, term.rate) for term in late.fine_terms] == terms


def test_days_without_a_rate_are_a_term_of_their_own_and_no_sum_is_told() -> None:
    ended = Rate(None, date(2026, 12, 31), 300_000)
    late = standing(date(2027, 1, 2), "ITK", date(2026, 12, 30), date(2026, 12, 30), RulesInForce({}, (ended,)))
    assert [(term.days, term.rate) for term in late.fine_terms] == [(1, 300_000), (2, None)]
    assert late.fine is None


def test_over_the_limit_there_are_no_terms() -> None:
    assert on(END + timedelta(days=60)).fine_terms[0].days == 60
    assert on(END + timedelta(days=61)).fine_terms == ()


near = st.dates(date(2020, 1, 1), date(2020, 3, 31))
rates = st.builds(Rate, st.none() | near, st.none() | near, st.integers(1, 9), st.just("Contoh"))


@given(near, st.integers(0, 80), st.lists(rates, max_size=5))
def test_the_terms_of_a_fine_are_the_days_one_by_one(since: date, more: int, known: list[Rate]) -> None:
    every_day = [since + timedelta(days=n) for n in range(more + 1)]
    found = list(fine_terms(since, every_day[-1], known))
    assert [term.since + timedelta(days=n) for term in found for n in range(term.days)] == every_day
    for term in found:
        for n in range(term.days):
            day = term.since + timedelta(days=n)
            holding = [one.rupiah for one in known if (one.since or day) <= day <= (one.until or day)]
            assert term.rate == (holding[-1] if holding else None)
    assert all(term.until == term.since + timedelta(days=term.days - 1) for term in found)


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (date(2020, 9, 20), date(2020, 9, 18)),  # the relief's Sunday: the Friday after the meeting
        (date(2020, 9, 19), date(2020, 9, 18)),
        (date(2020, 9, 18), date(2020, 9, 18)),
        (date(2020, 9, 21), date(2020, 9, 21)),
        (date(2021, 1, 3), date(2021, 1, 1)),
    ],
)
def test_the_day_to_act_by_is_the_last_working_day(last_day: date, expected: date) -> None:
    assert act_by(last_day) == expected
    assert on(date(2020, 1, 1), expires=last_day, effective=last_day).act_by == expected


def test_holidays_that_the_officer_has_loaded_are_no_working_days() -> None:
    eid = {date(2021, 5, 12), date(2021, 5, 13), date(2021, 5, 14)}  # Wednesday to Friday
    assert act_by(date(2021, 5, 16), eid) == date(2021, 5, 11)
    assert act_by(date(2021, 5, 12), eid) == date(2021, 5, 11)
    assert act_by(date(2021, 5, 11), eid) == date(2021, 5, 11)
    rules = RulesInForce(holidays=frozenset(eid))
    assert standing(date(2021, 5, 1), "ITK", date(2021, 5, 16), date(2021, 5, 16), rules).act_by == date(2021, 5, 11)


def test_under_a_relief_the_day_to_act_by_comes_from_the_relief_and_not_from_the_printed_end() -> None:
    printed, relief = date(2020, 6, 1), date(2020, 9, 20)  # a Monday, and a Sunday
    before = on(date(2020, 5, 10), expires=printed, effective=relief)
    under = on(date(2020, 9, 17), expires=printed, effective=relief)
    after = on(date(2020, 9, 21), expires=printed, effective=relief)
    assert (before.state, under.state, after.state) == (State.VALID, State.RELIEF, State.OVERSTAY)
    assert before.act_by == under.act_by == after.act_by == date(2020, 9, 18)


def test_a_holiday_before_the_end_of_a_relief_moves_the_day_to_act_by() -> None:
    holidays = RulesInForce(WINDOWS, A_MILLION, 60, frozenset({date(2020, 9, 17), date(2020, 9, 18)}))
    under = standing(date(2020, 9, 1), "KITAS", date(2020, 6, 1), date(2020, 9, 20), holidays)
    assert (under.state, under.days_left, under.act_by) == (State.RELIEF, 19, date(2020, 9, 16))


def test_a_holiday_does_not_delay_the_first_day_of_overstay() -> None:
    holidays = RulesInForce(WINDOWS, A_MILLION, 60, frozenset({END, END + ONE_DAY, END + 3 * ONE_DAY}))
    last = standing(END, "KITAS", END, END, holidays)
    assert (last.state, last.days_left, last.act_by) == (State.DUE, 0, END - ONE_DAY)
    for number in range(1, 5):
        late = standing(END + number * ONE_DAY, "KITAS", END, END, holidays)
        assert (late.state, late.overstay_days, late.fine) == (State.OVERSTAY, number, number * 1_000_000)
        assert late.act_by == END - ONE_DAY


@given(days, st.frozensets(days, max_size=20))
def test_no_working_day_lies_between_the_day_to_act_by_and_the_last_day(
    last_day: date, holidays: AbstractSet[date]
) -> None:
    found = act_by(last_day, holidays)
    between = [found + timedelta(days=n) for n in range(1, (last_day - found).days + 1)]
    assert found.weekday() < 5
    assert found not in holidays
    assert found <= last_day
    assert all(day.weekday() >= 5 or day in holidays for day in between)


def stood(day: date, kind: str, expires: date, effective: date) -> str:
    """The oracle: the table of states (manual: states), row by row, counting days one at a time."""
    if effective < day:
        return "OVERSTAY"
    if expires < day:
        return "RELIEF"
    inside = any(day + timedelta(days=n) == effective for n in range(window_of(kind) + 1))
    return "DUE" if inside else "VALID"


@given(days, classes, st.integers(-400, 400), st.integers(0, 200))
def test_every_day_has_the_state_that_the_contract_says(day: date, kind: str, away: int, relief: int) -> None:
    expires = day + timedelta(days=away)
    effective = expires + timedelta(days=relief)
    found = on(day, kind, expires, effective)
    assert found.state == stood(day, kind, expires, effective)
    assert found.days_left == (effective - day).days
    assert (found.overstay_days is not None) == (found.state is State.OVERSTAY)
    if found.overstay_days is not None:
        assert day - timedelta(days=found.overstay_days) == effective
        assert (found.fine is None) == (found.overstay_days > 60)
    else:
        assert found.fine is None
        assert found.over_limit is None


@given(days, classes, st.integers(0, 100))
def test_a_permit_passes_through_its_states_in_one_direction(end: date, kind: str, relief: int) -> None:
    order = [State.VALID, State.DUE, State.RELIEF, State.OVERSTAY]
    effective = end + timedelta(days=relief)
    passed = [on(end + timedelta(days=n), kind, end, effective).state for n in range(-65, 105)]
    assert passed == sorted(passed, key=order.index)
    assert passed[-1] is State.OVERSTAY
    assert (State.RELIEF in passed) == (relief > 0)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(1980, 9, 17), date(2020, 9, 16), 39),
        (date(1980, 9, 17), date(2020, 9, 17), 40),
        (date(1980, 9, 17), date(2020, 10, 1), 40),
        (date(1980, 9, 17), date(2020, 8, 31), 39),
        (date(1980, 2, 29), date(2021, 2, 28), 40),
        (date(1980, 2, 29), date(2021, 3, 1), 41),
        (date(1980, 2, 29), date(2020, 2, 29), 40),
        (date(2020, 9, 17), date(2020, 9, 17), 0),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday_and_on_1_march_for_who_was_born_on_29_february(
    born: date, day: date, years: int
) -> None:
    assert age(born, day) == years


def test_years_of_which_no_holiday_is_known_are_told_once_each_the_first_first() -> None:
    known = {date(2026, 1, 1), date(2026, 12, 25), date(2028, 3, 1)}
    assert years_without([2028, 2027, 2026, 2027, 2025], known) == [2025, 2027]
    assert years_without([], known) == []
