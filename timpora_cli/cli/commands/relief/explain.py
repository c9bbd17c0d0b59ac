"""`timpora relief explain`: say in sentences until when a resident's permit holds on a day."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.queries.law import relief_steps
from timpora_cli.queries.people import person_of
from timpora_cli.render import write
from timpora_cli.render.answers import explain as answers


@command(
    Reading,
    CardOptions,
    answer=answers.EXPLAINED,
    examples=(
        "timpora relief explain 41 --as-of 2020-09-17",
        "timpora relief explain 41 --as-of 2020-09-17 --format json",
    ),
)
def explain(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(metavar="RESIDENT", help=_("An id, or a document's number."), autocompletion=values.residents),
        Reads(lambda text, desk: find.resident(desk.connection, text)),
    ],
) -> None:
    """Say in sentences until when a resident's permit holds on a day, and then by which relief and why.

    Only reliefs are named that had come into force by that day, for permits of this class and printed end; the formats
    for programs have them too, each with what keeps it from covering.
    """
    output = CardOptions.of(ctx)
    with reading(ctx) as view:
        resident = find.resident(view.connection, reference)
        person = person_of(view.connection, view.on, resident.id)
        steps = [] if person is None else relief_steps(view.connection, person, view.on)
    chosen = output.chosen()
    if not chosen.for_people:
        write.card(answers.EXPLAINED, answers.Explained(resident.id, resident.name, person, steps), chosen)
    elif person is None:
        write.line(_("{name} is not present on {day}.").format(name=resident.name, day=view.on.isoformat()))
    else:
        for line in answers.explanation(person, steps, view.on):
            write.line(line)
