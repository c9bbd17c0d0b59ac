"""A backup put back in place of the register: verified first, beside it, and then swapped in one step.

The register as it was is kept beside. Nobody can write between the last look at it and the swap; a command that waits
for it meanwhile is told that the file was replaced (`connect.RegisterReplaced`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from timpora_cli.actions.backups.sealing import is_sealed, unsealed
from timpora_cli.errors import NotFound, Refused, TimporaError
from timpora_cli.files import Unconfirmed, is_there, make_folder, put, scratch_in, sync, under_free_name
from timpora_cli.language import _
from timpora_cli.model.backups import Held, Relation
from timpora_cli.queries.settings import time_zone
from timpora_cli.store import clock, connect
from timpora_cli.store.copies import changes_of_officers, copy, digest_of, held, last_number

BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file. Left beside another file, it would be taken for that one's."""


class NoSuchBackup(NotFound):
    """There is no file {path}. Backups stand in the folder backups beside the register, or where they were made."""


class BackupUnusable(Refused):
    """{path} cannot be restored: {fault}. The register is as it was."""


class NotRestored(TimporaError):
    """{path} was not restored: {reason}. The register is as it was."""


class RestoredInDoubt(TimporaError):
    """The register was restored, but the disk did not confirm that it keeps it: {reason}.
    The register as it was is kept as {kept}. Look after the disk.
    """


class PresentChanged(Refused):
    """The register was changed by somebody else meanwhile. Nothing was restored. Look at it again."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A backup, unpacked and verified: `change` is the last change that it held, `older` its version if an older one.

    `held` is what it holds now that it is up to date, `zone` its office's time zone.
    """

    scratch: Path
    change: int
    held: Held
    zone: str
    older: int | None


@dataclass(frozen=True, slots=True)
class Present:
    """The register that would be replaced: what it holds, or why that cannot be told."""

    held: Held | None
    fault: TimporaError | None = None


@contextmanager
def unpacked(file: Path, folder: Path, identity: Path | None) -> Iterator[Fresh]:
    """Unpack a backup into a scratch file in `folder`, bring it up to date, and verify it.

    Raises NoSuchBackup, BackupUnusable, what `unsealed` raises, and NotRestored where the scratch file has no room.
    """
    if not is_there(file):
        raise NoSuchBackup(path=file)
    if not file.is_file():
        raise BackupUnusable(path=file, fault=_("it is no file"))
    with _room(file):
        make_folder(folder)
    with _room(file), scratch_in(folder) as scratch:
        _unpack(file, scratch, identity)
        with _faults_of(file):
            with connect.writing(scratch) as connection:
                change, older = last_number(connection), _brought_up_to_date(connection)
            now_held, zone = _verified(file, scratch)
        yield Fresh(scratch, change, now_held, zone, older)


def present(register: Path, wait: float) -> Present | None:
    """Return what the register at this path holds; None where there is no file.

    One that is damaged, or is no register, has a fault. Raises any other RegisterUnusable: it may well be whole.
    """
    if not is_there(register):
        return None
    try:
        with connect.reading(register, wait) as connection:
            return Present(held(connection))
    except (connect.DamagedRegister, connect.NotARegister, connect.ReadFailed) as error:
        if not register.is_file():
            raise
        return Present(None, error)


def relation(fresh: Fresh, register: Path, before: Held, wait: float) -> tuple[Relation, int]:
    """Return how the backup stands to the register, and how many changes of officers only the register has."""
    with closing(connect.opened_to_read(fresh.scratch)) as ours, connect.reading(register, wait) as theirs:
        later = changes_of_officers(theirs, fresh.change)
        shared = digest_of(ours, fresh.change)
        if shared is not None and shared == digest_of(theirs, fresh.change):
            return ("OLDER" if later else "SAME"), later
        if before.head is not None and digest_of(ours, before.change) == before.head:
            return "NEWER", 0
        if before.origin != fresh.held.origin:
            return "OTHER", before.change
        alike = next(number for number in count(1) if digest_of(ours, number) != digest_of(theirs, number)) - 1
        return "APART", changes_of_officers(theirs, alike)


