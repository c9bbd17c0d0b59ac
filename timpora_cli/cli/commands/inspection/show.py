"""`timpora inspection show`: show an inspection, the people who were looked for, and what differs from the register."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.supervision.inspection import InspectionArgument
from timpora_cli.queries.supervision.differences import differences
from timpora_cli.queries.supervision.inspections import inspection_of, looked_for
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.inspections import INSPECTION, InspectionCard


@command(
    Reading,
    CardOptions,
    answer=INSPECTION,
    examples=("timpora inspection show 1", "timpora inspection show 1 --format json"),
)
def show(ctx: typer.Context, reference: InspectionArgument) -> None:
    """Show an inspection, the people who were looked for, and what differs from the register.

    Beside what was found stands what the register says on the day that is asked about, and the command that corrects
    it, until the register says what was found. On a day before the inspection it is shown as on its own day.
    """
    output = CardOptions.of(ctx)
    with reading(ctx) as view:
        inspection = inspection_of(view.connection, reference, view.on)
        people = looked_for(view.connection, inspection.id)
        card = InspectionCard(inspection, people, differences(view.connection, inspection, people, view.on))
    write.card(INSPECTION, card, output.chosen())
