import typer

from timpora_cli import language
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import globals_of


@command(Reading)
def said(ctx: typer.Context) -> None:
    """Say what stands anywhere."""
    given = globals_of(ctx)
    print(given.db, given.officer, given.as_of, given.known_at, language.chosen())
