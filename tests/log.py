"""The change log as tests ask it: the number of the last change, and taking a change back."""

import sqlite3
from typing import TYPE_CHECKING

from timpora_cli.actions.undo import undo
from timpora_cli.queries.history import LATEST, change_made

if TYPE_CHECKING:
    from tests.conftest import Office


def last_number(connection: sqlite3.Connection) -> int:
    """The latest change that neither a run of the expiry list nor an upgrade made."""
    return next(int(number) for number, why in connection.execute(LATEST) if why not in {"MARKED", "UPGRADE"})


def take_back(office: "Office", number: int | None = None) -> int:
    """Undo the last change, or the one of that number; give the number of the change that did it."""
    made = change_made(office.connection, last_number(office.connection) if number is None else number)
    with office.change() as change:
        undo(change, made)
    return change.number
