"""Opening the register's file, to read or to write, and refusing a file that is not a register.

Reading never writes, never makes a file, and loads nothing beyond `sqlite3`.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from timpora_cli.errors import RegisterUnusable, TimporaError
from timpora_cli.files import all_may, is_there, make_folder, placed, remove_left_behind
from timpora_cli.language import _

APPLICATION_ID = 0x54494D50  # "TIMP"
# The steps that made a register what it is, in order, each with the tables of facts that are new in it. A new table is
# one SQL file in sql/ and one line here: its versions, verify, undo, history and --known-at follow from that.
STEPS: Mapping[str, tuple[str, ...]] = {
    "0001_register": (),
    "0002_versions": (
        *("setting", "province", "regency", "district", "village", "sponsor", "resident", "passport", "residence"),
        *("family_link", "permit", "relief", "relief_class", "rule"),
    ),
    "0003_log_and_law": ("holiday",),
    "0004_expiry_runs": ("expiry_run", "expiry_mark"),
    "0005_bridging_permit": (),
    "0006_stays_and_rules": (
        "accepted_finding",
        "stay",
        "permit_report",
        "passport_named",
        "region_past",
        "district_successor",
        "village_successor",
        "undone",
        "clock_correction",
    ),
    "0007_numbers_and_mappings": ("remembered_mapping",),
    "0008_cases": ("case_kind", "case_state", "case_follow", "case_step", "case_file", "case_event"),
    "0009_inspections": ("inspection", "inspection_resident"),
    "0010_meetings": ("meeting", "meeting_invited", "meeting_present", "meeting_item", "decision", "letterhead"),
    "0011_letters": ("letter", "letter_person"),
    "0012_disclosures": ("disclosure", "purged_person", "purged_digest"),
}
SCHEMA_VERSION = len(STEPS)
WAIT_SECONDS = 60.0
"""How long a command waits for another program that is writing, where nothing else is said."""


class NoRegister(RegisterUnusable):
    """There is no register at {path}.
    Make one with: timpora init
    Look at an example first with: timpora demo
    """


class NotARegister(RegisterUnusable):
    """{path} is not a timpora register. Nothing was changed. Name the right file with --db FILE."""


class NewerRegister(RegisterUnusable):
    """The register {path} is from a newer timpora (its version {found}, this program's {known}).
    Nothing was changed. Install the newer timpora to use it.
    """


class OlderRegister(RegisterUnusable):
    """The register {path} is from an older timpora (its version {found}, this program's {known}).
    The next command that changes it brings it up to date and keeps a copy; timpora init does only that.
    """


class DamagedRegister(RegisterUnusable):
    """The register {path} is damaged: SQLite reports {fault}. Nothing was changed. Put back the last good copy."""


class RegisterForbidden(RegisterUnusable):
    """The register {path} cannot be opened: no permission, or its folder cannot be used."""


class FolderOpenToAll(RegisterUnusable):
    """Everybody may write in {folder}, the folder of the register: a stranger's file there could change the register.
    Nothing was changed. Close the folder with: chmod o-w FOLDER
    """


class RegisterBusy(RegisterUnusable):
    """The register {path} is busy: another program has been writing to it for over {seconds} seconds.
    Nothing was changed. Try again, or wait longer with --wait SECONDS.
    """


class RegisterReplaced(RegisterUnusable):
    """The register {path} was replaced by another file while this command waited, as timpora restore does.
    Nothing was changed. Run the command again.
    """


class WriteFailed(TimporaError):
    """The register {path} could not be written: {fault}. Nothing was changed."""


class NoCopy(TimporaError):
    """No copy of the register {path} can be kept beside it: {reason}. Nothing was changed."""


class ReadFailed(RegisterUnusable):
    """The register {path} could not be read: {fault}. Nothing was changed. Look after the disk."""


@contextmanager
def reading(path: Path, wait: float = WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
    """Open the register at `path` to read; every read inside sees one and the same moment of it.

    It waits `wait` seconds for a program that is writing, and only here: once it is open, nobody shuts this reader out.
    """
    with sqlite_faults_named(path, wait), closing(opened_to_read(path, wait)) as connection:
        refuse_what_is_not_ours(connection, path)
        found = _version(connection)
        if found < SCHEMA_VERSION:
            raise OlderRegister(path=path, found=found, known=SCHEMA_VERSION)
        connection.execute("BEGIN")
        _version(connection)  # the first read takes the lock
        yield connection


@contextmanager
def writing(path: Path, wait: float = WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
    """Open the register at `path` to write, of this version or an older one; foreign keys hold.

    Each time that it needs the register for itself, it waits `wait` seconds for others who hold it.
    """
    with sqlite_faults_named(path, wait), closing(_open(path, "rw", wait)) as connection:
        refuse_open_folder(path)
        remove_left_behind(Path(os.path.realpath(path)).parent)
        refuse_what_is_not_ours(connection, path)
        _prepare_to_write(connection)
        yield connection


@contextmanager
def making(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a new, empty file (mode 0600, its folder made with 0700), which is put at `path` once it is complete.

    Raises FileExistsError where something stands there already; nothing is left behind where making it fails.
    """
    refuse_open_folder(path)
    with _placed(path) as scratch, sqlite_faults_named(path), closing(_open(scratch, "rw")) as connection:
        _prepare_to_write(connection)
        yield connection


def refuse_open_folder(path: Path) -> None:
    """Raise FolderOpenToAll where everybody may write in the folder of the register at `path`.

    SQLite takes a journal beside the register for the register's own, whoever made it, and writes what is in it into
    the register. Only this folder is looked at: who may write in one above it is no matter to the journal.
    """
    folder = Path(os.path.realpath(path)).parent
    with suppress(OSError):  # what cannot be looked at cannot be opened either, and that is told there
        # The sticky bit, as of /tmp, keeps nobody from making a file.
        if all_may(folder, stat.S_IWOTH):
            raise FolderOpenToAll(folder=folder)


@contextmanager
def _placed(path: Path) -> Iterator[Path]:
    try:
        make_folder(path.parent)
        with placed(path) as scratch:
            yield scratch
    except FileExistsError:
        if is_there(path):
            raise
        raise RegisterForbidden(path=path) from None
    except OSError as error:
        raise RegisterForbidden(path=path) from error


def _open(path: Path, mode: str, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    try:
        kind = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoRegister(path=path) from error
    except OSError as error:
        raise RegisterForbidden(path=path) from error
    if not stat.S_ISREG(kind):
        raise NotARegister(path=path)
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
    # What SQLite keeps on the side needs no room in a folder that all share.
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def opened_to_read(path: Path, wait: float = WAIT_SECONDS) -> sqlite3.Connection:
    """Return a connection that only reads the file at `path`, whatever it is: nothing is looked at yet.

    Raises NoRegister, NotARegister for what is no file, RegisterForbidden, and SQLite's own errors.
    """
    connection = _open(path, "ro", wait)
    try:
        connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
        # A program died in the middle of a change. SQLite rolls it back when it opens the file to write. This is the
        # only case in which a reader lets anything be written.
        refuse_open_folder(path)
        with closing(_open(path, "rw", wait)) as mending:
            _prepare_to_write(mending)
            mending.execute("PRAGMA user_version").fetchone()
        return _open(path, "ro", wait)
    return connection


def _prepare_to_write(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # The journal is deleted at the commit. EXTRA syncs the folder after that: without it a power cut could bring the
    # journal back, and with it the register as it was before a change that had been told as done.
    connection.execute("PRAGMA synchronous = EXTRA")


def refuse_what_is_not_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Raise NotARegister or NewerRegister for the file at `path`, which `connection` has opened."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise NotARegister(path=path)
    found = _version(connection)
    if found > SCHEMA_VERSION:
        raise NewerRegister(path=path, found=found, known=SCHEMA_VERSION)


def is_older(connection: sqlite3.Connection) -> bool:
    """Return whether the register of `connection` is from an older timpora."""
    return _version(connection) < SCHEMA_VERSION


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def sqlite_faults_named(path: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Turn SQLite's own failures about the file at `path` into errors that say what to do.

    `wait` is how many seconds it waits for another program.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        named = _named(error, path, wait)
        if named is None:
            raise
        raise named from error


# Our error for each failure of SQLite, by the beginning of its name; the first that fits.
FAULTS: tuple[tuple[str, type[TimporaError]], ...] = (
    ("SQLITE_BUSY", RegisterBusy),
    ("SQLITE_LOCKED", RegisterBusy),
    ("SQLITE_NOTADB", NotARegister),
    ("SQLITE_CORRUPT", DamagedRegister),
    ("SQLITE_CANTOPEN", RegisterForbidden),
    ("SQLITE_PERM", RegisterForbidden),
    ("SQLITE_READONLY_DBMOVED", RegisterReplaced),
    ("SQLITE_READONLY", RegisterForbidden),
    ("SQLITE_AUTH", RegisterForbidden),
    ("SQLITE_IOERR_READ", ReadFailed),
    ("SQLITE_IOERR_SHORT_READ", ReadFailed),
    ("SQLITE_IOERR", WriteFailed),
    ("SQLITE_FULL", WriteFailed),
)

NOT_TEXT = "Could not decode to UTF-8"  # it has no name, because it is Python that says it


def _named(error: sqlite3.DatabaseError, path: Path, wait: float) -> TimporaError | None:
    if str(error).startswith(NOT_TEXT):
        return DamagedRegister(path=path, fault=_("a text that is not UTF-8"))
    code = getattr(error, "sqlite_errorname", "")
    named = next((fault for beginning, fault in FAULTS if code.startswith(beginning)), None)
    return None if named is None else named(path=path, seconds=f"{wait:g}", fault=code)
