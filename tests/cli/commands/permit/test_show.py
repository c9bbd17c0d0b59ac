"""`timpora permit show --why`: the card of a permit, and below it how its end and the fine come about."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

RP0 = (
    "It may be Rp0 in the cases of PP 45/2024 art 7(1): treated mental illness, force majeure, unable to pay, under "
    "deportation, law enforcement, court. The officer decides; the program only computes."
)


@pytest.fixture
def late(timpora: "Timpora") -> str:
    """The number of a permit whose holder overstayed while the rate changed, in May 2019."""
    said = timpora.answer(
        "resident", "add", "--name", "Late Invented", "--nationality", "AUS", "--arrived", "2019-01-01"
    )
    printed = ("--class", "ITK", "--number", "L1", "--issued", "2019-03-01", "--expires", "2019-03-31")
    timpora("permit", "add", said.split()[1], *printed)
    return "L1"


def test_the_sum_of_a_fine_is_told_term_by_term_with_the_basis_of_each_rate(timpora: "Timpora", late: str) -> None:
    shown = timpora.answer("permit", "show", late, "--why", "--as-of", "2019-05-04")
    before = "Biaya beban before PP 28/2019, probably PP 45/2014; its first day was not found"
    assert (
        " (ITK), Sunday 31 March 2019: OVERSTAY.\n"
        f"Fine: 32 days (Monday 1 April 2019 - Thursday 2 May 2019) x Rp300,000 = Rp9,600,000, by {before}.\n"
        "Fine: 2 days (Friday 3 May 2019 - Saturday 4 May 2019) x Rp1,000,000 = Rp2,000,000, by PP 28/2019.\n"
        "Together Rp11,600,000.\n"
        "The rate changed during the overstay. Here each day has its own rate; whether the law means that, or the rate "
        "of the day of payment for all days, was not found.\n"
        f"{RP0}\n"
    ) in shown
    assert shown.endswith("No holidays of 2019 are on record: Act by passes over weekends only.\n")


def test_programs_get_the_terms_of_a_fine_as_a_list(timpora: "Timpora", late: str) -> None:
    card = json.loads(timpora.answer("permit", "show", late, "--as-of", "2019-05-03", "--format", "json"))
    assert (card["overstay_days"], card["fine"], card["over_limit"]) == (33, 10_600_000, None)
    terms = card["fine_terms"]
    assert [(term["from"], term["until"], term["days"], term["rate"], term["amount"]) for term in terms] == [
        ("2019-04-01", "2019-05-02", 32, 300_000, 9_600_000),
        ("2019-05-03", "2019-05-03", 1, 1_000_000, 1_000_000),
    ]
    assert sum(term["days"] * term["rate"] for term in terms) == card["fine"]


def test_a_rate_with_another_basis_and_the_same_amount_is_a_term_of_its_own(timpora: "Timpora") -> None:
    timpora.at("2024-12-20")
    said = timpora.answer(
        "resident", "add", "--name", "Ann Invented", "--nationality", "AUS", "--arrived", "2024-01-01"
    )
    printed = ("--class", "ITK", "--number", "L2", "--issued", "2024-11-01", "--expires", "2024-12-10")
    timpora("permit", "add", said.split()[1], *printed)
    shown = timpora.answer("permit", "show", "L2", "--why")
    fine = [line for line in shown.splitlines() if line.startswith("Fine: ")]
    assert [line.rpartition(", by ")[2] for line in fine] == [
        "PP 28/2019.",
        "PP 45/2024; its art 12 repeals PP 28/2019.",
    ]
    assert "Together Rp10,000,000." in shown
    assert "The rate changed" not in shown


def test_over_the_limit_there_is_no_fine_and_no_term(timpora: "Timpora", late: str) -> None:
    exactly = json.loads(timpora.answer("permit", "show", late, "--as-of", "2019-05-30", "--format", "json"))
    assert (exactly["overstay_days"], exactly["over_limit"], exactly["fine"]) == (60, None, 37_600_000)
    card = json.loads(timpora.answer("permit", "show", late, "--as-of", "2019-05-31", "--format", "json"))
    assert (card["overstay_days"], card["over_limit"], card["fine"], card["fine_terms"]) == (61, 60, None, [])
    shown = timpora.answer("permit", "show", late, "--why", "--as-of", "2019-05-31")
    assert "over 60" in shown
    assert "That is over 60 days: the decision is the officer's." in shown.splitlines()


def test_without_why_a_card_has_no_reasons_and_for_programs_why_changes_nothing(timpora: "Timpora", late: str) -> None:
    assert "Fine: " not in timpora.answer("permit", "show", late, "--as-of", "2019-05-04")
    words = ("permit", "show", late, "--as-of", "2019-05-04", "--format", "json")
    assert timpora.answer(*words, "--why") == timpora.answer(*words)


def test_a_permit_that_is_not_in_force_says_so(timpora: "Timpora", late: str) -> None:
    shown = timpora.answer("permit", "show", late, "--why", "--as-of", "2019-02-01")
    assert shown.splitlines()[-1].endswith("is not in force on Friday 1 February 2019.")


@pytest.mark.slow
def test_a_year_with_holidays_is_not_named(timpora: "Timpora") -> None:
    timpora.answer("holiday", "add", "2020-12-25", "Natal")
    assert "No holidays of" not in timpora.answer("expiring", "--before", "2020-09-21")
    assert "No holidays of" not in timpora.answer("permit", "show", "78", "--why")


@pytest.mark.slow
def test_a_year_without_holidays_is_said_below_lists_that_are_not_empty(timpora: "Timpora") -> None:
    said = "No holidays of 2020 are on record: Act by passes over weekends only.\n"
    for format_ in ("plain", "table"):
        for words in (("expiring", "--before", "2020-09-21"), ("permit", "list", "--group", "visit")):
            assert said in timpora.answer(*words, "--format", format_)
    assert "No holidays" not in timpora.answer("expiring", "--before", "2020-09-21", "--format", "csv")
    assert timpora.answer("expiring", "--before", "2020-09-21", "--name", "Sommut").count("No holidays") == 0
    assert "No holidays of 2020, 2021 are on record" in timpora.answer("expiring", "--before", "2021-12-31")
