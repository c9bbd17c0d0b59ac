"""What is recorded before it is given out: people who are shown in bulk, and ends that are marked as told."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.frame.register import (
    View,
    bring_up_to_date,
    opened_to_write,
    path_of,
    reading,
    up_to_date,
    waiting_for,
    work_on,
)
from timpora_cli.cli.talk.waiting import told_while_waiting
from timpora_cli.errors import RegisterUnusable
from timpora_cli.files import alone_in
from timpora_cli.store import connect
from timpora_cli.store.clock import refuse_behind
from timpora_cli.store.whole.schema import refuse_altered_schema

if TYPE_CHECKING:
    from timpora_cli.store.change import Change


class CannotRecord(RegisterUnusable):
    """The register {path} cannot be written. This command shows people, and law asks that each time is recorded
    (UU 27/2022 art 31). Nothing was shown. Run it where the register can be written; a list needs no record.
    """


@contextmanager
def to_be_recorded(ctx: typer.Context) -> Iterator[View]:
    """Open the register to read, as `reading` does, what is given out once `recording` has a record of it.

    An older register is brought up to date first. Raises CannotRecord where the register can be read and not written.
    """
    with opened_to_write(ctx) as connection, _record_asked_by_law(ctx):
        refuse_no_change(ctx, connection)
    with reading(ctx) as view:
        yield view


@contextmanager
def recording(ctx: typer.Context) -> Iterator["Change"]:
    """Lend the short change that records what is given out after it, once all is gathered. Raises CannotRecord."""
    with opened_to_write(ctx) as connection, _record_asked_by_law(ctx), ExitStack() as ends:
        refuse_behind(connection)
        bring_up_to_date(ctx, connection)
        refuse_altered_schema(connection, path_of(ctx))
        yield work_on(ctx, connection, ends).change


def refuse_no_change(ctx: typer.Context, connection: sqlite3.Connection) -> None:
    """Raise what stands in the way of a change of the register that has been opened to write; make none.

    An older register is brought up to date, once nothing is wrong with the line.
    """
    from timpora_cli.cli.frame.mistakes import told_at_once

    refuse_behind(connection)
    with up_to_date(ctx, connection), ExitStack() as ends:
        with told_at_once(ctx, work_on(ctx, connection, ends)):
            pass
        connection.commit()
    with told_while_waiting(path_of(ctx), waiting_for(ctx)):
        connection.execute("BEGIN IMMEDIATE")
    connection.rollback()


@contextmanager
def marking_alone(path: Path, wait: float) -> Iterator[None]:
    """Be the only run that marks in the register at `path`; raises RegisterBusy after `wait` seconds."""
    with ExitStack() as ends:
        try:
            with told_while_waiting(path, wait):
                ends.enter_context(alone_in(path.resolve().parent, wait))
        except TimeoutError as error:
            raise connect.RegisterBusy(path=path, seconds=f"{wait:g}") from error
        yield


@contextmanager
def _record_asked_by_law(ctx: typer.Context) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise CannotRecord(path=path_of(ctx)) from error
        raise
