"""`timpora completion`: the script that completes timpora in a shell."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(timpora: "Timpora", shell: str) -> None:
    assert f"_TIMPORA_COMPLETE={shell} " in timpora.answer("completion", shell)


def test_an_unknown_shell_is_refused_with_the_known_ones(timpora: "Timpora") -> None:
    assert timpora.refused(2, "completion", "tcsh") == 'There is no completion for "tcsh". Known: bash, zsh, fish.\n'
