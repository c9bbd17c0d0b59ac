"""A file written whole or not at all, which only its owner can read, and which a power cut does not take away again.

What is in a file and its name in its folder reach the disk by two calls: a file that is told as written has had both.
"""

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# What a system answers that cannot do this for a folder, as with some network shares, or may not look into it.
NOT_FOR_FOLDERS = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF, errno.EACCES, errno.EISDIR}
SCRATCH = ".timpora-"  # how the names of scratch folders begin


class Unconfirmed(OSError):
    """A file is in its place, in place of another, and the disk did not confirm that it keeps it there."""


AGAIN_SECONDS = 0.05


@contextmanager
def alone_in(folder: Path, wait: float) -> Iterator[None]:
    """Be the one program that has taken `folder` for the block; raises TimeoutError after `wait` seconds.

    It keeps out only others that ask for the same. No file is made, and what is taken ends with the process. Where the
    system cannot do it, nobody is kept out.
    """
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        yield
        return
    ends = time.monotonic() + wait
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        while True:
            try:
                flock(descriptor, LOCK_EX | LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    raise TimeoutError from None
                time.sleep(AGAIN_SECONDS)
            except OSError:
                break
        yield
    finally:
        os.close(descriptor)


@contextmanager
def placed(path: Path, *, over: bool = False) -> Iterator[Path]:
    """Give an empty scratch file beside `path` (mode 0600), and move it to `path` when the block ends without an error.

    Raises as `put` does. Whatever is raised, also by the block, the scratch file is removed.
    """
    with scratch_in(path.parent) as scratch:
        yield scratch
        put(scratch, path, over=over)


@contextmanager
def placed_folder(path: Path) -> Iterator[Path]:
    """Give an empty scratch folder (mode 0700), and move it to `path` when the block ends without an error.

    By then all its files are on the disk, and so are the names. Raises FileExistsError where there is something at
    `path`, any other OSError as it is. Whatever is raised, also by the block, the scratch folder is removed.
    """
    try_out(path)
    with _scratch_folder_in(path.parent) as made:
        scratch = made / "scratch"
        scratch.mkdir(mode=0o700)
        yield scratch
        for file in scratch.iterdir():
            sync(file)
        sync(scratch)
        if os.path.lexists(path):
            raise FileExistsError(path)
        scratch.rename(path)
        sync(path.parent)


@contextmanager
def scratch_in(folder: Path) -> Iterator[Path]:
    """Give an empty file (mode 0600) in a scratch folder of its own in `folder`.

    At the end of the block the scratch folder is removed with all that is in it. Raises OSError as it is.
    """
    with _scratch_folder_in(folder) as made:
        scratch = made / "scratch"
        scratch.touch(mode=0o600, exist_ok=False)
        yield scratch


@contextmanager
def _scratch_folder_in(folder: Path) -> Iterator[Path]:
    """Give a new folder in `folder`, which is removed at the end of the block.

    Its maker has it locked: one that is not locked was left by a killed process, and is removed by the next that makes
    one there.
    """
    import shutil

    remove_left_behind(folder)
    made, lock = _scratch_folder(folder)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(lock)


def try_out(path: Path, *, over: bool = False) -> None:
    """Raise what `placed` would raise at `path`, as far as that can be known before anything is put there."""
    if over:
        refuse_no_plain_file(path)
    else:
        with suppress(FileNotFoundError):
            path.lstat()
            raise FileExistsError(path)
    with _scratch_folder_in(path.parent):
        pass


def remove_left_behind(folder: Path) -> None:
    """Remove the scratch folders in `folder` that killed processes of the same user have left."""
    with suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if one.name.startswith(SCRATCH) and one.is_dir(follow_symlinks=False):
                _remove_if_left(one.path)


def _remove_if_left(path: str) -> None:
    import shutil

    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            if os.fstat(descriptor).st_uid == os.geteuid() and _locked(descriptor):
                shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(descriptor)


def _scratch_folder(folder: Path) -> tuple[Path, int]:
    """Make a scratch folder, and return it with the descriptor that keeps it locked."""
    import tempfile

    while True:
        made = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=folder))
        with suppress(FileNotFoundError):
            lock = os.open(made, os.O_RDONLY)
            _locked(lock)
            if made.exists():
                return made, lock
            os.close(lock)
        # Another process took it, before it was locked, for one that was left behind.


