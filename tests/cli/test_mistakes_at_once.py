"""All mistakes of one command are told at once, each behind its option; one alone is told as it always is."""

from typing import TYPE_CHECKING

import pytest

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
