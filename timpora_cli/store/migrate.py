"""The numbered migrations, and the one way they are run: all or none, under one immediate transaction.

A step runs its SQL files, makes the version tables of its new tables (connect.STEPS), and then changes rows (THEN). It
is frozen once it has landed. The public views and the triggers that keep versions are not migrated: they are made anew
after the last step.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

from sqlite_utils import Database, Migrations

from timpora_cli.files import put, scratch_in, under_free_name
from timpora_cli.store import connect
from timpora_cli.store.change import wrapped
from timpora_cli.store.facts import seal_all, versioned_tables
from timpora_cli.store.steps.drafts import is_draft, lay_out_anew
from timpora_cli.store.steps.reference import bridging_permit
from timpora_cli.store.steps.renewed_law import renewed_law
from timpora_cli.store.steps.shipped import SHIPPED_WITH, write_shipped
from timpora_cli.store.steps.stays import record_stays
from timpora_cli.store.steps.unknown_issues import close_unknown_gaps
from timpora_cli.store.versions import keep_versions

SQL = Path(__file__).parent / "sql"
ORDER = list(connect.STEPS)
# What a step does to the rows that are there, after its SQL: a register from before the digests gets them.
THEN: dict[str, tuple[Callable[[sqlite3.Connection], None], ...]] = {
    "0003_log_and_law": (seal_all,),
    "0005_bridging_permit": (bridging_permit,),
    "0006_stays_and_rules": (record_stays, renewed_law, close_unknown_gaps),
    **{step: (partial(write_shipped, step=step),) for step in SHIPPED_WITH},
}

migrations = Migrations("timpora")


def _step(name: str) -> None:
    @migrations(name=name)
    def run(db: Database) -> None:
        _make_tables(db.conn, [name])
        changes_rows = THEN.get(name, ())
        if changes_rows:
            _keep_all_versions(db.conn)  # also of a column that the step has just added
        for change_rows in changes_rows:
            change_rows(db.conn)


for _name in connect.STEPS:
    _step(_name)


def _make_tables(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    for name in steps:
        _run_script(connection, name)
        for table in connect.STEPS[name]:
            keep_versions(connection, table)


def _keep_all_versions(connection: sqlite3.Connection) -> None:
    for table in versioned_tables(connection):
        keep_versions(connection, table.name)


def _run_script(connection: sqlite3.Connection, name: str) -> None:
    """Run the SQL files whose names begin so; a step that only makes version tables or changes rows has none."""
    for script in sorted(SQL.glob(f"{name}*.sql")):
        for statement in statements(script.read_text(encoding="utf-8")):
            connection.execute(statement)


def migrate(connection: sqlite3.Connection, stop_before: str | None = None) -> None:
    """Bring the register of `connection` up to date, in the transaction that the caller has begun.

    `stop_before` leaves out that step and all after it: tests make files of older versions with it.
    """
    db = wrapped(connection)
    done = [step.name for step in migrations.applied(db)]
    if done in (ORDER[:1], ORDER[:2]) and is_draft(connection):
        lay_out_anew(connection, lambda: _make_tables(connection, done))
    migrations.apply(db, stop_before=stop_before)
    version = len(migrations.applied(db))
    if version == connect.SCHEMA_VERSION:
        _keep_all_versions(connection)
        _run_script(connection, "views")
    connection.execute(f"PRAGMA user_version = {version}")


def make(connection: sqlite3.Connection) -> None:
    """Make an empty file into a register, in the transaction that the caller has begun."""
    connection.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
    migrate(connection)


def bring_up_to_date(connection: sqlite3.Connection, path: Path, wait: float = connect.WAIT_SECONDS) -> Path | None:
    """Migrate an older register; return the copy that was kept beside it, or None where nothing was to be done."""
    with upgrading(connection, path, wait) as copy:
        connection.commit()
    return copy


@contextmanager
def upgrading(connection: sqlite3.Connection, path: Path, wait: float) -> Iterator[Path | None]:
    """Have an older register up to date for the block, and kept so where the block commits.

    Where it commits nothing, the register is as it was. Gives the copy of the older register, which stands beside it
    from here on; it is removed again where nothing was committed. Gives None where the register is no older one.
    """
    if not connect.is_older(connection):
        yield None
        return
    # From here on nobody else writes, so the copy is of what is migrated.
    connection.execute("BEGIN IMMEDIATE")
    copy = None
    try:
        if connect.is_older(connection):
            copy = _copied_beside(connection, path, wait)
            migrate(connection)
        else:  # another program brought it up to date meanwhile
            connection.rollback()
        yield copy
    finally:
        connection.rollback()
        if copy is not None and connect.is_older(connection):
            copy.unlink(missing_ok=True)


def _copied_beside(connection: sqlite3.Connection, path: Path, wait: float) -> Path:
    """Return a copy of the register as it is on the disk, complete when it gets its name. Raises NoCopy."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    try:
        with scratch_in(path.parent) as scratch:
            # SQLite copies nothing through a connection that is about to write.
            with closing(connect.opened_to_read(path, wait)) as source, closing(sqlite3.connect(scratch)) as target:
                source.backup(target)
            return _put_beside(scratch, path, version)
    except OSError as error:
        raise connect.NoCopy(path=path, reason=error.strerror or error) from error


def _put_beside(scratch: Path, path: Path, version: int) -> Path:
    first = f"{path.name}.v{version}"
    names = (path.with_name(f"{first}-{attempt}" if attempt else first) for attempt in count())
    return under_free_name(names, partial(put, scratch))


def statements(script: str) -> Iterator[str]:
    """Yield the statements of an SQL script one by one; triggers and comments stay whole."""
    buffer = ""
    for line in script.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""
