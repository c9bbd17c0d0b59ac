"""The README cannot lie: its commands are run, in order, and what they print is what it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import NeedsTool

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"<!-- run -->\n```console\n(.*?)```", re.DOTALL)
FILE = re.compile(r"<!-- file: (\S+) -->\n```csv\n(.*?)```", re.DOTALL)
WRITING = os.environ.get("TIMPORA_GOLDEN") == "write"


def run(command: str, folder: Path) -> str:
    """Return what a person at a shell without a terminal sees of `command`, stderr after stdout."""
    scripts = folder / "bin"
    scripts.mkdir(exist_ok=True)
    program = scripts / "timpora"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m timpora_cli "$@"\n')
    program.chmod(0o755)
    environment = {
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "PYTHONPATH": str(README.parent),
        "HOME": str(folder),
        "TIMPORA_OFFICER": "readme",
    }
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S602
    return done.stdout + done.stderr


def as_printed(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{run(line[2:], folder)}" for line in commands)


def test_every_block_shows_what_its_commands_print(tmp_path: Path, needs_tool: "NeedsTool") -> None:
    needs_tool("sqlite3")
    page = README.read_text(encoding="utf-8")
    for name, content in FILE.findall(page):
        (tmp_path / name).write_text(content, encoding="utf-8")
    run("timpora demo --keep example.db", tmp_path)
    blocks = BLOCK.findall(page)
    printed = [as_printed(block, tmp_path) for block in blocks]
    if WRITING:
        for block, now in zip(blocks, printed, strict=True):
            page = page.replace(f"```console\n{block}```", f"```console\n{now}```")
        README.write_text(page, encoding="utf-8")
    else:
        assert printed == blocks


def test_the_commands_that_set_up_are_the_ones_ci_runs() -> None:
    page = README.read_text(encoding="utf-8")
    ci = (README.parent / ".ci" / "run").read_text(encoding="utf-8")
    assert page.count("<!-- command: test -->") == 1
    assert "<!-- command: test -->" in ci
