"""The law in rows: what a relief, a rule or a holiday that an officer enters or ends does to the states of permits."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.plugin import examples
from timpora_cli.actions import law
from timpora_cli.actions.law import (
    BadHoliday,
    EndsTooEarly,
    EndsTooLate,
    GaveWay,
    NeverInForce,
    ReliefEnded,
    ReliefExists,
)
from timpora_cli.errors import TimporaError
from timpora_cli.model.law import NewRule
from timpora_cli.model.people import PermitHeld
from timpora_cli.queries.law import NoRule, holidays, relief_named
from timpora_cli.sheets.small_list import ListHeaders, UnreadableList
from timpora_cli.store.constraints import BrokenRule

if TYPE_CHECKING:
    from tests.conftest import Office
    from timpora_cli.store.change import Value

TODAY = date(2020, 9, 17)


def relieve(office: "Office", code: str, since: str, until: str | None, *classes: str, **facts: "Value") -> None:
    row: dict[str, Value] = {
        "code": code, "name": f"Relief {code}", "legal_basis": "Contoh 1/2027", "effective_from": since,
        "effective_until": until, "in_country_only": 0, "extendable": "any", "source_url": "example.invalid",
        "verified": 0, **facts,
    }  # fmt: skip
    with office.change() as change:
        law.add_relief(change, row, classes or ("ITK", "KITAS"))


def end(office: "Office", code: str, on: str) -> None:
    with office.change() as change:
        law.end_relief(change, relief_named(office.connection, code), date.fromisoformat(on))


def rule(office: "Office", kind: str, subject: str, value: int, since: str | None, until: str | None = None) -> int:
    begins, ends = (date.fromisoformat(text) if text else None for text in (since, until))
    new = NewRule(kind, subject, value, begins, ends, "Contoh 2/2027", "x.invalid", verified=False)
    with office.change() as change:
        return law.add_rule(change, new)


def held(office: "Office", resident: int, on: str) -> PermitHeld:
    permit = office.people(on)[resident].permit
    assert permit is not None
    return permit


def stands(office: "Office", resident: int, on: str) -> tuple[str, str | None, int | None]:
    permit = held(office, resident, on)
    until = permit.effective_until.isoformat() if permit.effective_until else None
    return permit.standing.state.value, until, permit.standing.overstay_days


def refused(office: "Office", kind: type[TimporaError], what: Callable[[], object]) -> str:
    before = office.dump()
    with pytest.raises(kind) as error:
        what()
    assert office.dump() == before
    return str(error.value)


def holder(office: "Office", kind: str, expires: str, arrived: str | None = None) -> int:
    """Somebody whose permit of a class ends on a day, in a year without reliefs."""
    resident = office.person(f"Holder {kind} {expires}", arrived=arrived, since="2026-01-01")
    return resident if office.permit(resident, kind, "2026-01-01", expires) else 0


@pytest.fixture
def office_of_2027(office: "Office") -> "Office":
    """An office on 1 August 2027."""
    return replace(office, today=date(2027, 8, 1))


# Whom a relief covers ------------------------------------------------------------------------------------------------


def test_a_relief_covers_its_classes_alone(office_of_2027: "Office") -> None:
    office = office_of_2027
    visitor, worker = holder(office, "ITK", "2027-03-10"), holder(office, "KITAS", "2027-03-10")
    relieve(office, "R", "2027-03-01", "2027-06-30", "ITK", "VOA")
    assert stands(office, visitor, "2027-03-10") == ("VALID", "2027-06-30", None)
    assert stands(office, visitor, "2027-03-11") == ("RELIEF", "2027-06-30", None)
    assert stands(office, worker, "2027-03-11") == ("OVERSTAY", "2027-03-10", 1)
    assert held(office, visitor, "2027-03-11").relief == "Relief R"
    assert held(office, worker, "2027-03-11").relief is None


@pytest.mark.parametrize(
    ("on", "state", "until"),
    [
        ("2027-02-28", "DUE", "2027-03-10"),  # not yet in force
        ("2027-03-01", "VALID", "2027-06-30"),
        ("2027-03-11", "RELIEF", "2027-06-30"),
        ("2027-06-30", "RELIEF", "2027-06-30"),
        ("2027-07-01", "OVERSTAY", "2027-06-30"),
    ],
)
def test_a_relief_keeps_valid_from_its_first_day_to_its_last(
    office_of_2027: "Office", on: str, state: str, until: str
) -> None:
    visitor = holder(office_of_2027, "ITK", "2027-03-10")
    relieve(office_of_2027, "R", "2027-03-01", "2027-06-30")
    assert stands(office_of_2027, visitor, on)[:2] == (state, until)


@pytest.mark.parametrize(
    ("arrived", "covered"),
    [
        (None, False),  # nobody recorded it
        ("2027-01-31", False),
        ("2027-02-01", True),
        ("2027-02-15", True),
        ("2027-02-28", True),
        ("2027-03-01", False),
    ],
)
def test_a_condition_on_the_day_of_entry_is_met_by_a_day_that_is_recorded(
    office_of_2027: "Office", arrived: str | None, covered: bool
) -> None:
    visitor = holder(office_of_2027, "ITK", "2027-03-10", arrived)
    conditions = {"entered_from": "2027-02-01", "entered_until": "2027-02-28"}
    relieve(office_of_2027, "R", "2027-03-01", "2027-06-30", **conditions)
    assert stands(office_of_2027, visitor, "2027-04-01")[0] == ("RELIEF" if covered else "OVERSTAY")


@pytest.mark.parametrize(
    ("since", "until", "expires", "covered"),
    [
        (None, None, "2027-02-28", False),  # ended before the relief began
        (None, None, "2027-03-01", True),
        ("2027-02-10", None, "2027-02-09", False),
        ("2027-02-10", None, "2027-02-10", True),
        (None, "2027-03-20", "2027-03-20", True),
        (None, "2027-03-20", "2027-03-21", False),
        ("2027-02-10", "2027-03-20", "2027-03-01", True),
    ],
)
def test_a_condition_on_the_printed_end_holds_on_both_of_its_days(
    office_of_2027: "Office", since: str | None, until: str | None, expires: str, covered: bool
) -> None:
    visitor = holder(office_of_2027, "ITK", expires)
    relieve(office_of_2027, "R", "2027-03-01", "2027-06-30", expired_from=since, expired_until=until)
    assert stands(office_of_2027, visitor, "2027-04-01")[0] == ("RELIEF" if covered else "OVERSTAY")


def test_a_printed_end_later_than_the_reliefs_stays(office_of_2027: "Office") -> None:
    visitor = holder(office_of_2027, "ITK", "2027-07-15")
    relieve(office_of_2027, "R", "2027-03-01", "2027-06-30")
    assert stands(office_of_2027, visitor, "2027-04-01") == ("VALID", "2027-07-15", None)
    assert held(office_of_2027, visitor, "2027-04-01").relief is None


def test_of_two_reliefs_in_force_the_one_that_reaches_further_counts(office_of_2027: "Office") -> None:
    visitor = holder(office_of_2027, "ITK", "2027-03-10")
    relieve(office_of_2027, "LONG", "2027-03-01", "2027-06-30")
    relieve(office_of_2027, "SHORT", "2027-03-05", "2027-05-31")
    assert stands(office_of_2027, visitor, "2027-04-01")[1] == "2027-06-30"
    assert held(office_of_2027, visitor, "2027-04-01").relief == "Relief LONG"


# A relief that gives way, or ends ------------------------------------------------------------------------------------


def test_a_relief_that_supersedes_takes_the_others_place_on_its_first_day(office_of_2027: "Office") -> None:
    office = office_of_2027
    visitor = holder(office, "ITK", "2027-03-10")
    relieve(office, "ONE", "2027-03-01", "2027-06-30")
    relieve(office, "TWO", "2027-05-01", "2027-05-31", supersedes="ONE")
    assert stands(office, visitor, "2027-04-30") == ("RELIEF", "2027-06-30", None)
    assert stands(office, visitor, "2027-05-01") == ("RELIEF", "2027-05-31", None)
    assert stands(office, visitor, "2027-06-01") == ("OVERSTAY", "2027-05-31", 1)


def test_what_the_next_relief_covers_no_more_was_kept_valid_to_the_day_before_it(office_of_2027: "Office") -> None:
    office = office_of_2027
    visitor, worker = holder(office, "ITK", "2027-03-10"), holder(office, "KITAS", "2027-03-10")
    relieve(office, "ONE", "2027-03-01", None)
    relieve(office, "TWO", "2027-05-01", "2027-08-31", "KITAS", supersedes="ONE")
    assert stands(office, worker, "2027-05-01") == ("RELIEF", "2027-08-31", None)
    assert stands(office, visitor, "2027-04-30") == ("RELIEF", "9999-12-31", None)
    assert stands(office, visitor, "2027-05-01") == ("OVERSTAY", "2027-04-30", 1)
    assert stands(office, visitor, "2027-05-02") == ("OVERSTAY", "2027-04-30", 2)


def test_a_printed_end_within_the_chain_is_covered_to_its_last_row(office_of_2027: "Office") -> None:
    visitor = holder(office_of_2027, "ITK", "2027-03-01")
    early = holder(office_of_2027, "ITK", "2027-02-28")
    relieve(office_of_2027, "ONE", "2027-03-01", "2027-04-30")
    relieve(office_of_2027, "TWO", "2027-04-30", "2027-06-30", supersedes="ONE")
    assert stands(office_of_2027, visitor, "2027-06-30")[0] == "RELIEF"
    assert stands(office_of_2027, early, "2027-03-01") == ("OVERSTAY", "2027-02-28", 1)


def test_a_relief_is_superseded_once(office_of_2027: "Office") -> None:
    relieve(office_of_2027, "ONE", "2027-03-01", "2027-06-30")
    relieve(office_of_2027, "TWO", "2027-04-01", "2027-06-30", supersedes="ONE")
    said = refused(
        office_of_2027, BrokenRule, lambda: relieve(office_of_2027, "NO", "2027-05-01", None, supersedes="ONE")
    )
    assert said == "Refused, nothing was changed: that relief has already been superseded by another."


def test_a_relief_that_is_ended_keeps_valid_to_the_day_before(office_of_2027: "Office") -> None:
    office = office_of_2027
    visitor = holder(office, "ITK", "2027-03-10")
    relieve(office, "R", "2027-03-01", "2027-06-30")
    end(office, "R", "2027-04-15")
    assert stands(office, visitor, "2027-03-10") == ("VALID", "2027-06-30", None)
    assert stands(office, visitor, "2027-04-14") == ("RELIEF", "2027-06-30", None)
    assert stands(office, visitor, "2027-04-15") == ("OVERSTAY", "2027-04-14", 1)
    late = holder(office, "ITK", "2027-04-20")
    assert stands(office, late, "2027-04-15") == ("DUE", "2027-04-20", None)


def test_a_relief_may_end_on_its_first_day_and_never_before(office_of_2027: "Office") -> None:
    visitor = holder(office_of_2027, "ITK", "2027-03-10")
    relieve(office_of_2027, "R", "2027-03-01", "2027-06-30")
    said = refused(office_of_2027, EndsTooEarly, lambda: end(office_of_2027, "R", "2027-02-28"))
    assert said == "R began on 2027-03-01; it cannot end on 2027-02-28."
    end(office_of_2027, "R", "2027-03-01")
    assert stands(office_of_2027, visitor, "2027-03-11") == ("OVERSTAY", "2027-03-10", 1)


@pytest.mark.parametrize("how", ["ended", "superseded earlier", "superseded that day"])
def test_a_relief_that_never_was_in_force_moves_no_end_and_gives_no_first_day(
    office_of_2027: "Office", how: str
) -> None:
    office = office_of_2027
    visitor, early = holder(office, "ITK", "2027-04-10"), holder(office, "ITK", "2027-03-01")
    relieve(office, "ONE", "2027-03-15", "2027-05-31")
    relieve(office, "TWO", "2027-04-01", "2027-12-31", supersedes="ONE")
    assert stands(office, visitor, "2027-05-01") == ("RELIEF", "2027-12-31", None)
    if how == "ended":
        end(office, "TWO", "2027-04-01")
        last = "2027-05-31"  # ONE goes on, as if TWO had not been recorded
    else:
        relieve(
            office, "THREE", "2027-03-20" if how.endswith("earlier") else "2027-04-01", "2027-06-15", supersedes="TWO"
        )
        last = "2027-06-15"
    assert relief_named(office.connection, "TWO").speaks_from is None
    assert stands(office, visitor, "2027-05-01") == ("RELIEF", last, None)
    assert stands(office, visitor, "2027-07-01")[:2] == ("OVERSTAY", last)
    assert stands(office, early, "2027-04-05") == ("OVERSTAY", "2027-03-01", 35)
    assert office.rows("SELECT effective_until FROM expiry WHERE resident_id = ?", visitor) == [(last,)]


def test_a_first_relief_that_never_was_in_force_gives_its_chain_no_first_day(office_of_2027: "Office") -> None:
    office = office_of_2027
    early, later = holder(office, "ITK", "2027-03-10"), holder(office, "ITK", "2027-04-02")
    relieve(office, "ONE", "2027-03-01", "2027-05-31")
    relieve(office, "TWO", "2027-04-01", "2027-06-30", supersedes="ONE")
    assert stands(office, early, "2027-05-01") == ("RELIEF", "2027-06-30", None)
    end(office, "ONE", "2027-03-01")
    assert stands(office, early, "2027-05-01") == ("OVERSTAY", "2027-03-10", 52)
    assert stands(office, later, "2027-05-01") == ("RELIEF", "2027-06-30", None)


Reliefs = list[tuple[date, int | None, bool, bool]]


@pytest.mark.slow
@examples(6, 20)
@given(
    reliefs=st.lists(
        st.tuples(
            st.dates(date(2027, 3, 1), date(2027, 3, 12)), st.none() | st.integers(0, 12), st.booleans(), st.booleans()
        ),
        min_size=1,
        max_size=5,
    ),
    expires=st.dates(date(2027, 2, 26), date(2027, 3, 20)),
)
def test_a_permit_holds_to_the_end_of_the_relief_that_reaches_furthest(
    open_office: Callable[[], "Office"], reliefs: Reliefs, expires: date
) -> None:
    """Each supersedes the one before it, or nothing; some are ended. The model knows only the words of the law."""
    office = replace(open_office(), today=date(2027, 8, 1))
    with closing(office.connection):
        who = holder(office, "ITK", expires.isoformat())
        for number, (since, length, supersedes, ended) in enumerate(reliefs):
            before = f"R{number - 1}" if supersedes and number else None
            until = None if length is None else (since + timedelta(days=length)).isoformat()
            ended_on = (since + timedelta(days=(length or 3) // 2)).isoformat() if ended else None
            relieve(office, f"R{number}", since.isoformat(), until, supersedes=before, ended_on=ended_on)
        for later in range(-8, 40, 3):
            on = date(2027, 3, 5) + timedelta(days=later)
            assert held(office, who, on.isoformat()).effective_until == holds_to(reliefs, expires, on)


def holds_to(reliefs: Reliefs, expires: date, on: date) -> date:
    """The effective end on a day: reliefs that speak on no day are struck out first."""
    speaks_until: dict[int, date] = {}
    for number in reversed(range(len(reliefs))):
        since, length, _supersedes, ended = reliefs[number]
        last = since + timedelta(days=(length or 3) // 2) if ended else date.max
        for later in range(number + 1, len(reliefs)):
            if not reliefs[later][2]:
                break
            if later in speaks_until:
                last = min(last, reliefs[later][0])
                break
        if since < last:
            speaks_until[number] = last
    ends = [expires]
    for number, last in speaks_until.items():
        since, length, _supersedes, _ended = reliefs[number]
        first, back = since, number
        while back and reliefs[back][2]:
            back -= 1
            first = min(first, reliefs[back][0]) if back in speaks_until else first
        keeps = date.max if length is None else since + timedelta(days=length)
        if first <= expires < keeps and since <= on:
            ends.append(keeps if on < last else min(keeps, last - timedelta(days=1)))
    return max(ends)


@pytest.mark.parametrize(
    ("code", "on", "kind", "said"),
    [
        ("TWO", "2027-07-01", EndsTooLate, "Relief TWO keeps no permit valid after 2027-06-30, its last day, so it"),
        (
            "ONE",
            "2027-04-01",
            GaveWay,
            "Relief ONE gave way to another on 2027-04-01, so it cannot be ended from 2027-",
        ),
        (
            "ONE",
            "2027-05-20",
            GaveWay,
            "Relief ONE gave way to another on 2027-04-01, so it cannot be ended from 2027-",
        ),
        ("TWO", "2027-03-31", EndsTooEarly, "TWO began on 2027-04-01; it cannot end on 2027-03-31."),
        ("NEVER", "2027-05-20", NeverInForce, "Relief NEVER never was in force: another took its place by its first"),
    ],
)
def test_a_relief_is_not_ended_where_that_would_change_nothing(
    office_of_2027: "Office", code: str, on: str, kind: type[TimporaError], said: str
) -> None:
    office = replace(office_of_2027, today=date(2031, 1, 1))  # what day it is plays no part
    relieve(office, "ONE", "2027-03-01", "2027-05-31")
    relieve(office, "TWO", "2027-04-01", "2027-06-30", supersedes="ONE")
    relieve(office, "NEVER", "2027-05-01", "2027-06-30")
    relieve(office, "INSTEAD", "2027-05-01", "2027-06-15", supersedes="NEVER")
    assert refused(office, kind, lambda: end(office, code, on)).startswith(said)
    end(office, "ONE", "2027-03-31")
    end(office, "TWO", "2027-06-30")


def test_a_relief_ends_once(office_of_2027: "Office") -> None:
    relieve(office_of_2027, "R", "2027-03-01", "2027-06-30")
    end(office_of_2027, "R", "2027-04-15")
    said = refused(office_of_2027, ReliefEnded, lambda: end(office_of_2027, "R", "2027-04-16"))
    assert said == "Relief R ended already on 2027-04-15."


@pytest.mark.parametrize("code", ["ITKT-2020-09", "itkt-2020-09"])
def test_a_code_is_one_reliefs_in_any_letter_case(office: "Office", code: str) -> None:
    said = refused(office, ReliefExists, lambda: relieve(office, code, "2027-03-01", None))
    assert said == f"Relief {code} is already on record. Nothing was changed."


def test_a_relief_that_ends_before_it_begins_or_covers_an_unknown_class_is_refused(office: "Office") -> None:
    said = refused(office, BrokenRule, lambda: relieve(office, "R", "2027-03-01", "2027-02-28"))
    assert said == "Refused, nothing was changed: a relief cannot end before the day it begins."
    refused(office, BrokenRule, lambda: relieve(office, "R", "2027-03-01", None, "KITTAS"))


# Rules ---------------------------------------------------------------------------------------------------------------


def test_a_new_window_counts_from_its_first_day(office_of_2027: "Office") -> None:
    office = office_of_2027
    worker = holder(office, "KITAS", "2027-06-30")
    assert [held(office, worker, day).standing.state for day in ("2027-05-30", "2027-05-31")] == ["VALID", "DUE"]
    rule(office, "RENEWAL_WINDOW_DAYS", "KITAS", 90, "2027-05-01")
    days = ("2027-04-01", "2027-04-30", "2027-05-01", "2027-05-31")
    assert [held(office, worker, day).standing.state for day in days] == ["VALID", "VALID", "DUE", "DUE"]
    assert held(office, holder(office, "VOA", "2027-06-30"), "2027-05-01").standing.state == "VALID"


def test_a_window_counts_to_its_last_day_and_then_the_one_before_it_again(office_of_2027: "Office") -> None:
    worker = holder(office_of_2027, "KITAS", "2027-07-31")
    identity = rule(office_of_2027, "RENEWAL_WINDOW_DAYS", "KITAS", 90, "2027-05-01")
    with office_of_2027.change() as change:
        law.end_rule(change, identity, date(2027, 5, 31))
    days = ("2027-05-31", "2027-06-01", "2027-06-30", "2027-07-01")
    states = [held(office_of_2027, worker, day).standing.state for day in days]
    assert states == ["DUE", "VALID", "VALID", "DUE"]


def test_of_two_windows_that_begin_on_one_day_the_one_entered_later_counts(office_of_2027: "Office") -> None:
    worker = holder(office_of_2027, "KITAS", "2027-06-30")
    for days in (90, 10):
        rule(office_of_2027, "RENEWAL_WINDOW_DAYS", "KITAS", days, "2027-05-01")
    assert held(office_of_2027, worker, "2027-06-01").standing.state == "VALID"
    assert held(office_of_2027, worker, "2027-06-20").standing.state == "DUE"


def test_a_class_without_a_rule_has_thirty_days(office_of_2027: "Office") -> None:
    visitor = holder(office_of_2027, "VOA", "2027-06-30")
    states = [held(office_of_2027, visitor, day).standing.state for day in ("2027-05-30", "2027-05-31")]
    assert states == ["VALID", "DUE"]


@pytest.mark.parametrize(
    ("on", "days", "fine"),
    [
        ("2019-04-01", 1, 300_000),
        ("2019-05-02", 32, 9_600_000),  # the last day of the old rate
        ("2019-05-03", 33, 10_600_000),  # the first of the new one: 32 x 300,000 + 1 x 1,000,000
        ("2019-05-29", 59, 36_600_000),
        ("2019-05-30", 60, 37_600_000),  # exactly 60 is not over 60
    ],
)
def test_the_fine_is_by_the_rate_in_force_on_each_day(office: "Office", on: str, days: int, fine: int) -> None:
    ann = office.person("Ann Invented", since="2018-01-01")
    office.permit(ann, "ITK", "2019-03-01", "2019-03-31")
    standing = held(office, ann, on).standing
    assert (standing.overstay_days, standing.fine, standing.over_limit) == (days, fine, None)


def test_past_the_limit_no_fine_is_shown_and_the_decision_is_the_officers(office: "Office") -> None:
    ann = office.person("Ann Invented", since="2018-01-01")
    office.permit(ann, "ITK", "2019-03-01", "2019-03-31")
    standing = held(office, ann, "2019-05-31").standing
    assert (standing.overstay_days, standing.fine, standing.over_limit) == (61, None, 60)


def test_another_rate_and_another_limit_count_from_their_first_day(office_of_2027: "Office") -> None:
    office = office_of_2027
    visitor = holder(office, "ITK", "2027-03-31")
    rule(office, "OVERSTAY_RUPIAH_A_DAY", "", 2_000_000, "2027-04-10")
    rule(office, "OVERSTAY_LIMIT_DAYS", "", 30, "2027-05-01")
    fines = {day: held(office, visitor, day).standing for day in ("2027-04-09", "2027-04-10", "2027-04-30")}
    assert [standing.fine for standing in fines.values()] == [9_000_000, 11_000_000, 51_000_000]
    standing = held(office, visitor, "2027-05-01").standing
    assert (standing.overstay_days, standing.fine, standing.over_limit) == (31, None, 30)


def test_without_a_rate_in_force_no_fine_is_told(office_of_2027: "Office") -> None:
    visitor = holder(office_of_2027, "ITK", "2027-03-31")
    with office_of_2027.change() as change:
        for rate in office_of_2027.rows("SELECT id FROM rule WHERE kind = 'OVERSTAY_RUPIAH_A_DAY' AND value = 1000000"):
            law.end_rule(change, rate[0], date(2026, 12, 31))
    standing = held(office_of_2027, visitor, "2027-04-10").standing
    assert (standing.overstay_days, standing.fine, standing.over_limit) == (10, None, None)


def test_a_rule_that_cannot_be_is_refused(office: "Office") -> None:
    said = refused(office, BrokenRule, lambda: rule(office, "OVERSTAY_LIMIT_DAYS", "", 0, None))
    zero = "a rule's value is a number above zero; only a number of extensions may be zero."
    assert said == f"Refused, nothing was changed: {zero}"
    said = refused(office, BrokenRule, lambda: rule(office, "OVERSTAY_LIMIT_DAYS", "", 1, "2027-02-01", "2027-01-31"))
    assert said == "Refused, nothing was changed: a rule cannot end before the day it begins."

    def ended(identity: int, on: date) -> None:
        with office.change() as change:
            law.end_rule(change, identity, on)

    assert refused(office, NoRule, lambda: ended(99, TODAY)) == "There is no rule 99. See them with: timpora rule list"
    refused(office, BrokenRule, lambda: ended(5, date(2019, 5, 2)))


# Holidays ------------------------------------------------------------------------------------------------------------


def add(office: "Office", day: str, name: str = "Libur", source: str | None = None) -> bool:
    with office.change() as change:
        return law.add_holiday(change, date.fromisoformat(day), name, source)


def bring(office: "Office", folder: Path, content: str | bytes) -> int:
    path = folder / "libur.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with office.change() as change:
        return law.import_holidays(change, path, TODAY)


def test_the_day_to_act_by_passes_over_holidays_and_weekends(office: "Office") -> None:
    ann = office.person("Ann Invented", since="2019-01-01")
    office.permit(ann, "KITAS", "2019-09-21", "2020-09-20")  # a Sunday
    acts = []
    for day in (None, "2020-09-18", "2020-09-16", "2020-09-17"):
        assert day is None or add(office, day)
        acts.append(held(office, ann, "2020-09-10").standing.act_by)
    assert acts == [date(2020, 9, 18), date(2020, 9, 17), date(2020, 9, 17), date(2020, 9, 15)]


def test_a_holiday_is_recorded_once_and_may_get_another_name(office: "Office") -> None:
    assert [add(office, "2020-08-17"), add(office, "2020-08-17"), add(office, "2020-08-17", "Kemerdekaan", "SKB")] == [
        True, False, True,
    ]  # fmt: skip
    assert [(one.day, one.name, one.source) for one in holidays(office.connection, "2020")] == [
        (date(2020, 8, 17), "Kemerdekaan", "SKB")
    ]
    assert office.rows("SELECT name FROM holiday_version") == [("Libur",)]
    assert refused(office, BrokenRule, lambda: add(office, "2020-08-18", " ")).endswith("a holiday has a name.")


@pytest.mark.parametrize(
    "content",
    [
        "tanggal,nama\n2020-08-17,Kemerdekaan\n25/12/2020,Natal\n",
        "\ufeffNo,Tanggal,Keterangan,\n1,Senin 17 Agustus 2020,Kemerdekaan,\n2,25 Desember 2020,Natal,\n\n",
        'DATE,Name\r\n17.8.2020,"Kemerdekaan"\r\n2020-12-25,Natal',
    ],
)
def test_the_holidays_of_a_year_come_from_a_sheet_and_the_second_time_none_is_new(
    office: "Office", tmp_path: Path, content: str
) -> None:
    assert bring(office, tmp_path, content) == 2
    assert [(one.day.isoformat(), one.name, one.source) for one in holidays(office.connection, "2020")] == [
        ("2020-08-17", "Kemerdekaan", "libur.csv"), ("2020-12-25", "Natal", "libur.csv"),
    ]  # fmt: skip
    before = office.dump()
    assert bring(office, tmp_path, content) == 0
    assert office.dump() == before


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        ("hari,apa\n", ListHeaders, "it has: hari, apa. Nothing was imported."),
        ("", ListHeaders, "it has: -. Nothing was imported."),
        ("tanggal,nama\n2020-08-17,x\n2020-13-01,y\n", BadHoliday, "line 3: "),
        ("tanggal,nama\n,x\n", BadHoliday, "line 2: "),
        ("tanggal,nama\n20/9,x\n", BadHoliday, "Nothing was imported."),
        (b"tanggal,nama\n2020-08-17,\xff\n", UnreadableList, "it is not text in UTF-8. Nothing was imported."),
        ("tanggal,nama\n2020-08-17," + "x" * 200_000, UnreadableList, "it is not a CSV file"),
    ],
)
def test_a_sheet_of_holidays_that_cannot_be_read_changes_nothing(
    office: "Office", tmp_path: Path, content: str | bytes, kind: type[TimporaError], said: str
) -> None:
    assert said in refused(office, kind, lambda: bring(office, tmp_path, content))


def test_a_sheet_that_is_not_there_is_refused_with_the_reason(office: "Office", tmp_path: Path) -> None:
    def missing() -> None:
        with office.change() as change:
            law.import_holidays(change, tmp_path / "none.csv", TODAY)

    assert refused(office, UnreadableList, missing).endswith("No such file or directory. Nothing was imported.")


def test_a_row_without_a_name_is_recorded_all_the_same(office: "Office", tmp_path: Path) -> None:
    assert bring(office, tmp_path, "nama,tanggal\n,2020-08-17\n") == 1
    assert holidays(office.connection)[0].name == "-"


# The 2020 chain, entered by hand -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_reliefs_of_2020_entered_by_hand_again_tell_the_same_days(office_of_2027: "Office") -> None:
    """Seven years later, with codes of their own: no day of the shipped rows is in code."""
    office, years = office_of_2027, 7
    rows = office.rows(
        "SELECT code, effective_from, effective_until, supersedes FROM relief "
        "WHERE code IN (SELECT relief_code FROM relief_class) ORDER BY effective_from"
    )

    def later(text: str | None) -> str | None:
        return text and text.replace("2020", str(2020 + years))

    for code, since, until, supersedes in rows:
        relieve(
            office,
            f"NEW-{code}",
            later(since) or "",
            later(until),
            "ITK",
            supersedes=supersedes and f"NEW-{supersedes}",
        )
    first = office.person("Then", since="2019-01-01")
    office.permit(first, "ITK", "2020-03-01", "2020-04-30")
    now = office.person("Now", since="2026-01-01")
    office.permit(now, "ITK", "2027-03-01", "2027-04-30")
    for days in range(200):
        then = date(2020, 4, 1) + timedelta(days=days)
        one = stands(office, first, then.isoformat())
        other = stands(office, now, then.replace(year=2027).isoformat())
        assert (one[0], later(one[1]), one[2]) == other, then
