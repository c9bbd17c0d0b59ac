"""`timpora backup`: make a verified copy of the register, or try out the newest one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Timeless, command
from timpora_cli.cli.frame.register import opened_to_read, path_of, warn_of_clock
from timpora_cli.cli.options.backup import BackupOptions
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.language import _
from timpora_cli.model.backups import FOLDER
from timpora_cli.queries.settings import time_zone
from timpora_cli.render.answers import backups as answers

if TYPE_CHECKING:
    from timpora_cli.model.backups import Drilled, Made


@command(
    Timeless,
    BackupOptions,
    DoneOptions,
    answer={"": answers.MADE, "--drill": answers.DRILLED},
    examples=(
        "timpora backup",
        "timpora backup usb/backups --keep 30",
        "timpora backup --drill",
        "timpora backup usb/backups --encrypt-to age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
    ),
)
def backup(
    ctx: typer.Context,
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="DIR",
            help=_("Into this folder; without it, the folder backups beside the register."),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make a verified copy of the register in a folder, while others go on writing.

    It is named timpora-20200917T100000.db by the office's clock, can be read by its owner alone, and gets that name
    once it is whole and on the disk. --keep removes older ones of this register after that. With --encrypt-to it is
    sealed, and named .db.age: no plain copy touches the disk. --drill makes none: it restores the newest of the folder
    into a scratch file, and compares it with the register. Put one back with: timpora restore FILE
    """
    typed, answer, register = BackupOptions.of(ctx), DoneOptions.of(ctx), path_of(ctx)
    into = register.parent / FOLDER if folder is None else Path(folder)
    if typed.drill:
        drilled, zone = _drilled(ctx, register, into, typed)
        answer.write(drilled, *answers.drilled(drilled, zone), card=answers.DRILLED)
        return
    made, zone = _made(ctx, register, into, typed)
    answer.write(made, *answers.made(made, zone), card=answers.MADE)


def _made(ctx: typer.Context, register: Path, into: Path, typed: BackupOptions) -> "tuple[Made, str]":
    from timpora_cli.actions.backups import make
    from timpora_cli.actions.backups.sealing import sealing_to

    seal = sealing_to(typed.encrypt_to) if typed.encrypt_to else None
    with opened_to_read(ctx) as connection:
        warn_of_clock(connection)
        zone = time_zone(connection)
    return make(register, lambda: opened_to_read(ctx), into, seal, typed.kept), zone


def _drilled(ctx: typer.Context, register: Path, into: Path, typed: BackupOptions) -> "tuple[Drilled, str]":
    from timpora_cli.actions.backups.drill import drill

    with opened_to_read(ctx) as connection:
        warn_of_clock(connection)
        zone = time_zone(connection)
        return drill(connection, register, into, typed.key), zone
