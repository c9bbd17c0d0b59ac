import os
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.talk import ask, say
from timpora_cli.errors import NotFound, RegisterUnusable

PASSPORT = "X0012345"


class NoToy(NotFound):
    """There is no toy {reference}."""


class NoShelf(RegisterUnusable):
    """one
    two
    """


@command(Reading)
def fail(_ctx: typer.Context, how: str) -> None:
    """Fail, or ask."""
    match how:
        case "missing":
            raise NoToy(reference="7\x1b[31m")
        case "unusable":
            raise NoShelf
        case "sql":
            with closing(sqlite3.connect(":memory:")) as connection:
                connection.execute(f"SELECT 1 FROM {PASSPORT}")
        case "value":
            raise ValueError(how, PASSPORT)
        case "interrupt":
            raise KeyboardInterrupt
        case _:
            print_what_is_there(how)


def print_what_is_there(how: str) -> None:
    match how:
        case "ask":
            print(ask.text("Name"))
        case "confirm":
            print(ask.confirmed("Really?"))
        case "stdin":
            print(repr(sys.stdin.read()))
        case "open":
            with Path(os.devnull).open() as next_file:
                print(next_file.fileno() > 2)
        case "words":
            say.echo_date("before", "Sunday 20 September 2020", date(2020, 9, 20))
        case "digits":
            say.echo_date("before", "2020-09-20", date(2020, 9, 20))
