"""`timpora inspection add`: record an inspection in the field, and what was found of each person."""

import typer

from timpora_cli.actions.supervision import inspections
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.cli.options.person import PlaceOptions, Why
from timpora_cli.cli.options.supervision.inspected import recorded
from timpora_cli.cli.options.supervision.inspection import PEOPLE_SEEN, FoundOptions, InspectionOptions
from timpora_cli.language import _
from timpora_cli.render.answers.supervision.inspections import RECORDED, sentences


@command(
    Writing,
    InspectionOptions,
    PlaceOptions,
    FoundOptions,
    Why,
    DoneOptions,
    answer=RECORDED,
    examples=(
        (
            'timpora inspection add 1 12 --not-found 16 --on 2020-09-16 --officers "Contoh, Rekaan"'
            ' --letter W7-1 --letter-on 2020-09-15 --as-registered all --activity-found "12=Guru"'
        ),
        (
            'timpora inspection add --on 2020-09-16 --officers "Contoh" --urgent --village "Tanjung Binga"'
            ' --place "Pantai Rekaan" --finding "Nobody was there."'
        ),
    ),
)
def add(ctx: typer.Context, seen: PEOPLE_SEEN = None) -> None:
    """Record an inspection in the field: of people, who are seen or not found, or of a place.

    Each matter of a person (address, class, activity) is as registered, differs, or was not checked. Where one differs,
    the answer gives the command that corrects the register. A letter of assignment is needed; an urgent inspection gets
    it later with timpora inspection edit.
    """
    typed, where, found = InspectionOptions.of(ctx), PlaceOptions.of(ctx), FoundOptions.of(ctx)
    why, answer = Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        on = typed.day(work) or work.today
        people = found.people(work, seen or ())
        facts = {"on_day": on.isoformat(), "is_urgent": 0, **typed.facts(work, where, on)}
        identity = inspections.add(work.change, facts, people)
        did = recorded(work, identity)
    answer.write(did, *sentences(did, _("Inspection {id} of {day} recorded.")), card=RECORDED)
