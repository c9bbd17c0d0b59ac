"""Which commands and options may stand at the cursor. What stands behind them is in test_values.py."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.toys import Toys


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        (["to"], ["toys"]),
        (["toys", "sh"], ["shelf"]),
        (["toys", "box", ""], ["open"]),
        (["toys", "box", "--de"], ["--deep"]),
        (["--db", "x y", "toys", "keep", "--of"], ["--officer"]),
        (["toys", "list", "--for"], ["--format", "--for-spreadsheet", "--force"]),
        (["toys", "list", "x", "--format", "nd"], ["ndjson"]),
        (["toys", "said", "--lang", ""], ["en", "id"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["toys", "keep", "--as"], []),
        (["toys", "add", "ball", "--lo"], ["--loud"]),
        (["toys", "add", "ball", "--quiet", "--lo"], []),
        (["toys", "add", "ball", "--colour", "red", "--col"], ["--colour"]),
        (["toys", "add", "ball", "--kind", "x", "--kin"], []),
        (["toys", "add", "--", "--ki"], []),
        (["toys", "add", "--unheard-of", "--ki"], ["--kind"]),
        (["nothing", "to"], []),
        (["toys", "nothing", "--ki"], []),
    ],
)
def test_commands_and_options_are_completed(toys: "Toys", words: list[str], candidates: list[str]) -> None:
    ended = toys.tab(*words)
    assert (ended.code, ended.err) == (0, "")
    kind, *lines = ended.out.splitlines()
    assert kind == "values"
    assert [line.partition("\t")[0] for line in lines] == candidates
