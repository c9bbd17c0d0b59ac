"""`timpora help`: the topics, a page as it is written or wrapped, the help of a command."""

import re
import shlex
from typing import TYPE_CHECKING

import pytest
import typer.main

from timpora_cli import manual
from timpora_cli.cli import app
from timpora_cli.cli.completion.cursor import offered

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Timpora


def offers(line: str) -> list[str]:
    """What TAB offers at the end of a line that stands behind `timpora`."""
    *words, word = shlex.split(line) if line[-1:].strip() else [*shlex.split(line), ""]
    return [each.value for each in offered(typer.main.get_command(app.app), words, word).candidates]


def test_without_a_topic_all_are_listed_with_their_summaries(timpora: "Timpora") -> None:
    listed = timpora.answer("help").splitlines()
    assert listed[: len(manual.TOPICS)] == [f"- {topic}: {text}" for topic, text in manual.summaries().items()]
    assert listed[-1] == "A page: timpora help dates. The help of a command: timpora help expiring."


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_a_page_comes_as_it_is_written_where_no_terminal_reads_it(timpora: "Timpora", topic: str) -> None:
    assert timpora.answer("help", topic) == manual.page(topic)


@pytest.mark.parametrize("typed", [("exit-codes",), ("exit", "codes"), ("Exit-Codes",)])
def test_a_topic_of_two_words_is_found_however_it_is_typed(timpora: "Timpora", typed: tuple[str, ...]) -> None:
    assert timpora.answer("help", *typed).startswith("# exit-codes: ")


@pytest.mark.slow
@pytest.mark.parametrize("columns", [50, 80])
def test_on_a_terminal_a_page_is_wrapped_to_the_width(typing: "AtTerminal", columns: int) -> None:
    given = typing("help", "states", piped=False, columns=columns)
    assert given.code == 0
    wrapped = [line for line in given.err.splitlines() if re.match(r"[A-Za-z-] ?\w", line)]
    assert wrapped[0].startswith("states: ")
    assert columns - 15 < max(len(line) for line in wrapped[1:]) <= columns


def test_an_unknown_topic_is_refused_with_the_nearest(timpora: "Timpora") -> None:
    refused = timpora.refused(2, "help", "stats")
    assert refused.startswith('The manual has no page "stats". Did you mean states?\nKnown: dates, states, ')


@pytest.mark.parametrize("command", [("expiring",), ("permit",), ("permit", "extend"), ("help",)])
def test_the_name_of_a_command_shows_the_help_of_that_command(timpora: "Timpora", command: tuple[str, ...]) -> None:
    assert timpora.answer("help", *command) == timpora.answer(*command, "--help")


def test_no_topic_has_the_name_of_a_command() -> None:
    assert set(manual.TOPICS).isdisjoint(offers(""))


def test_help_reads_no_register_and_refuses_the_clocks(timpora: "Timpora") -> None:
    assert timpora.on(timpora.db.with_name("nowhere.db")).answer("help", "dates") == manual.page("dates")
    assert "--as-of" in timpora.refused(2, "help", "dates", "--as-of", "2020-09-17")


def test_tab_offers_topics_and_commands_and_the_commands_of_a_group() -> None:
    assert offers("help s") == ["states", "stays", "sheets", "scripts", "status", "sponsor", "setting", "schema"]
    assert "dates" in offers("help ")
    assert offers("help permit e") == ["extend", "edit"]
    assert "states" not in offers("help dates ")
