"""The register as a command meets it: opened to read as of a day and as known at a moment, or to change."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from timpora_cli.cli import talk
from timpora_cli.cli.options import globals_of
from timpora_cli.language import _
from timpora_cli.model.dates import parse_date
from timpora_cli.store import connect
from timpora_cli.store.change import Author, Change, changing
from timpora_cli.store.clock import moment_of, office_today


@dataclass(frozen=True, slots=True)
class View:
    """The register opened to read: `on` is the day that is asked about, `today` the office's own."""

    connection: sqlite3.Connection
    on: date
    today: date


@dataclass(frozen=True, slots=True)
class Work:
    """A change under way, on the office's `today`."""

    change: Change
    today: date

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that the change is made over; what the change has written is seen by it."""
        return self.change.connection


def path_of(ctx: typer.Context) -> Path:
    """Return the register's file: --db, then TIMPORA_DB, then the platform's data folder."""
    named = globals_of(ctx).db
    return Path(named) if named else connect.default_path()


@contextmanager
def reading(ctx: typer.Context) -> Iterator[View]:
    """Open the register to read, as of --as-of (today without it), as it was known at --known-at."""
    typed = globals_of(ctx)
    with connect.reading(path_of(ctx)) as connection:
        today = office_today(connection)
        on = today
        if typed.as_of is not None:
            on = parse_date(typed.as_of, today)
            talk.echo_date(_("as of"), typed.as_of, on)
        if typed.known_at is not None:
            from timpora_cli.store.known import look_back

            look_back(connection, moment_of(typed.known_at, connection))
        yield View(connection, on, today)


@contextmanager
def working(ctx: typer.Context, reason: str | None = None) -> Iterator[Work]:
    """Open the register to change it, as one change that is committed whole at the end of the block."""
    path = path_of(ctx)
    with connect.writing(path) as connection:
        bring_up_to_date(connection, path)
        today = office_today(connection)
        with changing(connection, author_of(ctx, reason)) as change:
            yield Work(change, today)


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Migrate an older register, with one note on stderr that says where its copy is."""
    from timpora_cli.store.migrate import bring_up_to_date

    copy = bring_up_to_date(connection, path)
    if copy is not None:
        talk.note(_("The register was brought up to date; the older one is kept as {copy}.").format(copy=copy))


def author_of(ctx: typer.Context, reason: str | None = None) -> Author:
    """Return who makes a change: --officer, then TIMPORA_OFFICER, then the login name; options without their values."""
    import socket

    command = [ctx.command_path.partition(" ")[2]]
    command += [f"--{name.replace('_', '-')}" for name, value in ctx.params.items() if value and name != "reference"]
    officer = globals_of(ctx).officer or _login_name()
    return Author(officer, socket.gethostname(), " ".join(command), reason)


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
