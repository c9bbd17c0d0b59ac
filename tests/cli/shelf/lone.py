import typer

from timpora_cli.cli.frame.base import Reading, command


@command(Reading)
def whatever(_ctx: typer.Context) -> None:
    """Stand alone."""
    typer.echo("alone")
