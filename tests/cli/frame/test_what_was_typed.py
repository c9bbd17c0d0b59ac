"""The history names a command with the options that somebody typed: no more, no fewer, and never their values."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

BASIS = ("--basis", "Contoh 2/2026", "--source", "example.invalid")


@pytest.mark.parametrize(
    ("words", "logged"),
    [
        (("resident", "depart", "1"), "resident depart"),
        (("resident", "depart", "1", "--on", "2020-09-15"), "resident depart --on"),
        (("resident", "depart", "1", "--how", "left"), "resident depart --how"),
        (("resident", "edit", "1", "--note", ""), "resident edit --note"),
        (("--officer", "x", "resident", "edit", "1", "--note", "a slip"), "resident edit --note"),
        (("resident", "remove", "1", "--yes"), "resident remove --yes"),
        (
            (
                "relief",
                "add",
                "CONTOH-1",
                "--name",
                "Contoh",
                "--class",
                "ITK",
                "--class",
                "BVK",
                "--from",
                "2026-01-01",
                *BASIS,
            ),
            "relief add --name --basis --class --from --source",
        ),
    ],
)
def test_an_option_stands_in_the_history_where_it_was_typed(
    timpora: "Timpora", words: tuple[str, ...], logged: str
) -> None:
    timpora(*words)
    assert timpora.changes()[-1][1] == logged
