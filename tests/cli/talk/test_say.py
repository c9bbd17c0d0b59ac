"""What is said on stderr: dates read back to a person, and nothing of that away from a terminal."""

from datetime import date
from typing import TYPE_CHECKING

from timpora_cli.cli.talk import say

if TYPE_CHECKING:
    import pytest

    from tests.cli.toys import Toys


def test_a_date_in_words_is_read_back_at_a_terminal_only(toys: "Toys", capsys: "pytest.CaptureFixture[str]") -> None:
    assert toys.typing("toys", "fail", "words", keys=b"").err == "before Sunday 20 September 2020\n"
    assert toys.typing("toys", "fail", "digits", keys=b"").err == ""
    say.echo_date("before", "besok", date(2020, 9, 20))
    assert capsys.readouterr() == ("", "")


def test_control_characters_are_made_visible(capsys: "pytest.CaptureFixture[str]") -> None:
    say.complain("one\x1b[31m\ntwo")
    assert capsys.readouterr().err == "timpora: one\\x1b[31m\ntwo\n"


def test_a_remark_is_for_a_person_at_a_terminal_and_a_note_for_everyone(capsys: "pytest.CaptureFixture[str]") -> None:
    say.remark("2 rows written")
    say.note("brought up to date")
    assert capsys.readouterr().err == "brought up to date\n"
