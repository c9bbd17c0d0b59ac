"""README.md and the manual cannot lie: their commands are run, in order, and what they print is what they show."""

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
import typer.main

from tests.documents import BLOCK, COMMAND, DOCUMENTS, README, SOURCE, as_printed, consoles, marked, run
from timpora_cli.cli import app
from timpora_cli.cli.frame.base import Folder, commands_of

if TYPE_CHECKING:
    from tests.conftest import NeedsTool

WRITING = os.environ.get("TIMPORA_GOLDEN") == "write"
LONGEST_README = 250
LONGEST_LINE = 100
MARKS = {"file", "recipe", "command"}
UNSAID = {"text"}  # languages of blocks that show no command
OF_OTHERS = {"--minutes", "--times", "--only", "--csv"}  # options of other programs


def each_document() -> list[object]:
    return [pytest.param(document, id=document.stem) for document in DOCUMENTS]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register, as `timpora demo --keep` writes it."""
    folder = tmp_path_factory.mktemp("example")
    run("timpora demo --keep example.db", folder)
    return folder / "example.db"


@pytest.mark.slow
@pytest.mark.parametrize("document", each_document())
def test_every_console_block_shows_what_its_commands_print(
    document: Path, example: Path, tmp_path: Path, needs_tool: "NeedsTool"
) -> None:
    blocks = consoles(document)
    if any("$ sqlite3 " in block for block in blocks):
        needs_tool("sqlite3")
    for name, content in marked(document, "file").items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    shutil.copy(example, tmp_path)  # with its mode
    printed = [as_printed(block, tmp_path) for block in blocks]
    if WRITING:
        page = document.read_text(encoding="utf-8")
        for block, now in zip(blocks, printed, strict=True):
            page = page.replace(f"```console\n{block}```", f"```console\n{now}```")
        document.write_text(page, encoding="utf-8")
    else:
        assert printed == blocks


@pytest.mark.parametrize("document", each_document())
def test_every_block_is_run_or_says_what_it_is(document: Path) -> None:
    page = document.read_text(encoding="utf-8")
    blocks = BLOCK.findall(page)
    assert page.count("```") == 2 * len(blocks)
    for kind, _name, language, text in blocks:
        assert kind in MARKS or language in {"console", *UNSAID}
        assert language != "console" or text.startswith("$ ")


@pytest.mark.parametrize("document", each_document())
def test_the_text_around_the_blocks_fits_a_line(document: Path) -> None:
    prose = BLOCK.sub("", document.read_text(encoding="utf-8"))
    limit = 120 if document == README else LONGEST_LINE
    assert [line for line in prose.splitlines() if len(line) > limit and not line.startswith("|")] == []


def commands_named(document: Path) -> Iterator[list[str]]:
    """Each command line of timpora that a document names, in its console blocks or between backticks, as words."""
    page = document.read_text(encoding="utf-8")
    lines = [command.replace("\\\n", " ") for block in consoles(document) for command in COMMAND.findall(block)]
    quoted = re.findall(r"`(timpora\b[^`]*)`", BLOCK.sub("", page))
    for line in [*lines, *(text.replace("\n", " ") for text in quoted)]:
        words = shlex.split(line.removeprefix("$ "))
        if words and words[0] == "timpora":
            yield words[1:]


@pytest.mark.parametrize("document", each_document())
def test_every_command_and_option_that_is_named_exists(document: Path) -> None:
    root = typer.main.get_command(app.app)
    for words in commands_named(document):
        command, context = root, typer.Context(root)
        options = {name for parameter in root.get_params(context) for name in parameter.opts}
        for word in words:
            called = command.get_command(context, word) if isinstance(command, Folder) else None
            if called is not None:
                command, context = called, typer.Context(called)
                options |= {name for parameter in called.get_params(context) for name in parameter.opts}
        assert command is not root or words in ([], ["A", "B"]), words
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options, words


@pytest.mark.parametrize("document", each_document())
def test_every_option_between_backticks_exists(document: Path) -> None:
    root = typer.main.get_command(app.app)
    assert isinstance(root, Folder)
    levels = [root, *(command for _words, command in commands_of(root))]
    known = {
        name for level in levels for parameter in level.get_params(typer.Context(level)) for name in parameter.opts
    }
    prose = BLOCK.sub("", document.read_text(encoding="utf-8"))
    options = {word for text in re.findall(r"`([^`]*)`", prose) for word in text.split() if word.startswith("--")}
    assert options - OF_OTHERS <= known


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= LONGEST_README


def test_the_commands_that_set_up_are_the_ones_ci_runs() -> None:
    page = README.read_text(encoding="utf-8")
    ci = (SOURCE / ".ci" / "run").read_text(encoding="utf-8")
    assert page.count("<!-- command: test -->") == page.count("<!-- command: demo -->") == 1
    assert "<!-- command: test -->" in ci
