from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command


def louder(value: str) -> str:
    return value.upper()


@command(Writing)
def add(  # noqa: PLR0917 one parameter of each kind
    _ctx: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME")],
    kind: Annotated[str, typer.Option("--kind")],
    colours: Annotated[list[str] | None, typer.Option("--colour")] = None,
    size: Annotated[str, typer.Option("--size", envvar="TOY_SIZE")] = "small",
    loud: Annotated[bool, typer.Option("--loud/--quiet")] = False,
    safe: Annotated[bool | None, typer.Option("--safe/--unsafe", envvar="TOY_SAFE")] = None,
    mark: Annotated[str | None, typer.Option("--mark", callback=louder)] = "m",
    age: Annotated[int, typer.Option("--age")] = 3,
) -> None:
    """Add a toy."""
    print(names, kind, colours, size, loud, safe, mark, age)
