import sqlite3
from contextlib import closing

import typer

from timpora_cli.cli.frame.base import Writing, command


@command(Writing)
def keep(_ctx: typer.Context, name: str) -> None:
    """Keep a toy in a register."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("SELECT ?", (name,))
    print("kept", name)
