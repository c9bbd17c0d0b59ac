"""The trend of any history, beside a plain model that looks at every day, and beside the counts of each month's end."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.queries.test_any_history import BEGIN, LAST, MOST_PEOPLE, Step, district_alone, steps, village_of
from tests.search.plugin import examples
from timpora_cli.actions.regions.changes import carry_out
from timpora_cli.actions.regions.plans import planned
from timpora_cli.errors import Refused
from timpora_cli.model.dates.months import months_up_to
from timpora_cli.model.people import Person
from timpora_cli.model.places import RegionStep
from timpora_cli.queries.counting.trend import SIDES, trend
from timpora_cli.queries.filters import EVERYONE, Asked, Where, resolved

if TYPE_CHECKING:
    from tests.conftest import Office

OpenOffice = Callable[[], "Office"]
Row = tuple[str, str | None, int, int, int, int]
Values = dict[int, str | None]
A_DAY = timedelta(days=1)
GOING = ("19.02.01.1001", "Kota", "19.02.01", "19.02.04")  # Kota goes from Tanjungpandan to Sijuk on a day
LAST_PERMIT = "SELECT id FROM permit WHERE resident_id = ? ORDER BY ended_on IS NULL DESC, id DESC LIMIT 1"
VALUE: dict[str | None, Callable[[Person], str | None]] = {
    None: lambda _person: None,
    "class": lambda person: person.permit and person.permit.class_code,
    "sex": lambda person: person.sex,
    "district": lambda person: person.place.district_code,
    "nationality": lambda person: person.nationality,
}


def play(office: "Office", history: list[Step]) -> None:
    """Let the office do these steps, one day after another. What it refuses does not happen."""
    today, people = BEGIN, 0
    for step in history:
        today = min(today + timedelta(days=step.later), LAST)
        if step.what == "arrive" or not people:
            if people < MOST_PEOPLE:
                since = (today - timedelta(days=step.back)).isoformat() if step.known else None
                village, district = village_of(step.place), district_alone(step.place)
                nationality = ["AUS", "D", "XXA"][people % 3]
                sex = [None, "F", "M"][step.who % 3]
                office.person(f"Person {people}", nationality, village=village, district=district, since=since, sex=sex)
                people += 1
            continue
        with suppress(Refused):
            act(replace(office, today=today), step, step.who % people + 1, today - timedelta(days=step.back))


def act(office: "Office", step: Step, who: int, on: date) -> None:
    permits = office.rows(LAST_PERMIT, who)
    issued = on.isoformat() if step.known else None
    expires = None if step.length is None else (on + timedelta(days=step.length)).isoformat()
    match step.what:
        case "grant":
            office.permit(who, step.kind, issued, expires)
        case "extend" if permits:
            office.extend(permits[0][0], issued, expires)
        case "convert" if permits:
            office.convert(permits[0][0], step.kind, issued, expires)
        case "revoke" if permits:
            office.revoke(permits[0][0], on.isoformat())
        case "depart":
            office.depart(who, on.isoformat())
        case "move":
            office.move(who, village_of(step.place), on.isoformat(), district_alone(step.place))
        case "return":
            office.return_(who, village_of(step.place), on.isoformat(), district_alone(step.place))


def months_of(on: date, number: int) -> Iterator[tuple[str, date, date]]:
    """Each month with its first and last day, from the last one, which ends on `on`, back."""
    last = on
    for _month in range(number):
        yield last.strftime("%Y-%m"), last.replace(day=1), last
        last = last.replace(day=1) - A_DAY


def model(days: dict[date, Values], on: date, number: int) -> set[Row]:
    """The rows of a trend in which there is anybody, out of what each person is counted by on each day."""
    rows: set[Row] = set()
    for month, first, last in months_of(on, number):
        arrived: Counter[str | None] = Counter()
        departed: Counter[str | None] = Counter()
        day = first
        while day <= last:
            before, after = set(days[day - A_DAY].items()), set(days[day].items())
            departed.update(value for _who, value in before - after)
            arrived.update(value for _who, value in after - before)
            day += A_DAY
        at_start, at_end = Counter(days[first - A_DAY].values()), Counter(days[last].values())
        for value in {*at_start, *at_end, *arrived, *departed}:
            rows.add((month, value, at_start[value], arrived[value], departed[value], at_end[value]))
    return rows


def told(office: "Office", on: date, number: int, by: str | None, where: Where = EVERYONE) -> list[Row]:
    rows = trend(office.connection, months_up_to(on, number), where, by)
    return [(row.month, row.code, row.at_start, row.arrived, row.departed, row.at_end) for row in rows]


def holds_together(office: "Office", rows: list[Row], on: date, number: int, by: str | None, where: Where) -> None:
    """Each month adds up, begins as the one before ended, and ends as the counts of its last day."""
    ended: dict[str | None, int] = {}
    for _month, value, at_start, arrived, departed, at_end in rows:
        assert at_start + arrived - departed == at_end
        assert ended.get(value, at_start) == at_start
        ended[value] = at_end
    for month, first, last in months_of(on, number):
        assert last == on or last.day == monthrange(first.year, first.month)[1]
        ends = {value: end for name, value, _start, _arrived, _departed, end in rows if name == month and end}
        counted = office.totals(last.isoformat(), by or "sex", where)
        assert ends == (counted if by else {None: sum(counted.values())} if counted else {})


def check_trend(open_office: OpenOffice, history: list[Step], on: date, number: int, goes_on: date) -> None:
    office = open_office()
    with closing(office.connection):
        play(office, history)
        code, name, before, parent = GOING
        with office.change() as change:
            carry_out(change, planned(change.connection, goes_on, [RegionStep("MOVED", code, name, before, parent)]))
        for where in (
            EVERYONE,
            resolved(office.connection, Asked(district=("Tanjungpandan",), permit_class=("KITAS", "VOA", "ITK"))),
        ):
            first = min(first for _month, first, _last in months_of(on, number)) - A_DAY
            days = [first + step * A_DAY for step in range((on - first).days + 1)]
            people = {day: office.people(day.isoformat(), where) for day in days}
            for by in (None, *SIDES):
                rows = told(office, on, number, by, where)
                values = {day: {who: VALUE[by](one) for who, one in found.items()} for day, found in people.items()}
                assert {row for row in rows if any(row[2:])} == model(values, on, number)
                holds_together(office, rows, on, number, by, where)


asked_days = st.dates(date(2019, 10, 5), date(2021, 4, 30))


@pytest.mark.slow
@examples(4, 15)
@given(
    history=st.lists(steps, min_size=10, max_size=30),
    on=asked_days,
    number=st.integers(1, 5),
    goes_on=st.dates(BEGIN, LAST),
)
def test_the_trend_of_any_history_is_what_every_day_tells(
    open_office: OpenOffice, history: list[Step], on: date, number: int, goes_on: date
) -> None:
    check_trend(open_office, history, on, number, goes_on)


@pytest.mark.slow
@settings(max_examples=60)
@given(
    history=st.lists(steps, min_size=20, max_size=60),
    on=asked_days,
    number=st.integers(6, 20),
    goes_on=st.dates(BEGIN, LAST),
)
def test_the_trend_of_many_long_histories_is_what_every_day_tells(
    open_office: OpenOffice, history: list[Step], on: date, number: int, goes_on: date
) -> None:
    check_trend(open_office, history, on, number, goes_on)
