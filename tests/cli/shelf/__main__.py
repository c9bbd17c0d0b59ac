"""`python -m tests.cli.shelf WORDS`: timpora with the throw-away commands of this folder beside its own.

SHELF names another folder of such commands, which stands before this one.
"""

import os
import sys
from pathlib import Path

from timpora_cli.cli import app, commands

HERE = Path(__file__).parent

if __name__ == "__main__":
    shelves = [os.environ.get("SHELF", str(HERE)), str(HERE)]
    vars(commands).update(__path__=[*shelves, *commands.__path__], COMMANDS=("toys", "lone", *commands.COMMANDS))
    sys.exit(app.answered())
