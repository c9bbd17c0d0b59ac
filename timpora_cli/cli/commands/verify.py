"""`timpora verify`: check the file, its rules and its whole history."""

import sqlite3
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Timeless, command
from timpora_cli.cli.frame.register import opened_to_read, warn_of_clock
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.errors import NotFound, Refused
from timpora_cli.language import _
from timpora_cli.model.names import excerpt
from timpora_cli.render import write
from timpora_cli.render.answers.verdict import VERDICT


class NotWhole(Refused):
    """The register is not whole: {fault}. Put back the last good copy, or find out who altered the file."""


class NoSuchDigest(NotFound):
    """No change of this register has or had the digest {digest}. The file may be another one, or an older copy."""


@command(Timeless, CardOptions, answer=VERDICT, examples=("timpora verify", "timpora verify --format json"))
def verify(
    ctx: typer.Context,
    digest: Annotated[
        str | None,
        typer.Option("--digest", metavar="DIGEST", help=_("Also say which change has this digest, as on a page.")),
    ] = None,
) -> None:
    """Check the file, its rules and its whole history, and say what was checked.

    Each change carries a digest over what it says, the rows it wrote and the digest before it. A row or a line of the
    log that was altered by another program no longer fits. Exits with 1 and names the first break. With --digest it
    says which change has the digest that was written down or printed earlier, and exits with 4 where none has.
    """
    from timpora_cli.queries.verify import verified
    from timpora_cli.render.answers import verdict

    output = CardOptions.of(ctx)
    with opened_to_read(ctx) as connection:
        warn_of_clock(connection)
        result = verified(connection)
        said = None if digest is None else _whose(connection, digest)
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
        if said is not None:
            write.line(said)


def _whose(connection: sqlite3.Connection, digest: str) -> str:
    """Return the sentence that says which change has the digest. Raises NoSuchDigest."""
    from timpora_cli.queries.verify import change_of

    found = change_of(connection, digest.strip().casefold())
    if found is None:
        raise NoSuchDigest(digest=excerpt(digest))
    number, purge = found
    if purge is not None:
        return _("Change {number} had this digest before the purge of change {purge}.").format(
            number=number, purge=purge
        )
    return _("Change {number} has this digest.").format(number=number)
