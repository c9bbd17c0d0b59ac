"""`timpora resident remove`: take out a resident who was entered by mistake."""

from typing import Annotated

import typer

from timpora_cli.actions import residents
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.person import ResidentArgument, Why
from timpora_cli.cli.talk import ask
from timpora_cli.errors import Refused
from timpora_cli.language import _, counted
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE


class NotConfirmed(Refused):
    """Nothing was removed."""


@command(Writing, Why, DoneOptions, answer=DONE, examples=('timpora resident remove 1 --yes --reason "entered twice"',))
def remove(
    ctx: typer.Context,
    reference: ResidentArgument,
    yes: Annotated[bool, typer.Option("--yes", help=_("Remove without asking."))] = False,
) -> None:
    """Take out a resident who was entered by mistake, with permits, passports, residences and family links.

    It asks first on a terminal and needs --yes elsewhere. Somebody who has left is departed, not removed. Whoever was
    looked for at an inspection stays on record.
    """
    why, answer = Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        resident = find.resident(work.connection, reference)
        question = _("Remove resident {id}, {name}, with everything recorded?").format(
            id=resident.id, name=resident.name
        )
        if not yes and not ask.confirmed(question):
            raise NotConfirmed
        rows = counted("{number} row", "{number} rows", residents.remove(work.change, resident))
        did = done(work, resident.id, name=resident.name)
    said = _("Resident {id} removed, {rows} in all: {name}.")
    answer.write(did, said.format(id=resident.id, rows=rows, name=did.name))
