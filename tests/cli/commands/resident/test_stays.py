"""Stays as an officer records and sees them: a departure, a return, and what the days before them go on saying."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

WHO = ("--name", "Ann Invented", "--nationality", "AUS", "--village", "Air Merbau")
RELIEF = (
    "relief", "add", "ENTRY-2020", "--name", "Made up", "--basis", "Contoh 1/2020", "--class", "ITK",
    "--from", "2020-10-01", "--until", "2020-12-31", "--expired-from", "2020-10-01", "--entered-from", "2020-02-05",
    "--entered-until", "2020-12-31", "--source", "example.invalid",
)  # fmt: skip
PERMIT = ("permit", "add", "1", "--class", "ITK", "--number", "N1", "--issued", "2020-09-15", "--expires", "2020-10-10")


@pytest.fixture
def visitor(empty: "Timpora") -> "Timpora":
    """Ann, whose permit ended in October 2020 under a relief for those who entered in that year; it is October 2021."""

    def build() -> None:
        later.answer("resident", "add", *WHO, "--arrived", "2020-03-01")
        later.answer(*PERMIT)
        later.answer(*RELIEF)

    later = empty.at("2021-10-01")
    return later.prepared(build)


def state(timpora: "Timpora", day: str) -> str:
    (row,) = timpora.rows("expiring", "--before", "2022-01-01", "--as-of", day)
    return row["state"]


@pytest.mark.slow
def test_a_return_changes_nothing_of_what_earlier_days_say(visitor: "Timpora") -> None:
    october = ("expiring", "--before", "2021-01-01", "--as-of", "2020-10-20", "--format", "json")
    shown = ("resident", "show", "1", "--as-of", "2020-10-20", "--format", "csv")
    explained = ("relief", "explain", "1", "--as-of", "2020-10-20")
    before = [visitor.answer(*words) for words in (october, shown, explained)]
    assert state(visitor, "2020-10-20") == "RELIEF"
    assert visitor.answer("resident", "depart", "1", "--on", "2021-06-15") == (
        "Resident 1 departed on 2021-06-15: Ann Invented. Permit 1 ended that day.\n"
    )
    assert visitor.answer("resident", "return", "1", "--on", "2021-08-10", "--village", "Sijuk") == (
        "Resident 1 returned on 2021-08-10: Ann Invented. Sijuk now counts 1.\n"
    )
    assert state(visitor, "2020-10-20") == "RELIEF"
    assert [visitor.answer(*words) for words in (october, shown, explained)] == before
    assert visitor.answer("verify").splitlines()[-1].startswith("Whole.")


@pytest.mark.slow
def test_each_day_shows_its_own_stay(visitor: "Timpora") -> None:
    visitor.answer("resident", "depart", "1", "--on", "2021-06-15")
    visitor.answer("resident", "return", "1", "--on", "2021-08-10")
    days = ("2020-02-29", "2020-03-01", "2021-06-14", "2021-06-15", "2021-08-09", "2021-08-10")
    cards = [json.loads(visitor.answer("resident", "show", "1", "--as-of", day, "--format", "json")) for day in days]
    assert [(card["arrived"], card["departed"], card["departed_how"]) for card in cards] == [
        (None, None, None),
        ("2020-03-01", None, None),
        ("2020-03-01", None, None),
        ("2020-03-01", "2021-06-15", "DEPARTED"),
        ("2020-03-01", "2021-06-15", "DEPARTED"),
        ("2021-08-10", None, None),
    ]
    assert [len(card["stays"]) for card in cards] == [0, 1, 1, 1, 1, 2]
    assert [len(visitor.rows("resident", "list", "--as-of", day)) for day in days] == [0, 1, 1, 0, 0, 1]
    now = visitor.answer("resident", "show", "1").partition("\nStays\n")[2].splitlines()[:3]
    assert [line.split()[:2] for line in now] == [["Arrived", "Departed"], ["2020-03-01", "2021-06-15"], ["2021-08-10"]]
    assert "\nStays\n" not in visitor.answer("resident", "show", "1", "--as-of", "2021-06-15")


@pytest.mark.slow
def test_a_relief_that_asks_for_the_entry_looks_at_the_stay_of_the_day(visitor: "Timpora") -> None:
    visitor.answer("resident", "depart", "1", "--on", "2020-10-15")
    visitor.answer("resident", "return", "1", "--on", "2021-02-01")
    grant = ("--class", "ITK", "--number", "N2", "--issued", "2021-02-01", "--expires", "2021-03-01")
    visitor.answer("permit", "add", "1", *grant)
    assert state(visitor, "2020-10-12") == "RELIEF"
    visitor.answer(*RELIEF[:2], "ENTRY-2021", *RELIEF[3:9], "--from", "2021-03-01", "--until", "2021-12-31",
                   "--expired-from", "2021-01-01", "--entered-from", "2020-02-05", "--entered-until", "2020-12-31",
                   "--source", "example.invalid")  # fmt: skip
    assert state(visitor, "2021-04-01") == "OVERSTAY"  # this stay began in 2021


@pytest.mark.slow
@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("return", "1", "--on", "2020-09-01"), "Resident 1 is present, and cannot return."),
        (("move", "2", "--village", "Sijuk"), "timpora resident return 2 --on DATE"),
        (("return", "2", "--on", "2020-08-31"), "Resident 2 departed on 2020-09-01"),
        (("return", "2", "--on", "2020-09-18"), "2020-09-18 is after today"),
        (("return", "3", "--on", "2020-09-10"), "Resident 3 is recorded as DIED, and does not return."),
        (("edit", "4", "--arrived", "2020-08-31"), "Resident 4 departed on 2020-09-01"),
    ],
)
def test_what_cannot_be_one_life_is_refused(empty: "Timpora", words: tuple[str, ...], said: str) -> None:
    for arrived in ("2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04"):
        empty.answer("resident", "add", *WHO, "--arrived", arrived)
    empty.answer("resident", "depart", "2", "--on", "2020-09-01")
    empty.answer("resident", "depart", "3", "--on", "2020-09-01", "--how", "died")
    empty.answer("resident", "depart", "4", "--on", "2020-09-01")
    empty.answer("resident", "return", "4", "--on", "2020-09-05")
    before = empty.db.read_bytes()
    assert said in empty.refused(1, "resident", *words)
    assert empty.db.read_bytes() == before


def homes(timpora: "Timpora") -> list[tuple[str | None, str | None, str | None]]:
    card = json.loads(timpora.answer("resident", "show", "1", "--format", "json"))
    return [(home["village"], home["since"], home["until"]) for home in card["residences"]]


@pytest.mark.slow
@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("added", "corrected", "expected"),
    [
        # The residence begins with the arrival, and follows it.
        (("--arrived", "2020-03-01"), (), [("Air Merbau", "2020-03-01", None)]),
        (("--arrived", "2020-03-01"), ("--arrived", "2020-02-01"), [("Air Merbau", "2020-02-01", None)]),
        (("--arrived", "2020-03-01"), ("--arrived", "2020-04-01"), [("Air Merbau", "2020-04-01", None)]),
        ((), ("--arrived", "2020-04-01"), [("Air Merbau", "2020-04-01", None)]),
        # Between the arrival and the first known place there is a place that nobody knows.
        (
            ("--arrived", "2020-03-01", "--since", "2020-05-01"),
            (),
            [(None, "2020-03-01", "2020-05-01"), ("Air Merbau", "2020-05-01", None)],
        ),
        (
            ("--arrived", "2020-03-01", "--since", "2020-05-01"),
            ("--arrived", "2020-02-01"),
            [(None, "2020-02-01", "2020-05-01"), ("Air Merbau", "2020-05-01", None)],
        ),
        (
            ("--arrived", "2020-03-01", "--since", "2020-05-01"),
            ("--since", "2020-04-01"),
            [(None, "2020-03-01", "2020-04-01"), ("Air Merbau", "2020-04-01", None)],
        ),
        (
            ("--arrived", "2020-03-01", "--since", "2020-05-01"),
            ("--since", "2020-03-01"),
            [("Air Merbau", "2020-03-01", None)],
        ),
        (
            ("--since", "2020-05-01"),
            ("--arrived", "2020-03-01"),
            [(None, "2020-03-01", "2020-05-01"), ("Air Merbau", "2020-05-01", None)],
        ),
        # Somebody who lived here before the arrival that is recorded entered more than once.
        (("--since", "2020-03-01"), ("--arrived", "2020-05-01"), [("Air Merbau", "2020-03-01", None)]),
        (("--arrived", "2020-05-01", "--since", "2020-03-01"), (), [("Air Merbau", "2020-03-01", None)]),
        (("--since", "2020-03-01"), ("--since", "2020-02-01"), [("Air Merbau", "2020-02-01", None)]),
        (("--since", "2020-03-01"), ("--since", ""), [("Air Merbau", None, None)]),
    ],
)
def test_residences_cover_the_days_of_the_stay(
    empty: "Timpora",
    added: tuple[str, ...],
    corrected: tuple[str, ...],
    expected: list[tuple[str | None, str | None, str | None]],
) -> None:
    empty.answer("resident", "add", *WHO, *added)
    if corrected:
        empty.answer("resident", "edit", "1", *corrected)
    assert homes(empty) == expected
    assert empty.answer("verify").splitlines()[-1].startswith("Whole.")


def test_an_entry_in_the_middle_of_a_residence_loses_no_day(empty: "Timpora") -> None:
    empty.answer("resident", "add", *WHO, "--since", "2020-03-01", "--arrived", "2020-05-01")
    card = json.loads(empty.answer("resident", "show", "1", "--format", "json"))
    assert [(stay["arrived"], stay["departed"]) for stay in card["stays"]] == [
        (None, "2020-05-01"),
        ("2020-05-01", None),
    ]
    days = ("2020-02-29", "2020-03-01", "2020-04-30", "2020-05-01")
    assert [len(empty.rows("resident", "list", "--as-of", day)) for day in days] == [0, 1, 1, 1]


@pytest.mark.slow
def test_a_move_that_was_on_another_day_is_corrected_on_both_sides(empty: "Timpora") -> None:
    empty.answer("resident", "add", *WHO, "--arrived", "2020-03-01")
    empty.answer("resident", "move", "1", "--village", "Sijuk", "--on", "2020-06-01")
    for day in ("2020-05-01", "2020-07-01"):
        empty.answer("resident", "edit", "1", "--since", day)
        assert homes(empty) == [("Air Merbau", "2020-03-01", day), ("Sijuk", day, None)]
    said = empty.refused(1, "resident", "edit", "1", "--since", "2020-02-01")
    assert "the day 2020-02-01 does not fit" in said


@pytest.mark.slow
def test_a_departure_and_a_return_are_taken_back_and_done_again(visitor: "Timpora") -> None:
    shown = ("resident", "show", "1", "--as-of", "2021-09-01", "--format", "json")
    first = visitor.answer(*shown)
    visitor.answer("resident", "depart", "1", "--on", "2021-06-15")
    visitor.answer("resident", "return", "1", "--on", "2021-08-10")
    second = visitor.answer(*shown)
    number = len(visitor.changes())
    visitor.answer("undo", str(number), "--yes")
    visitor.answer("undo", str(number - 1), "--yes")
    assert visitor.answer(*shown) == first
    visitor.answer("undo", str(number + 2), "--yes")
    visitor.answer("undo", str(number + 1), "--yes")
    assert visitor.answer(*shown) == second
    assert visitor.answer("verify").splitlines()[-1].startswith("Whole.")
