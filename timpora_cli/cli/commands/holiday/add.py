"""`timpora holiday add`: record a holiday."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.model.dates import in_words
from timpora_cli.render import write

Text = str | None


@command(Writing, Why, examples=('timpora holiday add 2020-09-18 "Contoh cuti bersama"',))
def add(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help=_("The day."))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("What it is."))],
    source: Annotated[Text, typer.Option("--source", metavar="TEXT", help=_("The decree."))] = None,
) -> None:
    """Record a holiday."""
    from timpora_cli.actions import law as acting

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        when = say.day_read(day, work.today)
        new = acting.add_holiday(work.change, when, name, source)
    said = _("Holiday recorded: {day}, {name}.") if new else _("That holiday was already recorded: {day}, {name}.")
    write.line(said.format(day=in_words(when), name=name))
