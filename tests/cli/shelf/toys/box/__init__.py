from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command

COMMANDS = ("open",)


@command(Reading, examples=("timpora toys box", "timpora toys box open lid"))
def box(ctx: typer.Context, deep: Annotated[bool, typer.Option("--deep", help="All of it.")] = False) -> None:
    """Look at the box."""
    print("looked", "deep" if deep else "", ctx.command_path)
