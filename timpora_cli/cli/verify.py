"""`timpora verify`: whether the file and its history are whole."""

import typer

from timpora_cli import render
from timpora_cli.cli.options import CardOptions
from timpora_cli.cli.plain import Timeless, command_app, examples
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import path_of
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.store import connect

app = command_app()


class NotWhole(Refused):
    """The register is not whole: {fault}. Put back the last good copy, or find out who altered the file."""


@app.command(cls=Timeless, epilog=examples("timpora verify", "timpora verify --format json"))
@takes_records
def verify(ctx: typer.Context, output: CardOptions) -> None:
    """Check the file, its rules and its whole history, and say what was checked.

    Each change carries a digest over what it says, the rows it wrote and the digest before it. A row or a line of the
    log that was altered by another program no longer fits. Exits with 1 and names the first break.
    """
    from timpora_cli.queries.verify import verified
    from timpora_cli.render import verdict
    from timpora_cli.store import migrate

    with connect.reading(path_of(ctx)) as connection, migrate.pristine() as new:
        found = verified(connection, new)
    chosen = output.chosen()
    if chosen.for_people:
        render.write(verdict.findings(found), chosen)
    else:
        render.write_card(verdict.proof(found), chosen)
    if not found.whole:
        raise NotWhole(fault=verdict.first_fault(found))
    if chosen.for_people:
        render.write_line("")
        render.write_line(_("Whole. Head of the history: {head}").format(head=found.head))
