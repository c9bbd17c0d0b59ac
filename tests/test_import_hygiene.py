"""What a call may not load: start-up is spent on what the call needs, and the heavy rooms open only when entered."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import timpora_cli

SOURCE = Path(timpora_cli.__file__).parents[1]
HEAVY = ("pydantic", "rich", "sqlite_utils", "dateutil", "importlib.metadata")

TOY = '''
from typing import Annotated

import typer

from timpora_cli.cli.options import Filters, OutputOptions, globals_of, takes_records
from timpora_cli.cli.plain import Reading, command_app

app = command_app()


@app.command(cls=Reading)
@takes_records
def toy(
    ctx: typer.Context,
    word: str,
    more: Annotated[list[str] | None, typer.Argument()] = None,
    loud: Annotated[bool, typer.Option("--loud/--quiet")] = False,
    *,
    where: Filters,
    output: OutputOptions,
) -> None:
    """Take one of each kind."""
    globals_of(ctx)
    where.asked()
'''

CALL = """
import json, sys
from timpora_cli.cli import app
app.COMMANDS["toy"] = "toy_for_imports"
try:
    app.main()
finally:
    sys.stderr.write(json.dumps(sorted(sys.modules)))
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Return the modules in memory after `timpora ARGUMENTS` has run to a good end in a process of its own."""
    (folder / "toy_for_imports.py").write_text(TOY)
    run = subprocess.run(
        [sys.executable, "-c", CALL, *arguments],
        env={"PYTHONPATH": f"{SOURCE}:{folder}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stderr))


@pytest.mark.parametrize(
    "line",
    [
        "toy ball red blue --loud --district A --district B --mask --limit 3 --db x --as-of 2020-09-17",
        "--lang en toy ball --quiet",
        "completion bash",
        "--help",
        "toy --help",
    ],
)
def test_a_call_without_register_or_table_loads_nothing_heavy(tmp_path: Path, line: str) -> None:
    assert loaded(tmp_path, *line.split()).isdisjoint(HEAVY)


def test_a_command_loads_no_other_command(tmp_path: Path) -> None:
    here = {name for name in loaded(tmp_path, "toy", "ball") if name.startswith("timpora_cli.cli.")}
    assert here == {"timpora_cli.cli.app", "timpora_cli.cli.options", "timpora_cli.cli.plain", "timpora_cli.cli.talk"}


def test_the_root_loads_no_options_before_the_language_is_chosen(tmp_path: Path) -> None:
    assert "timpora_cli.cli.options" not in loaded(tmp_path, "completion", "bash")
