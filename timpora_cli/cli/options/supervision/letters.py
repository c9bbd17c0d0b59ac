"""The options of `timpora letters`: where the files go, and whether letters are made again, or only shown."""

from collections.abc import Iterator
from typing import Annotated

import typer

from timpora_cli.cli.frame.options import Options
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.language import _


class NoFolderNamed(WrongUsage):
    """No folder is named for the letters. Name one with --output DIR, or look first with --dry-run."""


class NoFolderToForce(WrongUsage):
    """--force is for the files in --output DIR, and no folder was named. Leave it out."""


class LettersOptions(Options):
    """Where the letters go, and which are made."""

    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="DIR", help=_("Into this folder; it is made where it is missing.")),
    ] = None
    force: Annotated[bool, typer.Option("--force", help=_("Write over files of the same names in the folder."))] = False
    again: Annotated[
        bool, typer.Option("--again", help=_("Also for those who were reminded of the same end before."))
    ] = False
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show which letters would be made, and change nothing."))
    ] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that no folder is named."""
        if self.output is None and self.force:
            yield NoFolderToForce()
        elif not self.output and not self.dry_run:
            yield NoFolderNamed()
