"""Stays that are worked out from residences, arrivals and departures, as they were recorded before there were stays."""

from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.store.steps.stays import Home, Said, Stay, derived

DAYS = [f"2020-{month:02}-01" for month in range(1, 13)]


def test_residences_without_a_gap_are_one_stay() -> None:
    homes = [Home(1, "2020-01-01", "2020-03-01"), Home(2, "2020-03-01", None)]
    assert derived(homes, [Said("2020-01-01")]).stays == [Stay("2020-01-01", "2020-01-01", None, None)]


def test_a_gap_is_a_departure_and_a_return_and_what_was_overwritten_stands_in_the_versions() -> None:
    homes = [Home(1, "2020-01-01", "2020-03-01"), Home(2, "2020-06-01", None)]
    said = [Said("2020-06-01"), Said("2020-01-01", "2020-03-01", "DEPORTED"), Said("2020-01-01")]
    assert derived(homes, said).stays == [
        Stay("2020-01-01", "2020-01-01", "2020-03-01", "DEPORTED"),
        Stay("2020-06-01", "2020-06-01", None, None),
    ]


def test_the_days_between_an_arrival_and_the_first_residence_have_no_known_place() -> None:
    found = derived([Home(1, "2020-03-01", None)], [Said("2020-01-01")])
    assert found.unplaced == [("2020-01-01", "2020-03-01")]
    assert found.stays == [Stay("2020-01-01", "2020-01-01", None, None)]


def test_a_residence_of_which_nobody_knows_the_first_day_begins_on_arrival() -> None:
    found = derived([Home(1, None, None)], [Said("2020-01-01")])
    assert found.begun == {1: "2020-01-01"}
    assert found.stays == [Stay("2020-01-01", "2020-01-01", None, None)]


def test_an_arrival_in_the_middle_of_a_residence_was_not_the_first() -> None:
    assert derived([Home(1, "2020-01-01", None)], [Said("2020-03-01")]).stays == [
        Stay("2020-01-01", None, "2020-03-01", None),
        Stay("2020-03-01", "2020-03-01", None, None),
    ]


def test_an_arrival_that_nobody_knows_is_not_made_up() -> None:
    assert derived([Home(1, "2020-01-01", None)], [Said()]).stays == [Stay("2020-01-01", None, None, None)]
    assert derived([Home(1, None, None)], [Said()]).stays == [Stay(None, None, None, None)]
    assert derived([Home(1, "2020-01-01", "2020-02-01")], [Said(None, "2020-02-01", "DIED")]).stays == [
        Stay("2020-01-01", None, "2020-02-01", "DIED")
    ]


def days(periods: list[tuple[str | None, str | None]]) -> set[str]:
    return {day for day in DAYS for since, until in periods if (since or "") <= day < (until or "9")}


@given(st.lists(st.sampled_from([None, *DAYS]), min_size=2, max_size=8, unique=True), st.data())
def test_stays_and_residences_cover_the_same_days(edges: list[str | None], data: st.DataObject) -> None:
    known = sorted(day for day in edges if day)
    starts = [None, *known] if None in edges else known
    periods = list(zip(starts[::2], starts[1::2], strict=False))
    if len(starts) % 2:
        periods.append((starts[-1], None))
    homes = [Home(number, *period) for number, period in enumerate(periods)]
    ends = [home.until for home in homes]
    arrival = st.sampled_from([None, *DAYS])
    now = Said(data.draw(arrival), ends[-1], "DIED" if ends[-1] else None)
    before = [Said(data.draw(arrival), end, "DEPARTED") for end in ends[:-1] if end]
    found = derived(homes, [now, *before])
    after = [(found.begun.get(home.id, home.since), home.until) for home in homes]
    lived = days([*after, *found.unplaced])
    assert lived == days([(stay.from_on, stay.departed) for stay in found.stays])
    assert all(stay.arrived in (None, stay.from_on) for stay in found.stays)
    if not found.begun:
        assert days(periods) <= lived  # no day of presence is lost
