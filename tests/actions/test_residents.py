"""People: added, moved, departed, returned, removed; their passports and families."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from timpora_cli.actions import family, passports, residents, sponsors, stays
from timpora_cli.actions.family import Relative
from timpora_cli.actions.residents import NioraTaken
from timpora_cli.actions.stays import (
    AlreadyDeparted,
    BeforeDeparture,
    BornLater,
    InFuture,
    NewResidence,
    NotYetArrived,
    corrections,
)
from timpora_cli.errors import TimporaError
from timpora_cli.queries.personal.dossier import dossier
from timpora_cli.store.constraints import BrokenRule

if TYPE_CHECKING:
    from tests.conftest import Office

AIR_MERBAU, TANJUNG_BINGA, DUKONG = "19.02.01.2012", "19.02.04.2005", "19.06.07.2004"
TANJUNGPANDAN, SIJUK, SIMPANG_PESAK = "19.02.01", "19.02.04", "19.06.07"
RESIDENCES = "SELECT village_code, from_on, until_on FROM residence WHERE resident_id = ? ORDER BY id"
PASSPORTS = "SELECT number, retired_on FROM passport WHERE resident_id = ? ORDER BY id"


def refused(office: "Office", kind: type[TimporaError], what: Callable[[], object]) -> str:
    before = office.dump()
    with pytest.raises(kind) as error:
        what()
    assert office.dump() == before
    assert error.value.exit_code == 1
    return str(error.value)


def renew(office: "Office", resident: int, number: str, issued: str | None = None, expires: str | None = None) -> None:
    printed = passports.NewPassport(
        number, "AUS", date.fromisoformat(issued) if issued else None, date.fromisoformat(expires) if expires else None
    )
    with office.change() as change:
        passports.record(change, office.resident(resident), printed, office.today)


# Added --------------------------------------------------------------------------------------------------------------


def test_a_person_is_recorded_with_all_that_was_said(office: "Office") -> None:
    ann = office.person(
        "Ann Invented",
        sex="F",
        born="1980-05-05",
        birthplace="Perth",
        purpose_code="WORK",
        occupation="made up",
        niora="N1",
        arrived="2018-12-01",
        passport="X1",
        sponsor="PT Contoh",
        since="2019-01-01",
    )
    ann_now = dossier(office.connection, ann, office.today)
    assert (ann_now.name, ann_now.sex, ann_now.born, ann_now.birthplace) == (
        "Ann Invented",
        "F",
        date(1980, 5, 5),
        "Perth",
    )
    assert (ann_now.nationality, ann_now.purpose, ann_now.niora, ann_now.sponsor) == ("AUS", "WORK", "N1", "PT Contoh")
    assert [(passport.number, passport.country) for passport in ann_now.passports] == [("X1", "AUS")]
    assert [(home.village, home.district, home.since) for home in ann_now.residences] == [
        (None, None, date(2018, 12, 1)),  # somewhere else here, from the arrival on
        ("Air Merbau", "Tanjungpandan", date(2019, 1, 1)),
    ]
    assert ann_now.permit is None
    assert ann_now.departed is None


def test_a_person_without_a_village_is_present_all_the_same(office: "Office") -> None:
    office.person(village=None)
    assert office.totals("2020-09-17") == {None: 1}


def test_a_person_counts_from_the_day_of_moving_in_and_since_ever_where_nobody_knows(office: "Office") -> None:
    office.person("Ann Invented", since="2020-02-29")
    assert [sum(office.totals(day).values()) for day in ("2020-02-28", "2020-02-29")] == [0, 1]
    office.person("Bob Invented")
    assert sum(office.totals("1950-01-01").values()) == 1


def test_two_people_may_have_one_name(office: "Office") -> None:
    assert office.person("Ann Invented", passport="X1") != office.person("Ann Invented", passport="X2")


def test_a_passport_of_one_country_is_recorded_once(office: "Office") -> None:
    ann = office.person("Ann Invented", passport="X1")
    sentence = refused(office, passports.PassportTaken, lambda: office.person("Bob Invented", passport="X1"))
    assert f"Passport X1 of AUS is already recorded for resident {ann}" in sentence
    office.person("Cid Invented", "NZL", passport="X1")  # the same number of another country is another passport


def test_a_retired_passport_is_still_that_persons(office: "Office") -> None:
    ann = office.person("Ann Invented", passport="X1")
    renew(office, ann, "X2")
    refused(office, passports.PassportTaken, lambda: office.person("Bob Invented", passport="X1"))
    refused(office, passports.PassportTaken, lambda: renew(office, ann, "X1"))


def test_a_niora_is_one_persons_own(office: "Office") -> None:
    ann = office.person("Ann Invented", niora="N1")
    bob = office.person("Bob Invented", niora="N2")
    sentence = refused(office, NioraTaken, lambda: office.person("Cid Invented", niora="N1"))
    assert f"NIORA N1 is already recorded for resident {ann}" in sentence

    def edit(niora: str | None) -> None:
        with office.change() as change:
            residents.edit(change, office.resident(bob), {"niora": niora})

    refused(office, NioraTaken, lambda: edit("N1"))
    edit("N2")
    edit(None)
    assert office.rows("SELECT niora FROM resident WHERE id = ?", bob) == [(None,)]


def test_a_sponsor_is_recorded_once_in_any_letter_case(office: "Office") -> None:
    for name in ("Ann Invented", "Bob Invented"):
        office.person(name, sponsor="PT Contoh" if name.startswith("Ann") else "pt CONTOH")
    assert office.rows("SELECT name FROM sponsor") == [("PT Contoh",)]


def test_a_sponsors_kind_is_recorded_when_it_becomes_known(office: "Office") -> None:
    def sponsored(kind: str | None) -> None:
        with office.change() as change:
            sponsors.sponsor_id(change, "PT Contoh", kind)

    for kind, recorded in ((None, None), ("COMPANY", "COMPANY"), (None, "COMPANY"), ("COMPANY", "COMPANY")):
        sponsored(kind)
        assert office.rows("SELECT kind FROM sponsor") == [(recorded,)]
    with pytest.raises(sponsors.OfAnotherKind, match="recorded as COMPANY, not PERSON"):
        sponsored("PERSON")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"nationality": "IDN"}, "of foreign nationals"),
        ({"name": "  "}, "a resident has a name"),
        ({"nationality": "ZZZ"}, "does not exist"),
        ({"village": "19.02.01.9999"}, "does not exist"),
        ({"passport": "x 1"}, "letters A-Z and digits only"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_half_recorded(
    office: "Office", facts: dict[str, Any], sentence: str
) -> None:
    assert sentence in refused(office, BrokenRule, lambda: office.person(**facts))


def test_nobody_arrives_before_the_day_of_birth(office: "Office") -> None:
    sentence = refused(office, BornLater, lambda: office.person(born="2000-01-02", arrived="2000-01-01"))
    assert "before the day of birth 2000-01-02" in sentence


# Corrected ----------------------------------------------------------------------------------------------------------


def test_a_correction_keeps_what_it_replaces(office: "Office") -> None:
    ann = office.person("An Invented")
    with office.change() as change:
        residents.edit(change, office.resident(ann), {"full_name": "Ann Invented"})
    assert office.resident(ann).name == "Ann Invented"
    assert office.rows("SELECT full_name FROM resident_version") == [("An Invented",)]


def test_a_residence_written_down_wrongly_is_corrected_where_it_stands(office: "Office") -> None:
    ann = office.person(since="2019-01-01")
    with office.change() as change:
        corrections.correct_residence(change, office.resident(ann), {"village_code": DUKONG, "rt": "03"})
    assert office.rows(RESIDENCES, ann) == [(DUKONG, "2019-01-01", None)]
    assert office.totals("2019-06-01") == {SIMPANG_PESAK: 1}


# Moved --------------------------------------------------------------------------------------------------------------


def test_a_mover_counts_in_the_old_district_the_day_before_and_in_the_new_one_that_day(office: "Office") -> None:
    ann = office.person(since="2019-01-01")
    office.move(ann, TANJUNG_BINGA, "2020-09-10")
    assert office.rows(RESIDENCES, ann) == [
        (AIR_MERBAU, "2019-01-01", "2020-09-10"),
        (TANJUNG_BINGA, "2020-09-10", None),
    ]
    assert office.totals("2020-09-09") == {TANJUNGPANDAN: 1}
    assert office.totals("2020-09-10") == {SIJUK: 1}


def test_a_mover_keeps_the_permit(office: "Office") -> None:
    ann = office.person(since="2019-01-01")
    office.permit(ann, "KITAS", "2019-06-01", "2021-06-01")
    office.move(ann, None, "2020-09-10")
    assert office.state(ann, "2020-09-10") == "VALID"
    assert office.totals("2020-09-10") == {None: 1}


def test_nobody_moves_before_the_day_of_the_last_move(office: "Office") -> None:
    ann = office.person(since="2019-01-01")
    office.move(ann, TANJUNG_BINGA, "2020-09-10")
    sentence = refused(office, NotYetArrived, lambda: office.move(ann, DUKONG, "2020-09-09"))
    assert "2020-09-09 is before 2020-09-10" in sentence
    office.move(ann, DUKONG, "2020-09-10")
    assert office.totals("2020-09-10") == {SIMPANG_PESAK: 1}


# Departed and returned ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["DEPARTED", "DEPORTED", "DIED", "NATURALISED"])
def test_whoever_departs_is_not_counted_that_day_and_holds_no_permit(office: "Office", how: str) -> None:
    ann = office.person(since="2019-01-01")
    held = office.permit(ann, "KITAS", "2019-06-01", "2021-06-01")
    assert office.depart(ann, "2020-09-10", how) == held
    assert office.totals("2020-09-09") == {TANJUNGPANDAN: 1}
    assert office.totals("2020-09-10") == {}
    assert office.state(ann, "2020-09-09") == "VALID"
    assert office.rows("SELECT ended_on, end_reason FROM permit") == [("2020-09-10", how)]
    assert office.resident(ann).departed == date(2020, 9, 10)
    assert office.rows("SELECT * FROM current_permit") == office.rows("SELECT * FROM current_residence") == []


def test_whoever_departs_without_a_permit_ends_none(office: "Office") -> None:
    ann = office.person()
    assert office.depart(ann, "2020-09-10") is None
    assert office.totals("2020-09-10") == {}


def test_whoever_has_departed_departs_no_second_time(office: "Office") -> None:
    ann = office.person()
    office.depart(ann, "2020-09-10")
    sentence = refused(office, AlreadyDeparted, lambda: office.depart(ann, "2020-09-11"))
    assert "departed on 2020-09-10" in sentence
    assert f"timpora resident return {ann} --on DATE" in sentence
    with pytest.raises(AlreadyDeparted), office.change() as change:
        corrections.correct_residence(change, office.resident(ann), {"rt": "03"})


def test_nobody_departs_tomorrow_or_before_a_residence_or_a_permit_began(office: "Office") -> None:
    ann = office.person(since="2019-01-01")
    assert "2020-09-18 is after today" in refused(office, InFuture, lambda: office.depart(ann, "2020-09-18"))
    refused(office, NotYetArrived, lambda: office.depart(ann, "2018-12-31"))
    office.permit(ann, "KITAS", "2019-06-01", "2021-06-01")
    assert "2019-05-31 is before 2019-06-01" in refused(office, NotYetArrived, lambda: office.depart(ann, "2019-05-31"))
    office.depart(ann, "2019-06-01")
    assert office.totals("2019-06-01") == {}


def test_a_departure_before_the_arrival_on_record_is_refused(office: "Office") -> None:
    ann = office.person(arrived="2019-05-01")
    assert "2019-04-30 is before 2019-05-01" in refused(office, NotYetArrived, lambda: office.depart(ann, "2019-04-30"))


def test_whoever_returns_is_present_again_without_the_old_permit(office: "Office") -> None:
    ann = office.person(since="2019-01-01", arrived="2018-12-30")
    office.permit(ann, "KITAS", "2019-06-01", "2021-06-01", "P1")
    office.depart(ann, "2019-09-10")
    office.return_(ann, DUKONG, "2020-01-10")
    assert office.resident(ann).departed is None
    days = {day: office.totals(day) for day in ("2019-09-09", "2019-09-10", "2020-01-09", "2020-01-10")}
    assert list(days.values()) == [{TANJUNGPANDAN: 1}, {}, {}, {SIMPANG_PESAK: 1}]
    assert office.state(ann, "2020-01-10") is None
    office.permit(ann, "KITAS", "2020-01-15", "2021-01-15", "P2")
    assert office.state(ann, "2020-01-15") == "VALID"
    assert dossier(office.connection, ann, office.today).arrived == date(2020, 1, 10)


def test_nobody_returns_before_the_departure(office: "Office") -> None:
    ann = office.person()
    office.depart(ann, "2019-09-10")
    refused(office, BeforeDeparture, lambda: office.return_(ann, DUKONG, "2019-09-09"))
    office.return_(ann, DUKONG, "2019-09-10")
    assert office.totals("2019-09-10") == {SIMPANG_PESAK: 1}


# Removed ------------------------------------------------------------------------------------------------------------


def test_a_person_entered_by_mistake_goes_with_all_that_hangs_on_the_record_and_the_versions_stay(
    office: "Office",
) -> None:
    bob = office.person("Bob Invented")
    ann = office.person(
        "Ann Invented",
        passport="X1",
        since="2019-01-01",
        relatives=[Relative("SPOUSE", bob), Relative("CHILD", None, "Kid")],
    )
    office.extend(office.permit(ann, "KITAS", "2018-06-01", "2019-06-01"), "2019-05-01", "2020-06-01")
    office.permit(ann, "ITK", "2018-03-01", "2018-06-01")  # filled in last, so that ids and days disagree
    office.move(ann, DUKONG, "2019-09-01")
    with office.change() as change:
        family.add_relative(change, bob, Relative("PARENT", ann))
    facts = ("passport", "residence", "stay", "family_link", "permit", "resident")
    before = {table: office.rows(f"SELECT * FROM {table} ORDER BY id") for table in facts}
    gone = office.remove(ann)
    assert gone == 11
    assert office.rows("SELECT full_name FROM resident") == [("Bob Invented",)]
    for table in ("passport", "permit", "family_link"):
        assert office.rows(f"SELECT * FROM {table}") == []
    (last,) = office.rows("SELECT max(id) FROM change")[0]
    for table in facts:
        kept = [row[:-1] for row in office.rows(f"SELECT * FROM {table}_version WHERE until_change = ?", last)]
        stayed = office.rows(f"SELECT * FROM {table}")
        # The chain is untied from its end as it goes, so what it followed is in the versions before the last.
        assert sorted(row[0] for row in [*kept, *stayed]) == [row[0] for row in before[table]]
    assert office.totals("2019-01-01") == {TANJUNGPANDAN: 1}


def test_grants_of_one_day_are_no_hindrance_to_removing(office: "Office") -> None:
    ann = office.person()
    later = office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    office.permit(ann, "ITK", "2019-03-01", "2019-05-01")
    office.edit(later, issued_on="2019-03-01")
    office.remove(ann)
    assert office.rows("SELECT count(*) FROM permit") == [(0,)]


# Passports ----------------------------------------------------------------------------------------------------------


def test_a_new_passport_retires_the_old_one_on_its_day_of_issue(office: "Office") -> None:
    ann = office.person(passport="X1")
    renew(office, ann, "X2", "2020-03-01", "2030-03-01")
    assert office.rows(PASSPORTS, ann) == [("X1", "2020-03-01"), ("X2", None)]
    renew(office, ann, "X3")
    assert office.rows(PASSPORTS, ann) == [("X1", "2020-03-01"), ("X2", "2020-09-17"), ("X3", None)]


def test_a_person_without_a_passport_gets_the_first(office: "Office") -> None:
    ann = office.person()
    renew(office, ann, "X1")
    assert office.rows(PASSPORTS, ann) == [("X1", None)]


def test_a_passports_days_are_corrected_where_there_is_one(office: "Office") -> None:
    ann, bob = office.person(passport="X1"), office.person("Bob Invented")
    with office.change() as change:
        assert passports.correct(change, office.resident(ann), {"expires_on": "2025-01-01"}, office.today)
    with office.change() as change:
        assert not passports.correct(change, office.resident(bob), {"expires_on": "2025-01-01"}, office.today)
    assert office.rows("SELECT expires_on FROM passport") == [("2025-01-01",)]


# Families -----------------------------------------------------------------------------------------------------------


def kin(office: "Office", resident: int) -> list[tuple[str, str, date | None, date | None]]:
    relatives = dossier(office.connection, resident, office.today).family
    return [(relative.relation, relative.name, relative.since, relative.until) for relative in relatives]


def test_a_link_is_seen_from_both_sides(office: "Office") -> None:
    ann = office.person("Ann Invented")
    bob = office.person("Bob Invented", relatives=[Relative("SPOUSE", ann, since=date(2015, 2, 1))])
    kid = office.person("Kid Invented", relatives=[Relative("PARENT", ann)])
    assert kin(office, ann) == [
        ("SPOUSE", "Bob Invented", date(2015, 2, 1), None),
        ("CHILD", "Kid Invented", None, None),
    ]
    assert kin(office, bob) == [("SPOUSE", "Ann Invented", date(2015, 2, 1), None)]
    assert kin(office, kid) == [("PARENT", "Ann Invented", None, None)]


def test_a_citizen_is_a_relative_by_name(office: "Office") -> None:
    ann = office.person(relatives=[Relative("SPOUSE", citizen_name="Budi Contoh", born=date(1979, 1, 1))])
    (relative,) = dossier(office.connection, ann, office.today).family
    assert (relative.name, relative.nationality, relative.resident_id) == ("Budi Contoh", "IDN", None)
    assert relative.born == date(1979, 1, 1)


def test_a_marriage_ends_from_either_side_and_only_once(office: "Office") -> None:
    ann = office.person("Ann Invented")
    bob = office.person("Bob Invented", relatives=[Relative("SPOUSE", ann, since=date(2015, 2, 1))])

    def end(resident: int) -> None:
        with office.change() as change:
            family.end_marriage(change, resident, date(2020, 5, 1))

    end(ann)
    assert kin(office, bob) == [("SPOUSE", "Ann Invented", date(2015, 2, 1), date(2020, 5, 1))]
    for resident in (ann, bob):
        sentence = refused(office, family.NotMarried, partial(end, resident))
        assert "no marriage on record" in sentence


def test_a_marriage_does_not_end_before_it_began(office: "Office") -> None:
    ann = office.person(relatives=[Relative("SPOUSE", citizen_name="Budi Contoh", since=date(2015, 2, 1))])

    def end() -> None:
        with office.change() as change:
            family.end_marriage(change, ann, date(2015, 1, 31))

    refused(office, BrokenRule, end)


@pytest.mark.parametrize(
    ("relative", "sentence"),
    [
        (Relative("CHILD"), "a family link names one relative"),
        (Relative("CHILD", 999), "does not exist"),
        (Relative("CHILD", citizen_name=" "), "a relative has a name"),
        (Relative("SPOUSE", 1, "Budi Contoh"), "a family link names one relative"),
        (Relative("SPOUSE", 2), "nobody is their own relative"),
    ],
)
def test_a_child_of_nobody_is_refused(office: "Office", relative: Relative, sentence: str) -> None:
    office.person("Ann Invented")
    said = refused(office, BrokenRule, lambda: office.person("Bob Invented", relatives=[relative]))
    assert sentence in said


def test_a_new_residence_says_where_exactly(office: "Office") -> None:
    ann = office.person()
    with office.change() as change:
        home = NewResidence(DUKONG, "Jalan Contoh 1", "03", "02")
        stays.move(change, office.resident(ann), home, date(2020, 1, 1))
    assert office.rows("SELECT address, rt, rw, village FROM current_residence") == [
        ("Jalan Contoh 1", "03", "02", "Dukong")
    ]
