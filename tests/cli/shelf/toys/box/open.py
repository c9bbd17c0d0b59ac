from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command


@command(Writing, examples=("timpora toys box open lid",))
def open_(_ctx: typer.Context, part: Annotated[str, typer.Argument(metavar="PART")]) -> None:
    """Open the box."""
    print("opened", part)
