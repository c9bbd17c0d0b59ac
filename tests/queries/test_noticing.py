"""What a change accepts and says: each kind on the edge between saying it and not, and nothing else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import passports, permits, residents, stays
from timpora_cli.actions.law import add_rule
from timpora_cli.model.law import NewRule
from timpora_cli.model.rules import State
from timpora_cli.queries.noticing import noticed

if TYPE_CHECKING:
    from tests.conftest import Office

Said = list[tuple[str, str]]


def granted(
    office: "Office", resident: int, kind: str, issued: str | None, expires: str | None, **printed: str
) -> Said:
    """What recording a permit says; it follows the current one, if there is one."""
    grant = office.grant(kind, issued, expires, **printed)
    current = office.rows("SELECT id FROM permit WHERE resident_id = ? AND ended_on IS NULL", resident)
    with office.change() as change:
        if current:
            number = permits.follow(change, office.permit_of_id(current[0][0]), grant, office.today)
        else:
            number = permits.add(change, resident, grant, office.today)
        return [(one.kind, one.text) for one in noticed(change, office.today, resident, number)]


def kinds(said: Said) -> list[str]:
    return [kind for kind, _text in said]


def passport(office: "Office", resident: int, expires: str | None) -> Said:
    new = passports.NewPassport("X1", "AUS", None, office.today.fromisoformat(expires) if expires else None)
    with office.change() as change:
        passports.record(change, office.resident(resident), new, office.today)
        return [(one.kind, one.text) for one in noticed(change, office.today, resident)]


def term(office: "Office", kind: str, subject: str, value: int, since: str | None = None) -> None:
    begins = office.today.fromisoformat(since) if since else None
    with office.change() as change:
        add_rule(change, NewRule(kind, subject, value, begins, None, "Contoh 1/2027", "x.invalid", verified=False))


@pytest.fixture
def ann(person: Callable[..., int]) -> int:
    return person("Ann Invented", since="2018-01-01")


def test_a_grant_without_anything_to_say_says_nothing(office: "Office", ann: int) -> None:
    assert granted(office, ann, "KITAS", "2020-01-01", "2020-12-31") == []
    assert granted(office, ann, "KITAS", "2020-09-01", "2021-12-31") == []
    assert passport(office, ann, None) == []


@pytest.mark.parametrize(
    ("kind", "expires", "said"),
    [
        ("DINAS", "2020-09-17", []),
        ("DINAS", "2020-09-16", [("PERMIT_ENDED", "Permit 1 has already ended: its last day was 2020-09-16.")]),
        ("KITAS", "2020-05-09", []),  # a relief keeps it valid
        ("ITK", "2020-03-01", [("PERMIT_ENDED", "Permit 1 has already ended: its last day was 2020-03-01.")]),
        ("ITK", None, []),
    ],
)
def test_a_permit_that_has_already_ended_is_said(
    office: "Office", ann: int, kind: str, expires: str | None, said: Said
) -> None:
    assert granted(office, ann, kind, "2020-02-01", expires) == said


# The days on which a relief began to speak, was the last to keep permits valid, or had long been over.
TURNS = ("2020-04-02", "2020-07-13", "2020-07-22", "2020-08-12", "2020-08-18", "2020-08-20", "2020-09-20", "2021-01-30")
EACH_WEEK = [date(2020, 2, 1) + timedelta(days=days) for days in range(0, 365, 7)]


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([date.fromisoformat(turn) for turn in TURNS], id="turns"),
        pytest.param(EACH_WEEK, id="each week", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("kind", ["KITAS", "ITK"])
@pytest.mark.parametrize("expires", ["2020-02-29", "2020-04-15", "2020-08-19", "2020-10-31"])
def test_a_permit_is_said_to_have_ended_on_the_days_that_lists_call_overstay(
    office: "Office", ann: int, kind: str, expires: str, days: list[date]
) -> None:
    office.permit(ann, kind, "2020-02-01", expires)
    last_day = date.fromisoformat(expires)
    for today in [day + timedelta(days=after) for day in (last_day, *days) for after in (0, 1)]:
        held = office.people(today.isoformat())[ann].permit
        with office.change() as change:
            said = [one.text for one in noticed(change, today, ann, 1) if one.kind == "PERMIT_ENDED"]
        ended = held is not None and held.standing.state is State.OVERSTAY
        assert [text.split()[-1] for text in said] == ([f"{held.effective_until}."] if held and ended else [])


def test_one_that_fills_in_the_past_is_expected_to_have_ended(office: "Office", ann: int) -> None:
    office.permit(ann, "KITAS", "2019-06-01", "2020-12-31")
    with office.change() as change:
        number = permits.add(change, ann, office.grant("ITK", "2019-04-01", "2019-05-31"), office.today)
        assert noticed(change, office.today, ann, number) == ()


def test_a_passport_that_has_already_ended_is_said(office: "Office", ann: int) -> None:
    assert passport(office, ann, "2020-09-17") == []
    bob = office.person("Bob Invented")
    with office.change() as change:
        passports.record(
            change,
            office.resident(bob),
            passports.NewPassport("X2", "AUS", None, office.today.fromisoformat("2020-09-16")),
            office.today,
        )
        (said,) = noticed(change, office.today, bob)
    assert said == ("PASSPORT_ENDED", "The passport has already ended: its last day was 2020-09-16.")


@pytest.mark.parametrize(("issued", "days"), [("2019-11-01", 0), ("2019-11-02", 1), ("2019-11-11", 10)])
def test_a_gap_before_a_grant_is_said_with_its_days(office: "Office", ann: int, issued: str, days: int) -> None:
    office.permit(ann, "KITAS", "2018-11-01", "2019-10-31")
    said = granted(office, ann, "KITAS", issued, "2020-10-31")
    assert kinds(said) == (["GAP"] if days else [])
    if days == 1:
        assert said[0][1] == "Before permit 2 there is 1 day without a valid permit."
    if days == 10:
        assert said[0][1] == "Before permit 2 there are 10 days without a valid permit."


def test_days_that_a_relief_kept_valid_are_no_gap_and_unknown_issue_leaves_none(office: "Office", ann: int) -> None:
    office.permit(ann, "KITAS", "2019-05-01", "2020-04-30")
    assert granted(office, ann, "KITAS", "2020-08-01", "2021-04-30") == []
    bob = office.person("Bob Invented", since="2018-01-01")
    office.permit(bob, "KITAS", "2018-01-01", "2018-12-31")
    assert granted(office, bob, "KITAS", None, "2020-12-31") == []


def test_a_gap_after_a_revocation_is_said_and_an_absence_is_none(office: "Office", ann: int) -> None:
    office.revoke(office.permit(ann, "KITAS", "2019-01-01", "2020-01-01"), "2019-06-01")
    assert granted(office, ann, "KITAS", "2019-06-11", "2020-12-31") == [
        ("GAP", "Before permit 2 there are 10 days without a valid permit.")
    ]


def test_a_permit_beyond_the_passport_is_said_by_either_of_them(office: "Office", ann: int) -> None:
    office.person("Cid Invented", since="2018-01-01")
    beyond = ("BEYOND_PASSPORT", "Permit 1 runs to 2020-12-31, the passport only to 2020-12-30.")
    assert granted(office, ann, "KITAS", "2020-01-01", "2020-12-31") == []
    assert passport(office, ann, "2020-12-30") == [beyond]
    bob = office.person("Bob Invented", since="2018-01-01", passport="X9")
    with office.change() as change:
        passports.correct(change, office.resident(bob), {"expires_on": "2020-12-31"}, office.today)
    assert granted(office, bob, "KITAS", "2020-01-01", "2020-12-31") == []


@pytest.mark.parametrize(
    ("kind", "value", "expires", "long"),
    [
        ("TERM_DAYS", 60, "2020-08-31", False),
        ("TERM_DAYS", 60, "2020-09-01", True),
        ("TERM_MONTHS", 6, "2021-01-02", False),
        ("TERM_MONTHS", 6, "2021-01-03", True),
    ],
)
def test_a_term_longer_than_the_class_allows_is_said_with_its_rule(
    office: "Office", ann: int, kind: str, value: int, expires: str, long: bool
) -> None:
    term(office, kind, "ITK", value)
    said = granted(office, ann, "ITK", "2020-07-02", expires)
    assert kinds(said) == (["LONGER_THAN_TERM"] if long else [])
    if long:
        length = "60 days" if kind == "TERM_DAYS" else "6 months"
        assert said[0][1] == (
            f"Permit 1 runs from 2020-07-02 to {expires}; the longest term of ITK is {length} (Contoh 1/2027)."
        )


def test_a_term_counts_from_the_printed_start_or_the_end_that_it_extends(office: "Office", ann: int) -> None:
    term(office, "TERM_DAYS", "VOA", 30)
    assert granted(office, ann, "VOA", "2020-07-20", "2020-08-29", valid_from="2020-07-30") == []
    assert granted(office, ann, "VOA", "2020-08-20", "2020-09-29") == []
    assert kinds(granted(office, ann, "ITKT", "2020-09-01", "2020-12-29")) == []
    assert kinds(granted(office, ann, "VOA", "2020-09-02", "2020-10-30")) == ["LONGER_THAN_TERM"]


def test_the_rule_of_the_day_of_issue_counts(office: "Office", ann: int) -> None:
    term(office, "TERM_DAYS", "ITK", 60)
    term(office, "TERM_DAYS", "ITK", 180, "2020-08-01")
    assert kinds(granted(office, ann, "ITK", "2020-07-31", "2020-12-31")) == ["LONGER_THAN_TERM"]
    assert granted(office, office.person("Bob Invented"), "ITK", "2020-08-01", "2020-12-31") == []


@pytest.mark.parametrize(
    ("name", "born", "known"),
    [
        ("INVENTED ann", "1980-02-29", True),
        ("Ánn  Invented", "1980-02-29", True),
        ("Ann Invented", "1980-02-28", False),
        ("Ann Invented", None, False),
        ("Ann Imagined", "1980-02-29", False),
    ],
)
def test_a_name_and_birth_day_already_known_are_said(
    office: "Office", name: str, born: str | None, known: bool
) -> None:
    first = office.person("Ann Invented", born="1980-02-29")
    with office.change() as change:
        facts = {"full_name": name, "nationality": "AUS", "born": born}
        second = residents.add(change, residents.NewResident(facts, stays.NewResidence()))
        said = noticed(change, office.today, second)
    expected = (
        f"Resident {first} has the same name and birth day. If they are one person: "
        f"timpora resident merge {first} {second}"
    )
    assert said == ((("KNOWN_ALREADY", expected),) if known else ())
