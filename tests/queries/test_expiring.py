"""The expiry list: who is on it, in which order, and where everyone else is."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.plugin import examples
from timpora_cli.actions import passports
from timpora_cli.model.terms import CLASSES
from timpora_cli.queries.expiring import ENDS_BEFORE, Window, passports_due
from timpora_cli.queries.filters import EVERYONE, Asked, resolved
from timpora_cli.queries.people import PERSON_ON_DAY, persons

if TYPE_CHECKING:
    from tests.conftest import Office

KINDS = [kind.term.code for kind in CLASSES]
NO_RELIEF = "2019-03-01"  # a day before the reliefs of 2020


def names(office: "Office", *asked: str | None, **how: object) -> list[str]:
    listed, _account = office.listed(*asked, **how)  # type: ignore[arg-type]
    return [office.resident(identity).name.split()[0] for identity in listed]


@pytest.fixture
def ends(office: "Office") -> Callable[[str, str | None], int]:
    """Somebody whose permit ends on a day."""

    def make(name: str, expires: str | None, kind: str = "KITAS") -> int:
        resident = office.person(f"{name} Invented")
        office.permit(resident, kind, "2018-01-01", expires)
        return resident

    return make


@pytest.mark.parametrize("kind", KINDS)
def test_before_a_day_is_strict_for_every_class(office: "Office", ends: Callable[..., int], kind: str) -> None:
    ends("Ann", "2019-03-20", kind)
    assert names(office, NO_RELIEF, "2019-03-20") == []
    assert names(office, NO_RELIEF, "2019-03-21") == ["Ann"]


@pytest.mark.parametrize(
    ("expires", "before"),
    [
        ("2020-02-28", "2020-02-29"),
        ("2020-02-29", "2020-03-01"),
        ("2019-02-28", "2019-03-01"),
        ("2019-04-30", "2019-05-01"),
    ],
)
def test_before_is_strict_on_leap_days_and_month_ends(
    office: "Office", ends: Callable[..., int], expires: str, before: str
) -> None:
    ends("Ann", expires)
    assert names(office, "2019-01-01", expires) == []
    assert names(office, "2019-01-01", before) == ["Ann"]


def test_overstays_are_on_the_list_unless_its_start_drops_them(office: "Office", ends: Callable[..., int]) -> None:
    ends("Ann", "2018-06-01")
    ends("Bob", "2019-03-01")
    ends("Cid", "2019-02-28")
    assert names(office, NO_RELIEF, "2019-04-01") == ["Ann", "Cid", "Bob"]
    listed, account = office.listed(NO_RELIEF, "2019-04-01", since="2019-03-01")
    assert [office.resident(identity).name for identity in listed] == ["Bob Invented"]
    assert (account.listed, account.earlier, account.not_due, sum(account)) == (1, 2, 0, 3)


def test_a_window_may_begin_where_it_ends(office: "Office", ends: Callable[..., int]) -> None:
    ends("Ann", "2019-03-20")
    assert names(office, NO_RELIEF, "2019-03-21", since="2019-03-20") == ["Ann"]
    assert names(office, NO_RELIEF, "2019-03-20", since="2019-03-20") == []


def test_an_unknown_end_is_on_every_list_and_last(office: "Office", ends: Callable[..., int]) -> None:
    ends("Ann", None)
    ends("Bob", "2019-03-20")
    assert names(office, NO_RELIEF, "2019-03-21") == ["Bob", "Ann"]
    assert names(office, NO_RELIEF, "1990-01-01") == ["Ann"]
    assert names(office, NO_RELIEF, "2019-03-21", since="2019-03-21") == ["Ann"]


def test_the_soonest_is_first_then_the_name_as_it_is_read_then_the_id(
    office: "Office", ends: Callable[..., int]
) -> None:
    for name, expires in [
        ("zoe", "2019-03-20"), ("Örjan", "2019-03-20"), ("adam", "2019-03-20"), ("Bob", "2019-03-19"),
        ("Adam", "2019-03-20"), ("Old", "2018-03-20"),
    ]:  # fmt: skip
        ends(name, expires)
    assert names(office, NO_RELIEF, "2019-04-01") == ["Old", "Bob", "adam", "Adam", "Örjan", "zoe"]


def test_whoever_has_no_permit_has_left_or_has_not_come_is_not_listed_and_is_accounted_for(
    office: "Office", ends: Callable[..., int]
) -> None:
    ends("Ann", "2019-03-20")
    office.depart(ends("Bob", "2019-03-20"), "2019-02-01")
    office.person("Cid Invented")
    office.revoke(office.permit(office.person("Dee Invented"), "ITK", "2019-01-01", "2019-03-20"), "2019-02-01")
    office.person("Eva Invented", since="2019-03-02")
    ends("Fay", "2025-01-01")
    listed, account = office.listed(NO_RELIEF, "2019-04-01")
    assert [office.resident(identity).name for identity in listed] == ["Ann Invented"]
    assert (account.listed, account.not_due, account.without, account.departed) == (1, 1, 2, 1)
    assert (account.earlier, account.filtered_out, sum(account)) == (0, 0, 5)


def test_the_permit_of_that_day_is_the_one_that_is_listed(office: "Office") -> None:
    ann = office.person()
    first = office.permit(ann, "KITAS", "2018-03-20", "2019-03-20", "P1")
    office.extend(first, "2019-03-10", "2020-03-20", "P2")
    assert names(office, "2019-03-09", "2019-04-01") == ["Ann"]
    assert names(office, "2019-03-10", "2019-04-01") == []
    held = [office.people(day)[ann].permit for day in ("2019-03-09", "2019-03-10")]
    assert [permit and permit.number for permit in held] == ["P1", "P2"]


def test_filters_leave_nobody_unaccounted_for(office: "Office", ends: Callable[..., int]) -> None:
    ends("Ann", "2019-03-20")
    ends("Bob", "2019-03-20", "ITK")
    ends("Cid", None, "ITK")
    office.person("Dee Invented", nationality="D")
    office.depart(ends("Eva", "2019-03-20"), "2019-02-01")
    for asked in (
        Asked(permit_class=("itk",)),
        Asked(nationality=("Germany",)),
        Asked(state=("overstay", "due")),
        Asked(state=("unknown",), permit_class=("ITK",)),
        Asked(name=("invented",)),
    ):
        where = resolved(office.connection, asked)
        listed, account = office.listed(NO_RELIEF, "2019-04-01", where=where)
        assert len(listed) == account.listed
        assert sum(account) == 5
        assert account.departed == 1
        assert account.filtered_out == 4 - len(office.people(NO_RELIEF, where))
        assert min(account.not_due, account.earlier, account.without) >= 0


# Passports -----------------------------------------------------------------------------------------------------------


def test_the_passport_in_use_on_a_day_is_the_one_that_is_listed(office: "Office") -> None:
    ann = office.person(passport="X1")
    with office.change() as change:
        passports.correct(change, office.resident(ann), {"expires_on": "2020-06-01"}, office.today)
    printed = passports.NewPassport("X2", "AUS", date(2020, 3, 1), date(2030, 3, 1))
    with office.change() as change:
        passports.record(change, office.resident(ann), printed, office.today)
    office.person("Bob Invented", passport="X9")  # its last day is not known: in every window, and last
    office.person("Cid Invented")
    _subject, listed, account = passports_due(office.connection, date(2020, 2, 29), Window(date(2021, 1, 1)), EVERYONE)
    assert account is not None
    assert [(one.number, one.days_left) for one in listed] == [("X1", 93), ("X9", None)]
    assert (account.listed, account.not_due, account.without, sum(account)) == (2, 0, 1, 3)
    _subject, listed, account = passports_due(office.connection, date(2020, 3, 1), Window(date(2021, 1, 1)), EVERYONE)
    assert account is not None
    assert [one.number for one in listed] == ["X9"]
    assert (account.listed, account.not_due, account.without, sum(account)) == (1, 1, 1, 3)
    since = Window(date(2031, 1, 1), date(2030, 3, 2))
    _subject, _listed, account = passports_due(office.connection, date(2020, 3, 1), since, EVERYONE)
    assert account is not None
    assert account.earlier == 1


# Windows ------------------------------------------------------------------------------------------------------------

days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@given(days, st.none() | days, st.none() | days)
def test_an_end_is_in_the_window_before_it_or_after_it(before: date, since: date | None, end: date | None) -> None:
    window = Window(before, since)
    if end is None:
        assert window.holds(end)
        assert not window.is_past(end)
        return
    assert window.holds(end) == (end < before and not (since and end < since))
    assert window.is_past(end) == bool(since and end < since)
    assert not (window.holds(end) and window.is_past(end))


@pytest.mark.slow
@examples(3, 8)
@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.none() | st.integers(-100, 400)), max_size=12), st.integers(-50, 300)
)
def test_whoever_is_not_on_the_list_ends_later(
    open_office: Callable[[], "Office"], held: list[tuple[str, int | None]], reach: int
) -> None:
    office = open_office()
    today = date(2020, 9, 17)
    before = today + timedelta(days=reach)
    with closing(office.connection):
        for number, (kind, days_left) in enumerate(held):
            resident = office.person(f"Person {number} Invented")
            expires = None if days_left is None else (today + timedelta(days=days_left)).isoformat()
            office.permit(resident, kind, "2019-09-17", expires)
        listed, account = office.listed(today.isoformat(), before.isoformat())
        for resident, person in office.people(today.isoformat()).items():
            end = person.permit.effective_until if person.permit else date.max
            assert (resident in listed) == (end is None or end < before)
        assert account.listed + account.not_due + account.without == sum(account) == len(held)


@pytest.mark.slow
@pytest.mark.parametrize("analyzed", [False, True])
def test_an_expiry_list_reads_only_those_whose_permit_may_end_before_the_day(office: "Office", analyzed: bool) -> None:
    """A table that grows with the register is searched by an index, also where SQLite has counted its rows."""
    for number in range(30):
        office.permit(office.person(f"Person{number} Invented"), "KITAS", "2018-01-01", "2030-01-01")
    if analyzed:
        office.connection.execute("ANALYZE")
    query = persons(PERSON_ON_DAY, ":on", ENDS_BEFORE)
    asked = {"on": "2020-09-17", "before": "2020-09-21"}
    plan = [str(row[-1]) for row in office.connection.execute(f"EXPLAIN QUERY PLAN {query}", asked)]
    assert [step for step in plan if re.match(r"SCAN (permit|resident|residence|stay|person)\b(?!_)", step)] == []
    assert any(
        re.match(r"SEARCH permit USING INDEX permit_(current_)?by_expiry \(expires_on<\?\)", step) for step in plan
    )
