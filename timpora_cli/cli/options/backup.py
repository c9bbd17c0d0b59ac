"""The options of `timpora backup` and `timpora restore`: where, how many are kept, to whom they are sealed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from timpora_cli.cli.frame.options import Options
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, whole_number


class NotANumberToKeep(WrongUsage):
    """--keep "{keep}" is not a number of backups. Write a whole number from 1, as in --keep 30."""


class DrillMakesNone(WrongUsage):
    """--drill makes no backup: it tries out the newest one. Leave {option} out."""


class IdentityForNothing(WrongUsage):
    """--identity opens a sealed backup, for --drill. A backup is sealed with --encrypt-to RECIPIENT."""


class Unsealing(Options):
    """What opens a sealed backup."""

    identity: Annotated[
        str | None,
        typer.Option("--identity", metavar="FILE", help=_("The file of the key that opens a sealed backup.")),
    ] = None

    @property
    def key(self) -> Path | None:
        """The file of the key, or None."""
        return None if self.identity is None else Path(self.identity)


class BackupOptions(Unsealing):
    """What becomes of the backup."""

    keep: Annotated[
        str | None,
        typer.Option("--keep", metavar="N", help=_("Then remove all backups of this register but the last N.")),
    ] = None
    drill: Annotated[
        bool, typer.Option("--drill", help=_("Make none; restore the newest into a scratch file, and compare."))
    ] = False
    encrypt_to: Annotated[
        list[str] | None,
        typer.Option("--encrypt-to", metavar="RECIPIENT", help=_("Seal it to this recipient of age (age1...).")),
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield a number that keeps nothing, and options that do not go together."""
        if self.keep is not None and not whole_number(self.keep):
            yield NotANumberToKeep(keep=excerpt(self.keep))
        for option in self.given("keep", "encrypt_to") if self.drill else ():
            yield DrillMakesNone(option=option)
        if self.identity is not None and not self.drill:
            yield IdentityForNothing()

    @property
    def kept(self) -> int | None:
        """How many backups are kept, None for all."""
        return None if self.keep is None else whole_number(self.keep)


class Risks(Options):
    """What somebody has said yes to beforehand."""

    yes_older: Annotated[
        bool, typer.Option("--yes-older", help=_("Also where later changes of the register are lost by it."))
    ] = False
    yes_other: Annotated[
        bool, typer.Option("--yes-other", help=_("Also in place of another register, or of a file that is none."))
    ] = False
