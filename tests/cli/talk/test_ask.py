"""Questions to a person at a terminal, and what is named where nobody can be asked."""

from typing import TYPE_CHECKING

import pytest

from timpora_cli.cli.talk import ask
from timpora_cli.errors import WrongUsage

if TYPE_CHECKING:
    from tests.cli.toys import Toys


@pytest.mark.slow
def test_a_question_is_asked_on_stderr_at_a_terminal(toys: "Toys") -> None:
    given = toys.typing("toys", "fail", "ask", keys=b" Sari \n")
    assert (given.code, given.out) == (0, "Sari\n")
    assert given.err.endswith("Name: ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "meant"), [("y", True), ("Ya", True), ("YES", True), ("", False), ("n", False), ("x", False)]
)
def test_only_yes_is_yes(toys: "Toys", typed: str, meant: bool) -> None:
    given = toys.typing("toys", "fail", "confirm", keys=f"{typed}\n".encode())
    assert (given.code, given.out) == (0, f"{meant}\n")
    assert given.err.endswith("Really? [y/N]: ")


@pytest.mark.slow
def test_the_end_of_the_input_changes_nothing(toys: "Toys") -> None:
    given = toys.typing("toys", "fail", "ask", keys=b"\x04")
    assert (given.code, given.out) == (1, "")
    assert given.err.endswith("Name: \ntimpora: Nothing was changed.\n")


def test_what_is_missing_is_named_all_at_once() -> None:
    ask.refuse_missing({"--name": "Ann"})
    with pytest.raises(WrongUsage) as refusal:
        ask.refuse_unasked({"--class": None, "--name": "Ann", "--expires": ""})
    assert str(refusal.value) == (
        "Missing: --class, --expires.\nGive them on the command line; they are only asked for on a terminal."
    )
