"""The documents of the project, README.md and the pages of the manual, and the blocks of code in them.

A `console` block shows commands and what they print. A block below `<!-- file: NAME -->` is the content of a file, one
below `<!-- recipe: NAME -->` a recipe that `tests/recipes` runs, one below `<!-- command: NAME -->` a command that
`.ci/run` reads.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from timpora_cli.manual import PAGES, TOPICS

SOURCE = Path(__file__).parents[1]
README = SOURCE / "README.md"
DOCUMENTS = (README, *(PAGES / f"{topic}.md" for topic in TOPICS))
BLOCK = re.compile(r"(?:<!-- (\w+): (\S+) -->\n)?```(\w+)\n(.*?)```\n", re.DOTALL)
# A command may go on in the next line, as in a shell, after a backslash.
COMMAND = re.compile(r"^\$ (?:.*\\\n)*.*\n", re.MULTILINE)


def marked(document: Path, mark: str) -> dict[str, str]:
    """Return the blocks of a document below marks of one kind, by their names."""
    blocks = BLOCK.findall(document.read_text(encoding="utf-8"))
    return {name: text for kind, name, _language, text in blocks if kind == mark}


def consoles(document: Path) -> list[str]:
    """Return the text of each console block of a document."""
    blocks = BLOCK.findall(document.read_text(encoding="utf-8"))
    return [text for _kind, _name, language, text in blocks if language == "console"]


def as_printed(block: str, folder: Path) -> str:
    """Run the commands of a console block in a folder, and return the block as it then reads."""
    return "".join(command + run(command.removeprefix("$ "), folder) for command in COMMAND.findall(block))


def run(command: str, folder: Path) -> str:
    """Return what a person at a shell without a terminal sees of `command`, stderr after stdout."""
    scripts = folder / "bin"
    scripts.mkdir(exist_ok=True)
    program = scripts / "timpora"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m timpora_cli "$@"\n')
    program.chmod(0o755)
    environment = {
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "PYTHONPATH": str(SOURCE),
        "HOME": str(folder),
        "TIMPORA_OFFICER": "readme",
    }
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S602
    return done.stdout + done.stderr
