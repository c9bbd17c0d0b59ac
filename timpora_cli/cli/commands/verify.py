"""`timpora verify`: check the file, its rules and its whole history."""

import typer

from timpora_cli.cli.frame.base import Timeless, command
from timpora_cli.cli.frame.register import opened_to_read, warn_of_clock
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.render import write
from timpora_cli.render.answers.verdict import VERDICT


class NotWhole(Refused):
    """The register is not whole: {fault}. Put back the last good copy, or find out who altered the file."""


@command(Timeless, CardOptions, answer=VERDICT, examples=("timpora verify", "timpora verify --format json"))
def verify(ctx: typer.Context) -> None:
    """Check the file, its rules and its whole history, and say what was checked.

    Each change carries a digest over what it says, the rows it wrote and the digest before it. A row or a line of the
    log that was altered by another program no longer fits. Exits with 1 and names the first break.
    """
    from timpora_cli.queries.verify import verified
    from timpora_cli.render.answers import verdict

    output = CardOptions.of(ctx)
    with opened_to_read(ctx) as connection:
        warn_of_clock(connection)
        result = verified(connection)
    chosen = output.chosen()
    if chosen.for_people:
        write.answer(verdict.FINDINGS.of(result.findings), chosen)
    else:
        write.card(verdict.VERDICT, result, chosen)
    if not result.whole:
        raise NotWhole(fault=result.fault)
    if chosen.for_people:
        write.line("")
        write.line(_("Whole. Head of the history: {head}").format(head=result.head))
