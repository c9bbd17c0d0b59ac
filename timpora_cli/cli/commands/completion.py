"""`timpora completion`: print the script that completes timpora in a shell."""

from pathlib import Path
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Timeless, command
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt

SCRIPTS = Path(__file__).parents[1] / "completion" / "scripts"
SHELLS = ("bash", "zsh", "fish")


class UnknownShell(WrongUsage):
    """There is no completion for "{shell}". Known: {known}."""


def _shells() -> list[str]:
    return list(SHELLS)


Shell = Annotated[str, typer.Argument(metavar="SHELL", help=_("bash, zsh or fish."), autocompletion=_shells)]


@command(Timeless, examples=("timpora completion bash", "timpora completion fish"))
def completion(_ctx: typer.Context, shell: Shell) -> None:
    """Print the script that completes timpora in a shell.

    For bash (4.4 or newer), put this line into ~/.bashrc: eval "$(timpora completion bash)". For zsh, the same with
    zsh into ~/.zshrc, below compinit. For fish: timpora completion fish > ~/.config/fish/completions/timpora.fish
    TAB completes commands, options and what is on record: places, classes, nationalities, and people by their names.
    """
    if shell not in SHELLS:
        raise UnknownShell(shell=excerpt(shell), known=", ".join(SHELLS))
    typer.echo((SCRIPTS / f"timpora.{shell}").read_text(encoding="utf-8"), nl=False)
