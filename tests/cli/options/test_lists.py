"""The options that say how a list is written: which values they take, and what the renderer gets of them."""

import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest
import typer

from timpora_cli.cli.options.lists import CardOptions, OutputOptions
from timpora_cli.render.answer import Wanted
from timpora_cli.render.formats import FORMATS

if TYPE_CHECKING:
    from tests.cli.toys import Toys


def test_an_unknown_format_names_the_known_ones(toys: "Toys") -> None:
    given = toys("toys", "list", "ball", "--format", "jsn")
    assert (given.code, given.out) == (2, "")
    assert given.err == (
        'timpora: There is no format "jsn". Did you mean json?\nKnown: table, plain, csv, tsv, json, ndjson.\n'
    )
    assert "Did you mean" not in toys("toys", "list", "ball", "--format", "zzz").err


@pytest.mark.parametrize("limit", ["-1", "1.5", "ten", "", "²"])
def test_a_limit_is_a_whole_number(toys: "Toys", limit: str) -> None:
    given = toys("toys", "list", "ball", "--limit", limit)
    assert (given.code, given.out) == (2, "")
    assert f'--limit "{limit}" is not a number of rows.' in given.err


@pytest.mark.parametrize("option", ["--columns", "--sort"])
@pytest.mark.parametrize("names", ["", "a,,b", "a,"])
def test_a_name_between_commas_is_never_empty(toys: "Toys", option: str, names: str) -> None:
    given = toys("toys", "list", "ball", option, names)
    assert given.code == 2
    assert f'A name is missing in {option} "{names}".' in given.err


def test_the_renderer_gets_what_was_chosen() -> None:
    chosen = OutputOptions(
        format="csv", mask=True, columns="a, b", sort="-c", limit="0", for_spreadsheet=True, title=None
    ).chosen()
    assert chosen == Wanted(format="csv", columns=("a", "b"), sort=("-c",), limit=0, mask=True, for_spreadsheet=True)


def test_a_terminal_gets_a_table_and_a_pipe_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", StringIO())
    assert OutputOptions().chosen() == Wanted(format="plain")
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert OutputOptions().chosen() == Wanted(format="table", terminal=True)
    assert CardOptions(format="json").chosen() == Wanted(format="json", terminal=True)


def test_the_formats_are_those_of_the_renderer() -> None:
    assert CardOptions.formats == FORMATS


def test_exit_code_is_three_when_the_list_is_not_empty(toys: "Toys") -> None:
    assert toys("toys", "list", "ball", "--exit-code").code == 3
    OutputOptions(exit_code=True).end(0)
    OutputOptions().end(2)
    with pytest.raises(typer.Exit):
        OutputOptions(exit_code=True).end(1)
