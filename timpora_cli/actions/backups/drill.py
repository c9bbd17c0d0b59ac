"""A drill: the newest backup is unpacked into a scratch file and asked the same questions as the register."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from timpora_cli.actions.backups import digest_of_file, of_register
from timpora_cli.actions.backups.restore import unpacked
from timpora_cli.errors import NotFound, Refused
from timpora_cli.language import _
from timpora_cli.model.backups import Compared, Drill, Drilled
from timpora_cli.queries.counting.counts import counts
from timpora_cli.queries.expiring import Window, expiring, passports_due
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.queries.people import people
from timpora_cli.store import clock, connect
from timpora_cli.store.copies import digest_of, held
from timpora_cli.store.known import look_back_to
from timpora_cli.store.remembered_backups import remember, remembered


class NoBackups(NotFound):
    """There is no backup of this register in {folder}. Make one with: timpora backup"""


class DrillFailed(Refused):
    """The backup {file} does not hold what the register held: {fault}.
    Make another with: timpora backup, and look at the register with: timpora verify
    """


class DrillNotRemembered(Refused):
    """The drill of {file} was passed, but that could not be written down beside the register: {reason}."""


def drill(connection: sqlite3.Connection, register: Path, folder: Path, identity: Path | None) -> Drilled:
    """Unpack the newest backup in `folder`, and compare its head, counts and three lists with those of the register.

    The register is asked as it was known after the last change of the backup. Raises NoBackups, DrillFailed, and what
    `unpacked` raises; nothing is changed.
    """
    try:
        ours = of_register(folder, register, held(connection).origin)
    except OSError:
        ours = []
    if not ours:
        raise NoBackups(folder=folder)
    file = ours[-1]
    _refuse_altered(file, register)
    with unpacked(file, register.parent, identity) as fresh:
        with closing(connect.opened_to_read(fresh.scratch)) as copy:
            if digest_of(copy, fresh.change) != digest_of(connection, fresh.change):
                raise DrillFailed(file=file, fault=_("change {change} is another one").format(change=fresh.change))
            on = clock.office_day(fresh.held.at or clock.written(clock.now()), copy)
            look_back_to(connection, fresh.change)
            look_back_to(copy, fresh.change)  # what bringing it up to date has added is later
            compared = tuple(_compared(file, connection, copy, on))
        held_there = fresh.held
    try:
        passed = Drill(str(file.resolve()), clock.written(clock.now()))
        remember(register, remembered(register)._replace(drill=passed))
    except OSError as error:
        raise DrillNotRemembered(file=file, reason=error.strerror or error) from error
    return Drilled(str(file), held_there, compared)


def _refuse_altered(file: Path, register: Path) -> None:
    """Raise DrillFailed where the bytes of a remembered backup are others now, also those that no question reads."""
    for one in remembered(register).backups:
        if one.file == str(file.resolve()) and one.sha256 != digest_of_file(file):
            raise DrillFailed(file=file, fault=_("its bytes are no longer those that were written"))


def _compared(file: Path, register: sqlite3.Connection, copy: sqlite3.Connection, on: date) -> Iterator[Compared]:
    for (what, here), (_what, there) in zip(_lists(register, on), _lists(copy, on), strict=True):
        if here != there:
            raise DrillFailed(file=file, fault=_("{what}: they differ").format(what=what))
        yield Compared(what, len(there))


def _lists(connection: sqlite3.Connection, on: date) -> Iterator[tuple[str, list[Any]]]:
    """Yield the counts and three lists of the day, each with what it is."""
    every_end = Window(date.max)
    yield _("counts of districts"), list(counts(connection, on, "district", EVERYONE))
    yield _("residents present"), list(people(connection, on, EVERYONE))
    yield _("permits by their end"), list(expiring(connection, on, every_end, EVERYONE).people)
    yield _("passports by their end"), list(passports_due(connection, on, every_end, EVERYONE).listed)
