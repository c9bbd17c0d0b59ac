"""`timpora resident merge`: what it shows, what it refuses with which days, what an option chooses, and the undo."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import AtTerminal

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

DUKONG = "19.02.01.2007"  # another district has a Dukong too
CHOSEN = ("--current-passport", "x 0000002", "--reason", "the same person")
STAY, PLACE = "Choose: --stay-of 1 or 2", "Choose: --place-of 1 or 2"
ANN = ("--name", "Ann Invented", "--nationality", "AUS")


def twin(timpora: "Timpora", *options: str) -> None:
    """Record Ann Invented a second time, as resident 2."""
    timpora.answer("resident", "add", *ANN, *options)


def exported(timpora: "Timpora", path: Path) -> bytes:
    timpora("export", str(path), "--force")
    return path.read_bytes()


@pytest.mark.slow
def test_a_second_record_comes_to_the_first_and_undo_gives_both_back_to_the_byte(
    ann: "Timpora", tmp_path: Path
) -> None:
    twin(
        ann, "--arrived", "2019-06-01", "--passport", "X0000002", "--village", "Air Merbau", "--spouse", "Eve Invented"
    )
    both = exported(ann, tmp_path / "both.csv")
    assert ann.answer("resident", "merge", "1", "2", *CHOSEN).splitlines() == [
        (
            "Resident 2 comes to resident 1: Ann Invented. "
            "Brought along: 1 passport, 0 permits, 1 residence, 1 family link."
        ),
        "Resident 2 is now part of resident 1: Ann Invented.",
    ]
    assert [row["resident_id"] for row in ann.rows("resident", "list")] == ["1"]
    shown = ann.answer("resident", "show", "1")
    assert "X0000001" in shown
    assert "X0000002" in shown
    assert "Eve Invented" in shown
    one = exported(ann, tmp_path / "one.csv")
    ann("undo", "--yes")
    assert exported(ann, tmp_path / "back.csv") == both
    (undo, *_rest) = (row["change"] for row in ann.rows("history") if row["command"].startswith("undo"))
    ann("undo", undo, "--yes")
    assert exported(ann, tmp_path / "again.csv") == one


def test_a_dry_run_shows_the_same_and_changes_no_byte(ann: "Timpora") -> None:
    twin(ann, "--village", DUKONG, "--since", "2020-01-01", "--arrived", "2019-06-01")
    before = ann.db.read_bytes()
    dry = ann.answer("resident", "merge", "1", "2", "--dry-run").splitlines()
    assert dry == [
        (
            "Resident 2 comes to resident 1: Ann Invented. "
            "Brought along: 0 passports, 0 permits, 2 residences, 0 family links."
        ),
        "place, from 2020-01-01: resident 1 says Air Merbau, resident 2 says Dukong. Taken: Dukong.",
        "Nothing was changed: this was a dry run.",
    ]
    assert ann.db.read_bytes() == before
    done = ann.answer("resident", "merge", "1", "2").splitlines()
    assert done == [*dry[:-1], "Resident 2 is now part of resident 1: Ann Invented."]


@pytest.mark.slow
def test_all_that_stands_against_a_merge_is_said_at_once_with_the_days_and_the_options(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--niora", "N1")
    twin(ann, "--arrived", "2018-01-01", "--village", DUKONG, "--niora", "N2")
    ann.answer("resident", "depart", "2", "--on", "2020-06-01")
    before = ann.db.read_bytes()
    given = ann("resident", "merge", "1", "2")
    assert (given.code, given.out) == (1, "")
    assert given.err.splitlines() == [
        (
            "timpora: "
            "Resident 2 was not joined to resident 1: by what is recorded the two are not one person, or something"
        ),
        "is wrong. Nothing was changed. Correct what is wrong, or choose what is taken:",
        "They have different NIORA. Correct a wrong one with: timpora resident edit 2 --niora NUMBER",
        (
            "stay, 2019-06-01 to 2020-05-31: resident 1 says here, arrived on 2019-06-01, "
            "resident 2 says here, arrived on 2018-01-01. Choose: --stay-of 1 or 2"
        ),
        "stay, from 2020-06-01: resident 1 says here, arrived on 2019-06-01, resident 2 says gone. " + STAY,
        "place, 2019-06-01 to 2020-05-31: resident 1 says Air Merbau, resident 2 says Dukong. " + PLACE,
    ]
    assert ann.db.read_bytes() == before


@pytest.mark.slow
def test_a_permit_holder_keeps_an_open_residence_and_stays_on_the_list(ann: "Timpora") -> None:
    twin(ann, "--village", "Air Merbau")
    ann.answer("resident", "merge", "2", "1")
    assert [row["resident_id"] for row in ann.rows("expiring", "--before", "2020-10-01")] == ["2"]
    assert [row["resident_id"] for row in ann.rows("resident", "list", "--village", "Air Merbau")] == ["2"]


@pytest.mark.slow
def test_what_the_option_leaves_out_is_named(ann: "Timpora") -> None:
    twin(ann, "--arrived", "2019-06-01", "--village", "Air Merbau")
    permit = ("--class", "ITK", "--issued", "2020-01-01", "--expires", "2020-02-28", "--number", "V1")
    ann.answer("permit", "add", "2", *permit)
    ann.answer("permit", "revoke", "2", "--on", "2020-02-01", "--reason", "made up")
    refused = ann("resident", "merge", "1", "2").err.splitlines()
    assert refused[2:] == [
        (
            "permit, 2020-01-01 to 2020-01-31: resident 1 says permit 1 (KITAS), resident 2 says permit 2 (ITK). "
            "Choose: --permit-of 1 or 2"
        )
    ]
    assert ann.answer("resident", "merge", "1", "2", "--permit-of", "1").splitlines()[1:] == [
        (
            "permit, 2020-01-01 to 2020-01-31: resident 1 says permit 1 (KITAS), resident 2 says permit 2 (ITK). "
            "Taken: permit 1 (KITAS)."
        ),
        "Not taken from resident 2: permit 2 (ITK).",
        "Resident 2 is now part of resident 1: Ann Invented.",
    ]


@pytest.mark.slow
def test_two_chains_with_passports_of_no_days_need_no_edit(ann: "Timpora") -> None:
    twin(ann, "--arrived", "2019-06-01", "--village", "Air Merbau", "--passport", "X0000002")
    first = ("--class", "ITAS", "--number", "N1", "--issued", "2018-10-01", "--expires", "2019-09-30")
    ann.answer("permit", "add", "2", *first)
    ann.answer("permit", "extend", "2", "--number", "N2", "--issued", "2019-09-20", "--expires", "2020-09-19")
    ann.answer("resident", "merge", "1", "2", "--current-passport", "X0000002")
    shown = json.loads(ann.answer("resident", "show", "1", "--format", "json"))
    assert [(row["permit_id"], row["issued_on"], row["granted_as"]) for row in shown["permits"]] == [
        (2, "2018-10-01", "NEW"),
        (3, "2019-09-20", "EXTENSION"),
        (1, "2019-10-01", "EXTENSION"),
    ]
    assert (shown["permit_number"], shown["passport_number"]) == ("2C21DEMO9001", "X0000002")


def test_an_option_names_one_of_the_two(ann: "Timpora") -> None:
    twin(ann, "--village", "Air Merbau")
    twin(ann, "--village", "Air Merbau")
    assert "resident 3 is neither of the two. Give 1 or 2." in ann.refused(
        2, "resident", "merge", "1", "2", "--place-of", "3"
    )


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "people"), [("n\n", ["1", "2"]), ("y\n", ["1"])])
def test_on_a_terminal_it_asks_after_it_has_shown_what_it_would_do(
    ann: "Timpora", typing: AtTerminal, keys: str, people: list[str]
) -> None:
    twin(ann, "--village", "Air Merbau")
    answer = typing("resident", "merge", "1", "2", keys=keys, db=ann.db)
    assert "Merge the two? [y/N]" in answer.err
    assert "comes to resident 1" in answer.out
    assert [row["resident_id"] for row in ann.rows("resident", "list")] == people
