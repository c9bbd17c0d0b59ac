"""`timpora case show`: show a case, what is to be done in it, and what has happened."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.supervision.case import CaseArgument
from timpora_cli.language import _
from timpora_cli.queries.supervision.cases import case_file, years_without_holidays
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.cases import CASE, case_card, reasons


@command(
    Reading,
    CardOptions,
    answer=CASE,
    examples=("timpora case show 1", "timpora case show 1 --why", "timpora case show 1 --format json"),
)
def show(
    ctx: typer.Context,
    reference: CaseArgument,
    why: Annotated[bool, typer.Option("--why", help=_("Say below the card how the deadline comes about."))] = False,
) -> None:
    """Show a case: what was reported, the state it is in, what is to be done, its steps, and what has happened.

    With --why people read the sum of the deadline: from when it counts, by which rule, and the days that do not count,
    holidays named. The formats for programs always have it (why).
    """
    output = CardOptions.of(ctx)
    chosen = output.chosen()
    with reading(ctx) as view:
        file = case_file(view.connection, reference, view.on)
        missing = years_without_holidays(view.connection, file.listed.deadline)
    write.card(case_card(file.names), file, chosen)
    if why and chosen.for_people:
        write.line("")
        for line in reasons(file, missing):
            write.line(line)
