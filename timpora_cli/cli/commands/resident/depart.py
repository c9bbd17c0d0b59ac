"""`timpora resident depart`: record that a resident has left for good."""

from typing import Annotated

import typer

from timpora_cli.actions import stays
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.person import On, ResidentArgument, Why
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.model.terms import departure_code
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE


@command(
    Writing,
    Why,
    DoneOptions,
    answer=DONE,
    examples=("timpora resident depart 1 --on 2020-09-15", "timpora resident depart 1 --how deported"),
)
def depart(
    ctx: typer.Context,
    reference: ResidentArgument,
    on: On = None,
    how: Annotated[
        str,
        typer.Option(
            "--how", metavar="HOW", help=_("left, deported, died or naturalised."), autocompletion=values.departures
        ),
        Reads(lambda text, _desk: departure_code(text)),
    ] = "left",
) -> None:
    """Record that a resident has left for good: the current permit and the residence end that day.

    A leave with return is not a departure.
    """
    why, answer = Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        resident, way = find.resident(work.connection, reference), departure_code(how)
        day = say.day_read(on, work.today) if on else work.today
        ended = stays.depart(work.change, resident, day, way, work.today)
        did = done(work, resident.id, ended)
    said = _("Resident {id} departed on {day}: {name}.").format(id=resident.id, day=day.isoformat(), name=resident.name)
    if ended is not None:
        said += " " + _("Permit {permit} ended that day.").format(permit=ended)
    answer.write(did, said)
