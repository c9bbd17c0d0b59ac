"""What in the data an officer should look at: one line each, with the command that corrects it.

Each module here has the questions of some kinds. A kind has its level in `model/log.py`.
"""

import sqlite3

from timpora_cli.errors import NotFound
from timpora_cli.model.log import LEVELS, Concern
from timpora_cli.model.names import excerpt
from timpora_cli.queries.check import file, numbers, people, permits
from timpora_cli.queries.check.found import Accepted

KINDS = (
    permits.impossible,
    numbers.permits,
    numbers.niora,
    numbers.passports,
    permits.missing,
    permits.beyond_passports,
    permits.gaps,
    people.under_ended_places,
    people.marriages,
    people.unplaced,
    people.sponsors,
    people.duplicates,
    file.open_to_all,
)


class NoFinding(NotFound):
    """There is no finding {key} now. See them, each with its key: timpora check"""


def concerns(connection: sqlite3.Connection) -> list[Concern]:
    """Return what an officer should look at in the register as it is now, the gravest kind first; accepted ones too."""
    accepted = Accepted(connection)
    order = list(LEVELS)
    found = {concern.key: concern for kind in KINDS for concern in kind(connection, accepted)}
    return sorted(found.values(), key=lambda one: order.index(one.kind))


def concern_of(connection: sqlite3.Connection, key: str) -> Concern:
    """Return what is found now under a key, in any letter case. Raises NoFinding."""
    wanted = key.strip().casefold()
    found = next((one for one in concerns(connection) if one.key.casefold() == wanted), None)
    if found is None:
        raise NoFinding(key=excerpt(key))
    return found
