"""The lists of people: what a column of the permit shows of whoever has none, and the line that accounts for all."""

from datetime import date

from timpora_cli.model.people import Account, PermitHeld, Person, Place
from timpora_cli.model.rules import FineTerm, Standing, State
from timpora_cli.render.answer import Wanted, arrange
from timpora_cli.render.answers.people import EXPIRING, PEOPLE, account_line, permits

PLACE = Place("19.02.01.2012", "Air Merbau", "19.02.01", "Tanjungpandan")
DAY = date(2020, 9, 17)


def person(permit: PermitHeld | None) -> Person:
    return Person(12, "Ann Invented", "F", date(1980, 2, 29), "AUS", "WORK", None, None, PLACE, permit)


def permit(*, fine: int | None = None, over_limit: int | None = None) -> PermitHeld:
    standing = Standing(State.OVERSTAY, -70, 70, fine, over_limit, None)
    return PermitHeld(78, "KITAS", "2C21-0001", None, date(2020, 7, 9), date(2020, 7, 9), None, standing)


def test_who_has_no_permit_has_no_value_in_its_columns() -> None:
    wanted = Wanted("csv", columns=("name", "class", "permit_number", "effective_until", "state"))

    assert list(arrange(PEOPLE.of([person(None)]), wanted).rows) == [("Ann Invented", None, None, None, None)]


def test_the_list_of_permits_leaves_out_who_has_none() -> None:
    listed = permits([person(None), person(permit())])

    assert list(arrange(listed, Wanted("csv", columns=("permit_id", "resident_id"))).rows) == [(78, 12)]


def test_a_fine_and_a_limit_that_the_days_are_over_are_two_numbers() -> None:
    held = [person(permit(fine=1_000_000)), person(permit(over_limit=60)), person(permit())]

    assert list(arrange(EXPIRING.of(held), Wanted("csv", columns=("fine", "over_limit"))).rows) == [
        (1_000_000, None),
        (None, 60),
        (None, None),
    ]


def test_the_terms_of_a_fine_are_there_where_they_are_asked_for() -> None:
    terms = (FineTerm(DAY, DAY, 1, 300_000, "a"), FineTerm(DAY, DAY, 2, None, ""))
    answer = EXPIRING.of([person(permit()._replace(standing=permit().standing._replace(fine_terms=terms)))])

    for format_ in ("json", "csv", "plain"):
        assert "fine_terms" not in [column.key for column in arrange(answer, Wanted(format_)).columns]
    asked = Wanted("csv", columns=("fine_terms",))
    assert list(arrange(answer, asked).rows) == [("1 x 300000 + 2 x ?",)]


def test_the_account_leaves_out_what_nobody_is_counted_in() -> None:
    line = account_line(Account(2, 3, 0, 1, 0, 0), DAY, "without a permit")

    assert line == "2 listed + 3 not due + 1 without a permit + 0 departed = 6 people known on 2020-09-17."


def test_the_account_names_all_parts_where_they_count_somebody() -> None:
    line = account_line(Account(0, 0, 1, 0, 0, 2, told=1), DAY, "without a permit")

    assert line == (
        "0 listed + 1 told before + 1 earlier than --from + 0 not due + 0 without a permit + 0 departed"
        " + 2 outside the filters = 4 people known on 2020-09-17."
    )
