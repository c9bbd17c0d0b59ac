"""The chain of one person's permits, as the rows of a sheet give it: which came first, and what is refused."""

from typing import TYPE_CHECKING

import pytest

from tests.actions.intake.memory import Row, bring, entries
from timpora_cli.actions.intake.recorded import Person

if TYPE_CHECKING:
    from timpora_cli.sheets.headers import Field

WHO: Row = {"name": "Ann Invented", "passport_number": "X0001", "nationality": "AUS"}
Days = tuple[str | None, str | None, str | None, str | None]


def row(number: str | None, issued: str | None, expires: str | None, kind: str | None = "KITAS") -> Row:
    values: dict[Field, str | None] = {"permit_number": number, "issued": issued, "expires": expires, "class": kind}
    return {**WHO, **{name: value for name, value in values.items() if value is not None}}


def chain(person: Person) -> list[Days]:
    """The number, the first day, the end and its reason of each permit."""
    return [(one.printed.get("permit_number"), one.starts, one.ended, one.reason) for one in person.grants]


def held(*rows: Row) -> list[Person]:
    brought = bring((), entries(rows))
    assert not brought.refused
    return brought.people


def refusal(people: list[Person], *rows: Row) -> str:
    brought = bring(people, entries(rows))
    (reason,) = set(brought.refused.values())
    assert brought.people == people
    return reason


FIRST = row("N1", "2020-01-01", "2020-12-31")


def test_days_of_issue_say_which_came_first_before_last_days_do() -> None:
    visit = row("N1", "2020-06-01", "2020-07-30", "ITK")
    (person,) = held(visit, row("N2", "2020-05-01", "2021-05-01"))
    assert chain(person) == [("N2", "2020-05-01", "2020-06-01", "CONVERTED"), ("N1", "2020-06-01", None, None)]
    (person,) = held(visit, row("N2", "2020-07-01", "2020-07-15"))
    assert [one[0] for one in chain(person)] == ["N1", "N2"]


def test_last_days_say_it_where_an_issue_is_not_known() -> None:
    (person,) = held(FIRST, row("N2", None, "2021-12-31"))
    assert chain(person) == [("N1", "2020-01-01", "2020-09-17", "EXTENDED"), ("N2", "2020-09-17", None, None)]
    (person,) = held(row("N1", None, "2020-12-31"), row("N2", "2019-01-01", "2019-12-31"))
    assert chain(person) == [("N2", "2019-01-01", "2020-01-01", "EXTENDED"), ("N1", "2020-01-01", None, None)]


@pytest.mark.parametrize("one", [row("N2", None, None), row("N2", "2020-05-05", None), row(None, None, None, "ITK")])
def test_what_neither_day_tells_is_refused(one: Row) -> None:
    said = refusal(held(row("N1", None, "2020-12-31")), one)
    assert "nothing in this row tells" in said or "nothing tells whether" in said


def test_the_same_last_day_of_another_class_is_refused() -> None:
    assert "ends on 2020-12-31 as this one does" in refusal(held(FIRST), row("N2", None, "2020-12-31", "KITAP"))


def test_two_permits_on_one_day_are_refused() -> None:
    assert "nobody is granted two on one day" in refusal(held(FIRST), row("N2", "2020-01-01", "2021-12-31"))
    brought = bring((), entries([FIRST, row("N2", "2020-01-01", "2021-12-31")]))
    assert brought.refused == {
        2: "Line 3 of this sheet says otherwise: permit_number. One of the two lines is wrong.",
        3: "Line 2 of this sheet says otherwise: permit_number. One of the two lines is wrong.",
    }


@pytest.mark.parametrize(
    ("issued", "expires"),
    [("2020-06-01", "2020-11-30"), ("2019-06-01", "2021-01-01")],
)
def test_of_one_class_the_later_issued_must_end_later(issued: str, expires: str) -> None:
    said = refusal(held(FIRST), row("N2", issued, expires))
    assert f"There is permit 1001, issued on 2020-01-01 (KITAS until 2020-12-31), and this one on {issued}" in said


def revoked() -> list[Person]:
    (person,) = held(row("N1", "2020-01-01", "2024-12-31"))
    person.grants[0].ended, person.grants[0].reason = "2020-05-01", "REVOKED"
    return [person]


def test_a_permit_that_was_broken_off_may_have_been_the_longer() -> None:
    (person,) = bring(revoked(), entries([row("N2", "2020-06-01", "2020-12-31")])).people
    assert chain(person) == [("N1", "2020-01-01", "2020-05-01", "REVOKED"), ("N2", "2020-06-01", None, None)]
    assert person.grants[1].granted_as == "NEW"


def test_after_a_revocation_a_permit_needs_its_day_of_issue_after_it() -> None:
    assert "Give its day of issue" in refusal(revoked(), row("N2", None, "2025-12-31"))
    assert "would overlap with it" in refusal(revoked(), row("N2", "2020-04-01", "2025-12-31"))


def test_a_number_and_the_days_of_one_permit_may_stand_in_two_rows() -> None:
    (person,) = held(row("N1", None, None), row(None, "2020-01-01", "2020-12-31"))
    assert chain(person) == [("N1", "2020-01-01", None, None)]


def test_one_number_with_two_last_days_was_kept_in_a_renewal_and_a_row_without_one_is_refused() -> None:
    rows = [row("N1", None, "2020-05-31"), row("N1", None, "2021-05-31"), row("N1", None, None)]
    brought = bring((), entries(rows))
    assert list(brought.refused) == [4]
    assert "nothing in this row tells which is meant" in brought.refused[4]
    assert [one[1:3] for one in chain(brought.people[0])] == [(None, "2020-06-01"), ("2020-06-01", None)]


def test_what_set_says_is_the_weakest() -> None:
    told: Row = {"class": "ITK", "occupation": "guru", "nationality": "D"}
    rows = [row("N1", "2020-01-01", None, None), {**row("N1", None, None), "nationality": "AUS"}]
    (person,) = bring((), entries(rows), told=told).people
    assert (person.grants[0].printed["class"], person.facts["nationality"]) == ("KITAS", "AUS")
    assert person.facts["occupation"] == "guru"


def test_a_counted_first_day_on_record_gives_way_to_a_permit_that_was_issued_before_it() -> None:
    rows: list[Row] = [
        {"name": "Dee Contoh", "passport_number": "X4", "class": "KITAS", "expires": "2020-05-31"},
        {"name": "Dee Contoh", "passport_number": "X4", "nationality": "AUS", "class": "KITAS",
         "expires": "2020-12-31"},
        {"name": "Dee Contoh", "permit_number": "N2", "village": "19.02.01.2012"},
        {"name": "Dee Contoh", "passport_number": "X4", "class": "KITAP", "permit_number": "N2", "issued": "2020-01-01",
         "expires": "2024-12-31", "village": "19.02.04.2001"},
    ]  # fmt: skip
    first = bring((), entries(rows))
    again = first.again(entries(rows))
    assert set(first.refused) == set(again.refused) == {4, 5}
    assert set(again.came.values()) == {"unchanged"}
