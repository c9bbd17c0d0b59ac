"""The decision table in intake/plan.py, line by line: where a row's permit belongs among those on record."""

from datetime import date
from itertools import product

import pytest

from timpora_cli.actions.intake.plan import (
    DESCRIBES,
    BothOnOneDay,
    EndsOutOfTurn,
    NoIssueDay,
    NotOrdered,
    PeriodUnknown,
    Slot,
    placed,
)
from timpora_cli.actions.permits import Grant
from timpora_cli.errors import Refused
from timpora_cli.model.people import Permit


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def held(
    number: str | None = "N1",
    issued: str | None = "2020-01-01",
    expires: str | None = "2020-12-31",
    kind: str = "KITAS",
    *,
    identity: int = 1,
    ended: str | None = None,
    reason: str | None = "EXTENDED",
) -> Permit:
    return Permit(
        identity, 1, kind, number, day(issued), day(issued), day(expires), day(ended), reason if ended else None, None
    )


def row(number: str | None, issued: str | None, expires: str | None, kind: str = "KITAS") -> Grant:
    return Grant(kind, number, day(issued), day(expires))


# The row's own cells, beside a permit on record that says all of N1, 2020-01-01, 2020-12-31, KITAS.
NUMBERS = {"same": "N1", "other": "N2", "unknown": None}
ISSUED = {"same": "2020-01-01", "other": "2020-12-01", "unknown": None}
EXPIRES = {"same": "2020-12-31", "other": "2021-12-31", "unknown": None}
CLASSES = {"same": "KITAS", "other": "KITAP"}


def expected(line: tuple[str, ...]) -> bool:
    """Whether a row that agrees like this describes the permit on record, as the issue's rules have it."""
    number, issued, expires, kind = line
    if number == "same":
        return "same" in {issued, expires} or (issued, expires) == ("unknown", "unknown")
    if number == "other":
        return kind == "same" and (
            (issued == "same" and expires != "other") or (issued == "unknown" and expires == "same")
        )
    if kind == "other":
        return (issued, expires) == ("same", "same")
    return "same" in {issued, expires} or (issued, expires) == ("unknown", "unknown")


@pytest.mark.parametrize("line", list(product(NUMBERS, ISSUED, EXPIRES, CLASSES)), ids="-".join)
def test_each_way_to_agree_with_the_permit_on_record_is_decided(line: tuple[str, str, str, str]) -> None:
    number, issued, expires, kind = line
    one, grant = held(), row(NUMBERS[number], ISSUED[issued], EXPIRES[expires], CLASSES[kind])
    try:
        found = placed(grant, [one])
    except Refused:
        found = None
    assert (found == Slot("same", one)) == expected(line)
    if issued == "other" and not expected(line):
        out_of_turn = (expires, kind) == ("same", "same")
        assert found == (None if out_of_turn else Slot("after", one))


@pytest.mark.parametrize("line", list(product(NUMBERS, ISSUED, EXPIRES, CLASSES)), ids="-".join)
def test_it_is_the_same_which_of_both_does_not_say(line: tuple[str, str, str, str]) -> None:
    """A blank on record leaves a row as undecided as a blank in the row."""
    number, issued, expires, kind = line
    full = row("N2" if number == "other" else "N1", "2020-12-01" if issued == "other" else "2020-01-01",
               "2021-12-31" if expires == "other" else "2020-12-31", CLASSES[kind])  # fmt: skip
    one = held(
        None if number == "unknown" else "N1",
        None if issued == "unknown" else "2020-01-01",
        None if expires == "unknown" else "2020-12-31",
    )
    try:
        found = placed(full, [one])
    except Refused:
        found = None
    assert (found == Slot("same", one)) == expected(line)


def test_the_table_has_a_line_for_all_that_describes_and_no_other() -> None:
    fitting = {
        line
        for line in product(NUMBERS, ISSUED, EXPIRES, CLASSES)
        if any(all(wanted in {"any", found} for found, wanted in zip(line, row, strict=True)) for row in DESCRIBES)
    }
    assert fitting == {line for line in product(NUMBERS, ISSUED, EXPIRES, CLASSES) if expected(line)}


