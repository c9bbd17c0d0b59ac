"""Two records of one person become one: what comes along, what stays, what is refused, and that it can be undone."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.merging.lives import chain, facts, homes, joined
from tests.log import take_back
from tests.search.plugin import examples
from timpora_cli.actions import family, passports, permits
from timpora_cli.actions.family import Relative
from timpora_cli.actions.merging import Chosen, NotOneLife, OnePerson, merge
from timpora_cli.actions.passports import NewPassport
from timpora_cli.errors import Refused
from timpora_cli.queries.find import current_permit_of
from timpora_cli.store.presence import difference

if TYPE_CHECKING:
    from tests.conftest import Office

DUKONG, SIJUK, TERONG = "19.02.01.2007", "19.02.04.2001", "19.02.04.2003"
EXAMPLES = examples(5, 15)


def stays_of(office: "Office", resident: int) -> list[tuple[object, ...]]:
    return list(
        office.rows("SELECT arrived, departed, departed_how FROM stay WHERE resident_id = ? ORDER BY from_on", resident)
    )


# People ----------------------------------------------------------------------------------------------------------


def test_what_the_first_record_lacks_comes_from_the_second_and_the_rest_stays(office: "Office") -> None:
    one = office.person("Ann Invented", occupation="guru", sponsor="PT Contoh")
    two = office.person("Invented Ann", "NZL", born="1980-01-01", occupation="juru masak", sponsor="PT Umpama")
    merged = joined(office, one, two)
    assert office.rows("SELECT id, full_name, nationality, born, occupation, sponsor_id FROM resident") == [
        (one, "Ann Invented", "AUS", "1980-01-01", "guru", 1)
    ]
    assert [(left.column, left.stays, left.left) for left in merged.left] == [
        ("name", "Ann Invented", "Invented Ann"),
        ("nationality", "AUS", "NZL"),
        ("occupation", "guru", "juru masak"),
        ("sponsor", "PT Contoh", "PT Umpama"),
    ]
    assert "PT Umpama" not in repr(merged)


def test_a_nationality_that_nobody_knew_gives_way(office: "Office") -> None:
    one, two = office.person("Ann Invented", "XXX"), office.person("Ann Invented", "NZL")
    assert joined(office, one, two).left == ()
    assert office.rows("SELECT nationality FROM resident") == [("NZL",)]
    three = office.person("Ann Invented", "XXX")
    assert joined(office, one, three).left == ()


def test_a_niora_goes_along_and_two_are_two_people(office: "Office") -> None:
    one, two, three = office.person(), office.person(niora="NI1"), office.person(niora="NI2")
    joined(office, one, two)
    assert office.rows("SELECT niora FROM resident ORDER BY id") == [("NI1",), ("NI2",)]
    before = office.dump()
    with pytest.raises(NotOneLife, match=f"resident edit {three} --niora"):
        joined(office, one, three)
    assert office.dump() == before


def test_both_notes_are_kept(office: "Office") -> None:
    one, two, three = office.person(note="first"), office.person(note="second"), office.person(note="first / second")
    joined(office, one, two)
    joined(office, one, three)
    assert office.rows("SELECT note FROM resident") == [("first / second",)]


def test_a_record_is_not_joined_to_itself(office: "Office") -> None:
    one = office.person()
    with pytest.raises(OnePerson) as error:
        joined(office, one, one)
    assert error.value.exit_code == 2


def test_the_record_that_goes_is_kept_in_history(office: "Office") -> None:
    one, two = office.person(), office.person("Ann I", passport="X0001")
    joined(office, one, two)
    assert office.rows("SELECT full_name FROM resident_version WHERE id = ?", two) == [("Ann I",)]
    assert office.rows("SELECT resident_id FROM passport_version") == [(two,)]


# Passports -------------------------------------------------------------------------------------------------------


def passport(office: "Office", resident: int, number: str, issued: str | None, expires: str | None) -> None:
    days = [date.fromisoformat(day) if day else None for day in (issued, expires)]
    with office.change() as change:
        passports.record(change, office.resident(resident), NewPassport(number, "AUS", *days), office.today)


@pytest.mark.parametrize(
    ("mine", "theirs", "retired"),
    [
        (("2010-01-01", None), ("2019-11-01", None), {"X0001": "2019-11-01", "X0002": None}),
        (("2019-11-01", None), ("2010-01-01", None), {"X0001": None, "X0002": "2019-11-01"}),
        ((None, "2020-01-01"), (None, "2030-01-01"), {"X0001": "2020-09-17", "X0002": None}),
    ],
)
def test_the_newer_passport_is_the_one_in_use_whichever_record_it_was_on(
    office: "Office",
    mine: tuple[str | None, str | None],
    theirs: tuple[str | None, str | None],
    retired: dict[str, str | None],
) -> None:
    one, two = office.person(), office.person()
    passport(office, one, "X0001", *mine)
    passport(office, two, "X0002", *theirs)
    assert joined(office, one, two).brought["passport"] == 1
    assert dict(office.rows("SELECT number, retired_on FROM passport WHERE resident_id = ?", one)) == retired


def test_passports_of_which_nothing_tells_the_newer_both_stay_valid(office: "Office") -> None:
    one, two = office.person(passport="X0001"), office.person(passport="X0002")
    joined(office, one, two)
    assert dict(office.rows("SELECT number, retired_on FROM passport")) == {"X0001": None, "X0002": None}


def test_a_passport_that_is_chosen_takes_the_place_of_the_others(office: "Office") -> None:
    one, two = office.person(passport="X0001"), office.person(passport="X0002")
    with office.change() as change:
        merge(change, office.resident(one), office.resident(two), office.today, Chosen(passport="X0001"))
    assert dict(office.rows("SELECT number, retired_on FROM passport")) == {"X0001": None, "X0002": "2020-09-17"}


# Permits ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("numbered_is_kept", [False, True])
def test_grants_under_one_number_change_hands_together_and_keep_their_ids(
    office: "Office", *, numbered_is_kept: bool
) -> None:
    one, two = office.person(), office.person()
    office.permit(one, "ITK", "2018-01-01", "2018-02-28", "N0")
    permit = office.permit(two, "KITAS", "2018-02-20", "2019-02-19", "N1")
    permit = office.extend(permit, "2019-02-10", "2020-02-09", "N1")
    office.extend(permit, "2020-02-01", "2021-01-31", "N 1")
    before = facts(office)
    kept, other = (two, one) if numbered_is_kept else (one, two)
    joined(office, kept, other)
    after = facts(office)
    assert [row[1] for row in chain(office, kept)] == ["2018-01-01", "2018-02-20", "2019-02-10", "2020-02-01"]
    assert [row[5] for row in chain(office, kept)] == ["NEW", "CONVERSION", "EXTENSION", "EXTENSION"]
    assert office.rows("SELECT id FROM permit") == [(1,), (2,), (3,), (4,)]
    take_back(office)
    assert facts(office) == before
    take_back(office)
    assert facts(office) == after


@pytest.mark.slow
def test_a_grant_that_both_have_comes_back_beside_the_next_one_under_its_number(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.permit(one, "KITAP", None, "2018-07-02", "N0")
    permit = office.permit(two, "KITAP", "2018-05-03", "2018-07-02", "N1")
    office.extend(permit, None, "2019-05-03", "N1")
    before = facts(office)
    assert joined(office, one, two).life.twins == {permit: 1}
    after = facts(office)
    take_back(office)
    assert facts(office) == before
    take_back(office)
    assert facts(office) == after


# Those who have left ---------------------------------------------------------------------------------------------


def test_somebody_who_left_and_came_back_as_a_second_record_is_here(office: "Office") -> None:
    one = office.person(village=DUKONG, since="2018-01-01", arrived="2018-01-01")
    office.depart(one, "2019-01-01")
    two = office.person(village=SIJUK, since="2020-01-01", arrived="2020-01-01")
    joined(office, one, two)
    assert stays_of(office, one) == [("2018-01-01", "2019-01-01", "DEPARTED"), ("2020-01-01", None, None)]
    assert homes(office, one) == [(DUKONG, "2018-01-01", "2019-01-01"), (SIJUK, "2020-01-01", None)]


def test_nobody_comes_back_from_death_as_a_second_record(office: "Office") -> None:
    one = office.person(since="2018-01-01")
    office.depart(one, "2019-01-01", "DIED")
    two = office.person(since="2020-01-01", arrived="2020-01-01")
    with pytest.raises(NotOneLife, match=r"--stay-of 1 or 2"):
        joined(office, one, two)


def test_an_earlier_stay_on_the_second_record_leaves_the_first_as_it_is(office: "Office") -> None:
    two = office.person(village=DUKONG, since="2018-01-01", arrived="2018-01-01")
    office.depart(two, "2019-01-01")
    one = office.person(village=SIJUK, since="2020-01-01", arrived="2020-01-01")
    joined(office, one, two)
    assert stays_of(office, one) == [("2018-01-01", "2019-01-01", "DEPARTED"), ("2020-01-01", None, None)]


def test_two_records_of_one_departure_are_one(office: "Office") -> None:
    one, two = office.person(since="2018-01-01"), office.person(since="2018-01-01")
    office.depart(one, "2019-01-01")
    office.depart(two, "2019-01-01")
    joined(office, one, two)
    assert stays_of(office, one) == [(None, "2019-01-01", "DEPARTED")]


@pytest.mark.parametrize("since", [None, "2018-06-01"])
def test_somebody_gone_and_somebody_here_at_one_time_are_two(office: "Office", since: str | None) -> None:
    one, two = office.person(since="2018-01-01"), office.person(since=since)
    office.depart(one, "2019-01-01")
    for kept, other in ((one, two), (two, one)):
        with pytest.raises(NotOneLife, match=r"stay, from 2019-01-01: .* gone"):
            joined(office, kept, other)


def test_a_stay_that_the_chosen_record_does_not_end_goes_on_from_the_arrival_that_the_other_knows(
    office: "Office",
) -> None:
    one, two = office.person(), office.person(since="2018-01-01", arrived="2018-01-01")
    office.depart(two, "2018-03-03")
    joined(office, one, two, stay=0)
    assert stays_of(office, one) == [(None, "2018-01-01", None), ("2018-01-01", None, None)]


# Families --------------------------------------------------------------------------------------------------------


def test_family_links_come_along_from_both_ends_and_none_twice(office: "Office") -> None:
    spouse = office.person("Bob Invented")
    one = office.person(relatives=[Relative("SPOUSE", spouse), Relative("CHILD", citizen_name="Cid Invented")])
    two = office.person(relatives=[Relative("CHILD", citizen_name="Cid Invented"), Relative("PARENT", spouse)])
    child = office.person("Dee Invented", relatives=[Relative("PARENT", two)])
    with office.change() as change:
        family.add_relative(change, spouse, Relative("SPOUSE", two))
    assert joined(office, one, two).brought["family_link"] == 4
    assert sorted(office.rows("SELECT resident_id, relation, relative_id, citizen_name FROM family_link"), key=str) == [
        (one, "CHILD", None, "Cid Invented"),
        (one, "PARENT", spouse, None),
        (one, "SPOUSE", spouse, None),
        (child, "PARENT", one, None),
    ]


def test_two_who_are_related_are_not_one(office: "Office") -> None:
    one = office.person()
    two = office.person(relatives=[Relative("CHILD", one)])
    for kept, other in ((one, two), (two, one)):
        with pytest.raises(NotOneLife, match="each other's child"):
            joined(office, kept, other)


# Whatever the two records hold -----------------------------------------------------------------------------------

STARTS = st.integers(0, 40).map(lambda weeks: date(2018, 1, 1) + timedelta(weeks=weeks))
GRANTS = st.lists(
    st.tuples(st.sampled_from(["KITAS", "KITAP", "ITK"]), STARTS, st.integers(10, 400), st.booleans()), max_size=3
)
RECORDS = st.tuples(
    GRANTS, st.sampled_from([None, DUKONG, SIJUK]), st.one_of(st.none(), STARTS), st.booleans(), st.booleans()
)


def entered(office: "Office", key: int, record: tuple[object, ...]) -> int:
    """Enter a record as well as it can be; what the actions refuse of it is left out."""
    grants, village, since, passported, gone = record
    number = f"X{key:04}" if passported else None
    resident = office.person(village=village, since=str(since) if since else None, passport=number)  # type: ignore[arg-type]
    for kind, issued, days, numbered in sorted(grants, key=lambda grant: grant[1]):  # type: ignore[call-overload]
        expires = issued + timedelta(days=days)
        try:
            with office.change() as change:
                current = current_permit_of(office.connection, resident)
                grant = office.grant(kind, str(issued), str(expires), f"N{key}" if numbered else None)
                if current is None:
                    permits.add(change, resident, grant, office.today)
                else:
                    permits.follow(change, current, grant, office.today)
        except Refused:
            continue
    if gone:
        office.depart(resident, "2020-03-01")
    return resident


@pytest.mark.slow
@given(RECORDS, RECORDS)
@EXAMPLES
def test_a_merge_is_whole_or_refused_and_can_be_taken_back(
    open_office: Callable[[], "Office"], mine: tuple[object, ...], theirs: tuple[object, ...]
) -> None:
    office = open_office()
    with closing(office.connection):
        one, two = entered(office, 1, mine), entered(office, 2, theirs)
        before, dump = facts(office), office.dump()
        try:
            joined(office, one, two)
        except Refused:
            assert office.dump() == dump
            return
        assert office.rows("SELECT id FROM resident") == [(one,)]
        assert office.rows("PRAGMA foreign_key_check") == []
        for table in ("passport", "residence", "stay", "permit"):
            assert office.rows(f"SELECT DISTINCT resident_id FROM {table} WHERE resident_id <> ?", one) == []
        broken = """
            SELECT permit.id FROM permit JOIN permit AS before ON before.id = permit.follows_id
            WHERE before.ended_on IS NOT permit.starts_on
        """
        assert office.rows(broken) == []
        assert difference(office.connection) is None
        office.agrees_with_views("2020-09-17")
        take_back(office)
        assert facts(office) == before
