"""`timpora inspection edit`: complete or correct an inspection, as when its letter of assignment has come."""

import typer

from timpora_cli.actions.supervision import inspections
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.cli.options.person import PlaceOptions, Why
from timpora_cli.cli.options.supervision.inspected import recorded
from timpora_cli.cli.options.supervision.inspection import InspectionArgument, InspectionOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.queries.supervision.inspections import inspection_of
from timpora_cli.render.answers.supervision.inspections import RECORDED, sentences


class NothingToCorrectOfInspection(WrongUsage):
    """Nothing was given to correct. See the options with: timpora inspection edit --help"""


@command(
    Writing,
    InspectionOptions,
    PlaceOptions,
    Why,
    DoneOptions,
    answer=RECORDED,
    examples=(
        "timpora inspection edit 2 --letter W7-0002 --letter-on 2020-09-17",
        'timpora inspection edit 1 --finding "All as registered." --place ""',
    ),
)
def edit(ctx: typer.Context, reference: InspectionArgument) -> None:
    """Complete or correct an inspection: its letter of assignment, day, officers, place, finding or case.

    An empty value ("") empties what is on record. What was found of a person is corrected by taking the inspection back
    (timpora undo CHANGE) and recording it anew.
    """
    typed, where = InspectionOptions.of(ctx), PlaceOptions.of(ctx)
    why, answer = Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        was = inspection_of(work.connection, reference, work.today)
        facts = typed.facts(work, where, typed.day(work) or was.on)
        if not facts:
            raise NothingToCorrectOfInspection
        inspections.edit(work.change, was.id, facts)
        did = recorded(work, was.id)
    answer.write(did, *sentences(did, _("Inspection {id} of {day} corrected.")), card=RECORDED)
