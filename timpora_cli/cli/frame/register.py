"""The register as a command meets it: opened to read as of a day and as known at a moment, or to change."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from timpora_cli.cli.frame.options import globals_of, options_typed
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.streams import recorded
from timpora_cli.cli.talk.waiting import told_while_waiting
from timpora_cli.errors import RegisterUnusable
from timpora_cli.language import _
from timpora_cli.model.dates import is_exact, parse_date
from timpora_cli.model.names import LONGEST_OFFICER, excerpt, name
from timpora_cli.store import connect
from timpora_cli.store.clock import local_now, moment_of, office_today, refuse_behind, remark_behind
from timpora_cli.store.whole.schema import refuse_altered_rows, refuse_altered_schema

if TYPE_CHECKING:
    from timpora_cli.store.change import Author, Change


class NoHome(RegisterUnusable):
    """Nobody says where the register is: this user has no home folder.
    Name its file with --db FILE, or in TIMPORA_DB.
    """


class View(NamedTuple):
    """The register opened to read; `on` is the day that is asked about."""

    connection: sqlite3.Connection
    on: date


class Work:
    """The register opened to change it, on the office's `today`.

    The change begins when `change` is first asked for: while an officer is still answering questions, nobody waits.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        begin: "AbstractContextManager[Change]",
        ends: ExitStack,
        waiting: "AbstractContextManager[None]",
    ) -> None:
        self.connection = connection
        self._waiting = waiting
        self._begin = begin
        self._ends = ends
        self._begun: Change | None = None

    @cached_property
    def today(self) -> date:
        """The office's today, looked up once; a time zone that cannot be used does not stop its own correction."""
        return office_today(self.connection)

    @property
    def change(self) -> "Change":
        """The one change of the command, begun at the first call; what it has written, `connection` sees."""
        if self._begun is None:
            with self._waiting:
                self._begun = self._ends.enter_context(self._begin)
        return self._begun


def path_of(ctx: typer.Context) -> Path:
    """Return the register's file: --db, then TIMPORA_DB, then the platform's data folder; a leading ~ is the home."""
    named = globals_of(ctx).db
    if not named:
        return usual_path()
    if not (named == "~" or named.startswith("~/")):
        return Path(named)
    try:
        return Path(named).expanduser()
    except RuntimeError as error:
        raise NoHome from error


def usual_path() -> Path:
    """Return where the register lives when nobody says otherwise: the platform's data folder for this person.

    Raises NoHome for a person without one, such as a bare user number in a container.
    """
    from platformdirs import user_data_path

    try:
        return user_data_path("timpora", appauthor=False) / "register.db"
    except RuntimeError as error:
        raise NoHome from error


def waiting_for(ctx: typer.Context) -> float:
    """Return how many seconds a command waits for another program that is writing."""
    wait = globals_of(ctx).wait
    return connect.WAIT_SECONDS if wait is None else wait


def opened_to_read(ctx: typer.Context) -> "AbstractContextManager[sqlite3.Connection]":
    """Open the register's file to read; on a terminal, a long wait for another program is told."""
    return _opened(ctx, connect.reading)


def opened_to_write(ctx: typer.Context) -> "AbstractContextManager[sqlite3.Connection]":
    """Open the register's file to write; on a terminal, a long wait for another program is told."""
    return _opened(ctx, connect.writing)


@contextmanager
def _opened(
    ctx: typer.Context, opened: "Callable[[Path, float], AbstractContextManager[sqlite3.Connection]]"
) -> Iterator[sqlite3.Connection]:
    path, wait = path_of(ctx), waiting_for(ctx)
    with ExitStack() as ends:
        with told_while_waiting(path, wait):
            connection = ends.enter_context(opened(path, wait))
        yield connection


@contextmanager
def reading(ctx: typer.Context) -> Iterator[View]:
    """Open the register to read, as of --as-of (today without it), as it was known at --known-at.

    Raises AlteredRegister where it is not as timpora left it, as far as that is checked.
    """
    typed = globals_of(ctx)
    with opened_to_read(ctx) as connection:
        refuse_altered_schema(connection, path_of(ctx))
        refuse_altered_rows(connection, path_of(ctx))
        warn_of_clock(connection)
        _warn_of_open_folder(path_of(ctx))
        on = day_asked(ctx, connection)
        if typed.known_at is not None:
            know_as_at(typed.known_at, connection)
        yield View(connection, on)


