"""The stays, residences and permits of two records as one life: what is taken on which day, and what is refused."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.actions.merging.lives import chain, facts, homes, joined
from tests.log import take_back
from timpora_cli.actions.merging import NotOneLife
from timpora_cli.actions.permits import reports

if TYPE_CHECKING:
    from tests.conftest import Office

DUKONG, SIJUK, TERONG = "19.02.01.2007", "19.02.04.2001", "19.02.04.2003"

PERMIT = "Choose: --permit-of 1 or 2"


def refused(office: "Office", kept: int, other: int) -> list[str]:
    """Why two records are not one life, a line for each reason; nothing is changed."""
    before = office.dump()
    with pytest.raises(NotOneLife) as error:
        joined(office, kept, other)
    assert office.dump() == before
    return str(error.value).splitlines()[2:]


# Permits ---------------------------------------------------------------------------------------------------------


def test_a_later_permit_of_the_second_record_is_a_renewal(office: "Office") -> None:
    one, two = office.person(), office.person()
    first = office.permit(one, "KITAS", "2019-06-01", "2020-05-31", "N1")
    second = office.permit(two, "KITAS", "2020-05-15", "2021-05-14", "N2")
    assert joined(office, one, two).brought["permit"] == 1
    assert chain(office, one) == [
        ("KITAS", "2019-06-01", "2020-05-31", "2020-05-15", "EXTENDED", "NEW"),
        ("KITAS", "2020-05-15", "2021-05-14", None, None, "EXTENSION"),
    ]
    assert office.permit_of_id(second).follows_id == first
    office.agrees_with_views("2020-09-17")


def test_an_earlier_permit_of_the_second_record_stands_before(office: "Office") -> None:
    one, two = office.person(), office.person()
    later = office.permit(one, "KITAP", "2020-05-15", "2025-05-14", "N2")
    earlier = office.permit(two, "KITAS", "2019-06-01", "2020-05-31", "N1")
    joined(office, one, two)
    assert [row[3:] for row in chain(office, one)] == [
        ("2020-05-15", "CONVERTED", "NEW"),
        (None, None, "CONVERSION"),
    ]
    assert office.permit_of_id(later).follows_id == earlier


def test_a_later_last_day_alone_tells_the_later_permit(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.permit(one, "KITAS", "2019-06-01", "2020-05-31")
    office.permit(two, "KITAS", None, "2021-05-31")
    joined(office, one, two)
    assert [row[1:4] for row in chain(office, one)] == [
        ("2019-06-01", "2020-05-31", "2020-06-01"),
        ("2020-06-01", "2021-05-31", None),
    ]


def test_a_permit_that_both_records_hold_is_one_with_the_facts_of_both(office: "Office") -> None:
    one, two = office.person(), office.person()
    mine = office.permit(one, "KITAS", None, "2020-05-31")
    theirs = office.permit(two, "KITAS", "2019-06-01", "2020-05-31", "N1", office="Kantor Rekaan")
    office.extend(theirs, "2020-05-20", "2021-05-19", "N2")
    assert joined(office, one, two).brought["permit"] == 2
    assert office.rows("SELECT id, number, issued_on, starts_on, ended_on, office FROM permit ORDER BY id") == [
        (mine, "N1", "2019-06-01", "2019-06-01", "2020-05-20", "Kantor Rekaan"),
        (3, "N2", "2020-05-20", "2020-05-20", None, None),
    ]
    assert office.permit_of_id(3).follows_id == mine


def test_the_grant_before_a_shared_one_ends_where_that_was_issued(office: "Office") -> None:
    one, two = office.person(), office.person()
    first = office.permit(one, "KITAS", "2018-06-01", "2019-05-31", "N0")
    office.extend(first, None, "2020-05-31")
    office.permit(two, "KITAS", "2019-05-25", "2020-05-31", "N1")
    joined(office, one, two)
    assert [row[1:4] for row in chain(office, one)] == [
        ("2018-06-01", "2019-05-31", "2019-05-25"),
        ("2019-05-25", "2020-05-31", None),
    ]


def test_a_grant_of_unknown_issue_is_counted_anew_from_an_end_that_the_other_record_knows(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.extend(office.permit(one, "KITAS", "2018-06-01", None, "N0"), None, "2021-05-31")
    office.permit(two, "KITAS", "2018-06-01", "2019-05-31", "N0 2")
    joined(office, one, two)
    assert [row[1:4] for row in chain(office, one)] == [
        ("2018-06-01", "2019-05-31", "2019-06-01"),
        ("2019-06-01", "2021-05-31", None),
    ]


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("mine", "theirs", "days"),
    [
        (("KITAS", "2020-01-01", "2020-12-31"), ("KITAP", "2020-01-01", "2024-12-31"), "from 2020-01-01"),
        (("KITAS", None, None), ("KITAP", None, None), "always"),
        (("KITAS", None, "2020-12-31"), ("KITAP", None, "2020-12-31"), "always"),
    ],
)
def test_permits_that_contradict_each_other_are_refused_with_the_days(
    office: "Office", mine: tuple[str, str | None, str | None], theirs: tuple[str, str | None, str | None], days: str
) -> None:
    one, two = office.person(), office.person()
    office.permit(one, *mine)
    office.permit(two, *theirs)
    assert refused(office, one, two) == [
        f"permit, {days}: resident 1 says permit 1 (KITAS), resident 2 says permit 2 (KITAP). {PERMIT}"
    ]
    for kept, left in ((1, 2), (2, 1)):
        merged = joined(office, one, two, permit=kept - 1)
        assert [(one.column, str(one.left)[:1]) for one in merged.left] == [("permit", f"{left}")]
        assert office.rows("SELECT id, resident_id FROM permit") == [(kept, one)]
        take_back(office)


@pytest.mark.slow
def test_a_grant_of_no_day_is_in_the_life_once_where_the_other_record_gives_it_days(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.convert(office.permit(one, "KITAS", "2018-03-03", "2019-03-03"), "ITK", None, "2019-03-03")
    office.depart(one, "2018-03-03")
    permit = office.permit(two, "KITAS", "2018-03-03", "2019-03-03", "N1")
    office.extend(permit, "2018-09-02", "2019-11-01", "N2")
    before = facts(office)
    joined(office, one, two, stay=1, permit=0)
    assert [row[:4] for row in chain(office, one)] == [
        ("ITK", "2018-03-03", "2019-03-03", "2018-03-03"),
        ("KITAS", "2018-03-03", "2019-03-03", "2018-09-02"),
        ("KITAS", "2018-09-02", "2019-11-01", None),
    ]
    take_back(office)
    assert facts(office) == before


@pytest.mark.parametrize("reporter_is_kept", [False, True])
def test_the_reports_of_a_permit_that_is_left_out_are_left_out_with_it_by_name(
    office: "Office", *, reporter_is_kept: bool
) -> None:
    one, two = office.person(), office.person()
    office.permit(one, "KITAS", "2014-06-01", "2021-12-31")
    permit = office.permit(two, "KITAP", "2014-06-01", "2022-12-31")
    with office.change() as change:
        reports.record(change, office.permit_of_id(permit), date(2019, 6, 1), office.today)
    before = facts(office)
    kept, other = (two, one) if reporter_is_kept else (one, two)
    merged = joined(office, kept, other, permit=int(reporter_is_kept))
    assert [(one.record, one.column, one.left) for one in merged.left] == [
        (1 - reporter_is_kept, "report", "2019-06-01"),
        (1 - reporter_is_kept, "permit", "2 (KITAP)"),
    ]
    assert office.rows("SELECT * FROM permit_report") == []
    take_back(office)
    assert facts(office) == before


def test_a_permit_of_which_nothing_is_known_gives_way_only_where_that_is_chosen(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.permit(one, "KITAS")
    office.permit(two, "KITAP", "2020-01-01", "2024-12-31")
    assert [line.partition(":")[0] for line in refused(office, one, two)] == ["permit, from 2020-01-01"]
    joined(office, one, two, permit=1)
    assert [row[1:] for row in chain(office, one)] == [
        (None, None, "2020-01-01", "CONVERTED", "NEW"),
        ("2020-01-01", "2024-12-31", None, None, "CONVERSION"),
    ]


def test_chains_that_run_side_by_side_are_refused(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.extend(office.permit(one, "KITAS", "2018-01-01", "2018-12-31"), "2018-12-20", "2019-12-19")
    office.permit(two, "KITAS", "2018-06-01", "2019-05-31")
    (reason,) = refused(office, one, two)
    said = "resident 1 says permit 1 (KITAS), resident 2 says permit 3 (KITAS)"
    assert reason == f"permit, 2018-06-01 to 2018-12-19: {said}. Choose: --permit-of 1 or 2"


def test_a_permit_of_unknown_beginning_has_no_place_after_an_end(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.revoke(office.permit(one, "KITAS", "2018-01-01", "2018-12-31"), "2018-06-01")
    office.permit(two, "KITAP", None, "2024-05-31")
    assert [line.partition(":")[0] for line in refused(office, one, two)] == ["permit, 2018-01-01 to 2018-05-31"]


def test_a_revoked_permit_stays_revoked(office: "Office") -> None:
    one, two = office.person(), office.person()
    office.permit(one, "KITAP", "2020-01-01", "2024-12-31")
    office.revoke(office.permit(two, "KITAS", "2018-01-01", "2018-12-31"), "2018-06-01")
    joined(office, one, two)
    assert [row[3:] for row in chain(office, one)] == [("2018-06-01", "REVOKED", "NEW"), (None, None, "NEW")]


# Residences ------------------------------------------------------------------------------------------------------


def test_two_records_in_one_village_live_there_once_since_the_earlier_day(office: "Office") -> None:
    one, two = office.person(village=DUKONG, since="2019-05-01"), office.person(village=DUKONG, since="2018-01-01")
    assert joined(office, one, two).brought["residence"] == 1
    assert homes(office, one) == [(DUKONG, "2018-01-01", None)]


@pytest.mark.parametrize(("mine", "theirs"), [(None, DUKONG), (DUKONG, None)])
def test_a_village_that_one_record_does_not_know_is_the_others(
    office: "Office", mine: str | None, theirs: str | None
) -> None:
    one, two = office.person(village=mine, since="2018-01-01"), office.person(village=theirs, since="2018-01-01")
    joined(office, one, two)
    assert homes(office, one) == [(DUKONG, "2018-01-01", None)]


def test_a_village_is_not_moved_to_days_before_it_was_recorded(office: "Office") -> None:
    one, two = office.person(village=None), office.person(village=DUKONG, since="2018-01-01")
    joined(office, one, two)
    assert homes(office, one) == [(None, None, "2018-01-01"), (DUKONG, "2018-01-01", None)]


def test_a_known_village_does_not_give_way_to_a_move_to_one_that_nobody_knows(office: "Office") -> None:
    one, two = office.person(village=DUKONG, since="2018-01-01"), office.person(village=DUKONG, since="2018-01-01")
    office.move(two, None, "2019-05-01")
    joined(office, one, two)
    assert homes(office, one) == [(DUKONG, "2018-01-01", None)]


def test_another_village_later_is_a_move(office: "Office") -> None:
    one, two = office.person(village=DUKONG, since="2018-01-01"), office.person(village=SIJUK, since="2019-05-01")
    joined(office, one, two)
    assert homes(office, one) == [(DUKONG, "2018-01-01", "2019-05-01"), (SIJUK, "2019-05-01", None)]
    assert office.totals("2020-09-17") == {"19.02.04": 1}


def test_a_move_on_one_record_is_a_move_of_the_person(office: "Office") -> None:
    one, two = office.person(village=DUKONG, since="2018-01-01"), office.person(village=DUKONG, since="2018-03-01")
    office.move(two, SIJUK, "2019-05-01")
    joined(office, one, two)
    assert homes(office, one) == [(DUKONG, "2018-01-01", "2019-05-01"), (SIJUK, "2019-05-01", None)]


def test_villages_of_which_nothing_tells_the_later_are_refused(office: "Office") -> None:
    one, two = office.person(village=DUKONG), office.person(village=SIJUK, since="2019-05-01")
    assert refused(office, one, two) == [
        "place, from 2019-05-01: resident 1 says Dukong, resident 2 says Sijuk. Choose: --place-of 1 or 2"
    ]
    joined(office, one, two, place=1)
    assert homes(office, one) == [(DUKONG, None, "2019-05-01"), (SIJUK, "2019-05-01", None)]


@pytest.mark.slow
def test_two_villages_at_one_time_are_refused_and_a_choice_decides(office: "Office") -> None:
    one, two = office.person(village=DUKONG, since="2018-01-01"), office.person(village=TERONG, since="2018-06-01")
    office.move(one, SIJUK, "2019-05-01")
    assert refused(office, one, two) == [
        "place, 2018-06-01 to 2019-04-30: resident 1 says Dukong, resident 2 says Terong. Choose: --place-of 1 or 2"
    ]
    assert [str(one.days.taken) for one in joined(office, one, two, place=1).life.differences] == ["Terong", "Terong"]
    assert homes(office, one) == [(DUKONG, "2018-01-01", "2018-06-01"), (TERONG, "2018-06-01", None)]
    take_back(office)
    joined(office, one, two, place=0)
    assert homes(office, one) == [(DUKONG, "2018-01-01", "2019-05-01"), (SIJUK, "2019-05-01", None)]
