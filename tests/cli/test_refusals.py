"""What is refused, with which words and which exit code; each time nothing is changed."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

KITAS = ("--class", "ITAS", "--number", "2C21DEMO9001", "--issued", "2019-10-01", "--expires", "2020-09-30")


# Refusals, each with nothing changed


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        (
            1,
            ("resident", "add", "--name", "Ann Again", "--nationality", "AUS", "--passport", "x 0000001"),
            (
                "Passport X0000001 of AUS is already recorded for resident 1. Nothing was changed.\n"
                "See it with: timpora resident show 1\n"
            ),
        ),
        (
            1,
            ("permit", "add", "1", "--class", "ITAS", "--number", "N2", "--issued", "2020-01-01", "--expires", "+1y"),
            (
                "Resident 1 already holds permit 1 (KITAS until 2020-09-30), and can hold one at a time.\n"
                "Extend it with: timpora permit extend 1   Or change its class with: timpora permit convert 1\n"
            ),
        ),
        (
            1,
            ("permit", "extend", "1", "--number", "N2", "--issued", "2020-09-10", "--expires", "2020-09-09"),
            "An extension until 2020-09-09 does not reach past the present end 2020-09-30 of permit 1.\n",
        ),
        (
            1,
            ("permit", "convert", "1", "--class", "ITAP", "--issued", "2020-09-10", "--expires", "2020-09-09"),
            "The last valid day 2020-09-09 is before the day of issue 2020-09-10. Nothing was changed.\n",
        ),
        (
            1,
            ("permit", "extend", "1", "--issued", "2020-09-18", "--expires", "2021-09-17"),
            "The day of issue 2020-09-18 is after today (2020-09-17). Record a grant when it has been issued.\n",
        ),
        (
            1,
            ("permit", "extend", "1", "--issued", "2019-09-30", "--expires", "2021-09-17"),
            "The day 2019-09-30 is before permit 1 itself began (2019-10-01). Nothing was changed.\n",
        ),
        (
            1,
            ("resident", "add", "--name", "Ibu Contoh", "--nationality", "Indonesia"),
            "Refused, nothing was changed: the register is of foreign nationals; IDN is Indonesia.\n",
        ),
        (
            1,
            (
                "resident",
                "add",
                "--name",
                "Ben",
                "--nationality",
                "D",
                "--born",
                "2020-01-01",
                "--arrived",
                "2019-01-01",
            ),
            "Nobody arrives on 2019-01-01, before the day of birth 2020-01-01. Nothing was changed.\n",
        ),
        (
            1,
            ("resident", "add", "--name", "Ben", "--nationality", "D", "--arrived", "besok"),
            "The day 2020-09-18 is after today (2020-09-17). Record it when it has happened.\n",
        ),
        (
            4,
            ("resident", "add", "--name", "Ben", "--nationality", "D", "--child", "999"),
            "There is no resident 999. Find one with: timpora resident list --name NAME\n",
        ),
        (
            4,
            ("resident", "edit", "1", "--parent", "999"),
            "There is no resident 999. Find one with: timpora resident list --name NAME\n",
        ),
        (
            1,
            ("resident", "edit", "1", "--child", "1"),
            "Refused, nothing was changed: nobody is their own relative.\n",
        ),
        (
            1,
            ("resident", "depart", "1", "--on", "2019-09-30"),
            "The day 2019-09-30 is before 2019-10-01, the day this residence or permit began. Nothing was changed.\n",
        ),
        (
            1,
            ("resident", "move", "1", "--village", "Sijuk", "--on", "2019-05-31"),
            "The day 2019-05-31 is before 2019-06-01, the day this residence or permit began. Nothing was changed.\n",
        ),
        (1, ("resident", "edit", "1", "--name", ""), "Refused, nothing was changed: a resident has a name.\n"),
        (2, ("resident", "edit", "1", "--name", " "), '"" is no name: it has no letter.\n'),
        (
            1,
            ("resident", "edit", "1", "--nationality", ""),
            "Refused, nothing was changed: a resident has a nationality; XXX says that it is not known.\n",
        ),
        (4, ("resident", "show", "99"), "There is no resident 99. Find one with: timpora resident list --name NAME\n"),
        (
            4,
            ("resident", "show", "Ann"),
            "There is no resident Ann. Find one with: timpora resident list --name NAME\n",
        ),
        (4, ("permit", "show", "99"), "There is no permit 99. Find one with: timpora permit list\n"),
        (
            4,
            ("permit", "extend", "N9", "--expires", "+1y"),
            "There is no permit N9. Find one with: timpora permit list\n",
        ),
        (
            2,
            ("resident", "edit", "1"),
            "Nothing was given to change. See the options with: timpora resident edit --help\n",
        ),
        (
            2,
            ("permit", "edit", "1"),
            "Nothing was given to correct. See the options with: timpora permit edit --help\n",
        ),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(ann: "Timpora", code: int, typed: tuple[str, ...], said: str) -> None:
    before = ann.db.read_bytes()
    assert ann.refused(code, *typed) == said
    assert ann.db.read_bytes() == before


def test_a_number_is_recorded_once_in_any_letter_case(ann: "Timpora") -> None:
    ann.answer("resident", "add", "--name", "Ben Invented", "--nationality", "D")
    typed = (
        "permit",
        "add",
        "2",
        "--class",
        "ITK",
        "--number",
        "2c21demo9001",
        "--issued",
        "1/9/2020",
        "--expires",
        "+1m",
    )
    assert ann.refused(1, *typed) == (
        "Permit number 2c21demo9001 is already recorded as permit 1 of resident 1. Nothing was changed.\n"
    )


@pytest.mark.slow
def test_a_permit_that_has_ended_says_which_holds_now(ann: "Timpora") -> None:
    ann.answer("permit", "extend", "1", "--expires", "2021-09-30")
    for verb in ("extend", "convert", "revoke"):
        more = {"extend": ("--expires", "+2y"), "convert": ("--class", "ITAP", "--expires", "+5y"), "revoke": ()}[verb]
        said = ann.refused(1, "permit", verb, "1", *more, "--reason", "x")
        assert said == "Permit 1 ended on 2020-09-17 (EXTENDED). -> timpora permit show 2\n"


def test_extend_and_convert_name_each_other_where_the_class_is_the_point(ann: "Timpora") -> None:
    said = ann.refused(1, "permit", "convert", "1", "--class", "KITAS", "--expires", "+1y")
    assert said.startswith("Permit 1 is of class KITAS")
    assert "timpora permit extend 1" in said


# What is missing


LONG = "n" * 201


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        (("resident", "add", "--name", LONG, "--nationality", "AUS"), 200),
        (("resident", "edit", "1", "--name", LONG), 200),
        (("resident", "edit", "1", "--sponsor", LONG), 200),
        (("resident", "edit", "1", "--spouse", LONG), 200),
        (("village", "add", "19.02.01.2099", LONG), 200),
        (("village", "rename", "Keciput", "--to", LONG, "--on", "2020-09-01"), 200),
        (("resident", "edit", "1", "--name", "Ann", "--officer", "n" * 101), 100),
    ],
)
def test_a_name_that_is_too_long_is_refused(ann: "Timpora", typed: tuple[str, ...], most: int) -> None:
    assert f"is no name: it has more than {most} characters." in ann.refused(2, *typed)


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        (("resident", "add"), "--name, --nationality"),
        (("resident", "add", "--name", "Ben"), "--nationality"),
        (("resident", "add", "--nationality", "D", "--name", ""), "--name"),
        (("resident", "move", "1"), "--village"),
        (("permit", "add", "1"), "--class, --number, --issued, --expires"),
        (("permit", "add", "1", "--class", "ITAS", "--issued", "unknown"), "--number, --expires"),
        (("permit", "add", "1", *KITAS[:-1], ""), "--expires"),
        (("permit", "extend", "1"), "--expires"),
        (("permit", "extend", "1", "--expires", ""), "--expires"),
        (("permit", "convert", "1", "--expires", "+1y"), "--class"),
        (("permit", "revoke", "1"), "--reason"),
    ],
)
def test_what_is_missing_is_named_away_from_a_terminal(ann: "Timpora", typed: tuple[str, ...], missing: str) -> None:
    assert ann.refused(2, *typed) == (
        f"Missing: {missing}.\nGive them on the command line; they are only asked for on a terminal.\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        (("resident", "show"), "RESIDENT"),
        (("permit", "extend", "--expires", "+1y"), "PERMIT"),
        (("district", "add", "19.02.09"), "NAME"),
    ],
)
def test_a_missing_argument_is_named(ann: "Timpora", typed: tuple[str, ...], missing: str) -> None:
    given = ann(*typed)
    assert (given.code, given.out) == (2, "")
    assert given.err.startswith(f"timpora: Missing argument '{missing}'.\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--passport-expires", "2030-01-01"), "--passport-expires"),
        (("--passport-country", "D"), "--passport-country"),
        (("--married", "2010-01-01"), "--married"),
        (("--child-born", "2010-01-01"), "--child-born"),
        (("--sponsor-kind", "company"), "--sponsor-kind"),
    ],
)
def test_an_option_that_would_say_nothing_alone_is_never_dropped_in_silence(
    ann: "Timpora", typed: tuple[str, ...], said: str
) -> None:
    before = ann.db.read_bytes()
    refusal = ann.refused(2, "resident", "add", "--name", "Ben", "--nationality", "D", *typed)
    assert said in refusal
    assert ann.db.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "before", "said"),
    [
        (2, ("history", "--last"), "is not a number of changes. Write a whole number from 1."),
        (2, ("resident", "list", "--limit"), "is not a number of rows. Write a whole number from 0"),
        (2, ("trend", "--months"), "is not a number of months."),
        (2, ("inspection", "due", "--days"), "is not a number of days."),
        (2, ("undo", "--yes"), "is not the number of a change."),
        (2, ("rule", "end"), "is not the id of a rule."),
        (
            2,
            ("rule", "add", "reporting", "--for", "SKTT", "--basis", "Contoh", "--source", "Contoh"),
            "is not a whole number above 0.",
        ),
        (4, ("resident", "show"), "There is no resident 9"),
        (4, ("permit", "show"), "There is no permit 9"),
        (4, ("sponsor", "show"), "There is no sponsor 9"),
        (4, ("case", "show"), "There is no case 9"),
        (4, ("inspection", "show"), "There is no inspection 9"),
        (4, ("meeting", "show"), "There is no meeting 9"),
        (4, ("meeting", "decide", "--done"), "There is no decision 9"),
        (4, ("resident", "edit", "1", "--child", "Contoh", "--instead-of"), "has no such relative 9"),
    ],
)
def test_a_number_of_thousands_of_digits_is_refused_as_any_other(
    timpora: "Timpora", code: int, before: tuple[str, ...], said: str
) -> None:
    """Python itself turns at most 4,300 digits into a number."""
    assert said in timpora.refused(code, *before, "9" * 5000)


def test_weights_of_thousands_of_digits_are_refused(timpora: "Timpora") -> None:
    assert "These are no weights" in timpora.refused(2, "setting", "set", "rank_weights", f"cases={'9' * 5000}")
