"""What `undo` and `redo` share: a change is shown, and taken back once somebody has said yes."""

import sqlite3
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.queries.history import people_of
from timpora_cli.queries.settings import time_zone
from timpora_cli.render import write
from timpora_cli.render.answer import Wanted
from timpora_cli.render.answers.history import taken_back, who_and_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timpora_cli.model.log import ChangeMade
    from timpora_cli.render.answer import Table
    from timpora_cli.render.answers.history import Line


class Sure(Options):
    """Whether somebody has said yes beforehand."""

    yes: Annotated[bool, typer.Option("--yes", help=_("Without asking."))] = False

    def says(self, question: str) -> bool:
        """Return whether the answer to `question` is yes: given beforehand, or at the terminal."""
        return self.yes or ask.confirmed(question)


def show(
    connection: sqlite3.Connection, said: "Sequence[ChangeMade]", made: "ChangeMade", table: "Table[Line]"
) -> None:
    """Write who made the changes `said`, and what taking back the change `made` does to each field (UNDO or REDO)."""
    zone = time_zone(connection)
    for change in said:
        write.line(who_and_when(change, zone))
    shown = taken_back(made, people_of(connection, made), table)
    columns = [
        column.key for column in shown.table.columns if column.key != "person" or any(map(_is_somebodys, shown.rows))
    ]
    terminal = sys.stdout.isatty()
    write.answer(shown, Wanted(format="table" if terminal else "plain", columns=tuple(columns), terminal=terminal))


def _is_somebodys(line: "Line") -> bool:
    return line.person is not None
