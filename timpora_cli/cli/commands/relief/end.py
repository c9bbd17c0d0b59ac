"""`timpora relief end`: let a relief be in force no more from a day on."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.queries.law import relief_named
from timpora_cli.render import write

Known = Annotated[
    str, typer.Argument(metavar="CODE", help=_("The relief's code, as in ITKT-2020-09."), autocompletion=values.reliefs)
]


Text = str | None


@command(Writing, Why, examples=("timpora relief end ITKT-2020-09 --on 2020-10-01",))
def end(
    ctx: typer.Context,
    code: Known,
    on: Annotated[Text, typer.Option("--on", metavar="DATE", help=_("From which day; without it, today."))] = None,
) -> None:
    """Let a relief be in force no more from a day on; permits it covered are judged by their printed day again."""
    from timpora_cli.actions import law as acting

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        relief = relief_named(work.connection, code)
        day = say.day_read(on, work.today) if on else work.today
        acting.end_relief(work.change, relief, day)
    write.line(_("Relief {code} ended on {day}.").format(code=relief.code, day=day.isoformat()))
