"""`timpora resident return`: record that a resident who had left for good is back."""

import typer

from timpora_cli.actions import stays
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.person import HomeOptions, On, ResidentArgument, Why, past_day, tally
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE


@command(
    Writing,
    HomeOptions,
    Why,
    DoneOptions,
    answer=DONE,
    examples=(
        'timpora resident return 43 --on 2020-09-15 --village "Tanjung Binga"',
        "timpora resident return 31 --on 2020-09-15",
    ),
)
def return_(ctx: typer.Context, reference: ResidentArgument, on: On = None) -> None:
    """Record that a resident who had left for good is back: a new stay, which begins on the day of entry.

    Earlier days keep the stay of their own. A village that is not known can be left out. The permit is recorded with:
    timpora permit add. A leave with return is no departure, and needs no return.
    """
    home, why, answer = HomeOptions.of(ctx), Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        resident = find.resident(work.connection, reference)
        day = past_day(on, work.today) if on else work.today
        to = home.new(work, day)
        stays.return_(work.change, resident, to, day)
        said = _("Resident {id} returned on {day}: {name}.").format(
            id=resident.id, day=day.isoformat(), name=resident.name
        ) + tally(work, to)
        did = done(work, resident.id)
    answer.write(did, said)
