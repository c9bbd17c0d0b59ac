"""Several files in one folder, written all or none: private to their owner, and never over a file unless asked for."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from timpora_cli.errors import Refused
from timpora_cli.files import folders_made, is_there, move_where_nothing_stands, refuse_no_plain_file, scratch_in, sync
from timpora_cli.language import _
from timpora_cli.render.write import FileThere, FileUnwritable


class NoFolder(Refused):
    """{path} cannot be the folder of the files: {reason}. Nothing was written. Name another folder."""


class Folder:
    """A folder that files are written into. It remembers what it has made, so that this can be taken back."""

    def __init__(self, path: Path, *, force: bool) -> None:
        self.path = path
        self._force = force
        self._folders: list[Path] = []
        self._files: list[Path] = []

    def write(self, files: Mapping[str, str]) -> None:
        """Write files of these names with these texts, all or none; the folder is made (mode 0700) where it is missing.

        Raises NoFolder, FileThere for the first that is there already (unless `force`), and FileUnwritable.
        """
        if not files:
            return
        self._make()
        paths = {self.path / name: text for name, text in files.items()}
        for path in paths:
            if is_there(path) and not self._force:
                raise FileThere(path=path)
        with ExitStack() as scratches:
            # No file is put in its place before all of them are on the disk.
            written = {path: self._scratch(path, text, scratches) for path, text in paths.items()}
            for path, scratch in written.items():
                self._put(scratch, path)
            self._keep()

    def take_back(self) -> None:
        """Remove the files and folders that were made here; a file that was written over stays as it is now."""
        for path in self._files:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        for path in reversed(self._folders):
            with suppress(OSError):
                path.rmdir()

    def _make(self) -> None:
        if is_there(self.path) and not self.path.is_dir():
            raise NoFolder(path=self.path, reason=_("it is a file"))
        try:
            self._folders.extend(folders_made(self.path))
        except OSError as error:
            raise NoFolder(path=self.path, reason=error.strerror or error) from error

    def _scratch(self, path: Path, text: str, scratches: ExitStack) -> Path:
        try:
            scratch = scratches.enter_context(scratch_in(self.path))
            scratch.write_text(text, encoding="utf-8", newline="")
            sync(scratch)
        except OSError as error:
            raise FileUnwritable(path=path, reason=error.strerror or error) from error
        return scratch

    def _put(self, scratch: Path, path: Path) -> None:
        is_new = not is_there(path)
        try:
            if self._force:
                refuse_no_plain_file(path)
                scratch.replace(path)
            else:
                move_where_nothing_stands(scratch, path)
        except FileExistsError as error:
            raise FileThere(path=path) from error
        except OSError as error:
            raise FileUnwritable(path=path, reason=error.strerror or error) from error
        if is_new:
            self._files.append(path)

    def _keep(self) -> None:
        try:
            sync(self.path)
        except OSError as error:
            raise FileUnwritable(path=self.path, reason=error.strerror or error) from error


@contextmanager
def folder(path: Path, *, force: bool) -> Iterator[Folder]:
    """Lend the folder at `path` to write files into. Where the block raises anything, what it made there is removed."""
    lent = Folder(path, force=force)
    try:
        yield lent
    except BaseException:
        lent.take_back()
        raise