def _locked(descriptor: int) -> bool:
    """Lock an open folder, until its descriptor is closed; return whether it is locked now.

    It is not where another process has it locked, or where the file system has no such locks, as on some network
    shares: nothing is ever taken there for left behind.
    """
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def put(scratch: Path, path: Path, *, over: bool = False) -> None:
    """Move a complete file to `path`, on the same file system; once this returns, a power cut takes neither.

    Raises FileExistsError where there is something at `path`, unless it is a file and may be written `over`;
    Unconfirmed where it was written over and the disk does not confirm it; any other OSError as it is, and then there
    is nothing new at `path`.
    """
    sync(scratch)
    if over:
        refuse_no_plain_file(path)
        scratch.replace(path)
    else:
        move_where_nothing_stands(scratch, path)
    try:
        sync(path.parent)
    except OSError as error:
        if over:
            raise Unconfirmed(*error.args) from error
        path.unlink(missing_ok=True)
        raise


def refuse_no_plain_file(path: Path) -> None:
    """Raise OSError where something that is no file stands at `path`: it is not written over."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "a link, a pipe, a device or a folder stands there")


def is_there(path: Path) -> bool:
    """Return whether something stands at `path`; False also where the system cannot tell, as of too long a name.

    What is done with the path next then says why.
    """
    try:
        return path.exists()
    except OSError:
        return False


def all_may(path: Path, bits: int) -> bool:
    """Return whether the mode of `path` gives everybody one of these bits, such as stat.S_IWOTH.

    False on a system whose modes do not tell it. Raises OSError as it is.
    """
    return os.name == "posix" and bool(path.stat().st_mode & bits)


def move_where_nothing_stands(scratch: Path, path: Path) -> None:
    """Move a file to `path`. Raises FileExistsError where something is there; any other OSError as it is."""
    try:
        path.hardlink_to(scratch)
    except FileExistsError:
        raise
    except OSError:
        # A USB stick or a network share may have no hard links. There, looking and moving are two steps.
        if path.exists():
            raise FileExistsError(path) from None
        scratch.rename(path)
    else:
        scratch.unlink()


def folders_made(path: Path) -> Iterator[Path]:
    """Make the folder at `path` with those above it that are missing (mode 0700); yield those made, the outer first.

    Raises OSError as it is; what was yielded by then is there.
    """
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        yield one
        sync(one.parent)


def make_folder(path: Path) -> None:
    """Make the folder at `path` as `folders_made` does. Raises OSError as it is."""
    for _made in folders_made(path):
        pass


def under_free_name(names: Iterable[Path], place: Callable[[Path], None]) -> Path:
    """Call `place` with one name after another until it raises no FileExistsError; return the name that was free."""
    for path in names:
        with suppress(FileExistsError):
            place(path)
            return path
    raise FileExistsError(path)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk. Raises OSError where the disk says that it failed."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        if error.errno in NOT_FOR_FOLDERS and path.is_dir():
            return
        raise
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NOT_FOR_FOLDERS or not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise
    finally:
        os.close(descriptor)


def sync_open(descriptor: int) -> None:
    """Have what was written to an open file on the disk, with its name; a pipe or a terminal has nothing to keep.

    Raises OSError where the disk says that it failed.
    """
    file = os.fstat(descriptor)
    if not stat.S_ISREG(file.st_mode):
        return
    os.fsync(descriptor)
    # Where the system tells the name of an open file, its folder is synced too: a shell may just have made the file.
    with suppress(FileNotFoundError, NotADirectoryError):
        name = Path(f"/proc/self/fd/{descriptor}").readlink()
        if os.path.samestat(name.stat(), file):
            sync(name.parent)
