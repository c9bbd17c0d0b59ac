"""The emergency stay permits of 2020, as the shipped rows tell them: who was covered, on which day, and until when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import permits, residents, stays
from timpora_cli.model.people import PermitHeld
from timpora_cli.model.terms import CLASSES

if TYPE_CHECKING:
    from tests.conftest import EffectiveEnd, Office

UNCOVERED = {"DIPLOMATIK", "DINAS", "PERALIHAN"}
KINDS = [kind.term.code for kind in CLASSES]


def held(office: "Office", resident: int, on: str) -> PermitHeld:
    permit = office.people(on)[resident].permit
    assert permit is not None
    return permit


@pytest.fixture
def visitor(office: "Office") -> int:
    """Somebody whose visit permit ended in the first weeks of the automatic relief."""
    resident = office.person("Ann Invented", since="2020-01-15")
    office.permit(resident, "ITK", "2020-03-01", "2020-04-30")
    return resident


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("on", "state", "effective", "overstay"),
    [
        ("2020-04-01", "VALID", date(2020, 4, 30), None),  # the day before the chain begins
        ("2020-04-02", "VALID", date.max, None),
        ("2020-04-30", "VALID", date.max, None),
        ("2020-05-01", "RELIEF", date.max, None),
        ("2020-06-01", "RELIEF", date.max, None),
        ("2020-07-12", "RELIEF", date.max, None),
        ("2020-07-13", "RELIEF", date(2020, 8, 12), None),
        ("2020-07-21", "RELIEF", date(2020, 8, 12), None),
        ("2020-07-22", "RELIEF", date(2020, 8, 20), None),
        ("2020-08-15", "RELIEF", date(2020, 8, 20), None),
        ("2020-08-17", "RELIEF", date(2020, 8, 20), None),
        ("2020-08-18", "RELIEF", date(2020, 9, 20), None),
        ("2020-09-17", "RELIEF", date(2020, 9, 20), None),
        ("2020-09-20", "RELIEF", date(2020, 9, 20), None),
        ("2020-09-21", "OVERSTAY", date(2020, 9, 20), 1),
        ("2020-11-19", "OVERSTAY", date(2020, 9, 20), 60),
    ],
)
def test_each_day_of_2020_has_the_deadline_of_the_row_that_spoke_then(
    office: "Office", visitor: int, on: str, state: str, effective: date, overstay: int | None
) -> None:
    permit = held(office, visitor, on)
    assert (permit.standing.state, permit.effective_until) == (state, effective)
    assert permit.standing.overstay_days == overstay
    assert permit.expires_on == date(2020, 4, 30)


def test_the_day_after_the_meeting_is_the_day_to_act_by(office: "Office", visitor: int) -> None:
    permit = held(office, visitor, "2020-09-17")
    assert permit.relief == "ITKT deadline 20 September 2020"
    assert permit.standing.act_by == date(2020, 9, 18)
    assert permit.standing.days_left == 3


def test_the_open_ended_relief_has_no_end_and_stands_on_no_list(office: "Office", visitor: int) -> None:
    permit = held(office, visitor, "2020-06-01")
    assert (permit.standing.days_left, permit.standing.act_by) == (None, None)
    assert permit.relief == "Automatic emergency stay permit (ITKT)"
    listed, account = office.listed("2020-06-01", "2030-01-01")
    assert listed == []
    assert (account.not_due, sum(account)) == (1, 1)


def test_the_first_day_of_overstay_has_the_fine_of_that_day(office: "Office", visitor: int) -> None:
    assert held(office, visitor, "2020-09-21").standing.fine == 1_000_000
    assert held(office, visitor, "2020-11-19").standing.fine == 60_000_000
    late = held(office, visitor, "2020-11-20").standing
    assert (late.fine, late.over_limit, late.overstay_days) == (None, 60, 61)


@pytest.mark.parametrize("kind", sorted(UNCOVERED))
def test_the_permits_of_another_ministry_are_not_covered(office: "Office", kind: str) -> None:
    ann = office.person(since="2019-01-01")
    office.permit(ann, kind, "2019-05-01", "2020-04-30")
    permit = held(office, ann, "2020-09-17")
    assert (permit.standing.state, permit.relief, permit.standing.overstay_days) == ("OVERSTAY", None, 140)


@pytest.mark.parametrize("expires", ["2015-06-30", "2020-03-15", "2020-04-01"])
def test_a_permit_that_ended_before_the_chain_is_not_revived(office: "Office", expires: str) -> None:
    ann = office.person()
    office.permit(ann, "KITAS", "2014-06-30", expires)
    for on in ("2020-04-02", "2020-06-01", "2020-09-17"):
        permit = held(office, ann, on)
        assert (permit.standing.state, permit.relief) == ("OVERSTAY", None)
        assert permit.effective_until == date.fromisoformat(expires)


def test_a_permit_printed_past_the_relief_is_untouched_by_it(office: "Office") -> None:
    ann = office.person(since="2019-01-01")
    office.permit(ann, "KITAS", "2019-06-01", "2021-06-01")
    permit = held(office, ann, "2020-09-17")
    assert (permit.effective_until, permit.relief, permit.standing.state) == (date(2021, 6, 1), None, "VALID")


def test_the_expiry_list_before_21_september_is_that_of_the_meeting(office: "Office", visitor: int) -> None:
    for name, kind, expires in (
        ("Bob Invented", "KITAS", "2020-09-20"),
        ("Cid Invented", "KITAS", "2020-09-21"),
        ("Dee Invented", "VOA", "2020-08-01"),
        ("Eva Invented", "DINAS", "2020-09-01"),
    ):
        office.permit(office.person(name, since="2019-01-01"), kind, "2020-01-20", expires)
    listed, _account = office.listed("2020-09-17", "2020-09-21")
    names = [office.resident(identity).name for identity in listed]
    assert names == ["Eva Invented", "Ann Invented", "Bob Invented", "Dee Invented"]
    assert office.listed("2020-09-17", "2020-09-20")[0] == [listed[0]]


def test_an_extension_under_relief_leaves_no_overstay(office: "Office", visitor: int) -> None:
    (permit,) = (person.permit for person in office.people("2020-09-10").values())
    assert permit is not None
    office.extend(permit.permit_id, "2020-09-11", "2020-10-30")
    days = ("2020-09-10", "2020-09-11", "2020-10-17", "2020-10-31")
    assert [office.state(visitor, day) for day in days] == ["RELIEF", "VALID", "DUE", "OVERSTAY"]


def each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.slow
def test_every_end_on_every_day_of_2020_is_the_oracles(office: "Office", effective_end: "EffectiveEnd") -> None:
    ends = each_day(date(2020, 3, 29), date(2020, 9, 25))
    printed = {}
    with office.change() as change:
        for number, expires in enumerate(ends):
            kind = KINDS[number % len(KINDS)]
            facts = {"full_name": f"Person {number} Invented", "nationality": "AUS"}
            resident = residents.add(change, residents.NewResident(facts, stays.NewResidence()))
            permits.add(change, resident, permits.Grant(kind, None, date(2020, 1, 1), expires), office.today)
            printed[resident] = (kind, expires)
    for on in each_day(date(2020, 3, 28), date(2020, 9, 26))[::2]:
        for resident, person in office.people(on.isoformat()).items():
            assert person.permit is not None
            kind, expires = printed[resident]
            assert person.permit.effective_until == effective_end(kind, expires, on), (kind, expires, on)
            assert person.permit.effective_until >= expires
            assert (person.permit.relief is not None) == (person.permit.effective_until > expires)


# Conditions that no shipped row has yet, and an officer may write ---------------------------------------------------


def relief(office: "Office", code: str, **columns: str | int | None) -> None:
    row: dict[str, str | int | None] = {
        "code": code, "name": code, "legal_basis": "made up", "effective_from": "2021-01-01", "in_country_only": 1,
        "extendable": "any", "source_url": "made up", "verified": 0, **columns,
    }  # fmt: skip
    with office.change() as change:
        change.insert("relief", row)
        change.insert("relief_class", {"relief_code": code, "class_code": "KITAS"})


def test_of_two_reliefs_the_one_that_reaches_further_counts(office: "Office") -> None:
    relief(office, "NEAR", effective_until="2021-03-01")
    relief(office, "FAR", effective_until="2021-06-01")
    ann = office.person()
    office.permit(ann, "KITAS", "2020-09-01", "2021-02-01")
    permit = held(office, ann, "2021-02-02")
    assert (permit.effective_until, permit.relief) == (date(2021, 6, 1), "FAR")


def test_a_relief_that_was_ended_stops_speaking_that_day(office: "Office") -> None:
    relief(office, "ENDED", effective_until="2021-06-01", ended_on="2021-03-01")
    ann = office.person()
    office.permit(ann, "KITAS", "2020-09-01", "2021-02-01")
    assert [office.state(ann, day) for day in ("2021-02-28", "2021-03-01")] == ["RELIEF", "OVERSTAY"]


def test_a_relief_may_be_for_ends_within_a_span(office: "Office") -> None:
    relief(office, "SPAN", effective_until="2021-12-01", expired_from="2020-12-01", expired_until="2021-02-01")
    for number, (expires, covered) in enumerate(
        [("2020-11-30", False), ("2020-12-01", True), ("2021-02-01", True), ("2021-02-02", False)]
    ):
        resident = office.person(f"Person {number} Invented")
        office.permit(resident, "KITAS", "2020-09-01", expires)
        assert (held(office, resident, "2021-03-01").relief == "SPAN") is covered, expires


def test_a_relief_for_those_who_entered_in_a_span_needs_a_day_of_entry_on_record(office: "Office") -> None:
    relief(office, "ENTRY", effective_until="2021-12-01", entered_from="2020-02-05", entered_until="2020-06-01")
    for arrived, covered in [
        ("2020-02-04", False),
        ("2020-02-05", True),
        ("2020-06-01", True),
        ("2020-06-02", False),
        (None, False),
    ]:
        resident = office.person(f"Arrived {arrived} Invented", arrived=arrived)
        office.permit(resident, "KITAS", "2020-09-01", "2021-02-01")
        assert (held(office, resident, "2021-03-01").relief == "ENTRY") is covered, arrived
