"""`timpora case explain`: print the steps that the office explains, with the days worked out for a person."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.person import DAY
from timpora_cli.cli.options.supervision.case import RESIDENT, KindArgument
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.queries.settings import office_name
from timpora_cli.queries.supervision.cases import explained
from timpora_cli.queries.supervision.procedures import kind_code
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.procedure import EXPLAINED, page


@command(
    Reading,
    CardOptions,
    answer=EXPLAINED,
    examples=(
        "timpora case explain marriage --for 26 --as-of 2020-09-17",
        "timpora case explain birth --happened 2020-09-01 --as-of 2020-09-17",
    ),
)
def explain(
    ctx: typer.Context,
    kind: KindArgument,
    resident: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="RESIDENT", help=_("For whom the days are worked out."), autocompletion=values.residents
        ),
        RESIDENT,
    ] = None,
    happened: Annotated[
        str | None,
        typer.Option(
            "--happened", metavar="DATE", help=_("The day on which it happened; without it, as it is on record.")
        ),
        DAY,
    ] = None,
) -> None:
    """Print the steps that the office explains to a village, in Indonesian with English below, on one page.

    With --for each step has its days for that person: counted from the day on which it happened (--happened, else the
    newest case of this kind, else the family on record), and from the permit that is held on the day. Each is followed
    by what it rests on. The steps are rows: timpora procedure list
    """
    output = CardOptions.of(ctx)
    chosen = output.chosen()
    with reading(ctx) as view:
        person = find.resident(view.connection, resident) if resident else None
        day = say.day_read(happened, view.on) if happened else None
        steps = explained(view.connection, kind_code(view.connection, kind), person, day, view.on)
        office = office_name(view.connection)
    if chosen.for_people:
        write.lines(page(steps, office))
    else:
        write.card(EXPLAINED, steps, chosen)
