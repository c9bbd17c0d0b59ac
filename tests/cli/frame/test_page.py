"""Help pages: a summary, what the command does, its parameters in three sections, and examples."""

from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest
import typer
import typer.main

from timpora_cli import language
from timpora_cli.cli import app, commands
from timpora_cli.cli.frame import options
from timpora_cli.cli.frame.base import Folder, commands_of
from timpora_cli.cli.frame.page import examples_of

if TYPE_CHECKING:
    from tests.cli.toys import Toys


def root() -> Folder:
    found = typer.main.get_command(app.app)
    assert isinstance(found, app.Root)
    return found


def test_a_help_page_is_a_page_of_a_manual(toys: "Toys") -> None:
    assert toys.answer("toys", "keep", "--help") == (
        "Usage: timpora toys keep [OPTIONS] {name}\n\n"
        "  Keep a toy in a register.\n\n"
        "Arguments:\n"
        "  name  [required]\n\n"
        "Options:\n"
        "  -h, --help  Show this page and end.\n\n"
        "Everywhere:\n"
        "  --db FILE       The register's file (then TIMPORA_DB, then the usual place).\n"
        "  --officer NAME  Who is at work, for the history (then TIMPORA_OFFICER, then\n"
        "                  the login name).\n"
        "  --lang en|id    The language of texts (then TIMPORA_LANG, then the locale).\n"
        "  --wait SECONDS  How long to wait for another program that is writing; 60\n"
        "                  without it.\n"
    )


def test_the_options_of_the_records_come_before_those_of_the_function(toys: "Toys") -> None:
    page = toys.answer("toys", "list", "--help")
    places = [page.index(f"  {name}") for name in ("WORD", "--colour", "--district", "--format", "-h, --help")]
    assert places == sorted(places)


def test_only_reading_commands_show_the_clocks(toys: "Toys") -> None:
    assert "--as-of DATE" in toys.answer("toys", "said", "--help")
    for other in ("keep", "shelf"):
        page = toys.answer("toys", other, "--help")
        assert "--as-of" not in page
        assert "--known-at" not in page
        assert "--db FILE" in page


def test_examples_are_never_wrapped_and_can_be_collected(toys: "Toys") -> None:
    lines = [
        "timpora toys list ball",
        "timpora toys list ball --name 'a long name' --limit 20 --colour blue --class X",
    ]
    assert toys.answer("toys", "list", "--help").endswith("\nExamples:\n  " + "\n  ".join(lines) + "\n")
    group = root().get_command(typer.Context(root()), "toys")
    assert isinstance(group, Folder)
    found = {words[0]: command for words, command in commands_of(group)}
    assert examples_of(found["list"]) == lines
    assert examples_of(found["keep"]) == []


def test_the_root_lists_the_commands_in_the_order_of_its_folder(toys: "Toys", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "COMMANDS", ("lone", "toys"))
    page = toys.answer("--help")
    assert "\nCommands:\n  lone  Stand alone\n  toys  Toys of all kinds\n\nOptions:\n" in page
    assert 'No such command "expiring".' in toys("expiring").err


def test_the_page_is_in_the_language_in_force(toys: "Toys", monkeypatch: pytest.MonkeyPatch) -> None:
    class Shouted(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    options._anywhere.cache_clear()
    monkeypatch.setattr(language, "choose", lambda _language: None)
    monkeypatch.setattr(language, "_catalogue", Shouted())
    page = toys.answer("toys", "keep", "--help")
    summaries = toys.answer("toys", "--help")
    options._anywhere.cache_clear()
    assert "KEEP A TOY IN A REGISTER." in page
    assert "\nEVERYWHERE:\n  --db FILE       THE REGISTER'S FILE" in page
    assert "-h, --help  SHOW THIS PAGE AND END." in page
    assert "keep   KEEP A TOY IN A REGISTER\n" in summaries


def test_every_command_has_a_summary_and_examples() -> None:
    for words, command in commands_of(root()):
        assert command.get_short_help_str(), words
        lines = examples_of(command)
        assert lines, words
        assert all(line.startswith("timpora ") for line in lines), words


def test_every_folder_of_commands_has_a_summary() -> None:
    context = typer.Context(root())
    groups = [root().get_command(context, name) for name in root().list_commands(context)]
    assert all(group.get_short_help_str() for group in groups if isinstance(group, Folder))
