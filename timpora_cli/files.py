"""A file written whole or not at all, which only its owner can read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def placed(path: Path, *, over: bool = False) -> Iterator[Path]:
    """Give an empty scratch file beside `path` (mode 0600), and move it to `path` when the block ends without an error.

    Raises FileExistsError where there is something at `path`, unless it may be written `over`; any other OSError as it
    is. Whatever is raised, also by the block, the scratch file is removed.
    """
    import tempfile

    # A random, short name: a file that a killed process left does not stand in the way, and the name is never too long.
    descriptor, name = tempfile.mkstemp(prefix=".timpora-", dir=path.parent)
    os.close(descriptor)
    scratch = Path(name)
    try:
        yield scratch
        if over:
            scratch.replace(path)
        else:
            move_where_nothing_stands(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


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
