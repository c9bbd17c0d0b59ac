"""Random search finds what a fixed run does not try, and says how to see it again."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.search.plugin import Chance

ROOT = Path(__file__).parents[2]
WRONG = """
from hypothesis import given, strategies as st

@given(st.integers())
def test_every_number_is_small(number):
    assert number < 1000

def test_that_is_not_random():
    assert False
"""


def search(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.search", *map(str, words)]
    one_process = os.environ | {"PYTEST_ADDOPTS": "-n0"}
    return subprocess.run(command, cwd=ROOT, env=one_process, capture_output=True, text=True, check=False)


def test_plain_pytest_tries_the_same_cases_in_every_run() -> None:
    tried: list[int] = []

    @given(st.integers())
    def collect(number: int) -> None:
        tried.append(number)

    collect()
    once = len(tried)
    collect()
    assert tried[:once] == tried[once:]


def test_chance_is_the_same_in_every_run_and_another_one_for_another_number(chance: "Chance", searching: bool) -> None:
    first = chance(1).random()
    assert first == chance(1).random()
    assert first != chance(2).random()
    assert searching or first == 0.13436424411240122


@pytest.mark.slow
def test_a_failure_shows_the_smallest_case_and_the_seed_that_repeats_it(tmp_path: Path) -> None:
    (tmp_path / "test_wrong.py").write_text(WRONG)
    found = search("--minutes", "1", tmp_path)
    assert found.returncode == 1
    assert "number=1000," in found.stdout
    assert "test_that_is_not_random" not in found.stdout
    *_others, repeat = found.stdout.splitlines()
    assert repeat == f"python -m tests.search --{found.stdout.splitlines()[0].lower()}"
    again = search(*repeat.split()[3:], tmp_path)
    assert (again.returncode, "number=1000," in again.stdout) == (1, True)


@pytest.mark.slow
def test_a_search_of_so_many_runs_says_what_was_played_in_each(tmp_path: Path) -> None:
    played = WRONG.replace("(number):", "(record_property, number):").replace(
        "assert number < 1000", 'record_property("numbers", 1)'
    )
    (tmp_path / "test_right.py").write_text(played)
    found = search("--times", "2", tmp_path)
    assert (found.returncode, found.stdout.count("Seed "), found.stdout.count("100 numbers")) == (0, 2, 2)


@pytest.mark.slow
def test_a_search_ends_with_its_time_and_counts_as_passed_when_nothing_failed(tmp_path: Path) -> None:
    (tmp_path / "test_right.py").write_text(WRONG.replace("number < 1000", "number == number"))
    found = search("--minutes", "0.01", tmp_path)
    assert (found.returncode, found.stdout.count("Seed ")) == (0, 1)
    (tmp_path / "test_right.py").write_text("this is no module of Python")
    assert search("--minutes", "0.01", tmp_path).returncode == 1
