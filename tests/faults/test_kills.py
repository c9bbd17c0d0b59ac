"""A short run of the kills: see kills.py."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.kills import COMMANDS, killed, spread

if TYPE_CHECKING:
    from tests.conftest import NeedsTool


@pytest.mark.slow
def test_a_kill_loses_nothing_that_was_acknowledged_and_leaves_nothing_half(
    tmp_path: Path, needs_tool: "NeedsTool"
) -> None:
    needs_tool("strace")
    figures = killed(tmp_path / "office", 12)
    assert set(figures.kills) == set(COMMANDS)
    assert figures.kills.total() >= 10


def test_the_moments_are_spread_over_the_whole_run() -> None:
    moments = [("fsync", number) for number in range(1, 11)]
    assert list(spread(moments, 3)) == [("fsync", 1), ("fsync", 5), ("fsync", 10)]
    assert list(spread(moments, 30)) == moments
