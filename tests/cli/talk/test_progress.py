"""How far a long import has come: shown on a terminal, and nowhere else."""

import io
import sys
from collections.abc import Callable

import pytest

from timpora_cli.cli.talk import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, part: Callable[[], float | None]) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress.watched() as watch:
        for read in range(1, 4):
            if watch is not None:
                watch(read, part)
    return stream.getvalue()


def test_on_a_terminal_a_long_import_shows_its_rows_their_rate_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(progress, "BETWEEN", 0.0)
    said = shown(monkeypatch, Terminal(), lambda: 0.5)
    assert "3 rows, " in said
    assert " a second" in said
    assert "50%" in said
    assert "3 rows, " in shown(monkeypatch, Terminal(), lambda: None)


def test_a_short_import_shows_nothing_and_neither_does_any_away_from_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert shown(monkeypatch, Terminal(), lambda: 0.5) == ""
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.0)
    assert shown(monkeypatch, io.StringIO(), lambda: 0.5) == ""
