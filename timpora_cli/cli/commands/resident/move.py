"""`timpora resident move`: record that a resident has moved."""

import typer

from timpora_cli.actions import stays
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.person import HomeOptions, On, ResidentArgument, Why, past_day, tally
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE


@command(
    Writing,
    HomeOptions,
    Why,
    DoneOptions,
    answer=DONE,
    examples=('timpora resident move 1 --village "Tanjung Binga" --on 2020-09-10',),
)
def move(ctx: typer.Context, reference: ResidentArgument, on: On = None) -> None:
    """Record that a resident has moved; from that day on, the person counts in the new place.

    A village that nobody knows is given as "". For somebody who had departed for good: timpora resident return.
    """
    home, why, answer = HomeOptions.of(ctx), Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        if home.village is None and home.district is None:
            ask.refuse_missing({"--village": None})
        resident = find.resident(work.connection, reference)
        day = past_day(on, work.today) if on else work.today
        to = home.new(work, day)
        stays.move(work.change, resident, to, day)
        said = _("Resident {id} moved on {day}: {name}.").format(
            id=resident.id, day=day.isoformat(), name=resident.name
        ) + tally(work, to)
        did = done(work, resident.id)
    answer.write(did, said)
