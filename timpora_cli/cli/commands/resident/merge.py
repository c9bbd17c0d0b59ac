"""`timpora resident merge`: join a second record of the same person to the first."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.person import ResidentArgument, Why
from timpora_cli.cli.talk import say
from timpora_cli.language import _, counted
from timpora_cli.queries import find


@command(Writing, Why, DoneOptions, examples=('timpora resident merge 1 2 --reason "the same passport, renewed"',))
def merge(
    ctx: typer.Context,
    reference: ResidentArgument,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help=_("The record that is the same person, and goes."),
            autocompletion=values.residents,
            show_default=False,
        ),
        Reads(lambda text, desk: find.resident(desk.connection, text)),
    ],
) -> None:
    """Join a second record of the same person to the first, and take the second out.

    Passports, permits, residences, family and what the first record lacks come from the second; where both say
    something and differ, the first stays, and it is told. Chains that overlap are refused. Take it back with: undo
    """
    from timpora_cli.actions.merging import merge as join

    why, answer = Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        kept, gone = find.resident(work.connection, reference), find.resident(work.connection, other)
        merged = join(work.change, kept, gone, work.today)
        did = done(work, kept.id)
    brought = (
        counted("{number} passport", "{number} passports", merged.passports),
        counted("{number} permit", "{number} permits", merged.permits),
        counted("{number} residence", "{number} residences", merged.residences),
        counted("{number} family link", "{number} family links", merged.relatives),
    )
    sentence = _("Resident {other} is now part of resident {id}: {name}. Brought along: {brought}.")
    answer.write(did, sentence.format(id=kept.id, name=kept.name, other=gone.id, brought=", ".join(brought)))
    for left in merged.left:
        said = _("Not taken from resident {other}: {column} {left}; it stays {stays}.")
        say.note(said.format(other=gone.id, column=left.column, left=left.left, stays=left.stays))
