"""`timpora relief end`: let a relief be in force no more from a day on."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import DAY, Why
from timpora_cli.cli.talk import ask, say
from timpora_cli.language import _
from timpora_cli.queries.law import relief_named
from timpora_cli.render import write

Known = Annotated[
    str,
    typer.Argument(metavar="CODE", help=_("The relief's code, as in ITKT-2020-09."), autocompletion=values.reliefs),
    Reads(lambda text, desk: relief_named(desk.connection, text)),
]


@command(
    Writing,
    Why,
    examples=(
        "timpora relief end ITKT-2020-09 --on 2020-09-19",
        'timpora relief end ITKT-2020-09 --on 2020-08-18 --reason "withdrawn before it began"',
    ),
)
def end(
    ctx: typer.Context,
    code: Known,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The first day on which it is in force no more.")), DAY
    ] = None,
) -> None:
    """Let a relief be in force no more from a day on.

    A permit that it kept valid holds, from that day on, to the day before at the latest; earlier days keep what they
    said. One that ends on its first day never was in force, and the relief that it was to supersede goes on. A day
    after its last day is refused, and so is one on which it had ended or given way to another.
    """
    from timpora_cli.actions import law as acting

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        ask.refuse_missing({"--on": on})
        relief = relief_named(work.connection, code)
        day = say.day_read(on or "", work.today)
        acting.end_relief(work.change, relief, day)
        never = relief_named(work.connection, code).speaks_from is None
    said = _("Relief {code} ended on {day}.").format(code=relief.code, day=day.isoformat())
    write.line(f"{said} {_('It never was in force.')}" if never else said)
