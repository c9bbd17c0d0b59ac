"""A file put in its place whole, or not at all, readable by its owner alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def placed(path: Path, *, over: bool = False) -> Iterator[Path]:
    """Lend an empty scratch file beside `path` (mode 0600), and put it in its place when the block is done.

    Raises FileExistsError where something stands at `path`, unless it may be written `over`; any other OSError as it
    comes. Whatever is raised, by the block too, leaves nothing behind.
    """
    import tempfile

    # A name of its own: one that a killed process left behind is in nobody's way, and no name grows too long by it.
    descriptor, name = tempfile.mkstemp(prefix=".timpora-", dir=path.parent)
    os.close(descriptor)
    scratch = Path(name)
    try:
        yield scratch
        if over:
            scratch.replace(path)
        else:
            _move_where_nothing_stands(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


def _move_where_nothing_stands(scratch: Path, path: Path) -> None:
    try:
        path.hardlink_to(scratch)
    except FileExistsError:
        raise
    except OSError:
        # A stick or a share without hard links: the look and the move are two steps there.
        if path.exists():
            raise FileExistsError(path) from None
        scratch.rename(path)