def test_a_first_grant_is_beside_none() -> None:
    assert placed(row("N1", None, None), []) == Slot("first")


def test_a_number_is_the_same_in_another_spelling() -> None:
    one = held("2C21 JD-0001")
    assert placed(row("2c21jd0001", None, None), [one]) == Slot("same", one)


def test_days_of_issue_say_which_came_first_before_last_days_do() -> None:
    visit = held("N1", "2020-06-01", "2020-07-30", "ITK")
    assert placed(row("N2", "2020-05-01", "2021-05-01"), [visit]).kind == "before"
    assert placed(row("N2", "2020-07-01", "2020-07-15"), [visit]).kind == "after"


def test_last_days_say_it_where_an_issue_is_not_known() -> None:
    assert placed(row("N2", None, "2021-12-31"), [held()]).kind == "after"
    assert placed(row("N2", "2019-01-01", "2019-12-31"), [held(issued=None)]).kind == "before"


def test_an_earlier_one_without_its_day_of_issue_has_no_place() -> None:
    with pytest.raises(NoIssueDay):
        placed(row("N2", None, "2019-12-31"), [held()])


@pytest.mark.parametrize("grant", [row("N2", None, None), row("N2", "2020-05-05", None), row(None, None, None, "ITK")])
def test_what_neither_day_tells_is_refused(grant: Grant) -> None:
    with pytest.raises(NotOrdered):
        placed(grant, [held(issued=None)])


def test_the_same_last_day_of_another_class_is_refused() -> None:
    with pytest.raises(NotOrdered):
        placed(row("N2", None, "2020-12-31", "KITAP"), [held()])


def test_two_grants_on_one_day_are_refused() -> None:
    with pytest.raises(BothOnOneDay):
        placed(row("N2", "2020-01-01", "2021-12-31"), [held()])


@pytest.mark.parametrize(
    ("issued", "expires"),
    [("2020-06-01", "2020-11-30"), ("2020-06-01", "2020-12-31"), ("2019-06-01", "2021-01-01")],
)
def test_of_one_class_the_later_issued_must_end_later(issued: str, expires: str) -> None:
    with pytest.raises(EndsOutOfTurn):
        placed(row("N2", issued, expires), [held()])


def test_a_grant_that_was_broken_off_may_have_been_the_longer() -> None:
    revoked = held(expires="2024-12-31", ended="2020-05-01", reason="REVOKED")
    assert placed(row("N2", "2020-06-01", "2020-12-31"), [revoked]) == Slot("anew", revoked)


def test_after_a_revocation_a_grant_needs_its_day_of_issue() -> None:
    with pytest.raises(PeriodUnknown):
        placed(row("N2", None, "2024-12-31"), [held(ended="2020-05-01", reason="REVOKED")])


def test_of_several_that_fit_the_one_that_agrees_most_is_described() -> None:
    first = held("N1", "2019-01-01", "2019-12-31", ended="2020-01-01")
    second = held("N1", "2020-01-01", "2020-12-31", identity=2)
    chain = [first, second]
    assert placed(row("N1", None, "2019-12-31"), chain).beside == first
    assert placed(row("N1", "2019-01-01", None), chain).beside == first
    assert placed(row("N1", None, None), chain).beside == second
    assert placed(row(None, None, None), chain).beside == second


def test_an_ended_grant_is_filled_in_only_where_something_points_to_it() -> None:
    ended = held(None, None, None, ended="2020-02-01", reason="CONVERTED")
    current = held("N2", "2020-02-01", "2025-01-31", "KITAP", identity=2)
    assert placed(row(None, None, None, "KITAS"), [ended, current]).beside == ended
    with pytest.raises(Refused):
        placed(row("N9", None, "2020-03-03", "KITAS"), [ended, current])
