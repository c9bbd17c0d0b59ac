"""Backups of the register: made and verified before they get a name, pruned, and remembered beside the register."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from timpora_cli.actions.backups.sealing import Seal
from timpora_cli.errors import Refused, RegisterUnusable
from timpora_cli.files import make_folder, put, scratch_in, sync, under_free_name
from timpora_cli.language import _
from timpora_cli.model.backups import Backup, Held, Made, name_of, place_of
from timpora_cli.store import clock, connect
from timpora_cli.store.copies import compact, copy, copy_faults_named, held
from timpora_cli.store.remembered_backups import remember, remembered

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Opens the register to read, as of one moment."""


class CopyNotWhole(Refused):
    """A copy of the register is not whole: {fault}. No backup was made; earlier ones were kept.
    See what is wrong with the register with: timpora verify
    """


class PastTheBackup(Refused):
    """The backup {file} is made and whole, but what comes after it failed: {reason}.
    Earlier backups that are too many may still be there.
    """


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy that is complete and verified, before it has its name."""

    scratch: Path
    held: Held
    stamp: str
    at: str


def make(register: Path, opened: Opened, folder: Path, seal: Seal | None = None, keep: int | None = None) -> Made:
    """Make a backup of the register in `folder`, sealed where `seal` is given, and prune those beyond the last `keep`.

    Others may write meanwhile. Raises NoBackup where the folder cannot take it, CopyNotWhole, and PastTheBackup.
    Whatever is raised, earlier backups are as they were, and no half file has the name of a backup.
    """
    with copy_faults_named(folder):
        make_folder(folder)
    copied = _plain(opened, folder) if seal is None else _sealed(opened, folder, seal)
    with copy_faults_named(folder), copied as made:
        size, digest = made.scratch.stat().st_size, digest_of_file(made.scratch)
        path = _named(made, folder, sealed=seal is not None)
    there = made.held
    new = Backup(str(path.resolve()), made.at, there.change, there.head, there.origin, digest)
    try:
        before = remembered(register)
        remember(register, before._replace(backups=(*before.backups, new)))
        pruned = [] if keep is None else _prune(of_register(folder, register, made.held.origin)[:-keep], folder)
        gone = {str(one.resolve()) for one in pruned}
        if gone:
            left = tuple(one for one in (*before.backups, new) if one.file not in gone)
            remember(register, before._replace(backups=left))
    except OSError as error:
        raise PastTheBackup(file=path, reason=error.strerror or error) from error
    return Made(str(path), made.held, size, tuple(map(str, pruned)))


def of_register(folder: Path, register: Path, origin: str | None) -> list[Path]:
    """Return the backups of a register that stand in `folder`, the earliest first.

    They are those remembered, and those that begin with the same change; what is sealed is known only if remembered.
    Raises OSError where the folder cannot be read.
    """
    known = {one.file for one in remembered(register).backups if one.origin == origin}
    found = sorted((place, path) for path in folder.iterdir() if (place := place_of(path.name)) is not None)
    return [path for _place, path in found if str(path.resolve()) in known or _begins_with(path, origin)]


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError as it is."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _plain(opened: Opened, folder: Path) -> Iterator[_Copy]:
    with scratch_in(folder) as first:
        with opened() as source, copy_faults_named(folder), closing(sqlite3.connect(first)) as target:
            copy(source, target)
            stamp, at, there = clock.local_stamp(source), clock.written(clock.now()), held(source)
        with compact(first, folder) as second:
            with closing(connect.opened_to_read(second)) as reading:
                _refuse_broken(reading, there)
            yield _Copy(second, there, stamp, at)


@contextmanager
def _sealed(opened: Opened, folder: Path, seal: Seal) -> Iterator[_Copy]:
    """Make the copy in memory: no plain byte of it reaches the disk, so a kill leaves none there."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as target:
        target.execute("PRAGMA temp_store = MEMORY")
        with opened() as source:
            copy(source, target)
            stamp, at, there = clock.local_stamp(source), clock.written(clock.now()), held(source)
        target.execute("VACUUM")
        _refuse_broken(target, there)
        written = seal(target.serialize())
    with scratch_in(folder) as scratch:
        scratch.write_bytes(written)
        yield _Copy(scratch, there, stamp, at)


def _refuse_broken(connection: sqlite3.Connection, there: Held) -> None:
    from timpora_cli.queries.verify import verified

    fault = verified(connection).fault
    if fault is None and held(connection) != there:
        fault = _("it does not hold the same changes")
    if fault is not None:
        raise CopyNotWhole(fault=fault)


def _named(made: _Copy, folder: Path, *, sealed: bool) -> Path:
    """Put the copy in its place, on the disk, under the first name of its second that is free."""
    names = (folder / name_of(made.stamp, number, sealed=sealed) for number in count())
    return under_free_name(names, partial(put, made.scratch))


def _prune(paths: Sequence[Path], folder: Path) -> Sequence[Path]:
    for path in paths:
        path.unlink(missing_ok=True)
    sync(folder)
    return paths


def _begins_with(path: Path, origin: str | None) -> bool:
    """Return whether the register in a file begins with the change of this digest; False where that cannot be told."""
    try:
        with closing(connect.opened_to_read(path, 0)) as connection:
            return origin is not None and held(connection).origin == origin
    except (sqlite3.Error, RegisterUnusable):
        return False
