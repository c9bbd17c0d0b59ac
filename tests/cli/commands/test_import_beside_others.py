"""An import of a large sheet shuts nobody out: who reads and who records meanwhile waits at most, and is served."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.intake import people, written_csv
from tests.processes import ended

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

pytestmark = pytest.mark.slow

ROWS, OTHERS, AT_ONCE = 20_000, 20, 2
PIPE = subprocess.PIPE


def test_readers_and_adds_are_served_while_a_large_sheet_is_imported(timpora: "Timpora", tmp_path: Path) -> None:
    sheet = written_csv(tmp_path / "people.csv", people(ROWS))
    before = len(timpora.rows("resident", "list"))
    command = (sys.executable, "-m", "timpora_cli", "--db", str(timpora.db), "--officer", "a made-up officer")
    calls = [
        call
        for number in range(OTHERS)
        for call in (
            ("counts",),
            ("resident", "add", "--name", f"Ann {number} Invented", "--nationality", "AUS", "--village", "Air Merbau"),
        )
    ]
    with ended(subprocess.Popen([*command, "import", str(sheet)], stdout=PIPE, stderr=PIPE, text=True)) as importing:
        beside = 0
        for first in range(0, len(calls), AT_ONCE):
            with ExitStack() as ends:
                started = [
                    ends.enter_context(ended(subprocess.Popen([*command, *words], stdout=PIPE, stderr=PIPE, text=True)))
                    for words in calls[first : first + AT_ONCE]
                ]
                answers = [process.communicate() for process in started]
                assert [process.returncode for process in started] == [0] * AT_ONCE, answers
            beside += AT_ONCE * (importing.poll() is None)
        answer, _notes = importing.communicate()
    assert beside > 0
    assert answer.startswith(f"{ROWS} rows: {ROWS} new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.\n")
    assert len(timpora.rows("resident", "list")) == before + ROWS + OTHERS
    assert timpora("verify").code == 0
