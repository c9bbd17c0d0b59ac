import typer

from timpora_cli.cli.frame.base import Reading, command


@command(Reading)
def flood(_ctx: typer.Context) -> None:
    """Write much."""
    for number in range(100_000):
        print(number)