def swap(register: Path, fresh: Fresh, before: Present | None, wait: float) -> Path | None:
    """Put the unpacked backup in place of the register, in one step; return where the register as it was is kept.

    `before` is what the register was when it was looked at. Raises PresentChanged where it is no longer so, and
    RestoredInDoubt; any other OSError as it is.
    """
    with closing(connect.opened_to_read(fresh.scratch)) as connection:
        stamp = clock.local_stamp(connection)
    if before is None:
        _move_what_is_beside(register, register.with_name(f"{register.name}.replaced-{stamp}"))
        try:
            put(fresh.scratch, register)
        except FileExistsError as error:
            raise PresentChanged from error
        return None
    with _held_up(register, before.held, wait):
        kept = _keep(register, stamp)
        try:
            put(fresh.scratch, register, over=True)
        except Unconfirmed as error:
            raise RestoredInDoubt(reason=error.strerror or error, kept=kept) from error
        except OSError:
            kept.unlink()
            raise
    return kept


def _unpack(file: Path, scratch: Path, identity: Path | None) -> None:
    if is_sealed(file):
        scratch.write_bytes(unsealed(file, identity))
        return
    with _faults_of(file), closing(connect.opened_to_read(file, 0)) as source:
        connect.refuse_what_is_not_ours(source, file)
        with _room(file), closing(sqlite3.connect(scratch)) as target:
            copy(source, target)


def _brought_up_to_date(connection: sqlite3.Connection) -> int | None:
    """Migrate the scratch file; return which version it was, None where it was no older one."""
    if not connect.is_older(connection):
        return None
    from timpora_cli.store.migrate import migrate

    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("BEGIN IMMEDIATE")
    migrate(connection)
    connection.commit()
    return int(version)


def _verified(file: Path, scratch: Path) -> tuple[Held, str]:
    from timpora_cli.queries.verify import verified

    with closing(connect.opened_to_read(scratch)) as connection:
        found, zone = held(connection), time_zone(connection)
        fault = verified(connection).fault
    if fault is not None:
        raise BackupUnusable(path=file, fault=fault)
    return found, zone


@contextmanager
def _faults_of(file: Path) -> Iterator[None]:
    """Say of the backup, in place of the register, what makes it unusable."""
    try:
        with connect.sqlite_faults_named(file):
            yield
    except connect.NotARegister as error:
        raise BackupUnusable(path=file, fault=_("it is no register of timpora")) from error
    except connect.NewerRegister as error:
        raise BackupUnusable(path=file, fault=_("it is from a newer timpora; install that first")) from error
    except connect.WriteFailed as error:
        raise NotRestored(path=file, reason=error.values["fault"]) from error
    except (connect.DamagedRegister, connect.ReadFailed) as error:
        fault = _("it is damaged: {fault}").format(fault=error.values["fault"])
        raise BackupUnusable(path=file, fault=fault) from error
    except (connect.RegisterForbidden, connect.RegisterBusy) as error:
        raise BackupUnusable(path=file, fault=_("it cannot be opened, or somebody is writing to it")) from error
    except sqlite3.DatabaseError as error:
        fault = _("it is damaged: {fault}").format(fault=error)
        raise BackupUnusable(path=file, fault=fault) from error


@contextmanager
def _room(file: Path) -> Iterator[None]:
    """Say that the scratch file has no room, or that the backup cannot be read."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if not getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
            raise
        raise NotRestored(path=file, reason=error) from error
    except OSError as error:
        raise NotRestored(path=file, reason=error.strerror or error) from error


@contextmanager
def _held_up(register: Path, before: Held | None, wait: float) -> Iterator[None]:
    """Let nobody read or write the register for the block. One that is damaged cannot be locked, and nobody uses it."""
    if before is None:
        yield
        return
    with connect.writing(register, wait) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        if held(connection) != before:
            raise PresentChanged
        yield


def _keep(register: Path, stamp: str) -> Path:
    """Give the register a second name, under which it stays, and move with it what SQLite keeps beside it."""
    first = f"{register.name}.replaced-{stamp}"
    names = (register.with_name(f"{first}-{number}" if number else first) for number in count())
    kept = under_free_name(names, partial(_second_name, register))
    _move_what_is_beside(register, kept)
    return kept


def _move_what_is_beside(register: Path, kept: Path) -> None:
    """Move what SQLite keeps beside the register to beside `kept`: it is not of the file that takes its place."""
    for ending in BESIDE:
        with suppress(FileNotFoundError):
            register.with_name(register.name + ending).rename(kept.with_name(kept.name + ending))
    sync(register.parent)


def _second_name(register: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(register)
    except FileExistsError:
        raise
    except OSError:  # a system without hard links
        import shutil

        with scratch_in(register.parent) as scratch:
            shutil.copyfile(register, scratch)
            put(scratch, kept)