@contextmanager
def working(ctx: typer.Context, reason: str | None = None, *, corrects_clock: bool = False) -> Iterator[Work]:
    """Open the register to change it, as one change that is committed whole at the end of the block.

    An older register is brought up to date with the change; where nothing is changed, it stays as it was. What is wrong
    with the line is told at once: see `told_at_once`. Where the machine's clock stands before the last change, it is
    refused unless it `corrects_clock`.
    """
    from timpora_cli.cli.frame.mistakes import told_at_once

    with opened_to_write(ctx) as connection:
        if not corrects_clock:
            refuse_behind(connection)
        with up_to_date(ctx, connection), ExitStack() as ends:
            refuse_altered_schema(connection, path_of(ctx))
            work = work_on(ctx, connection, ends, reason, corrects_clock=corrects_clock)
            with told_at_once(ctx, work):
                yield work


def work_on(
    ctx: typer.Context,
    connection: sqlite3.Connection,
    ends: ExitStack,
    reason: str | None = None,
    *,
    corrects_clock: bool = False,
) -> Work:
    """Return the work of a command on an opened register; its change ends with `ends`."""
    from timpora_cli.store.change import changing

    begin = changing(connection, author_of(ctx, reason), corrects_clock=corrects_clock)
    return Work(connection, begin, ends, told_while_waiting(path_of(ctx), waiting_for(ctx)))


def know_as_at(typed: str, connection: sqlite3.Connection) -> None:
    """Let every later query read what the register knew at the moment that is `typed`."""
    from timpora_cli.store.known import look_back, refuse_unknown

    moment = moment_of(typed, connection)
    refuse_unknown(connection, excerpt(typed), moment)
    look_back(connection, moment)


def warn_of_clock(connection: sqlite3.Connection) -> None:
    """Say on stderr that the machine's clock stands before the last change, where it does."""
    remark = remark_behind(connection)
    if remark is not None:
        say.note(remark)


def _warn_of_open_folder(path: Path) -> None:
    try:
        connect.refuse_open_folder(path)
    except connect.FolderOpenToAll as error:
        sentence = _(
            "Everybody may write in {folder}: a stranger could change the register. Close it: chmod o-w FOLDER"
        )
        say.note(sentence.format(**error.values))


def bring_up_to_date(ctx: typer.Context, connection: sqlite3.Connection) -> None:
    """Migrate an older register, with one note on stderr that says where its copy is."""
    with up_to_date(ctx, connection):
        connection.commit()


@contextmanager
def up_to_date(ctx: typer.Context, connection: sqlite3.Connection) -> Iterator[None]:
    """Have an older register up to date for the block. Where the block commits, a note says where the copy is."""
    if not connect.is_older(connection):
        yield
        return
    from timpora_cli.store.migrate import upgrading

    path, wait = path_of(ctx), waiting_for(ctx)
    with ExitStack() as ends:
        with told_while_waiting(path, wait):
            copy = ends.enter_context(upgrading(connection, path, wait))
        yield
    if copy is not None and not connect.is_older(connection):
        say.note(_("The register was brought up to date; the older one is kept as {copy}.").format(copy=copy))


def author_of(ctx: typer.Context, reason: str | None = None) -> "Author":
    """Return who makes a change: --officer, then TIMPORA_OFFICER, then the login name; options without their values."""
    import socket

    from timpora_cli.store.change import Author

    command = [ctx.command_path.partition(" ")[2], *options_typed(ctx)]
    officer = name(globals_of(ctx).officer or _login_name(), LONGEST_OFFICER)
    return Author(officer, socket.gethostname(), " ".join(command), reason, recorded)


def day_asked(ctx: typer.Context, connection: sqlite3.Connection) -> date:
    """Return the day of --as-of, or the office's today."""
    typed = globals_of(ctx).as_of
    if typed is None:
        return office_today(connection)
    on = day_of(typed, connection)
    say.echo_date(_("as of"), typed, on)
    return on


def day_of(typed: str, connection: sqlite3.Connection) -> date:
    """Return the day that is `typed`, counted from the office's today."""
    # A day written in full needs no clock, and the office's clock costs a tenth of a start.
    return parse_date(typed, date.min if is_exact(typed) else office_today(connection))


def now_of(connection: sqlite3.Connection) -> str:
    """Return the present moment by the office's clock, to the minute: 2020-09-17T10:00."""
    return local_now(connection)


def _login_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
