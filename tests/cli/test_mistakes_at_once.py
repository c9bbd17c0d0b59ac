"""All mistakes of one command are told at once, each behind its option; one alone is told as it always is."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from timpora_cli.store import clock

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

NOT_A_DAY = '"31/2/2020" is not a date: February 2020 has no day 31.'
NO_CLASS = "KITTAS is not a known class."
NO_VILLAGE = "There is no village Nowhere."


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        (
            2,
            ("permit", "add", "1", "--class", "KITTAS", "--number", "N1", "--issued", "31/2/2020", "--expires", "soon"),
            (f"--class: {NO_CLASS}", f"--issued: {NOT_A_DAY}", '--expires: "soon" is not a date'),
        ),
        (
            2,
            ("permit", "add", "9", "--class", "KITTAS", "--issued", "31/2/2020"),
            (
                "RESIDENT: There is no resident 9.", f"--class: {NO_CLASS}", f"--issued: {NOT_A_DAY}",
                "Missing: --number, --expires.",
            ),
        ),
        (
            2,
            ("resident", "add", "--nationality", "Atlantis", "--born", "31/2/2020", "--village", "Nowhere"),
            ("--nationality: ", f"--born: {NOT_A_DAY}", f"--village: {NO_VILLAGE}", "Missing: --name."),
        ),
        (
            2,
            ("resident", "edit", "1", "--sex", "X", "--purpose", "fun", "--sponsor", "PT", "--sponsor-kind", "cat"),
            ("--sex: ", "--purpose: fun is not a known purpose", "--sponsor-kind: "),
        ),
        (
            4,
            ("resident", "move", "9", "--village", "Nowhere", "--district", "Elsewhere"),
            ("RESIDENT: There is no resident 9.", f"--village: {NO_VILLAGE}", "--district: There is no district"),
        ),
        (2, ("resident", "depart", "9", "--how", "flew", "--on", "31/2/2020"), (
            "RESIDENT: There is no resident 9.", f"--on: {NOT_A_DAY}", "--how: flew is not a known",
        )),
        (2, ("permit", "extend", "9", "--expires", "31/2/2020"), (
            "PERMIT: There is no permit 9.", f"--expires: {NOT_A_DAY}",
        )),
        (4, ("resident", "merge", "8", "9"), ("RESIDENT: There is no resident 8.", "OTHER: There is no resident 9.")),
        (2, ("relief", "add", "X", "--class", "KITTAS", "--from", "31/2/2020", "--supersedes", "Y"), (
            f"--class: {NO_CLASS}", f"--from: {NOT_A_DAY}", "--supersedes: There is no relief Y.",
            "Missing: --name, --basis, --source.",
        )),
    ],
)  # fmt: skip
def test_all_mistakes_of_a_command_are_told_at_once_and_nothing_is_changed(
    ann: "Timpora", code: int, words: tuple[str, ...], told: tuple[str, ...]
) -> None:
    before = ann.db.read_bytes()
    given = ann(*words)
    assert (given.code, given.out) == (code, "")
    said = given.err.removeprefix("timpora: ")
    starts = [said.index(one) for one in told]
    assert starts == sorted(starts), said
    assert starts[0] == 0
    assert ann.db.read_bytes() == before


READING = {
    (
        "expiring", "--as-of", "31/2/2020", "--before", "soon", "--from", "31/2/2019", "--village", "Nowhere",
        "--class", "KITTAS", "--state", "LATE", "--state", "DUE", "--state", "LOST", "--columns", "name,foo",
        "--sort", "bar", "--format", "jsn", "--limit", "ten",
    ): (
        2,
        "--as-of: ", '--before: "soon" is not a date', "--from: ", f"--village: {NO_VILLAGE}", f"--class: {NO_CLASS}",
        "--state: LATE ", "--state: LOST ", 'There is no format "jsn"', '--limit "ten"', 'There is no column "foo"',
        'There is no column "bar"',
    ),
    ("expiring", "--before", "soon", "--within", "3x", "--known-at", "1999-01-01", "--critical", "2d"): (
        2, "--known-at: --known-at 1999-01-01", '--before: "soon"', '--within: "3x"', "--before and --within both",
        "--critical is a threshold",
    ),
    ("counts", "--by", "colour", "--district", "Nowhere", "--nationality", "Atlantis", "--name", "Zed"): (
        2, "--by: colour is not a known", "--district: There is no district Nowhere", "--nationality: ", "--name: ",
    ),
    ("resident", "list", "--district", "Nowhere", "--village", "Nowhere either", "--sponsor", " "): (
        2, "--district: There is no", "--village: There is no village Nowhere either", "--sponsor: --sponsor is",
    ),
    ("permit", "list", "--as-of", "31/2/2020", "--purpose", "fun"): (2, "--as-of: ", "--purpose: "),
    ("permit", "show", "9", "--as-of", "31/2/2020", "--format", "jsn"): (
        2, "--as-of: ", "PERMIT: ", "There is no format",
    ),
    ("history", "--last", "0", "--permit", "9", "8", "--format", "jsn"): (
        2, "RESIDENT: ", "--permit: ", "--last: --last 0", 'There is no format "jsn"',
    ),
    ("history", "--last", "0", "--permit", "9"): (2, "--permit: ", "--last: --last 0", "RESIDENT, --permit and --last"),
    ("holiday", "list", "--year", "20", "--sort", "foo"): (2, "--year: --year 20", 'There is no column "foo"'),
    ("village", "list", "--district", "Nowhere", "--as-of", "soon"): (2, "--as-of: ", "--district: There is no"),
    ("export", "people.xyz", "--layout", "all", "--district", "Nowhere", "--class", "KITTAS"): (
        2, "--district: ", f"--class: {NO_CLASS}", "all is not a known layout",
    ),
    ("status", "--within", "3x", "--passports", "--format", "jsn"): (
        2, '--within: "3x"', "--within asks about", "--passports asks about", "There is no format",
    ),
    ("relief", "explain", "9", "--as-of", "soon"): (2, "--as-of: ", "RESIDENT: There is no resident 9"),
    ("permit", "extend", "9", "--expires", "31/2/2020", "--format", "jsn"): (
        2, "PERMIT: There is no permit 9", f"--expires: {NOT_A_DAY}", 'There is no format "jsn"',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), READING.items())
def test_a_command_that_reads_tells_all_mistakes_at_once_too(
    ann: "Timpora", words: tuple[str, ...], expected: tuple[int, *tuple[str, ...]]
) -> None:
    code, *told = expected
    given = ann(*words)
    assert (given.code, given.out) == (code, "")
    places = [given.err.index(one) for one in told]
    assert places == sorted(places), given.err
    # Every other line says how it is written, or what is known.
    mistakes = [line for line in given.err.splitlines() if not line.startswith(("Known: ", "Write it as "))]
    assert len(mistakes) == len(told), given.err


@pytest.mark.slow
def test_what_was_known_then_decides_what_is_a_mistake(ann: "Timpora") -> None:
    ann.answer("resident", "add", "--name", "Zed Invented", "--nationality", "AUS")
    moment = ann.rows("history", "--last", "1")[0]["at"]
    ann.answer("resident", "edit", "2", "--name", "Other Invented")
    said = ann.refused(2, "resident", "list", "--name", "Zed", "--known-at", moment, "--class", "KITTAS")
    assert said.startswith(NO_CLASS)
    assert "--name: " in ann("resident", "list", "--name", "Zed", "--class", "KITTAS").err


def test_one_mistake_alone_is_told_without_its_option(ann: "Timpora") -> None:
    said = ann.refused(2, "permit", "extend", "1", "--expires", "31/2/2020")
    assert said.startswith(NOT_A_DAY)


def test_what_is_wrong_with_a_value_and_what_a_rule_refuses_are_told_together(ann: "Timpora") -> None:
    ann.answer("permit", "revoke", "1", "--reason", "x")
    given = ann("permit", "extend", "1", "--expires", "31/2/2020")
    assert given.code == 2
    assert f"--expires: {NOT_A_DAY}" in given.err
    assert "Permit 1 ended on 2020-09-17 (REVOKED)." in given.err


def test_an_error_about_the_register_itself_stands_alone(ann: "Timpora") -> None:
    gone = ann.on(ann.db.with_name("none.db"))
    assert gone.refused(5, "permit", "extend", "1", "--expires", "31/2/2020").startswith("There is no register")


def test_a_mistake_is_told_once_although_the_clock_goes_on(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count()
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 10, tzinfo=UTC) + timedelta(seconds=next(seconds)))
    for words in (("counts",), ("export", "never.csv")):
        assert timpora.refused(2, *words, "--known-at", "2000-01-01").startswith("--known-at 2000-01-01: ")
