import typer

from timpora_cli.cli.frame.base import Timeless, command


@command(Timeless)
def shelf(_ctx: typer.Context) -> None:
    """Show the shelf."""
